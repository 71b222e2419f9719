import { clearOldSearches } from '#lib/server/search/asked-commands.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import { clearRemoved } from '#lib/server/search/saved-commands.ts';
import { lexiconMark, reread, staleReadings } from '#lib/server/search/saved-repository.ts';
import type { Context } from '#lib/server/platform/context.ts';

const BATCH = 200;

/**
 * The job `search.clean-up`, nightly: what is kept of searches goes when its time is over, and saved searches are read
 * again by the words and the lexicon of today.
 */
export async function cleanUpSearches(ctx: Context): Promise<void> {
  for (const clean of [clearOldSearches, clearRemoved]) {
    const outcome = await clean(ctx, {});
    if (!outcome.ok) throw new Error(`${clean.commandName} was refused: ${outcome.code}`);
  }
  await rereadSearches(ctx);
}

/** Reads saved searches again whose reading may have become another, a batch in a transaction. Answers how many did. */
export async function rereadSearches(ctx: Context): Promise<number> {
  const words = await lexiconOf(ctx.db);
  const mark = lexiconMark(words);
  let changed = 0;
  for (let after = 0; ;) {
    const stale = await staleReadings(ctx.db, mark, after, BATCH);
    const last = stale.at(-1);
    if (last === undefined) return changed;
    changed += await ctx.db.transaction().execute((tx) => reread(tx, words, stale, ctx.now()));
    after = last.id;
  }
}
