import { parseCsv } from 'hucre/csv';
import type { AmendmentSubject } from '#lib/domain/amendment/amendment.ts';
import { safeCell } from '#lib/domain/search/export.ts';
import { publicAmendments, type PublicAmendment } from '#lib/server/amendment/queries.ts';
import { modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { publicSwitches } from '#lib/server/match/model-queries.ts';
import { relationsInEffect, writeCapabilities, writeMinerals } from '#lib/server/match/relations-queries.ts';
import { writeLexicon } from '#lib/server/search/lexicon-file.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The rules of search and matching as they are in effect, and every change of them, as files for anyone. */

export interface RuleFile {
  body: string;
  type: string;
}

const CSV = 'text/csv; charset=utf-8; header=present';
const JSON_TYPE = 'application/json; charset=utf-8';

const FILES: Record<string, (ctx: Context) => Promise<RuleFile>> = {
  'lexicon.csv': async ({ db }) => ({ body: safely(writeLexicon((await lexiconOf(db)).entries)), type: CSV }),
  'capability_relations.csv': async ({ db }) => ({
    body: safely(writeCapabilities((await relationsInEffect(db)).capabilities)),
    type: CSV,
  }),
  'mineral_relations.csv': async ({ db }) => ({
    body: safely(writeMinerals((await relationsInEffect(db)).minerals)),
    type: CSV,
  }),
  'matching-model.json': async ({ db }) => json(await modelInEffect(db)),
  'model_changes.json': async ({ db }) => json(await publicSwitches(db)),
  'lexicon_changes.csv': (ctx) => changes(ctx, ['term'], 'csv'),
  'lexicon_changes.json': (ctx) => changes(ctx, ['term'], 'json'),
  'relation_changes.csv': (ctx) => changes(ctx, ['capability', 'mineral'], 'csv'),
  'relation_changes.json': (ctx) => changes(ctx, ['capability', 'mineral'], 'json'),
};

/** Names of the files that hold rows. */
export const RULE_TABLES = Object.keys(FILES).filter((name) => name.endsWith('.csv'));

/** A file by its name; null when there is none of that name. */
export async function ruleFile(ctx: Context, name: string): Promise<RuleFile | null> {
  return Object.hasOwn(FILES, name) ? ((await FILES[name]?.(ctx)) ?? null) : null;
}

function json(value: unknown): RuleFile {
  return { body: `${JSON.stringify(value, null, 2)}\n`, type: JSON_TYPE };
}

async function changes(
  { db }: Context,
  subjects: readonly AmendmentSubject[],
  format: 'csv' | 'json',
): Promise<RuleFile> {
  const rows = await publicAmendments(db, subjects);
  return format === 'json' ? json(rows) : { body: changesCsv(rows), type: CSV };
}

const COLUMNS = [
  ...(['id', 'subject', 'proposed_at', 'in_effect_from', 'before', 'after'] as const),
  ...(['source', 'reason', 'undoes'] as const),
];

/** Rows before and after stand as JSON in one cell: their fields differ by subject. */
function changesCsv(rows: readonly PublicAmendment[]): string {
  return csvOf([COLUMNS, ...rows.map((row) => COLUMNS.map((column) => textOf(row[column])))]);
}

function textOf(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The same rows, with no cell that a spreadsheet takes for a formula: officials wrote them, anyone opens them. */
const safely = (csv: string): string => csvOf(parseCsv(csv).map((row) => row.map(String)));

function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => {
    const safe = safeCell(text);
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`;
}
