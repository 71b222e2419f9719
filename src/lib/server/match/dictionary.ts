/** Ids as small numbers. A dictionary only grows; all segments of an index share it. */
export class Dictionary {
  private readonly numbers = new Map<string, number>();
  readonly words: string[] = [];

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

/** Sets of words, each distinct one kept once. Set 0 is the empty one. */
export class SetDictionary {
  private readonly numbers = new Map<string, number>([['', 0]]);
  readonly sets: (readonly string[])[] = [[]];

  put(words: readonly string[]): number {
    if (words.length === 0) return 0;
    const sorted = words.length === 1 ? words : [...new Set(words)].sort();
    const key = sorted.join('|');
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.sets.length;
    this.numbers.set(key, number);
    this.sets.push([...sorted]);
    return number;
  }

  set(number: number): readonly string[] {
    return this.sets[number] ?? [];
  }
}

const MOST_TABLES = 2000;

/** Everything that recurs in companies, by number. */
export class Dictionaries {
  readonly leaves = new Dictionary();
  readonly minerals = new Dictionary();
  readonly languages = new SetDictionary();
  readonly concepts = new SetDictionary();
  readonly countries = new Dictionary();
  readonly certificates = new Dictionary();
  readonly units = new Dictionary();
  /** Row ids: `k1` of a thousand companies is kept once. */
  readonly rows = new Dictionary();
  private readonly tables = new WeakMap<object, Map<string, Float64Array>>();

  /**
   * A table over the words of a dictionary, made once for each key while the dictionary does not grow. `by` is what the
   * worth is read from: two tables of relations (one in effect, one only proposed) never share theirs.
   */
  table(by: object, key: string, words: readonly string[], worth: (word: string) => number): Float64Array {
    let tables = this.tables.get(by);
    if (tables === undefined || tables.size > MOST_TABLES)
      this.tables.set(by, (tables = new Map<string, Float64Array>()));
    const known = tables.get(key);
    if (known !== undefined && known.length === words.length) return known;
    const table = Float64Array.from(words, worth);
    tables.set(key, table);
    return table;
  }
}

/** An array of numbers that grows, then is cut to size. */
export class Column<
  A extends Uint8Array | Uint16Array | Int16Array | Int32Array | Uint32Array | Float64Array,
> {
  private buffer: A;
  private readonly make: (size: number) => A;
  length = 0;

  constructor(make: (size: number) => A, size = 1024) {
    this.make = make;
    this.buffer = make(size);
  }

  push(value: number): void {
    if (this.length === this.buffer.length) {
      const larger = this.make(this.buffer.length * 2);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.length] = value;
    this.length += 1;
  }

  done(): A {
    const exact = this.make(this.length);
    exact.set(this.buffer.subarray(0, this.length));
    return exact;
  }
}
