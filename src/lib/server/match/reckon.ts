import { COUNTRY_EXPERIENCE_KINDS } from '#lib/domain/company/company.ts';
import { countryWorth } from '#lib/domain/match/facts.ts';
import type { CountrySlot, Slot } from '#lib/domain/match/need.ts';
import { byWorth, experienceId, slotParts, type Contribution, type Part } from '#lib/domain/match/score.ts';
import type { CapabilityPlan } from '#lib/server/match/capability-plan.ts';
import type { NeedPlan } from '#lib/server/match/plan.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { leafOf, NOTHING } from '#lib/server/match/segment-values.ts';

/**
 * The parts of companies of a segment for one need, read from the columns: the same as `scorePair` of the domain
 * makes of the records, at a fraction of the time. A test compares them on thousands of random worlds.
 */
export class Reckoner {
  private readonly plan: NeedPlan;
  private readonly segment: Segment;
  private readonly lines: ReadonlyMap<Slot, CapabilityPlan>;
  private readonly tables: readonly { slot: Slot; column: Uint8Array | Uint16Array; units: Uint16Array }[];

  constructor(plan: NeedPlan, segment: Segment) {
    this.plan = plan;
    this.segment = segment;
    this.lines = new Map(plan.lines.map((line) => [line.slot, line]));
    this.tables = plan.tables.map((table) => ({ slot: table.slot, ...table.on(segment) }));
  }

  /** All parts of a company, in the order of the slots. */
  parts(at: number): Part[] {
    const { need } = this.plan;
    const parts: Part[] = [];
    for (const slot of need.slots) parts.push(...slotParts(need, slot, this.rows(slot, at)));
    return parts;
  }

  /** Every row that gives anything in a slot, best first, equal ones in id order. */
  private rows(slot: Slot, at: number): Contribution[] {
    if (slot.max === 0) return NO_ROWS;
    switch (slot.kind) {
      case 'capability':
        return this.capabilities(slot, at);
      case 'certificate':
        return this.certificates(slot, at);
      case 'country':
        return this.inTable(slot, at) === 0 ? NO_ROWS : this.countries(slot, at);
      case 'language':
        return this.single(slot, at, 'language', slot.language);
      case 'size':
        return this.single(slot, at, 'profile', 'size');
      case 'investment':
        return this.single(slot, at, 'finance', 'can_invest');
      case 'freshness':
        return this.single(slot, at, 'profile', 'updated_at');
      case 'reference':
        return this.references(at);
      case 'text': {
        const units = this.plan.text?.units(this.segment.columns, at) ?? 0;
        return units === 0 ? NO_ROWS : [contribution('profile', 'summary', units)];
      }
    }
  }

  private inTable(slot: Slot, at: number): number {
    for (const table of this.tables) if (table.slot === slot) return table.units[table.column[at] ?? 0] ?? 0;
    return 0;
  }

  private single(slot: Slot, at: number, kind: Contribution['source']['kind'], id: string): Contribution[] {
    const units = this.inTable(slot, at);
    return units === 0 ? NO_ROWS : [contribution(kind, id, units)];
  }

  private capabilities(slot: Slot, at: number): Contribution[] {
    const line = this.lines.get(slot);
    if (line === undefined) return NO_ROWS;
    const { columns, words } = this.segment;
    const found: Contribution[] = [];
    for (let row = columns.rowStart[at] ?? 0; row < (columns.rowStart[at + 1] ?? 0); row += 1) {
      const head = columns.rowHead[row] ?? 0;
      const held = line.degree[leafOf(head)] ?? 0;
      const units = held === 0 ? 0 : line.row(columns, row, head, 0);
      if (units === 0) continue;
      const id = words.rows.word(columns.rowId[row] ?? 0);
      found.push({ source: { kind: 'capability', id }, units, reading: line.reading(columns, row) });
    }
    return inOrder(found);
  }

  private certificates(slot: Slot, at: number): Contribution[] {
    const { columns, words } = this.segment;
    const plan = this.plan.certificates.find((one) => one.slot === slot);
    const found: Contribution[] = [];
    for (
      let row = columns.certificateStart[at] ?? 0;
      row < (columns.certificateStart[at + 1] ?? 0);
      row += 1
    ) {
      const units = plan?.row(columns, row) ?? 0;
      if (units > 0)
        found.push(
          contribution('certification', words.certificates.word(columns.certificate[row] ?? 0), units),
        );
    }
    return inOrder(found);
  }

  private references(at: number): Contribution[] {
    const { columns, words } = this.segment;
    const found: Contribution[] = [];
    for (let row = columns.referenceStart[at] ?? 0; row < (columns.referenceStart[at + 1] ?? 0); row += 1) {
      const units = this.plan.reference?.row(columns, row) ?? 0;
      if (units > 0)
        found.push(contribution('reference', words.rows.word(columns.referenceId[row] ?? 0), units));
    }
    return inOrder(found);
  }

  private countries(slot: CountrySlot, at: number): Contribution[] {
    const { columns, words } = this.segment;
    const { need } = this.plan;
    const { country } = need.basis.model;
    const found: Contribution[] = [];
    const add = (kind: 'country_experience' | 'reference', id: string, worth: number): void => {
      const units = Math.floor(slot.max * worth + 1e-6);
      if (units > 0) found.push(contribution(kind, id, units));
    };
    const held = [];
    for (let row = columns.countryStart[at] ?? 0; row < (columns.countryStart[at + 1] ?? 0); row += 1)
      held.push({
        country: words.countries.word(columns.country[row] ?? 0),
        kind: COUNTRY_EXPERIENCE_KINDS[columns.countryKind[row] ?? 0] ?? 'export',
      });
    for (const one of held)
      add(
        'country_experience',
        experienceId(held, one),
        countryWorth(need, slot.countries, one.country) * country.kinds[one.kind],
      );
    for (let row = columns.referenceStart[at] ?? 0; row < (columns.referenceStart[at + 1] ?? 0); row += 1) {
      const place = columns.referenceCountry[row] ?? NOTHING;
      if (place === NOTHING) continue;
      const certainty =
        columns.referenceConfirmed[row] === 1 ? country.confirmedReference : country.statedReference;
      add(
        'reference',
        words.rows.word(columns.referenceId[row] ?? 0),
        countryWorth(need, slot.countries, words.countries.word(place)) * certainty,
      );
    }
    return inOrder(found);
  }
}

/** A reckoner for each segment that one is asked of. */
export class Reckoners {
  private readonly plan: NeedPlan;
  private readonly made = new Map<Segment, Reckoner>();

  constructor(plan: NeedPlan) {
    this.plan = plan;
  }

  of(segment: Segment): Reckoner {
    let reckoner = this.made.get(segment);
    if (reckoner === undefined) this.made.set(segment, (reckoner = new Reckoner(this.plan, segment)));
    return reckoner;
  }
}

const NO_ROWS: Contribution[] = [];

function contribution(kind: Contribution['source']['kind'], id: string, units: number): Contribution {
  return { source: { kind, id }, units, reading: null };
}

function inOrder(rows: Contribution[]): Contribution[] {
  return rows.length < 2 ? rows : rows.sort(byWorth);
}
