import { organisationOf } from '#lib/domain/account/actor.ts';
import { contactsShared, type ActingSide } from '#lib/domain/engagement/status.ts';
import { bothNamed, isNamed, type Party } from '#lib/domain/engagement/reveal.ts';
import type { InterestStatus } from '#lib/domain/engagement/interest.ts';
import { openLines } from '#lib/domain/engagement/team.ts';
import type { InterestMember, InterestTeam } from '#lib/domain/engagement/team-view.ts';
import type { RequirementView } from '#lib/domain/opportunity/view.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { names } from '#lib/server/opportunity/present.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { evidenceOf } from '#lib/server/engagement/evidence-queries.ts';
import type { InterestParty } from '#lib/server/engagement/repository.ts';

/**
 * The team behind an expression, as it was frozen: who covers what. The publisher sees the evidence of each that is
 * still there, a member only its own; contacts from acceptance on. A company that keeps its name back from the lead
 * stands masked until both agreed.
 */
export async function teamOfInterest(
  ctx: Context,
  interest: {
    team_id: string | null;
    opportunity_id: string;
    organisation_id: string;
    status: InterestStatus;
  },
  lead: Party,
  parties: readonly InterestParty[],
  side: ActingSide,
): Promise<InterestTeam | null> {
  if (interest.team_id === null) return null;
  const own = organisationOf(ctx.actor);
  const [rows, view] = await Promise.all([
    ctx.db
      .selectFrom('team_member')
      .innerJoin('organisation', 'organisation.id', 'team_member.organisation_id')
      .selectAll('team_member')
      .leftJoin('company', 'company.organisation_id', 'organisation.id')
      .select(['organisation.name_ko', 'organisation.name_en', 'organisation.standing'])
      .select('company.pseudonymous as keeps')
      .where('team_id', '=', interest.team_id)
      // whoever was frozen with it: it has the profile of that moment
      .where('team_member.profile_version', 'is not', null)
      .orderBy('asked_at')
      .orderBy('organisation_id')
      .execute(),
    opportunityForViewer(ctx, interest.opportunity_id),
  ]);
  const cards = await companyCards(
    ctx,
    rows.map((row) => row.organisation_id),
  );
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const musts = (view?.requirements ?? []).filter(({ must }) => must);
  const linesOf = (ids: readonly string[]): RequirementView[] =>
    musts.filter(({ externalId }) => ids.includes(externalId));
  const members = await Promise.all(
    rows.map(async (row): Promise<InterestMember> => {
      const here = row.state === 'accepted' || row.state === 'ended';
      const seesEvidence = here && (side === 'lead' || row.organisation_id === own);
      const party = parties.find((one) => one.company_id === row.organisation_id);
      const self: Party = {
        keeps: row.keeps === true,
        agreed: row.reveals_at !== null || party?.company_agreed === true,
      };
      // Names may be shown between the publisher and some of the team only: what was agreed on their invitations counts.
      const other: Party = { ...lead, agreed: lead.agreed || party?.lead_agreed === true };
      const card = cardOf.get(row.organisation_id);
      const masked = side === 'lead' && !isNamed(self, other) && card?.masked !== false;
      const met = side === 'company' || bothNamed(self, other);
      const shared = here && met && contactsShared(interest.status) && row.contact_email !== '';
      return {
        id: row.organisation_id,
        masked,
        profile: card !== undefined,
        name: masked ? names('', '') : names(row.name_ko, row.name_en),
        leader: row.organisation_id === interest.organisation_id,
        here,
        suspended: row.standing === 'suspended',
        lines: linesOf(row.lines),
        evidence: seesEvidence ? await evidenceOf(ctx, row.organisation_id, row.evidence, masked) : [],
        contact: shared ? { name: row.contact_name, email: row.contact_email } : null,
      };
    }),
  );
  members.sort((a, b) => Number(b.leader) - Number(a.leader));
  const open = openLines(
    musts.map(({ externalId }) => externalId),
    rows
      .filter((row) => row.state === 'accepted' || row.state === 'ended')
      .map((row) => ({ id: row.organisation_id, lines: row.lines })),
  );
  return { id: interest.team_id, members, lines: musts, open: linesOf(open) };
}
