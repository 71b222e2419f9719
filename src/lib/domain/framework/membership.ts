import { covers } from '#lib/domain/framework/period.ts';
import type { Chair, FrameworkOn, Membership } from '#lib/domain/framework/view.ts';

/** The European Union is a member beside the countries, never counted as one of them. */
const UNION = 'EU';

/** Who was what on a day (`YYYY-MM-DD`). A day that no chair is recorded for is unknown, not vacant. */
export function frameworkOn(history: readonly Membership[], day: string): FrameworkOn {
  const present = history.filter((one) => covers(one, day));
  return {
    day,
    members: present.filter((one) => one.role === 'member'),
    observers: present.filter((one) => one.role === 'observer'),
    chair: chairOn(history, day),
  };
}

function chairOn(history: readonly Membership[], day: string): Chair | null {
  const all = history.filter((one) => one.role === 'chair' || one.role === 'co-chair');
  if (all.length === 0) return null;
  const chairs = all.filter((one) => covers(one, day));
  if (chairs.length > 0) return { known: true, chairs };
  const before = all.filter((one) => one.to !== null && one.to <= day);
  const after = all.filter((one) => one.from !== null && one.from > day);
  const latest = (a: Membership, b: Membership) => ((a.to ?? '') >= (b.to ?? '') ? a : b);
  const earliest = (a: Membership, b: Membership) => ((a.from ?? '') <= (b.from ?? '') ? a : b);
  return {
    known: false,
    last: before.length > 0 ? before.reduce(latest) : null,
    next: after.length > 0 ? after.reduce(earliest) : null,
  };
}

/** Countries among members, and whether the European Union is one beside them. */
export function countMembers(members: readonly Membership[]): { countries: number; union: boolean } {
  return {
    countries: members.filter((one) => one.country.id !== UNION).length,
    union: members.some((one) => one.country.id === UNION),
  };
}

/**
 * The day a page shows first: today, or the last day of a framework whose members have all ended before. Null in
 * `history` dates counts as open.
 */
export function defaultDay(history: readonly Membership[], today: string): string {
  const members = history.filter((one) => one.role === 'member');
  const ends = members.map((one) => one.to);
  if (members.length === 0 || members.some((one) => covers(one, today))) return today;
  const last = ends
    .filter((end) => end !== null && end <= today)
    .sort()
    .at(-1);
  return last ? dayBefore(last) : today;
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
