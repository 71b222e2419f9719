import { conceptTerms, type ConceptTerm } from '#lib/domain/match/concept-terms.ts';

/**
 * Terms found in a text, in Korean or English alike: what is found does not depend on the language of the
 * text. Spaces inside Korean words do not matter (구형 흑연 = 구형흑연), nor do particles after them; Latin
 * words are found whole, singular or plural, whatever stands between the words of a phrase.
 */
export class ConceptLexicon {
  private readonly hangul = branch();
  private readonly latin = branch();

  constructor(terms: readonly ConceptTerm[]) {
    for (const { id, words } of terms) for (const word of words) this.add(id, word);
  }

  /** Concepts of a text, each with the words that showed it. */
  find(text: string): Map<string, string> {
    const found = new Map<string, string>();
    const plain = plainOf(text);
    this.scan(plain, (id, start, end) => {
      if (!found.has(id)) found.set(id, plain.slice(start, end));
    });
    return found;
  }

  /** Ids of the concepts of several texts, sorted. */
  idsOf(...texts: (string | null)[]): string[] {
    const ids = new Set<string>();
    for (const text of texts) if (text !== null && text !== '') this.scan(plainOf(text), (id) => ids.add(id));
    return ids.size < 2 ? [...ids] : [...ids].sort();
  }

  private add(id: string, word: string): void {
    const plain = plainOf(word).trim();
    const korean = /[가-힣]/u.test(plain);
    const letters = korean ? plain.replace(/\s+/gu, '') : plain.replace(/[^a-z0-9]+/gu, ' ').trim();
    if (letters.length < (korean ? 2 : 3) || EVERYDAY.has(letters)) return;
    let at = korean ? this.hangul : this.latin;
    for (let i = 0; i < letters.length; i += 1) {
      const code = letters.charCodeAt(i);
      let next = at.next.get(code);
      if (next === undefined) at.next.set(code, (next = branch()));
      at = next;
    }
    at.id ??= id;
  }

  /** One pass over a plain text; every place where a term may begin is tried. */
  private scan(text: string, found: (id: string, start: number, end: number) => void): void {
    let before = SPACE;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code >= FIRST_SYLLABLE) this.walkHangul(text, at, found);
      else if (isAlphanumeric(code) && !isAlphanumeric(before)) this.walkLatin(text, at, found);
      before = code;
    }
  }

  private walkHangul(
    text: string,
    start: number,
    found: (id: string, start: number, end: number) => void,
  ): void {
    let here = this.hangul;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code <= SPACE) continue;
      const next = here.next.get(code);
      if (next === undefined) return;
      here = next;
      if (here.id !== null) found(here.id, start, at + 1);
    }
  }

  private walkLatin(
    text: string,
    start: number,
    found: (id: string, start: number, end: number) => void,
  ): void {
    let here = this.latin;
    let at = start;
    for (;;) {
      while (at < text.length && isAlphanumeric(text.charCodeAt(at))) {
        const next = here.next.get(text.charCodeAt(at));
        if (next === undefined) break;
        here = next;
        at += 1;
      }
      const end = wordEnd(text, at);
      if (end < 0) return;
      if (here.id !== null) found(here.id, start, end);
      const next = here.next.get(SPACE);
      if (next === undefined) return;
      here = next;
      at = end;
      while (at < text.length && !isAlphanumeric(text.charCodeAt(at))) at += 1;
      if (at === text.length) return;
    }
  }
}

interface Branch {
  next: Map<number, Branch>;
  id: string | null;
}

function branch(): Branch {
  return { next: new Map(), id: null };
}

const SPACE = 32;
const FIRST_SYLLABLE = 0xac00;
const LETTER_E = 101;
const LETTER_S = 115;

function plainOf(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** Where the word at hand ends: here, or behind the s or es of a plural; -1 when it goes on otherwise. */
function wordEnd(text: string, at: number): number {
  const ends = (place: number): boolean => place >= text.length || !isAlphanumeric(text.charCodeAt(place));
  if (ends(at)) return at;
  const code = text.charCodeAt(at);
  if (code === LETTER_S && ends(at + 1)) return at + 1;
  if (code === LETTER_E && text.charCodeAt(at + 1) === LETTER_S && ends(at + 2)) return at + 2;
  return -1;
}

/** Words of minerals that mean something else in everyday text. */
const EVERYDAY = new Set(['주석', '구리', '실리콘', 'lead', 'silver', 'tin', 'solder']);

/** Names that make concepts of minerals: both languages and the aliases. */
export interface MineralNames {
  id: string;
  names: readonly string[];
}

/** The lexicon of matching: the trade's terms and the minerals by all their names. */
export function matchLexicon(minerals: readonly MineralNames[]): ConceptLexicon {
  return new ConceptLexicon([
    ...conceptTerms(),
    ...minerals.map(({ id, names }) => ({ id: `mineral:${id}`, words: names })),
  ]);
}
