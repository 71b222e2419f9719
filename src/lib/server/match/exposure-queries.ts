import { sql, type Kysely } from 'kysely';
import {
  EXPOSURE_DIMENSIONS,
  exposureShares,
  guarded,
  NEW_DAYS,
  OTHER,
  SHOWN_PLACES,
  type ExposureCount,
  type ExposureDimension,
  type ExposureShare,
} from '#lib/domain/match/exposure.ts';
import { groupOf } from '#lib/domain/match/group.ts';
import { scorePair } from '#lib/domain/match/score.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Strong matches are counted this far down a list; longer ones are counted as if they ended here. */
const FARTHEST = 500;

export interface Exposure {
  day: string;
  model: string;
  dimensions: { dimension: ExposureDimension; kinds: ExposureShare[] }[];
}

interface Kind {
  size: string;
  age: string;
  province: string;
}

/** The kinds of each published company on a day. */
async function kindsOf(db: Kysely<Database>, day: string): Promise<Map<string, Kind>> {
  const { rows } = await sql<{ id: string } & Kind>`
    select c.organisation_id as id, coalesce(c.size, ${OTHER}) as size,
      case when o.created_at >= ${day}::date - ${NEW_DAYS}::int then 'new' else 'older' end as age,
      case when c.province = '' then ${OTHER} else c.province end as province
    from company c join organisation o on o.id = c.organisation_id
    where c.published_at is not null and o.standing not in ('suspended', 'refused')`.execute(db);
  return new Map(rows.map(({ id, ...kind }) => [id, kind]));
}

type Tally = Record<ExposureDimension, Map<string, ExposureCount>>;

/**
 * Counts whom the lists of the open notices show, beside whom they could show, and stores it for the day. Counted anew
 * on the same day, the later count stands.
 */
export async function countExposure(ctx: Context): Promise<void> {
  const day = koreanDay(ctx.now());
  const [live, kinds] = await Promise.all([matchIndexOf(ctx.db).fresh(), kindsOf(ctx.db, day)]);
  const tally: Tally = { size: new Map(), age: new Map(), province: new Map() };
  const add = (id: string, of: 'companies' | 'shown' | 'relevant') => {
    const kind = kinds.get(id);
    if (kind === undefined) return;
    for (const dimension of EXPOSURE_DIMENSIONS) {
      const value = kind[dimension];
      const count = tally[dimension].get(value) ?? { value, companies: 0, shown: 0, relevant: 0 };
      count[of] += 1;
      tally[dimension].set(value, count);
    }
  };
  for (const id of kinds.keys()) add(id, 'companies');
  for (const { id } of await openNotices(ctx)) {
    countList(live, id, day, add);
    // A long count must not hold up whatever else this process answers.
    await new Promise((next) => setImmediate(next));
  }
  const rows = EXPOSURE_DIMENSIONS.flatMap((dimension) =>
    [...tally[dimension].values()].map((count) => ({
      day,
      dimension,
      model: live.world.basis.model.id,
      ...count,
    })),
  );
  await ctx.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('match_exposure').where('day', '=', day).execute();
    if (rows.length > 0) await tx.insertInto('match_exposure').values(rows).execute();
  });
}

async function openNotices(ctx: Context): Promise<{ id: string }[]> {
  return ctx.db
    .selectFrom('opportunity')
    .select('id')
    .where('status', '=', 'published')
    .where((eb) => eb.or([eb('deadline', 'is', null), eb('deadline', '>', ctx.now())]))
    .orderBy('id')
    .execute();
}

function countList(
  { engine }: LiveEngine,
  opportunity: string,
  day: string,
  add: (id: string, of: 'shown' | 'relevant') => void,
): void {
  const need = engine.need(opportunity, day);
  if (need === null) return;
  const { hits } = engine.companiesFor(need, { limit: FARTHEST, inviting: true });
  hits.forEach(({ id, item }, place) => {
    if (place < SHOWN_PLACES) add(id, 'shown');
    const match = scorePair(need, item, { inviting: true });
    if (groupOf(need, item, match) === 'strong') add(id, 'relevant');
  });
}

/** The newest count, kinds of too few companies put together; null before the first. For everyone. */
export async function exposure(ctx: Context): Promise<Exposure | null> {
  const rows = await ctx.db
    .selectFrom('match_exposure')
    .selectAll()
    .where('day', '=', (eb) => eb.selectFrom('match_exposure').select((e) => e.fn.max('day').as('day')))
    .orderBy('companies', 'desc')
    .orderBy('value')
    .execute();
  const [first] = rows;
  if (first === undefined) return null;
  return {
    day: first.day,
    model: first.model,
    dimensions: EXPOSURE_DIMENSIONS.map((dimension) => ({
      dimension,
      kinds: exposureShares(guarded(rows.filter((row) => row.dimension === dimension).map(countOf))),
    })),
  };
}

function countOf({ value, companies, shown, relevant }: ExposureCount): ExposureCount {
  return { value, companies, shown, relevant };
}
