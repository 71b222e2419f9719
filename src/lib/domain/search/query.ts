import { loanOfWords, termAt, wordsOf, type Term, type Word } from './analyse.ts';
import { atom, distinct, scaled, startOf, type Atom } from './atoms.ts';
import { choseongQuery } from './choseong-query.ts';
import { companyNameKey, formTokens } from './company-name.ts';
import type { IndexKind } from './document.ts';
import { hasHangul, isChoseong, toLetters } from './hangul.ts';
import { identifiersIn, takeHsCodes, withoutIdentifiers } from './identifier-query.ts';
import { repairLayout } from './keyboard.ts';
import { nearTerms, stemLatin, type ConceptKind, type Lexicon } from './lexicon.ts';
import { squash, toPlain } from './normalize.ts';
import { isSaidOfUsed, recombined, termSegment, wordSegment, type Segment } from './recombine.ts';
import { joinAspirates, soundKeys, spelledLetters } from './romanise.ts';
import { asWritten, leadingKind, optional, servicesFirst, termUnit, wordUnits } from './term-unit.ts';

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
  /** A word of a sentence: where only texts have it, a hit may lack it. */
  readonly prose?: boolean;
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

/** A whole query in double quotes of any kind. */
const QUOTED = /^["“”„«「]([^"“”„«»「」]+)["“”»」]$/u;

/** What stands between the quotes of a query that asks for exactly what was typed; null when it does not. */
export function quotedText(typed: string): string | null {
  return QUOTED.exec(typed.trim())?.[1]?.trim() ?? null;
}

/**
 * Understands a query. Pure: what must be looked up in an index is left in the units' probes. A query in quotes is
 * taken as typed: no other keyboard layout is tried and no slip is assumed.
 */
export function parseQuery(lexicon: Lexicon, typed: string, kind: IndexKind): ParsedQuery {
  const exactly = quotedText(typed);
  if (exactly !== null) return asTyped(parse(lexicon, exactly, kind, true));
  return parse(lexicon, typed, kind, false);
}

function asTyped(query: ParsedQuery): ParsedQuery {
  const plain = (unit: Unit): Unit => ({
    ...unit,
    guess: null,
    extended: unit.kind === 'unknown' ? [] : unit.extended,
    parts: unit.parts.map(plain),
    probe: unit.probe && { ...unit.probe, layout: null, sound: '', guess: false },
  });
  return { ...query, nameProbe: null, units: query.units.map(plain) };
}

function parse(lexicon: Lexicon, typed: string, kind: IndexKind, literal: boolean): ParsedQuery {
  const text = joinAspirates(toPlain(typed).slice(0, LONGEST_QUERY)).replace(/\s+/g, ' ').trim();
  const empty = squash(text) === '';
  if (empty)
    return { text, empty, identifiers: [], exact: [], prefix: [], nameProbe: null, units: [], notes: [] };
  if (isChoseong(text)) return choseongQuery(lexicon, text);
  const identifiers = identifiersIn(text);
  const { rest, units: codes } = takeHsCodes(lexicon, withoutIdentifiers(text));
  const repaired = literal ? { text: rest, notes: [] } : repairLayout(lexicon, rest);
  const units = [...codes, ...unitsOf(lexicon, repaired.text, kind)].slice(0, MOST_UNITS);
  return {
    text: repaired.text === rest ? text : repaired.text,
    empty,
    identifiers,
    ...withBrand(nameAtoms(lexicon, repaired.notes.length > 0 ? repaired.text : text), units, repaired.text),
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
  // Of two companies of one name, the one with the legal form asked for.
  for (const form of formTokens(text)) exact.push(atom('name', form, 1.2), atom('former', form, 0.95));
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
  text: string,
): Pick<ParsedQuery, 'exact' | 'prefix'> {
  const unknown = units.filter((u) => u.kind === 'unknown');
  if (unknown.length === 0) return names;
  if (units.some((u) => u.kind !== 'unknown' && u.kind !== 'word')) return withHead(names, unknown, text);
  const brand = unknown.map((u) => u.text).join('');
  if (/\d/.test(brand) || hasHangul(brand)) return names;
  // A surname may be a stop word: No Yeongsu.
  const spoken =
    text.split(' ').length < 4 && /^[\p{Script=Latin} -]+$/u.test(text) ? [brand, squash(text)] : [brand];
  const heard = spoken.flatMap(soundKeys).filter((sound) => sound.length > 4);
  const atoms = heard.flatMap((sound) => [atom('soundWord', sound, 0.75), startOf('sound', sound, 0.7)]);
  return withHead({ exact: names.exact, prefix: distinct([...names.prefix, ...atoms]) }, unknown, text);
}

/** The first two words by their sound, as a person's name at the head of a company's: Noh Kyungtae Rock Engineering. */
function withHead(
  names: Pick<ParsedQuery, 'exact' | 'prefix'>,
  unknown: readonly Unit[],
  text: string,
): Pick<ParsedQuery, 'exact' | 'prefix'> {
  const [first = '', second = '', ...rest] = text.split(' ');
  const isName = /^\p{Lu}\p{Ll}+ \p{Lu}[\p{Ll}-]+$/u.test(`${first} ${second}`);
  if (!isName || rest.length > 3 || !unknown.some((u) => u.text === first || u.text === second)) return names;
  const heard = soundKeys(squash(first + second)).filter((sound) => sound.length > 5);
  return {
    exact: names.exact,
    prefix: distinct([...names.prefix, ...heard.map((s) => startOf('sound', s, 0.65))]),
  };
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
  const segments: Segment[] = [];
  for (let i = 0; i < words.length;) {
    const word = words[i];
    if (!word) break;
    const term = termAt(lexicon, words, i) ?? symbolTerm(lexicon, words, i) ?? loanOfWords(lexicon, words, i);
    const one = term === null || term.to - term.from === 1;
    // Companies are all Korean, so 한국 says nothing of them; of a project it does.
    const place = kind !== 'company' && term !== null && isPlace(lexicon, term);
    if (one && skipStops && !place && isIdle(lexicon, words, i)) {
      if (isSaidOfUsed(word)) segments.push(wordSegment(word, i, [units.length, units.length]));
      i++;
      continue;
    }
    if (term && isMeant(lexicon, words, term)) {
      const unit = termUnit(lexicon, words, term, kind);
      const across = crossing(lexicon, words, term, kind);
      const direct = distinct([...unit.direct, ...across.flatMap((u) => scaled(u.direct, 0.95))]);
      segments.push(termSegment(words, term, [units.length, units.length + 1]));
      units.push(
        unit.kind === 'word' && one ? asWritten(lexicon, word, unit) : { ...unit, direct },
        ...across,
      );
      i = term.to;
      continue;
    }
    const read = wordUnits(lexicon, word, kind, i === words.length - 1);
    segments.push(wordSegment(word, i, [units.length, units.length + read.length]));
    units.push(...(words.length > LONGEST_LIST ? read.map((u) => asProse(lexicon, u)) : read));
    i++;
  }
  const whole = recombined(lexicon, words, units, segments, kind);
  return kind === 'company' ? servicesFirst(lexicon, whole) : whole;
}

/** More words than this are a sentence. */
const LONGEST_LIST = 5;

/** A word of a sentence; a plain English one (carry, able) is not taken for a name's sound or half a term. */
function asProse(lexicon: Lexicon, unit: Unit): Unit {
  const { text } = unit;
  if (unit.probe === null) return unit;
  const probe: Probe = { ...unit.probe, prose: true };
  if (!/^[a-z]+$/.test(text) || nearTerms(lexicon, text).length > 0) return { ...unit, probe };
  const silent = unit.direct.filter((a) => !/^[sq]:/.test(a.token));
  return { ...unit, guess: null, direct: silent, extended: [], probe: { ...probe, sound: '', guess: false } };
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
  const forms = word.hangul ? word.forms : [word.text, stemLatin(word.text)];
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
