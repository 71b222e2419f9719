import { atom, conceptAtoms, distinct, scaled, startOf, type Atom } from './atoms.ts';
import { splitClusters } from './hangul.ts';
import type { ConceptKind, Lexicon } from './lexicon.ts';
import type { ParsedQuery, Unit } from './query.ts';

/** A query of first consonants: ㅍㅅㅋ for 포스코, ㅎㅇ for 흑연. */

/** Two consonants may be many words: minerals are meant before goods, goods before the rest. */
const LIKELY: Partial<Record<ConceptKind, number>> = {
  ...{ mineral: 1, product: 0.9, group: 0.85, process: 0.8, capability: 0.78, country: 0.6, stage: 0.6 },
};

function termsOf(lexicon: Lexicon, consonants: string): Atom[] {
  const out: Atom[] = [];
  for (const key of lexicon.choseong.get(consonants) ?? [])
    for (const hit of lexicon.terms.get(key) ?? []) {
      const kind = lexicon.concepts.get(hit.concept)?.kind;
      const likely = kind === undefined ? undefined : LIKELY[kind];
      // The usual name of a thing is likelier than a lesser one (리튬 before 루틸).
      const by = hit.form === 'name' ? 1 : 0.9;
      if (likely !== undefined) out.push(...scaled(conceptAtoms(lexicon, hit.concept).direct, likely * by));
    }
  return out;
}

function termsStarting(lexicon: Lexicon, consonants: string): Atom[] {
  if (consonants.length < 3) return [];
  const out: Atom[] = [];
  for (const [known, keys] of lexicon.choseong) {
    if (known.length <= consonants.length || !known.startsWith(consonants)) continue;
    for (const key of keys)
      for (const hit of lexicon.terms.get(key) ?? [])
        out.push(...scaled(conceptAtoms(lexicon, hit.concept).direct, 0.5));
  }
  return distinct(out).slice(0, 24);
}

function consonantUnit(lexicon: Lexicon, consonants: string): Unit {
  const short = consonants.length < 3;
  const direct = [
    ...termsOf(lexicon, consonants),
    atom('choseong', consonants, 1),
    atom('choseongWord', consonants, short ? 0.7 : 0.88),
    startOf('choseong', consonants, short ? 0.6 : 0.84),
  ];
  const extended = [startOf('choseongWord', consonants, 0.5), ...termsStarting(lexicon, consonants)];
  return {
    text: consonants,
    kind: 'unknown',
    concepts: [],
    weight: 1,
    required: true,
    direct: distinct(direct),
    extended: distinct(extended),
    parts: [],
    probe: null,
    guess: null,
  };
}

/** 주식회사 and 유한회사 at either end of a name. */
const FORMS = /^(?:ㅈㅅㅎㅅ|ㅇㅎㅎㅅ)|(?:ㅈㅅㅎㅅ|ㅇㅎㅎㅅ)$/;

/** The consonants as a whole name, with and without the legal form. */
function namesOf(consonants: string): string[] {
  const bare = consonants.replace(FORMS, '');
  return [...new Set([consonants, bare])].filter((name) => name.length > 1);
}

/** Groups that are read by themselves. */
const MOST_GROUPS = 12;

/** Reads consonants as one name or term; of several groups also each group by itself. */
export function choseongQuery(lexicon: Lexicon, text: string): ParsedQuery {
  const groups = splitClusters(text)
    .split(/\s+/)
    .filter((g) => g !== '');
  const whole = groups.join('');
  const single = [...new Set(groups)].slice(0, MOST_GROUPS);
  const parts = groups.length > 1 ? single.map((g) => consonantUnit(lexicon, g)) : [];
  return {
    text,
    empty: false,
    identifiers: [],
    exact: namesOf(whole).map((name) => atom('choseong', name, 0.95)),
    prefix: [],
    nameProbe: null,
    units: [{ ...consonantUnit(lexicon, whole), text, parts }],
    notes: [],
  };
}
