import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { isVettedOn, type Actor } from '#lib/domain/account/actor.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Where = (eb: ExpressionBuilder<Database, 'opportunity'>) => Expression<SqlBool>;

/**
 * Which opportunities an actor may know of, for lists, counts, details, search documents and the interface for
 * programs alike. What is left out here does not exist for that actor.
 *
 * - anyone: published and closed notices that are open to the public;
 * - a company with valid vetting: also those for vetted companies;
 * - an organisation: also those it was invited to, those it expressed interest in alone or in a team, and all of its own;
 * - officials: everything that was handed in, but no drafts of others;
 * - the portal itself: everything.
 *
 * @param day the present day in Korea, on which vetting must be valid
 */
export function visibleTo(actor: Actor, day: string): Where {
  switch (actor.kind) {
    case 'system':
      return () => sql<SqlBool>`true`;
    case 'official':
      return (eb) =>
        eb.or([
          eb('opportunity.status', 'in', ['submitted', 'published', 'closed']),
          eb.and([
            eb('opportunity.status', '=', 'withdrawn'),
            eb('opportunity.published_at', 'is not', null),
          ]),
        ]);
    case 'member':
      return (eb) => {
        const open = eb('opportunity.status', 'in', ['published', 'closed']);
        const audiences =
          isVettedOn(actor, day) && actor.supplier ? (['public', 'vetted'] as const) : (['public'] as const);
        const invited = eb.exists(
          eb
            .selectFrom('opportunity_invitation as invited')
            .whereRef('invited.opportunity_id', '=', 'opportunity.id')
            .where('invited.organisation_id', '=', actor.organisationId)
            .select(sql`1`.as('one')),
        );
        const interested = eb.exists(
          eb
            .selectFrom('interest as own')
            .whereRef('own.opportunity_id', '=', 'opportunity.id')
            .where('own.organisation_id', '=', actor.organisationId)
            .select(sql`1`.as('one')),
        );
        const inTeam = eb.exists(
          eb
            .selectFrom('team_member as joined')
            .whereRef('joined.opportunity_id', '=', 'opportunity.id')
            .where('joined.organisation_id', '=', actor.organisationId)
            .where('joined.state', 'in', ['accepted', 'ended'])
            .select(sql`1`.as('one')),
        );
        return eb.or([
          eb('opportunity.organisation_id', '=', actor.organisationId),
          eb.and([open, eb.or([eb('opportunity.visibility', 'in', audiences), invited])]),
          eb.and([
            eb('opportunity.status', 'in', ['published', 'closed', 'withdrawn']),
            eb.or([interested, inTeam]),
          ]),
        ]);
      };
    case 'person':
    case 'visitor':
      return (eb) =>
        eb.and([
          eb('opportunity.status', 'in', ['published', 'closed']),
          eb('opportunity.visibility', '=', 'public'),
        ]);
  }
}

/**
 * To whom a notice tells its names: publisher, project, place. Where they are kept back: to its publisher, officials
 * and the portal, and to companies once both sides agreed, on an expression of interest or an invitation.
 */
export function namedTo(actor: Actor): Where {
  switch (actor.kind) {
    case 'system':
    case 'official':
      return () => sql<SqlBool>`true`;
    case 'member':
      return (eb) =>
        eb.or([
          eb('opportunity.pseudonymous', '=', false),
          eb.and([
            eb('opportunity.organisation_id', 'is not', null),
            eb('opportunity.organisation_id', '=', actor.organisationId),
          ]),
          eb.exists(
            eb
              .selectFrom('interest_party as party')
              .whereRef('party.opportunity_id', '=', 'opportunity.id')
              .where('party.company_id', '=', actor.organisationId)
              .where('party.lead_named', '=', true)
              .select(sql`1`.as('one')),
          ),
        ]);
    case 'person':
    case 'visitor':
      return (eb) => eb('opportunity.pseudonymous', '=', false);
  }
}
