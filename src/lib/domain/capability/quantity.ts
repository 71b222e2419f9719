import { massShare, normaliseFormula, parseFormula, type Formula } from '#lib/domain/capability/formula.ts';

/**
 * Quantities as FORMATS 'Units' writes them: `UNIT[ SUBSTANCE][/PERIOD]`, such as `t/yr`, `t LCE/yr`,
 * `t LiOH·H2O/yr`, `kg/h`, `MW`, `samples/yr`. Everything here is exact arithmetic on published factors;
 * what cannot be converted is said, never guessed.
 */
export type Dimension = 'mass' | 'length' | 'survey-line' | 'area' | 'volume' | 'power' | 'energy' | 'count';
export type Period = 'h' | 'day' | 'month' | 'yr';

export interface Substance {
  /** As written, in one spelling: `LCE`, `TREO`, `Ni`, `LiOH·H2O`. */
  text: string;
  /** null for TREO, which is a sum over unlike oxides and has no one formula. */
  formula: Formula | null;
}

export interface Unit {
  text: string;
  dimension: Dimension;
  /** Size in the base of the dimension: kg, m, km of line, m2, m3, kW, kWh; 1 for counts. */
  size: number;
  /** The count noun; null for measures. */
  noun: string | null;
  /** null: of the thing itself. */
  substance: Substance | null;
  period: Period | null;
}

export type UnitFault = 'empty' | 'unit' | 'substance' | 'period';
export type UnitReading =
  { ok: true; unit: Unit } | { ok: false; fault: UnitFault; part: string; hint: string | null };

/** Why two units cannot be compared. */
export type Incomparable = 'dimension' | 'noun' | 'period' | 'substance';
export type Conversion = { ok: true; factor: number } | { ok: false; reason: Incomparable };

const MEASURES: Readonly<Record<string, readonly [Dimension, number]>> = {
  g: ['mass', 0.001],
  kg: ['mass', 1],
  t: ['mass', 1e3],
  kt: ['mass', 1e6],
  Mt: ['mass', 1e9],
  m: ['length', 1],
  km: ['length', 1e3],
  'line-km': ['survey-line', 1],
  m2: ['area', 1],
  km2: ['area', 1e6],
  ha: ['area', 1e4],
  m3: ['volume', 1],
  L: ['volume', 0.001],
  kW: ['power', 1],
  MW: ['power', 1e3],
  GW: ['power', 1e6],
  kWh: ['energy', 1],
  MWh: ['energy', 1e3],
  GWh: ['energy', 1e6],
};

/** Periods in one year: FORMATS says 12 months, 365 days, 8,760 hours. */
const PER_YEAR: Readonly<Record<Period, number>> = { yr: 1, month: 12, day: 365, h: 8760 };

/** Written often, outside the grammar: what to write instead. */
const MISTAKEN: Readonly<Record<string, string>> = {
  tonne: 't',
  tonnes: 't',
  ton: 't',
  tons: 't',
  mt: 'Mt',
  tpa: 't/yr',
  tpd: 't/day',
  tph: 't/h',
  tpy: 't/yr',
  ktpa: 'kt/yr',
  kgs: 'kg',
  kilogram: 'kg',
  kilograms: 'kg',
  gram: 'g',
  grams: 'g',
  metre: 'm',
  metres: 'm',
  meter: 'm',
  meters: 'm',
  kilometre: 'km',
  kilometres: 'km',
  kilometer: 'km',
  kilometers: 'km',
  hectare: 'ha',
  hectares: 'ha',
  litre: 'L',
  litres: 'L',
  liter: 'L',
  liters: 'L',
  l: 'L',
  kw: 'kW',
  mw: 'MW',
  gw: 'GW',
  kwh: 'kWh',
  mwh: 'MWh',
  gwh: 'GWh',
};
const PERIOD_MISTAKEN: Readonly<Record<string, string>> = {
  y: 'yr',
  year: 'yr',
  years: 'yr',
  a: 'yr',
  annum: 'yr',
  mo: 'month',
  months: 'month',
  d: 'day',
  days: 'day',
  hr: 'h',
  hour: 'h',
  hours: 'h',
};
const COUNT_NOUN = /^[a-z]{2,}(-[a-z]+)*$/u;

/** What the grammar allows, for messages about a unit outside it. */
export const ALLOWED_UNITS =
  'UNIT[ SUBSTANCE][/PERIOD]: UNIT one of g kg t kt Mt m km line-km m2 km2 ha m3 L kW MW GW kWh MWh GWh or a plain lower-case count noun (units, samples, wells …); SUBSTANCE an element symbol, a formula, LCE or TREO; PERIOD one of h day month yr';

const CARBONATE = parseFormula('Li2CO3');

/** Reads a unit. A fault names the part that is outside the grammar and, where it is plain, what to write. */
export function parseUnit(text: string): UnitReading {
  const written = text.normalize('NFC').trim();
  if (written === '') return { ok: false, fault: 'empty', part: '', hint: null };
  const [head = '', periodText, ...more] = written.split('/');
  if (more.length > 0) return fault('period', written.slice(head.length + 1), PERIOD_MISTAKEN);
  if (periodText !== undefined && !isPeriod(periodText)) return fault('period', periodText, PERIOD_MISTAKEN);
  const gap = head.indexOf(' ');
  const name = gap < 0 ? head : head.slice(0, gap);
  const substanceText = gap < 0 ? null : head.slice(gap + 1);
  const measure = Object.hasOwn(MEASURES, name) ? MEASURES[name] : undefined;
  if (measure === undefined && (!COUNT_NOUN.test(name) || Object.hasOwn(MISTAKEN, name)))
    return fault('unit', name, MISTAKEN);
  const substance = substanceText === null ? null : parseSubstance(substanceText);
  if (substanceText !== null && substance === null)
    return { ok: false, fault: 'substance', part: substanceText, hint: null };
  const [dimension, size] = measure ?? (['count', 1] as const);
  return {
    ok: true,
    unit: {
      text: written,
      dimension,
      size,
      noun: measure === undefined ? name : null,
      substance,
      period: periodText ?? null,
    },
  };
}

/** Is the text a unit of the grammar? */
export function isUnit(text: string): boolean {
  return parseUnit(text).ok;
}

/**
 * The number by which an amount in `from` is multiplied to be in `to`.
 * Rates convert over the year of 12 months, 365 days, 8,760 hours. Substances convert by stoichiometry when
 * both carry the same one element (Ni ↔ NiSO4·6H2O, Li ↔ Li2CO3 = LCE ↔ LiOH·H2O). TREO converts only to
 * TREO, and an amount of the thing itself only to an amount of the thing itself: its grade is not known.
 */
export function conversion(from: Unit, to: Unit): Conversion {
  if (from.dimension !== to.dimension) return { ok: false, reason: 'dimension' };
  if (from.noun !== to.noun) return { ok: false, reason: 'noun' };
  if ((from.period === null) !== (to.period === null)) return { ok: false, reason: 'period' };
  const substance = substanceFactor(from.substance, to.substance);
  if (substance === null) return { ok: false, reason: 'substance' };
  const time =
    from.period === null || to.period === null || from.period === to.period
      ? 1
      : PER_YEAR[from.period] / PER_YEAR[to.period];
  const size = from.size === to.size ? 1 : from.size / to.size;
  return { ok: true, factor: size * time * substance };
}

/** An amount in another unit; null when the two cannot be compared (`conversion` says why). */
export function convert(amount: number, from: Unit, to: Unit): number | null {
  const found = conversion(from, to);
  return found.ok ? amount * found.factor : null;
}

function isPeriod(text: string): text is Period {
  return Object.hasOwn(PER_YEAR, text);
}

function fault(kind: UnitFault, part: string, known: Readonly<Record<string, string>>): UnitReading {
  return { ok: false, fault: kind, part, hint: Object.hasOwn(known, part) ? (known[part] ?? null) : null };
}

function parseSubstance(text: string): Substance | null {
  if (text === 'TREO') return { text, formula: null };
  if (text === 'LCE') return { text, formula: CARBONATE };
  if (/^\d/u.test(text)) return null;
  const formula = parseFormula(text);
  return formula === null ? null : { text: normaliseFormula(text), formula };
}

function substanceFactor(from: Substance | null, to: Substance | null): number | null {
  if (from === null || to === null) return from === to ? 1 : null;
  if (from.text === to.text) return 1;
  if (from.formula === null || to.formula === null) return null;
  const shared = from.formula.carried.filter((element) => to.formula?.carried.includes(element));
  const [element] = shared;
  if (element === undefined || shared.length > 1) return null;
  if (isMixture(from.formula) || isMixture(to.formula)) return null;
  return massShare(from.formula, element) / massShare(to.formula, element);
}

/** Several carried elements and nothing that binds them: NdPr, FeNb. Their shares are a matter of the lot. */
function isMixture(formula: Formula): boolean {
  return formula.carried.length > 1 && formula.carried.length === formula.atoms.size;
}
