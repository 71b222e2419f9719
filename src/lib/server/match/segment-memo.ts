import { UNITS } from '#lib/domain/match/model.ts';
import { countBits, intersect, noBits, setBit, takeAway, unite, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { SegmentColumns, SegmentData } from '#lib/server/match/segment-columns.ts';
import { NOTHING, STATUSES } from '#lib/server/match/segment-values.ts';
import { UntilSets } from '#lib/server/match/until-sets.ts';

const VETTED = STATUSES.indexOf('vetted');
/** Most sets kept of a kind: 12 KB each at a hundred thousand companies. */
const MOST_SETS = 400;
const MOST_VECTORS = 48;

export type Scope = 'all' | 'real' | 'demo';

/** Who is in a scope, and who of them no rule about the company itself shuts out. */
export interface Base {
  living: Bits;
  considered: number;
  /** not suspended, not screened out, published */
  open: Bits;
  /** how many those are */
  shown: number;
}

/** A number for each company, as one of a few values. */
export interface Vector {
  /** company → place of its value */
  places: Uint8Array;
  values: readonly number[];
}

/** Companies by how many points they may have: room for as many as a leaf has rows. */
export interface Queue {
  /** points by 32 → who came last, -1: none */
  heads: Int32Array;
  /** one in the queue → the one of about as many points before it */
  next: Int32Array;
  /** one in the queue → the company and its points */
  held: Int32Array;
  totals: Int32Array;
}

function newQueue({ lists: { start } }: SegmentData): Queue {
  const most = start.reduce((longest, end, leaf) => Math.max(longest, end - (start[leaf - 1] ?? 0)), 0);
  return {
    heads: new Int32Array((UNITS >>> 5) + 1).fill(-1),
    next: new Int32Array(most),
    held: new Int32Array(most),
    totals: new Int32Array(most),
  };
}

/** What needs asked for before of one segment. Kept in this thread, made again at any time. */
export class SegmentMemo {
  /** The empty set; not to be changed. */
  readonly nobody: Bits;
  private readonly data: SegmentData;
  private readonly words: Dictionaries;
  private bases = new Map<Scope, Base>();
  private linked: Int32Array | null = null;
  private waiting: Queue | null = null;
  private readonly scratches = new Map<string, Bits>();
  private readonly unions = new Map<string, Bits>();
  private readonly vectors = new Map<string, Vector>();
  private readonly holders = new Map<number, UntilSets>();
  private vettedSets: UntilSets | null = null;
  private certificateRows: Uint32Array[] | null = null;

  constructor(data: SegmentData, words: Dictionaries) {
    this.data = data;
    this.words = words;
    this.nobody = noBits(data.size);
  }

  /** Somebody died. */
  forgetLiving(): void {
    this.bases = new Map();
  }

  base(scope: Scope): Base {
    const known = this.bases.get(scope);
    if (known !== undefined) return known;
    const { sets } = this.data;
    const living = Uint32Array.from(sets.alive);
    if (scope === 'demo') intersect(living, sets.demo);
    if (scope === 'real') takeAway(living, sets.demo);
    const open = living.slice();
    for (const bits of [sets.notSuspended, sets.notScreened, sets.published]) intersect(open, bits);
    const base = { living, considered: countBits(living), open, shown: countBits(open) };
    this.bases.set(scope, base);
    return base;
  }

  /** Everybody in any of the sets whose numbers are wanted. */
  union(key: string, sets: readonly Bits[], wanted: (number: number) => boolean): Bits {
    const known = this.unions.get(key);
    if (known !== undefined) return known;
    const bits = noBits(this.data.size);
    sets.forEach((set, number) => {
      if (wanted(number)) unite(bits, set);
    });
    return this.keep(key, bits);
  }

  /** A set to work in, always the same for a name: what it held before is gone. */
  scratch(name: 'passing' | 'gate' | 'first' | 'second' | 'reference'): Bits {
    let bits = this.scratches.get(name);
    if (bits === undefined) this.scratches.set(name, (bits = noBits(this.data.size)));
    return bits;
  }

  /** For each company a place to keep a number in, always the same. */
  links(): Int32Array {
    return (this.linked ??= new Int32Array(this.data.size));
  }

  /** The queue, empty, always the same: whoever fills it empties it. */
  queue(): Queue {
    return (this.waiting ??= newQueue(this.data));
  }

  /** Whose seat is in one of some countries, by number. */
  seatedIn(key: string, countries: ReadonlySet<number>): Bits {
    const known = this.unions.get(key);
    if (known !== undefined) return known;
    const bits = noBits(this.data.size);
    this.data.columns.seat.forEach((seat, at) => {
      if (countries.has(seat)) setBit(bits, at);
    });
    return this.keep(key, bits);
  }

  /** Adds companies whose vetting is valid at the end of a day (`dayNumber`). */
  addVettedAt(day: number, into: Bits): void {
    const { size, columns } = this.data;
    if (this.vettedSets === null) {
      const rows: { until: number; owner: number }[] = [];
      for (let owner = 0; owner < size; owner += 1)
        if (columns.status[owner] === VETTED) rows.push({ until: columns.vettedUntil[owner] ?? 0, owner });
      this.vettedSets = new UntilSets(rows, size);
    }
    this.vettedSets.addValidAt(day, into);
  }

  /** Adds who holds a certificate that is valid at the end of a day. */
  addHolders(certificate: number, day: number, verifiedOnly: boolean, into: Bits): void {
    const key = certificate * 2 + Number(verifiedOnly);
    let sets = this.holders.get(key);
    if (sets === undefined) {
      const { columns, size } = this.data;
      this.certificateRows ??= rowsByWord(columns.certificate, this.words.certificates.words.length);
      const owners = this.owners();
      const rows = Array.from(this.certificateRows[certificate] ?? [])
        .filter((row) => !verifiedOnly || columns.certificateVerified[row] === 1)
        .map((row) => ({ until: columns.certificateUntil[row] ?? 0, owner: owners[row] ?? 0 }));
      sets = new UntilSets(rows, size);
      this.holders.set(key, sets);
    }
    sets.addValidAt(day, into);
  }

  /** For each company the greatest of some values of its countries and of the countries of its references. */
  countryVector(key: string, worth: (country: number, kind: number) => number): Vector {
    const known = this.vectors.get(key);
    if (known !== undefined) return known;
    if (this.vectors.size >= MOST_VECTORS) this.vectors.clear();
    const vector = countryVector(this.data.columns, this.data.size, worth);
    this.vectors.set(key, vector);
    return vector;
  }

  private keep(key: string, bits: Bits): Bits {
    if (this.unions.size >= MOST_SETS) this.unions.clear();
    this.unions.set(key, bits);
    return bits;
  }

  private certificateOwners: Uint32Array | null = null;
  private owners(): Uint32Array {
    const { certificateStart, certificate } = this.data.columns;
    return (this.certificateOwners ??= ownersOf(certificateStart, certificate.length));
  }
}

/** Kinds of experience in a country that a row may be; a reference counts by whether it is confirmed. */
export const STATED_REFERENCE = 100;
export const CONFIRMED_REFERENCE = 101;

function countryVector(
  columns: SegmentColumns,
  size: number,
  worth: (country: number, kind: number) => number,
): Vector {
  const { countryStart, country, countryKind, referenceStart, referenceCountry, referenceConfirmed } =
    columns;
  const places = new Uint8Array(size);
  const values: number[] = [0];
  const placeOf = (value: number): number => {
    const known = values.indexOf(value);
    return known >= 0 ? known : values.push(value) - 1;
  };
  const table = placesOf(worth, placeOf);
  for (let at = 0; at < size; at += 1) {
    let best = 0;
    const better = (place: number): void => {
      if ((values[place] ?? 0) > (values[best] ?? 0)) best = place;
    };
    const countries = countryStart[at + 1] ?? 0;
    for (let row = countryStart[at] ?? 0; row < countries; row += 1)
      better(table(country[row] ?? 0, countryKind[row] ?? 0));
    const references = referenceStart[at + 1] ?? 0;
    for (let row = referenceStart[at] ?? 0; row < references; row += 1) {
      const held = referenceCountry[row] ?? NOTHING;
      if (held !== NOTHING)
        better(table(held, referenceConfirmed[row] === 1 ? CONFIRMED_REFERENCE : STATED_REFERENCE));
    }
    places[at] = best;
  }
  return { places, values };
}

/** `worth` as a place among the values, asked for once a country and kind. */
function placesOf(
  worth: (country: number, kind: number) => number,
  placeOf: (value: number) => number,
): (country: number, kind: number) => number {
  const known: number[] = [];
  return (country, kind) => {
    const key = country * 128 + kind;
    return (known[key] ??= placeOf(worth(country, kind)));
  };
}

function ownersOf(starts: Uint32Array, rows: number): Uint32Array {
  const owners = new Uint32Array(rows);
  for (let at = 0; at + 1 < starts.length; at += 1) owners.fill(at, starts[at] ?? 0, starts[at + 1] ?? 0);
  return owners;
}

function rowsByWord(column: Uint16Array, words: number): Uint32Array[] {
  const counts = new Uint32Array(words);
  for (const word of column) counts[word] = (counts[word] ?? 0) + 1;
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  const next = new Uint32Array(words);
  column.forEach((word, row) => {
    const list = lists[word];
    if (list !== undefined) list[next[word] ?? 0] = row;
    next[word] = (next[word] ?? 0) + 1;
  });
  return lists;
}
