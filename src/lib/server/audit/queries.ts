import { sql, type Expression, type SqlBool } from 'kysely';
import type { ActorKind } from '#lib/domain/account/actor.ts';
import { isOfficial } from '#lib/domain/account/policy.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface AuditFilter {
  /** An action, or the beginning of several: `vetting`. */
  action: string;
  /** Kind of object; empty for all. */
  object: string;
  /** Id of one object. */
  objectId: string;
  /** Part of a person's name or mail address. */
  person: string;
  /** First and last day in Korea, `YYYY-MM-DD`. */
  from: string | null;
  to: string | null;
}

export interface AuditLine {
  id: number;
  at: Date;
  actorKind: ActorKind;
  /** Null when the account is gone or there was none. */
  person: string | null;
  organisationKo: string | null;
  organisationEn: string | null;
  action: string;
  objectKind: string;
  objectId: string;
  changes: AuditChange[];
}

/** One value that was set: before and after, as text. */
export interface AuditChange {
  field: string;
  before: string | null;
  after: string | null;
}

export const AUDIT_PER_PAGE = 50;

export interface AuditPage {
  items: AuditLine[];
  total: number;
  page: number;
  /** What can be filtered by. */
  actions: string[];
  objects: string[];
}

/** The audit trail, newest first, for officials; null for everyone else. */
export async function auditPage(ctx: Context, filter: AuditFilter, page: number): Promise<AuditPage | null> {
  if (!isOfficial(ctx.actor)) return null;
  const conditions = conditionsOf(filter);
  if (!ctx.actor.administrator) conditions.push(NOT_PRIVATE);
  const where = conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;
  const counted = await sql<{ n: number }>`select count(*) as n from audit_entry e ${where}`.execute(ctx.db);
  const total = counted.rows[0]?.n ?? 0;
  const at = Math.min(Math.max(1, page), Math.max(1, Math.ceil(total / AUDIT_PER_PAGE)));
  const { rows } = await sql<AuditRow>`
    select e.id, e.at, e.actor_kind, e.action, e.object_kind, e.object_id, e.before, e.after,
      a.name as person, o.name_ko, o.name_en
    from (select * from audit_entry e ${where}
      order by e.id desc limit ${AUDIT_PER_PAGE} offset ${(at - 1) * AUDIT_PER_PAGE}) e
    left join account a on a.id = e.actor_account
    left join organisation o on o.id = e.actor_organisation
    order by e.id desc`.execute(ctx.db);
  return { items: rows.map(line), total, page: at, ...(await filterChoices(ctx)) };
}

/**
 * Officials see no more through the trail than on pages: what a lead drafts or notes for itself, and what a company
 * has not published, is for administrators alone, who answer for the trail being whole.
 */
const NOT_PRIVATE = sql<SqlBool>`e.object_kind <> 'shortlist'
  and not (e.object_kind = 'opportunity' and exists (
    select from opportunity p where p.id::text = e.object_id and p.status = 'draft'))
  and not (e.object_kind in ('company', 'organisation') and e.action like 'company.%' and exists (
    select from company c where c.organisation_id::text = e.object_id and c.published_at is null))`;

interface AuditRow {
  id: number;
  at: Date;
  actor_kind: ActorKind;
  action: string;
  object_kind: string;
  object_id: string;
  before: unknown;
  after: unknown;
  person: string | null;
  name_ko: string | null;
  name_en: string | null;
}

/** Days are those of Korea, from midnight to midnight. */
function conditionsOf(filter: AuditFilter): Expression<SqlBool>[] {
  const conditions: Expression<SqlBool>[] = [];
  if (filter.action !== '') {
    const beginning = `${filter.action}.`;
    conditions.push(sql`(e.action = ${filter.action} or starts_with(e.action, ${beginning}))`);
  }
  if (filter.object !== '') conditions.push(sql`e.object_kind = ${filter.object}`);
  if (filter.objectId !== '') conditions.push(sql`e.object_id = ${filter.objectId}`);
  if (filter.person !== '') {
    conditions.push(sql`e.actor_account in (select id from account
      where position(lower(${filter.person}) in lower(name || ' ' || email)) > 0)`);
  }
  if (filter.from !== null) {
    conditions.push(sql`e.at >= ${filter.from}::date::timestamp at time zone 'Asia/Seoul'`);
  }
  if (filter.to !== null) {
    conditions.push(sql`e.at < (${filter.to}::date + 1)::timestamp at time zone 'Asia/Seoul'`);
  }
  return conditions;
}

/** The actions and kinds of object that occur, read by jumping along the indexes instead of over all rows. */
async function filterChoices(ctx: Context): Promise<{ actions: string[]; objects: string[] }> {
  const distinct = (column: 'action' | 'object_kind') => sql<{ value: string }>`
    with recursive seen as (
      (select ${sql.ref(column)} as value from audit_entry order by 1 limit 1)
      union all
      select (select ${sql.ref(column)} from audit_entry where ${sql.ref(column)} > seen.value order by 1 limit 1)
      from seen where seen.value is not null
    ) select value from seen where value is not null`;
  const actions = await distinct('action').execute(ctx.db);
  const objects = await distinct('object_kind').execute(ctx.db);
  return { actions: actions.rows.map((row) => row.value), objects: objects.rows.map((row) => row.value) };
}

function line(row: AuditRow): AuditLine {
  return {
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    person: row.person,
    organisationKo: row.name_ko,
    organisationEn: row.name_en,
    action: row.action,
    objectKind: row.object_kind,
    objectId: row.object_id,
    changes: changesOf(row.before, row.after),
  };
}

/** What differs between two states, field by field; a state that is no object is one field without a name. */
export function changesOf(before: unknown, after: unknown): AuditChange[] {
  const left = fieldsOf(before);
  const right = fieldsOf(after);
  const names = [...new Set([...left.keys(), ...right.keys()])];
  return names
    .map((field) => ({ field, before: left.get(field) ?? null, after: right.get(field) ?? null }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(state: unknown): Map<string, string> {
  if (state === null || state === undefined) return new Map();
  if (typeof state !== 'object' || Array.isArray(state)) return new Map([['', textOf(state)]]);
  return new Map(Object.entries(state).map(([name, value]) => [name, textOf(value)]));
}

function textOf(value: unknown): string {
  if (value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
