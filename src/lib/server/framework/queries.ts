import { sql, type Kysely } from 'kysely';
import { defaultDay, frameworkOn } from '#lib/domain/framework/membership.ts';
import type {
  CountryMembership,
  FrameworkCard,
  FrameworkDetail,
  FrameworkLink,
  FrameworkOn,
  Membership,
} from '#lib/domain/framework/view.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

function cards(ctx: Context) {
  return ctx.db.selectFrom('framework').select((eb) => [
    'framework.id',
    'framework.name_ko',
    'framework.name_en',
    'framework.kind',
    'framework.lead_body',
    'framework.lead_body_ko',
    'framework.since',
    'framework.status',
    'framework.source',
    'framework.confidence',
    'framework.as_of',
    eb
      .selectFrom('framework_member as m')
      .whereRef('m.framework_id', '=', 'framework.id')
      .where('m.role', '=', 'member')
      .select((e) => e.fn.count<number>('m.country').distinct().as('n'))
      .as('members'),
    eb
      .exists(
        eb
          .selectFrom('framework_member as m')
          .whereRef('m.framework_id', '=', 'framework.id')
          .where('m.country', '=', 'KR')
          .select('m.id'),
      )
      .as('korea'),
  ]);
}

type CardRow = Awaited<ReturnType<ReturnType<typeof cards>['execute']>>[number];

function presentCard(row: CardRow): FrameworkCard {
  return {
    id: row.id,
    name: { ko: row.name_ko, en: row.name_en },
    kind: row.kind,
    leadBody: { ko: row.lead_body_ko || row.lead_body, en: row.lead_body },
    since: row.since,
    status: row.status,
    members: row.members ?? 0,
    korea: Boolean(row.korea),
    sourced: { source: row.source, confidence: row.confidence, asOf: row.as_of },
  };
}

/** All frameworks: those of the MSP first, then the active ones, by name. */
export async function frameworkCards(ctx: Context): Promise<FrameworkCard[]> {
  const rows = await cards(ctx)
    .orderBy(sql`id in ('forge', 'msp', 'msp-forum', 'msp-finance-network', 'msp-principles') desc`)
    .orderBy('name_en')
    .execute();
  return rows.map(presentCard);
}

/** Every dated membership of a framework, by day of beginning and name. */
async function historyOf(ctx: Context, framework: string): Promise<Membership[]> {
  const rows = await ctx.db
    .selectFrom('framework_member as m')
    .innerJoin('country as c', 'c.iso2', 'm.country')
    .where('m.framework_id', '=', framework)
    .select([
      'm.role',
      'm.from_text',
      'm.to_text',
      'm.note_ko',
      'm.note_en',
      'm.source',
      'm.confidence',
      'm.as_of',
      'c.iso2',
      'c.name_ko',
      'c.name_en',
      sql<string | null>`lower(m.period)`.as('from'),
      sql<string | null>`upper(m.period)`.as('to'),
    ])
    .orderBy(sql`lower(m.period)`, (o) => o.asc().nullsFirst())
    .orderBy('c.name_en')
    .execute();
  return rows.map((row) => ({
    country: { id: row.iso2, ko: row.name_ko, en: row.name_en },
    role: row.role,
    from: row.from,
    to: row.to,
    fromText: row.from_text,
    toText: row.to_text,
    note: { ko: row.note_ko, en: row.note_en },
    sourced: { source: row.source, confidence: row.confidence, asOf: row.as_of },
  }));
}

/** Members, observers and chair of a framework on a day, `YYYY-MM-DD`. */
export async function frameworkOnDay(ctx: Context, framework: string, day: string): Promise<FrameworkOn> {
  return frameworkOn(await historyOf(ctx, framework), day);
}

/** Member countries of a framework on a day (`YYYY-MM-DD`), in the order of their codes. */
export async function memberCountriesOn(
  db: Kysely<Database>,
  framework: string,
  day: string,
): Promise<string[]> {
  const rows = await db
    .selectFrom('framework_member')
    .select('country')
    .distinct()
    .where('framework_id', '=', framework)
    .where('role', '=', 'member')
    .where(sql<boolean>`period @> ${day}::date`)
    .orderBy('country')
    .execute();
  return rows.map(({ country }) => country);
}

/** Frameworks that have members on a day, by name, with how many: a notice may be open to their companies only. */
export async function frameworksWithMembers(ctx: Context, day: string) {
  return await ctx.db
    .selectFrom('framework as f')
    .innerJoin('framework_member as m', 'm.framework_id', 'f.id')
    .where('m.role', '=', 'member')
    .where(sql<boolean>`m.period @> ${day}::date`)
    .select(['f.id', 'f.name_ko as ko', 'f.name_en as en'])
    .select((eb) => eb.fn.count<number>('m.country').distinct().as('members'))
    .groupBy('f.id')
    .orderBy('f.name_en')
    .execute();
}

/** Everything the page of a framework says about it on a day (by default today, or its last day). */
export async function frameworkDetail(
  ctx: Context,
  id: string,
  day: string | null,
): Promise<FrameworkDetail | null> {
  const row = await cards(ctx)
    .select(['framework.notes', 'framework.notes_ko', 'framework.predecessor'])
    .where('framework.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const [history, links] = await Promise.all([historyOf(ctx, id), linksOf(ctx, id, row.predecessor)]);
  const on = day ?? defaultDay(history, koreanDay(ctx.now()));
  return {
    ...presentCard(row),
    notes: { ko: row.notes_ko || row.notes, en: row.notes },
    ...links,
    history,
    on: frameworkOn(history, on),
  };
}

async function linksOf(ctx: Context, id: string, predecessor: string | null) {
  const rows = await ctx.db
    .selectFrom('framework')
    .select(['id', 'name_ko', 'name_en', 'since', 'predecessor'])
    .where((eb) => eb.or([eb('predecessor', '=', id), eb('id', '=', predecessor)]))
    .execute();
  const link = (row: (typeof rows)[number]): FrameworkLink => ({
    id: row.id,
    ko: row.name_ko,
    en: row.name_en,
    since: row.since,
  });
  const before = rows.find((row) => row.id === predecessor);
  return {
    predecessor: before ? link(before) : null,
    successors: rows.filter((row) => row.predecessor === id).map(link),
  };
}

/** What a country is or was in which framework; on a day, only what it was then. */
export async function membershipsOf(
  ctx: Context,
  iso2: string,
  day: string | null = null,
): Promise<CountryMembership[]> {
  let query = ctx.db
    .selectFrom('framework_member as m')
    .innerJoin('framework as f', 'f.id', 'm.framework_id')
    .where('m.country', '=', iso2)
    .select([
      'f.id',
      'f.name_ko',
      'f.name_en',
      'm.role',
      'm.from_text',
      'm.to_text',
      'm.source',
      'm.confidence',
      'm.as_of',
    ]);
  if (day !== null) query = query.where(sql<boolean>`m.period @> ${day}::date`);
  const rows = await query
    .orderBy(sql`lower(m.period) desc nulls last`)
    .orderBy('f.name_en')
    .execute();
  return rows.map((row) => ({
    framework: { id: row.id, ko: row.name_ko, en: row.name_en },
    role: row.role,
    fromText: row.from_text,
    toText: row.to_text,
    sourced: { source: row.source, confidence: row.confidence, asOf: row.as_of },
  }));
}
