import { piecesOf, termAt, wordsOf, type Term, type Word } from './analyse.ts';
import { atom, conceptAtoms, distinct, scaled, type Atom } from './atoms.ts';
import { choseongQuery } from './choseong-query.ts';
import type { IndexKind } from './document.ts';
import { isChoseong } from './hangul.ts';
import type { ConceptKind, Lexicon, TermHit } from './lexicon.ts';
import type { Unit } from './query.ts';
import { exactWord, unknownUnit, WEIGHT } from './unknown-unit.ts';

/** Terms of a query: what each means, what it is worth, and what its parts mean. */

const REQUIRED = new Set<ConceptKind | 'unknown'>([
  ...(['mineral', 'group', 'product', 'process', 'capability', 'certificate', 'unknown'] as const),
]);

const RANK: readonly (ConceptKind | 'unknown')[] = [
  ...(['mineral', 'capability', 'product', 'process', 'group', 'certificate', 'stage', 'country'] as const),
  ...(['region', 'size', 'type', 'status', 'word', 'unknown'] as const),
];

/** The kind that decides what a term is, of all it may mean. */
export function leadingKind(lexicon: Lexicon, hits: readonly TermHit[]): ConceptKind {
  let best: ConceptKind = 'word';
  for (const hit of hits) {
    const kind = lexicon.concepts.get(hit.concept)?.kind ?? 'word';
    if (RANK.indexOf(kind) < RANK.indexOf(best)) best = kind;
  }
  return best;
}

/** Stages that are services: for a mineral, they are asked of those who do them for any (a shipping line for nickel). */
const SERVICES = new Set(['logistics', 'finance-offtake', 'esg-community-closure', 'digital-equipment']);

const isService = (hits: readonly TermHit[]): boolean => hits.some((h) => SERVICES.has(h.concept));

/** Stages whose capabilities are done for any mineral alike. */
const FOR_ANY = new Set([...SERVICES, 'exploration', 'infrastructure-energy-water']);
const GOODS = new Set<ConceptKind | 'unknown'>(['mineral', 'group', 'product', 'country', 'region']);

/**
 * When companies are asked for a service (a shipping line, a law firm, a driller), what it is done for says less: one
 * that does it for other minerals is nearer than one that only has the mineral.
 */
export function servicesFirst(lexicon: Lexicon, units: readonly Unit[]): Unit[] {
  const isOne = ({ kind, concepts }: Unit): boolean =>
    (kind === 'capability' || kind === 'stage') &&
    concepts.some((id) => [id, ...(lexicon.concepts.get(id)?.ancestors ?? [])].some((up) => FOR_ANY.has(up)));
  if (!units.some(isOne)) return [...units];
  return units.map((u) => (GOODS.has(u.kind) ? { ...u, weight: u.weight * LESS } : u));
}

const LESS = 0.55;

const isRequired = (kind: ConceptKind | 'unknown', index: IndexKind, hits: readonly TermHit[]): boolean =>
  REQUIRED.has(kind) || (index === 'company' ? isService(hits) : kind === 'country' || kind === 'region');

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

/** Traps and symbols are everyday words in a text (주석 is a note, In a preposition): only tags and terms count. */
const isEveryday = (term: Term): boolean => term.hits.every((h) => h.form === 'trap' || h.form === 'symbol');

/** A term of the lexicon as a unit of the query. */
export function termUnit(lexicon: Lexicon, words: readonly Word[], term: Term, index: IndexKind): Unit {
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
    weight: kind === 'stage' && isService(term.hits) ? WEIGHT.capability : WEIGHT[kind],
    required: isRequired(kind, index, term.hits),
    direct: kind === 'word' ? distinct([...direct, ...exactWord(term.key, 0.9)]) : direct,
    // The very wording counts too: a text that says 인상흑연 beside one that says 흑연.
    extended: isEveryday(term) ? extended : [...extended, atom('word', term.key, 0.4)],
    parts,
    probe: null,
    guess: null,
  };
}

/** A word of company names, looked up as any other word too. */
export function asWritten(lexicon: Lexicon, word: Word, unit: Unit): Unit {
  const plain = unknownUnit(lexicon, word, true, []);
  const probe = plain.probe === null ? null : { ...plain.probe, guess: false };
  return { ...unit, direct: distinct([...unit.direct, ...plain.direct]), probe };
}

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
export function wordUnits(lexicon: Lexicon, word: Word, index: IndexKind, last: boolean): Unit[] {
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

/** The unit as one that only raises the score. */
export const optional = (unit: Unit, weight = unit.weight): Unit => ({
  ...unit,
  required: false,
  weight,
  probe: null,
});
