import { isCompanyEditor, isOfficial, isSystem, type Policy } from '#lib/domain/account/policy.ts';
import { isNamed } from '#lib/domain/engagement/reveal.ts';
import { isWaiting } from '#lib/domain/engagement/status.ts';
import { openLines, type TeamAction } from '#lib/domain/engagement/team.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { nameKept } from '#lib/i18n/company.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { phaseAt, takesInterest } from '#lib/domain/opportunity/status.ts';
import { addEvent, isCompanyNamed, lockInterest } from '#lib/server/engagement/repository.ts';
import { actionsIn, ownTeam } from '#lib/server/engagement/team-commands.ts';
import {
  liveTeamsOf,
  lockTeam,
  type LockedMember,
  type LockedTeam,
} from '#lib/server/engagement/team-repository.ts';
import {
  idsOf,
  memberOf,
  membersIn,
  noteInTeam,
  setMember,
  tellTeam,
  toldInTeam,
} from '#lib/server/engagement/team-tell.ts';

const byPortal: Policy = (actor) => isOfficial(actor) || isSystem(actor);

/** A team of the actor's company in which it may do this now. */
async function allowed(tx: WriteContext, id: string, action: TeamAction) {
  const found = await ownTeam(tx, id);
  if (!found.ok) return found;
  return actionsIn(tx, found.team, found.actor.organisationId).includes(action)
    ? found
    : refuse('wrong-state');
}

/** The leader takes an invitation back that was not answered. The company can be asked again. */
export const cancelInvitation = command({
  name: 'team.cancel',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; company: string }) {
    const found = await allowed(tx, input.team, 'cancel');
    if (!found.ok) return found;
    const { team } = found;
    if (memberOf(team, input.company)?.state !== 'invited') return refuse('stale');
    await setMember(tx, team, input.company, 'cancelled');
    await noteInTeam(tx, team, { kind: 'cancelled', about: input.company });
    await audited(tx, team, 'cancel', input.company);
    const notice = { kind: 'team-changed', outcome: 'cancelled', about: team.leader_id } as const;
    await tellTeam(tx, team, { ...notice, to: [input.company], path: '/company/teams' });
    return done();
  },
});

/** The leader takes a member out while the team forms. It can be asked again. */
export const removeMember = command({
  name: 'team.remove',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; company: string; reason: string }) {
    const found = await allowed(tx, input.team, 'remove');
    if (!found.ok) return found;
    const { team } = found;
    if (memberOf(team, input.company)?.state !== 'accepted' || input.company === team.leader_id)
      return refuse('stale');
    const told = await toldInTeam(tx, team.opportunity_id, team, { reason: input.reason });
    if (told !== null) return told;
    await setMember(tx, team, input.company, 'removed', input.reason);
    await noteInTeam(tx, team, { kind: 'removed', about: input.company, note: input.reason });
    await audited(tx, team, 'remove', input.company);
    const notice = { kind: 'team-changed', outcome: 'removed', about: input.company } as const;
    await tellTeam(tx, team, { ...notice, to: [input.company], note: input.reason, path: '/company/teams' });
    const others = idsOf(membersIn(team, 'accepted'));
    await tellTeam(tx, team, { ...notice, outcome: 'member-removed', to: others, note: input.reason });
    return done();
  },
});

/**
 * A member goes. A leader's place passes to whoever joined first. After sending, the publisher is told, and whether
 * the rest still covers every must line.
 */
export const leaveTeam = command({
  name: 'team.leave',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; reason: string }) {
    const found = await allowed(tx, input.team, 'leave');
    if (!found.ok) return found;
    const { team, actor } = found;
    const told = await toldInTeam(tx, team.opportunity_id, team, { reason: input.reason });
    if (told !== null) return told;
    await goes(tx, team, actor.organisationId, 'left', input.reason);
    await audited(tx, team, 'leave', actor.organisationId);
    return done();
  },
});

/** Leadership passes to another member, who is told; it can be handed back. */
export const handOverTeam = command({
  name: 'team.hand-over',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; company: string }) {
    const found = await allowed(tx, input.team, 'hand-over');
    if (!found.ok) return found;
    const { team } = found;
    const successor = memberOf(team, input.company);
    if (successor?.state !== 'accepted' || input.company === team.leader_id) return refuse('stale');
    await lead(tx, team, successor);
    await audited(tx, team, 'hand-over', input.company);
    return done();
  },
});

/** The leader gives the team up before anything was sent. */
export const disbandTeam = command({
  name: 'team.disband',
  policy: isCompanyEditor,
  async run(tx, input: { team: string; reason: string }) {
    const found = await allowed(tx, input.team, 'disband');
    if (!found.ok) return found;
    const { team } = found;
    const told = await toldInTeam(tx, team.opportunity_id, team, { reason: input.reason });
    if (told !== null) return told;
    await disband(tx, team, 'disbanded', input.reason);
    await audited(tx, team, 'disband', null);
    return done();
  },
});

async function audited(
  tx: WriteContext,
  team: LockedTeam,
  act: string,
  company: string | null,
): Promise<void> {
  await tx.audit({
    action: `team.${act}`,
    object: { kind: 'team', id: team.id },
    before: { leader: team.leader_id },
    after: { company },
  });
}

/** Ends a team that sent nothing; everybody in it is told. */
async function disband(
  tx: WriteContext,
  team: LockedTeam,
  how: 'disbanded' | 'expired',
  reason = '',
): Promise<void> {
  const told = idsOf(membersIn(team, 'accepted', 'invited'));
  for (const member of membersIn(team, 'invited'))
    await setMember(tx, team, member.organisation_id, how === 'expired' ? 'expired' : 'cancelled');
  for (const member of membersIn(team, 'accepted'))
    await setMember(tx, team, member.organisation_id, 'ended');
  await tx.db.updateTable('team').set({ state: how }).where('id', '=', team.id).execute();
  await noteInTeam(tx, team, { kind: how, about: null, note: reason });
  for (const id of told)
    await tellTeam(tx, team, {
      kind: 'team-changed',
      outcome: how,
      to: [id],
      about: team.leader_id,
      note: reason,
      path: memberOf(team, id)?.state === 'ended' ? `/company/teams/${team.id}` : '/company/teams',
    });
}

/** A member of a team that forms or waits is in it no longer. */
async function goes(
  tx: WriteContext,
  team: LockedTeam,
  organisationId: string,
  how: 'left' | 'dropped',
  reason: string,
): Promise<void> {
  const was = memberOf(team, organisationId)?.state;
  await setMember(tx, team, organisationId, how, reason);
  await noteInTeam(tx, team, { kind: how, about: organisationId, note: reason });
  const rest = membersIn(team, 'accepted');
  const [first] = rest;
  if (team.leader_id === organisationId && first !== undefined) await lead(tx, team, first);
  await tellTeam(tx, team, {
    kind: 'team-changed',
    outcome: how,
    to: was === 'accepted' ? idsOf(rest) : [team.leader_id],
    about: organisationId,
    note: reason,
  });
  if (team.interest === null || was !== 'accepted') return;
  // What was frozen covered every must line, those of members who went before included.
  const lines = [...new Set(team.members.flatMap((member) => member.lines))];
  const open = openLines(
    lines,
    rest.map((member) => ({ id: member.organisation_id, lines: member.lines })),
  );
  await tellLead(tx, team, 'member-left', organisationId, open.length > 0 ? 'short' : 'whole');
  await tx.changed('company', organisationId);
}

/** The next leader. A sent expression goes over to it, with its own contact, profile and evidence. */
async function lead(tx: WriteContext, team: LockedTeam, successor: LockedMember): Promise<void> {
  const { organisation_id: id } = successor;
  await tx.db.updateTable('team').set({ leader_id: id }).where('id', '=', team.id).execute();
  team.leader_id = id;
  await noteInTeam(tx, team, { kind: 'leader', about: id });
  await tellTeam(tx, team, {
    kind: 'team-changed',
    outcome: 'leader',
    to: idsOf(membersIn(team, 'accepted')),
    about: id,
  });
  if (team.interest === null) return;
  await tx.db
    .updateTable('interest')
    .set({
      organisation_id: id,
      evidence: JSON.stringify(successor.evidence),
      contact_name: successor.contact_name,
      contact_email: successor.contact_email,
      ...(successor.profile_version === null ? {} : { profile_version: successor.profile_version }),
      updated_at: tx.now,
    })
    .where('id', '=', team.interest.id)
    .execute();
  await tellLead(tx, team, 'leader-changed', id, 'leader');
}

/** Into the timeline both sides read, and to the publisher. */
async function tellLead(
  tx: WriteContext,
  team: LockedTeam,
  kind: 'member-left' | 'leader-changed',
  about: string,
  outcome: 'whole' | 'short' | 'leader',
): Promise<void> {
  if (team.interest === null) return;
  await addEvent(tx.db, { interestId: team.interest.id, kind, by: 'company', at: tx.now, note: about });
  const interest = await lockInterest(tx.db, team.interest.id);
  const member = memberOf(team, about);
  if (interest === null || interest.lead_id === null) return;
  const lead = { keeps: team.lead_keeps, agreed: team.interest.lead_reveals_at !== null };
  // Whoever left is no party of the expression any more; what it agreed to in it, or on an invitation, holds.
  const named =
    member !== null &&
    (isNamed({ keeps: member.keeps === true, agreed: member.reveals_at !== null }, lead) ||
      (await isCompanyNamed(tx.db, team.opportunity_id, about)));
  await tx.notify({
    kind: 'interest-team-changed',
    key: `interest-team-changed:${kind}:${interest.id}:${about}:${tx.now.getTime()}`,
    to: { organisationId: interest.lead_id, roles: ['owner', 'editor'] },
    data: {
      number: team.number,
      titleKo: team.title_ko || team.title_en,
      titleEn: team.title_en || team.title_ko,
      nameKo: named ? member.name_ko || member.name_en : nameKept('ko'),
      nameEn: named ? member.name_en || member.name_ko : nameKept('en'),
      outcome,
    },
    path: `/lead/opportunities/${interest.opportunity_id}/interests/${interest.id}`,
  });
}

/**
 * A company may take part no longer: it is taken out of every team that forms or waits, and out of those it was
 * asked into. Others learn the state, not the reason. A leader who stands alone stays: its expression rests like
 * any other, and a team that forms without anybody else is given up. Answers how many teams.
 */
export const dropFromTeams = command({
  name: 'team.drop-company',
  policy: byPortal,
  async run(tx, organisationId: string) {
    let dropped = 0;
    for (const id of await liveTeamsOf(tx.db, organisationId)) {
      const team = await lockTeam(tx.db, id);
      const own = team === null ? null : memberOf(team, organisationId);
      if (team === null || own === null || !['invited', 'accepted'].includes(own.state)) continue;
      if (team.interest !== null && !isWaiting(team.interest.status)) continue;
      const alone = team.leader_id === organisationId && membersIn(team, 'accepted').length === 1;
      if (alone && team.state === 'sent') continue;
      if (alone) await disband(tx, team, 'disbanded');
      else {
        await goes(tx, team, organisationId, 'dropped', '');
        const notice = { kind: 'team-changed', outcome: 'self-dropped', about: team.leader_id } as const;
        await tellTeam(tx, team, { ...notice, to: [organisationId], path: '/company/teams' });
      }
      await audited(tx, team, 'drop-company', organisationId);
      dropped += 1;
    }
    return done(dropped);
  },
});

/** The notice takes no interest any more: invitations run out, and a team that sent nothing is over. */
export const expireTeam = command({
  name: 'team.expire',
  policy: isSystem,
  async run(tx, id: string) {
    const team = isUuid(id) ? await lockTeam(tx.db, id) : null;
    if (team === null || team.state !== 'forming') return done();
    const phase = phaseAt(team, tx.now, koreanDay(tx.now));
    if (takesInterest(phase) || phase === 'upcoming') return done();
    await disband(tx, team, 'expired');
    await audited(tx, team, 'expire', null);
    return done();
  },
});
