import { putBoth, putEither, unite, type Bits } from '#lib/server/match/bits.ts';
import type { CapabilityPlan } from '#lib/server/match/capability-plan.ts';
import type { NeedPlan } from '#lib/server/match/plan.ts';
import { holdersOf, referredTo } from '#lib/server/match/plan-gates.ts';
import type { Segment } from '#lib/server/match/segment.ts';

/** What members of a class can get at most. */
export interface CompanyClass {
  /** No member gets more units. */
  most: number;
  /** Of `most`, what the lines, in their order, and the reference account for. */
  lines: readonly number[];
  reference: number;
  /** And the country slot with most points. */
  country: number;
}

/**
 * Companies of a segment parted by how much they can get at most, read from sets: on the two heaviest lines by
 * whether they hold the capability with a mineral asked, without one, or only a capability that stands in for it; by
 * whether a reference project is of the same kind; by the best evidence of any row, whether any states a quantity,
 * and experience in a country asked. Eleven bits make the class.
 */
export class Partition {
  private readonly plan: NeedPlan;
  private readonly segment: Segment;
  private readonly first: LineTiers;
  private readonly second: LineTiers;
  private readonly planes: Planes;
  /** Units of the slots that no set tells anything of. */
  private readonly fixed: number;
  /** Most units on the reference, and without one of the same kind; on the country, and without experience there. */
  private readonly onReference: number;
  private readonly unreferred: number;
  private readonly onCountry: number;
  private readonly elsewhere: number;
  private readonly hasSecond: boolean;
  /** Most units of anybody besides those of the first line. */
  readonly mostRest: number;
  /** class → its last member so far, -1: none */
  private readonly last = new Int32Array(CLASSES).fill(-1);
  /** Classes that have members. */
  private readonly used: number[] = [];
  /** member → the member of its class before it */
  private readonly before: Int32Array;

  /** @param firstIsRead all rows that meet the first line are read by another: left are those of the same stage */
  constructor(plan: NeedPlan, segment: Segment, firstIsRead: boolean) {
    const { memo, sets } = segment;
    const [first, second] = plan.lines;
    this.plan = plan;
    this.segment = segment;
    this.first = new LineTiers(first, plan, segment, firstIsRead ? null : memo.scratch('first'));
    this.second = new LineTiers(second, plan, segment, memo.scratch('second'));
    this.before = memo.links();
    this.fixed =
      sumOf(plan.certificates) +
      sumOf(plan.tables) -
      (plan.country?.max ?? 0) +
      (plan.text?.max ?? 0) +
      sumOf(plan.lines.slice(2));
    this.onReference = plan.reference?.max ?? 0;
    this.unreferred = plan.reference?.mostUnnamed ?? 0;
    this.onCountry = plan.country?.max ?? 0;
    this.elsewhere = plan.country?.mostElsewhere ?? 0;
    this.hasSecond = second !== undefined;
    this.mostRest = this.fixed + this.second.most(7, 7) + this.onReference + this.onCountry;
    this.planes = {
      ...{ a: this.first.exact, b: this.first.own, c: this.first.holders },
      ...{ d: this.second.exact, e: this.second.own, f: this.second.holders },
      ...{ g: referred(plan, segment), h: sets.evidenceLow, i: sets.evidenceHigh },
      ...{ j: sets.stated, k: experienced(plan, segment) },
    };
  }

  /** Most units of a company besides those of the first line; what of them the slots account for is put down. */
  restOf(at: number, known: { lines: number[]; reference: number; country: number }): number {
    const word = at >>> 5;
    const { d, e, f, g, h, i, j, k } = this.planes;
    known.reference = bitOf(g, word, at) === 0 ? this.unreferred : this.onReference;
    known.country = bitOf(k, word, at) === 0 ? this.elsewhere : this.onCountry;
    const rest = this.fixed + known.reference + known.country;
    if (!this.hasSecond) return rest;
    const kinds = bitOf(h, word, at) | (bitOf(i, word, at) << 1) | (bitOf(j, word, at) << 2);
    const bits = bitOf(d, word, at) | (bitOf(e, word, at) << 1) | (bitOf(f, word, at) << 2);
    const second = this.second.most(bits, kinds);
    known.lines[1] = second;
    return rest + second;
  }

  /** The sets in each of which a company must be to have this many units besides those of the first line. */
  required(units: number): Bits[] {
    const { d, e, f, g, k } = this.planes;
    const spare = this.mostRest - units;
    const found: Bits[] = [];
    if (this.onReference - this.unreferred > spare) found.push(g);
    if (this.onCountry - this.elsewhere > spare) found.push(k);
    const best = this.second.most(7, 7);
    if (this.second.named && best - this.second.most(6, 7) > spare) found.push(d);
    else if (this.second.byLeaf && best - this.second.most(4, 7) > spare) found.push(e);
    else if (this.second.byLeaf && best - this.second.most(0, 7) > spare) found.push(f);
    return found;
  }

  /** Sorts companies into their classes but for those that stand to the first line so that none gets `least` units. */
  take(companies: Bits, least: number): void {
    const { last, used, before, mostRest: rest, first } = this;
    const { a, b, c, d, e, f, g, h, i, j, k } = this.planes;
    const exact = rest + first.most(7, 7) < least ? 0 : -1;
    const own = rest + first.most(6, 7) < least ? 0 : -1;
    const related = rest + first.most(4, 7) < least ? 0 : -1;
    const none = rest + first.most(0, 7) < least ? 0 : -1;
    if (exact === 0 && own === 0 && related === 0 && none === 0) return;
    for (let word = 0; word < companies.length; word += 1) {
      let left = companies[word] ?? 0;
      if (left === 0) continue;
      const a1 = a[word] ?? 0;
      const b1 = b[word] ?? 0;
      const c1 = c[word] ?? 0;
      left &= (exact & a1) | (own & b1 & ~a1) | (related & c1 & ~b1 & ~a1) | (none & ~c1 & ~b1 & ~a1);
      const d1 = d[word] ?? 0;
      const e1 = e[word] ?? 0;
      const f1 = f[word] ?? 0;
      const g1 = g[word] ?? 0;
      const h1 = h[word] ?? 0;
      const i1 = i[word] ?? 0;
      const j1 = j[word] ?? 0;
      const k1 = k[word] ?? 0;
      for (; left !== 0; left &= left - 1) {
        const bit = 31 - Math.clz32(left & -left);
        const number =
          ((a1 >>> bit) & 1) |
          (((b1 >>> bit) & 1) << 1) |
          (((c1 >>> bit) & 1) << 2) |
          (((d1 >>> bit) & 1) << 3) |
          (((e1 >>> bit) & 1) << 4) |
          (((f1 >>> bit) & 1) << 5) |
          (((g1 >>> bit) & 1) << 6) |
          (((h1 >>> bit) & 1) << 7) |
          (((i1 >>> bit) & 1) << 8) |
          (((j1 >>> bit) & 1) << 9) |
          (((k1 >>> bit) & 1) << 10);
        const at = (word << 5) + bit;
        const previous = last[number] ?? -1;
        if (previous < 0) used.push(number);
        before[at] = previous;
        last[number] = at;
      }
    }
  }

  /** The classes that have members, those with most points first, each with its last member. */
  classes(): (CompanyClass & { last: number })[] {
    const { plan, fixed: rest } = this;
    const further = plan.lines.slice(2).map(({ max }) => max);
    const found: (CompanyClass & { last: number })[] = [];
    for (const number of this.used) {
      const last = this.last[number] ?? -1;
      const kinds = (number >>> 7) & 7;
      const lines = [this.first.most(number & 7, kinds), this.second.most((number >>> 3) & 7, kinds)];
      const reference = (number & 64) === 0 ? this.unreferred : this.onReference;
      const place = (number & 1024) === 0 ? this.elsewhere : this.onCountry;
      const most = rest + (lines[0] ?? 0) + (lines[1] ?? 0) + reference + place;
      found.push({
        most,
        lines: further.length === 0 ? lines : [...lines, ...further],
        reference,
        country: place,
        last,
      });
    }
    return found.sort((x, y) => y.most - x.most);
  }

  /** The member of the same class before a member; -1: it was the first. */
  next(at: number): number {
    return this.before[at] ?? -1;
  }

  /** The class of all. */
  static everybody({ lines, certificates, tables, reference, text, country }: NeedPlan): CompanyClass {
    const most = sumOf(lines) + sumOf(certificates) + sumOf(tables) + (text?.max ?? 0);
    const onReference = reference?.max ?? 0;
    return {
      ...{ most: most + onReference, lines: lines.map(({ max }) => max), reference: onReference },
      country: country?.max ?? 0,
    };
  }
}

type Planes = Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j' | 'k', Bits>;

const CLASSES = 2048;
/** A line where there is none. */
const NO_LINE = { most: () => 0 };

/** Who stands how to a line: three sets, and the most units each combination of them allows. */
class LineTiers {
  /** The capability itself, and in some row a mineral asked. */
  readonly exact: Bits;
  /** The capability itself. */
  readonly own: Bits;
  /** The capability or one that stands in for it. */
  readonly holders: Bits;
  /** Is a mineral asked, and a capability? */
  readonly named: boolean;
  readonly byLeaf: boolean;
  private readonly line: Pick<CapabilityPlan, 'most'>;
  /** Greatest worth of leaf and mineral by combination: exact, own, related, none. */
  private readonly tiers: readonly (readonly [
    degree: number,
    mineral: number,
    degree: number,
    mineral: number,
  ])[];
  private readonly known = new Int32Array(64).fill(-1);

  /** @param work to hold a set; null: of the line nothing counts but capabilities of the same stage */
  constructor(line: CapabilityPlan | undefined, { need }: NeedPlan, segment: Segment, work: Bits | null) {
    const none = segment.memo.nobody;
    this.line = line ?? NO_LINE;
    this.named = false;
    this.byLeaf = false;
    this.exact = none;
    this.own = none;
    this.holders = none;
    if (line === undefined) {
      this.tiers = [];
      return;
    }
    const stage = [need.basis.model.stageDegree, 1, 0, 0] as const;
    if (work === null) {
      this.tiers = [stage, stage, stage, stage];
      return;
    }
    const { leaf } = line.slot;
    const named = namingAsked(line, segment);
    this.named = named !== null;
    const without = line.minerals.withoutAsked();
    if (leaf === null) {
      if (named !== null) this.exact = named;
      const least = named === null ? 1 : without;
      this.tiers = [1, least, least, least].map((mineral) => [1, mineral, 0, 0]);
      return;
    }
    this.byLeaf = true;
    const { sets, words } = segment;
    this.own = sets.leaves[words.leaves.find(leaf)] ?? none;
    this.holders = holdersOf(segment, need, leaf, words);
    this.exact = this.own;
    if (named !== null && this.own !== none) {
      putBoth(work, this.own, named);
      this.exact = work;
    }
    const next = line.nextDegree();
    this.tiers = [[1, 1, 0, 0], [1, without, next, 1], [next, 1, 0, 0], stage];
  }

  /** Most units of a company by its bits in the three sets, and its best evidence with whether it states a quantity. */
  most(bits: number, kinds: number): number {
    const place = bits * 8 + kinds;
    const known = this.known[place] ?? -1;
    if (known >= 0) return known;
    const tier = this.tiers[(bits & 1) !== 0 ? 0 : (bits & 2) !== 0 ? 1 : (bits & 4) !== 0 ? 2 : 3];
    const [degree, mineral, other, otherMineral] = tier ?? [0, 0, 0, 0];
    const evidence = kinds & 3;
    const stated = kinds >= 4;
    const most = Math.max(
      this.line.most(degree, mineral, evidence, stated),
      other === 0 ? 0 : this.line.most(other, otherMineral, evidence, stated),
    );
    this.known[place] = most;
    return most;
  }
}

/** Who has experience in a country asked in the country slot with most points. */
function experienced({ country }: NeedPlan, { memo, sets, words }: Segment): Bits {
  if (country === null) return memo.nobody;
  const asked = country.countries.map((one) => words.countries.find(one));
  return asked.length === 1
    ? (sets.countries[asked[0] ?? -1] ?? memo.nobody)
    : memo.union(`country ${country.countries.join('|')}`, sets.countries, (one) => asked.includes(one));
}

/** Who names a mineral asked in some row; null when none is asked. */
function namingAsked({ slot }: CapabilityPlan, { memo, sets, words }: Segment): Bits | null {
  if (slot.mineralsFrom === 'none') return null;
  const asked = slot.minerals.map((mineral) => words.minerals.find(mineral));
  return asked.length === 1
    ? (sets.minerals[asked[0] ?? -1] ?? memo.nobody)
    : memo.union(`minerals ${slot.minerals.join('|')}`, sets.minerals, (one) => asked.includes(one));
}

/** Who has a reference of the same kind as some line. */
function referred({ reference, lines, need }: NeedPlan, segment: Segment): Bits {
  const { memo, words } = segment;
  if (reference === null) return memo.nobody;
  const leaves = [...new Set(lines.flatMap(({ slot }) => (slot.leaf === null ? [] : [slot.leaf])))];
  const [only] = leaves;
  if (only === undefined) return memo.nobody;
  if (leaves.length === 1) return referredTo(segment, need, only, words);
  const work = memo.scratch('reference');
  const [first = memo.nobody, second = memo.nobody, ...more] = leaves.map((leaf) =>
    referredTo(segment, need, leaf, words),
  );
  putEither(work, first, second);
  for (const bits of more) unite(work, bits);
  return work;
}

function bitOf(bits: Bits, word: number, at: number): number {
  return ((bits[word] ?? 0) >>> (at & 31)) & 1;
}

function sumOf(plans: readonly { max: number }[]): number {
  let sum = 0;
  for (const { max } of plans) sum += max;
  return sum;
}
