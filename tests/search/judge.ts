import type { Truth } from './corpus.ts';

/** How relevant a company is to a query, 0 to 3, from what is known of it: never from the engine under test. */
export type Judge = (company: Truth) => number;

export interface JudgedQuery {
  readonly kind: string;
  readonly q: string;
  readonly judge: Judge;
}

/** The company of this name (3), and those that share the beginning `alike` of its name (1). */
export function named(name: string, alike = ''): Judge {
  return ({ row }) => {
    if (row.nameKo === name || row.nameEn === name || row.formerNames.includes(name)) return 3;
    return alike !== '' && (row.nameKo.includes(alike) || row.nameEn.includes(alike)) ? 1 : 0;
  };
}

export interface Subject {
  readonly capabilities?: string;
  readonly minerals?: string;
  readonly text?: RegExp;
  readonly countries?: string;
}

const list = (text: string | undefined): string[] => (text === undefined ? [] : text.split(' '));

/**
 * About a subject: 3 when the company's own capabilities answer all of it, 2 when the main part does (the capability;
 * or a reference project answers), 1 when something of it does, or its text speaks of it.
 */
export function about(subject: Subject): Judge {
  const wanted = { capabilities: list(subject.capabilities), minerals: list(subject.minerals) };
  const countries = list(subject.countries);
  return ({ row, text }) => {
    const own = {
      capability: row.capabilities.some((c) => wanted.capabilities.includes(c.capability)),
      mineral: row.capabilities.some((c) => c.minerals.some((m) => wanted.minerals.includes(m))),
    };
    const reference = row.references.some(
      (r) =>
        wanted.capabilities.includes(r.capability ?? '') ||
        r.minerals.some((m) => wanted.minerals.includes(m)),
    );
    const spoken = subject.text?.test(text) ?? false;
    let grade = spoken ? 1 : 0;
    if (wanted.capabilities.length > 0 && wanted.minerals.length > 0) {
      if (own.capability && own.mineral) grade = 3;
      else if (own.capability) grade = 2;
      else if (own.mineral) grade = Math.max(grade, 1);
    } else if (own.capability || own.mineral) grade = 3;
    if (grade < 2 && reference) grade = wanted.capabilities.length > 0 && wanted.minerals.length > 0 ? 1 : 2;
    if (countries.length === 0) return grade;
    const there = row.countries.some((c) => countries.includes(c));
    return grade === 3 ? (there ? 3 : 2) : grade === 2 ? 1 : 0;
  };
}

/** Companies whose text or name has a word: 3; no others. An empty set asks the engine to be quiet. */
export function says(pattern: RegExp): Judge {
  return ({ text }) => (pattern.test(text) ? 3 : 0);
}

/** Nobody: the engine should find nothing. */
export const nobody: Judge = () => 0;

/** Identified by a number: the company at this place of the corpus. */
export function numbered(id: string): Judge {
  return (company) => (company.id === id ? 3 : 0);
}
