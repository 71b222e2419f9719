import type { RequirementColumns } from './draft.ts';
import type { RequirementView } from './view.ts';

/** What a line asks for, without its place in the list. */
export type LineContent = { [K in keyof RequirementColumns]: RequirementColumns[K] };

/** The parts of a line that a person fills in; `quantity` is amount and unit. */
export const LINE_PARTS = [
  'level',
  'weight',
  'capability',
  'minerals',
  'quantity',
  'certifications',
  'countries',
  'language',
  'min_size',
] as const;
export type LinePart = (typeof LINE_PARTS)[number];

type Version = Record<LinePart, string>;

function versionOf(line: LineContent): Version {
  const several = (ids: readonly string[]) => [...ids].sort().join(' ');
  return {
    level: line.must ? 'must' : 'should',
    weight: String(Number(line.weight)),
    capability: line.capability ?? '',
    minerals: several(line.minerals),
    quantity: line.amount === null ? '' : `${Number(line.amount)} ${line.unit ?? ''}`,
    certifications: `${several(line.certifications)}${line.verified_only ? ' verified' : ''}`,
    countries: several(line.countries),
    language: line.language ?? '',
    min_size: line.min_size ?? '',
  };
}

/** The content of a line as one text: what a form hands back to say what it was written over. */
export const lineVersion = (line: LineContent): string => JSON.stringify(versionOf(line));

/** The same of a line as it is shown. */
export function lineVersionOf(line: RequirementView): string {
  return lineVersion({
    kind: line.kind,
    must: line.must,
    weight: line.weight,
    capability: line.capability?.id ?? null,
    minerals: line.minerals.map(({ id }) => id),
    amount: line.quantity?.amount ?? null,
    unit: line.quantity?.unit ?? null,
    certifications: line.certifications.map(({ id }) => id),
    verified_only: line.verifiedOnly,
    countries: line.countries.map(({ id }) => id),
    language: line.language,
    min_size: line.minSize,
  });
}

/** Which parts differ between two versions; none when one of them is no version. */
export function changedParts(seen: string, now: string): LinePart[] {
  const [before, after] = [read(seen), read(now)];
  if (before === null || after === null) return [];
  return LINE_PARTS.filter((part) => before[part] !== after[part]);
}

function read(text: string): Partial<Version> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
