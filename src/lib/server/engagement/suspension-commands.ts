import type { Policy } from '#lib/domain/account/policy.ts';
import { isOfficial, isSystem } from '#lib/domain/account/policy.ts';
import { nameKept } from '#lib/i18n/company.ts';
import { publisherKept } from '#lib/i18n/opportunity.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done } from '#lib/server/platform/result.ts';
import { dropFromTeams } from '#lib/server/engagement/team-change-commands.ts';
import { addEvent, counterpartiesOfLead, lockLiveInterests } from '#lib/server/engagement/repository.ts';

const mayDecideStanding: Policy = (actor) => isOfficial(actor) || isSystem(actor);

type Turn = 'suspended' | 'restored';

/**
 * Writes the turn into the timeline of each live expression of the organisation and tells the other side. What is
 * told is the state, never the reason (DOMAIN 2.2, 28). The status of the expressions stays as it was.
 */
async function mark(tx: WriteContext, organisationId: string, turn: Turn): Promise<number> {
  const kind = turn === 'suspended' ? 'counterparty-suspended' : 'counterparty-restored';
  const at = tx.now.getTime();
  // In a team that still waits its place is given up first; where nobody else is left, the expression rests.
  if (turn === 'suspended') await dropFromTeams.within(tx, organisationId);
  const own = await lockLiveInterests(tx.db, organisationId);
  for (const one of own) {
    await addEvent(tx.db, { interestId: one.id, kind: `company-${turn}`, by: 'ministry', at: tx.now });
    if (one.lead_id === null) continue;
    await tx.notify({
      kind,
      key: `${kind}:${one.id}:${at}`,
      to: { organisationId: one.lead_id, roles: ['owner', 'editor'] },
      data: one.company_named
        ? words(one, one.company_ko, one.company_en)
        : words(one, nameKept('ko'), nameKept('en')),
      path: `/lead/opportunities/${one.opportunity_id}/interests/${one.id}`,
    });
  }
  // The organisation may itself be a lead: the companies that wait for its answer hear the same.
  for (const one of await counterpartiesOfLead(tx.db, organisationId))
    await tx.notify({
      kind,
      key: `${kind}:${one.id}:${one.company_id}:${at}`,
      to: { organisationId: one.company_id, roles: ['owner', 'editor'] },
      data: one.lead_named
        ? words(one, one.lead_ko, one.lead_en)
        : words(one, publisherKept('ko'), publisherKept('en')),
      path: `/company/interests/${one.id}`,
    });
  if (own.length > 0)
    await tx.audit({
      action: `interest.company-${turn}`,
      object: { kind: 'organisation', id: organisationId },
      after: { interests: own.map((one) => one.id) },
    });
  return own.length;
}

function words(one: { number: string; title_ko: string; title_en: string }, nameKo: string, nameEn: string) {
  return {
    number: one.number,
    titleKo: one.title_ko || one.title_en,
    titleEn: one.title_en || one.title_ko,
    nameKo: nameKo || nameEn,
    nameEn: nameEn || nameKo,
  };
}

/** A company's participation was suspended: called in the same transaction as the decision. Answers how many. */
export const suspendInterests = command({
  name: 'interest.suspend-company',
  policy: mayDecideStanding,
  async run(tx, organisationId: string) {
    return done(await mark(tx, organisationId, 'suspended'));
  },
});

/** The suspension was lifted. */
export const restoreInterests = command({
  name: 'interest.restore-company',
  policy: mayDecideStanding,
  async run(tx, organisationId: string) {
    return done(await mark(tx, organisationId, 'restored'));
  },
});
