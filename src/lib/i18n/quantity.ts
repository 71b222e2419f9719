import type { Lang } from '#lib/i18n/lang.ts';

/** `1,234.5`, the same grouping in both languages; at most `digits` decimals (default 2). */
export function formatNumber(lang: Lang, value: number, digits = 2): string {
  return formatter(lang, digits).format(value);
}

/** The same with exactly `digits` decimals: numbers that stand below each other are compared by eye. */
export function formatEven(lang: Lang, value: number, digits = 1): string {
  return formatter(lang, digits, digits).format(value);
}

/** Making one takes dozens of times as long as using it, and a list of matches holds hundreds of numbers. */
const formatters = new Map<string, Intl.NumberFormat>();

function formatter(lang: Lang, digits: number, least = 0): Intl.NumberFormat {
  const key = `${lang} ${least} ${digits}`;
  let made = formatters.get(key);
  if (made === undefined) {
    made = new Intl.NumberFormat(lang === 'ko' ? 'ko-KR' : 'en-GB', {
      minimumFractionDigits: least,
      maximumFractionDigits: digits,
    });
    formatters.set(key, made);
  }
  return made;
}

/** A share of one as per cent, always with so many decimals: `0.778` → `77.8%`, `0.8` → `80.0%`. */
export function formatPercent(lang: Lang, share: number, digits = 1): string {
  return `${formatEven(lang, share * 100, digits)}%`;
}

/** A part of one as points of a hundred, always with one decimal: `0.345` → `34.5`, `0.4` → `40.0`. */
export function formatPoints(lang: Lang, part: number): string {
  return formatEven(lang, part * 100);
}

/** The most points that a part can have, with a decimal only when needed: `0.4` → `40`. */
export function formatMostPoints(lang: Lang, part: number): string {
  return formatNumber(lang, part * 100, 1);
}

/** `0.4MB` / `0.4 MB`; powers of 1024, as file managers count. */
export function formatBytes(lang: Lang, bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const gap = lang === 'ko' ? '' : ' ';
  return `${formatNumber(lang, value, value < 10 ? 1 : 0)}${gap}${units[unit] ?? ''}`;
}

/**
 * An amount with its unit in the grammar of FORMATS (`UNIT[ SUBSTANCE][/PERIOD]`):
 * `formatQuantity('ko', 60000, 't/yr')` → `연 6만 톤`, `('en', …)` → `60,000 t per year`,
 * `('ko', 4200, 't LCE/yr')` → `연 4,200톤(LCE 기준)`. A unit outside the grammar is shown as written.
 */
export function formatQuantity(lang: Lang, amount: number, unit: string): string {
  const [, measure = unit, substance, period] =
    /^([A-Za-z][A-Za-z0-9-]*)(?: ([^/]+))?(?:\/(h|day|month|yr))?$/u.exec(unit) ?? [];
  return lang === 'ko'
    ? koreanQuantity(amount, measure, substance, period)
    : englishQuantity(amount, measure, substance, period);
}

/** The unit alone, as a label beside a field: `톤/년`, `t per year`. */
export function formatUnit(lang: Lang, unit: string): string {
  const [, measure = unit, substance, period] =
    /^([A-Za-z][A-Za-z0-9-]*)(?: ([^/]+))?(?:\/(h|day|month|yr))?$/u.exec(unit) ?? [];
  const of = substance === undefined ? '' : ` ${substance}`;
  if (lang === 'en')
    return `${SIGNS[measure] ?? measure}${of}${period === undefined ? '' : ` per ${PERIOD_EN[period] ?? period}`}`;
  const word = measure === 't' ? '톤' : (COUNTERS_KO[measure] ?? SIGNS[measure] ?? measure);
  return `${word}${of}${period === undefined ? '' : `/${PERIOD_UNIT_KO[period] ?? period}`}`;
}

const PERIOD_KO: Record<string, string> = { yr: '연', month: '월', day: '하루', h: '시간당' };
const PERIOD_UNIT_KO: Record<string, string> = { yr: '년', month: '월', day: '일', h: '시간' };
const PERIOD_EN: Record<string, string> = { yr: 'year', month: 'month', day: 'day', h: 'hour' };
const SIGNS: Record<string, string> = { m2: 'm²', m3: 'm³' };
/** Korean reads masses in 톤 with 만 and 억; these units are turned into it. */
const TONNES: Record<string, number> = { t: 1, kt: 1_000, Mt: 1_000_000 };
const COUNTERS_KO: Record<string, string> = {
  units: '대',
  samples: '개 시료',
  wells: '공',
  people: '명',
  beds: '병상',
  packs: '팩',
  sets: '세트',
  holes: '공',
  vehicles: '대',
  days: '일',
};

function koreanQuantity(
  amount: number,
  measure: string,
  substance: string | undefined,
  period: string | undefined,
): string {
  const when = period === undefined ? '' : `${PERIOD_KO[period] ?? period} `;
  const of = substance === undefined ? '' : `(${substance} 기준)`;
  const perTonne = TONNES[measure];
  if (perTonne !== undefined) {
    const tonnes = Number((amount * perTonne).toPrecision(12));
    return `${when}${koreanNumber(tonnes)}${endsInDigit(tonnes) ? '' : ' '}톤${of}`;
  }
  const counter = COUNTERS_KO[measure];
  if (counter !== undefined)
    return `${when}${koreanNumber(amount)}${endsInDigit(amount) ? '' : ' '}${counter}${of}`;
  const gap = /^[a-z]{4,}$/u.test(measure) ? ' ' : '';
  return `${when}${formatNumber('ko', amount)}${gap}${SIGNS[measure] ?? measure}${of}`;
}

function englishQuantity(
  amount: number,
  measure: string,
  substance: string | undefined,
  period: string | undefined,
): string {
  const of = substance === undefined ? '' : ` ${substance}`;
  const when = period === undefined ? '' : ` per ${PERIOD_EN[period] ?? period}`;
  return `${formatNumber('en', amount)} ${SIGNS[measure] ?? measure}${of}${when}`;
}

/** A number with 만 and 억 where Koreans say them: 42000 → `4만 2천`, 310000000 → `3억 1,000만`. */
export function koreanNumber(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) < 10_000) return formatNumber('ko', value);
  const size = Math.abs(value);
  const parts = [
    [Math.floor(size / 1e12), '조'],
    [Math.floor((size % 1e12) / 1e8), '억'],
    [Math.floor((size % 1e8) / 1e4), '만'],
  ] as const;
  const words = parts.filter(([n]) => n > 0).map(([n, word]) => formatNumber('ko', n) + word);
  const rest = size % 1e4;
  if (rest > 0) words.push(rest % 1000 === 0 ? `${rest / 1000}천` : formatNumber('ko', rest));
  return (value < 0 ? '-' : '') + words.join(' ');
}

/** Whether `koreanNumber` ends in a figure; a unit then follows without a space. */
function endsInDigit(value: number): boolean {
  return /\d$/u.test(koreanNumber(value));
}
