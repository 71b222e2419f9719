import { setImmediate as breathe } from 'node:timers/promises';
import type { Visibility } from '#lib/domain/search/document.ts';
import { BLOCK, DENSE, DENSE_SHARE, VISIBILITIES, type Sections } from './segment.ts';

/** A document as a segment takes it in. */
export interface SegmentDocument {
  readonly id: string;
  readonly vetted: boolean;
  readonly updatedAt: number;
  readonly visibility: Visibility;
  readonly owner: string | null;
  readonly invited: readonly string[];
  /** One character a facet value. */
  readonly facets: string;
  readonly tokens: readonly string[];
}

type Kept = Omit<SegmentDocument, 'tokens'> & { readonly from: number; readonly to: number };

/** Documents packed in one go. */
const STRETCH = 5000;

const encoder = new TextEncoder();
const lines = (of: readonly string[]): Uint8Array => encoder.encode(of.join('\n'));

/** The order of lists: vetted before others, then the fresher, then the id. */
export function inListOrder(
  a: Pick<SegmentDocument, 'id' | 'vetted' | 'updatedAt'>,
  b: Pick<SegmentDocument, 'id' | 'vetted' | 'updatedAt'>,
): number {
  return (
    Number(b.vetted) - Number(a.vetted) ||
    b.updatedAt - a.updatedAt ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}

/** Packs documents, added in any order, into the sections of a segment. */
export class SegmentBuilder {
  private readonly documents: Kept[] = [];
  private readonly words = new Map<string, number>();
  private list = new Uint32Array(1 << 16);
  private used = 0;

  add(document: SegmentDocument): void {
    const from = this.used;
    for (const token of document.tokens) {
      let word = this.words.get(token);
      if (word === undefined) this.words.set(token, (word = this.words.size));
      if (this.used === this.list.length) {
        const larger = new Uint32Array(this.list.length * 2);
        larger.set(this.list);
        this.list = larger;
      }
      this.list[this.used++] = word;
    }
    const { id, vetted, updatedAt, visibility, owner, invited, facets } = document;
    this.documents.push({ id, vetted, updatedAt, visibility, owner, invited, facets, from, to: this.used });
  }

  /** Lets others of the process have their turn in between: a hundred thousand documents take seconds. */
  async finish(): Promise<Sections> {
    this.documents.sort(inListOrder);
    return { ...this.about(), ...(await this.index()) };
  }

  private about() {
    const { documents } = this;
    const facetAt = new Uint32Array(documents.length + 1);
    documents.forEach((d, i) => (facetAt[i + 1] = (facetAt[i] ?? 0) + d.facets.length));
    const facets = new Uint16Array(facetAt.at(-1) ?? 0);
    const invited = new Map<string, number[]>();
    documents.forEach((d, n) => {
      for (let i = 0; i < d.facets.length; i++) facets[(facetAt[n] ?? 0) + i] = d.facets.charCodeAt(i);
      for (const organisation of d.invited)
        invited.set(organisation, [...(invited.get(organisation) ?? []), n]);
    });
    return {
      ids: lines(documents.map((d) => d.id)),
      owners: lines(documents.map((d) => d.owner ?? '')),
      invited: lines([...invited].map(([organisation, numbers]) => [organisation, ...numbers].join(' '))),
      updated: Float64Array.from(documents, (d) => d.updatedAt),
      flags: Uint8Array.from(documents, (d) => Number(d.vetted) | (VISIBILITIES.indexOf(d.visibility) << 1)),
      facetAt,
      facets,
    };
  }

  /** For each token, in order, the numbers of its documents. */
  private async index() {
    const words = await this.sortedWords();
    const place = new Uint32Array(words.length);
    words.forEach((word, i) => (place[this.words.get(word) ?? 0] = i));
    const blocks = Array.from({ length: Math.ceil(words.length / BLOCK) }, (_, i) =>
      encoder.encode(`${words.slice(i * BLOCK, (i + 1) * BLOCK).join('\n')}\n`),
    );
    const blockAt = new Uint32Array(blocks.length + 1);
    blocks.forEach((block, i) => (blockAt[i + 1] = (blockAt[i] ?? 0) + block.length));
    const tokens = new Uint8Array(blockAt.at(-1) ?? 0);
    blocks.forEach((block, i) => tokens.set(block, blockAt[i]));
    await breathe();
    return { tokens, blockAt, ...(await this.postings(place)) };
  }

  /** By their first letters, which say where a token was found, then each part by itself. */
  private async sortedWords(): Promise<string[]> {
    const parts = new Map<string, string[]>();
    for (const word of this.words.keys()) {
      const first = word.charAt(0);
      const part = parts.get(first);
      if (part) part.push(word);
      else parts.set(first, [word]);
    }
    const out: string[] = [];
    for (const first of [...parts.keys()].sort()) {
      await breathe();
      for (const word of (parts.get(first) ?? []).sort()) out.push(word);
    }
    return out;
  }

  private async postings(place: Uint32Array) {
    // Twice over the documents in order: how much room each token needs, then the numbers.
    const size = this.documents.length;
    const counts = new Uint32Array(place.length);
    const room = new Uint32Array(place.length);
    await this.walk(place, (token, bytes) => {
      counts[token] = (counts[token] ?? 0) + 1;
      room[token] = (room[token] ?? 0) + bytes;
    });
    const postingAt = new Uint32Array(place.length + 1);
    let end = 0;
    counts.forEach((count, token) => {
      const dense = count * DENSE_SHARE >= size;
      if (dense) end = (end + 3) & ~3;
      postingAt[token] = dense ? end + DENSE : end;
      end += dense ? ((size + 31) >>> 5) * 4 : (room[token] ?? 0);
    });
    postingAt[place.length] = end;
    const postings = new Uint8Array(end);
    const next = postingAt.slice();
    await this.walk(place, (token, bytes, distance, number) => {
      let at = next[token] ?? 0;
      if (at >= DENSE) {
        at += (number >>> 3) - DENSE;
        postings[at] = (postings[at] ?? 0) | (1 << (number & 7));
        return;
      }
      let rest = distance;
      for (let i = 1; i < bytes; i++) {
        postings[at++] = (rest & 127) | 128;
        rest >>>= 7;
      }
      postings[at++] = rest;
      next[token] = at;
    });
    return { postingAt, postings };
  }

  private async walk(
    place: Uint32Array,
    visit: (token: number, bytes: number, distance: number, number: number) => void,
  ): Promise<void> {
    const last = new Int32Array(place.length).fill(-1);
    for (const [number, document] of this.documents.entries()) {
      if (number % STRETCH === STRETCH - 1) await breathe();
      for (let i = document.from; i < document.to; i++) {
        const token = place[this.list[i] ?? 0] ?? 0;
        const distance = number - (last[token] ?? -1);
        if (distance === 0) continue;
        last[token] = number;
        const bytes = distance < 1 << 7 ? 1 : distance < 1 << 14 ? 2 : distance < 1 << 21 ? 3 : 4;
        visit(token, bytes, distance, number);
      }
    }
  }
}
