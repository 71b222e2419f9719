import { sql } from 'kysely';
import type { ProjectCard, ProjectDetail } from '#lib/domain/project/view.ts';
import type { Context } from '#lib/server/platform/context.ts';

type Tag = { id: string; ko: string; en: string; symbol: string };

/** Every project with what a card shows; callers add conditions. Projects are public. */
function cards(ctx: Context) {
  return ctx.db
    .selectFrom('project')
    .innerJoin('country', 'country.iso2', 'project.country')
    .select([
      'project.id',
      'project.name_ko',
      'project.name_en',
      'project.country',
      'country.name_ko as country_ko',
      'country.name_en as country_en',
      'project.phase',
      'project.msp_status',
      'project.korean_participants',
      'project.korean_participants_ko',
      'project.lat',
      'project.lon',
      'project.source',
      'project.confidence',
      'project.as_of',
      sql<ProjectCard['stages']>`(
        select coalesce(array_agg(s.stage order by array_position(
          array['upstream', 'midstream', 'downstream', 'recycling'], s.stage)), '{}')
        from project_stage s where s.project_id = project.id)`.as('stages'),
      sql<Tag[]>`(
        select coalesce(jsonb_agg(jsonb_build_object(
          'id', m.id, 'ko', m.name_ko, 'en', m.name_en, 'symbol', m.symbol)
          order by p.position, m.name_en), '[]')
        from project_mineral p join mineral m on m.id = p.mineral_id where p.project_id = project.id)`.as(
        'minerals',
      ),
    ]);
}

type CardRow = Awaited<ReturnType<ReturnType<typeof cards>['execute']>>[number];

function presentCard(row: CardRow): ProjectCard {
  return {
    id: row.id,
    name: { ko: row.name_ko ?? '', en: row.name_en },
    country: { id: row.country, ko: row.country_ko, en: row.country_en },
    phase: row.phase,
    stages: row.stages,
    minerals: row.minerals,
    msp: row.msp_status,
    korean: {
      ko: row.korean_participants_ko.length > 0 ? row.korean_participants_ko : row.korean_participants,
      en: row.korean_participants,
    },
    lat: row.lat,
    lon: row.lon,
    sourced: { source: row.source, confidence: row.confidence, asOf: row.as_of },
  };
}

/** All projects, or those of the ids, in the order of the ids. */
export async function projectCards(ctx: Context, ids?: readonly string[]): Promise<ProjectCard[]> {
  if (ids === undefined) return (await cards(ctx).orderBy('project.id').execute()).map(presentCard);
  if (ids.length === 0) return [];
  const rows = await cards(ctx)
    .where('project.id', 'in', [...ids])
    .execute();
  const byId = new Map(rows.map((row) => [row.id, presentCard(row)]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Projects that hold any of the minerals. */
export async function projectsOfMinerals(ctx: Context, minerals: readonly string[]): Promise<ProjectCard[]> {
  const rows = await cards(ctx)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('project_mineral')
          .whereRef('project_mineral.project_id', '=', 'project.id')
          .where('project_mineral.mineral_id', 'in', [...minerals])
          .select('project_mineral.mineral_id'),
      ),
    )
    .orderBy(sql`array_position(array['yes', 'reported', 'no'], project.msp_status)`)
    .orderBy('project.name_en')
    .execute();
  return rows.map(presentCard);
}

export async function projectsOfCountry(ctx: Context, iso2: string): Promise<ProjectCard[]> {
  const rows = await cards(ctx).where('project.country', '=', iso2).orderBy('project.name_en').execute();
  return rows.map(presentCard);
}

/** Everything the page of a project says, or null when there is none. */
export async function projectDetail(ctx: Context, id: string): Promise<ProjectDetail | null> {
  const row = await cards(ctx)
    .select([
      'project.summary_ko',
      'project.summary_en',
      'project.operator',
      'project.coordinate_confidence',
      'project.updated_at',
    ])
    .where('project.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const reasons = await ctx.db
    .selectFrom('project_stage')
    .select(['stage', 'reason_ko', 'reason_en'])
    .where('project_id', '=', id)
    .execute();
  return {
    ...presentCard(row),
    summary: { ko: row.summary_ko ?? '', en: row.summary_en },
    operator: row.operator,
    reasons: row.stages.map((stage) => {
      const reason = reasons.find((one) => one.stage === stage);
      return { stage, reason: { ko: reason?.reason_ko ?? '', en: reason?.reason_en ?? '' } };
    }),
    coordinateConfidence: row.coordinate_confidence,
    updatedAt: row.updated_at.toISOString().slice(0, 10),
  };
}

/** Projects by mineral id; a project counts under each of its minerals. */
export async function projectCountsByMineral(ctx: Context): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('project_mineral')
    .select((eb) => ['mineral_id', eb.fn.countAll<number>().as('n')])
    .groupBy('mineral_id')
    .execute();
  return new Map(rows.map((row) => [row.mineral_id, row.n]));
}

export async function projectCountsByCountry(ctx: Context): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('project')
    .select((eb) => ['country', eb.fn.countAll<number>().as('n')])
    .groupBy('country')
    .execute();
  return new Map(rows.map((row) => [row.country, row.n]));
}

export interface ProjectTotals {
  projects: number;
  countries: number;
  /** with a Korean company or body among those taking part, now or before */
  korean: number;
}

export async function projectTotals(ctx: Context): Promise<ProjectTotals> {
  return await ctx.db
    .selectFrom('project')
    .select((eb) => [
      eb.fn.countAll<number>().as('projects'),
      eb.fn.count<number>('country').distinct().as('countries'),
      sql<number>`count(*) filter (where cardinality(korean_participants) > 0)`.as('korean'),
    ])
    .executeTakeFirstOrThrow();
}
