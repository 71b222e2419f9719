/** Ids as small numbers. A dictionary only grows; all segments of an index share it. */
export class Dictionary {
  readonly words: string[];
  private readonly numbers: Map<string, number>;

  constructor(words: string[] = []) {
    this.words = words;
    this.numbers = new Map(words.map((word, number) => [word, number]));
  }

  /** The number of a word, given to it now if it is new. */
  put(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    const number = this.words.length;
    this.numbers.set(word, number);
    this.words.push(word);
    return number;
  }

  /** The number of a word; -1 when it never occurred. */
  find(word: string): number {
    return this.numbers.get(word) ?? -1;
  }

  word(number: number): string {
    return this.words[number] ?? '';
  }
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
  private readonly mineralTables = new Map<string, Float64Array>();

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

  /** A table over the sets of minerals that is filled as they are met; -1 where nothing is known yet. */
  mineralTable(by: object, key: string): Float64Array {
    const place = `${this.numberOf(by)} ${key}`;
    const known = this.mineralTables.get(place);
    if (known !== undefined && known.length >= this.mineralSets.size) return known;
    if (this.mineralTables.size > MOST_MINERAL_TABLES) this.mineralTables.clear();
    const table = new Float64Array(this.mineralSets.size + SPARE_SETS).fill(-1);
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

/** An array of numbers that grows, then is cut to size, in memory that threads share. */
export class Column<A extends Numbers> {
  private buffer: A;
  private readonly make: (buffer: SharedArrayBuffer) => A;
  length = 0;

  constructor(make: (buffer: SharedArrayBuffer) => A) {
    this.make = make;
    this.buffer = make(new SharedArrayBuffer(FIRST_BYTES));
  }

  push(value: number): void {
    if (this.length === this.buffer.length) this.grow();
    this.buffer[this.length] = value;
    this.length += 1;
  }

  /** Several values at once. */
  append(values: ArrayLike<number>): void {
    while (this.length + values.length > this.buffer.length) this.grow();
    this.buffer.set(values, this.length);
    this.length += values.length;
  }

  private grow(): void {
    const larger = this.make(new SharedArrayBuffer(this.buffer.byteLength * 2));
    larger.set(this.buffer);
    this.buffer = larger;
  }

  done(): A {
    const exact = this.make(new SharedArrayBuffer(this.length * this.buffer.BYTES_PER_ELEMENT));
    exact.set(this.buffer.subarray(0, this.length));
    return exact;
  }
}

const FIRST_BYTES = 256;
