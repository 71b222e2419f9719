import { hashStep, HASH_START, type Dictionary } from '#lib/server/match/dictionary.ts';
import { NO_DAY, NOTHING } from '#lib/server/match/segment-values.ts';

/**
 * Rows of many owners in one text, as the database folds them: fields, rows, an owner from its rows, and owners are
 * parted by these characters. Records hold no control characters but line ends and tabs.
 */
export const PART = { owners: '\x1c', owner: '\x1d', rows: '\x1e', fields: '\x1f' } as const;

const BETWEEN_OWNERS = PART.owners.charCodeAt(0);
const BETWEEN_ROWS = PART.rows.charCodeAt(0);
const BETWEEN_FIELDS = PART.fields.charCodeAt(0);

/**
 * Reads such a text field by field. Nothing is cut out of it that is known already: words become numbers where they
 * stand, which is what makes a load of a million rows take a fraction of a second.
 */
export class FoldedText {
  private text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes on to the rows of an owner; false when it has none. Owners are asked for in the order of the text. */
  seek(owner: string): boolean {
    const { text } = this;
    while (this.at < text.length) {
      const order = compareAt(text, this.at, owner);
      if (order > 0) return false;
      if (order === 0) {
        this.at += owner.length + 1;
        return true;
      }
      const end = text.indexOf(PART.owners, this.at);
      this.at = end < 0 ? text.length : end + 1;
    }
    return false;
  }

  /** After the last field of a row: whether the same owner has another. */
  another(): boolean {
    return this.at > 0 && this.at <= this.text.length && this.text.charCodeAt(this.at - 1) === BETWEEN_ROWS;
  }

  /** The number of the field's word. */
  word(words: Dictionary): number {
    const start = this.at;
    const hash = this.skipHashing();
    return words.putPart(this.text, start, this.at - 1, hash);
  }

  /** The same; `NOTHING` when the field is empty. */
  wordOrNothing(words: Dictionary): number {
    return this.skipEmpty() ? NOTHING : this.word(words);
  }

  /** The number of the field's word among those there may be; 0 when it is none of them. */
  one(words: Dictionary): number {
    const start = this.at;
    const hash = this.skipHashing();
    return Math.max(0, words.findPart(this.text, start, this.at - 1, hash));
  }

  /** A field of digits; null when it is empty. */
  whole(): number | null {
    return this.skipEmpty() ? null : this.digits();
  }

  /** Any number; null when the field is empty. */
  number(): number | null {
    if (this.skipEmpty()) return null;
    const start = this.at;
    const whole = this.digits();
    const field = this.text.slice(start, this.at - 1);
    return whole < 0 || field.length > EXACT_DIGITS || field.startsWith('-') ? Number(field) : whole;
  }

  /** A day as `dayNumber` has it; `NO_DAY` when the field is empty. */
  day(): number {
    return this.skipEmpty() ? NO_DAY : this.digits();
  }

  /** A field that is 1 or 0. */
  flag(): boolean {
    const is = this.text.charCodeAt(this.at) === DIGIT_ONE;
    this.digits();
    return is;
  }

  /** The field itself. */
  field(): string {
    const start = this.at;
    this.digits();
    return this.text.slice(start, this.at - 1);
  }

  /** To the next field; the hash of this one. */
  private skipHashing(): number {
    const { text } = this;
    let hash = HASH_START;
    let at = this.at;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (isBetween(code)) break;
      hash = hashStep(hash, code);
    }
    this.at = at + 1;
    return hash;
  }

  /** The digits of a field put together, hyphens left out; -1 when anything else is in it. */
  private digits(): number {
    const { text } = this;
    let number = 0;
    let at = this.at;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (isBetween(code)) break;
      if (code >= DIGIT_ZERO && code <= DIGIT_NINE) number = number * 10 + code - DIGIT_ZERO;
      else if (code !== HYPHEN) number = Number.NaN;
    }
    this.at = at + 1;
    return Number.isNaN(number) ? -1 : number;
  }

  private skipEmpty(): boolean {
    if (this.at < this.text.length && !isBetween(this.text.charCodeAt(this.at))) return false;
    this.at += 1;
    return true;
  }
}

/** Whole numbers of so many digits are exact. */
const EXACT_DIGITS = 15;
const DIGIT_ZERO = 48;
const DIGIT_ONE = 49;
const DIGIT_NINE = 57;
const HYPHEN = 45;

function isBetween(code: number): boolean {
  return code >= BETWEEN_OWNERS && code <= BETWEEN_FIELDS;
}

/** How what stands at a place of a text compares with an owner. */
function compareAt(text: string, at: number, owner: string): number {
  for (let i = 0; i < owner.length; i += 1) {
    const difference = text.charCodeAt(at + i) - owner.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return 0;
}
