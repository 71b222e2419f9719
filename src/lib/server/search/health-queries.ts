import { sql, type Kysely } from 'kysely';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import type { FallbackStatus } from '#lib/server/search/fallback.ts';
import { countWaiting } from '#lib/server/search/outbox-queries.ts';
import { countSources } from '#lib/server/search/source-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** How search is: which engine answers, what each holds, what the nightly comparison found. For officials. */

export type EngineName = 'postgres' | 'meilisearch';

export interface EngineState {
  name: EngineName;
  /** Null: it did not say. */
  documents: Record<IndexKind, number> | null;
  settings: 'current' | 'old' | null;
  version: string | null;
}

/** The latest comparison of an engine with the records. */
export interface CheckState {
  engine: EngineName;
  kind: IndexKind;
  at: Date;
  documents: number;
  missing: number;
  stale: number;
  extra: number;
  error: string | null;
}

export interface SearchState {
  /** Records that should be found, by kind. */
  records: Record<IndexKind, number>;
  engines: EngineState[];
  /** Null: there is no search server, PostgreSQL always answers. */
  fallback: FallbackStatus | null;
  checks: CheckState[];
  /** Changes not yet in the index, when the oldest of them was made, and documents the server is still to be brought. */
  queue: { waiting: number; oldest: Date | null; forServer: number };
}

/** Null for everyone but officials. */
export async function searchState(ctx: Context): Promise<SearchState | null> {
  if (!isOfficial(ctx.actor)) return null;
  const { postgres, fallback } = searchParts(ctx.db);
  const [records, held, seen, checks, queue] = await Promise.all([
    recordsOf(ctx.db),
    postgres.health(),
    fallback?.look() ?? null,
    latestChecks(ctx.db),
    indexQueue(ctx.db),
  ]);
  const engines: EngineState[] = [
    { name: 'postgres', documents: held.documents, settings: null, version: null },
  ];
  if (seen)
    engines.unshift({
      name: 'meilisearch',
      documents: seen.seen?.documents ?? null,
      settings: seen.seen?.settings ?? null,
      version: seen.seen?.version ?? null,
    });
  return { records, engines, fallback: seen, checks, queue };
}

async function recordsOf(db: Kysely<Database>): Promise<Record<IndexKind, number>> {
  const counts = await Promise.all(INDEX_KINDS.map((kind) => countSources(db, kind)));
  const of = (kind: IndexKind) => counts[INDEX_KINDS.indexOf(kind)] ?? 0;
  return { company: of('company'), opportunity: of('opportunity'), project: of('project') };
}

async function latestChecks(db: Kysely<Database>): Promise<CheckState[]> {
  return await db
    .selectFrom('search_check')
    .select(['engine', 'kind', 'at', 'documents', 'missing', 'stale', 'extra', 'error'])
    .distinctOn(['engine', 'kind'])
    .orderBy('engine')
    .orderBy('kind')
    .orderBy('at', 'desc')
    .execute();
}

async function indexQueue(db: Kysely<Database>): Promise<SearchState['queue']> {
  const { rows } = await sql<{ waiting: number; oldest: Date | null }>`
    select count(*)::int as waiting, min(created_at) as oldest from graphile_worker.jobs
    where task_identifier = 'search.index' and attempts < max_attempts`.execute(db);
  const forServer = await countWaiting(db);
  return { ...(rows[0] ?? { waiting: 0, oldest: null }), forServer };
}
