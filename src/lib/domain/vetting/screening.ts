import { squash } from '#lib/domain/search/normalize.ts';
import { likeness, lookupKeys, prepareName, type PreparedName } from '#lib/domain/vetting/name-likeness.ts';
import type { ListEntry, ScreeningQuestion } from '#lib/domain/vetting/screening-record.ts';

/**
 * Who on a restricted list somebody may be. A candidate is for a person to decide on, never a refusal. The name
 * decides; birth dates and countries that agree fill a part of what the name leaves open, so that none of them makes a
 * candidate by itself, and what disagrees takes away. What is not known counts neither way. An identifier that is the
 * same settles it.
 */

/** Only candidates of at least this score are shown. */
export const REVIEW_THRESHOLD = 0.8;
/** A weak alias is a candidate only when something else agrees. */
const WEAK = 0.78;
const AGREES = { birth: 0.35, country: 0.2 };
const DISAGREES = { birth: -0.15, country: -0.05 };

export interface ScreeningPart {
  readonly name: 'name' | 'identifier' | 'birth_date' | 'country';
  readonly value: number;
}

export interface Candidate {
  /** Id of the entry. */
  readonly entry: string;
  /** Sum of its parts, 0 to 1. */
  readonly score: number;
  readonly matched_name: string;
  readonly parts: readonly ScreeningPart[];
}

interface Prepared {
  readonly entry: ListEntry;
  readonly names: readonly { name: PreparedName; weak: boolean }[];
}

/** A list made ready: entries by what their names, or identifiers, are looked up with. */
export interface PreparedList {
  readonly byKey: ReadonlyMap<string, readonly Prepared[]>;
}

export function prepareList(entries: readonly ListEntry[]): PreparedList {
  const byKey = new Map<string, Prepared[]>();
  for (const entry of entries) {
    const person = entry.kind === 'person';
    const names = [
      ...entry.names.map((text) => ({ name: prepareName(text, person), weak: false })),
      ...entry.weak_aliases.map((text) => ({ name: prepareName(text, person), weak: true })),
    ];
    const prepared = { entry, names };
    const keys = [...names.flatMap(({ name }) => [...lookupKeys(name)]), ...identifierKeys(entry)];
    for (const key of new Set(keys)) {
      const found = byKey.get(key);
      if (found) found.push(prepared);
      else byKey.set(key, [prepared]);
    }
  }
  return { byKey };
}

/** Candidates at or above the review threshold, best first; entries of another kind are nobody's. */
export function screen(list: PreparedList, question: ScreeningQuestion): Candidate[] {
  const names = question.names.map((text) => prepareName(text, question.kind === 'person'));
  const keys = [...names.flatMap((name) => [...lookupKeys(name)]), ...identifierKeys(question)];
  const near = new Set(keys.flatMap((key) => list.byKey.get(key) ?? []));
  return [...near]
    .filter(({ entry }) => entry.kind === question.kind)
    .map((prepared) => candidate(prepared, names, question))
    .filter(({ score }) => score >= REVIEW_THRESHOLD)
    .sort((a, b) => b.score - a.score || (a.entry < b.entry ? -1 : 1));
}

function candidate(
  prepared: Prepared,
  names: readonly PreparedName[],
  question: ScreeningQuestion,
): Candidate {
  const { entry } = prepared;
  const best = bestName(prepared, names);
  const parts: ScreeningPart[] = [{ name: 'name', value: rounded(best.value) }];
  const add = (name: ScreeningPart['name'], agrees: boolean | null, by: keyof typeof AGREES) => {
    if (agrees === null) return;
    const value = agrees ? (1 - scoreOf(parts)) * AGREES[by] : DISAGREES[by];
    parts.push({ name, value: rounded(Math.max(value, -scoreOf(parts))) });
  };
  add('birth_date', sameBirth(entry.birth_dates, question.birth_dates), 'birth');
  add('country', shares(entry.countries, question.countries), 'country');
  const known = new Set(identifierKeys(entry));
  if (identifierKeys(question).some((key) => known.has(key)))
    parts.push({ name: 'identifier', value: rounded(1 - scoreOf(parts)) });
  return { entry: entry.id, score: scoreOf(parts), matched_name: best.text, parts };
}

function bestName({ names }: Prepared, asked: readonly PreparedName[]): { text: string; value: number } {
  let best = { text: names[0]?.name.text ?? '', value: 0 };
  for (const { name, weak } of names)
    for (const one of asked) {
      const value = likeness(name, one) * (weak ? WEAK : 1);
      if (value > best.value) best = { text: name.text, value };
    }
  return best;
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const scoreOf = (parts: readonly ScreeningPart[]): number =>
  rounded(parts.reduce((sum, { value }) => sum + value, 0));

function shares(a: readonly string[], b: readonly string[]): boolean | null {
  if (a.length === 0 || b.length === 0) return null;
  return a.some((one) => b.includes(one));
}

/** A year alone agrees with every day in it. */
function sameBirth(a: readonly string[], b: readonly string[]): boolean | null {
  if (a.length === 0 || b.length === 0) return null;
  return a.some((one) => b.some((other) => one.startsWith(other) || other.startsWith(one)));
}

function identifierKeys({ identifiers }: Pick<ListEntry, 'identifiers'>): string[] {
  return identifiers.map(({ scheme, id }) => `#${squash(scheme)}:${squash(id)}`);
}
