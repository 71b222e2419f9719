/** A working day of a deadline counted in working days. */
export interface ClockDay {
  /** `YYYY-MM-DD`, Monday to Friday. */
  date: string;
  state: 'used' | 'paused' | 'left';
}

export interface ClockRow {
  /** Monday of the week. */
  monday: string;
  /** Monday to Friday; null where the week has no day of the case. */
  cells: (ClockDay | null)[];
}

/** The days set out week by week, as on a calendar. */
export function clockRows(days: readonly ClockDay[]): ClockRow[] {
  const rows = new Map<string, ClockRow>();
  for (const day of days) {
    const at = new Date(`${day.date}T00:00:00Z`);
    const column = (at.getUTCDay() + 6) % 7;
    if (column > 4) continue;
    const monday = new Date(at.getTime() - column * 86_400_000).toISOString().slice(0, 10);
    const row = rows.get(monday) ?? { monday, cells: [null, null, null, null, null] };
    row.cells[column] = day;
    rows.set(monday, row);
  }
  return [...rows.values()].sort((a, b) => a.monday.localeCompare(b.monday));
}

export function countOf(days: readonly ClockDay[], state: ClockDay['state']): number {
  return days.filter((day) => day.state === state).length;
}
