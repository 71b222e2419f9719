/** Functions that are asked for the same few values again and again: words of texts, mostly. */

/** Longer texts are worked out each time: such words are few. */
const LONGEST = 64;
/** Of texts as they are, on average; beyond, what is remembered takes more room than was meant for it. */
const USUAL = 16;

/**
 * A text of its own. Part of a text keeps the whole of it in memory: a word that is remembered would hold the
 * description it was cut out of.
 */
const ownCopy = (text: string): string => ` ${text}`.slice(1);

/** The latest values by the text they were made of, at most so many, and so many characters of texts. */
export class Remembered<T> {
  private readonly known = new Map<string, T>();
  private readonly most: number;
  private characters = 0;

  constructor(most: number) {
    this.most = most;
  }

  /**
   * What `make` said of the text, or says of it now; what it makes may be cut out of the text it is given. When there
   * is too much, all is forgotten.
   */
  get(text: string, make: (text: string) => T): T {
    const before = this.known.get(text);
    if (before !== undefined) return before;
    if (text.length > LONGEST) return make(text);
    const own = ownCopy(text);
    const made = make(own);
    if (this.known.size >= this.most || this.characters + own.length > this.most * USUAL) {
      this.known.clear();
      this.characters = 0;
    }
    this.known.set(own, made);
    this.characters += own.length;
    return made;
  }
}

/** Remembers what `make` said of the latest values. */
export function remembering<T>(most: number, make: (text: string) => T): (text: string) => T {
  const remembered = new Remembered<T>(most);
  return (text) => remembered.get(text, make);
}

/** One thing made for each of some objects, and gone with it. */
export function onePer<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}
