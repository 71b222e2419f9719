import { isVettedOn, organisationOf } from '#lib/domain/account/actor.ts';
import type { PartnerAudience } from '#lib/domain/engagement/team.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface OwnConsent {
  audience: PartnerAudience;
  /** ISO time at which it was given. */
  at: string;
  termsVersion: string;
}

/** Whether the organisation acted for agrees to be proposed as a partner; null when it does not. */
export async function ownPartnerConsent(ctx: Context): Promise<OwnConsent | null> {
  const organisationId = organisationOf(ctx.actor);
  if (organisationId === null) return null;
  const row = await ctx.db
    .selectFrom('partner_consent')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { audience: row.audience, at: row.agreed_at.toISOString(), termsVersion: row.terms_version };
}

/**
 * Of some companies, or of all, those that may be proposed as partners to the company acted for: they agreed to it, are
 * public under their name, and are neither suspended nor refused. Some agreed for vetted companies only.
 */
export async function agreedPartners(
  ctx: Pick<Context, 'db' | 'actor' | 'now'>,
  ids: readonly string[] | null = null,
): Promise<Set<string>> {
  const own = organisationOf(ctx.actor);
  if (ids?.length === 0 || own === null) return new Set();
  const vetted = isVettedOn(ctx.actor, koreanDay(ctx.now()));
  const audiences: PartnerAudience[] = vetted ? ['vetted', 'all'] : ['all'];
  const rows = await ctx.db
    .selectFrom('partner_consent')
    .innerJoin('organisation', 'organisation.id', 'partner_consent.organisation_id')
    .innerJoin('company', 'company.organisation_id', 'partner_consent.organisation_id')
    .select('organisation.id')
    .$if(ids !== null, (query) => query.where('organisation.id', 'in', [...(ids ?? [])]))
    .where('organisation.id', '<>', own)
    .where('partner_consent.audience', 'in', audiences)
    .where('company.published_at', 'is not', null)
    .where('company.pseudonymous', '=', false)
    .where('organisation.standing', 'in', ['registered', 'vetted'])
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Of some companies, those that agreed to be proposed at all. For the publisher, who sees them anyway. */
export async function openToTeams(ctx: Context, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.db
    .selectFrom('partner_consent')
    .select('organisation_id as id')
    .where('organisation_id', 'in', [...ids])
    .execute();
  return new Set(rows.map(({ id }) => id));
}
