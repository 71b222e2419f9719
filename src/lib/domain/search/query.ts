import { formsOf, piecesOf, termAt, wordsOf, type Term, type Word } from './analyse.ts';
import { atom, conceptAtoms, distinct, scaled, startOf, type Atom } from './atoms.ts';
import { choseongQuery } from './choseong-query.ts';
import { companyNameKey } from './company-name.ts';
import type { IndexKind } from './document.ts';
import { hasHangul, isChoseong, isJamo, toLetters } from './hangul.ts';
import { identifiersIn, takeHsCodes, withoutIdentifiers } from './identifier-query.ts';
import { readableLayout, repairLayout } from './keyboard.ts';
import {
  nearTerms,
  stemLatin,
  termsStarting,
  type ConceptKind,
  type Lexicon,
  type TermHit,
} from './lexicon.ts';
import { squash, toPlain } from './normalize.ts';
import { soundKeys, spelledLetters } from './romanise.ts';

/** One thing asked for: a concept, or a word that the lexicon does not know. */
export interface Unit {
  /** As typed, or as repaired. */
  readonly text: string;
  readonly kind: ConceptKind | 'unknown';
  readonly concepts: readonly string[];
  /** Share in the score. */
  readonly weight: number;
  /** Whether a hit should have it; what is not required only raises the score. */
  readonly required: boolean;
  readonly direct: readonly Atom[];
  /** Looser readings, asked for when the direct ones find little. */
  readonly extended: readonly Atom[];
  /** The unit taken apart: finding all parts is worth nearly as much. */
  readonly parts: readonly Unit[];
  /** What to look up in the engine's vocabulary; null when nothing is uncertain. */
  readonly probe: Probe | null;
  /** The term of the lexicon that a mistyped or unfinished word most likely means. */
  readonly guess: string | null;
}

export interface Probe {
  /** The word and its stems. */
  readonly forms: readonly string[];
  readonly letters: string;
  /** The word as the other keyboard layout would have written it. */
  readonly layout: string | null;
  /** Loose sound of a Latin word, which may be a name romanised by a rule of its own; else empty. */
  readonly sound: string;
  /** Whether a typo may be assumed. */
  readonly guess: boolean;
}

export interface Note {
  readonly kind: 'keyboard' | 'spelling' | 'dropped' | 'widened';
  readonly from: string;
  readonly to: string;
}

export interface ParsedQuery {
  readonly text: string;
  /** Nothing asked: everything matches. */
  readonly empty: boolean;
  readonly identifiers: readonly Atom[];
  /** The whole query as a name. Weights order exact, former and by sound. */
  readonly exact: readonly Atom[];
  readonly prefix: readonly Atom[];
  /** The whole query, to be looked up among whole names as a mistyped one. */
  readonly nameProbe: Probe | null;
  readonly units: readonly Unit[];
  readonly notes: readonly Note[];
}

const LONGEST_QUERY = 300;
const MOST_UNITS = 12;

const WEIGHT: Readonly<Record<ConceptKind | 'unknown', number>> = {
  ...{ mineral: 0.8, group: 0.8, product: 1, process: 0.9, capability: 1, certificate: 0.9, stage: 0.7 },
  ...{ country: 0.6, region: 0.45, size: 0.35, status: 0.3, type: 0.25, word: 0.3, unknown: 0.8 },
};
const REQUIRED = new Set<ConceptKind | 'unknown'>([
  ...(['mineral', 'group', 'product', 'process', 'capability', 'certificate', 'unknown'] as const),
]);

/** Understands a query. Pure: what must be looked up in an index is left in the units' probes. */
export function parseQuery(lexicon: Lexicon, typed: string, kind: IndexKind): ParsedQuery {
  const text = toPlain(typed).slice(0, LONGEST_QUERY).replace(/\s+/g, ' ').trim();
  const empty = squash(text) === '';
  if (empty)
    return { text, empty, identifiers: [], exact: [], prefix: [], nameProbe: null, units: [], notes: [] };
  if (isChoseong(text)) return choseongQuery(lexicon, text);
  const identifiers = identifiersIn(text);
  const { rest, units: codes } = takeHsCodes(lexicon, withoutIdentifiers(text));
  const repaired = repairLayout(lexicon, rest);
  const units = [...codes, ...unitsOf(lexicon, repaired.text, kind)].slice(0, MOST_UNITS);
  return {
    text: repaired.text === rest ? text : repaired.text,
    empty,
    identifiers,
    ...withBrand(nameAtoms(lexicon, repaired.notes.length > 0 ? repaired.text : text), units),
    nameProbe: nameProbeOf(repaired.text, units),
    units: settleRequired(units),
    notes: repaired.notes,
  };
}

/** The whole query read as a name: equal to one, equal to a former one, sounding like one, beginning one. */
function nameAtoms(lexicon: Lexicon, text: string): Pick<ParsedQuery, 'exact' | 'prefix'> {
  const key = companyNameKey(text);
  if (key === '' || key.length > 60 || text.split(' ').length > 8) return { exact: [], prefix: [] };
  const keys = [key];
  const spelled = hasHangul(key) ? spelledLetters(key) : null;
  if (spelled !== null) keys.push(squash(spelled));
  const exact = keys.flatMap((k) => [atom('name', k, 1), atom('former', k, 0.9)]);
  const trap = lexicon.terms.get(key)?.some((h) => h.form === 'trap') ?? false;
  if (!trap) for (const sound of soundKeys(key)) if (sound.length > 3) exact.push(atom('sound', sound, 0.8));
  const long = hasHangul(key) ? key.length > 1 : key.length > 2;
  const prefix = long && !trap ? keys.flatMap((k) => [startOf('name', k, 1), startOf('former', k, 0.8)]) : [];
  return { exact: distinct(exact), prefix };
}

/**
 * The words of a query that nobody knows, read together by their sound: Dae Woo Rim Metal for 대우림금속. Whole, or
 * as the beginning of a name.
 */
function withBrand(
  names: Pick<ParsedQuery, 'exact' | 'prefix'>,
  units: readonly Unit[],
): Pick<ParsedQuery, 'exact' | 'prefix'> {
  const unknown = units.filter((u) => u.kind === 'unknown');
  if (unknown.length === 0 || units.some((u) => u.kind !== 'unknown' && u.kind !== 'word')) return names;
  const brand = unknown.map((u) => u.text).join('');
  if (/\d/.test(brand) || hasHangul(brand)) return names;
  const heard = soundKeys(brand).filter((sound) => sound.length > 4);
  const atoms = heard.flatMap((sound) => [atom('soundWord', sound, 0.75), startOf('sound', sound, 0.7)]);
  return { exact: names.exact, prefix: distinct([...names.prefix, ...atoms]) };
}

/** Worth a look when something in a short query is unknown: a whole name with a slip is still that name. */
function nameProbeOf(text: string, units: readonly Unit[]): Probe | null {
  const key = companyNameKey(text);
  const letters = toLetters(key);
  if (letters.length < 8 || letters.length > 60 || text.split(' ').length > 5) return null;
  if (!units.some((u) => u.kind === 'unknown')) return null;
  return { forms: [key], letters, layout: null, sound: '', guess: true };
}

/** If nothing is required, everything is. */
function settleRequired(units: readonly Unit[]): Unit[] {
  return units.some((u) => u.required) ? [...units] : units.map((u) => ({ ...u, required: true }));
}

function unitsOf(lexicon: Lexicon, text: string, kind: IndexKind): Unit[] {
  const words = wordsOf(text.normalize('NFC'));
  const kept = readUnits(lexicon, words, kind, true);
  return kept.length > 0 ? kept : readUnits(lexicon, words, kind, false);
}

function readUnits(lexicon: Lexicon, words: readonly Word[], kind: IndexKind, skipStops: boolean): Unit[] {
  const units: Unit[] = [];
  for (let i = 0; i < words.length;) {
    const word = words[i];
    if (!word) break;
    const term = termAt(lexicon, words, i) ?? symbolTerm(lexicon, words, i);
    const one = term === null || term.to - term.from === 1;
    // Companies are all Korean, so 한국 says nothing of them; of a project it does.
    const place = kind !== 'company' && term !== null && isPlace(lexicon, term);
    if (one && skipStops && !place && isIdle(lexicon, words, i)) {
      i++;
      continue;
    }
    if (term && isMeant(lexicon, words, term)) {
      const unit = termUnit(lexicon, words, term, kind);
      units.push(unit.kind === 'word' && one ? asWritten(lexicon, word, unit) : unit);
      units.push(...crossing(lexicon, words, term, kind));
      i = term.to;
      continue;
    }
    units.push(...wordUnits(lexicon, word, kind, i === words.length - 1));
    i++;
  }
  return units;
}

function isPlace(lexicon: Lexicon, term: Term): boolean {
  return term.hits.some((h) => {
    const kind = lexicon.concepts.get(h.concept)?.kind;
    return kind === 'country' || kind === 'region';
  });
}

/**
 * Terms that begin inside a term and reach beyond it: in 희토류 영구자석 재활용 the last two words are one term as well.
 * What has it comes first.
 */
function crossing(lexicon: Lexicon, words: readonly Word[], term: Term, kind: IndexKind): Unit[] {
  const out: Unit[] = [];
  for (let i = term.from + 1; i < term.to; i++) {
    const other = termAt(lexicon, words, i);
    if (other === null || other.to <= term.to || leadingKind(lexicon, other.hits) === 'word') continue;
    out.push(optional(termUnit(lexicon, words, other, kind), 0.6));
  }
  return out;
}

/** Words that say nothing about what is looked for: stop words, and numbers beside others. */
function isIdle(lexicon: Lexicon, words: readonly Word[], i: number): boolean {
  const word = words[i];
  if (!word) return true;
  if (words.length > 1 && /^\d+([.,]\d+)?[a-z]{0,2}$|^\d*[만천백]+톤?$/.test(word.text)) return true;
  const forms = word.hangul ? formsOf(word) : [word.text, stemLatin(word.text)];
  if (/^[A-Z][a-z]?$/.test(word.raw) && lexicon.symbols.has(word.raw) && words.length < 4) return false;
  const yearly = word.text === '연' && /^\d|^약/.test(words[i + 1]?.text ?? '');
  if (lexicon.stops.has(word.text)) return yearly || !isTrapWord(lexicon, word.text) || words.length > 3;
  return !lexicon.terms.has(word.text) && forms.slice(1).some((stem) => lexicon.stops.has(stem));
}

const isTrapWord = (lexicon: Lexicon, text: string): boolean =>
  lexicon.terms.get(text)?.some((h) => h.form === 'trap') ?? false;

/** A trap (동, lead) is meant as a mineral when it is the query, or stands beside other terms of the field. */
function isMeant(lexicon: Lexicon, words: readonly Word[], term: Term): boolean {
  if (!term.hits.every((h) => h.form === 'trap')) return true;
  if (words.length === 1) return true;
  return words.some((_, i) => {
    if (i >= term.from && i < term.to) return false;
    const other = termAt(lexicon, words, i);
    return other?.hits.some((h) => isOfField(lexicon.concepts.get(h.concept)?.kind)) ?? false;
  });
}

const isOfField = (kind: ConceptKind | undefined): boolean =>
  kind !== undefined && kind !== 'word' && kind !== 'country' && kind !== 'region' && kind !== 'status';

/** Symbols: in any case when they are the whole query (w, nd), else as they are written (Nd, Li). */
function symbolTerm(lexicon: Lexicon, words: readonly Word[], i: number): Term | null {
  const word = words[i];
  if (!word || word.hangul || word.raw.length > 3) return null;
  const alone = words.length === 1;
  const written = alone ? word.raw.charAt(0).toUpperCase() + word.raw.slice(1).toLowerCase() : word.raw;
  const concept = lexicon.symbols.get(written) ?? (alone ? lexicon.symbols.get(word.raw) : undefined);
  if (concept === undefined) return null;
  const { start, end } = word;
  return { start, end, from: i, to: i + 1, key: word.text, hits: [{ concept, form: 'symbol' }] };
}

const RANK: readonly (ConceptKind | 'unknown')[] = [
  ...(['mineral', 'capability', 'product', 'process', 'group', 'certificate', 'stage', 'country'] as const),
  ...(['region', 'size', 'type', 'status', 'word', 'unknown'] as const),
];

function leadingKind(lexicon: Lexicon, hits: readonly TermHit[]): ConceptKind {
  let best: ConceptKind = 'word';
  for (const hit of hits) {
    const kind = lexicon.concepts.get(hit.concept)?.kind ?? 'word';
    if (RANK.indexOf(kind) < RANK.indexOf(best)) best = kind;
  }
  return best;
}

const isRequired = (kind: ConceptKind | 'unknown', index: IndexKind): boolean =>
  REQUIRED.has(kind) || (index !== 'company' && (kind === 'country' || kind === 'region'));

/** The atoms of all concepts a term may mean; words of company names stay behind a concept of the field. */
function atomsOfHits(lexicon: Lexicon, hits: readonly TermHit[], kind: ConceptKind): [Atom[], Atom[]] {
  const direct: Atom[] = [];
  const extended: Atom[] = [];
  for (const hit of hits) {
    const found = conceptAtoms(lexicon, hit.concept);
    const side = kind !== 'word' && lexicon.concepts.get(hit.concept)?.kind === 'word';
    direct.push(...(side ? scaled(found.direct, 0.4) : found.direct));
    extended.push(...found.extended);
  }
  return [distinct(direct), distinct(extended)];
}

function termUnit(lexicon: Lexicon, words: readonly Word[], term: Term, index: IndexKind): Unit {
  const kind = leadingKind(lexicon, term.hits);
  const [direct, extended] = atomsOfHits(lexicon, term.hits, kind);
  const parts = term.to - term.from > 1 ? partsOf(lexicon, words, term, index) : [];
  return {
    text: words
      .slice(term.from, term.to)
      .map((w) => w.raw)
      .join(' '),
    kind,
    concepts: term.hits.map((h) => h.concept),
    weight: WEIGHT[kind],
    required: isRequired(kind, index),
    direct: kind === 'word' ? distinct([...direct, ...exactWord(term.key, 0.9)]) : direct,
    // The very wording counts too: a text that says 인상흑연 beside one that says 흑연.
    extended: [...extended, atom('word', term.key, 0.4)],
    parts,
    probe: null,
    guess: null,
  };
}

/** A word of company names, looked up as any other word too. */
function asWritten(lexicon: Lexicon, word: Word, unit: Unit): Unit {
  const plain = unknownUnit(lexicon, word, true, []);
  const probe = plain.probe === null ? null : { ...plain.probe, guess: false };
  return { ...unit, direct: distinct([...unit.direct, ...plain.direct]), probe };
}

const exactWord = (word: string, weight: number): Atom[] => [
  atom('nameWord', word, weight),
  atom('name', word, weight),
  atom('word', word, weight * 0.5),
];

/** The words of a longer term, each a unit; empty when one of them is unknown or only a company word. */
function partsOf(lexicon: Lexicon, words: readonly Word[], term: Term, index: IndexKind): Unit[] {
  const parts: Unit[] = [];
  for (let i = term.from; i < term.to; i++) {
    const word = words[i];
    const inner = word ? termAt(lexicon, [{ ...word, joined: false }], 0) : null;
    if (!word || !inner) return [];
    const kind = leadingKind(lexicon, inner.hits);
    if (kind === 'word') continue;
    parts.push({ ...termUnit(lexicon, [word], { ...inner, from: 0, to: 1 }, index), parts: [] });
  }
  return parts.length > 1 ? parts : [];
}

/** Units of a word that is no term: its known pieces, or the word itself to be looked up. */
function wordUnits(lexicon: Lexicon, word: Word, index: IndexKind, last: boolean): Unit[] {
  if (!word.hangul) return [unknownUnit(lexicon, word, last, [])];
  if (isChoseong(word.text)) return choseongQuery(lexicon, word.text).units.slice();
  const pieces = piecesOf(lexicon, word);
  const known = pieces.filter((p) => p.kind === 'term');
  if (known.length === 0) return [unknownUnit(lexicon, word, last, [])];
  const parts = pieces.flatMap((piece): Unit[] => {
    if (piece.kind === 'tail' || lexicon.stops.has(piece.text)) return [];
    const [inner] = wordsOf(piece.text);
    if (!inner) return [];
    if (piece.kind !== 'term') return [unknownUnit(lexicon, inner, false, [])];
    const hits = piece.hits;
    return [termUnit(lexicon, [inner], { start: 0, end: 0, from: 0, to: 1, key: piece.text, hits }, index)];
  });
  const ofField = parts.some((p) => p.kind !== 'word' && p.kind !== 'unknown');
  if (!ofField) return [unknownUnit(lexicon, word, last, parts)];
  // 고순도니켈분말: its concepts are asked for, and a text or a name that has the very word comes first.
  return [
    ...parts.map((p) => (p.kind === 'unknown' ? optional(p) : p)),
    optional(unknownUnit(lexicon, word, false, []), 0.25),
  ];
}

const optional = (unit: Unit, weight = unit.weight): Unit => ({
  ...unit,
  required: false,
  weight,
  probe: null,
});

/** Letters from which a beginning is worth trying: two syllables, or three Latin letters. */
const isLong = (word: string): boolean => {
  const unfinished = isJamo(word.charCodeAt(word.length - 1));
  return hasHangul(word) && !unfinished ? toLetters(word).length > 3 : toLetters(word).length > 2;
};

function unknownUnit(lexicon: Lexicon, word: Word, last: boolean, parts: readonly Unit[]): Unit {
  const forms = word.hangul ? formsOf(word) : [...new Set([word.text, ...formsOf(word)])];
  const direct: Atom[] = [];
  forms.forEach((form, i) => {
    const weight = i === 0 ? 1 : 0.9;
    direct.push(...exactWord(form, 0.95 * weight));
    if (isLong(form))
      direct.push(startOf('name', form, 0.8 * weight), startOf('nameWord', form, 0.75 * weight));
  });
  if (isLong(word.text) && (last || word.hangul)) direct.push(startOf('word', word.text, 0.36));
  const everyday = forms.some((f) => lexicon.everyday.has(f));
  const sounds = everyday ? [] : soundAtoms(word.text);
  const latin = !word.hangul && !/\d/.test(word.text);
  const meant = everyday ? [] : guesses(lexicon, forms);
  return {
    text: word.raw,
    kind: 'unknown',
    concepts: [],
    weight: WEIGHT.unknown,
    required: true,
    direct: distinct(latin ? [...direct, ...sounds] : direct),
    extended: distinct([...(latin ? [] : sounds), ...guessAtoms(lexicon, meant)]),
    parts,
    probe: {
      forms,
      letters: toLetters(word.text),
      layout: readableLayout(word.raw),
      sound: latin ? (soundKeys(word.text)[0] ?? '') : '',
      guess: !everyday && !/\d/.test(word.text),
    },
    guess: meant[0]?.key ?? null,
  };
}

function soundAtoms(word: string): Atom[] {
  return soundKeys(word).flatMap((sound) => {
    if (sound.length < 3) return [];
    // A long sound is hardly ever another name's.
    const near = [atom('soundWord', sound, sound.length > 4 ? 0.82 : 0.75), atom('sound', sound, 0.83)];
    return sound.length > 4 ? [...near, startOf('sound', sound, 0.6)] : near;
  });
}

interface Guess {
  readonly key: string;
  readonly weight: number;
}

/** Terms of the lexicon that a mistyped or unfinished word may have meant, likeliest first. */
function guesses(lexicon: Lexicon, forms: readonly string[]): Guess[] {
  for (const form of forms) {
    const near = nearTerms(lexicon, form).map((key) => ({ key, weight: 0.85 }));
    const begun = isLong(form) ? termsStarting(lexicon, form, 6).map((key) => ({ key, weight: 0.75 })) : [];
    if (near.length + begun.length > 0) return [...near, ...begun];
  }
  return [];
}

const guessAtoms = (lexicon: Lexicon, meant: readonly Guess[]): Atom[] =>
  distinct(meant.flatMap((g) => termAtoms(lexicon, g.key, g.weight))).slice(0, 30);

/** Atoms of the concepts that a term key names. */
export function termAtoms(lexicon: Lexicon, key: string, weight: number): Atom[] {
  return (lexicon.terms.get(key) ?? []).flatMap((h) =>
    scaled(conceptAtoms(lexicon, h.concept).direct, weight),
  );
}
