import { sql, type Kysely } from 'kysely';
import { organisationOf } from '#lib/domain/account/actor.ts';
import { isMember } from '#lib/domain/account/policy.ts';
import type { AccountIdentity } from '#lib/domain/account/hat.ts';
import type { MatchSide } from '#lib/domain/match/alert.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Frequency } from '#lib/domain/search/saved.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** New strong matches that wait to be told, and how each person wants to be told. */

type Db = Kysely<Database>;

export interface FoundPair {
  opportunityId: string;
  companyId: string;
}

/** A person as a member of an organisation, on one side. */
export interface AlertedHat {
  accountId: string;
  organisationId: string;
  side: MatchSide;
}

/** How far the changes of the strong group were turned into alerts; held until the transaction ends. */
export async function lockMark(db: Db): Promise<number> {
  const row = await db.selectFrom('match_alert_mark').select('seq').forUpdate().executeTakeFirstOrThrow();
  return row.seq;
}

export async function setMark(db: Db, seq: number): Promise<void> {
  await db.updateTable('match_alert_mark').set({ seq }).execute();
}

/**
 * One alert for each person of the company and of the publisher who wants to be told and was never told of the pair.
 * Answers how many were new.
 */
export async function insertAlerts(db: Db, pairs: readonly FoundPair[], now: Date): Promise<number> {
  if (pairs.length === 0) return 0;
  const { numAffectedRows } = await sql`
    insert into match_alert (account_id, side, opportunity_id, company_id, organisation_id, found_at)
    select m.account_id, w.side, w.opportunity_id, w.company_id, m.organisation_id, ${now}
    from (
      select 'company' as side, p.opportunity_id, p.company_id, o.id as organisation_id
      from ${rowsOf(pairs)} join organisation o on o.id = p.company_id and o.supplier
      union all
      select 'lead', p.opportunity_id, p.company_id, o.id
      from ${rowsOf(pairs)} join opportunity n on n.id = p.opportunity_id
        join organisation o on o.id = n.organisation_id and o.lead
    ) w
    join membership m on m.organisation_id = w.organisation_id
    join account a on a.id = m.account_id and a.email_verified_at is not null
    left join match_alert_setting s on s.account_id = m.account_id and s.organisation_id = m.organisation_id
      and s.side = w.side
    where coalesce(s.frequency, 'daily') <> 'none'
    on conflict do nothing`.execute(db);
  return Number(numAffectedRows ?? 0);
}

const rowsOf = (pairs: readonly FoundPair[]) => sql`unnest(${pairs.map((one) => one.opportunityId)}::uuid[],
  ${pairs.map((one) => one.companyId)}::uuid[]) as p (opportunity_id, company_id)`;

/** Whom something waits for, after `after` in the order of person, organisation and side. */
export async function hatsWaiting(
  db: Db,
  frequency: Frequency,
  after: AlertedHat | null,
  most: number,
): Promise<AlertedHat[]> {
  const from =
    after === null
      ? sql`true`
      : sql`(a.account_id, a.organisation_id, a.side) >
          (${after.accountId}::uuid, ${after.organisationId}::uuid, ${after.side})`;
  const { rows } = await sql<AlertedHat>`
    select distinct a.account_id as "accountId", a.organisation_id as "organisationId", a.side
    from match_alert a left join match_alert_setting s on s.account_id = a.account_id
      and s.organisation_id = a.organisation_id and s.side = a.side
    where a.told_at is null and coalesce(s.frequency, 'daily') = ${frequency} and ${from}
    order by 1, 2, 3 limit ${most}`.execute(db);
  return rows;
}

/** What waits for one of them, the oldest first. */
export async function pairsWaiting(db: Db, hat: AlertedHat, most: number): Promise<FoundPair[]> {
  return await db
    .selectFrom('match_alert')
    .select(['opportunity_id as opportunityId', 'company_id as companyId'])
    .where('account_id', '=', hat.accountId)
    .where('organisation_id', '=', hat.organisationId)
    .where('side', '=', hat.side)
    .where('told_at', 'is', null)
    .orderBy('found_at')
    .orderBy('opportunity_id')
    .orderBy('company_id')
    .limit(most)
    .execute();
}

export interface Reader extends AccountIdentity {
  lang: Lang;
}

/** The person to tell; null when there is none any more. */
export async function readerOf(db: Db, accountId: string): Promise<Reader | null> {
  const { rows } = await sql<Reader>`
    select id, name, email, lang, email_verified_at is not null as verified from account
    where id = ${accountId}`.execute(db);
  return rows[0] ?? null;
}

/** How many of these still wait, and are still wanted that often. */
export async function stillWaiting(
  db: Db,
  { accountId, organisationId, side }: AlertedHat,
  frequency: Frequency,
  pairs: readonly FoundPair[],
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${rowsOf(pairs)} join match_alert a on a.account_id = ${accountId}
      and a.side = ${side} and a.opportunity_id = p.opportunity_id and a.company_id = p.company_id
      left join match_alert_setting s on s.account_id = a.account_id and s.organisation_id = a.organisation_id
        and s.side = a.side
    where a.told_at is null and a.organisation_id = ${organisationId}
      and coalesce(s.frequency, 'daily') = ${frequency}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** These are told: never again. */
export async function markTold(
  db: Db,
  { accountId, side }: AlertedHat,
  pairs: readonly FoundPair[],
  now: Date,
): Promise<void> {
  if (pairs.length === 0) return;
  await sql`update match_alert a set told_at = ${now} from ${rowsOf(pairs)} where a.account_id = ${accountId}
    and a.side = ${side} and a.opportunity_id = p.opportunity_id and a.company_id = p.company_id`.execute(db);
}

/** These may not be told of now; should they come anew into the strong group, they are found again. */
export async function takeBack(
  db: Db,
  { accountId, side }: AlertedHat,
  pairs: readonly FoundPair[],
): Promise<void> {
  if (pairs.length === 0) return;
  await sql`delete from match_alert a using ${rowsOf(pairs)} where a.account_id = ${accountId}
    and a.side = ${side} and a.opportunity_id = p.opportunity_id and a.company_id = p.company_id
    and a.told_at is null`.execute(db);
}

/** What waits is let go: the person does not want to be told. */
export async function letGo(db: Db, { accountId, organisationId, side }: AlertedHat): Promise<void> {
  await db
    .deleteFrom('match_alert')
    .where('account_id', '=', accountId)
    .where('organisation_id', '=', organisationId)
    .where('side', '=', side)
    .where('told_at', 'is', null)
    .execute();
}

/** The setting of one of them, made with a token for its stop link when there is none. */
export async function settingOf(db: Db, hat: AlertedHat, token: string) {
  const key = { account_id: hat.accountId, organisation_id: hat.organisationId, side: hat.side };
  await db
    .insertInto('match_alert_setting')
    .values({ ...key, stop_token: token })
    .onConflict((c) => c.columns(['account_id', 'organisation_id', 'side']).doNothing())
    .execute();
  return await db
    .selectFrom('match_alert_setting')
    .select(['frequency', 'stop_token'])
    .where('account_id', '=', hat.accountId)
    .where('organisation_id', '=', hat.organisationId)
    .where('side', '=', hat.side)
    .executeTakeFirstOrThrow();
}

export async function writeFrequency(db: Db, hat: AlertedHat, frequency: Frequency): Promise<void> {
  await db
    .updateTable('match_alert_setting')
    .set({ frequency })
    .where('account_id', '=', hat.accountId)
    .where('organisation_id', '=', hat.organisationId)
    .where('side', '=', hat.side)
    .execute();
}

/** Whose alerts a stop link stops, held until the transaction ends; null when it names none. */
export async function lockStopped(db: Db, token: string): Promise<AlertedHat | null> {
  const row = await db
    .selectFrom('match_alert_setting')
    .select(['account_id as accountId', 'organisation_id as organisationId', 'side'])
    .where('stop_token', '=', token)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** How often the person is told of matches of the organisation they act for; null for those who act for none. */
export async function ownMatchAlerts(ctx: Context, side: MatchSide): Promise<Frequency | null> {
  const { actor } = ctx;
  const organisationId = organisationOf(actor);
  if (!isMember(actor) || organisationId === null) return null;
  const row = await ctx.db
    .selectFrom('match_alert_setting')
    .select('frequency')
    .where('account_id', '=', actor.accountId)
    .where('organisation_id', '=', organisationId)
    .where('side', '=', side)
    .executeTakeFirst();
  return row?.frequency ?? 'daily';
}

export interface MatchStopLink {
  side: MatchSide;
  organisation: Names;
  active: boolean;
}

/** What a stop link stops; null when it names nothing. Reads only: programs follow links in mails. */
export async function matchStopLink(ctx: Context, token: string): Promise<MatchStopLink | null> {
  const row = await ctx.db
    .selectFrom('match_alert_setting as s')
    .innerJoin('organisation as o', 'o.id', 's.organisation_id')
    .select(['s.side', 's.frequency', 'o.name_ko as ko', 'o.name_en as en'])
    .where('s.stop_token', '=', token)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { side, frequency, ko, en } = row;
  return { side, organisation: { ko, en }, active: frequency !== 'none' };
}
