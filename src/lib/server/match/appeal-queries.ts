import { isMember, isOfficial } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import type { AppealStatus } from '#lib/domain/match/appeal.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { isMemberOf } from '#lib/server/account/queries.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { explainInBoth } from '#lib/server/match/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface AppealLine {
  id: string;
  opportunity: { id: string; title: Names };
  /** null: the reader may not know whose name it is. */
  company: { id: string; name: Names | null };
  /** The side that objects. */
  by: 'company' | 'publisher';
  byName: Names;
  status: AppealStatus;
  openedAt: string;
  closedAt: string | null;
  /** `YYYY-MM-DD` */
  due: string;
}

export interface AppealView extends AppealLine {
  statement: string;
  lang: Lang;
  answer: string;
  /** What was seen when it was written. */
  reckoning: Explanation;
  /** In which words: the reader's, or the writer's when only those were kept. */
  reckoningLang: Lang;
}

function lines(ctx: Context) {
  return ctx.db
    .selectFrom('match_appeal')
    .innerJoin('opportunity', 'opportunity.id', 'match_appeal.opportunity_id')
    .innerJoin('organisation', 'organisation.id', 'match_appeal.organisation_id')
    .select([
      'match_appeal.id',
      'match_appeal.organisation_id',
      'match_appeal.opportunity_id',
      'match_appeal.company_id',
      'match_appeal.status',
      'match_appeal.opened_at',
      'match_appeal.closed_at',
      'match_appeal.due',
      'opportunity.title_ko',
      'opportunity.title_en',
      'organisation.name_ko',
      'organisation.name_en',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof lines>['execute']>>[number];

async function present(ctx: Context, rows: readonly Row[]): Promise<AppealLine[]> {
  const cards = await companyCards(ctx, [...new Set(rows.map((row) => row.company_id))]);
  const names = new Map(cards.filter(({ masked }) => !masked).map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    id: row.id,
    opportunity: { id: row.opportunity_id, title: { ko: row.title_ko, en: row.title_en } },
    company: { id: row.company_id, name: names.get(row.company_id) ?? null },
    by: row.organisation_id === row.company_id ? 'company' : 'publisher',
    byName: { ko: row.name_ko, en: row.name_en },
    status: row.status,
    openedAt: row.opened_at.toISOString(),
    closedAt: row.closed_at?.toISOString() ?? null,
    due: row.due,
  }));
}

/** The objections of the organisation acted for, newest first. */
export async function ownAppeals(ctx: Context): Promise<AppealLine[]> {
  if (!isMember(ctx.actor)) return [];
  const rows = await lines(ctx)
    .where('match_appeal.organisation_id', '=', ctx.actor.organisationId)
    .orderBy('match_appeal.opened_at', 'desc')
    .orderBy('match_appeal.id', 'desc')
    .limit(100)
    .execute();
  return present(ctx, rows);
}

/** For officials: open objections, the most urgent first, or answered ones, newest first. */
export async function appealsForOfficials(
  ctx: Context,
  { open, limit, offset }: { open: boolean; limit: number; offset: number },
): Promise<{ items: AppealLine[]; total: number }> {
  if (!isOfficial(ctx.actor)) return { items: [], total: 0 };
  const found = lines(ctx).where('match_appeal.status', open ? '=' : '<>', 'open');
  const [rows, { n }] = await Promise.all([
    (open ? found.orderBy('match_appeal.due') : found.orderBy('match_appeal.closed_at', 'desc'))
      .orderBy('match_appeal.id')
      .limit(limit)
      .offset(offset)
      .execute(),
    ctx.db
      .selectFrom('match_appeal')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('status', open ? '=' : '<>', 'open')
      .executeTakeFirstOrThrow(),
  ]);
  return { items: await present(ctx, rows), total: n };
}

/** One objection for those who made it, or an official; null for others. */
export async function appealFor(ctx: Context, id: string): Promise<AppealView | null> {
  if (!isUuid(id)) return null;
  const { actor } = ctx;
  if (!isMember(actor) && !isOfficial(actor)) return null;
  let query = lines(ctx)
    .select(['match_appeal.statement', 'match_appeal.lang', 'match_appeal.answer', 'match_appeal.reckoning'])
    .where('match_appeal.id', '=', id);
  if (isMember(actor)) query = query.where('match_appeal.organisation_id', '=', actor.organisationId);
  const row = await query.executeTakeFirst();
  if (row === undefined) return null;
  const [line] = await present(ctx, [row]);
  if (line === undefined) return null;
  const { statement, lang, answer, reckoning } = row;
  const kept = 'ko' in reckoning ? reckoning[ctx.lang] : reckoning;
  const reckoningLang = 'ko' in reckoning ? ctx.lang : lang;
  return { ...line, statement, lang, answer, reckoning: kept, reckoningLang };
}

/**
 * The reasons that may be objected to, in both languages: of a company that the publisher may know of, or of one's own.
 * Null for others: a company that does not show itself is not told of by its gates either.
 */
export async function questionable(
  ctx: Context,
  pair: { opportunity: string; company: string },
): Promise<Record<Lang, Explanation> | null> {
  if (!isUuid(pair.opportunity) || !isUuid(pair.company) || !isMember(ctx.actor)) return null;
  const itself = pair.company === ctx.actor.organisationId;
  if (!itself && (await companyCards(ctx, [pair.company])).length === 0) return null;
  return await explainInBoth(ctx, pair);
}

/** Whether the person belongs to a side of an objection. Then a colleague must answer it. */
export async function isOfASide(
  db: Context['db'],
  accountId: string | null,
  appeal: { organisation_id: string; company_id: string; publisher_id: string | null },
): Promise<boolean> {
  for (const side of new Set([appeal.organisation_id, appeal.company_id, appeal.publisher_id]))
    if (await isMemberOf(db, accountId, side)) return true;
  return false;
}

/** Whether an official must leave an objection to a colleague, told before anything is written. */
export async function conflictInAppeal(ctx: Context, id: string): Promise<boolean> {
  if (!isOfficial(ctx.actor)) return false;
  const row = await lines(ctx)
    .select('opportunity.organisation_id as publisher_id')
    .where('match_appeal.id', '=', id)
    .executeTakeFirst();
  return row !== undefined && isOfASide(ctx.db, ctx.actor.accountId, row);
}
