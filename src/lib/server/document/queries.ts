import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { organisationOf, type Actor } from '#lib/domain/account/actor.ts';
import { fewBytesLeft, neutralFileName } from '#lib/domain/document/file.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { bytesOf } from '#lib/server/document/repository.ts';
import { config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Where = (eb: ExpressionBuilder<Database, 'file'>) => Expression<SqlBool>;

/**
 * Which files an actor may open: those of the organisation acted for; officials all; a project lead those that a
 * company chose to show it in an expression of interest (its own or its team's) that was not withdrawn, named
 * themselves or through the entry of the profile they belong to.
 */
export function visibleTo(actor: Actor): Where {
  switch (actor.kind) {
    case 'system':
    case 'official':
      return () => sql<SqlBool>`true`;
    case 'member':
      return (eb) =>
        actor.lead
          ? eb.or([eb('file.organisation_id', '=', actor.organisationId), shownTo(actor.organisationId)])
          : eb('file.organisation_id', '=', actor.organisationId);
    case 'person':
    case 'visitor':
      return () => sql<SqlBool>`false`;
  }
}

/** Shown to a lead's organisation: the ids in `interest.evidence` are plain texts or objects with an `id`. */
function shownTo(leadId: string): Expression<SqlBool> {
  return sql<SqlBool>`exists (
    select 1
    from interest i
    join opportunity o on o.id = i.opportunity_id
    join organisation l on l.id = o.organisation_id and l.standing <> 'suspended'
    cross join lateral (
      select i.organisation_id as owner, i.evidence as shown
      union all select m.organisation_id, m.evidence from team_member m
        where m.team_id = i.team_id and m.state = 'accepted'
    ) s
    cross join lateral jsonb_array_elements(s.shown) e
    where o.organisation_id = ${leadId}
      and s.owner = file.organisation_id
      and i.status <> 'withdrawn'
      and coalesce(e ->> 'id', e #>> '{}') in (
        select file.id::text
        union all select id::text from company_capability where file_id = file.id
        union all select id::text from company_certification where file_id = file.id
        union all select id::text from company_reference where file_id = file.id
      )
  )`;
}

/**
 * Of a company that keeps its name back from the lead who reads, a file goes out under a neutral name until both
 * agreed to show theirs.
 */
function namedTo(actor: Actor): Where {
  if (actor.kind !== 'member') return () => sql<SqlBool>`true`;
  const own = actor.organisationId;
  return () => sql<SqlBool>`(file.organisation_id = ${own}
    or not exists (select 1 from company c where c.organisation_id = file.organisation_id and c.pseudonymous)
    or exists (select 1 from interest_party p where p.company_id = file.organisation_id and p.lead_id = ${own}
      and p.company_named))`;
}

export interface FileForDownload {
  name: string;
  mediaType: string;
  size: number;
  storageKey: string;
}

/** A file to be sent, or null when it does not exist for this actor. */
export async function fileForDownload(ctx: Context, id: string): Promise<FileForDownload | null> {
  if (!isUuid(id)) return null;
  const row = await ctx.db
    .selectFrom('file')
    .select(['id', 'name', 'media_type', 'size', 'storage_key'])
    .select((eb) => sql<boolean>`${namedTo(ctx.actor)(eb)}`.as('named'))
    .where('id', '=', id)
    .where(visibleTo(ctx.actor))
    .executeTakeFirst();
  return row
    ? {
        name: row.named ? row.name : neutralFileName(row.id, row.media_type),
        mediaType: row.media_type,
        size: row.size,
        storageKey: row.storage_key,
      }
    : null;
}

export interface VaultFile {
  id: string;
  name: string;
  mediaType: string;
  size: number;
  createdAt: string;
  /** Entries of the profile that rest on it. */
  uses: number;
  /** Answers to officials that show it. */
  answers: number;
}

/** The vault of the organisation acted for, newest first. */
export async function ownFiles(ctx: Context): Promise<VaultFile[]> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return [];
  const rows = await ctx.db
    .selectFrom('file')
    .select(['id', 'name', 'media_type', 'size', 'created_at'])
    .select([
      sql<number>`(select count(*) from company_capability where file_id = file.id)
        + (select count(*) from company_certification where file_id = file.id)
        + (select count(*) from company_reference where file_id = file.id)`.as('uses'),
      sql<number>`(select count(*) from information_request_file where file_id = file.id)`.as('answers'),
    ])
    .where('organisation_id', '=', organisationId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    size: row.size,
    createdAt: row.created_at.toISOString(),
    uses: row.uses,
    answers: row.answers,
  }));
}

/** Bytes that the organisation acted for may still upload; null while that is far more than anybody uploads. */
export async function filesLeft(
  ctx: Context,
  quota: number | null = config().filesQuota,
): Promise<number | null> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null || quota === null) return null;
  return fewBytesLeft(await bytesOf(ctx.db, organisationId), quota);
}

/** Of some ids, those that are files of an organisation. */
export async function filesOfOrganisation(
  ctx: Pick<Context, 'db'>,
  organisationId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const wanted = ids.filter(isUuid);
  if (wanted.length === 0) return new Set();
  const rows = await ctx.db
    .selectFrom('file')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('id', 'in', wanted)
    .execute();
  return new Set(rows.map((row) => row.id));
}
