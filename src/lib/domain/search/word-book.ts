import { piecesOf, type Word } from './analyse.ts';
import type { VocabularyWord } from './document.ts';
import { hasHangul, toChoseong, toLetters } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
import { squash } from './normalize.ts';
import { onePer, Remembered, remembering } from './remembering.ts';
import { soundKeys, spelledLetters } from './romanise.ts';
import { token } from './tokens.ts';

/**
 * What one word, or one concept, puts into a document. Texts say the same words again and again: with one lexicon
 * each is worked out once and remembered.
 */
export interface WordBook {
  /** A concept as tagged, with what is broader and what is near. */
  tag(this: void, id: string): readonly string[];
  /** A concept that a text speaks of, with what is broader. */
  mention(this: void, id: string): readonly string[];
  /** A word of a name; spelled as in {@link Word.text}. */
  nameWord(this: void, word: string): Entries;
  /** A word of a text. */
  textWord(this: void, word: Word): Entries;
}

/** Tokens of a document, and words by which it is found inexactly. */
export interface Entries {
  readonly tokens: readonly string[];
  readonly vocabulary: readonly VocabularyWord[];
}

const MOST_WORDS = 60_000;
const MOST_CONCEPTS = 20_000;

export const wordBook = onePer((lexicon: Lexicon): WordBook => {
  const textWords = new Remembered<Entries>(MOST_WORDS);
  return {
    tag: remembering(MOST_CONCEPTS, (id) => tagged(lexicon, id)),
    mention: remembering(MOST_CONCEPTS, (id) => mentioned(lexicon, id)),
    nameWord: remembering(MOST_WORDS, (word) => inName(lexicon, word)),
    textWord: (word) => textWords.get(word.raw, () => inText(lexicon, word)),
  };
});

/** A word as vocabulary; none where nobody would mistype it or look for a part of it. */
export function vocabularyOf(word: string, field: VocabularyWord['field']): VocabularyWord[] {
  if (word.length < 2 || word.length > 40 || /^\d+$/.test(word)) return [];
  return [{ word, letters: toLetters(word), field }];
}

/** The broader concepts that say something: not the stage, which nearly every capability has. */
function broaderThan(lexicon: Lexicon, id: string): string[] {
  const ancestors = lexicon.concepts.get(id)?.ancestors ?? [];
  return ancestors.filter((up) => lexicon.concepts.get(up)?.kind !== 'stage');
}

function tagged(lexicon: Lexicon, id: string): string[] {
  const concept = lexicon.concepts.get(id);
  if (!concept) return [token('tag', id)];
  const near = [id, ...concept.ancestors].flatMap((of) => lexicon.concepts.get(of)?.related ?? []);
  return [
    token('tag', id),
    ...broaderThan(lexicon, id).map((up) => token('tagBroader', up)),
    ...near.map((one) => token('tagRelated', one)),
  ];
}

function mentioned(lexicon: Lexicon, id: string): string[] {
  if (!lexicon.concepts.has(id)) return [];
  return [token('mention', id), ...broaderThan(lexicon, id).map((up) => token('mentionBroader', up))];
}

/** Tokens of a concept in a name. */
export function namedConcept(lexicon: Lexicon, id: string): string[] {
  return [token('nameConcept', id), ...broaderThan(lexicon, id).map((up) => token('mentionBroader', up))];
}

function inName(lexicon: Lexicon, word: string): Entries {
  if (word.length < 2 && !hasHangul(word)) return { tokens: [], vocabulary: [] };
  const tokens = [token('nameWord', word)];
  const vocabulary = vocabularyOf(word, 'w');
  if (word.length < 2) return { tokens, vocabulary };
  const spelled = hasHangul(word) ? spelledLetters(word) : null;
  if (spelled !== null) tokens.push(token('nameWord', squash(spelled)));
  for (const sound of soundKeys(word)) {
    if (sound.length > 2) tokens.push(token('soundWord', sound));
    if (sound.length > 3 && hasHangul(word) && !lexicon.terms.has(word))
      vocabulary.push(...vocabularyOf(sound, 's'));
  }
  const consonants = toChoseong(word);
  if (consonants.length > 1) tokens.push(token('choseongWord', consonants));
  return { tokens, vocabulary };
}

function inText(lexicon: Lexicon, word: Word): Entries {
  if (word.text.length > 40) return { tokens: [], vocabulary: [] };
  const forms = word.hangul ? tellingForms(lexicon, word) : [...new Set([word.text, ...word.forms])];
  const telling = forms.filter((form) => form.length > 1 && isTelling(lexicon, form));
  const pieces = word.hangul ? piecesOf(lexicon, word) : [];
  const parts = pieces.length > 1 ? pieces.filter((p) => p.text.length > 1 && p.kind !== 'tail') : [];
  return {
    tokens: [...telling, ...parts.map(({ text }) => text)].map((text) => token('word', text)),
    vocabulary: telling.flatMap((form) => vocabularyOf(form, 't')),
  };
}

/** Whether a form says something: stop words do only where they are everyday nouns. */
function isTelling(lexicon: Lexicon, form: string): boolean {
  if (!lexicon.stops.has(form)) return true;
  return lexicon.everyday.has(form) || lexicon.terms.has(form);
}

/** The forms of a Hangul word worth indexing: not the inflected one when its stem is known or its ending is long. */
function tellingForms(lexicon: Lexicon, word: Word): readonly string[] {
  const [raw = '', ...rest] = word.forms;
  const [stem] = rest;
  if (stem === undefined) return [raw];
  const known = lexicon.terms.has(stem) || lexicon.everyday.has(stem) || lexicon.stops.has(stem);
  return known || raw.length - stem.length > 1 ? rest : [raw, ...rest];
}
