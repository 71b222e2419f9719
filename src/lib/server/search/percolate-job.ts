import { sql } from 'kysely';
import type { IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import type { Percolator } from '#lib/domain/search/percolate.ts';
import { EXTRAS } from '#lib/domain/search/saved.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import {
  forgetWaiting,
  isAnythingSaved,
  recordMatches,
  searchesWithExtras,
} from '#lib/server/search/percolate-queries.ts';
import { livePercolator } from '#lib/server/search/percolate-set.ts';
import { passing } from '#lib/server/search/saved-extras.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { eachApart } from '#lib/server/platform/each-apart.ts';

/**
 * The job `search.percolate`, asked for after a document was indexed: which saved searches does it answer now? It reads
 * the present rows and writes each match once, so that it can be repeated and two at once agree.
 */

export async function percolate(ctx: Context, payload: { kind: IndexKind; ids: string[] }): Promise<void> {
  const { kind, ids } = payload;
  if (!(await isAnythingSaved(ctx.db, kind))) return;
  const { lexicon } = await lexiconOf(ctx.db);
  // A search saved after this finds the document in the index already, and knows it.
  const set = (await livePercolator(ctx.db).fresh())[kind];
  await eachApart(
    'search.percolate',
    ids.map((id) => ({ id, work: () => percolateOne(ctx, { lexicon, set, kind, id }) })),
  );
}

interface Changed {
  lexicon: Lexicon;
  set: Percolator;
  kind: IndexKind;
  id: string;
}

async function percolateOne(ctx: Context, { lexicon, set, kind, id }: Changed): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    // One at a time for a document, and the row is read after: what was read earlier is never written later.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`percolate:${id}`}, 0))`.execute(tx);
    const [document] = await documentsOf(tx, lexicon, kind, [id], 0);
    if (document === undefined) return forgetWaiting(tx, kind, id);
    const searches = await matchesOf({ ...ctx, db: tx }, set, document);
    await recordMatches(tx, document, searches, { now: ctx.now(), day: koreanDay(ctx.now()) });
  });
}

/** The searches that a document answers now, the filters included that documents do not hold. */
async function matchesOf(ctx: Context, set: Percolator, document: SearchDocument): Promise<string[]> {
  const { kind, id: documentId } = document;
  const found = set.idsOf(set.match(document));
  if (EXTRAS[kind].length === 0 || found.length === 0) return found;
  const missed = new Set<string>();
  for (const { id, filters } of await searchesWithExtras(ctx.db, kind, found))
    if (!(await passing(ctx, { kind, filters }, [documentId])).has(documentId)) missed.add(id);
  return missed.size === 0 ? found : found.filter((id) => !missed.has(id));
}
