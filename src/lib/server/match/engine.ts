import { gatesOf, isKnownTo, type Gate, type GateOptions, type GateRule } from '#lib/domain/match/gates.ts';
import { prepareNeed, type MatchBasis, type Need } from '#lib/domain/match/need.ts';
import { outlinePair, scorePair, type Match, type Outline, type Part } from '#lib/domain/match/score.ts';
import type { MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';
import {
  countBits,
  fillBits,
  hasBit,
  intersect,
  noBits,
  takeAway,
  type Bits,
} from '#lib/server/match/bits.ts';
import { basisOf, type EngineSnapshot } from '#lib/server/match/engine-snapshot.ts';
import { Dictionaries } from '#lib/server/match/dictionary.ts';
import { CompanyHit, type CompanyRanking, type Ranking } from '#lib/server/match/hit.ts';
import { Partition } from '#lib/server/match/partition.ts';
import { placesOf } from '#lib/server/match/places.ts';
import { planNeed } from '#lib/server/match/plan.ts';
import { OPEN_RULES, planGates, type GatePlan } from '#lib/server/match/plan-gates.ts';
import { quantitySteps } from '#lib/server/match/quantity-steps.ts';
import { Reckoners } from '#lib/server/match/reckon.ts';
import { Scan, type ScanOptions } from '#lib/server/match/scan.ts';
import { Scorer } from '#lib/server/match/scorer.ts';
import { SegmentBuilder } from '#lib/server/match/segment-builder.ts';
import type { IndexedCompany } from '#lib/server/match/segment-columns.ts';
import { Segment } from '#lib/server/match/segment.ts';
import type { Place } from '#lib/server/match/top.ts';

/** An opportunity of the index, with what decides whether companies are shown it. */
export interface IndexedOpportunity {
  opportunity: MatchOpportunity;
  demo: boolean;
  /** Milliseconds since 1970; null: no deadline. */
  deadlineAt: number | null;
}

export type SearchOptions = ScanOptions;

/** From the side of a company. */
interface Knowing {
  /** Notices that the company may not know of are not there, not even in a count. */
  knownOnly?: boolean;
}

/** A company and an opportunity, reckoned. */
export interface Pair {
  need: Need;
  match: Match;
  gated: boolean;
  /** The company has something of what is asked. */
  interest: boolean;
}

/** A pair without its parts. */
export interface PairOutline {
  need: Need;
  outline: Outline;
  gated: boolean;
  interest: boolean;
}

export interface FunnelStep {
  rule: GateRule | 'all' | 'quantity';
  requirement: string | null;
  /** Companies left after the step. */
  left: number;
}

/** Changed companies are gathered until they make a segment of their own. */
const MOST_SEGMENTS = 8;

/**
 * The matching index: companies and opportunities in memory, exact best lists from either side.
 * A cache that can be rebuilt at any time; it holds no truth of its own.
 */
export class MatchEngine {
  readonly basis: MatchBasis;
  private words = new Dictionaries();
  private segments: Segment[] = [];
  private count = 0;
  private readonly opportunities = new Map<string, IndexedOpportunity>();
  private readonly related = new Map<string, readonly string[]>();
  private needs = new Map<string, Need>();
  private needsOf = '';

  /** Grows with every change of companies. */
  version = 0;
  /** Grows with every change of opportunities. */
  opportunityVersion = 0;

  constructor(basis: MatchBasis) {
    this.basis = basis;
  }

  /** The index another thread described, on the same columns; its opportunities are not in it. */
  static of(snapshot: EngineSnapshot): MatchEngine {
    const engine = new MatchEngine(basisOf(snapshot));
    engine.words = new Dictionaries(snapshot.words);
    for (const data of snapshot.segments) engine.place(new Segment(data, engine.words));
    return engine;
  }

  /** What another thread makes the same index of. */
  snapshot(): EngineSnapshot {
    const { model, relations, geography } = this.basis;
    return {
      model,
      relations: relations.source,
      geography: geography.source,
      words: this.words.allWords(),
      segments: this.segments.map((segment) => segment.data()),
    };
  }

  get companyCount(): number {
    return this.count;
  }

  get opportunityCount(): number {
    return this.opportunities.size;
  }

  /** Starts again with these companies. */
  replaceCompanies(companies: Iterable<IndexedCompany>): void {
    this.words = new Dictionaries();
    this.segments = [];
    this.count = 0;
    this.append(companies);
  }

  /** Starts again with the companies that were put into a builder. */
  setCompanies(builder: SegmentBuilder): void {
    this.words = builder.words;
    this.segments = [];
    this.count = 0;
    this.place(builder.build());
  }

  /** Takes in new states of companies and takes others out. Doing the same twice changes nothing. */
  updateCompanies(changed: readonly IndexedCompany[], removed: readonly string[] = []): void {
    for (const id of removed) this.bury(id);
    for (const { company } of changed) this.bury(company.id);
    if (changed.length > 0) this.append(changed);
    if (this.segments.length > MOST_SEGMENTS) this.mergeSmall();
  }

  setOpportunities(opportunities: Iterable<IndexedOpportunity>): void {
    this.opportunityVersion += 1;
    this.opportunities.clear();
    this.needs.clear();
    for (const entry of opportunities) this.opportunities.set(entry.opportunity.id, entry);
  }

  updateOpportunities(changed: readonly IndexedOpportunity[], removed: readonly string[] = []): void {
    this.opportunityVersion += 1;
    for (const id of removed) this.opportunities.delete(id);
    for (const entry of changed) this.opportunities.set(entry.opportunity.id, entry);
    for (const id of [...removed, ...changed.map(({ opportunity }) => opportunity.id)]) this.needs.delete(id);
  }

  opportunity(id: string): IndexedOpportunity | null {
    return this.opportunities.get(id) ?? null;
  }

  /** The opportunity, when it is open at a moment (milliseconds since 1970). */
  openOpportunity(id: string, now: number): MatchOpportunity | null {
    const entry = this.opportunities.get(id);
    return entry !== undefined && isOpen(entry, now) ? entry.opportunity : null;
  }

  /** All that are open at a moment, in the order of their ids. */
  openOpportunities(now: number): MatchOpportunity[] {
    return [...this.opportunities.values()]
      .filter((entry) => isOpen(entry, now))
      .map(({ opportunity }) => opportunity)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  company(id: string): MatchCompany | null {
    const place = this.find(id);
    return place === null ? null : place.segment.company(place.at);
  }

  /** Ids of all companies, segment by segment. */
  companyIds(): string[] {
    return this.segments.flatMap((segment) =>
      Array.from({ length: segment.size }, (_, at) => at)
        .filter((at) => hasBit(segment.sets.alive, at))
        .map((at) => segment.id(at)),
    );
  }

  isDemoCompany(id: string): boolean {
    const place = this.find(id);
    return place !== null && hasBit(place.segment.sets.demo, place.at);
  }

  /** The need of an opportunity of the index on a day, kept for the day. */
  need(id: string, today: string): Need | null {
    if (this.needsOf !== today) {
      this.needs.clear();
      this.needsOf = today;
    }
    const known = this.needs.get(id);
    if (known !== undefined) return known;
    const entry = this.opportunities.get(id);
    if (entry === undefined) return null;
    const need = prepareNeed(entry.opportunity, this.basis, today);
    this.needs.set(id, need);
    return need;
  }

  /** The best companies for a need: exact, most points first, equal ones in id order. */
  companiesFor(need: Need, options: SearchOptions): CompanyRanking {
    const { considered, passed, total, top, plan } = this.scan(need, options);
    const places = top.sorted().slice(options.offset ?? 0);
    const reckoners = new Reckoners(plan);
    return {
      considered,
      excluded: considered - passed,
      total,
      hits: places.map((place) => new CompanyHit(place, this.segmentOf(place), reckoners)),
    };
  }

  /** The same companies as places and points alone. */
  topFor(need: Need, options: SearchOptions): Place[] {
    return this.scan(need, options).top.sorted();
  }

  private scan(need: Need, options: SearchOptions): Scan {
    return new Scan(need, this.words, this.segments, options);
  }

  /** The best open opportunities for a company, by the same reckoning. */
  opportunitiesFor(
    company: MatchCompany,
    now: number,
    today: string,
    options: SearchOptions & Knowing,
  ): Ranking<MatchOpportunity> {
    const { considered, passed, pairs } = this.pairsOf(company, now, today, options.scope ?? 'all', options);
    const ranked = pairs.filter(({ gated, interest }) => !gated && interest);
    const offset = options.offset ?? 0;
    return {
      considered,
      excluded: considered - passed,
      total: ranked.length,
      hits: ranked.slice(offset, offset + options.limit).map(({ need, match }) => ({
        id: need.opportunity.id,
        units: match.units,
        item: need.opportunity,
      })),
    };
  }

  /**
   * Every open opportunity that lets a company through, or that a single gate shuts it out of, with its
   * reckoning; most points first. What two or more must capabilities are missing for is only counted.
   */
  pairsOf(
    company: MatchCompany,
    now: number,
    today: string,
    scope: NonNullable<SearchOptions['scope']>,
    options: GateOptions & Knowing = {},
  ): { considered: number; passed: number; pairs: Pair[] } {
    const { considered, passed, found } = this.reached(company, now, today, scope, options);
    const pairs = found.map(({ need, gated }): Pair => {
      const match = scorePair(need, company, options);
      return { need, match, gated, interest: isOfInterest(match) };
    });
    pairs.sort((a, b) => byPoints(a.need, a.match, b.need, b.match));
    return { considered, passed, pairs };
  }

  /** The same pairs in the same order, without their parts; and until when, if nothing changes, they hold. */
  outlinesOf(
    company: MatchCompany,
    now: number,
    today: string,
    scope: NonNullable<SearchOptions['scope']>,
    options: Knowing = {},
  ): { considered: number; passed: number; until: number; outlines: PairOutline[] } {
    const { considered, passed, until, found } = this.reached(company, now, today, scope, options);
    const outlines = found.map(({ need, gates, gated }): PairOutline => {
      const outline = outlinePair(need, company, gates);
      return { need, outline, gated, interest: isOfInterest(outline) };
    });
    outlines.sort((a, b) => byPoints(a.need, a.outline, b.need, b.outline));
    return { considered, passed, until, outlines };
  }

  /** Open opportunities of which at most one gate shuts the company out, in no order. */
  private reached(
    company: MatchCompany,
    now: number,
    today: string,
    scope: NonNullable<SearchOptions['scope']>,
    options: GateOptions & Knowing,
  ) {
    const held = new Set(company.capabilities.map(({ capability }) => capability));
    const found: { need: Need; gates: Gate[]; gated: boolean }[] = [];
    let considered = 0;
    let passed = 0;
    let until = Number.POSITIVE_INFINITY;
    for (const entry of this.opportunities.values()) {
      const { opportunity, demo, deadlineAt } = entry;
      if (!isOpen(entry, now)) continue;
      if (scope !== 'all' && demo !== (scope === 'demo')) continue;
      if (deadlineAt !== null && deadlineAt < until) until = deadlineAt;
      if (options.knownOnly === true && !isKnownTo(company, opportunity, today)) continue;
      considered += 1;
      if (this.missesAll(opportunity, held)) continue;
      const need = this.need(opportunity.id, today);
      if (need === null) continue;
      const gates = gatesOf(need, company, options);
      const failed = gates.filter((gate) => !gate.passed).length;
      if (failed === 0) passed += 1;
      if (failed <= 1) found.push({ need, gates, gated: failed > 0 });
    }
    return { considered, passed, until, found };
  }

  /** Must capabilities are asked and none of them is held, nor a related one: shut out, and not near either. */
  private missesAll(opportunity: MatchOpportunity, held: ReadonlySet<string>): boolean {
    let asked = false;
    for (const line of opportunity.requirements) {
      if (line.kind !== 'capability' || !line.must) continue;
      asked = true;
      if (held.has(line.capability)) return false;
      for (const related of this.standIns(line.capability)) if (held.has(related)) return false;
    }
    return asked;
  }

  private standIns(leaf: string): readonly string[] {
    let known = this.related.get(leaf);
    if (known === undefined) {
      known = this.basis.relations.relatedTo(leaf).map(({ held }) => held);
      this.related.set(leaf, known);
    }
    return known;
  }

  /**
   * How many companies are left after each gate, in order, and then who states the quantity asked for. With
   * `shownOnly` it begins with those that show themselves, and no step tells of the others.
   */
  funnel(need: Need, options: Omit<SearchOptions, 'limit'> = {}): FunnelStep[] {
    const shownOnly = options.shownOnly === true;
    const all = planGates(need, this.words, options);
    const read = shownOnly ? all.filter(({ rule }) => !OPEN_RULES.includes(rule)) : all;
    const gates = [...read, ...quantitySteps(need, this.words)];
    const steps: FunnelStep[] = [
      { rule: 'all', requirement: null, left: 0 },
      ...gates.map(({ rule, requirement }) => ({ rule, requirement, left: 0 })),
    ];
    for (const segment of this.segments) {
      const { living, open } = segment.memo.base(options.scope ?? 'all');
      const left = (shownOnly ? open : living).slice();
      if (options.without !== undefined) takeAway(left, placesOf(segment, options.without));
      steps.forEach((step, index) => {
        const gate = gates[index - 1];
        gate?.narrow(segment, left);
        step.left += countBits(left);
      });
    }
    return steps;
  }

  /**
   * Companies (among some ids) that pass every gate that is not about a line, with the must lines they cover and score.
   */
  lineCovers(
    need: Need,
    options: Omit<SearchOptions, 'limit'> = {},
    among: ReadonlySet<string> | null = null,
  ): { company: string; lines: string[]; units: number }[] {
    const gates = planGates(need, this.words, options);
    const plan = planNeed(need, this.words);
    const everybody = Partition.everybody(plan);
    const own = gates.filter(({ requirement }) => requirement === null);
    const lines = gates.filter(({ requirement }) => requirement !== null);
    const found: { company: string; lines: string[]; units: number }[] = [];
    for (const segment of this.segments) {
      const may = segment.memo.base(options.scope ?? 'all').living.slice();
      if (among !== null) intersect(may, placesOf(segment, among));
      if (options.without !== undefined) takeAway(may, placesOf(segment, options.without));
      if (countBits(may) === 0) continue;
      const scorer = new Scorer(plan, segment);
      for (const gate of own) gate.narrow(segment, may);
      const covered = lines.map((gate) => ({ line: gate.requirement ?? '', bits: passing(gate, segment) }));
      for (let at = 0; at < segment.size; at += 1) {
        if (!hasBit(may, at)) continue;
        const held = covered.filter(({ bits }) => hasBit(bits, at)).map(({ line }) => line);
        if (held.length === 0) continue;
        found.push({ company: segment.id(at), lines: held, units: scorer.units(at, everybody, 0) });
      }
    }
    return found;
  }

  /** Companies there are in a scope; `shownOnly`: of those that show themselves. */
  countIn(scope: NonNullable<SearchOptions['scope']>, options: Omit<SearchOptions, 'limit'> = {}): number {
    return this.segments.reduce((sum, segment) => {
      const { considered, open, shown } = segment.memo.base(scope);
      if (options.shownOnly !== true) return sum + considered;
      if (options.without === undefined) return sum + shown;
      const there = open.slice();
      takeAway(there, placesOf(segment, options.without));
      return sum + countBits(there);
    }, 0);
  }

  private segmentOf({ segment }: Place): Segment {
    const found = this.segments[segment];
    if (found === undefined) throw new Error('a hit outside the index');
    return found;
  }

  private append(companies: Iterable<IndexedCompany>): void {
    const builder = new SegmentBuilder(this.words);
    const sorted = [...companies].sort((a, b) => (a.company.id < b.company.id ? -1 : 1));
    for (const company of sorted) builder.add(company);
    this.place(builder.build());
  }

  private place(segment: Segment): void {
    this.version += 1;
    this.segments.push(segment);
    this.count += segment.size;
  }

  /** Where a company stands; the newest segment first. */
  private find(id: string): { segment: Segment; at: number } | null {
    for (let number = this.segments.length - 1; number >= 0; number -= 1) {
      const segment = this.segments[number];
      const at = segment?.find(id) ?? -1;
      if (segment !== undefined && at >= 0 && hasBit(segment.sets.alive, at)) return { segment, at };
    }
    return null;
  }

  private bury(id: string): void {
    const place = this.find(id);
    if (place === null) return;
    place.segment.bury(place.at);
    this.version += 1;
    this.count -= 1;
  }

  /** The small segments become one; the first stays until the next rebuild. */
  private mergeSmall(): void {
    const [first, ...small] = this.segments;
    if (first === undefined) return;
    const living = small.flatMap((segment) =>
      Array.from({ length: segment.size }, (_, at) => at)
        .filter((at) => hasBit(segment.sets.alive, at))
        .map((at) => ({ company: segment.company(at), demo: hasBit(segment.sets.demo, at) })),
    );
    this.segments = [first];
    this.count -= living.length;
    this.append(living);
  }
}

/** Most points first, equal ones in the order of their ids. */
function byPoints(a: Need, one: { units: number }, b: Need, other: { units: number }): number {
  return other.units - one.units || (a.opportunity.id < b.opportunity.id ? -1 : 1);
}

/** Has the company anything of what is asked? Language and country alone do not make a match. */
export function isOfInterest({ parts }: { parts: readonly Pick<Part, 'slot' | 'units'>[] }): boolean {
  const asked = parts.filter(({ slot }) => slot.kind === 'capability' && slot.max > 0);
  return asked.length === 0 || asked.some(({ units }) => units > 0);
}

function isOpen({ opportunity, deadlineAt }: IndexedOpportunity, now: number): boolean {
  return opportunity.open && (deadlineAt === null || deadlineAt >= now);
}

/** Who passes a gate, as a set of one's own. */
function passing(gate: GatePlan, segment: Segment): Bits {
  const bits = fillBits(noBits(segment.size), segment.size);
  gate.narrow(segment, bits);
  return bits;
}
