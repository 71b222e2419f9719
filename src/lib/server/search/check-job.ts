import type { Kysely } from 'kysely';
import { isSystem } from '#lib/domain/account/policy.ts';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { checkableEngines, type CheckableEngine } from '#lib/server/search/checkable.ts';
import { countSources, idsChangedSince } from '#lib/server/search/source-queries.ts';
import type { Drift } from '#lib/server/search/verify.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done } from '#lib/server/platform/result.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** The job `search.verify`: every night each engine is compared with the tables, repaired, and the outcome kept. */

const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;
/** A row changed so lately may still wait for its turn in the queue: that is no drift. */
const UNDER_WAY_MS = 120_000;

export interface Check {
  engine: CheckableEngine['name'];
  kind: IndexKind;
  documents: number;
  missing: number;
  stale: number;
  extra: number;
  tookMs: number;
  error: string | null;
}

/** Compares and repairs every engine, and tells administrators of what had to be repaired or could not be. */
export async function checkSearch(ctx: Context): Promise<void> {
  const checks: Check[] = [];
  for (const engine of checkableEngines(ctx.db))
    for (const kind of INDEX_KINDS) checks.push(await checkOne(ctx, engine, kind));
  const outcome = await recordChecks(ctx, { checks });
  if (!outcome.ok) throw new Error(`search.verify was refused: ${outcome.code}`);
}

async function checkOne(ctx: Context, engine: CheckableEngine, kind: IndexKind): Promise<Check> {
  const began = performance.now();
  const from = new Date(ctx.now().getTime() - UNDER_WAY_MS);
  const check = { engine: engine.name, kind, documents: 0, missing: 0, stale: 0, extra: 0 };
  const took = () => Math.round(performance.now() - began);
  try {
    check.documents = await countSources(ctx.db, kind);
    const drift = await withoutThoseUnderWay(ctx.db, kind, await engine.verify(kind), from);
    for (const { what } of drift) check[what] += 1;
    return { ...check, tookMs: took(), error: null };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...check, tookMs: took(), error: message.slice(0, 300) };
  }
}

async function withoutThoseUnderWay(
  db: Kysely<Database>,
  kind: IndexKind,
  drift: readonly Drift[],
  from: Date,
): Promise<Drift[]> {
  if (drift.length === 0) return [];
  const changed = new Set(await idsChangedSince(db, kind, from));
  return drift.filter(({ id }) => !changed.has(id));
}

export const driftOf = (check: Pick<Check, 'missing' | 'stale' | 'extra'>): number =>
  check.missing + check.stale + check.extra;

const recordChecks = command({
  name: 'search.record-check',
  policy: isSystem,
  async run(tx, { checks }: { checks: readonly Check[] }) {
    if (checks.length > 0)
      await tx.db
        .insertInto('search_check')
        .values(checks.map(({ tookMs, ...check }) => ({ ...check, at: tx.now, took_ms: tookMs })))
        .execute();
    await tx.db
      .deleteFrom('search_check')
      .where('at', '<', new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS))
      .execute();
    const drift = checks.reduce((sum, check) => sum + driftOf(check), 0);
    const failed = checks.some((check) => check.error !== null);
    if (drift === 0 && !failed) return done();
    const day = koreanDay(tx.now);
    await tx.audit({
      action: 'search.record-check',
      object: { kind: 'search', id: day },
      after: { drift, failed },
    });
    await tx.notify({
      kind: 'search-drift',
      key: `search-drift:${day}`,
      to: { officials: true, only: 'administrators' },
      data: { count: String(drift), outcome: failed ? 'failed' : 'repaired' },
      path: '/ministry/system',
    });
    return done();
  },
});
