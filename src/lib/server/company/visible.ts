import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { isVettedOn, type Actor } from '#lib/domain/account/actor.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Eb = ExpressionBuilder<Database, 'organisation' | 'company'>;
type Where = (eb: Eb) => Expression<SqlBool>;

/**
 * Which companies an actor may know of by name, for lists, counts, details, search documents and the interface for
 * programs alike. For queries that join `company` with `organisation`.
 *
 * - anyone: published profiles of companies that are registered or vetted and do not keep their name back;
 * - a project lead: also those, whatever their state, that sent it an expression of interest (they see the state),
 *   those that keep their name back once both agreed to show it, on the expression or on an invitation;
 * - an organisation: also itself;
 * - officials: everything published, and whatever was submitted for vetting;
 * - the portal itself: everything.
 */
export function visibleTo(actor: Actor): Where {
  switch (actor.kind) {
    case 'system':
      return () => sql<SqlBool>`true`;
    case 'official':
      return (eb) => eb.or([eb('company.published_at', 'is not', null), hasCase(eb)]);
    case 'member':
      return (eb) => {
        const own = eb('organisation.id', '=', actor.organisationId);
        const id = actor.organisationId;
        return eb.or(
          actor.lead ? [own, open(eb), wroteTo(eb, id), agreedOnInvitation(eb, id)] : [own, open(eb)],
        );
      };
    case 'person':
    case 'visitor':
      return open;
  }
}

/**
 * Companies that keep their name back until both sides agree: a vetted project lead may know that they are there and
 * what they can do, not who they are.
 * @param day the present day in Korea, on which the lead's vetting must be valid
 */
export function maskedTo(actor: Actor, day: string): Where {
  if (actor.kind !== 'member' || !actor.lead || !isVettedOn(actor, day)) return () => sql<SqlBool>`false`;
  return (eb) =>
    eb.and([
      eb('company.pseudonymous', '=', true),
      eb('company.published_at', 'is not', null),
      eb('organisation.standing', 'in', ['registered', 'vetted']),
    ]);
}

function open(eb: Eb): Expression<SqlBool> {
  return eb.and([
    eb('company.published_at', 'is not', null),
    eb('company.pseudonymous', '=', false),
    eb('organisation.standing', 'in', ['registered', 'vetted']),
  ]);
}

function hasCase(eb: Eb): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom('vetting_case')
      .whereRef('vetting_case.organisation_id', '=', 'organisation.id')
      .select(sql`1`.as('one')),
  );
}

function wroteTo(eb: Eb, leadId: string): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom('interest_party as party')
      .whereRef('party.company_id', '=', 'organisation.id')
      .where('party.lead_id', '=', leadId)
      .where('party.status', '<>', 'withdrawn')
      .where('party.company_named', '=', true)
      .select(sql`1`.as('one')),
  );
}

/** Agreed on an invitation to show its name. An invitation opens no company that shows itself to nobody. */
function agreedOnInvitation(eb: Eb, leadId: string): Expression<SqlBool> {
  return eb.and([
    eb('company.published_at', 'is not', null),
    eb('organisation.standing', 'in', ['registered', 'vetted']),
    eb.exists(
      eb
        .selectFrom('interest_party as party')
        .whereRef('party.company_id', '=', 'organisation.id')
        .where('party.lead_id', '=', leadId)
        .where('party.interest_id', 'is', null)
        .where('party.company_keeps', '=', true)
        .where('party.company_named', '=', true)
        .select(sql`1`.as('one')),
    ),
  ]);
}
