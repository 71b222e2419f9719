import { concentrationIndex } from '#lib/domain/insight/concentration.ts';
import type { Sourced } from '#lib/domain/insight/sourced.ts';

/** A row of the statistics: what a country, or the world, produced in one year by one edition. */
export interface OutputRow extends Sourced {
  /** ISO alpha-2, or `world_total`, `other_countries` */
  place: string;
  year: number;
  stage: string;
  edition: string;
  production: number | null;
  unit: string;
  reserves: number | null;
  reservesUnit: string;
  estimated: boolean;
}

/** One year of one kind of production, all from one edition, so that shares are of the same table. */
export interface ProductionYear {
  year: number;
  edition: string;
  unit: string;
  /** some figure of the year is an estimate */
  estimated: boolean;
  worldTotal: number | null;
  /** world total minus the countries named: other countries and rounding; null when not known or negative */
  rest: number | null;
  countries: CountryOutput[];
  /** null when the world total is not known */
  concentration: number | null;
  sourced: Sourced;
}

export interface CountryOutput {
  place: string;
  production: number;
  /** of the world total, 0 to 1; null when that is not known */
  share: number | null;
}

export interface ProductionStage {
  stage: string;
  /** newest first; the first has a world total when any year has */
  years: ProductionYear[];
}

const WORLD = 'world_total';
const OTHERS = 'other_countries';

/**
 * The tables of a mineral by stage. Of a year that stands in two editions the newest one with a world total is
 * taken (data/README.md). A newer year without one, such as copper mine output of 2025 of which one country is
 * known, does not stand in front of a complete older one.
 */
export function productionStages(rows: readonly OutputRow[]): ProductionStage[] {
  const stages = [...new Set(rows.map((row) => row.stage))];
  return stages
    .map((stage) => ({ stage, years: yearsOf(rows.filter((row) => row.stage === stage)) }))
    .filter(({ years }) => years.length > 0)
    .sort((a, b) => order(b) - order(a) || a.stage.localeCompare(b.stage));
}

function order({ years }: ProductionStage): number {
  const first = years[0];
  return first === undefined ? 0 : first.year + (first.worldTotal === null ? 0 : 1000);
}

function yearsOf(rows: OutputRow[]): ProductionYear[] {
  const years = [...new Set(rows.map((row) => row.year))].sort((a, b) => b - a);
  const tables = years.flatMap((year) => tableOf(rows.filter((row) => row.year === year)) ?? []);
  const complete = tables.filter((table) => table.worldTotal !== null);
  return complete.length > 0 ? complete : tables;
}

function tableOf(rows: OutputRow[]): ProductionYear | null {
  const editions = [...new Set(rows.map((row) => row.edition))].sort().reverse();
  const withTotal = editions.find((edition) =>
    rows.some((row) => row.edition === edition && row.place === WORLD && row.production !== null),
  );
  const edition = withTotal ?? editions[0];
  const table = rows.filter((row) => row.edition === edition && row.production !== null);
  const named = table.filter((row) => row.place !== WORLD && row.place !== OTHERS);
  const first = named[0];
  if (first === undefined) return null;
  const worldTotal = table.find((row) => row.place === WORLD)?.production ?? null;
  const countries = named
    .map((row) => ({
      place: row.place,
      production: row.production ?? 0,
      share: worldTotal ? (row.production ?? 0) / worldTotal : null,
    }))
    .sort((a, b) => b.production - a.production);
  const sum = countries.reduce((total, one) => total + one.production, 0);
  return {
    year: first.year,
    edition: first.edition,
    unit: first.unit,
    estimated: table.some((row) => row.estimated),
    worldTotal,
    rest: worldTotal !== null && worldTotal > sum ? worldTotal - sum : null,
    countries,
    concentration: concentrationIndex(
      countries.map((one) => one.production),
      worldTotal,
    ),
    sourced: { source: first.source, confidence: weakest(table), asOf: first.asOf },
  };
}

export interface Reserves extends Sourced {
  year: number;
  unit: string;
  world: number | null;
  countries: { place: string; reserves: number }[];
}

/** Reserves as the newest edition has them; null when none are known. */
export function reservesOf(rows: readonly OutputRow[]): Reserves | null {
  const known = rows.filter((row) => row.reserves !== null);
  const newest = [...known].sort((a, b) => b.edition.localeCompare(a.edition) || b.year - a.year)[0];
  if (newest === undefined) return null;
  const table = known.filter(
    (row) => row.edition === newest.edition && row.year === newest.year && row.stage === newest.stage,
  );
  const countries = table
    .filter((row) => row.place !== WORLD && row.place !== OTHERS)
    .map((row) => ({ place: row.place, reserves: row.reserves ?? 0 }))
    .sort((a, b) => b.reserves - a.reserves);
  return {
    year: newest.year,
    unit: newest.reservesUnit,
    world: table.find((row) => row.place === WORLD)?.reserves ?? null,
    countries,
    source: newest.source,
    confidence: weakest(table),
    asOf: newest.asOf,
  };
}

/** A table is only as sure as its least sure row. */
function weakest(rows: readonly Sourced[]): Sourced['confidence'] {
  return rows.some((row) => row.confidence === 'recalled') ? 'recalled' : 'verified';
}
