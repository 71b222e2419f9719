import { readEvidence, type EvidenceRef } from '#lib/domain/engagement/interest.ts';
import { MOST_INVITATIONS, teamActions, type TeamAction } from '#lib/domain/engagement/team.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import { isCompanyEditor, isMember } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { phaseAt, takesInterest } from '#lib/domain/opportunity/status.ts';
import { TEAM_TERMS_VERSION } from '#lib/i18n/team-terms.ts';
import { lineCoversWithin } from '#lib/server/match/line-queries.ts';
import { isVisible } from '#lib/server/opportunity/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';
import { hindrance } from '#lib/server/engagement/hindrance.ts';
import { agreedPartners } from '#lib/server/engagement/partner-queries.ts';
import {
  holdStanding,
  lockOpportunityForInterest,
  ownEvidence,
  profileVersion,
} from '#lib/server/engagement/repository.ts';
import { lockTeam, ownTeamIn, type LockedTeam } from '#lib/server/engagement/team-repository.ts';
import {
  idsOf,
  memberOf,
  membersIn,
  noteInTeam,
  setMember,
  tellTeam,
  toldInTeam,
} from '#lib/server/engagement/team-tell.ts';

/** What the actor's company may do in a team, which is locked; its own membership with it. */
export function actionsIn(tx: WriteContext, team: LockedTeam, organisationId: string): TeamAction[] {
  const own = memberOf(team, organisationId);
  const role =
    own?.state === 'accepted'
      ? team.leader_id === organisationId
        ? 'leader'
        : 'member'
      : own?.state === 'invited'
        ? 'invited'
        : 'none';
  return teamActions({
    state: team.state,
    role,
    interest: team.interest?.status ?? null,
    accepted: membersIn(team, 'accepted').length,
    invited: membersIn(team, 'invited').length,
    most: team.team_max,
    open: takesInterest(phaseAt(team, tx.now, koreanDay(tx.now))),
  });
}

/** A team of the actor's company, locked; `not-found` for whoever has no part in it. */
export async function ownTeam(
  tx: WriteContext,
  id: string,
): Promise<{ ok: true; team: LockedTeam; actor: Member } | Refused<'not-found' | 'forbidden'>> {
  if (!isMember(tx.actor)) return refuse('forbidden');
  const team = isUuid(id) ? await lockTeam(tx.db, id) : null;
  const own = team === null ? null : memberOf(team, tx.actor.organisationId);
  if (team === null || own === null || !['invited', 'accepted', 'ended'].includes(own.state))
    return refuse('not-found');
  return { ok: true, team, actor: tx.actor };
}

async function hasInterest(tx: WriteContext, opportunity: string, organisation: string): Promise<boolean> {
  const row = await tx.db
    .selectFrom('interest')
    .select('id')
    .where('opportunity_id', '=', opportunity)
    .where('organisation_id', '=', organisation)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * A company asks another to take part together. The first time it founds the team, with itself as leader; colleagues
 * who ask at once found one team. Only companies that agreed to be proposed can be asked, and only where both pass
 * the gates of their own and each covers a must line.
 */
export const askPartner = command({
  name: 'team.ask',
  policy: isCompanyEditor,
  async run(tx, input: { opportunity: string; company: string; message: string }) {
    const { actor } = tx;
    if (!isMember(actor)) return refuse('forbidden');
    if (!isUuid(input.company) || !(await isVisible(tx, input.opportunity))) return refuse('not-found');
    const opportunity = await lockOpportunityForInterest(tx.db, input.opportunity);
    if (opportunity === null) return refuse('not-found');
    const self = { ...actor, ...(await holdStanding(tx.db, actor.organisationId)) };
    const hindered = hindrance(self, opportunity, tx.now);
    if (hindered !== null) return refuse(hindered);
    if (opportunity.team_max < 2) return refuse('no-teams');
    const version = await profileVersion(tx.db, actor.organisationId);
    if (version === null) return refuse('profile-unpublished');
    if (await hasInterest(tx, opportunity.id, actor.organisationId)) return refuse('interest-sent');
    const own = await ownTeamIn(tx.db, opportunity.id, actor.organisationId);
    if (own !== null && !(own.leader && own.forming)) return refuse('in-team');
    const may = await agreedPartners({ db: tx.db, actor: self, now: () => tx.now }, [input.company]);
    if (!may.has(input.company)) return refuse('not-agreed');
    const unfit = await unfitPair(tx, opportunity.id, actor.organisationId, input.company);
    if (unfit !== null) return refuse(unfit);
    const team = await lockTeam(tx.db, own?.id ?? (await foundTeam(tx, opportunity.id, actor)));
    if (team === null) return refuse('not-found');
    const message = { message: input.message };
    const told = await toldInTeam(tx, opportunity.id, team, message, [input.company]);
    if (told !== null) return told;
    return await invite(tx, team, input);
  },
});

/** Why two companies cannot be a team for a notice; null when they can. */
async function unfitPair(tx: WriteContext, opportunityId: string, leader: string, partner: string) {
  const found = await lineCoversWithin(tx.db, opportunityId, [leader, partner], tx.now);
  const [ours, theirs] = [leader, partner].map((id) => found?.covers.find((one) => one.id === id));
  if (ours === undefined || ours.shut.length > 0) return 'self-gated';
  if (theirs === undefined || theirs.shut.length > 0) return 'partner-gated';
  if (ours.lines.length === 0) return 'self-covers-nothing';
  return theirs.lines.length === 0 ? 'partner-covers-nothing' : null;
}

async function foundTeam(tx: WriteContext, opportunityId: string, leader: Member): Promise<string> {
  const { id } = await tx.db
    .insertInto('team')
    .values({
      opportunity_id: opportunityId,
      leader_id: leader.organisationId,
      created_by: tx.accountId,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.db
    .insertInto('team_member')
    .values({
      team_id: id,
      organisation_id: leader.organisationId,
      opportunity_id: opportunityId,
      state: 'accepted',
      lang: tx.lang,
      asked_by: tx.accountId,
      asked_at: tx.now,
      answered_by: tx.accountId,
      answered_at: tx.now,
      terms_version: TEAM_TERMS_VERSION,
      contact_name: leader.name,
      contact_email: leader.email,
    })
    .execute();
  return id;
}

async function invite(tx: WriteContext, team: LockedTeam, input: { company: string; message: string }) {
  const before = memberOf(team, input.company);
  if (before?.state === 'accepted' || before?.state === 'invited')
    return done({ team: team.id, already: true });
  if (before?.state === 'declined') return refuse('declined-before');
  if (membersIn(team, 'accepted').length >= team.team_max) return refuse('full');
  if (membersIn(team, 'invited').length >= MOST_INVITATIONS) return refuse('too-many-asked');
  const values = {
    state: 'invited' as const,
    message: input.message,
    lang: tx.lang,
    asked_by: tx.accountId,
    asked_at: tx.now,
    reason: '',
    answered_by: null,
    answered_at: null,
  };
  await tx.db
    .insertInto('team_member')
    .values({
      ...values,
      team_id: team.id,
      organisation_id: input.company,
      opportunity_id: team.opportunity_id,
    })
    .onConflict((conflict) => conflict.columns(['team_id', 'organisation_id']).doUpdateSet(values))
    .execute();
  await noteInTeam(tx, team, { kind: 'invited', about: input.company, note: input.message });
  await tx.audit({
    action: 'team.ask',
    object: { kind: 'team', id: team.id },
    after: { opportunity: team.opportunity_id, company: input.company },
  });
  await tellTeam(tx, team, {
    kind: 'team-invited',
    outcome: 'invited',
    to: [input.company],
    about: team.leader_id,
    note: input.message,
  });
  return done({ team: team.id, already: false });
}

/**
 * A company joins a team it was asked into. Two acceptances at once make one; where the last place is asked for
 * twice, the second is refused `full`. A company stands in one team of a notice.
 */
export const acceptTeam = command({
  name: 'team.accept',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; evidence: readonly string[] }) {
    if (!isMember(tx.actor)) return refuse('forbidden');
    // Everything the company decides for itself takes turns here, so that it joins one team only.
    await lockRow(tx.db, 'organisation', tx.actor.organisationId);
    const found = await ownTeam(tx, input.team);
    if (!found.ok) return found;
    const { team, actor } = found;
    const own = memberOf(team, actor.organisationId);
    if (own?.state === 'accepted') return done({ already: true });
    const hindered = await hindranceInTeam(tx, team, actor);
    if (hindered !== null) return refuse(hindered);
    if (membersIn(team, 'accepted').length >= team.team_max) return refuse('full');
    if (await hasInterest(tx, team.opportunity_id, actor.organisationId)) return refuse('interest-sent');
    if ((await ownTeamIn(tx.db, team.opportunity_id, actor.organisationId)) !== null)
      return refuse('in-team');
    const evidence = await evidenceFrom(tx, actor.organisationId, input.evidence);
    await setMember(tx, team, actor.organisationId, 'accepted');
    await tx.db
      .updateTable('team_member')
      .set({
        terms_version: TEAM_TERMS_VERSION,
        evidence: JSON.stringify(evidence),
        contact_name: actor.name,
        contact_email: actor.email,
      })
      .where('team_id', '=', team.id)
      .where('organisation_id', '=', actor.organisationId)
      .execute();
    await noteInTeam(tx, team, { kind: 'accepted', about: actor.organisationId });
    await tx.audit({
      action: 'team.accept',
      object: { kind: 'team', id: team.id },
      after: { company: actor.organisationId, terms: TEAM_TERMS_VERSION, evidence },
    });
    const others = idsOf(membersIn(team, 'accepted')).filter((id) => id !== actor.organisationId);
    await tellTeam(tx, team, {
      kind: 'team-answered',
      outcome: 'accepted',
      to: others,
      about: actor.organisationId,
    });
    return done({ already: false });
  },
});

export async function evidenceFrom(
  tx: WriteContext,
  organisationId: string,
  chosen: readonly string[],
): Promise<EvidenceRef[]> {
  return await ownEvidence(
    tx.db,
    organisationId,
    chosen.flatMap((one) => readEvidence(one) ?? []),
  );
}

/** Why an invited company cannot join now; null when it can. */
async function hindranceInTeam(tx: WriteContext, team: LockedTeam, actor: Member) {
  if (team.state !== 'forming') return 'over';
  const standing = await holdStanding(tx.db, actor.organisationId);
  const hindered = hindrance({ ...actor, ...standing }, { ...team, organisation_id: team.lead_id }, tx.now);
  if (hindered !== null) return hindered;
  if ((await profileVersion(tx.db, actor.organisationId)) === null) return 'profile-unpublished';
  const found = await lineCoversWithin(tx.db, team.opportunity_id, [actor.organisationId], tx.now);
  const [cover] = found?.covers ?? [];
  if (cover === undefined || cover.shut.length > 0) return 'self-gated';
  return cover.lines.length === 0 ? 'self-covers-nothing' : null;
}

/** The company asked does not want to. The leader reads the words. */
export const declineTeam = command({
  name: 'team.decline',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; reason: string }) {
    const found = await ownTeam(tx, input.team);
    if (!found.ok) return found;
    const { team, actor } = found;
    if (memberOf(team, actor.organisationId)?.state !== 'invited') return refuse('stale');
    const told = await toldInTeam(tx, team.opportunity_id, team, { reason: input.reason });
    if (told !== null) return told;
    await setMember(tx, team, actor.organisationId, 'declined', input.reason);
    await noteInTeam(tx, team, { kind: 'declined', about: actor.organisationId, note: input.reason });
    await tx.audit({
      action: 'team.decline',
      object: { kind: 'team', id: team.id },
      after: { company: actor.organisationId, reason: input.reason },
    });
    await tellTeam(tx, team, {
      kind: 'team-answered',
      outcome: 'declined',
      to: [team.leader_id],
      about: actor.organisationId,
      note: input.reason,
    });
    return done();
  },
});

/** A word to the other members; whoever is only asked does not read it. */
export const writeToTeam = command({
  name: 'team.write',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; text: string }) {
    const found = await ownTeam(tx, input.team);
    if (!found.ok) return found;
    const { team, actor } = found;
    if (!actionsIn(tx, team, actor.organisationId).includes('write')) return refuse('wrong-state');
    const told = await toldInTeam(tx, team.opportunity_id, team, { text: input.text });
    if (told !== null) return told;
    await noteInTeam(tx, team, { kind: 'message', about: actor.organisationId, note: input.text });
    await tx.audit({ action: 'team.write', object: { kind: 'team', id: team.id } });
    await tellTeam(tx, team, {
      kind: 'team-changed',
      outcome: 'message',
      to: idsOf(membersIn(team, 'accepted')).filter((id) => id !== actor.organisationId),
      about: actor.organisationId,
      note: input.text,
    });
    return done();
  },
});
