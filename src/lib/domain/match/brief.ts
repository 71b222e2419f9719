import type { PartName } from '#lib/domain/match/score.ts';

/** What a part says in short. */
export interface ShortPart {
  name: PartName;
  label: string;
  /** 0–1, of the whole score. */
  points: number;
  max: number;
}

/** What speaks for a match and what is missing, the weightiest first: for lists, where the whole would be too long. */
export interface Brief<T extends ShortPart> {
  fits: T[];
  lacks: T[];
}

/** A part that reaches the first share of its points fits, one below the second falls short. */
const FITS = 0.8;
const SHORT = 0.5;
/** The weightiest few; the whole reckoning is a click away. */
const NAMED = 3;

export function briefOf<T extends ShortPart>(parts: readonly T[]): Brief<T> {
  // That several rows meet a line is no reason of its own to name.
  const weighty = parts
    .filter((part) => part.max > 0 && part.name !== 'shared')
    .sort((a, b) => b.max - a.max);
  const fits = named(weighty.filter((part) => part.points / part.max >= FITS));
  const said = new Set(fits.map(({ label }) => label));
  const lacks = named(weighty.filter((part) => part.points / part.max < SHORT));
  return { fits, lacks: lacks.filter(({ label }) => !said.has(label)) };
}

/** The first few, each label once. */
function named<T extends ShortPart>(parts: readonly T[]): T[] {
  const byLabel = new Map<string, T>();
  for (const part of parts) if (!byLabel.has(part.label)) byLabel.set(part.label, part);
  return [...byLabel.values()].slice(0, NAMED);
}
