import { conceptTerms, type ConceptTerm } from '#lib/domain/match/concept-terms.ts';

/**
 * Terms found in a text, in Korean or English alike: what is found does not depend on the language of the
 * text. Spaces inside Korean words do not matter (구형 흑연 = 구형흑연), nor do particles after them; Latin
 * words are found whole, singular or plural, whatever stands between the words of a phrase.
 */
export class ConceptLexicon {
  /** Sorted: a concept's number is its place here. */
  private readonly ids: readonly string[];
  private readonly hangul = branch();
  /** 1 for characters that a Korean term begins with: most places of a text are ruled out by one look. */
  private readonly begins = new Uint8Array(0x10000);
  private readonly latin = new LatinTree();
  /** For each concept, the last question it was found for. */
  private readonly foundFor: Uint32Array;
  private question = 0;
  private readonly work: ConceptLexicon | null;

  /** `work`: names of capabilities, ids those of the taxonomy. They are no concepts; only `workOf` reads them. */
  constructor(terms: readonly ConceptTerm[], work: readonly ConceptTerm[] = []) {
    this.ids = [...new Set(terms.map(({ id }) => id))].sort();
    this.foundFor = new Uint32Array(this.ids.length);
    const numbers = new Map(this.ids.map((id, number) => [id, number]));
    for (const { id, words } of terms) for (const word of words) this.add(numbers.get(id) ?? NONE, word);
    this.work = work.length === 0 ? null : new ConceptLexicon(work);
  }

  /** Concepts of a text, each with the words that showed it. */
  find(text: string): Map<string, string> {
    const found = new Map<string, string>();
    const plain = plainOf(text);
    this.scan(plain, (concept, start, end) => {
      const id = this.ids[concept] ?? '';
      if (!found.has(id)) found.set(id, plain.slice(start, end));
    });
    return found;
  }

  /** Ids of the concepts of several texts, sorted. */
  idsOf(...texts: (string | null)[]): string[] {
    this.question += 1;
    const concepts: number[] = [];
    const note = (concept: number): void => {
      if (this.foundFor[concept] === this.question) return;
      this.foundFor[concept] = this.question;
      concepts.push(concept);
    };
    for (const text of texts) if (text !== null && text !== '') this.scan(plainOf(text), note);
    return concepts.sort(ascending).map((concept) => this.ids[concept] ?? '');
  }

  /** Capabilities that titles name; where they name none, those the summaries name. Sorted. */
  workOf(titles: readonly (string | null)[], summaries: readonly (string | null)[]): string[] {
    for (const texts of [titles, summaries]) {
      const ids = new Set(texts.flatMap((text) => (text === null ? [] : (this.work?.longest(text) ?? []))));
      if (ids.size > 0) return [...ids].sort();
    }
    return [];
  }

  /** Terms that stand in no longer one: 천연흑연 음극재 is one kind of work, not every 음극재. */
  private longest(text: string): string[] {
    const found: { concept: number; start: number; end: number }[] = [];
    this.scan(plainOf(text), (concept, start, end) => found.push({ concept, start, end }));
    found.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
    const kept: typeof found = [];
    for (const one of found)
      if (kept.every(({ start, end }) => one.end <= start || one.start >= end)) kept.push(one);
    return kept.map(({ concept }) => this.ids[concept] ?? '');
  }

  private add(concept: number, word: string): void {
    const plain = plainOf(word).trim();
    const korean = /[가-힣]/u.test(plain);
    const letters = korean ? plain.replace(/\s+/gu, '') : plain.replace(/[^a-z0-9]+/gu, ' ').trim();
    if (letters.length < (korean ? 2 : 3) || EVERYDAY.has(letters)) return;
    if (!korean) return this.latin.add(letters, concept);
    if (letters.charCodeAt(0) >= FIRST_SYLLABLE) this.begins[letters.charCodeAt(0)] = 1;
    let at = this.hangul;
    for (let i = 0; i < letters.length; i += 1) {
      const code = letters.charCodeAt(i);
      let next = at.next.get(code);
      if (next === undefined) at.next.set(code, (next = branch()));
      at = next;
    }
    if (at.concept === NONE) at.concept = concept;
  }

  /** One pass over a plain text; every place where a term may begin is tried. */
  private scan(text: string, found: Found): void {
    let inWord = false;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const letter = isAlphanumeric(code);
      if (letter) {
        if (!inWord) this.latin.walk(text, at, found);
      } else if (this.begins[code] === 1) this.walkHangul(text, at, found);
      inWord = letter;
    }
  }

  private walkHangul(text: string, start: number, found: Found): void {
    let here = this.hangul;
    for (let at = start; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code <= SPACE) continue;
      const next = here.next.get(code);
      if (next === undefined) return;
      here = next;
      if (here.concept !== NONE) found(here.concept, start, at + 1);
    }
  }
}

/** A concept was found between two places of a text. */
type Found = (concept: number, start: number, end: number) => void;

interface Branch {
  next: Map<number, Branch>;
  concept: number;
}

function branch(): Branch {
  return { next: new Map(), concept: NONE };
}

/** No concept. */
const NONE = -1;

/** Latin terms as a tree in one table: a node's next ones by letter, digit or the space between words. */
class LatinTree {
  private next = new Uint16Array(FIRST_NODES * WIDTH);
  private readonly concepts = [NONE];

  add(letters: string, concept: number): void {
    let node = 0;
    for (let i = 0; i < letters.length; i += 1) {
      const place = node * WIDTH + placeOf(letters.charCodeAt(i));
      node = this.next[place] ?? 0;
      if (node !== 0) continue;
      node = this.grow();
      this.next[place] = node;
    }
    if (this.concepts[node] === NONE) this.concepts[node] = concept;
  }

  /** Tells every term that begins at the start of a word. */
  walk(text: string, start: number, found: Found): void {
    const { next, concepts } = this;
    let node = 0;
    let at = start;
    for (;;) {
      while (at < text.length) {
        const place = placeOf(text.charCodeAt(at));
        const further = place === BETWEEN ? 0 : (next[node * WIDTH + place] ?? 0);
        if (further === 0) break;
        node = further;
        at += 1;
      }
      const end = wordEnd(text, at);
      if (end < 0) return;
      const concept = concepts[node] ?? NONE;
      if (concept !== NONE) found(concept, start, end);
      node = next[node * WIDTH + BETWEEN] ?? 0;
      if (node === 0) return;
      at = end;
      while (at < text.length && !isAlphanumeric(text.charCodeAt(at))) at += 1;
      if (at === text.length) return;
    }
  }

  /** A new node's number. */
  private grow(): number {
    const node = this.concepts.push(NONE) - 1;
    if (node > MOST_NODES) throw new Error('more Latin terms than the table has room for');
    if ((node + 1) * WIDTH > this.next.length) {
      const larger = new Uint16Array(this.next.length * 2);
      larger.set(this.next);
      this.next = larger;
    }
    return node;
  }
}

/** Letters and digits, each at a place of its own in a row of the table; the first place is for what stands between words. */
const PLACES = new Uint8Array(128);
[...'abcdefghijklmnopqrstuvwxyz0123456789'].forEach((letter, place) => {
  PLACES[letter.charCodeAt(0)] = place + 1;
});
const BETWEEN = 0;
const WIDTH = 37;
const FIRST_NODES = 1024;
const MOST_NODES = 0xffff;

const SPACE = 32;
const FIRST_SYLLABLE = 0xac00;
const LETTER_E = 101;
const LETTER_S = 115;

const ascending = (a: number, b: number): number => a - b;

function plainOf(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function placeOf(code: number): number {
  return code < 128 ? (PLACES[code] ?? BETWEEN) : BETWEEN;
}

function isAlphanumeric(code: number): boolean {
  return placeOf(code) !== BETWEEN;
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

/** A term of the trade of the search lexicon: what it means, of which kind that is, and the word. */
export interface WorkTerm {
  concept: string;
  kind: string;
  term: string;
}

/** The lexicon of matching: the trade's terms, the minerals by all their names, and what capabilities are called. */
export function matchLexicon(
  minerals: readonly MineralNames[],
  terms: readonly WorkTerm[] = [],
): ConceptLexicon {
  return new ConceptLexicon(
    [...conceptTerms(), ...minerals.map(({ id, names }) => ({ id: `mineral:${id}`, words: names }))],
    terms
      .filter(({ kind }) => kind === 'capability')
      .map(({ concept, term }) => ({ id: concept, words: [term] })),
  );
}
