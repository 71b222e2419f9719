import { distinct, scaled, startOf, atom, type Atom } from './atoms.ts';
import type { VocabularyWord } from './document.ts';
import { hasHangul, isAllSyllables, toLetters } from './hangul.ts';
import type { Lexicon } from './lexicon.ts';
import type { Note, ParsedQuery, Probe, Unit } from './query.ts';
import { isTail } from './particles.ts';
import { termAtoms } from './unknown-unit.ts';
import { editDistance, editsForgiven } from './spelling.ts';

/**
 * The second half of understanding a query: words the lexicon does not know are looked up in the vocabulary of
 * the index, and read in this order: as written, in the other keyboard layout, inside a longer name, mistyped.
 */

/** What an engine's vocabulary holds near a probe: equal, beginning with, containing or resembling it. */
export type Vocabulary = readonly Pick<VocabularyWord, 'word' | 'letters' | 'field'>[];

/** The words of a query that should be looked up before it is run. */
export function probesOf(query: ParsedQuery): Probe[] {
  const probes = query.units.flatMap((u) => [u, ...u.parts]).flatMap((u) => (u.probe ? [u.probe] : []));
  return query.nameProbe ? [...probes, query.nameProbe] : probes;
}

const FIELD_ATOM = { n: 'name', w: 'nameWord', s: 'soundWord', t: 'word' } as const;

function wordAtom(found: Pick<VocabularyWord, 'word' | 'field'>, weight: number): Atom {
  return atom(FIELD_ATOM[found.field], found.word, found.field === 't' ? weight * 0.55 : weight);
}

interface Reading {
  direct: readonly Atom[];
  note: Note | null;
  /** Whether anything at all may be found by this word. */
  found: boolean;
  /** The word is one that people write: it is not taken for the beginning or a slip of another. */
  certain?: boolean;
}

/** Tokens of names by sound. */
const SOUND = /^[sq]:/;

const AS_WRITTEN: Reading = { direct: [], note: null, found: true };

/** Words that contain what was typed, beginning at a syllable: 인터내셔널 in 포스코인터내셔널. */
function inner(probe: Probe, vocabulary: Vocabulary): Atom[] {
  const typed = probe.forms[0] ?? '';
  if (toLetters(typed).length < 4) return [];
  return vocabulary
    .filter(
      (v) =>
        v.word.length > typed.length && (v.field === 't' ? v.word.endsWith(typed) : v.word.includes(typed)),
    )
    .map((v) => wordAtom(v, v.word.startsWith(typed) ? 0.8 : 0.66));
}

/**
 * Names that begin with the strokes typed so far, though not with the syllables: 울ㅈ for 울주, 포라 for 포랑.
 */
function unfinished(probe: Probe, vocabulary: Vocabulary): Atom[] {
  const typed = probe.forms[0] ?? '';
  if (!isAllSyllables(typed.slice(0, -1)) || probe.letters.length < 3) return [];
  return vocabulary
    .filter(
      (v) =>
        (v.field === 'n' || v.field === 'w') &&
        hasHangul(v.word) &&
        v.letters.startsWith(probe.letters) &&
        !v.word.startsWith(typed),
    )
    .map((v) => startOf(FIELD_ATOM[v.field], v.word.slice(0, typed.length), 0.7));
}

/**
 * Whether a word of the index is what was typed, a particle aside. 음극 is not 음극제: that may be a slip of 음극재.
 */
const isWritten = (typed: string, word: string): boolean =>
  !hasHangul(typed) || word === typed || !typed.startsWith(word) || isTail(typed.slice(word.length));

/** Words one slip away (two in long ones), nearest first; names before words of the text. */
function mistyped(probe: Probe, vocabulary: Vocabulary): { words: Vocabulary; atoms: Atom[] } {
  const near: { found: Vocabulary[number]; distance: number }[] = [];
  for (const form of probe.forms) {
    const letters = toLetters(form);
    // Two syllables are too close to too many names; there only terms of the field are guessed.
    const most = letters.length < (hasHangul(form) ? 7 : 5) ? 0 : editsForgiven(letters.length);
    if (most === 0) continue;
    for (const found of vocabulary) {
      if (found.field === 's' || hasHangul(found.word) !== hasHangul(form)) continue;
      const distance = editDistance(letters, found.letters, most);
      if (distance <= most) near.push({ found, distance });
    }
    if (near.length > 0) break;
  }
  near.sort((a, b) => a.distance - b.distance || FIELD_ORDER[a.found.field] - FIELD_ORDER[b.found.field]);
  const least = near[0]?.distance ?? 0;
  const kept = near.filter((n) => n.distance === least).slice(0, 12);
  return {
    words: kept.map((n) => n.found),
    atoms: kept.map((n) => wordAtom(n.found, n.distance === 0 ? 0.95 : 0.8)),
  };
}

const FIELD_ORDER = { n: 0, w: 1, s: 2, t: 3 } as const;

/** Names that sound nearly so: romanised by a rule of somebody's own (Hasol for 해솔). */
function heardAlike(probe: Probe, vocabulary: Vocabulary): Atom[] {
  const most = probe.sound.length < 5 ? 0 : probe.sound.length < 9 ? 1 : 2;
  if (most === 0) return [];
  return vocabulary.flatMap((v) => {
    if (v.field !== 's') return [];
    const distance = editDistance(probe.sound, v.letters, most);
    return distance > most ? [] : [wordAtom(v, 0.72 - 0.1 * distance)];
  });
}

function layoutReading(lexicon: Lexicon, probe: Probe, vocabulary: Vocabulary, from: string): Reading | null {
  const { layout } = probe;
  if (layout === null) return null;
  const equal = vocabulary.filter((v) => v.field !== 's' && v.word === layout);
  const begins =
    layout.length > 1 ? vocabulary.filter((v) => 'nw'.includes(v.field) && v.word.startsWith(layout)) : [];
  const known = termAtoms(lexicon, layout, 0.9);
  const broken = hasHangul(from) && !isAllSyllables(from);
  const near = broken || isAllSyllables(layout) ? mistypedLayout(layout, vocabulary) : [];
  if (equal.length + begins.length + known.length + near.length === 0) return null;
  return {
    direct: [
      ...equal.map((v) => wordAtom(v, 0.95)),
      ...(begins.length > 0 ? [startOf('name', layout, 0.8), startOf('nameWord', layout, 0.75)] : []),
      ...known,
      ...near,
    ],
    found: true,
    note: { kind: 'keyboard', from, to: layout },
  };
}

function mistypedLayout(layout: string, vocabulary: Vocabulary): Atom[] {
  const probe: Probe = { forms: [layout], letters: toLetters(layout), layout: null, sound: '', guess: true };
  return scaled(
    mistyped(
      probe,
      vocabulary.filter((v) => v.field !== 't'),
    ).atoms,
    0.9,
  );
}

function read(lexicon: Lexicon, unit: Unit, probe: Probe, vocabulary: Vocabulary): Reading {
  const typed = probe.forms[0] ?? '';
  const words = vocabulary.filter((v) => v.field !== 's' && probe.forms.includes(v.word));
  const known = words.length > 0;
  const begun = known ? [] : unfinished(probe, vocabulary);
  const within = [...inner(probe, vocabulary), ...begun];
  if (known || within.length > 0)
    return { ...AS_WRITTEN, direct: within, certain: words.some((v) => isWritten(typed, v.word)) };
  const layout = layoutReading(lexicon, probe, vocabulary, typed);
  if (layout) return layout;
  if (typed.length > 1 && vocabulary.some((v) => v.field !== 's' && v.word.startsWith(typed)))
    return AS_WRITTEN;
  if (!probe.guess) return { ...AS_WRITTEN, found: false };
  // Nothing is written so: the looser readings are the ones that count.
  const near = mistyped(probe, vocabulary);
  const heard = heardAlike(probe, vocabulary);
  const guessed = unit.extended.filter((a) => !SOUND.test(a.token));
  const meant = near.words[0]?.word ?? unit.guess;
  const note: Note | null = meant === null ? null : { kind: 'spelling', from: typed, to: meant };
  // How a Latin word sounds is a reading of its own; of a Korean word it is only a hope.
  const sounding = unit.direct.some((a) => SOUND.test(a.token));
  const found = near.atoms.length + heard.length + guessed.length > 0 || sounding;
  return { direct: [...near.atoms, ...heard, ...unit.extended], note, found };
}

/** Whether a word is one of names, or a part of one. */
const isOfNames = (probe: Probe, vocabulary: Vocabulary): boolean =>
  vocabulary.some(
    (v) => (v.field === 'n' || v.field === 'w') && probe.forms.some((form) => v.word.includes(form)),
  );

function resolveUnit(lexicon: Lexicon, unit: Unit, vocabulary: Vocabulary, notes: Note[]): Unit {
  const parts = unit.parts.map((p) => resolveUnit(lexicon, p, vocabulary, []));
  if (unit.probe === null) return parts.length === 0 ? unit : { ...unit, parts };
  const reading = read(lexicon, unit, unit.probe, vocabulary);
  if (reading.note) notes.push(reading.note);
  const told = unit.probe.prose === true && reading.certain === true && !isOfNames(unit.probe, vocabulary);
  return {
    ...unit,
    parts,
    required: unit.required && !told && (reading.found || parts.length > 0),
    direct: distinct([...unit.direct, ...reading.direct]),
    extended: reading.certain ? unit.extended.filter((a) => SOUND.test(a.token)) : unit.extended,
    probe: null,
  };
}

/** Whole names a slip or two away from the whole query. */
function mistypedName(probe: Probe | null, vocabulary: Vocabulary): Atom[] {
  if (probe === null || vocabulary.some((v) => v.field === 'n' && v.word === probe.forms[0])) return [];
  return mistyped(
    probe,
    vocabulary.filter((v) => v.field === 'n'),
  ).atoms.map((a) => ({ ...a, weight: 0.6 }));
}

/**
 * The query with its uncertain words read by the vocabulary. A vocabulary may hold words of documents that the
 * viewer may not see: a note is shown only if hits remain under the viewer's filter.
 */
export function resolveQuery(lexicon: Lexicon, query: ParsedQuery, vocabulary: Vocabulary): ParsedQuery {
  const notes: Note[] = [...query.notes];
  const units = query.units.map((u) => resolveUnit(lexicon, u, vocabulary, notes));
  const exact = distinct([...query.exact, ...mistypedName(query.nameProbe, vocabulary)]);
  const read = { ...query, exact, nameProbe: null };
  const lost = query.units.filter((u, i) => u.required && !units[i]?.required);
  // Words that are nowhere do not empty the list, unless there is nothing else to go by.
  if (!units.some((u) => u.required)) {
    const left = units.some((u) => u.kind === 'stage');
    const asked = units.map((u) => ({ ...u, required: !left || u.kind === 'stage' }));
    for (const unit of left ? lost : []) notes.push({ kind: 'dropped', from: unit.text, to: '' });
    return { ...read, units: asked, notes };
  }
  for (const unit of lost) notes.push({ kind: 'dropped', from: unit.text, to: '' });
  return { ...read, units, notes };
}
