import { sql, type Kysely } from 'kysely';
import { OFFICE, type Hat } from '#lib/domain/account/hat.ts';
import type { Agency, MemberRoleInOrganisation, Standing } from '#lib/domain/account/account.ts';
import { agencyName } from '#lib/i18n/account.ts';
import type { Database } from '#lib/server/platform/schema.ts';

interface HatRow {
  organisation_id: string;
  role: MemberRoleInOrganisation;
  supplier: boolean;
  lead: boolean;
  name_ko: string;
  name_en: string;
  standing: Standing;
  vetted_until: string | null;
}

export interface HatsAndUnread {
  hats: Hat[];
  unread: number;
  /** The newest 200: where each leads, and for which organisation (null: for the person or the office). */
  waiting: { path: string; organisation_id: string | null }[];
}

/** What a request needs to know of a person besides the session itself, in one round trip. */
export async function hatsAndUnread(db: Kysely<Database>, accountId: string): Promise<HatsAndUnread> {
  const { rows } = await sql<{
    hats: HatRow[];
    office: { agency: Agency; administrator: boolean } | null;
    unread: number;
    waiting: HatsAndUnread['waiting'];
  }>`
    select
      coalesce((select json_agg(h order by h.name_ko, h.organisation_id) from (
        select m.organisation_id, m.role, o.supplier, o.lead, o.name_ko, o.name_en, o.standing, o.vetted_until
        from membership m join organisation o on o.id = m.organisation_id where m.account_id = ${accountId}) h), '[]') as hats,
      (select json_build_object('agency', agency, 'administrator', administrator)
        from office where account_id = ${accountId}) as office,
      (select count(*) from notice where account_id = ${accountId} and read_at is null) as unread,
      coalesce((select json_agg(n) from (
        select path, organisation_id from notice where account_id = ${accountId} and read_at is null
        order by created_at desc limit 200) n), '[]') as waiting`.execute(db);
  const row = rows[0];
  if (!row) return { hats: [], unread: 0, waiting: [] };
  const hats: Hat[] = row.hats.map(organisationHat);
  if (row.office) hats.unshift(officeHat(row.office));
  return { hats, unread: row.unread, waiting: row.waiting };
}

/** The hats of a person, the office first. */
export async function hatsOf(db: Kysely<Database>, accountId: string): Promise<Hat[]> {
  return (await hatsAndUnread(db, accountId)).hats;
}

function organisationHat(row: HatRow): Hat {
  return {
    key: row.organisation_id,
    kind: row.supplier && row.lead ? 'both' : row.lead ? 'lead' : 'company',
    nameKo: row.name_ko,
    nameEn: row.name_en,
    role: row.role,
    standing: row.standing,
    vettedUntil: row.vetted_until,
  };
}

function officeHat(office: { agency: Agency; administrator: boolean }): Hat {
  const kind = office.administrator ? 'administrator' : 'official';
  return {
    key: OFFICE,
    kind,
    nameKo: agencyName[office.agency]('ko'),
    nameEn: agencyName[office.agency]('en'),
    role: kind,
    standing: null,
    agency: office.agency,
  };
}

/** After this long without a request, the next one begins a new visit. */
const VISIT_GAP_MS = 30 * 60_000;
/** The time of the last request is written at most this often. */
const TOUCH_EVERY_MS = 5 * 60_000;

interface Visited {
  id: string;
  session: { id: string; seenAt: Date };
  lastSeenAt: Date | null;
  previousVisitAt: Date | null;
}

/**
 * Notes that the person is here, and answers when their previous visit ended. Two requests at once count once:
 * the second finds the row already touched.
 */
export async function touchVisit(db: Kysely<Database>, person: Visited, now: Date): Promise<Date | null> {
  const due = new Date(now.getTime() - TOUCH_EVERY_MS);
  const fresh = person.lastSeenAt !== null && person.lastSeenAt > due && person.session.seenAt > due;
  if (fresh) return person.previousVisitAt;
  const gap = new Date(now.getTime() - VISIT_GAP_MS);
  const { rows } = await sql<{ previous_visit_at: Date | null }>`
    with touched as (
      update account set
        previous_visit_at = case when last_seen_at < ${gap} then last_seen_at else previous_visit_at end,
        last_seen_at = ${now}
      where id = ${person.id} and (last_seen_at is null or last_seen_at <= ${due})
      returning previous_visit_at
    ), seen as (update session set seen_at = ${now} where id = ${person.session.id} and seen_at <= ${due})
    select previous_visit_at from touched`.execute(db);
  return rows[0] ? rows[0].previous_visit_at : person.previousVisitAt;
}

/** The hat a person wore last; null when none was ever chosen. */
export async function lastHat(db: Kysely<Database>, accountId: string): Promise<string | null> {
  const row = await db
    .selectFrom('account')
    .select('last_acting')
    .where('id', '=', accountId)
    .executeTakeFirst();
  return row?.last_acting ?? null;
}

export async function rememberHat(db: Kysely<Database>, accountId: string, hat: string): Promise<void> {
  await db.updateTable('account').set({ last_acting: hat }).where('id', '=', accountId).execute();
}
