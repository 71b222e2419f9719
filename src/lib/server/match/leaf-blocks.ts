import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { Segment } from '#lib/server/match/segment.ts';

/** Minerals that fit into a mask of two words. */
const MASKED = 64;

/**
 * The capability rows of a segment once more, those of one leaf next to each other: scoring all who hold a
 * capability reads memory from end to end. Minerals are a mask, for as long as there are at most 64.
 */
export class LeafBlocks {
  /** first place of each leaf; one more entry at the end */
  readonly start: Uint32Array;
  readonly owner: Uint32Array;
  readonly row: Uint32Array;
  readonly mineralsLow: Uint32Array;
  readonly mineralsHigh: Uint32Array;
  readonly amount: Float64Array;
  readonly unit: Uint16Array;
  readonly year: Int16Array;
  readonly evidence: Uint8Array;
  /** false: some mineral does not fit the mask, the rows' own lists say which they name */
  readonly masked: boolean;

  constructor(segment: Segment, words: Dictionaries) {
    const rows = segment.rowLeaf.length;
    this.start = startsOf(segment.rowLeaf, words.leaves.words.length);
    this.owner = new Uint32Array(rows);
    this.row = new Uint32Array(rows);
    this.mineralsLow = new Uint32Array(rows);
    this.mineralsHigh = new Uint32Array(rows);
    this.amount = new Float64Array(rows);
    this.unit = new Uint16Array(rows);
    this.year = new Int16Array(rows);
    this.evidence = new Uint8Array(rows);
    this.masked = words.minerals.words.length <= MASKED;
    const next = this.start.slice();
    for (let at = 0; at < segment.size; at += 1)
      for (let row = segment.rowStart[at] ?? 0; row < (segment.rowStart[at + 1] ?? 0); row += 1) {
        const leaf = segment.rowLeaf[row] ?? 0;
        const place = next[leaf] ?? 0;
        next[leaf] = place + 1;
        this.put(segment, place, row, at);
      }
  }

  private put(segment: Segment, place: number, row: number, owner: number): void {
    this.owner[place] = owner;
    this.row[place] = row;
    this.amount[place] = segment.rowAmount[row] ?? 0;
    this.unit[place] = segment.rowUnit[row] ?? 0;
    this.year[place] = segment.rowYear[row] ?? 0;
    this.evidence[place] = segment.rowEvidence[row] ?? 0;
    for (let at = segment.mineralStart[row] ?? 0; at < (segment.mineralStart[row + 1] ?? 0); at += 1) {
      const mineral = segment.mineral[at] ?? 0;
      const mask = mineral < 32 ? this.mineralsLow : this.mineralsHigh;
      mask[place] = (mask[place] ?? 0) | (1 << (mineral & 31));
    }
  }
}

function startsOf(column: Uint16Array, words: number): Uint32Array {
  const starts = new Uint32Array(words + 1);
  for (const word of column) starts[word + 1] = (starts[word + 1] ?? 0) + 1;
  for (let word = 0; word < words; word += 1)
    starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
  return starts;
}
