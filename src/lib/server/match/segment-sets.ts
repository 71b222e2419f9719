import { COMPANY_SIZES } from '#lib/domain/company/company.ts';
import { allBits, clearBit, noBits, setBit, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { FLAG, NOTHING, STATUSES } from '#lib/server/match/segment-values.ts';

const SHUT_OUT = [STATUSES.indexOf('suspended'), STATUSES.indexOf('refused')];
const VETTED = STATUSES.indexOf('vetted');
/** Days for which the set of vetted companies is kept. */
const MOST_DAYS = 32;

/** For each fact the companies of a segment that have it. */
export class SegmentSets {
  readonly alive: Bits;
  readonly notSuspended: Bits;
  readonly notScreened: Bits;
  readonly published: Bits;
  readonly canInvest: Bits;
  readonly demo: Bits;
  readonly sizes: readonly Bits[];
  /** leaf → holders */
  readonly leaves: readonly Bits[];
  /** mineral → companies with a capability that names it */
  readonly minerals: readonly Bits[];
  /** companies with a capability that names no mineral */
  readonly noMineral: Bits;
  /** country → companies with experience or a reference project there */
  readonly countries: readonly Bits[];
  readonly languages: ReadonlyMap<string, Bits>;
  private readonly vetted = new Map<number, Bits>();
  private readonly segment: Segment;

  constructor(segment: Segment, words: Dictionaries) {
    const { size } = segment;
    const sets = (count: number): Bits[] => Array.from({ length: count }, () => noBits(size));
    this.segment = segment;
    this.alive = allBits(size);
    this.notSuspended = noBits(size);
    this.notScreened = noBits(size);
    this.published = noBits(size);
    this.canInvest = noBits(size);
    this.demo = noBits(size);
    this.noMineral = noBits(size);
    this.sizes = sets(COMPANY_SIZES.length);
    this.leaves = sets(words.leaves.words.length);
    this.minerals = sets(words.minerals.words.length);
    this.countries = sets(words.countries.words.length);
    const languages = new Map<string, Bits>();
    this.languages = languages;
    for (let at = 0; at < size; at += 1) {
      this.addCompany(at);
      this.addRows(at);
      for (const language of words.languages.set(segment.languages[at] ?? 0)) {
        let bits = languages.get(language);
        if (bits === undefined) languages.set(language, (bits = noBits(size)));
        setBit(bits, at);
      }
    }
  }

  /** Companies whose vetting is valid at the end of a day (`dayNumber`). */
  vettedAt(day: number): Bits {
    const known = this.vetted.get(day);
    if (known !== undefined) return known;
    const { size, status, vettedUntil } = this.segment;
    const bits = noBits(size);
    for (let at = 0; at < size; at += 1)
      if (status[at] === VETTED && (vettedUntil[at] ?? 0) >= day) setBit(bits, at);
    if (this.vetted.size >= MOST_DAYS) this.vetted.clear();
    this.vetted.set(day, bits);
    return bits;
  }

  /** All companies but those at some places. */
  allBut(places: Iterable<number>): Bits {
    const bits = allBits(this.segment.size);
    for (const at of places) clearBit(bits, at);
    return bits;
  }

  private addCompany(at: number): void {
    const { segment } = this;
    const flags = segment.flags[at] ?? 0;
    if (!SHUT_OUT.includes(segment.status[at] ?? 0)) setBit(this.notSuspended, at);
    if ((flags & FLAG.screened) === 0) setBit(this.notScreened, at);
    if ((flags & FLAG.published) !== 0) setBit(this.published, at);
    if ((flags & FLAG.canInvest) !== 0) setBit(this.canInvest, at);
    if ((flags & FLAG.demo) !== 0) setBit(this.demo, at);
    const size = this.sizes[segment.sizes[at] ?? 0];
    if (size !== undefined) setBit(size, at);
  }

  private addRows(at: number): void {
    const { segment } = this;
    for (let row = segment.rowStart[at] ?? 0; row < (segment.rowStart[at + 1] ?? 0); row += 1) {
      put(this.leaves, segment.rowLeaf[row], at);
      const start = segment.mineralStart[row] ?? 0;
      const end = segment.mineralStart[row + 1] ?? 0;
      if (start === end) setBit(this.noMineral, at);
      for (let place = start; place < end; place += 1) put(this.minerals, segment.mineral[place], at);
    }
    for (let row = segment.countryStart[at] ?? 0; row < (segment.countryStart[at + 1] ?? 0); row += 1)
      put(this.countries, segment.country[row], at);
    for (let row = segment.referenceStart[at] ?? 0; row < (segment.referenceStart[at + 1] ?? 0); row += 1)
      if (segment.referenceCountry[row] !== NOTHING) put(this.countries, segment.referenceCountry[row], at);
  }
}

function put(sets: readonly Bits[], number: number | undefined, at: number): void {
  const bits = sets[number ?? -1];
  if (bits !== undefined) setBit(bits, at);
}
