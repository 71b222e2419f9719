import { ATOMIC_WEIGHTS } from '#lib/domain/capability/atomic-weights.ts';

/** A chemical formula taken apart: how many atoms of each element, and the mass of one mole in grams. */
export interface Formula {
  atoms: ReadonlyMap<string, number>;
  molarMass: number;
  /** The elements a buyer counts: Li in Li2CO3, Ni in NiSO4·6H2O, P in P2O5. */
  carried: readonly string[];
}

/** Elements that only complete a salt or an oxide, unless nothing else is there. */
const COMPANIONS = new Set(['C', 'N', 'F', 'P', 'S', 'Cl', 'Br', 'I', 'Na']);
const WATER_MARKS = /[·•⋅∙・]/gu;
const SUBSCRIPTS = /[₀-₉]/gu;
const TOKEN = /([A-Z][a-z]?)|(\()|(\))|(\d+(?:\.\d+)?)/uy;

/** One spelling of a formula: `Li₂CO₃` → `Li2CO3`, any middle dot → `·`. */
export function normaliseFormula(text: string): string {
  return text
    .normalize('NFC')
    .replace(WATER_MARKS, '·')
    .replace(SUBSCRIPTS, (digit) => String((digit.codePointAt(0) ?? 0x2080) - 0x2080));
}

/** Reads a formula such as `LiOH·H2O`, `(NH4)2MoO4`, `Nd2O3`; null when it is none. */
export function parseFormula(text: string): Formula | null {
  const atoms = new Map<string, number>();
  for (const group of normaliseFormula(text).split('·')) {
    const [, times = '', body = ''] = /^(\d*)(.*)$/u.exec(group) ?? [];
    const counted = readGroup(body);
    if (counted === null) return null;
    addAtoms(atoms, counted, times === '' ? 1 : Number(times));
  }
  let molarMass = 0;
  for (const [element, count] of atoms) {
    const weight = ATOMIC_WEIGHTS[element];
    if (weight === undefined || count <= 0) return null;
    molarMass += weight * count;
  }
  return { atoms, molarMass, carried: carriedElements(atoms) };
}

/** Grams of `element` in a gram of the substance. */
export function massShare(formula: Formula, element: string): number {
  return ((formula.atoms.get(element) ?? 0) * (ATOMIC_WEIGHTS[element] ?? 0)) / formula.molarMass;
}

function readGroup(body: string): Map<string, number> | null {
  const stack: Map<string, number>[] = [new Map()];
  let position = 0;
  let last: Map<string, number> | null = null;
  const settle = (times: number): void => {
    const open = stack.at(-1);
    if (last !== null && open !== undefined) addAtoms(open, last, times);
    last = null;
  };
  while (position < body.length) {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(body);
    if (match === null) return null;
    position = TOKEN.lastIndex;
    const [, element, opened, closed, count] = match;
    if (count !== undefined) {
      if (last === null) return null;
      settle(Number(count));
      continue;
    }
    settle(1);
    if (element !== undefined) last = new Map([[element, 1]]);
    else if (opened !== undefined) stack.push(new Map());
    else if (closed !== undefined) {
      if (stack.length < 2) return null;
      last = stack.pop() ?? null;
      if (last?.size === 0) return null;
    }
  }
  settle(1);
  const [whole, ...unclosed] = stack;
  return whole === undefined || unclosed.length > 0 || whole.size === 0 ? null : whole;
}

function addAtoms(into: Map<string, number>, from: ReadonlyMap<string, number>, times: number): void {
  for (const [element, count] of from) into.set(element, (into.get(element) ?? 0) + count * times);
}

function carriedElements(atoms: ReadonlyMap<string, number>): string[] {
  const all = [...atoms.keys()].sort();
  const heavy = all.filter((element) => element !== 'O' && element !== 'H');
  const metals = heavy.filter((element) => !COMPANIONS.has(element));
  if (metals.length > 0) return metals;
  return heavy.length > 0 ? heavy : all;
}
