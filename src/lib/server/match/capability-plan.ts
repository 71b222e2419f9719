import { EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import { leafDegree, mineralWorth, unitFactor, type RowReading } from '#lib/domain/match/facts.ts';
import type { CapabilitySlot, MatchBasis, Need } from '#lib/domain/match/need.ts';
import { ageWorth, capacityWorth, rowUnits, softened, type RowShares } from '#lib/domain/match/value.ts';
import type { Dictionaries, SetWorths } from '#lib/server/match/dictionary.ts';
import { evidenceOfFacts, KINDS, yearOfFacts } from '#lib/server/match/row-lists.ts';
import type { SegmentColumns } from '#lib/server/match/segment-columns.ts';
import { evidenceOf, leafOf, mineralsOf, NO_YEAR, NOTHING } from '#lib/server/match/segment-values.ts';

const UNKNOWN = -1;
const INCOMPARABLE = -2;

/** A capability line over the columns of a segment: the same reckoning as the domain's, row by row. */
export class CapabilityPlan {
  readonly max: number;
  readonly slot: CapabilitySlot;
  /** leaf → worth of holding it, 0–1 */
  readonly degree: Float64Array;
  /** set of minerals → worth of a row that names them, 0–1 */
  readonly minerals: MineralTable;
  private readonly need: Need;
  private readonly words: Dictionaries;
  private readonly unit: Float64Array;
  private readonly evidence: Float64Array;
  private readonly age: Float64Array;
  /** Of each component the larger share, whether quantities compare or not. */
  private readonly ceiling: RowShares;
  /** leaf and evidence → the most a row can give; `UNKNOWN` until it is asked for */
  private readonly bound: Int32Array;
  /**
   * kind of row (`kindOfFacts`) → the most it gives whatever its minerals are worth, and how much more the better they
   * are, both to be multiplied by the degree of its leaf
   */
  readonly flat = new Float64Array(KINDS);
  readonly rise = new Float64Array(KINDS);
  private readonly kept: number;
  private readonly byMineral: boolean;

  constructor(need: Need, slot: CapabilitySlot, words: Dictionaries) {
    const { model } = need.basis;
    this.need = need;
    this.slot = slot;
    this.max = slot.max;
    this.words = words;
    this.degree = words.table(need.basis.relations, `degree ${slot.leaf ?? ''}`, words.leaves.words, (leaf) =>
      leafDegree(need, slot, leaf),
    );
    this.minerals = new MineralTable(need, slot, words);
    this.unit = slot.unit === null ? NO_UNITS : new Float64Array(words.units.words.length).fill(UNKNOWN);
    this.evidence = words.table(model, 'evidence', EVIDENCE_LEVELS, evidenceWorth(need));
    this.age = ageTable(need);
    this.bound = new Int32Array(words.leaves.words.length * 4).fill(UNKNOWN);
    this.ceiling = ceilingOf(slot.shares, slot.withoutCapacity);
    this.kept = model.mineral.kept;
    for (let kind = 0; kind < KINDS; kind += 1) this.setCeiling(kind);
    this.byMineral = slot.leaf === null;
  }

  get basis(): MatchBasis {
    return this.need.basis;
  }

  /** Units of a company: its best row. A row that cannot reach `least` may be taken for nothing. */
  units(columns: SegmentColumns, at: number, least: number): number {
    const { bound } = this;
    const { rowStart, rowHead } = columns;
    const end = rowStart[at + 1] ?? 0;
    let best = 0;
    for (let row = rowStart[at] ?? 0; row < end; row += 1) {
      const head = rowHead[row] ?? 0;
      const most = bound[head >>> 20] ?? 0;
      if (most === UNKNOWN) {
        this.setBound(head);
        row -= 1;
      } else if (most > best && most >= least) {
        const units = this.row(columns, row, head, least);
        if (units > best) best = units;
      }
    }
    return best;
  }

  private setCeiling(kind: number): void {
    const stated = kind > 3;
    const { capability, mineral, capacity, evidence, recency } = stated ? this.ceiling : this.slot.shares;
    const rest = (stated ? capacity : 0) + evidence * (this.evidence[kind & 3] ?? 0) + recency;
    this.flat[kind] = capability + this.kept * rest;
    this.rise[kind] = mineral + (1 - this.kept) * rest;
  }

  /** What a row of the same leaf and evidence can give at most. */
  private setBound(head: number): void {
    const held = this.degree[leafOf(head)] ?? 0;
    const evidence = this.evidence[evidenceOf(head)] ?? 0;
    this.bound[head >>> 20] =
      held === 0 ? 0 : rowUnits(this.ceiling, this.kept, this.byMineral ? 1 : held, 1, 1, evidence, 1);
  }

  /** Units of one row; when they are fewer than `least` perhaps nothing. */
  row(columns: SegmentColumns, row: number, head: number, least: number): number {
    const { slot, byMineral, kept } = this;
    const worth = this.minerals.of(mineralsOf(head));
    const degree = byMineral ? worth : (this.degree[leafOf(head)] ?? 0);
    const mineral = byMineral ? 1 : worth;
    const evidence = this.evidence[evidenceOf(head)] ?? 0;
    // with quantity and year as good as can be; both ways of sharing out, when it may come to either
    if (rowUnits(this.ceiling, kept, degree, mineral, 1, evidence, 1) < least) return 0;
    let shares = slot.shares;
    let capacity = 0;
    if (slot.unit !== null) {
      const unit = columns.rowUnit[row] ?? NOTHING;
      if (unit !== NOTHING) {
        const factor = this.factorOf(unit);
        const amount = columns.rowAmount[row] ?? 0;
        if (factor === INCOMPARABLE) shares = slot.withoutCapacity;
        else capacity = capacityWorth(this.need.basis.model, (amount * factor) / slot.amount);
      }
    }
    const age = this.age[(columns.rowYear[row] ?? NO_YEAR) - NO_YEAR] ?? 0;
    return rowUnits(shares, kept, degree, mineral, capacity, evidence, age);
  }

  /** What `readRow` of the domain says of a row. */
  reading(columns: SegmentColumns, row: number): RowReading {
    const { slot } = this;
    const { model } = this.need.basis;
    const head = columns.rowHead[row] ?? 0;
    const held = this.degree[leafOf(head)] ?? 0;
    const worth = this.minerals.of(mineralsOf(head));
    const unit = columns.rowUnit[row] ?? NOTHING;
    const factor = slot.unit === null || unit === NOTHING ? UNKNOWN : this.factorOf(unit);
    const comparison =
      slot.unit === null
        ? 'not-asked'
        : unit === NOTHING
          ? 'not-stated'
          : factor === INCOMPARABLE
            ? 'incomparable'
            : 'compared';
    const ratio = comparison === 'compared' ? ((columns.rowAmount[row] ?? 0) * factor) / slot.amount : 0;
    return {
      facts: {
        degree: this.byMineral ? worth : held,
        mineral: this.byMineral ? 1 : worth,
        capacity: comparison === 'compared' ? capacityWorth(model, ratio) : 0,
        evidence: this.evidence[evidenceOf(head)] ?? 0,
        recency: this.age[(columns.rowYear[row] ?? NO_YEAR) - NO_YEAR] ?? 0,
      },
      shares: comparison === 'incomparable' ? slot.withoutCapacity : slot.shares,
      comparison,
      ratio,
    };
  }

  /** The most a row can give whose leaf, minerals and evidence are worth no more than this; `stated`: a quantity. */
  most(degree: number, mineral: number, evidence: number, stated: boolean): number {
    const held = this.byMineral ? mineral : degree;
    const worth = this.byMineral ? 1 : mineral;
    const shares = stated ? this.ceiling : this.slot.shares;
    let best = 0;
    for (let level = 0; level <= evidence; level += 1) best = Math.max(best, this.evidence[level] ?? 0);
    return Math.min(this.max, rowUnits(shares, this.kept, held, worth, stated ? 1 : 0, best, 1));
  }

  /** Leaves that meet the one asked, the one itself first, then those that stand in for it best. */
  meeting(): readonly number[] {
    const { leaf } = this.slot;
    if (leaf === null) return [];
    const own = this.words.leaves.find(leaf);
    const found: number[] = [];
    const { relations } = this.need.basis;
    this.degree.forEach((degree, held) => {
      if (degree > 0 && relations.capability(leaf, this.words.leaves.word(held)).degree > 0) found.push(held);
    });
    return found.sort(
      (a, b) => Number(b === own) - Number(a === own) || (this.degree[b] ?? 0) - (this.degree[a] ?? 0),
    );
  }

  /** Units of a row of the lists. */
  unitsOf(degree: number, worth: number, facts: number, unit: number, amount: number): number {
    const { slot } = this;
    let shares = slot.shares;
    let capacity = 0;
    if (slot.unit !== null && unit !== NOTHING) {
      const factor = this.factorOf(unit);
      if (factor === INCOMPARABLE) shares = slot.withoutCapacity;
      else capacity = capacityWorth(this.need.basis.model, (amount * factor) / slot.amount);
    }
    const evidence = this.evidence[evidenceOfFacts(facts)] ?? 0;
    return rowUnits(shares, this.kept, degree, worth, capacity, evidence, this.age[yearOfFacts(facts)] ?? 0);
  }

  /** The greatest degree of a leaf that is not the one asked. */
  nextDegree(): number {
    const own = this.words.leaves.find(this.slot.leaf ?? '');
    let most = 0;
    for (let held = 0; held < this.degree.length; held += 1)
      if (held !== own && (this.degree[held] ?? 0) > most) most = this.degree[held] ?? 0;
    return most;
  }

  /** The least a row gives whose leaf is worth at least this. */
  least(degree: number, mineral: number): number {
    const { slot, kept } = this;
    const [held, worth] = this.byMineral ? [mineral, 1] : [degree, mineral];
    const evidence = Math.min(...this.evidence);
    const of = (shares: RowShares): number => rowUnits(shares, kept, held, worth, 0, evidence, 0);
    return Math.min(of(slot.shares), of(slot.withoutCapacity));
  }

  private factorOf(unit: number): number {
    const known = this.unit[unit] ?? 0;
    if (known !== UNKNOWN) return known;
    const to = this.slot.unit;
    const factor = (to === null ? null : unitFactor(this.words.units.word(unit), to)) ?? INCOMPARABLE;
    this.unit[unit] = factor;
    return factor;
  }
}

/** Of each component the larger share. */
function ceilingOf(a: RowShares, b: RowShares): RowShares {
  return {
    capability: Math.max(a.capability, b.capability),
    mineral: Math.max(a.mineral, b.mineral),
    capacity: Math.max(a.capacity, b.capacity),
    evidence: Math.max(a.evidence, b.evidence),
    recency: Math.max(a.recency, b.recency),
  };
}

const NO_UNITS = new Float64Array(0);
const NO_WORTHS: SetWorths = { places: new Uint16Array(0), values: [] };
const ONE = [''];

function evidenceWorth({ basis: { model } }: Need): (level: string) => number {
  return (level) => model.evidence[EVIDENCE_LEVELS.find((one) => one === level) ?? 'claimed'];
}

/** `slotMineral` of the domain for the sets of minerals that rows name, each worked out once. */
export class MineralTable {
  private readonly need: Need;
  private readonly words: Dictionaries;
  private readonly asked: readonly string[];
  private readonly keen: number;
  private readonly from: CapabilitySlot['mineralsFrom'];
  private readonly isAsked: boolean;
  private readonly table: SetWorths;

  constructor(need: Need, slot: CapabilitySlot, words: Dictionaries) {
    this.need = need;
    this.words = words;
    this.asked = slot.minerals;
    this.from = slot.mineralsFrom;
    this.isAsked = this.from !== 'none';
    this.keen = slot.mineralKeen;
    this.table = this.from === 'none' ? NO_WORTHS : words.mineralTable(need.basis, slot.minerals.join('|'));
  }

  of(set: number): number {
    if (!this.isAsked) return 1;
    const { places, values } = this.table;
    const place = places[set] ?? 0;
    return this.soften(place === 0 ? this.learn(set) : (values[place] ?? 0));
  }

  private learn(set: number): number {
    const { places, values } = this.table;
    const worth = mineralWorth(this.need, this.asked, set === 0 ? [] : this.words.mineralSets.set(set));
    const known = values.indexOf(worth);
    places[set] = known >= 0 ? known : values.push(worth) - 1;
    return worth;
  }

  /** The most a row is worth that names none of the minerals asked. */
  withoutAsked(): number {
    if (this.from === 'none') return 1;
    const { relations, model } = this.need.basis;
    const known = this.words.minerals.words;
    let best = model.mineral.unstated;
    for (const asked of this.asked) {
      const nearest = this.words.table(relations, `nearest ${asked} ${known.length}`, ONE, () =>
        Math.max(0, ...known.map((held) => (held === asked ? 0 : relations.mineral(asked, held).degree))),
      );
      best = Math.max(best, nearest[0] ?? 0);
    }
    return this.soften(best);
  }

  /** Worth of a row that names one mineral. */
  ofOne(mineral: string): number {
    return mineralWorth(this.need, this.asked, [mineral]);
  }

  /** The least worth of a row that is worth anything. */
  leastOfAny(): number {
    const known = this.words.minerals.words.map((mineral) => this.ofOne(mineral));
    return Math.min(this.need.basis.model.mineral.unstated, ...known.filter((worth) => worth > 0));
  }

  /** Softened where only the opportunity names minerals, or the work is a service. */
  private soften(worth: number): number {
    return softened(worth, this.keen);
  }
}

const LAST_YEAR = 2110;
const AGES = new Map<string, Float64Array>();

/** Worth of each year for a need, from `NO_YEAR` on, which is worth nothing. */
export function ageTable({ basis: { model }, year }: Need): Float64Array {
  const key = `${model.age.fresh} ${model.age.stale} ${year}`;
  let table = AGES.get(key);
  if (table === undefined) {
    table = Float64Array.from({ length: LAST_YEAR - NO_YEAR }, (_, i) =>
      ageWorth(model, i === 0 ? null : NO_YEAR + i, year),
    );
    if (AGES.size > 500) AGES.clear();
    AGES.set(key, table);
  }
  return table;
}
