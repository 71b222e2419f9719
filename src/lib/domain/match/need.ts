import { parseUnit, type Unit } from '#lib/domain/capability/quantity.ts';
import type { Geography } from '#lib/domain/match/geography.ts';
import { UNITS, type MatchModel } from '#lib/domain/match/model.ts';
import type { Relations } from '#lib/domain/match/relations.ts';
import type { CapabilityRequirement, MatchOpportunity, MatchRequirement } from '#lib/domain/match/types.ts';
import { apportion, type RowShares } from '#lib/domain/match/value.ts';

/** What scoring stands on besides the two records: the model, the relations, the map and the day. */
export interface MatchBasis {
  model: MatchModel;
  relations: Relations;
  geography: Geography;
}

/**
 * An opportunity made ready for scoring: every point a company can get there, in whole units that add up
 * to one. A slot is a requirement line or something a buyer looks at though no line asks for it.
 */
export interface Need {
  opportunity: MatchOpportunity;
  basis: MatchBasis;
  /** The day the rules are read on. */
  today: string;
  /** The day certificates and vetting must still be valid. */
  dueDay: string;
  /** The year figures are compared with. */
  year: number;
  slots: readonly Slot[];
}

interface SlotBase {
  requirement: string | null;
  must: boolean;
  /** Most units to be had. */
  max: number;
}
export interface CapabilitySlot extends SlotBase {
  kind: 'capability';
  /** null: no line names a capability, any that works with the opportunity's minerals counts. */
  leaf: string | null;
  minerals: readonly string[];
  /** line: the line names them; context: only the opportunity does; none: nobody does. */
  mineralsFrom: 'line' | 'context' | 'none';
  /** How much it counts that a row names another mineral: 1 in full, 0 not at all. */
  mineralKeen: number;
  amount: number;
  /** null: no quantity is asked. */
  unit: Unit | null;
  shares: RowShares;
  /** Shares for a row whose quantity cannot be compared: neither for nor against. */
  withoutCapacity: RowShares;
}
export interface CertificateSlot extends SlotBase {
  kind: 'certificate';
  certifications: readonly string[];
  verifiedOnly: boolean;
}
export interface CountrySlot extends SlotBase {
  kind: 'country';
  countries: readonly string[];
}
export interface LanguageSlot extends SlotBase {
  kind: 'language';
  language: string;
}
export interface SizeSlot extends SlotBase {
  kind: 'size';
  minSize: 'sme' | 'midsize' | 'large';
}
export interface InvestmentSlot extends SlotBase {
  kind: 'investment';
}
export interface ReferenceSlot extends SlotBase {
  kind: 'reference';
}
export interface TextSlot extends SlotBase {
  kind: 'text';
  concepts: readonly string[];
}
export interface FreshnessSlot extends SlotBase {
  kind: 'freshness';
}
export type Slot =
  | CapabilitySlot
  | CertificateSlot
  | CountrySlot
  | LanguageSlot
  | SizeSlot
  | InvestmentSlot
  | ReferenceSlot
  | TextSlot
  | FreshnessSlot;

interface Weighed {
  weight: number;
  /** null: no line asks for it. */
  line: MatchRequirement | null;
  slot: (max: number) => Slot;
}

/** No line weighs more: sums of weights stay finite whatever a file says. */
const MOST_WEIGHT = 1e6;

/** Makes an opportunity ready for scoring on a day (`YYYY-MM-DD`). */
export function prepareNeed(opportunity: MatchOpportunity, basis: MatchBasis, today: string): Need {
  const weighed = [...lineSlots(opportunity, basis), ...contextSlots(opportunity, basis)];
  const maxima = maximaOf(weighed);
  const dueDay = opportunity.deadlineDay ?? today;
  return {
    opportunity,
    basis,
    today,
    dueDay,
    year: Number(dueDay.slice(0, 4)),
    slots: weighed.map((one) => one.slot(maxima.get(one) ?? 0)),
  };
}

/**
 * The most units of each. What is left over by rounding goes by what is asked, not by where it stands: lines in another
 * order, or called otherwise, give the same score.
 */
function maximaOf(weighed: readonly Weighed[]): Map<Weighed, number> {
  const ordered = weighed.toSorted(byContent);
  const units = apportion(
    UNITS,
    ordered.map(({ weight }) => weight),
  );
  return new Map(ordered.map((one, index) => [one, units[index] ?? 0]));
}

function byContent(a: Weighed, b: Weighed): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (a.line === null || b.line === null) return Number(a.line === null) - Number(b.line === null);
  return (
    compareTexts(a.line.kind, b.line.kind) ||
    compareTexts(subjectOf(a.line), subjectOf(b.line)) ||
    compareTexts(detailsOf(a.line), detailsOf(b.line)) ||
    compareTexts(a.line.id, b.line.id)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a line asks for, in one text. */
function subjectOf(line: MatchRequirement): string {
  switch (line.kind) {
    case 'capability':
      return line.capability;
    case 'certifications_any':
      return line.certifications.toSorted().join('|');
    case 'country_experience':
      return line.countries.toSorted().join('|');
    case 'language':
      return line.language;
    case 'min_size':
      return line.minSize;
    case 'can_invest':
      return '';
  }
}

/** What tells lines apart that ask for the same. */
function detailsOf(line: MatchRequirement): string {
  const must = String(line.must);
  if (line.kind === 'certifications_any') return `${must} ${String(line.verifiedOnly)}`;
  if (line.kind !== 'capability') return must;
  return `${must} ${String(line.amount)} ${line.unit ?? ''} ${line.minerals.toSorted().join('|')}`;
}

function lineSlots(opportunity: MatchOpportunity, basis: MatchBasis): Weighed[] {
  return opportunity.requirements.map((line) => ({
    weight: lineWeight(line, basis.model),
    line,
    slot: (max) => lineSlot(line, max, opportunity, basis),
  }));
}

function lineWeight(line: MatchRequirement, model: MatchModel): number {
  const stated = Number.isFinite(line.weight) && line.weight > 0 ? line.weight : 1;
  const weight = Math.min(MOST_WEIGHT, stated);
  return weight * model.lines[WEIGHT_OF[line.kind]] * (line.must ? model.must : 1);
}

const WEIGHT_OF = {
  capability: 'capability',
  certifications_any: 'certificate',
  country_experience: 'country',
  language: 'language',
  min_size: 'size',
  can_invest: 'investment',
} as const;

function lineSlot(
  line: MatchRequirement,
  max: number,
  opportunity: MatchOpportunity,
  basis: MatchBasis,
): Slot {
  const base = { requirement: line.id, must: line.must, max };
  switch (line.kind) {
    case 'capability':
      return capabilitySlot(line, base, opportunity, basis);
    case 'certifications_any':
      return {
        ...base,
        kind: 'certificate',
        certifications: line.certifications,
        verifiedOnly: line.verifiedOnly,
      };
    case 'country_experience':
      return { ...base, kind: 'country', countries: line.countries };
    case 'language':
      return { ...base, kind: 'language', language: line.language };
    case 'min_size':
      return { ...base, kind: 'size', minSize: line.minSize };
    case 'can_invest':
      return { ...base, kind: 'investment' };
  }
}

function capabilitySlot(
  line: CapabilityRequirement,
  base: SlotBase,
  opportunity: MatchOpportunity,
  { model, relations }: MatchBasis,
): CapabilitySlot {
  const stage = relations.stageOf(line.capability) ?? '';
  const service = model.mineral.serviceStages.includes(stage);
  const own = line.minerals.length > 0;
  const minerals = own ? line.minerals : opportunity.minerals;
  const mineralsFrom = own ? 'line' : minerals.length > 0 ? 'context' : 'none';
  const reading = line.unit === null ? null : parseUnit(line.unit);
  const unit =
    reading !== null && reading.ok && line.amount !== null && line.amount > 0 ? reading.unit : null;
  const asked = {
    ...model.shares,
    mineral: mineralsFrom === 'none' ? 0 : model.shares.mineral,
    capacity: unit === null ? 0 : model.shares.capacity,
  };
  return {
    ...base,
    kind: 'capability',
    leaf: line.capability,
    minerals,
    mineralsFrom,
    mineralKeen: mineralKeen(mineralsFrom, service, model),
    amount: line.amount ?? 0,
    unit,
    shares: scaled(asked, base.max),
    withoutCapacity: scaled({ ...asked, capacity: 0 }, base.max),
  };
}

function mineralKeen(
  from: CapabilitySlot['mineralsFrom'],
  service: boolean,
  { mineral }: MatchModel,
): number {
  if (from === 'none') return 0;
  const named = from === 'line' ? 1 : mineral.context;
  return service ? Math.min(named, mineral.service) : named;
}

/** No line names a capability, but the words of the notice do: who does that work comes first. */
function workSlots(opportunity: MatchOpportunity, basis: MatchBasis): Weighed[] {
  return opportunity.work.toSorted().map((leaf) => ({
    weight: basis.model.lines.capability / opportunity.work.length,
    line: null,
    slot: (max) =>
      capabilitySlot(
        {
          id: '',
          must: false,
          weight: 1,
          kind: 'capability',
          capability: leaf,
          minerals: [],
          amount: null,
          unit: null,
        },
        { requirement: null, must: false, max },
        opportunity,
        basis,
      ),
  }));
}

/** Neither lines nor words name a capability: whoever works with the minerals, with evidence, comes first. */
function mineralSlot(opportunity: MatchOpportunity, model: MatchModel, max: number): CapabilitySlot {
  const shares = {
    ...model.shares,
    capability: 0,
    mineral: model.shares.capability + model.shares.mineral,
    capacity: 0,
  };
  return {
    requirement: null,
    must: false,
    max,
    kind: 'capability',
    leaf: null,
    minerals: opportunity.minerals,
    mineralsFrom: 'line',
    mineralKeen: 1,
    amount: 0,
    unit: null,
    shares: scaled(shares, max),
    withoutCapacity: scaled(shares, max),
  };
}

function contextSlots(opportunity: MatchOpportunity, basis: MatchBasis): Weighed[] {
  const { model } = basis;
  const { context } = model;
  const kinds = new Set(opportunity.requirements.map(({ kind }) => kind));
  const named = kinds.has('capability');
  const country = opportunity.country;
  const slots: Weighed[] = [];
  const add = (weight: number, slot: (base: SlotBase) => Slot): void => {
    if (weight > 0)
      slots.push({ weight, line: null, slot: (max) => slot({ requirement: null, must: false, max }) });
  };
  if (!named && opportunity.work.length > 0) slots.push(...workSlots(opportunity, basis));
  else if (!named && opportunity.minerals.length > 0)
    add(model.lines.capability, ({ max }) => mineralSlot(opportunity, model, max));
  if (named || opportunity.work.length > 0 || opportunity.minerals.length > 0)
    add(context.reference, (base) => ({ ...base, kind: 'reference' }));
  if (!kinds.has('country_experience') && country !== null && country !== 'KR')
    add(context.country, (base) => ({ ...base, kind: 'country', countries: [country] }));
  if (!kinds.has('can_invest') && opportunity.type === 'equity')
    add(context.investment, (base) => ({ ...base, kind: 'investment' }));
  if (opportunity.concepts.length > 0)
    add(context.text, (base) => ({ ...base, kind: 'text', concepts: opportunity.concepts }));
  add(context.freshness, (base) => ({ ...base, kind: 'freshness' }));
  return slots;
}

function scaled(shares: RowShares, max: number): RowShares {
  const [capability = 0, mineral = 0, capacity = 0, evidence = 0, recency = 0] = apportion(max, [
    shares.capability,
    shares.mineral,
    shares.capacity,
    shares.evidence,
    shares.recency,
  ]);
  return { capability, mineral, capacity, evidence, recency };
}
