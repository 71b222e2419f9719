import { conceptTerms, type ConceptTerm } from '#lib/domain/match/concept-terms.ts';

/**
 * Terms found in a text, in Korean or English alike: what is found does not depend on the language of the
 * text. Korean words are looked for with spaces removed (구형 흑연 = 구형흑연), particles do not matter;
 * Latin words as whole words, singular or plural.
 */
export class ConceptLexicon {
  private readonly hangul: Branch = { next: new Map(), id: null };
  /** first word → phrases that begin with it, longest first */
  private readonly latin = new Map<string, { words: string[]; id: string }[]>();

  constructor(terms: readonly ConceptTerm[]) {
    for (const { id, words } of terms) for (const word of words) this.add(id, word);
    for (const phrases of this.latin.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  }

  /** Concepts of a text, each with the words that showed it. */
  find(text: string): Map<string, string> {
    const found = new Map<string, string>();
    if (text === '') return found;
    const plain = text.normalize('NFC').toLowerCase();
    this.findHangul(plain.replace(/\s+/gu, ''), found);
    this.findLatin(plain, found);
    return found;
  }

  /** Ids of the concepts of several texts, sorted. */
  idsOf(...texts: (string | null)[]): string[] {
    const ids = new Set<string>();
    for (const text of texts) if (text !== null) for (const id of this.find(text).keys()) ids.add(id);
    return [...ids].sort();
  }

  private add(id: string, word: string): void {
    const plain = word.normalize('NFC').toLowerCase().trim();
    if (/[가-힣]/u.test(plain)) {
      const letters = plain.replace(/\s+/gu, '');
      if (letters.length < 2 || EVERYDAY.has(letters)) return;
      let branch = this.hangul;
      for (const letter of letters) {
        let next = branch.next.get(letter);
        if (next === undefined) branch.next.set(letter, (next = { next: new Map(), id: null }));
        branch = next;
      }
      branch.id ??= id;
      return;
    }
    const words = latinWords(plain);
    const [first] = words;
    if (first === undefined || plain.length < 3 || EVERYDAY.has(plain)) return;
    const phrases = this.latin.get(first) ?? [];
    phrases.push({ words, id });
    this.latin.set(first, phrases);
  }

  private findHangul(text: string, found: Map<string, string>): void {
    for (let start = 0; start < text.length; start += 1) {
      let branch: Branch | undefined = this.hangul;
      for (let end = start; end < text.length; end += 1) {
        branch = branch.next.get(text.charAt(end));
        if (branch === undefined) break;
        if (branch.id !== null && !found.has(branch.id)) found.set(branch.id, text.slice(start, end + 1));
      }
    }
  }

  private findLatin(text: string, found: Map<string, string>): void {
    const words = latinWords(text);
    words.forEach((word, start) => {
      const phrases =
        this.latin.get(word) ?? (word.endsWith('s') ? this.latin.get(word.slice(0, -1)) : undefined);
      for (const phrase of phrases ?? []) {
        if (found.has(phrase.id)) continue;
        const spoken = words.slice(start, start + phrase.words.length);
        if (
          spoken.length === phrase.words.length &&
          phrase.words.every((part, i) => sameWord(part, spoken[i] ?? ''))
        )
          found.set(phrase.id, spoken.join(' '));
      }
    });
  }
}

interface Branch {
  next: Map<string, Branch>;
  id: string | null;
}

/** Words of minerals that mean something else in everyday text. */
const EVERYDAY = new Set(['주석', '구리', '실리콘', 'lead', 'silver', 'tin', 'pt', 'pd', 'solder']);

function latinWords(text: string): string[] {
  return text.match(/[a-z0-9]+/gu) ?? [];
}

function sameWord(term: string, spoken: string): boolean {
  return spoken === term || spoken === `${term}s` || spoken === `${term}es`;
}

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
