import { sql } from 'kysely';
import { listProjects, projectFilters } from '#lib/domain/project/listing.ts';
import { deadlineFilter, isWithin } from '#lib/domain/search/deadline.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { EXTRAS, hasExtras, type SavedFilters } from '#lib/domain/search/saved.ts';
import { projectCards } from '#lib/server/project/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

/**
 * Filters that search documents do not hold: how near a deadline is, a project's framework and Korean participation. A
 * saved search that has them is asked for its other parts first, and for these here.
 */

interface Filtered {
  kind: IndexKind;
  filters: SavedFilters;
}

/** Of some documents those that pass the filters that documents do not hold. */
export async function passing(
  ctx: Context,
  { kind, filters }: Filtered,
  ids: readonly string[],
): Promise<Set<string>> {
  if (!hasExtras(kind, filters)) return new Set(ids);
  return kind === 'project'
    ? await passingProjects(ctx, filters, ids)
    : await withinDeadline(ctx, filters, ids);
}

async function passingProjects(
  ctx: Context,
  filters: SavedFilters,
  ids: readonly string[],
): Promise<Set<string>> {
  const params = new URLSearchParams();
  for (const extra of EXTRAS.project) for (const value of filters[extra] ?? []) params.append(extra, value);
  const cards = await projectCards(ctx, ids);
  const { matches } = listProjects(cards, projectFilters(params), 'found', (names) => names.en);
  return new Set(matches.map(({ id }) => id));
}

async function withinDeadline(
  ctx: Context,
  filters: SavedFilters,
  ids: readonly string[],
): Promise<Set<string>> {
  const filter = deadlineFilter(ctx.now(), filters['deadline'] ?? []);
  const { rows } = await sql<{ id: string; deadline: Date | null }>`
    select id, deadline from search_opportunity where id = any(${[...ids]})`.execute(ctx.db);
  return new Set(rows.filter(({ deadline }) => isWithin(filter, deadline)).map(({ id }) => id));
}

/** Documents that only seemed to match when a search was saved are not known: they may match later. */
export async function forgetSeeming(ctx: Context, search: Filtered & { id: string }): Promise<void> {
  if (!hasExtras(search.kind, search.filters)) return;
  const known = await ctx.db
    .selectFrom('saved_search_hit')
    .select('document_id')
    .where('saved_search_id', '=', search.id)
    .execute();
  const ids = known.map((row) => row.document_id);
  const right = await passing(ctx, search, ids);
  const seeming = ids.filter((id) => !right.has(id));
  await sql`delete from saved_search_hit where saved_search_id = ${search.id}
    and document_id = any(${seeming})`.execute(ctx.db);
}
