import { z } from 'zod';
import { parseUnit } from '#lib/domain/capability/quantity.ts';
import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import { OPPORTUNITY_TYPES } from '#lib/domain/opportunity/opportunity.ts';
import {
  choice,
  list,
  optionalDay,
  optionalNumber,
  optionalText,
  optionalUrl,
  text,
  ticked,
} from '#lib/domain/form/fields.ts';

/** The screens of company registration, in order. Each saves by itself; the last shows the whole and publishes it. */
export const PROFILE_STEPS = ['identity', 'capabilities', 'evidence', 'reach', 'review'] as const;
export type ProfileStep = (typeof PROFILE_STEPS)[number];
/** The steps that hold answers. */
export type AnswerStep = Exclude<ProfileStep, 'review'>;

/** The earliest years that can be told of; the latest is always the present one. */
const FIRST_YEARS = { founded: 1800, since: 1900, year: 1950 } as const;

/** The fault of a year, as a code for its field; undefined when it is none or fine. */
export function yearFault(
  field: keyof typeof FIRST_YEARS,
  year: number | null,
  thisYear: number,
): string | undefined {
  const first = FIRST_YEARS[field];
  if (year === null || (year >= first && year <= thisYear)) return undefined;
  return `year-range:${first}-${thisYear}`;
}

/** A year with four digits, not yet to come, or nothing. */
function pastYear(field: keyof typeof FIRST_YEARS, thisYear: number) {
  return z
    .string()
    .default('')
    .transform((value, ctx) => {
      const typed = value.normalize('NFKC').trim();
      if (typed === '') return null;
      const year = /^\d{4}$/.test(typed) ? Number(typed) : Number.NaN;
      const fault = Number.isNaN(year) ? 'bad-year' : yearFault(field, year, thisYear);
      if (fault !== undefined) ctx.addIssue({ code: 'custom', message: fault });
      return year;
    });
}

/** When the row read by the form was last changed; another value at saving means that somebody was quicker. */
const seen = z.string().default('');

const formerNames = optionalText(1000).transform((lines) => [
  ...new Set(
    lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]);

export const identityForm = (thisYear: number) =>
  z.object({
    seen,
    name_ko: text(200),
    name_en: text(200),
    former_names: formerNames,
    brn: optionalText(40),
    crn: optionalText(40),
    lei: optionalText(40),
    incorporated_on: optionalDay(),
    founded: pastYear('founded', thisYear),
    size: choice(COMPANY_SIZES),
    province: text(100),
    employees: optionalNumber({ min: 0, max: 10_000_000, whole: true }),
    representative: optionalText(100),
    website: optionalUrl(),
    ksic: list(z.string().regex(/^[A-U]$|^\d{2,5}$/, 'bad-choice'), 10),
    summary_ko: optionalText(2000),
    summary_en: optionalText(2000),
  });
export type IdentityInput = z.output<ReturnType<typeof identityForm>>;

/** The unit of a capacity, in the grammar of FORMATS; empty when no capacity is given. */
const unit = optionalText(60)
  .transform(tidyUnit)
  .pipe(z.string().refine((value) => value === '' || parseUnit(value).ok, 'bad-unit'));

/** Made when a form was shown: the same form sent twice makes one entry. The id of an entry being changed. */
const token = z.uuid({ error: 'bad-choice' });

/** A file of the organisation's vault, or none. */
const file = z.string().default('');

export const capabilityForm = (thisYear: number) =>
  z.object({
    seen,
    token,
    capability: text(100),
    minerals: list(z.string(), 60),
    amount: optionalNumber({ max: 1e12 }),
    unit,
    year: pastYear('year', thisYear),
    evidence: choice(EVIDENCE_LEVELS),
    note_ko: optionalText(1000),
    note_en: optionalText(1000),
    file,
  });
export type CapabilityInput = z.output<ReturnType<typeof capabilityForm>>;

export const certificationForm = z.object({
  seen,
  token,
  certification: text(100),
  number: optionalText(100),
  scope: optionalText(500),
  valid_to: optionalDay(),
  file,
});
export type CertificationInput = z.output<typeof certificationForm>;

export const referenceForm = (thisYear: number) =>
  z.object({
    seen,
    token,
    title: text(300),
    client: optionalText(200),
    country: optionalText(2),
    minerals: list(z.string(), 60),
    capability: optionalText(100),
    year: pastYear('year', thisYear),
    file,
  });
export type ReferenceInput = z.output<ReturnType<typeof referenceForm>>;

export const countryForm = (thisYear: number) =>
  z.object({
    token,
    country: text(2),
    kind: choice(COUNTRY_EXPERIENCE_KINDS),
    since: pastYear('since', thisYear),
  });
export type CountryInput = z.output<ReturnType<typeof countryForm>>;

/** Languages offered first; those of the places where projects lie. */
export const PROFILE_LANGUAGES = [
  'ko',
  'en',
  'fr',
  'es',
  'pt',
  'zh',
  'ja',
  'ru',
  'ar',
  'sw',
  'id',
  'mn',
  'kk',
  'uz',
  'vi',
  'de',
] as const;

export const reachForm = z.object({
  seen,
  languages: list(z.string().regex(/^[a-z]{2,3}$/, 'bad-choice'), 30),
  can_invest: ticked(),
  own_equity_usd: optionalNumber({ min: 0, max: 1e13 }),
  pseudonymous: ticked(),
  excluded_countries: list(z.string().regex(/^[A-Z]{2}$/, 'bad-choice'), 250),
  excluded_types: list(choice(OPPORTUNITY_TYPES), OPPORTUNITY_TYPES.length),
  minimum_value_usd: optionalNumber({ min: 1, max: 1e13 }),
});
export type ReachInput = z.output<typeof reachForm>;

/** Units offered while typing; any other of the grammar is taken as well. */
export const COMMON_UNITS = [
  't/yr',
  't/month',
  't/day',
  'kg/h',
  'kt/yr',
  't LCE/yr',
  'm3/day',
  'MW',
  'MWh',
  'units/yr',
  'samples/yr',
  'km',
  'people',
] as const;

const KOREAN_UNITS: Readonly<Record<string, string>> = {
  톤: 't',
  천톤: 'kt',
  킬로그램: 'kg',
  대: 'units',
  명: 'people',
  시료: 'samples',
  개시료: 'samples',
  년: 'yr',
  연: 'yr',
  월: 'month',
  달: 'month',
  일: 'day',
  시간: 'h',
  시: 'h',
};

/** What people type for the units of the grammar: `톤/년`, `m³ / day`, `t/y`, `t/a`. Anything else stays as it is. */
export function tidyUnit(text: string): string {
  const [measure = '', ...periods] = text
    .normalize('NFKC')
    .split('/')
    .map((part) => part.trim());
  const period = periods.join('/');
  const spelled = KOREAN_UNITS[measure.replaceAll(' ', '')] ?? measure;
  if (periods.length === 0) return spelled;
  return `${spelled}/${KOREAN_UNITS[period] ?? PERIODS[period.toLowerCase()] ?? period}`;
}

const PERIODS: Readonly<Record<string, string>> = {
  y: 'yr',
  a: 'yr',
  year: 'yr',
  years: 'yr',
  d: 'day',
  days: 'day',
  mo: 'month',
  months: 'month',
  hr: 'h',
  hour: 'h',
  hours: 'h',
};

export interface CapacityFault {
  amount?: string;
  unit?: string;
  year?: string;
}

/**
 * Amount and unit belong together, an amount is more than nothing, and a year is not yet to come: capacity is what
 * can be done today. Codes are worded as those of `form/fields.ts`.
 */
export function capacityFaults(
  input: Pick<CapabilityInput, 'amount' | 'unit' | 'year'>,
  thisYear: number,
): CapacityFault {
  const faults: CapacityFault = {};
  if (input.amount !== null && input.amount <= 0) faults.amount = 'not-positive';
  if (input.amount !== null && input.unit === '') faults.unit = 'required';
  if (input.amount === null && input.unit !== '') faults.amount = 'required';
  const year = yearFault('year', input.year, thisYear);
  if (year !== undefined) faults.year = year;
  return faults;
}
