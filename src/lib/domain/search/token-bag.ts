import { analyse, formsOf, piecesOf, type Word } from './analyse.ts';
import { companyNameKey, stripCompanyForm } from './company-name.ts';
import type { CapabilityLine, ReferenceLine, VocabularyWord } from './document.ts';
import { hasHangul, toChoseong, toLetters } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
import { squash } from './normalize.ts';
import { soundKeys, spelledLetters } from './romanise.ts';
import { conceptOf, token } from './tokens.ts';

/** Collects the tokens and vocabulary of one document. */
export class TokenBag {
  readonly tokens = new Set<string>();
  readonly vocabulary = new Map<string, VocabularyWord>();
  private readonly lexicon: Lexicon;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
  }

  private learn(word: string, field: VocabularyWord['field']): void {
    if (word.length < 2 || word.length > 40 || /^\d+$/.test(word)) return;
    const key = field + word;
    if (!this.vocabulary.has(key)) this.vocabulary.set(key, { word, letters: toLetters(word), field });
  }

  identifier(value: string | null): void {
    const key = squash(value ?? '');
    if (key !== '') this.tokens.add(token('identifier', key));
  }

  /** A tagged concept, with what is broader and what is near. */
  tag(id: string): void {
    this.tokens.add(token('tag', id));
    const concept = this.lexicon.concepts.get(id);
    if (!concept) return;
    for (const up of concept.ancestors) {
      const kind = this.lexicon.concepts.get(up)?.kind;
      if (kind !== 'stage') this.tokens.add(token('tagBroader', up));
      for (const near of this.lexicon.concepts.get(up)?.related ?? [])
        this.tokens.add(token('tagRelated', near));
    }
    for (const near of concept.related) this.tokens.add(token('tagRelated', near));
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

  /** A name or title. `whole: false` for the parts of longer titles that nobody types whole. */
  name(name: string, field: 'name' | 'former' = 'name'): void {
    const nfc = name.normalize('NFC').trim();
    const key = companyNameKey(nfc);
    if (key === '') return;
    this.tokens.add(token(field, key));
    this.learn(key, 'n');
    const spelled = hasHangul(key) ? spelledLetters(key) : null;
    if (spelled !== null) this.tokens.add(token(field, squash(spelled)));
    for (const sound of soundKeys(key)) if (sound.length <= 60) this.tokens.add(token('sound', sound));
    const consonants = toChoseong(key);
    if (consonants.length > 1 && consonants.length <= 40) this.tokens.add(token('choseong', consonants));
    this.nameWords(stripCompanyForm(nfc), field === 'name');
  }

  private nameWords(bare: string, current: boolean): void {
    const { words, terms } = analyse(this.lexicon, bare);
    for (const word of words) {
      this.nameWord(word.text);
      if (!word.hangul) continue;
      const pieces = piecesOf(this.lexicon, word);
      if (pieces.length > 1) for (const piece of pieces) if (piece.kind !== 'tail') this.nameWord(piece.text);
    }
    if (!current) return;
    for (const term of terms)
      for (const hit of term.hits) {
        if (hit.form === 'trap') continue;
        this.tokens.add(token('nameConcept', hit.concept));
        for (const up of this.lexicon.concepts.get(hit.concept)?.ancestors ?? [])
          if (this.lexicon.concepts.get(up)?.kind !== 'stage') this.tokens.add(token('mentionBroader', up));
      }
  }

  private nameWord(word: string): void {
    if (word.length < 2 && !hasHangul(word)) return;
    this.tokens.add(token('nameWord', word));
    this.learn(word, 'w');
    if (word.length < 2) return;
    const spelled = hasHangul(word) ? spelledLetters(word) : null;
    if (spelled !== null) this.tokens.add(token('nameWord', squash(spelled)));
    for (const sound of soundKeys(word)) {
      if (sound.length > 2) this.tokens.add(token('soundWord', sound));
      if (sound.length > 3 && hasHangul(word) && !this.lexicon.terms.has(word)) this.learn(sound, 's');
    }
    const consonants = toChoseong(word);
    if (consonants.length > 1) this.tokens.add(token('choseongWord', consonants));
  }

  text(text: string): void {
    const nfc = text.normalize('NFC');
    if (nfc.trim() === '') return;
    const { words, terms } = analyse(this.lexicon, nfc);
    // A word that is a term as a whole is indexed as that term; words of longer terms stay words too.
    const whole = new Set(terms.filter((t) => t.to - t.from === 1).map((t) => t.from));
    words.forEach((word, i) => {
      const term = whole.has(i) && !word.hangul;
      if (!term) this.textWord(word);
    });
    for (const term of terms) {
      this.tokens.add(token('word', term.key));
      for (const hit of term.hits) if (hit.form !== 'trap') this.mention(hit.concept);
    }
  }

  /** Whether a form says something: stop words do only where they are everyday nouns. */
  private isTelling(form: string): boolean {
    if (!this.lexicon.stops.has(form)) return true;
    return this.lexicon.everyday.has(form) || this.lexicon.terms.has(form);
  }

  private textWord(word: Word): void {
    if (word.text.length > 40) return;
    for (const form of word.hangul
      ? tellingForms(this.lexicon, word)
      : new Set([word.text, ...formsOf(word)])) {
      if (form.length < 2 || !this.isTelling(form)) continue;
      this.tokens.add(token('word', form));
      this.learn(form, 't');
    }
    if (!word.hangul) return;
    const pieces = piecesOf(this.lexicon, word);
    if (pieces.length > 1)
      for (const piece of pieces)
        if (piece.text.length > 1 && piece.kind !== 'tail') this.tokens.add(token('word', piece.text));
  }

  private mention(id: string): void {
    const concept = this.lexicon.concepts.get(id);
    if (!concept) return;
    this.tokens.add(token('mention', id));
    for (const up of concept.ancestors)
      if (this.lexicon.concepts.get(up)?.kind !== 'stage') this.tokens.add(token('mentionBroader', up));
  }
}

/** The forms of a Hangul word worth indexing: not the inflected one when its stem is known or its ending is long. */
function tellingForms(lexicon: Lexicon, word: Word): string[] {
  const [raw = '', ...rest] = formsOf(word);
  const [stem] = rest;
  if (stem === undefined) return [raw];
  const known = lexicon.terms.has(stem) || lexicon.everyday.has(stem) || lexicon.stops.has(stem);
  return known || raw.length - stem.length > 1 ? rest : [raw, ...rest];
}
