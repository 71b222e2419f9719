import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOfficial } from '#lib/domain/account/policy.ts';
import type { RowChange } from '#lib/domain/amendment/amendment.ts';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { checkTerm, type TermWarning } from '#lib/domain/search/lexicon-check.ts';
import { amendedEntries, type LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';
import { compileLexicon, type Lexicon } from '#lib/domain/search/lexicon.ts';
import { parseQuery } from '#lib/domain/search/query.ts';
import { asksTheSame, readingOf, type ReadPiece } from '#lib/domain/search/reading.ts';
import { readTermChange, type TermChange } from '#lib/server/search/lexicon-commands.ts';
import { lexiconOf, type LexiconInEffect } from '#lib/server/search/lexicon-queries.ts';
import { documentsThatDiffer, rowsWith, touchBetween } from '#lib/server/search/lexicon-touch-queries.ts';
import { PostgresSearch } from '#lib/server/search/postgres.ts';
import { frequentQueries, organisationNames } from '#lib/server/search/lexicon-preview-queries.ts';
import type { SearchEngine } from '#lib/server/search/port.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** What a change of the lexicon would do, before it is made. Nothing is written. */

export interface Named {
  id: string;
  ko: string;
  en: string;
}

export interface QueryAnswer {
  reading: ReadPiece[];
  companies: number;
  opportunities: number;
  /** The first ten companies. */
  first: Named[];
}

export interface ChangedQuery {
  q: string;
  /** typed: by the official; term: the term itself; concept: other terms of its concept; frequent: asked lately; sample: of the fixed list. */
  origin: 'typed' | 'term' | 'concept' | 'frequent' | 'sample';
  before: QueryAnswer;
  after: QueryAnswer;
  sameFirst: boolean;
}

export interface TermPreview {
  rows: RowChange<LexiconEntry>;
  warnings: TermWarning[];
  /** Queries looked at; those of them that are read differently; only the first are answered. */
  asked: number;
  differing: number;
  changed: ChangedQuery[];
  documents: {
    /** Documents that may hold the term, those of them looked at, and those that would be read differently. */
    holding: number;
    looked: number;
    changing: number;
    some: (Named & { kind: IndexKind })[];
  };
}

const FIRST = 10;
const MOST_ANSWERED = 12;
const MOST_CONCEPT_TERMS = 40;
const MOST_DOCUMENTS = 300;
const SOME_DOCUMENTS = 8;

/** Null when the entry was changed meanwhile or the viewer is no official. */
export async function previewTerm(
  ctx: Context,
  change: TermChange,
  typed: readonly string[],
): Promise<TermPreview | { fields: Record<string, string> } | null> {
  if (!isOfficial(ctx.actor)) return null;
  const now = await lexiconOf(ctx.db);
  const read = readTermChange(now, change);
  if (read === null || 'fields' in read) return read;
  const { rows } = read;
  const entries = amendedEntries(now.entries, [rows]);
  const then = compileLexicon(entries);
  const queries = await queriesFor(ctx, now, rows, typed);
  const differing = queries.filter(
    ({ q }) => !asksTheSame(parseQuery(now.lexicon, q, 'company'), parseQuery(then, q, 'company')),
  );
  const before = new PostgresSearch(ctx.db, now.lexicon, null);
  const after = new PostgresSearch(ctx.db, then, null);
  const changed: ChangedQuery[] = [];
  for (const { q, origin } of differing.slice(0, MOST_ANSWERED)) {
    const old = await answer(ctx, before, now.lexicon, q);
    const fresh = await answer(ctx, after, then, q);
    const ids = (one: QueryAnswer) => one.first.map(({ id }) => id).join(' ');
    changed.push({ q, origin, before: old, after: fresh, sameFirst: ids(old) === ids(fresh) });
  }
  const warnings =
    rows.after === null ? [] : checkTerm(now.entries, now.lexicon, rows.before, rows.after).warnings;
  return {
    ...{ rows, warnings, asked: queries.length, differing: differing.length, changed },
    documents: await touchedDocuments(ctx, now, entries, then),
  };
}

interface Asked {
  q: string;
  origin: ChangedQuery['origin'];
}

async function queriesFor(
  ctx: Context,
  { entries }: LexiconInEffect,
  { before, after }: RowChange<LexiconEntry>,
  typed: readonly string[],
): Promise<Asked[]> {
  const concepts = new Set([before?.concept, after?.concept]);
  const own = entries
    .filter((row) => concepts.has(row.concept) && row.term !== before?.term && row.kind !== 'stop')
    .slice(0, MOST_CONCEPT_TERMS)
    .map(({ term }) => term);
  const all: Asked[] = [
    ...typed.map((q): Asked => ({ q, origin: 'typed' })),
    ...[before?.term, after?.term].flatMap((q): Asked[] => (q === undefined ? [] : [{ q, origin: 'term' }])),
    ...(await frequentQueries(ctx)).map((q): Asked => ({ q, origin: 'frequent' })),
    ...own.map((q): Asked => ({ q, origin: 'concept' })),
    ...sampleQueries().map((q): Asked => ({ q, origin: 'sample' })),
  ];
  return [...new Map(all.toReversed().map((one) => [one.q, one])).values()].toReversed();
}

let samples: string[] | null = null;

/** The fixed list of queries: data/sample_queries.csv. */
function sampleQueries(): readonly string[] {
  samples ??= readFileSync(join(process.cwd(), 'data', 'sample_queries.csv'), 'utf8')
    .normalize('NFC')
    .split(/\r?\n/)
    .slice(1)
    .filter((q) => q !== '');
  return samples;
}

async function answer(ctx: Context, engine: SearchEngine, lexicon: Lexicon, q: string): Promise<QueryAnswer> {
  const audience = { kind: 'official' } as const;
  const [companies, opportunities] = await Promise.all([
    engine.query({ kind: 'company', q, audience, limit: FIRST }),
    engine.query({ kind: 'opportunity', q, audience, limit: 0 }),
  ]);
  const names = await organisationNames(
    ctx,
    companies.hits.map(({ id }) => id),
  );
  return {
    reading: readingOf(lexicon, parseQuery(lexicon, q, 'company')),
    companies: companies.total,
    opportunities: opportunities.total,
    first: companies.hits.map(({ id }) => ({ id, ko: '', en: '', ...names.get(id) })),
  };
}

async function touchedDocuments(
  ctx: Context,
  now: LexiconInEffect,
  entries: readonly LexiconEntry[],
  then: Lexicon,
): Promise<TermPreview['documents']> {
  const touch = touchBetween(now.entries, entries);
  const found = { holding: 0, looked: 0, changing: 0, some: [] as (Named & { kind: IndexKind })[] };
  for (const kind of INDEX_KINDS) {
    const ids = await rowsWith(ctx.db, kind, touch);
    const looked = ids.slice(0, MOST_DOCUMENTS);
    const differ = await documentsThatDiffer(ctx.db, kind, looked, now.lexicon, then);
    found.holding += ids.length;
    found.looked += looked.length;
    found.changing += differ.length;
    for (const { id, nameKo, nameEn } of differ)
      if (found.some.length < SOME_DOCUMENTS)
        found.some.push({ kind, id, ko: nameKo || nameEn, en: nameEn || nameKo });
  }
  return found;
}
