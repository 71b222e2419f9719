import type { Concept, ConceptKind, Lexicon } from './lexicon.ts';
import { token, type Field } from './tokens.ts';

/** One thing that may make a document a hit: a token (or the beginning of one), and what it is worth, 0 to 1. */
export interface Atom {
  readonly token: string;
  readonly prefix: boolean;
  readonly weight: number;
}

export function atom(field: Field, value: string, weight: number): Atom {
  return { token: token(field, value), prefix: false, weight };
}

export function startOf(field: Field, value: string, weight: number): Atom {
  return { token: token(field, value), prefix: true, weight };
}

/** The same atoms worth less; of equal tokens the best stays. */
export function scaled(atoms: readonly Atom[], by: number): Atom[] {
  return atoms.map((a) => ({ ...a, weight: a.weight * by }));
}

/** Of atoms with one token only the heaviest, heaviest first. */
export function distinct(atoms: readonly Atom[]): Atom[] {
  const best = new Map<string, Atom>();
  for (const a of atoms) {
    const key = a.prefix ? `${a.token}*` : a.token;
    const old = best.get(key);
    if (!old || old.weight < a.weight) best.set(key, a);
  }
  return [...best.values()].sort((a, b) => b.weight - a.weight);
}

export interface ConceptAtoms {
  /** The concept itself or something narrower. */
  readonly direct: readonly Atom[];
  /** Something broader, or a neighbour: worth less, asked for when there is little else. */
  readonly extended: readonly Atom[];
}

const TAGGED = new Set<ConceptKind>([
  ...(['mineral', 'capability', 'stage', 'country', 'certificate', 'size', 'status', 'type'] as const),
]);
const WIDENS = new Set<ConceptKind>(['mineral', 'group', 'product', 'process', 'capability']);
const TAG_ONLY = new Set<ConceptKind>(['size', 'status', 'type']);

/**
 * What finds a concept. Weights follow the order tagged > in the name > narrower tagged > reference project >
 * text. Kinds that nobody tags (양극재 as such) are fully found by what is narrower.
 */
export function conceptAtoms(lexicon: Lexicon, id: string): ConceptAtoms {
  const concept = lexicon.concepts.get(id);
  if (!concept) return { direct: [], extended: [] };
  if (concept.kind === 'word') return { direct: wordAtoms(id), extended: [] };
  if (TAG_ONLY.has(concept.kind)) return { direct: [atom('tag', id, 1)], extended: [] };
  const direct = [
    atom('tag', id, 1),
    atom('tagBroader', id, TAGGED.has(concept.kind) ? 0.9 : 1),
    atom('nameConcept', id, 0.92),
    atom('experience', id, 0.72),
    atom('mention', id, 0.56),
    atom('mentionBroader', id, 0.46),
  ];
  return { direct, extended: wider(lexicon, concept) };
}

const wordAtoms = (id: string): Atom[] => [atom('nameConcept', id, 0.9), atom('mention', id, 0.45)];

function wider(lexicon: Lexicon, concept: Concept): Atom[] {
  if (!WIDENS.has(concept.kind)) return [];
  const out = [atom('tagRelated', concept.id, 0.3)];
  for (const id of concept.broader) {
    const kind = lexicon.concepts.get(id)?.kind;
    if (kind === undefined || !WIDENS.has(kind)) continue;
    out.push(atom('tag', id, 0.38));
    if (kind !== 'group') out.push(atom('mention', id, 0.2));
  }
  for (const id of concept.related) {
    const near = lexicon.concepts.get(id);
    out.push(atom('tag', id, 0.32), atom('tagBroader', id, near && TAGGED.has(near.kind) ? 0.26 : 0.34));
  }
  return out;
}
