import type { Atom } from './atoms.ts';
import type { ParsedQuery, Unit } from './query.ts';

/**
 * Which documents are hits, as boolean expressions over tokens that any engine can evaluate, from the strictest
 * reading to the widest; and, for engines that must not score every hit, in which order to collect candidates.
 */

export type Expr =
  | { readonly op: 'token'; readonly token: string; readonly prefix: boolean }
  | { readonly op: 'and' | 'or'; readonly of: readonly Expr[] };

export interface Level {
  readonly match: Expr;
  /** Units that a hit of this level may lack, as typed. */
  readonly dropped: readonly string[];
  readonly widened: boolean;
  /** Tried only when nothing at all was found. */
  readonly last?: boolean;
}

export interface Plan {
  /** Tried in order until enough is found. Empty for an empty query. */
  readonly levels: readonly Level[];
  /** Candidates first: each narrower than the level, strongest first. */
  readonly first: readonly Expr[];
}

/** A list shorter than this is widened. */
export const ENOUGH = 10;
const STRONG = 0.85;
const NOTHING: Expr = { op: 'or', of: [] };

export function and(of: readonly Expr[]): Expr {
  return of.length === 1 && of[0] ? of[0] : { op: 'and', of };
}

export function or(of: readonly Expr[]): Expr {
  const kept = of.filter((e) => e.op === 'token' || e.of.length > 0);
  return kept.length === 1 && kept[0] ? kept[0] : { op: 'or', of: kept };
}

const isNothing = (e: Expr): boolean => e.op === 'or' && e.of.length === 0;

const anyOf = (atoms: readonly Atom[]): Expr =>
  or(atoms.map((a): Expr => ({ op: 'token', token: a.token, prefix: a.prefix })));

function allParts(unit: Unit, atomsOf: (u: Unit) => readonly Atom[]): Expr {
  if (unit.parts.length === 0) return NOTHING;
  const parts = unit.parts.map((p) => anyOf(atomsOf(p)));
  return parts.some(isNothing) ? NOTHING : and(parts);
}

const direct = (u: Unit): Expr => or([anyOf(u.direct), allParts(u, (p) => p.direct)]);
const loose = (u: Unit): Expr =>
  or([anyOf([...u.direct, ...u.extended]), allParts(u, (p) => [...p.direct, ...p.extended])]);
const strong = (u: Unit): Expr => anyOf(u.direct.filter((a) => a.weight >= STRONG));

function all(units: readonly Unit[], of: (u: Unit) => Expr): Expr {
  const parts = units.map(of);
  return parts.length === 0 || parts.some(isNothing) ? NOTHING : and(parts);
}

/** All of two, or nothing where one of them is nothing. */
const both = (a: Expr, b: Expr): Expr => (isNothing(a) || isNothing(b) ? NOTHING : and([a, b]));

/**
 * All of some units but one, whichever it is. By halves, one of which has all: a sentence is not asked for once for
 * each of its words.
 */
function allButOne(units: readonly Unit[]): Expr {
  if (units.length < 4)
    return or(
      units.map((u) =>
        all(
          units.filter((other) => other !== u),
          direct,
        ),
      ),
    );
  const middle = units.length >> 1;
  const [a, b] = [units.slice(0, middle), units.slice(middle)];
  return or([both(all(a, direct), allButOne(b)), both(allButOne(a), all(b, direct))]);
}

function levelsOf(query: ParsedQuery, names: Expr): Level[] {
  const required = query.units.filter((u) => u.required);
  const levels: Level[] = [];
  const add = (match: Expr, dropped: readonly string[], widened: boolean) => {
    if (!isNothing(match)) levels.push({ match, dropped, widened });
  };
  add(or([names, all(required, direct)]), [], false);
  add(or([names, all(required, loose)]), [], true);
  const texts = required.map((u) => u.text);
  if (required.length > 2) add(or([names, allButOne(required)]), texts, true);
  if (required.length > 1) add(or([names, ...required.map(direct)]), texts, true);
  // Of "smelting" and a word that nobody has, the smelting is left.
  const stages = query.units.filter((u) => !u.required && u.kind === 'stage');
  if (stages.length > 0 && required.every((u) => u.kind === 'unknown'))
    levels.push({ match: or(stages.map(direct)), dropped: texts, widened: true, last: true });
  return levels;
}

/** Pairs of capability and mineral on one line, when a query names both. */
export function pairTokens(query: ParsedQuery, narrower: (concept: string) => readonly string[]): string[] {
  const minerals = query.units.filter((u) => u.kind === 'mineral' || u.kind === 'group');
  const skills = query.units.filter((u) => ['capability', 'product', 'process', 'stage'].includes(u.kind));
  const spread = (units: readonly Unit[]) =>
    units.flatMap((u) => u.concepts).flatMap((c) => [c, ...narrower(c)]);
  const [a, b] = [spread(skills), spread(minerals)];
  if (a.length * b.length === 0 || a.length * b.length > 600) return [];
  return a.flatMap((skill) => b.map((mineral) => `p:${skill}+${mineral}`));
}

/** The plan of a resolved query. `pairs` are the tokens of {@link pairTokens}. */
export function planQuery(query: ParsedQuery, pairs: readonly string[] = []): Plan {
  if (query.empty) return { levels: [], first: [] };
  const names = anyOf([...query.identifiers, ...query.exact, ...query.prefix]);
  const required = query.units.filter((u) => u.required);
  const wanted = query.units.filter((u) => !u.required && u.weight > 0.3);
  const best = all(required, strong);
  const plain = all(required, direct);
  const extras = wanted.map(strong).filter((e) => !isNothing(e));
  const onOneLine = or(pairs.map((token): Expr => ({ op: 'token', token, prefix: false })));
  const first: Expr[] = [names];
  if (!isNothing(best)) {
    if (extras.length > 1) first.push(and([best, ...extras]));
    if (extras.length > 0) first.push(and([best, or(extras)]));
    if (!isNothing(onOneLine)) first.push(and([best, onOneLine]));
    first.push(best);
  }
  if (extras.length > 0 && !isNothing(plain)) first.push(and([plain, or(extras)]));
  if (!isNothing(plain)) first.push(plain);
  return { levels: levelsOf(query, names), first: first.filter((e) => !isNothing(e)) };
}
