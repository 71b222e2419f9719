import type { Lang } from '#lib/i18n/lang.ts';

export {
  formatBytes,
  formatNumber,
  formatPercent,
  formatMostPoints,
  formatPoints,
  formatQuantity,
  formatUnit,
} from './quantity.ts';

/**
 * Dates, numbers and quantities as people read them (UX §5). Everything here is pure: the present
 * moment is passed in, the language is named by the caller.
 *
 * A calendar date is a string `YYYY-MM-DD`, `YYYY-MM` or `YYYY` and is never moved by a time zone;
 * an instant is a `Date` or an ISO string with time and offset.
 */
export type DateLike = Date | string;

/** Korea's zone, in which the product shows every instant first. */
export const KST = 'Asia/Seoul';

const WEEKDAYS_KO = ['일', '월', '화', '수', '목', '금', '토'];
const MONTHS_EN = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DAY_MS = 86_400_000;

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

// ── Dates ────────────────────────────────────────────────────────────────────

/** `2026. 12. 31.(목)` / `31 Dec 2026`. An instant is shown on its day in Korea. Partial dates stay partial. */
export function formatDate(lang: Lang, date: DateLike): string {
  if (typeof date === 'string') {
    const [, year = '', month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/u.exec(date) ?? [];
    if (year !== '' && day === undefined) return partialDate(lang, Number(year), month);
  }
  return dayWords(lang, partsOf(date, KST));
}

/** `2026. 12. 31.(목) 18:00 (KST)` / `31 Dec 2026, 18:00 KST`. */
export function formatDateTime(lang: Lang, instant: DateLike): string {
  return zonedWords(lang, partsOf(instant, KST), 'KST', true);
}

/** As `formatDateTime`, the year left out while it is the present one: `12. 31.(목) 18:00 (KST)`. */
export function formatDateTimeShort(lang: Lang, instant: DateLike, now: Date): string {
  const parts = partsOf(instant, KST);
  return zonedWords(lang, parts, 'KST', parts.year !== partsOf(now, KST).year);
}

/** As `formatDate`, the year left out while it is the present one: `12. 31.(목)` / `31 Dec`. */
export function formatDateShort(lang: Lang, date: DateLike, now: Date): string {
  const parts = partsOf(date, KST);
  return dayWords(lang, parts, parts.year !== partsOf(now, KST).year);
}

/**
 * An instant on the clock of another place: `2026. 12. 31.(목) 12:00 (UTC+3)` / `31 Dec 2026, 12:00 UTC+3`.
 * @param zone an IANA name (`Africa/Dar_es_Salaam`) or a fixed offset (`+03:00`, `Z`).
 * @throws RangeError when the zone is not known.
 */
export function formatInZone(lang: Lang, instant: DateLike, zone: string): string {
  return zonedWords(lang, partsOf(instant, zone), offsetName(instant, zone), true);
}

/** The time of day alone, `18:00`, on the clock of a zone. */
export function formatTime(instant: DateLike, zone: string = KST): string {
  return clock(partsOf(instant, zone));
}

/** The value of a `<time datetime>` attribute. */
export function isoTime(date: DateLike): string {
  return typeof date === 'string' ? date : date.toISOString();
}

/** Days from now to a date by the calendar in Korea: 0 today, negative when past. */
export function daysLeft(until: DateLike, now: Date): number {
  return Math.round((dayNumber(partsOf(until, KST)) - dayNumber(partsOf(now, KST))) / DAY_MS);
}

/** `25일 남음` / `25 days left`; hours and minutes on the last day; `마감` / `Closed` once it is over. */
export function formatTimeLeft(lang: Lang, until: DateLike, now: Date): string {
  const ms = endOf(until).getTime() - now.getTime();
  if (ms <= 0) return lang === 'ko' ? '마감' : 'Closed';
  const minutes = Math.ceil(ms / 60_000);
  if (minutes < 60) return lang === 'ko' ? `${minutes}분 남음` : plural(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return lang === 'ko' ? `${hours}시간 남음` : plural(hours, 'hour');
  const days = Math.max(1, daysLeft(until, now));
  return lang === 'ko' ? `${days}일 남음` : plural(days, 'day');
}

function plural(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'} left`;
}

/** A calendar date counts until its last moment in Korea. */
function endOf(date: DateLike): Date {
  if (isCalendarDate(date)) return new Date(`${date}T23:59:59.999+09:00`);
  return new Date(date);
}

function isCalendarDate(date: DateLike): date is string {
  return typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(date);
}

function partialDate(lang: Lang, year: number, month: string | undefined): string {
  if (month === undefined) return lang === 'ko' ? `${year}년` : String(year);
  return lang === 'ko' ? `${year}. ${Number(month)}.` : `${MONTHS_EN[Number(month) - 1] ?? ''} ${year}`;
}

function dayWords(lang: Lang, parts: Parts, withYear = true): string {
  if (lang === 'en') {
    const day = `${parts.day} ${MONTHS_EN[parts.month - 1] ?? ''}`;
    return withYear ? `${day} ${parts.year}` : day;
  }
  const weekday = WEEKDAYS_KO[new Date(dayNumber(parts)).getUTCDay()] ?? '';
  return `${withYear ? `${parts.year}. ` : ''}${parts.month}. ${parts.day}.(${weekday})`;
}

function zonedWords(lang: Lang, parts: Parts, zone: string, withYear: boolean): string {
  const day = dayWords(lang, parts, withYear);
  return lang === 'ko' ? `${day} ${clock(parts)} (${zone})` : `${day}, ${clock(parts)} ${zone}`;
}

function clock(parts: Parts): string {
  return `${String(parts.hour).padStart(2, '0')}:${String(parts.minute).padStart(2, '0')}`;
}

function dayNumber(parts: Parts): number {
  return Date.UTC(parts.year, parts.month - 1, parts.day);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  formatters.set(zone, made);
  return made;
}

function partsOf(date: DateLike, zone: string): Parts {
  if (isCalendarDate(date)) return utcParts(new Date(`${date}T00:00:00Z`));
  const instant = new Date(date);
  const fixed = fixedOffset(zone);
  if (fixed !== null) return utcParts(new Date(instant.getTime() + fixed * 60_000));
  const found = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map((p) => [p.type as string, p.value]),
  );
  const read = (name: string) => Number(found.get(name));
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
  };
}

function utcParts(date: Date): Parts {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

/** Minutes east of UTC of a fixed offset; null for a named zone. */
function fixedOffset(zone: string): number | null {
  if (zone === 'Z' || zone === 'UTC') return 0;
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/u.exec(zone) ?? [];
  if (sign === undefined) return null;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}

function offsetName(instant: DateLike, zone: string): string {
  if (zone === KST) return 'KST';
  const date = new Date(instant);
  const parts = partsOf(date, zone);
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  const minutes = Math.round((local - Math.floor(date.getTime() / 60_000) * 60_000) / 60_000);
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`;
}

// ── Sorting ──────────────────────────────────────────────────────────────────

const collator = new Intl.Collator('ko', { numeric: true });

/** A copy in the order of a Korean dictionary (가나다, then Latin), numbers by size. */
export function sortKo<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => collator.compare(key(a), key(b)));
}
