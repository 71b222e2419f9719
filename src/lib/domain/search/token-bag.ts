import { analyse, piecesOf, type Term } from './analyse.ts';
import { formTokens, stripCompanyForm } from './company-name.ts';
import type { CapabilityLine, ReferenceLine, VocabularyWord } from './document.ts';
import { hasHangul, toChoseong } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
import { squash } from './normalize.ts';
import { placeAtHead } from './places.ts';
import { namedTogether } from './recombine.ts';
import { joinAspirates, soundKeys, spelledLetters } from './romanise.ts';
import { conceptOf, token } from './tokens.ts';
import { namedConcept, vocabularyOf, wordBook, type Entries, type WordBook } from './word-book.ts';

/** Collects the tokens and vocabulary of one document. */
export class TokenBag {
  readonly tokens = new Set<string>();
  readonly vocabulary = new Map<string, VocabularyWord>();
  private readonly lexicon: Lexicon;
  private readonly book: WordBook;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
    this.book = wordBook(lexicon);
  }

  private put(tokens: readonly string[]): void {
    for (const one of tokens) this.tokens.add(one);
  }

  private enter({ tokens, vocabulary }: Entries): void {
    this.put(tokens);
    for (const word of vocabulary) this.vocabulary.set(word.field + word.word, word);
  }

  identifier(value: string | null): void {
    const key = squash(value ?? '');
    if (key !== '') this.tokens.add(token('identifier', key));
  }

  /** A tagged concept, with what is broader and what is near. */
  tag(id: string): void {
    this.put(this.book.tag(id));
  }

  line(line: CapabilityLine): void {
    this.tag(line.capability);
    if (line.stage !== '') this.tag(line.stage);
    for (const mineral of line.minerals) {
      this.tag(mineral);
      this.tokens.add(token('pair', `${line.capability}+${mineral}`));
    }
    for (const note of line.notes) this.text(note);
  }

  experience(line: ReferenceLine): void {
    for (const id of [line.capability, ...line.minerals]) {
      if (id === null) continue;
      this.tokens.add(token('experience', id));
      for (const up of this.lexicon.concepts.get(id)?.ancestors ?? [])
        this.tokens.add(token('mentionBroader', up));
    }
    if (line.country !== null) this.tokens.add(token('experience', conceptOf.country(line.country)));
    this.text(line.title);
    this.text(line.client);
  }

  /** A name or title. `former`: one that it does not have any more. */
  name(name: string, field: 'name' | 'former' = 'name'): void {
    const nfc = name.normalize('NFC').trim();
    const bare = stripCompanyForm(nfc);
    const key = squash(bare) || squash(nfc);
    if (key === '') return;
    this.enter({ tokens: [token(field, key)], vocabulary: vocabularyOf(key, 'n') });
    const spelled = hasHangul(key) ? spelledLetters(key) : null;
    if (spelled !== null) this.tokens.add(token(field, squash(spelled)));
    for (const sound of soundKeys(key)) if (sound.length <= 60) this.tokens.add(token('sound', sound));
    const consonants = toChoseong(key);
    if (consonants.length > 1 && consonants.length <= 40) this.tokens.add(token('choseong', consonants));
    for (const form of formTokens(nfc)) this.tokens.add(token(field, form));
    this.nameWords(joinAspirates(bare), field === 'name');
  }

  private nameWords(bare: string, current: boolean): void {
    const { words, terms } = analyse(this.lexicon, bare);
    for (const word of words) {
      this.enter(this.book.nameWord(word.text));
      if (!word.hangul) continue;
      const pieces = piecesOf(this.lexicon, word);
      if (pieces.length > 1)
        for (const piece of pieces) if (piece.kind !== 'tail') this.enter(this.book.nameWord(piece.text));
      const place = placeAtHead(word.text);
      if (place !== null) this.enter(this.book.nameWord(place));
    }
    if (!current) return;
    for (const term of terms)
      for (const hit of term.hits) if (hit.form !== 'trap') this.put(namedConcept(this.lexicon, hit.concept));
  }

  text(text: string): void {
    const nfc = text.normalize('NFC');
    if (nfc.trim() === '') return;
    const { words, terms } = analyse(this.lexicon, nfc);
    // A word that is a term as a whole is indexed as that term; words of longer terms stay words too.
    const whole = new Set(terms.filter((t) => t.to - t.from === 1).map((t) => t.from));
    words.forEach((word, i) => {
      if (word.hangul || !whole.has(i)) this.enter(this.book.textWord(word));
    });
    for (const id of namedTogether(this.lexicon, words, terms)) this.put(this.book.mention(id));
    for (const term of terms) {
      this.tokens.add(token('word', term.key));
      const meant = term.hits.some((h) => h.form === 'trap') && stands(this.lexicon, term, terms);
      for (const hit of term.hits) if (hit.form !== 'trap' || meant) this.put(this.book.mention(hit.concept));
    }
  }
}

/**
 * Whether an everyday word (납, tin) is a mineral in a text: it stands beside other minerals or goods (납과 아연, tin
 * and tungsten), not in 주석을 참고 or "take the lead".
 */
function stands(lexicon: Lexicon, trap: Term, terms: readonly Term[]): boolean {
  return terms.some((other) => {
    const gap = other.from >= trap.to ? other.from - trap.to : trap.from - other.to;
    if (other === trap || gap < 0 || gap > 1) return false;
    return other.hits.some(
      (h) => h.form !== 'trap' && GOODS.has(lexicon.concepts.get(h.concept)?.kind ?? ''),
    );
  });
}

const GOODS = new Set<string>(['mineral', 'group', 'product']);
