import { z } from 'zod';
import { FRAMEWORK_KINDS, MEMBER_ROLES } from '#lib/domain/framework/framework.ts';
import { MSP_STAGES, MSP_STATUSES, PROJECT_PHASES } from '#lib/domain/project/project.ts';

/** What a cell of a reference file may hold. Every message says what was expected. */

const text = z.string().trim();
const filled = text.min(1, 'is empty, expected text');
const bool = z.enum(['true', 'false'], 'expected true or false').transform((value) => value === 'true');
const year = z
  .string()
  .regex(/^(19|20)\d\d$/u, 'expected a year such as 2025')
  .transform(Number);
const amount = z
  .string()
  .regex(/^(\d+(\.\d+)?)?$/u, 'expected a number of 0 or more, or nothing')
  .transform((value) => (value === '' ? null : Number(value)));
const price = z
  .string()
  .regex(/^\d+(\.\d+)?$/u, 'expected a number of 0 or more')
  .transform(Number);
const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/u, 'expected degrees as a number')
    .transform(Number)
    .refine((value) => Math.abs(value) <= most, `expected degrees from -${most} to ${most}`);
const list = (separator: string) =>
  z.string().transform((value) =>
    value
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  );
const iso2 = z.string().regex(/^[A-Z]{2}$/u, 'expected two capital letters (ISO 3166-1 alpha-2)');
const iso3 = z.string().regex(/^[A-Z]{3}$/u, 'expected three capital letters (ISO 3166-1 alpha-3)');
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/u, 'expected an id of small letters, digits and hyphens');
const partialDate = z
  .string()
  .regex(
    /^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$/u,
    'expected YYYY, YYYY-MM, YYYY-MM-DD or nothing',
  );
const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `expected one of ${values.join(', ')}`);

const confidence = oneOf(['verified', 'recalled']);
const sourced = { source: filled, confidence };

export const MINERAL = z.object({
  id,
  name_en: filled,
  name_ko: filled,
  symbol: text,
  aliases_en: list('|'),
  aliases_ko: list('|'),
  hs_codes: list('|').refine(
    (codes) => codes.every((code) => /^\d{6}$/u.test(code)),
    'expected six digits each',
  ),
  korea_critical: bool,
  korea_strategic10: bool,
  eu_critical: bool,
  us_critical: bool,
  main_uses: text,
  eu_strategic: bool,
  us_2022: bool,
  us_2025: bool,
  korea_note: text,
  recalled_fields: list('|'),
  ...sourced,
});

export const COUNTRY = z.object({
  iso2,
  iso3,
  name_en: filled,
  name_ko: filled,
  region: filled,
  subregion: text,
  lat: degrees(90),
  lon: degrees(180),
  msp_member: bool,
  msp_forum: bool,
  eiti_status: text,
  notes: text,
  eiti_as_of: text,
  ...sourced,
});

export const CAPABILITY_STAGE = z.object({ id, name_en: filled, name_ko: filled });

export const CAPABILITY = z.object({
  stage: id,
  id,
  name_en: filled,
  name_ko: filled,
  description: filled,
  unspsc_segment: text,
  ...sourced,
});

export const CERTIFICATION = z.object({
  id,
  name: filled,
  issuer: filled,
  scope: filled,
  url: text,
  category: filled,
  ...sourced,
});

const level = z
  .string()
  .regex(/^[1-5]$/u, 'expected a level from 1 to 5')
  .transform(Number);

/** The classification in parts that concern the portal, with English names of our own. */
export const KSIC = z.object({
  code: filled,
  name_en: filled,
  name_ko: filled,
  level,
  parent: text,
  portal_group: text,
  source: filled,
  confidence: filled,
});

/** The whole classification, Korean names only. */
export const KSIC_FULL = z.object({
  code: filled,
  name_ko: filled,
  level,
  level_name: text,
  parent: text,
  source: filled,
});

const output = {
  mineral_id: id,
  year,
  production: amount,
  production_unit: filled,
  reserves: amount,
  reserves_unit: text,
  stage: filled,
  estimated: bool,
  edition: filled,
  ...sourced,
};
export const PRODUCTION = z.object({ iso3, ...output });
export const PRODUCTION_WORLD = z.object({
  aggregate: oneOf(['world_total', 'other_countries']),
  ...output,
});

export const PRICE_SERIES = z.object({ mineral_id: id, series: filled, label_en: filled, label_ko: filled });
export const PRICE = z.object({
  mineral_id: id,
  year,
  price,
  unit: filled,
  series: filled,
  estimated: bool,
  ...sourced,
});

export const PROJECT = z.object({
  id,
  name: filled,
  country_iso3: iso3,
  lat: degrees(90),
  lon: degrees(180),
  minerals: list('|').refine((minerals) => minerals.length > 0, 'is empty, expected at least one mineral'),
  stage: oneOf(PROJECT_PHASES),
  operator: text,
  msp_supported: oneOf(MSP_STATUSES),
  korean_participants: list(';'),
  summary: text,
  source_url_or_publication: filled,
  confidence,
  coordinate_confidence: text,
});

export const PROJECT_NAME_KO = z.object({
  id,
  name_ko: filled,
  summary_ko: filled,
  korean_participants_ko: list('|'),
  source: filled,
});

export const PROJECT_STAGE = z.object({
  project_id: id,
  stage: oneOf(MSP_STAGES),
  reason_en: filled,
  reason_ko: filled,
});

export const FRAMEWORK = z.object({
  id,
  name_en: filled,
  name_ko: filled,
  kind: oneOf(FRAMEWORK_KINDS),
  lead_body: text,
  countries: list('|'),
  since: partialDate,
  status: filled,
  notes: text,
  ...sourced,
});

export const FRAMEWORK_MEMBER = z.object({
  framework: id,
  country: iso3,
  role: oneOf(MEMBER_ROLES),
  from: partialDate,
  to: partialDate,
  note_en: text,
  note_ko: text,
  ...sourced,
});

export const FRAMEWORK_LINK = z.object({ framework: id, predecessor: id, source: filled });

export const MILESTONE = z.object({
  id,
  date: partialDate.min(4, 'is empty, expected YYYY, YYYY-MM or YYYY-MM-DD'),
  planned: bool,
  project: text,
  framework: text,
  text_ko: filled,
  text_en: filled,
  ...sourced,
});

/** Korean of our own for texts that the collected files have in English only. */
export const RENDERING_KO = z.object({
  kind: oneOf(['mineral', 'country', 'framework']),
  id: filled,
  field: oneOf(['main_uses', 'korea_note', 'notes', 'lead_body']),
  text_ko: filled,
});
