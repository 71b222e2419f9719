import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { SegmentColumns } from '#lib/server/match/segment-columns.ts';
import { evidenceOf, leafOf, mineralsOf, NO_YEAR, NOTHING } from '#lib/server/match/segment-values.ts';

const BEST_EVIDENCE = 3;

/**
 * The rows of capabilities leaf by leaf, those with the best evidence first and equal ones in the order of the
 * companies; next to each other is what is read of them one after another. In memory that threads share.
 */
export interface RowLists {
  /** leaf → its first entry; one more at the end */
  start: Uint32Array;
  /** entry → the company */
  owner: Uint32Array;
  /** entry → set of minerals, evidence, year and whether a quantity is stated, in one number; see `factsOf` */
  facts: Uint32Array;
  amount: Float64Array;
  unit: Uint16Array;
  /** How many minerals there were: a list for each stands at each leaf. */
  minerals: number;
  /** leaf and mineral → its first place in `named`; one more at the end */
  namedStart: Uint32Array;
  /** entries that name the mineral, in their order */
  named: Uint32Array;
}

/** 20 bits set of minerals, 2 bits evidence, 1 bit: a quantity is stated, 8 bits year. */
function factsOf(head: number, year: number, stated: boolean): number {
  const since = year - NO_YEAR;
  // years out of any table are worth nothing, like none
  const kept = since > 0 && since <= 0xff ? since : 0;
  return (mineralsOf(head) | (evidenceOf(head) << 20) | (stated ? 1 << 22 : 0) | (kept << 23)) >>> 0;
}
export const mineralsOfFacts = (facts: number): number => facts & 0xfffff;
export const evidenceOfFacts = (facts: number): number => (facts >>> 20) & 3;
/** Years since `NO_YEAR`; 0: none. */
export const yearOfFacts = (facts: number): number => facts >>> 23;
/** Evidence, and 4 where a quantity is stated: what bounds are kept by. */
export const kindOfFacts = (facts: number): number => (facts >>> 20) & 7;
export const KINDS = 8;

/** The lists of a segment, from its columns. */
export function rowListsOf(columns: SegmentColumns, size: number, words: Dictionaries): RowLists {
  const { rowStart, rowHead, rowAmount, rowUnit, rowYear } = columns;
  const leaves = words.leaves.words.length;
  const start = sharedU32(leaves + 1);
  const owner = sharedU32(rowHead.length);
  const facts = sharedU32(rowHead.length);
  const amount = new Float64Array(new SharedArrayBuffer(rowHead.length * 8));
  const unit = new Uint16Array(new SharedArrayBuffer(rowHead.length * 2));
  for (const head of rowHead) start[leafOf(head) + 1] = (start[leafOf(head) + 1] ?? 0) + 1;
  addUp(start);
  const next = start.slice();
  for (let evidence = BEST_EVIDENCE; evidence >= 0; evidence -= 1)
    for (let at = 0; at < size; at += 1)
      for (let row = rowStart[at] ?? 0; row < (rowStart[at + 1] ?? 0); row += 1) {
        const head = rowHead[row] ?? 0;
        if (evidenceOf(head) !== evidence) continue;
        const entry = next[leafOf(head)] ?? 0;
        next[leafOf(head)] = entry + 1;
        owner[entry] = at;
        facts[entry] = factsOf(head, rowYear[row] ?? NO_YEAR, rowUnit[row] !== NOTHING);
        amount[entry] = rowAmount[row] ?? 0;
        unit[entry] = rowUnit[row] ?? NOTHING;
      }
  return { start, owner, facts, amount, unit, ...namedLists(start, facts, words) };
}

function namedLists(
  start: Uint32Array,
  facts: Uint32Array,
  words: Dictionaries,
): Pick<RowLists, 'minerals' | 'namedStart' | 'named'> {
  const leaves = words.leaves.words.length;
  const minerals = words.minerals.words.length;
  const sets = words.mineralSets.keys.words.map((_, set) =>
    Uint16Array.from(set === 0 ? [] : words.mineralSets.set(set), (mineral) => words.minerals.find(mineral)),
  );
  const namedStart = sharedU32(leaves * minerals + 1);
  const each = (visit: (list: number, entry: number) => void): void => {
    for (let leaf = 0; leaf < leaves; leaf += 1)
      for (let entry = start[leaf] ?? 0; entry < (start[leaf + 1] ?? 0); entry += 1)
        for (const mineral of sets[mineralsOfFacts(facts[entry] ?? 0)] ?? [])
          visit(leaf * minerals + mineral, entry);
  };
  each((list) => {
    namedStart[list + 1] = (namedStart[list + 1] ?? 0) + 1;
  });
  addUp(namedStart);
  const named = sharedU32(namedStart.at(-1) ?? 0);
  const next = namedStart.slice();
  each((list, entry) => {
    const place = next[list] ?? 0;
    named[place] = entry;
    next[list] = place + 1;
  });
  return { minerals, namedStart, named };
}

/** Counts, each at the place after its own, become where each begins. */
function addUp(counts: Uint32Array): void {
  for (let at = 1; at < counts.length; at += 1) counts[at] = (counts[at] ?? 0) + (counts[at - 1] ?? 0);
}

const sharedU32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));
