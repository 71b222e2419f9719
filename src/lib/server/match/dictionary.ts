import { randomInt } from 'node:crypto';

/** Ids as small numbers. A dictionary only grows; all segments of an index share it. */
export class Dictionary {
  readonly words: string[];
  /** Open addressing: a word's number plus one, 0 where nothing is. At most half of the places are taken. */
  private places: Int32Array;

  constructor(words: string[] = []) {
    this.words = words;
    this.places = this.placed();
  }

  /** The number of a word, given to it now if it is new. */
  put(word: string): number {
    return this.putPart(word, 0, word.length, hashOf(word));
  }

  /** The number of a part of a text; `hash` is that of the part (`hashStep` for each of its characters). */
  putPart(text: string, start: number, end: number, hash: number): number {
    const place = this.placeOf(text, start, end, hash);
    const known = (this.places[place] ?? 0) - 1;
    if (known >= 0) return known;
    const number = this.words.push(copyOf(text, start, end)) - 1;
    this.places[place] = number + 1;
    if (this.words.length * 2 > this.places.length) this.places = this.placed();
    return number;
  }

  /** The number of a word; -1 when it never occurred. */
  find(word: string): number {
    return this.findPart(word, 0, word.length, hashOf(word));
  }

  /** The same of a part of a text. */
  findPart(text: string, start: number, end: number, hash: number): number {
    return (this.places[this.placeOf(text, start, end, hash)] ?? 0) - 1;
  }

  word(number: number): string {
    return this.words[number] ?? '';
  }

  /** Where a word is, or would be put. */
  private placeOf(text: string, start: number, end: number, hash: number): number {
    const last = this.places.length - 1;
    for (let place = (hash ^ (hash >>> 15)) & last; ; place = (place + 1) & last) {
      const number = (this.places[place] ?? 0) - 1;
      if (number < 0 || isPart(this.words[number] ?? '', text, start, end)) return place;
    }
  }

  /** All words at their places in a table with room for as many again. */
  private placed(): Int32Array {
    this.places = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(32, this.words.length * 4))));
    this.words.forEach((word, number) => {
      this.places[this.placeOf(word, 0, word.length, hashOf(word))] = number + 1;
    });
    return this.places;
  }
}

/** Differs from process to process, so that nobody can make up ids that all hash alike. */
export const HASH_START = randomInt(2 ** 31);

/** The hash of a text with one more character. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

function hashOf(word: string): number {
  let hash = HASH_START;
  for (let at = 0; at < word.length; at += 1) hash = hashStep(hash, word.charCodeAt(at));
  return hash;
}

function isPart(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at += 1)
    if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}

/** A part of a text as a text of its own: one that was only cut out would keep the whole text in memory. */
function copyOf(text: string, start: number, end: number): string {
  return end - start === text.length ? text : Buffer.from(text.slice(start, end)).toString();
}

const NONE: readonly string[] = [];

/** Sets of words, each distinct one kept once, as their words in order joined by `|`. Set 0 is the empty one. */
export class SetDictionary {
  readonly keys = new Dictionary(['']);
  private readonly split: (readonly string[])[] = [NONE];

  constructor(keys: string[] = ['']) {
    for (const key of keys) this.keys.put(key);
  }

  get size(): number {
    return this.keys.words.length;
  }

  put(words: readonly string[]): number {
    if (words.length === 0) return 0;
    const [only = ''] = words;
    return this.keys.put(words.length === 1 ? only : [...new Set(words)].sort().join('|'));
  }

  set(number: number): readonly string[] {
    return (this.split[number] ??= (this.keys.words[number] ?? '').split('|'));
  }
}

/** The words of all dictionaries, as threads hand them over. */
export interface DictionaryWords {
  leaves: string[];
  minerals: string[];
  mineralSets: string[];
  languages: string[];
  concepts: string[];
  countries: string[];
  certificates: string[];
  units: string[];
  days: string[];
  rows: string[];
}

const MOST_TABLES = 1000;
const MOST_MINERAL_TABLES = 128;

/** What sets of minerals are worth: few values for many sets, so that what is read at random stays small. */
export interface SetWorths {
  /** set → place of its worth in `values`; 0: not known yet */
  places: Uint16Array;
  values: number[];
}
const UNKNOWN_WORTH = -1;

/** Everything that recurs in companies, by number. */
export class Dictionaries {
  readonly leaves: Dictionary;
  readonly minerals: Dictionary;
  /** Minerals that a row names, as one number. */
  readonly mineralSets: SetDictionary;
  readonly languages: SetDictionary;
  readonly concepts: Dictionary;
  readonly countries: Dictionary;
  readonly certificates: Dictionary;
  readonly units: Dictionary;
  /** Days of the last change of a profile; '' for none. */
  readonly days: Dictionary;
  /** Row ids: `k1` of a thousand companies is kept once. */
  readonly rows: Dictionary;
  private readonly tables = new WeakMap<object, Map<string, Float64Array>>();
  private readonly numbers = new WeakMap<object, number>();
  private numbered = 0;
  private readonly mineralTables = new Map<string, SetWorths>();

  constructor(words?: DictionaryWords) {
    this.leaves = new Dictionary(words?.leaves);
    this.minerals = new Dictionary(words?.minerals);
    this.mineralSets = new SetDictionary(words?.mineralSets);
    this.languages = new SetDictionary(words?.languages);
    this.concepts = new Dictionary(words?.concepts);
    this.countries = new Dictionary(words?.countries);
    this.certificates = new Dictionary(words?.certificates);
    this.units = new Dictionary(words?.units);
    this.days = new Dictionary(words?.days);
    this.rows = new Dictionary(words?.rows);
  }

  /** All words, for a thread that makes the same dictionaries of them. */
  allWords(): DictionaryWords {
    return {
      leaves: this.leaves.words,
      minerals: this.minerals.words,
      mineralSets: this.mineralSets.keys.words,
      languages: this.languages.keys.words,
      concepts: this.concepts.words,
      countries: this.countries.words,
      certificates: this.certificates.words,
      units: this.units.words,
      days: this.days.words,
      rows: this.rows.words,
    };
  }

  /**
   * A table over the words of a dictionary, made once for each key while the dictionary does not grow. `by` is what the
   * worth is read from: two tables of relations (one in effect, one only proposed) never share theirs.
   */
  table(by: object, key: string, words: readonly string[], worth: (word: string) => number): Float64Array {
    const tables = this.tablesOf(by);
    const known = tables.get(key);
    if (known !== undefined && known.length === words.length) return known;
    const table = Float64Array.from(words, worth);
    tables.set(key, table);
    return table;
  }

  /** A number that stands for what worths are read from, in the keys of what is kept elsewhere. */
  numberOf(by: object): number {
    let number = this.numbers.get(by);
    if (number === undefined) this.numbers.set(by, (number = this.numbered += 1));
    return number;
  }

  /** A table over the sets of minerals that is filled as they are met. */
  mineralTable(by: object, key: string): SetWorths {
    const place = `${this.numberOf(by)} ${key}`;
    const known = this.mineralTables.get(place);
    if (known !== undefined && known.places.length >= this.mineralSets.size) return known;
    if (this.mineralTables.size > MOST_MINERAL_TABLES) this.mineralTables.clear();
    const table = { places: new Uint16Array(this.mineralSets.size + SPARE_SETS), values: [UNKNOWN_WORTH] };
    this.mineralTables.set(place, table);
    return table;
  }

  private tablesOf(by: object): Map<string, Float64Array> {
    let tables = this.tables.get(by);
    if (tables === undefined || tables.size > MOST_TABLES)
      this.tables.set(by, (tables = new Map<string, Float64Array>()));
    return tables;
  }
}

/** Sets that may come before the tables are made anew. */
const SPARE_SETS = 512;

export type Numbers = Uint8Array | Uint16Array | Int16Array | Int32Array | Uint32Array | Float64Array;

/** A kind of array of numbers. */
export interface NumbersKind<A extends Numbers> {
  new (buffer: SharedArrayBuffer): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** An array of numbers that grows, then is cut to size in memory that threads share. */
export class Column<A extends Numbers> {
  /** Of one kind for all columns, which is much faster than one kind each. */
  private buffer = new Float64Array(FIRST_VALUES);
  private readonly kind: NumbersKind<A>;
  length = 0;

  constructor(kind: NumbersKind<A>) {
    this.kind = kind;
  }

  push(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = new Float64Array(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length] = value;
    this.length += 1;
  }

  done(): A {
    const { kind } = this;
    const exact = new kind(new SharedArrayBuffer(this.length * kind.BYTES_PER_ELEMENT));
    exact.set(this.buffer.subarray(0, this.length));
    return exact;
  }
}

/** Texts one after another, as bytes. */
export class TextColumn {
  private buffer = Buffer.alloc(FIRST_VALUES);
  length = 0;

  push(text: string): void {
    while (this.length + text.length * MOST_BYTES > this.buffer.length)
      this.buffer = Buffer.concat([this.buffer], this.buffer.length * 2);
    this.length += this.buffer.write(text, this.length);
  }

  done(): Uint8Array {
    const exact = new Uint8Array(new SharedArrayBuffer(this.length));
    exact.set(this.buffer.subarray(0, this.length));
    return exact;
  }
}

const FIRST_VALUES = 32;
/** Of a character in UTF-8, counted by its UTF-16 units. */
const MOST_BYTES = 3;
