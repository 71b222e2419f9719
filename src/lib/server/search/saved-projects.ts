import { sql } from 'kysely';
import { listProjects, projectFilters } from '#lib/domain/project/listing.ts';
import { PROJECT_EXTRAS, type SavedFilters } from '#lib/domain/search/saved.ts';
import { projectCards } from '#lib/server/project/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { WriteContext } from '#lib/server/platform/command.ts';

/**
 * Two filters of the list of projects (framework, Korean participation) are no part of search documents. A saved search
 * that has them is asked for its other parts first, and for these here.
 */

/** Of some projects those that pass the filters that documents do not hold. */
export async function passingProjects(
  ctx: Pick<Context, 'db' | 'actor' | 'now' | 'lang' | 'requestId'>,
  filters: SavedFilters,
  ids: readonly string[],
): Promise<Set<string>> {
  const params = new URLSearchParams();
  for (const extra of PROJECT_EXTRAS) for (const value of filters[extra] ?? []) params.append(extra, value);
  const cards = await projectCards(ctx, ids);
  const { matches } = listProjects(cards, projectFilters(params), 'found', (names) => names.en);
  return new Set(matches.map(({ id }) => id));
}

/** Projects that only seemed to match when the search was saved are not known: they may match later. */
export async function lettingProjects(
  tx: WriteContext,
  search: { id: string; filters: SavedFilters },
): Promise<void> {
  const known = await tx.db
    .selectFrom('saved_search_hit')
    .select('document_id')
    .where('saved_search_id', '=', search.id)
    .execute();
  const ids = known.map((row) => row.document_id);
  const { db, actor, now, lang } = tx;
  const ctx = { db, actor, now: () => now, lang, requestId: 'search.save' };
  const passing = await passingProjects(ctx, search.filters, ids);
  const seeming = ids.filter((id) => !passing.has(id));
  await sql`delete from saved_search_hit where saved_search_id = ${search.id}
    and document_id = any(${seeming})`.execute(tx.db);
}
