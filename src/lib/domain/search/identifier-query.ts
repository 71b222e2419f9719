import { atom, conceptAtoms, distinct, scaled, type Atom } from './atoms.ts';
import { conceptsOfHs, type Lexicon } from './lexicon.ts';
import { fold, squash } from './normalize.ts';
import type { Unit } from './query.ts';

/** Numbers in a query: registry numbers, which identify one organisation, and HS codes, which name goods. */

const BRN = /(?<!\d)\d{3}[-\s.]?\d{2}[-\s.]?\d{5}(?!\d)/g;
const CRN = /(?<!\d)\d{6}[-\s]?\d{7}(?!\d)/g;
const LEI = /(?<![a-z\d])(?=[a-z\d]*\d)[a-z\d]{18}\d{2}(?![a-z\d])/g;
const HOST = /(?<![\w@.-])(?:https?:\/\/)?((?:[a-z\d-]+\.)+[a-z]{2,})(?:\/\S*)?/g;

/** Identifier tokens a query may mean: registry numbers, hosts, and the whole query as an external id. */
export function identifiersIn(text: string): Atom[] {
  const folded = fold(text);
  const keys = new Set<string>();
  for (const pattern of [BRN, CRN, LEI])
    for (const match of folded.matchAll(pattern)) keys.add(squash(match[0]));
  for (const match of folded.matchAll(HOST)) keys.add(squash(match[1] ?? ''));
  const whole = squash(folded);
  if (/\d/.test(whole) && whole.length > 2 && whole.length < 64) keys.add(whole);
  return [...keys].filter((k) => k !== '').map((key) => atom('identifier', key, 1));
}

/** The query without its registry numbers, which are no words to look for. */
export function withoutIdentifiers(text: string): string {
  const rest = text.replace(BRN, ' ').replace(CRN, ' ').replace(new RegExp(LEI.source, 'gi'), ' ');
  const left = rest.replace(/\s+/g, ' ').trim();
  return rest === text || HS_TEN.test(text) ? text : left;
}

/** Ten digits in a row may be a registry number or a Korean HS code: both readings stay. */
const HS_TEN = /^(?:hs\D{0,5})?\d{10}$/i;
const HS_NAMED = /\bhs\s*(?:코드|code|번호|no\.?)?\s*[:.]?\s*(\d{2}(?:[.\s]?\d{2}){0,4})(?!\d)/gi;
const HS_BARE = /(?<![\d.\-a-z])(\d{4}(?:\.?\d{2}(?:\.?\d{2,4})?)?)(?![\d.\-a-z])/gi;

/**
 * Takes HS codes out of a query, each as a unit of the goods it names: "HS 2504.10", "2504", "8505.11". Bare
 * digits count only when the lexicon holds such a code and they are not part of a longer number.
 */
export function takeHsCodes(lexicon: Lexicon, text: string): { rest: string; units: Unit[] } {
  const units: Unit[] = [];
  const take = (whole: string, code: string): string => {
    const concepts = conceptsOfHs(lexicon, code);
    if (concepts.length === 0) return whole;
    units.push(hsUnit(lexicon, whole.trim(), code, concepts));
    return ' ';
  };
  const rest = text.replace(HS_NAMED, take).replace(HS_BARE, take).replace(/\s+/g, ' ').trim();
  return { rest, units };
}

function hsUnit(lexicon: Lexicon, text: string, code: string, concepts: readonly string[]): Unit {
  const isGoods = (id: string) => lexicon.concepts.get(id)?.kind !== 'mineral';
  // 283691 is lithium carbonate: its makers come first, then the rest of lithium.
  const narrow = code.replace(/\D/g, '').length >= 6 && concepts.some(isGoods);
  const atoms = concepts.map((id) => conceptAtoms(lexicon, id));
  return {
    text,
    kind: 'mineral',
    concepts,
    weight: 1,
    required: true,
    direct: distinct(
      atoms.flatMap((a, i) =>
        narrow && !isGoods(concepts[i] ?? '') ? scaled(a.direct, 0.7) : [...a.direct],
      ),
    ),
    extended: distinct(atoms.flatMap((a) => a.extended)),
    parts: [],
    probe: null,
    guess: null,
  };
}
