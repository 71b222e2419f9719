import { conceptTerms, type ConceptTerm } from '#lib/domain/match/concept-terms.ts';

/**
 * Terms found in a text, in Korean or English alike: what is found does not depend on the language of the
 * text. Spaces inside Korean words do not matter (구형 흑연 = 구형흑연), nor do particles after them; Latin
 * words are found whole, singular or plural, whatever stands between the words of a phrase.
 */
export class ConceptLexicon {
  /** Sorted: a concept's number is its place here. */
  private readonly ids: readonly string[];
  private readonly hangul: TermTree;
  private readonly latin: TermTree;
  /** For each concept, the last question it was found for. */
  private readonly foundFor: Uint32Array;
  private question = 0;
  private readonly work: ConceptLexicon | null;

  /** `work`: names of capabilities, ids those of the taxonomy. They are no concepts; only `workOf` reads them. */
  constructor(terms: readonly ConceptTerm[], work: readonly ConceptTerm[] = []) {
    this.work = work.length === 0 ? null : new ConceptLexicon(work);
    this.ids = [...new Set(terms.map(({ id }) => id))].sort();
    this.foundFor = new Uint32Array(this.ids.length);
    const numbers = new Map(this.ids.map((id, number) => [id, number]));
    const hangul = new Map<string, number>();
    const latin = new Map<string, number>();
    for (const { id, words } of terms)
      for (const word of words) {
        const plain = plainOf(word).trim();
        const korean = /[가-힣]/u.test(plain);
        const letters = korean ? plain.replace(/\s+/gu, '') : plain.replace(/[^a-z0-9]+/gu, ' ').trim();
        if (letters.length < (korean ? 2 : 3) || EVERYDAY.has(letters)) continue;
        const known = korean ? hangul : latin;
        if (!known.has(letters)) known.set(letters, numbers.get(id) ?? NONE);
      }
    this.hangul = new TermTree(hangul);
    this.latin = new TermTree(latin);
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
      putSorted(concepts, concept);
    };
    for (const text of texts) if (text !== null && text !== '') this.scan(plainOf(text), note);
    return concepts.map((concept) => this.ids[concept] ?? '');
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

  /** One pass over a plain text; every place where a term may begin is tried. */
  private scan(text: string, found: Found): void {
    let inWord = false;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      const letter = isAlphanumeric(code);
      if (letter ? !inWord : code >= FIRST_SYLLABLE) {
        const tree = letter ? this.latin : this.hangul;
        const first = tree.step(ROOT, code);
        if (first !== ROOT) {
          if (letter) this.walkLatin(text, at, first, found);
          else this.walkHangul(text, at, first, found);
        }
      }
      inWord = letter;
    }
  }

  private walkHangul(text: string, start: number, first: number, found: Found): void {
    const { hangul } = this;
    let node = first;
    for (let at = start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code <= SPACE) continue;
      node = hangul.step(node, code);
      if (node === ROOT) return;
      const concept = hangul.concept(node);
      if (concept !== NONE) found(concept, start, at + 1);
    }
  }

  private walkLatin(text: string, start: number, first: number, found: Found): void {
    const { latin } = this;
    let node = first;
    let at = start + 1;
    for (;;) {
      while (at < text.length) {
        const code = text.charCodeAt(at);
        const next = isAlphanumeric(code) ? latin.step(node, code) : ROOT;
        if (next === ROOT) break;
        node = next;
        at += 1;
      }
      const end = wordEnd(text, at);
      if (end < 0) return;
      const concept = latin.concept(node);
      if (concept !== NONE) found(concept, start, end);
      node = latin.step(node, SPACE);
      if (node === ROOT) return;
      at = end;
      while (at < text.length && !isAlphanumeric(text.charCodeAt(at))) at += 1;
      if (at === text.length) return;
    }
  }
}

/** A concept was found between two places of a text. */
type Found = (concept: number, start: number, end: number) => void;

/** No concept. */
const NONE = -1;
/** Where terms begin, and what stands for no further node. */
const ROOT = 0;

/** Terms by their letters: which node follows a node for a character, in one table that is small enough for the cache. */
class TermTree {
  /** The nodes of first characters: most places of a text are ruled out by one look. */
  private readonly first = new Uint32Array(0x10000);
  /** Open addressing: a node and a character in one number, and the node that follows. */
  private readonly keys: Float64Array;
  private readonly nodes: Uint32Array;
  private readonly concepts = [NONE];

  constructor(terms: ReadonlyMap<string, number>) {
    const letters = [...terms.keys()].reduce((sum, { length }) => sum + length, 0);
    const places = 2 ** Math.ceil(Math.log2(Math.max(2, letters * 2)));
    this.keys = new Float64Array(places);
    this.nodes = new Uint32Array(places);
    for (const [term, concept] of terms) {
      let node = ROOT;
      for (let at = 0; at < term.length; at += 1) node = this.add(node, term.charCodeAt(at));
      this.concepts[node] = concept;
    }
  }

  /** The node one character further; `ROOT` when no term goes on like that. */
  step(node: number, code: number): number {
    return node === ROOT ? (this.first[code] ?? ROOT) : (this.nodes[this.placeOf(node, code)] ?? ROOT);
  }

  /** The concept of the term that ends at a node. */
  concept(node: number): number {
    return this.concepts[node] ?? NONE;
  }

  private add(node: number, code: number): number {
    const known = this.step(node, code);
    if (known !== ROOT) return known;
    const added = this.concepts.push(NONE) - 1;
    if (node === ROOT) this.first[code] = added;
    else {
      const place = this.placeOf(node, code);
      this.keys[place] = keyOf(node, code);
      this.nodes[place] = added;
    }
    return added;
  }

  /** Where a step is, or would be put. */
  private placeOf(node: number, code: number): number {
    const last = this.keys.length - 1;
    const key = keyOf(node, code);
    const hash = Math.imul(Math.imul(node, 0x9e3779b1) ^ code, 0x85ebca6b);
    for (let place = (hash ^ (hash >>> 15)) & last; ; place = (place + 1) & last)
      if (this.keys[place] === key || this.nodes[place] === ROOT) return place;
  }
}

function keyOf(node: number, code: number): number {
  return node * 0x10000 + code;
}

const SPACE = 32;
const FIRST_SYLLABLE = 0xac00;
const LETTER_E = 101;
const LETTER_S = 115;

/** Of the few that a text has; sorting them all afterwards takes longer. */
function putSorted(numbers: number[], number: number): void {
  let place = numbers.length;
  for (; place > 0 && (numbers[place - 1] ?? 0) > number; place -= 1)
    numbers[place] = numbers[place - 1] ?? 0;
  numbers[place] = number;
}

function plainOf(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** Where the word at hand ends: here, or behind the s or es of a plural; -1 when it goes on otherwise. */
function wordEnd(text: string, at: number): number {
  if (wordEndsAt(text, at)) return at;
  const code = text.charCodeAt(at);
  if (code === LETTER_S && wordEndsAt(text, at + 1)) return at + 1;
  if (code === LETTER_E && text.charCodeAt(at + 1) === LETTER_S && wordEndsAt(text, at + 2)) return at + 2;
  return -1;
}

function wordEndsAt(text: string, place: number): boolean {
  return place >= text.length || !isAlphanumeric(text.charCodeAt(place));
}

/** Words of minerals that mean something else in everyday text. */
const EVERYDAY = new Set(['주석', '구리', '실리콘', 'lead', 'silver', 'tin', 'solder']);

/** Names that make concepts of minerals: both languages and the aliases. */
export interface MineralNames {
  id: string;
  names: readonly string[];
}

/** A term of the search lexicon: what it means, of which kind that is, the word, and of which form it is. */
export interface LexiconTerm {
  concept: string;
  kind: string;
  term: string;
  form: string;
}

/** What else minerals are called. Codes are no words; short Korean aliases stand inside everyday words (반토: 반토막). */
function isMineralWord({ kind, form, term }: LexiconTerm): boolean {
  return kind === 'mineral' && form !== 'hs' && (form === 'name' || !/^[가-힣 ]{1,2}$/u.test(term));
}

/** The lexicon of matching: the trade's terms, the minerals by all their names, and what capabilities are called. */
export function matchLexicon(
  minerals: readonly MineralNames[],
  terms: readonly LexiconTerm[] = [],
): ConceptLexicon {
  return new ConceptLexicon(
    [
      ...conceptTerms(),
      ...minerals.map(({ id, names }) => ({ id: `mineral:${id}`, words: names })),
      ...terms
        .filter(isMineralWord)
        .map(({ concept, term }) => ({ id: `mineral:${concept}`, words: [term] })),
    ],
    terms
      .filter(({ kind }) => kind === 'capability')
      .map(({ concept, term }) => ({ id: concept, words: [term] })),
  );
}
