import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { readingDone, readingFound } from '#lib/server/amendment/reading-jobs.ts';
import { amendmentEffect } from '#lib/server/amendment/queries.ts';
import { rereadSearches } from '#lib/server/search/clean-up-job.ts';
import { isQuickerAnew, rebuild, reindex } from '#lib/server/search/index-job.ts';
import { lexiconBefore } from '#lib/server/search/lexicon-queries.ts';
import { documentsThatDiffer, rowsWith, touchBetween } from '#lib/server/search/lexicon-touch-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** After a term changed: the documents it touches and the saved searches are read again. */

const BATCH = 200;

/**
 * The job `search.lexicon`: looks through the rows that may hold the term and writes the documents that differ, through
 * the same ordered writing as every other change. Saved searches follow after it: a document that was there is no news
 * to them. Begins anew when it is repeated; what was written stays right.
 */
export async function indexLexiconChange(ctx: Context, payload: { amendment: number }): Promise<void> {
  const { db } = ctx;
  const effect = await amendmentEffect(db, payload.amendment);
  if (effect === null) return;
  const before = await lexiconBefore(db, effect);
  const after = await lexiconBefore(db, effect + 1);
  const touch = touchBetween(before.entries, after.entries);
  const work: { kind: IndexKind; ids: string[] }[] = [];
  for (const kind of INDEX_KINDS) work.push({ kind, ids: await rowsWith(db, kind, touch) });
  const total = work.reduce((sum, { ids }) => sum + ids.length, 0);
  await readingFound(ctx, payload.amendment, total);
  for (const { kind, ids } of work) {
    if (await isQuickerAnew(db, kind, ids.length)) {
      await rebuild(db, [kind]);
      await readingDone(ctx, payload.amendment, { looked: ids.length, changed: ids.length });
      continue;
    }
    for (let i = 0; i < ids.length; i += BATCH) {
      const some = ids.slice(i, i + BATCH);
      const differ = await documentsThatDiffer(db, kind, some, before.lexicon, after.lexicon);
      await reindex(
        db,
        kind,
        differ.map(({ id }) => id),
      );
      await readingDone(ctx, payload.amendment, { looked: some.length, changed: differ.length });
    }
  }
  await rereadSearches(ctx);
  await readingDone(ctx, payload.amendment, { looked: 0, changed: 0, finished: true });
}
