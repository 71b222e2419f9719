import { COMPANY_SIZES } from '#lib/domain/company/company.ts';
import { fillBits, setBit, sharedBits, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { SegmentColumns, SegmentSets } from '#lib/server/match/segment-columns.ts';
import { evidenceOf, FLAG, leafOf, mineralsOf, NOTHING, STATUSES } from '#lib/server/match/segment-values.ts';

const SHUT_OUT = [STATUSES.indexOf('suspended'), STATUSES.indexOf('refused')];

/** The sets of a segment, from its columns. */
export function setsOf(columns: SegmentColumns, size: number, words: Dictionaries): SegmentSets {
  const sets = (count: number): Bits[] => Array.from({ length: count }, () => sharedBits(size));
  const made: SegmentSets = {
    alive: fillBits(sharedBits(size), size),
    notSuspended: sharedBits(size),
    notScreened: sharedBits(size),
    published: sharedBits(size),
    canInvest: sharedBits(size),
    demo: sharedBits(size),
    noMineral: sharedBits(size),
    evidenceLow: sharedBits(size),
    evidenceHigh: sharedBits(size),
    stated: sharedBits(size),
    sizes: sets(COMPANY_SIZES.length),
    leaves: sets(words.leaves.words.length),
    referenceLeaves: sets(words.leaves.words.length),
    minerals: sets(words.minerals.words.length),
    countries: sets(words.countries.words.length),
    languages: languageSets(columns, size, words),
  };
  addCompanies(made, columns, size);
  addRows(made, columns, size, words);
  addCountries(made, columns, size);
  return made;
}

function addCompanies(sets: SegmentSets, { flags, status, sizes }: SegmentColumns, size: number): void {
  for (let at = 0; at < size; at += 1) {
    const flag = flags[at] ?? 0;
    if (!SHUT_OUT.includes(status[at] ?? 0)) setBit(sets.notSuspended, at);
    if ((flag & FLAG.screened) === 0) setBit(sets.notScreened, at);
    if ((flag & FLAG.published) !== 0) setBit(sets.published, at);
    if ((flag & FLAG.canInvest) !== 0) setBit(sets.canInvest, at);
    if ((flag & FLAG.demo) !== 0) setBit(sets.demo, at);
    put(sets.sizes, sizes[at], at);
  }
}

function addRows(sets: SegmentSets, columns: SegmentColumns, size: number, words: Dictionaries): void {
  const { rowStart, rowHead, rowUnit } = columns;
  const named = words.mineralSets.keys.words.map((_, set) =>
    Uint16Array.from(words.mineralSets.set(set), (mineral) => words.minerals.find(mineral)),
  );
  for (let at = 0; at < size; at += 1) {
    const end = rowStart[at + 1] ?? 0;
    let evidence = 0;
    for (let row = rowStart[at] ?? 0; row < end; row += 1) {
      const head = rowHead[row] ?? 0;
      evidence = Math.max(evidence, evidenceOf(head));
      if (rowUnit[row] !== NOTHING) setBit(sets.stated, at);
      put(sets.leaves, leafOf(head), at);
      const minerals = named[mineralsOf(head)];
      if (minerals === undefined || mineralsOf(head) === 0) setBit(sets.noMineral, at);
      else for (let i = 0; i < minerals.length; i += 1) put(sets.minerals, minerals[i], at);
    }
    if ((evidence & 1) !== 0) setBit(sets.evidenceLow, at);
    if ((evidence & 2) !== 0) setBit(sets.evidenceHigh, at);
  }
}

function addCountries(sets: SegmentSets, columns: SegmentColumns, size: number): void {
  const { countryStart, country, referenceStart, referenceCountry, referenceLeaf } = columns;
  for (let at = 0; at < size; at += 1) {
    const countries = countryStart[at + 1] ?? 0;
    for (let row = countryStart[at] ?? 0; row < countries; row += 1) put(sets.countries, country[row], at);
    const references = referenceStart[at + 1] ?? 0;
    for (let row = referenceStart[at] ?? 0; row < references; row += 1) {
      if (referenceCountry[row] !== NOTHING) put(sets.countries, referenceCountry[row], at);
      if (referenceLeaf[row] !== NOTHING) put(sets.referenceLeaves, referenceLeaf[row], at);
    }
  }
}

function languageSets({ languages }: SegmentColumns, size: number, words: Dictionaries): Map<string, Bits> {
  const found = new Map<string, Bits>();
  const ofSet = words.languages.keys.words.map((_, number) =>
    (number === 0 ? [] : words.languages.set(number)).map((language) => {
      let bits = found.get(language);
      if (bits === undefined) found.set(language, (bits = sharedBits(size)));
      return bits;
    }),
  );
  for (let at = 0; at < size; at += 1) for (const bits of ofSet[languages[at] ?? 0] ?? []) setBit(bits, at);
  return found;
}

function put(sets: readonly Bits[], number: number | undefined, at: number): void {
  const bits = sets[number ?? -1];
  if (bits !== undefined) setBit(bits, at);
}
