import type { SearchDocument } from './document.ts';
import { finderKey, mayFind, type Finder } from './finder.ts';
import { Ints, LeafTable, NumberTable, roomFor } from './percolate-arrays.ts';
import type { Expr } from './plan.ts';

/**
 * Many saved searches, compiled so that one document finds those it answers in a fraction of the time it takes to ask
 * each. Equal parts of expressions are one node, whoever asks for them. The tokens of a document make leaves true, and
 * truth rises: into an `or` from every part, into an `and` only from its rarest part, and then the other parts are
 * looked at. So of all searches only those are touched whose rarest part the document has.
 */

/** How many of all documents have a token, or a token that begins so: 0 to 1. A guess does no harm but to the speed. */
export type Share = (token: string, prefix: boolean) => number;

export type Percolated = Pick<SearchDocument, 'tokens' | 'visibility' | 'owner' | 'invited'>;

const LEAF = 0;
const AND = 1;
const OR = 2;
type Op = typeof LEAF | typeof AND | typeof OR;

const NONE = -1;
/** 128 bits of an id, as four numbers. */
const ID_WORDS = 4;
const LAST_ROUND = 2 ** 31 - 2;

export class Percolator {
  private readonly share: Share;
  private leaves: LeafTable;
  // Nodes. Parts of node n: parts[from[n]] to parts[from[n + 1]].
  private op = new Ints();
  private from = new Ints();
  private parts = new Ints();
  /** Share of documents that make a node true, in parts of a billion. */
  private rarity = new Ints();
  /** Above its highest part; leaves have none. */
  private height = new Ints();
  private nodes = new NumberTable();
  /** Where the truth of a node rises to: a list of parents. */
  private firstEdge = new Ints();
  private nextEdge = new Ints();
  private edgeTo = new Ints();
  /** Nodes without parts that are true of everything. */
  private always = NONE;
  // Searches.
  private firstSearch = new Ints();
  private nextSearch = new Ints();
  private finderOf = new Ints();
  private ids = new Ints();
  private byId = new NumberTable();
  private finders: Finder[] = [];
  private finderIndex = new Map<string, number>();
  private removed = 0;
  // One round for each document: what was found out about a node in it.
  private round = 0;
  private reached = new Int32Array(1024);
  private isTrue = new Int32Array(1024);
  /** The last answer's room, used again for the next. */
  private readonly found = new Ints();
  /** Nodes reached, by their height. */
  private readonly levels: Ints[] = [];

  /** `seed` makes the hashes of tokens this set's own. */
  constructor(share: Share = () => 0.01, seed = 0x9747b28c) {
    this.share = share;
    this.leaves = new LeafTable(seed);
  }

  /** Searches held, how many of the places are of removed ones, and what they are made of. */
  get size(): { searches: number; removed: number; nodes: number; finders: number } {
    return {
      searches: this.finderOf.length - this.removed,
      removed: this.removed,
      nodes: this.op.length,
      finders: this.finders.length,
    };
  }

  /** The node of an expression; equal expressions have one node. */
  compile(expr: Expr): number {
    if (expr.op === 'token') return this.leaf(expr.token, expr.prefix);
    return this.join(
      expr.op === 'and' ? AND : OR,
      expr.of.map((part) => this.compile(part)),
    );
  }

  /** The node that is true when all of these are. */
  all(nodes: readonly number[]): number {
    return this.join(AND, nodes);
  }

  /** Holds a search by its id (a uuid). One that is held already stays as it is. */
  add(id: string, node: number, finder: Finder): void {
    const words = wordsOf(id);
    if (this.placeOf(words) !== NONE) return;
    const place = this.finderOf.push(this.indexOf(finder));
    for (const word of words) this.ids.push(word);
    this.nextSearch.push(this.firstSearch.at(node));
    this.firstSearch.data[node] = place;
    this.byId.add(hashOf(words), place);
  }

  /** Takes a search out. */
  remove(id: string): void {
    const place = this.placeOf(wordsOf(id));
    if (place === NONE || this.finderOf.at(place) === NONE) return;
    this.finderOf.data[place] = NONE;
    // The id is free again for one that was taken out and is brought back.
    this.ids.data[place * ID_WORDS] = ~this.ids.at(place * ID_WORDS);
    this.removed += 1;
  }

  /**
   * Puts the searches of each node side by side and forgets the removed ones, with every node that only they needed:
   * worth its half second after many were added, since a hundred thousand searches for one word are then read in a
   * row. What {@link compile} answered before is out of date after it.
   */
  settle(): void {
    const renamed = this.liveNodes();
    const firstSearch = this.firstSearch;
    this.settleNodes(renamed);
    this.settleEdges();
    this.settleSearches(renamed, firstSearch);
    this.reached = new Int32Array(this.op.data.length);
    this.isTrue = new Int32Array(this.op.data.length);
    this.round = 0;
  }

  /** The new number of each node that a search needs, in the same order; NONE for all others. */
  private liveNodes(): Int32Array {
    const renamed = new Int32Array(this.op.length).fill(NONE);
    if (this.always !== NONE) renamed[this.always] = 0;
    // Parts come before what they are parts of.
    for (let node = this.op.length - 1; node >= 0; node--) {
      if (renamed[node] === NONE && !this.hasSearch(node)) continue;
      renamed[node] = 0;
      for (let i = this.from.at(node), end = this.endOf(node); i < end; i++) renamed[this.parts.at(i)] = 0;
    }
    let next = 0;
    for (let node = 0; node < renamed.length; node++) if (renamed[node] === 0) renamed[node] = next++;
    return renamed;
  }

  private hasSearch(node: number): boolean {
    for (let at = this.firstSearch.at(node); at !== NONE; at = this.nextSearch.at(at))
      if (this.finderOf.at(at) !== NONE) return true;
    return false;
  }

  private settleNodes(renamed: Int32Array): void {
    const { op, from, parts, rarity, height } = this;
    const live = renamed.reduce((count, node) => (node === NONE ? count : count + 1), 0);
    this.op = roomFor(live);
    this.from = roomFor(live);
    this.rarity = roomFor(live);
    this.height = roomFor(live);
    this.parts = new Ints();
    this.nodes = new NumberTable();
    for (let node = 0; node < op.length; node++) {
      if (renamed[node] === NONE) continue;
      const end = node + 1 < from.length ? from.at(node + 1) : parts.length;
      const kept: number[] = [];
      for (let i = from.at(node); i < end; i++) kept.push(renamed[parts.at(i)] ?? NONE);
      this.from.push(this.parts.length);
      for (const part of kept) this.parts.push(part);
      this.rarity.push(rarity.at(node));
      this.height.push(height.at(node));
      const added = this.op.push(op.at(node));
      if (op.at(node) !== LEAF) this.nodes.add(partsHash(op.at(node), kept), added);
    }
    this.leaves = this.leaves.renumbered((leaf) => renamed[leaf] ?? NONE);
    if (this.always !== NONE) this.always = renamed[this.always] ?? NONE;
  }

  /** The parents of each node side by side, in the order of their making, which is that of memory. */
  private settleEdges(): void {
    const nodes = this.op.length;
    const starts = new Int32Array(nodes + 1);
    this.eachEdge((part) => (starts[part + 1] = (starts[part + 1] ?? 0) + 1));
    for (let node = 0; node < nodes; node++) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
    const edges = starts[nodes] ?? 0;
    this.firstEdge = roomFor(nodes);
    this.edgeTo = roomFor(edges);
    this.nextEdge = roomFor(edges);
    for (let node = 0; node < nodes; node++)
      this.firstEdge.push(starts[node] === starts[node + 1] ? NONE : (starts[node] ?? NONE));
    const filled = starts.slice(0, nodes);
    this.edgeTo.length = this.nextEdge.length = edges;
    this.eachEdge((part, parent) => {
      const edge = filled[part] ?? 0;
      filled[part] = edge + 1;
      this.edgeTo.data[edge] = parent;
      this.nextEdge.data[edge] = edge + 1 === starts[part + 1] ? NONE : edge + 1;
    });
  }

  /** Every part whose truth rises to a parent: the rarest of an `and`, all of an `or`. */
  private eachEdge(see: (part: number, parent: number) => void): void {
    for (let node = 0; node < this.op.length; node++) {
      const from = this.from.at(node);
      const end = this.op.at(node) === AND ? Math.min(from + 1, this.endOf(node)) : this.endOf(node);
      for (let i = from; i < end; i++) see(this.parts.at(i), node);
    }
  }

  private settleSearches(renamed: Int32Array, firstSearch: Ints): void {
    const { nextSearch, finderOf, ids, finders } = this;
    const live = finderOf.length - this.removed;
    this.nextSearch = roomFor(live);
    this.finderOf = roomFor(live);
    this.ids = roomFor(live * ID_WORDS);
    this.byId = new NumberTable();
    this.finders = [];
    this.finderIndex = new Map();
    this.firstSearch = roomFor(this.op.length);
    this.removed = 0;
    for (let node = 0; node < renamed.length; node++) {
      if (renamed[node] === NONE) continue;
      const mine = this.firstSearch.push(NONE);
      let last = NONE;
      for (let at = firstSearch.at(node); at !== NONE; at = nextSearch.at(at)) {
        const finder = finders[finderOf.at(at)];
        if (finder === undefined) continue;
        const place = this.finderOf.push(this.indexOf(finder));
        this.nextSearch.push(NONE);
        for (let i = 0; i < ID_WORDS; i++) this.ids.push(ids.at(at * ID_WORDS + i));
        this.byId.add(this.ids.at(place * ID_WORDS + 2) ^ this.ids.at(place * ID_WORDS + 3), place);
        if (last === NONE) this.firstSearch.data[mine] = place;
        else this.nextSearch.data[last] = place;
        last = place;
      }
    }
  }

  private indexOf(finder: Finder): number {
    const key = finderKey(finder);
    let index = this.finderIndex.get(key);
    if (index === undefined) this.finderIndex.set(key, (index = this.finders.push(finder) - 1));
    return index;
  }

  /** The places of the searches that a document answers and whose people may find it. */
  match(document: Percolated): Int32Array {
    this.begin();
    const { found } = this;
    found.length = 0;
    const allowed = this.allowed(document);
    const raise = (node: number) => this.reach(node);
    for (const token of document.tokens) this.leaves.matching(token, raise);
    if (this.always !== NONE) this.reach(this.always);
    // A node lies higher than all its parts: when a height is reached, everything below it is decided.
    for (const level of this.levels)
      for (let i = 0; i < level.length; i++) {
        const node = level.at(i);
        if (this.op.at(node) === AND && !this.hasAllParts(node)) continue;
        this.isTrue[node] = this.round;
        this.collect(node, allowed, found);
        for (let edge = this.firstEdge.at(node); edge !== NONE; edge = this.nextEdge.at(edge))
          this.reach(this.edgeTo.at(edge));
      }
    return found.data.slice(0, found.length);
  }

  /** The ids of places that {@link match} answered. */
  idsOf(places: Int32Array): string[] {
    return Array.from(places, (place) => {
      let hex = '';
      for (let i = 0; i < ID_WORDS; i++)
        hex += (this.ids.at(place * ID_WORDS + i) >>> 0).toString(16).padStart(8, '0');
      return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      );
    });
  }

  private leaf(token: string, prefix: boolean): number {
    const held = this.leaves.find(token, prefix);
    if (held !== NONE) return held;
    const node = this.newNode(LEAF, [], this.share(token, prefix));
    this.leaves.add(token, prefix, node);
    return node;
  }

  private join(op: Op, given: readonly number[]): number {
    const parts = [...new Set(given)].sort((a, b) => this.rarity.at(a) - this.rarity.at(b) || a - b);
    if (op === AND && parts.length > 1 && this.always !== NONE) {
      const needed = parts.filter((part) => part !== this.always);
      if (needed.length < parts.length) return this.join(op, needed);
    }
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    const hash = partsHash(op, parts);
    const held = this.nodes.find(hash, (node) => this.isNode(node, op, parts));
    if (held !== NONE) return held;
    const shares = parts.map((part) => this.rarity.at(part) / 1e9);
    const share = op === AND ? Math.min(1, ...shares) : shares.reduce((a, b) => a + b, 0);
    const node = this.newNode(op, parts, share);
    this.nodes.add(hash, node);
    if (op === AND && parts.length === 0) this.always = node;
    const triggers = op === AND ? parts.slice(0, 1) : parts;
    for (const part of triggers) {
      this.edgeTo.push(node);
      this.firstEdge.data[part] = this.nextEdge.push(this.firstEdge.at(part));
    }
    return node;
  }

  private newNode(op: Op, parts: readonly number[], share: number): number {
    this.from.push(this.parts.length);
    for (const part of parts) this.parts.push(part);
    const height = parts.reduce((most, part) => Math.max(most, this.height.at(part) + 1), 0);
    this.height.push(height);
    while (this.levels.length <= height) this.levels.push(new Ints(256));
    this.rarity.push(Math.round(Math.min(1, share) * 1e9));
    this.firstEdge.push(NONE);
    this.firstSearch.push(NONE);
    return this.op.push(op);
  }

  private endOf(node: number): number {
    return node + 1 < this.from.length ? this.from.at(node + 1) : this.parts.length;
  }

  private isNode(node: number, op: Op, parts: readonly number[]): boolean {
    const from = this.from.at(node);
    if (this.op.at(node) !== op || this.endOf(node) - from !== parts.length) return false;
    return parts.every((part, i) => this.parts.at(from + i) === part);
  }

  /** A new document: everything known of the last one is out of date at once. */
  private begin(): void {
    if (this.reached.length < this.op.length || this.round >= LAST_ROUND) {
      const room = Math.max(this.reached.length, this.op.data.length);
      this.reached = new Int32Array(room);
      this.isTrue = new Int32Array(room);
      this.round = 0;
    }
    this.round += 1;
    for (const level of this.levels) level.length = 0;
  }

  /** A part of the node is true, its rarest one if it needs all of them: it is to be looked at, once. */
  private reach(node: number): void {
    if (this.reached[node] === this.round) return;
    this.reached[node] = this.round;
    this.levels[this.height.data[node] ?? 0]?.push(node);
  }

  private hasAllParts(node: number): boolean {
    for (let i = this.from.at(node), end = this.endOf(node); i < end; i++)
      if (this.isTrue[this.parts.at(i)] !== this.round) return false;
    return true;
  }

  private collect(node: number, allowed: ((finder: number) => boolean) | null, found: Ints): void {
    for (let at = this.firstSearch.at(node); at !== NONE; at = this.nextSearch.at(at)) {
      const finder = this.finderOf.at(at);
      if (finder !== NONE && (allowed === null || allowed(finder))) found.push(at);
    }
  }

  /** Which finders may find the document, each asked once; null when all may. */
  private allowed(document: Percolated): ((finder: number) => boolean) | null {
    if (document.visibility === 'public') return null;
    const answers = new Int8Array(this.finders.length);
    return (index) => {
      const finder = this.finders[index];
      if (answers[index] === 0 && finder) answers[index] = mayFind(finder, document) ? 1 : -1;
      return answers[index] === 1;
    };
  }

  private placeOf(words: readonly number[]): number {
    return this.byId.find(hashOf(words), (place) =>
      words.every((word, i) => this.ids.at(place * ID_WORDS + i) === word),
    );
  }
}

function wordsOf(id: string): number[] {
  const hex = id.replaceAll('-', '');
  return [0, 8, 16, 24].map((from) => Number.parseInt(hex.slice(from, from + 8), 16) | 0);
}

/** The end of a uuid is random, whatever its version. */
const hashOf = (words: readonly number[]): number => (words[2] ?? 0) ^ (words[3] ?? 0);

function partsHash(op: number, parts: readonly number[]): number {
  let hash: number = op;
  for (const part of parts) hash = Math.imul(hash ^ part, 0x01000193) ^ (hash >>> 15);
  return hash;
}
