import type { Expr } from '#lib/domain/search/plan.ts';
import type { Visibility } from '#lib/domain/search/document.ts';
import { hasBit, intersect, noBits, setBit, unite, type Bits } from './bits.ts';

/**
 * All documents of a kind as they were at one moment, packed for finding and counting: documents numbered in the order
 * of lists (vetted, then fresh, then id), and for every token the numbers of its documents. About 400 bytes a document,
 * outside the JavaScript heap.
 */

export const VISIBILITIES: readonly Visibility[] = ['public', 'vetted', 'invited', 'hidden', 'private'];

/** What is stored of a segment, each part on its own. */
export interface Sections {
  /** Ids of the documents, a line each. */
  ids: Uint8Array;
  /** Owners of the documents, a line each, empty for none. */
  owners: Uint8Array;
  /** `organisation number number …`, a line an organisation that was invited. */
  invited: Uint8Array;
  /** Milliseconds of the last change. */
  updated: Float64Array;
  /** Lowest bit: vetted; above: place in VISIBILITIES. */
  flags: Uint8Array;
  /** Where the facet values of a document begin in `facets`; one more than there are documents. */
  facetAt: Uint32Array;
  /** Facet values, see facet-codes.ts. */
  facets: Uint16Array;
  /** Tokens in code unit order, a line each. */
  tokens: Uint8Array;
  /** Where each block of tokens begins in `tokens`; one more than there are blocks. */
  blockAt: Uint32Array;
  /** Where the documents of a token begin in `postings`, with DENSE; one more than there are tokens. */
  postingAt: Uint32Array;
  /**
   * Document numbers as distances in seven-bit groups, lowest first; of dense tokens, at a multiple of four, one bit a
   * document. Zeros fill the gaps: a distance of nothing.
   */
  postings: Uint8Array;
}

/** Marks tokens that one in so many documents has, or more. */
export const DENSE = 0x8000_0000;
export const DENSE_SHARE = 16;

/** Tokens a block: the unit in which the token list is unpacked. */
export const BLOCK = 32;

const decoder = new TextDecoder();
const linesOf = (bytes: Uint8Array): string[] =>
  bytes.length === 0 ? [] : decoder.decode(bytes).split('\n');

export class Segment {
  readonly size: number;
  readonly ids: readonly string[];
  readonly owners: readonly string[];
  readonly invited: ReadonlyMap<string, readonly number[]>;
  readonly sections: Sections;
  private readonly heads: readonly string[];
  private numbers: Map<string, number> | null = null;

  constructor(sections: Sections) {
    this.sections = sections;
    this.size = sections.updated.length;
    this.ids = linesOf(sections.ids);
    this.owners = this.size === 0 ? [] : decoder.decode(sections.owners).split('\n');
    this.invited = new Map(
      linesOf(sections.invited).map((line) => {
        const [organisation = '', ...numbers] = line.split(' ');
        return [organisation, numbers.map(Number)];
      }),
    );
    this.heads = Array.from({ length: Math.max(0, sections.blockAt.length - 1) }, (_, i) => {
      const from = sections.blockAt[i] ?? 0;
      const to = sections.tokens.indexOf(10, from);
      return decoder.decode(sections.tokens.subarray(from, to < 0 ? undefined : to));
    });
  }

  /** The number of a document. */
  numberOf(id: string): number | undefined {
    this.numbers ??= new Map(this.ids.map((known, i) => [known, i]));
    return this.numbers.get(id);
  }

  vetted(number: number): boolean {
    return ((this.sections.flags[number] ?? 0) & 1) === 1;
  }

  /** The documents that match an expression. */
  matching(expr: Expr): Bits {
    const bits = noBits(this.size);
    if (expr.op === 'token') this.mark(expr.token, expr.prefix, bits);
    else if (expr.op === 'or') {
      for (const part of expr.of)
        if (part.op === 'token') this.mark(part.token, part.prefix, bits);
        else unite(bits, this.matching(part));
    } else
      expr.of.forEach((part, i) => {
        const found = this.matching(part);
        if (i === 0) unite(bits, found);
        else intersect(bits, found);
      });
    return bits;
  }

  /**
   * Which of some documents, named by their numbers, have which of the tokens asked for: for each document its tokens,
   * in order.
   */
  tokensOf(numbers: readonly number[], asked: Asked): string[][] {
    const slots = new Map(numbers.map((number, slot) => [number, slot]));
    const wanted = noBits(this.size);
    for (const number of numbers) setBit(wanted, number);
    const out = numbers.map(() => new Set<string>());
    const look = (name: string, token: number): void => {
      const dense = this.denseBits(token);
      if (dense) numbers.forEach((number, slot) => hasBit(dense, number) && out[slot]?.add(name));
      else
        this.each(token, (number) => {
          if (hasBit(wanted, number)) out[slots.get(number) ?? 0]?.add(name);
        });
    };
    for (const token of asked.tokens) this.visit(token, false, look);
    for (const start of asked.starts) this.visit(start, true, look);
    return out.map((found) => [...found].sort());
  }

  private block(at: number): string[] {
    const { tokens, blockAt } = this.sections;
    return decoder.decode(tokens.subarray(blockAt[at], (blockAt[at + 1] ?? 1) - 1)).split('\n');
  }

  /** Adds the documents of a token, or of all tokens that begin so. */
  private mark(token: string, prefix: boolean, bits: Bits): void {
    this.visit(token, prefix, (_, found) => {
      const dense = this.denseBits(found);
      if (dense) unite(bits, dense);
      else this.each(found, (number) => setBit(bits, number));
    });
  }

  /** Calls back with each token that is meant, and its place. */
  private visit(token: string, prefix: boolean, found: (name: string, token: number) => void): void {
    let low = 0;
    let high = this.heads.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.heads[middle] ?? '') <= token) low = middle + 1;
      else high = middle;
    }
    for (let at = Math.max(0, low - 1); at < this.heads.length; at++)
      for (const [i, word] of this.block(at).entries()) {
        if (word < token) continue;
        if (word !== token && !(prefix && word.startsWith(token))) return;
        found(word, at * BLOCK + i);
        if (!prefix) return;
      }
  }

  private denseBits(token: number): Bits | null {
    const at = this.sections.postingAt[token] ?? 0;
    if (at < DENSE) return null;
    const { buffer, byteOffset } = this.sections.postings;
    return new Uint32Array(buffer, byteOffset + (at - DENSE), (this.size + 31) >>> 5);
  }

  private each(token: number, found: (number: number) => void): void {
    const { postings, postingAt } = this.sections;
    const to = (postingAt[token + 1] ?? 0) & ~DENSE;
    let number = -1;
    for (let i = postingAt[token] ?? 0; i < to;) {
      let distance = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = postings[i++] ?? 0;
        distance |= (byte & 127) << shift;
        if (byte < 128) break;
      }
      number += distance;
      found(number);
    }
  }
}

/** Tokens that ranking looks for. */
export interface Asked {
  readonly tokens: ReadonlySet<string>;
  /** Beginnings of tokens. */
  readonly starts: ReadonlySet<string>;
}
