import {
  certificateHolds,
  certificateWorth,
  countryWorth,
  isAtLeast,
  readRow,
  referenceAsExperience,
  referenceWorth,
  type RowReading,
} from '#lib/domain/match/facts.ts';
import { gatesOf, type Gate, type GateOptions } from '#lib/domain/match/gates.ts';
import { UNITS } from '#lib/domain/match/model.ts';
import type { CapabilitySlot, Need, Slot } from '#lib/domain/match/need.ts';
import type { MatchCapability, MatchCompany, MatchCountry, SourceRow } from '#lib/domain/match/types.ts';
import { apportion, freshnessWorth, rowComponents, rowUnits, textWorth } from '#lib/domain/match/value.ts';

/**
 * The score of a company for a need: the sum of named, non-negative parts, each resting on one row.
 * Within a slot the best row counts. What the second-best row would still give is a part of its own,
 * `shared`, so that removing a row takes away exactly the parts that name it (issue: no hidden interaction).
 */
export const PART_NAMES = [
  'capability',
  'mineral',
  'capacity',
  'evidence',
  'recency',
  'certificate',
  'country',
  'language',
  'size',
  'investment',
  'reference',
  'text',
  'freshness',
  'shared',
] as const;
export type PartName = (typeof PART_NAMES)[number];

export interface Part {
  name: PartName;
  /** The requirement line; null for what no line asks. */
  requirement: string | null;
  /** Points in units of 1/`UNITS`. */
  units: number;
  maxUnits: number;
  source: SourceRow | null;
  /** On `shared`: the best of the alternatives, which the sentence speaks of. */
  best: SourceRow | null;
  slot: Slot;
  /** The row read, on parts of a capability row. */
  reading: RowReading | null;
}

export interface Match {
  /** Sum of the parts, in units of 1/`UNITS`. */
  units: number;
  parts: Part[];
  gates: Gate[];
}

/** A share of one from units. Every value is a multiple of 2⁻¹⁴: sums are exact in any order. */
export function toPoints(units: number): number {
  return units / UNITS;
}

/** One row's worth in a slot. */
export interface Contribution {
  source: SourceRow;
  units: number;
  reading: RowReading | null;
}

/** Gates and parts of a pair. The same from either side. */
export function scorePair(need: Need, company: MatchCompany, options: GateOptions = {}): Match {
  const parts = need.slots.flatMap((slot) => slotParts(need, slot, contributions(need, slot, company)));
  return {
    units: parts.reduce((sum, part) => sum + part.units, 0),
    parts,
    gates: gatesOf(need, company, options),
  };
}

/** A pair as far as lists need it: of each slot what the best row gives, and how that row was read. */
export interface Outline {
  units: number;
  gates: readonly Gate[];
  parts: { slot: Slot; units: number; reading: RowReading | null }[];
}

/** Score, gates (read before) and best rows of a pair, as `scorePair` has them, at a fraction of its time. */
export function outlinePair(need: Need, company: MatchCompany, gates: readonly Gate[]): Outline {
  let sum = 0;
  const parts = need.slots.map((slot) => {
    let best: Contribution | null = null;
    for (const one of collect(need, slot, company))
      if (one.units > 0 && (best === null || byWorth(one, best) < 0)) best = one;
    sum += best?.units ?? 0;
    return { slot, units: best?.units ?? 0, reading: best?.reading ?? null };
  });
  return { units: sum, gates, parts };
}

/** The score alone, in units. */
export function scoreUnits(need: Need, company: MatchCompany): number {
  let sum = 0;
  for (const slot of need.slots) {
    let best = 0;
    for (const { units } of contributions(need, slot, company)) best = Math.max(best, units);
    sum += best;
  }
  return sum;
}

/** Every row that gives anything in a slot, best first, equal ones in id order. */
export function contributions(need: Need, slot: Slot, company: MatchCompany): Contribution[] {
  return collect(need, slot, company)
    .filter(({ units }) => units > 0)
    .sort(byWorth);
}

/** Most units first, equal ones in the order of their sources. */
export function byWorth(a: Contribution, b: Contribution): number {
  return b.units - a.units || compareSources(a.source, b.source);
}

function compareSources(a: SourceRow, b: SourceRow): number {
  const one = `${a.kind} ${a.id}`;
  const other = `${b.kind} ${b.id}`;
  return one < other ? -1 : one > other ? 1 : 0;
}

function whole(max: number, worth: number): number {
  return Math.floor(max * worth + 1e-6);
}

function collect(need: Need, slot: Slot, company: MatchCompany): Contribution[] {
  const { model } = need.basis;
  const row = (kind: SourceRow['kind'], id: string, worth: number): Contribution => ({
    source: { kind, id },
    units: whole(slot.max, worth),
    reading: null,
  });
  switch (slot.kind) {
    case 'capability':
      return company.capabilities.map((held) => rowContribution(need, slot, held));
    case 'certificate':
      return company.certifications
        .filter(
          (held) =>
            slot.certifications.includes(held.id) && certificateHolds(held, need.dueDay, slot.verifiedOnly),
        )
        .map((held) => row('certification', held.id, certificateWorth(model, held, need.dueDay)));
    case 'country':
      return [
        ...company.countries.map((held) =>
          row(
            'country_experience',
            experienceId(company.countries, held),
            countryWorth(need, slot.countries, held.country) * model.country.kinds[held.kind],
          ),
        ),
        ...company.references.map((held) =>
          row('reference', held.id, referenceAsExperience(need, slot, held)),
        ),
      ];
    case 'language':
      return company.languages.includes(slot.language) ? [row('language', slot.language, 1)] : [];
    case 'size':
      return isAtLeast(company.size, slot.minSize) ? [row('profile', 'size', 1)] : [];
    case 'investment':
      return company.canInvest ? [row('finance', 'can_invest', 1)] : [];
    case 'reference':
      return company.references.map((held) => row('reference', held.id, referenceWorth(need, held)));
    case 'text': {
      const common = slot.concepts.filter((id) => company.concepts.includes(id)).length;
      return [row('profile', 'summary', textWorth(model, common, slot.concepts.length))];
    }
    case 'freshness':
      return [row('profile', 'updated_at', freshnessWorth(company.updatedOn, need.today))];
  }
}

/** Id of an experience row: its country, with the kind when the country stands more than once. */
export function experienceId(rows: readonly MatchCountry[], row: MatchCountry): string {
  const several = rows.filter(({ country }) => country === row.country).length > 1;
  return several ? `${row.country}/${row.kind}` : row.country;
}

function rowContribution(need: Need, slot: CapabilitySlot, held: MatchCapability): Contribution {
  const reading = readRow(need, slot, held);
  const { degree, mineral, capacity, evidence, recency } = reading.facts;
  const { kept } = need.basis.model.mineral;
  return {
    source: { kind: 'capability', id: held.id },
    units: rowUnits(reading.shares, kept, degree, mineral, capacity, evidence, recency),
    reading,
  };
}

/** The parts of one slot: what the best row alone gives, and what the next would give in its place. */
export function slotParts(need: Need, slot: Slot, rows: readonly Contribution[]): Part[] {
  const [best, second] = rows;
  const common = { requirement: slot.requirement, slot, best: null };
  if (best === undefined) {
    const name = slot.kind === 'capability' && slot.leaf === null ? 'mineral' : slot.kind;
    return [{ ...common, name, units: 0, maxUnits: slot.max, source: null, reading: null }];
  }
  const shared = second?.units ?? 0;
  const own = best.units - shared;
  const parts =
    slot.kind === 'capability' && best.reading !== null
      ? capabilityParts(need, slot, best, best.reading, own)
      : own > 0 || shared === 0
        ? [
            {
              ...common,
              name: slot.kind,
              units: own,
              maxUnits: slot.max - shared,
              source: best.source,
              reading: null,
            },
          ]
        : [];
  if (shared === 0) return parts;
  const rest = parts.reduce((sum, part) => sum + part.maxUnits, 0);
  return [
    ...parts,
    {
      ...common,
      name: 'shared',
      units: shared,
      maxUnits: slot.max - rest,
      source: { kind: 'alternatives', id: rows.map(({ source }) => source.id).join('|') },
      best: best.source,
      reading: best.reading,
    },
  ];
}

const COMPONENTS = ['capability', 'mineral', 'capacity', 'evidence', 'recency'] as const;

function capabilityParts(
  need: Need,
  slot: CapabilitySlot,
  best: Contribution,
  reading: RowReading,
  own: number,
): Part[] {
  const { shares } = reading;
  const components = rowComponents(shares, need.basis.model.mineral.kept, reading.facts);
  const maxima = COMPONENTS.map((name) => shares[name]);
  const all = within(
    best.units,
    COMPONENTS.map((name) => components[name]),
    maxima,
  );
  const units = within(own, all, all);
  return COMPONENTS.map((name, index) => ({
    name,
    requirement: slot.requirement,
    units: units[index] ?? 0,
    // what the next row keeps is no longer to be had here
    maxUnits: (maxima[index] ?? 0) - ((all[index] ?? 0) - (units[index] ?? 0)),
    source: best.source,
    best: null,
    slot,
    reading,
  })).filter(({ maxUnits }) => maxUnits > 0);
}

/** `apportion` that never gives one more than its ceiling. */
function within(total: number, weights: readonly number[], ceilings: readonly number[]): number[] {
  const units = apportion(total, weights);
  let excess = 0;
  units.forEach((value, index) => {
    const over = value - (ceilings[index] ?? 0);
    if (over > 0) {
      units[index] = value - over;
      excess += over;
    }
  });
  for (let index = 0; excess > 0 && index < units.length; index += 1) {
    const room = Math.min(excess, (ceilings[index] ?? 0) - (units[index] ?? 0));
    units[index] = (units[index] ?? 0) + room;
    excess -= room;
  }
  return units;
}
