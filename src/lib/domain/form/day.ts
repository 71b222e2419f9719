/** A calendar day of an address or form, `YYYY-MM-DD`; null for anything that is not a day of the calendar. */
export function calendarDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/u.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}
