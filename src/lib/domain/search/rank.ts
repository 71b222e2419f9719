import type { Atom } from './atoms.ts';
import type { ParsedQuery, Unit } from './query.ts';
import { fieldOf, type Field } from './tokens.ts';

/**
 * The order of hits: identifiers > exact name > beginning of a name > what is tagged > text; vetted before
 * registered at an equal score, then the fresher, then the id. One function for every engine.
 */

/** What ranking needs to know of a document. */
export interface Rankable {
  readonly id: string;
  readonly vetted: boolean;
  /** Milliseconds of the last change. */
  readonly updatedAt: number;
  /** Tokens of the document, in code point order. */
  readonly tokens: readonly string[];
}

export interface Reason {
  /** The unit of the query, or the query itself for identifiers and names. */
  readonly text: string;
  readonly field: Field;
  readonly token: string;
  readonly weight: number;
}

export interface Ranked {
  readonly id: string;
  readonly score: number;
  /** identifier, name, prefix or content. */
  readonly rule: 'identifier' | 'name' | 'prefix' | 'content';
  readonly reasons: readonly Reason[];
}

/** A hit with what made it, for the people who look after search. */
export interface ExplainedHit {
  readonly id: string;
  readonly name: { readonly ko: string; readonly en: string };
  /** `list`: it stands where the order of the list puts it. */
  readonly rule: Ranked['rule'] | 'list';
  readonly score: number;
  readonly reasons: readonly Reason[];
}

const STEP = 100;
const EXTRA_FIELD = 0.02;
const PAIR = 0.1;
const WORDING = 0.06;
const PARTS = 0.9;

/** Sorted tokens of one document, asked for equal tokens and beginnings. */
class TokenSet {
  private readonly set: Set<string>;
  private readonly list: readonly string[];

  constructor(list: readonly string[]) {
    this.list = list;
    this.set = new Set(list);
  }

  /** The token that an atom finds here, or null. */
  find(atom: Atom): string | null {
    if (!atom.prefix) return this.set.has(atom.token) ? atom.token : null;
    if (this.set.has(atom.token)) return atom.token;
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle] ?? '') < atom.token) low = middle + 1;
      else high = middle;
    }
    const found = this.list[low];
    return found !== undefined && found.startsWith(atom.token) ? found : null;
  }

  has(token: string): boolean {
    return this.set.has(token);
  }
}

interface Found {
  value: number;
  reason: Reason | null;
}

function best(atoms: readonly Atom[], tokens: TokenSet, text: string): Found {
  let value = 0;
  let reason: Reason | null = null;
  for (const atom of atoms) {
    if (atom.weight <= value) break;
    const token = tokens.find(atom);
    if (token === null) continue;
    value = atom.weight;
    reason = { text, field: fieldOf(token), token, weight: atom.weight };
  }
  return { value, reason };
}

/** How well a document answers one unit, 0 to about 1.1. Atoms come heaviest first. */
function scoreUnit(unit: Unit, tokens: TokenSet, reasons: Reason[]): number {
  const found = best(unit.direct, tokens, unit.text);
  const wider = best(unit.extended, tokens, unit.text);
  let top = found.value >= wider.value ? found : wider;
  if (unit.parts.length > 0) {
    const parts = unit.parts.map((p) => scoreUnit(p, tokens, []));
    const worth = parts.every((p) => p > 0) ? (PARTS * parts.reduce((a, b) => a + b, 0)) / parts.length : 0;
    if (worth > top.value)
      top = { value: worth, reason: { text: unit.text, field: 'pair', token: '', weight: worth } };
  }
  if (top.value === 0) return 0;
  if (top.reason) reasons.push(top.reason);
  const fields = new Set<string>();
  for (const atom of unit.direct)
    if (atom.weight > 0.3 && tokens.find(atom)) fields.add(atom.token.charAt(0));
  const wording =
    unit.kind !== 'unknown' && unit.extended.some((a) => a.token.startsWith('t:') && tokens.has(a.token));
  return top.value + Math.min(2, Math.max(0, fields.size - 1)) * EXTRA_FIELD + (wording ? WORDING : 0);
}

/** Scores one document. `pairs` are tokens of capability and mineral on one line that the query names. */
export function scoreDocument(query: ParsedQuery, pairs: readonly string[], doc: Rankable): Ranked {
  const tokens = new TokenSet(doc.tokens);
  const reasons: Reason[] = [];
  let sum = 0;
  let whole = 0;
  for (const unit of query.units) {
    whole += unit.weight;
    sum += unit.weight * scoreUnit(unit, tokens, reasons);
  }
  let content = whole === 0 ? 0 : sum / whole;
  if (pairs.length > 0 && pairs.some((p) => tokens.has(p))) content += PAIR;
  const tiers = [
    ['identifier', 3 * STEP, query.identifiers],
    ['name', 2 * STEP, query.exact],
    ['prefix', STEP, query.prefix],
  ] as const;
  for (const [rule, base, atoms] of tiers) {
    const hit = best(atoms, tokens, query.text);
    if (hit.reason === null) continue;
    return {
      id: doc.id,
      rule,
      score: base + hit.value * 10 + round(content),
      reasons: [hit.reason, ...reasons],
    };
  }
  return { id: doc.id, rule: 'content', score: round(content), reasons };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The tokens, and beginnings of tokens, that ranking looks for in a document: all else about its tokens is alike. */
export function tokensAsked(
  query: ParsedQuery,
  pairs: readonly string[],
): { tokens: Set<string>; starts: Set<string> } {
  const tokens = new Set(pairs);
  const starts = new Set<string>();
  const take = (atoms: readonly Atom[]): void => {
    for (const { token, prefix } of atoms) (prefix ? starts : tokens).add(token);
  };
  const ofUnits = (units: readonly Unit[]): void => {
    for (const unit of units) {
      take([...unit.direct, ...unit.extended]);
      ofUnits(unit.parts);
    }
  };
  take([...query.identifiers, ...query.exact, ...query.prefix]);
  ofUnits(query.units);
  return { tokens, starts };
}

/** Documents in order, best first. */
export function rankDocuments(
  query: ParsedQuery,
  pairs: readonly string[],
  docs: readonly Rankable[],
): Ranked[] {
  const scored = docs.map((doc) => ({ doc, ranked: scoreDocument(query, pairs, doc) }));
  scored.sort(
    (a, b) =>
      b.ranked.score - a.ranked.score ||
      Number(b.doc.vetted) - Number(a.doc.vetted) ||
      b.doc.updatedAt - a.doc.updatedAt ||
      (a.doc.id < b.doc.id ? -1 : 1),
  );
  return scored.map((s) => s.ranked);
}
