import type { MatchCompany } from '#lib/domain/match/types.ts';
import { clearBit } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { SegmentColumns, SegmentData, SegmentSets } from '#lib/server/match/segment-columns.ts';
import { SegmentMemo } from '#lib/server/match/segment-memo.ts';
import { companyAt } from '#lib/server/match/segment-record.ts';

/**
 * Companies as typed arrays in memory that threads share: one place a company, in the order of their ids, rows of a
 * company next to each other, and sets of companies that share a fact. Never changed after it is built but for
 * `sets.alive`: what newer segments replace is dead.
 */
export class Segment {
  readonly size: number;
  readonly columns: SegmentColumns;
  readonly sets: SegmentSets;
  readonly lists: SegmentData['lists'];
  readonly excludes: SegmentData['excludes'];
  /** What was worked out of the sets, kept for the next need. */
  readonly memo: SegmentMemo;
  readonly words: Dictionaries;
  private readonly ids: Buffer;

  constructor(data: SegmentData, words: Dictionaries) {
    this.size = data.size;
    this.columns = data.columns;
    this.sets = data.sets;
    this.lists = data.lists;
    this.excludes = data.excludes;
    this.words = words;
    this.ids = Buffer.from(data.columns.idBytes.buffer);
    this.memo = new SegmentMemo(data, words);
  }

  /** What a thread makes the same segment of; who dies from now on lives on there. */
  data(): SegmentData {
    const { size, columns, sets, lists, excludes } = this;
    return { size, columns, sets: { ...sets, alive: sets.alive.slice() }, lists, excludes };
  }

  /** A newer segment holds the company, or it is gone. */
  bury(at: number): void {
    clearBit(this.sets.alive, at);
    this.memo.forgetLiving();
  }

  id(at: number): string {
    const { idStart } = this.columns;
    return this.ids.toString('utf8', idStart[at] ?? 0, idStart[at + 1] ?? 0);
  }

  /** The place of a company; -1 when it is not in the segment. */
  find(id: string): number {
    let low = 0;
    let high = this.size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.id(middle);
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** The company at a place, as it was put in but for the order of what has none. */
  company(at: number): MatchCompany {
    return companyAt(this.columns, this.words, at, this.excludes);
  }
}
