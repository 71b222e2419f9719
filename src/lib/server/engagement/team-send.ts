import { openLines } from '#lib/domain/engagement/team.ts';
import type { EvidenceRef } from '#lib/domain/engagement/interest.ts';
import { lineCoversWithin, type LineCover } from '#lib/server/match/line-queries.ts';
import type { WriteContext } from '#lib/server/platform/command.ts';
import { refuse, type Refused } from '#lib/server/platform/result.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import { hindrance, type Contender } from '#lib/server/engagement/hindrance.ts';
import {
  holdStanding,
  ownEvidence,
  profileVersion,
  type LockedOpportunity,
} from '#lib/server/engagement/repository.ts';
import { lockTeam, type LockedTeam } from '#lib/server/engagement/team-repository.ts';
import {
  idsOf,
  memberOf,
  membersIn,
  noteInTeam,
  setMember,
  tellTeam,
} from '#lib/server/engagement/team-tell.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';

/** How a team expresses interest as one, and takes it back: parts of the commands on expressions. */

export interface SendingTeam {
  team: LockedTeam;
  covers: readonly LineCover[];
}

/**
 * The actor's own team for a notice, locked, when it may express interest now: its members are still there and fit,
 * and together they cover every must line at this moment.
 */
export async function teamToSend(
  tx: WriteContext,
  id: string,
  opportunity: LockedOpportunity,
  actor: Member,
): Promise<
  { ok: true; sending: SendingTeam } | Refused<'not-found' | 'alone' | 'member-out' | 'lines-open'>
> {
  const team = isUuid(id) ? await lockTeam(tx.db, id) : null;
  if (team === null || team.leader_id !== actor.organisationId || team.opportunity_id !== opportunity.id)
    return refuse('not-found');
  if (team.state !== 'forming') return refuse('not-found');
  const members = membersIn(team, 'accepted');
  if (members.length < 2) return refuse('alone');
  for (const { organisation_id: member } of members) {
    const standing = await holdStanding(tx.db, member);
    const seen: Contender = { ...actor, ...standing, organisationId: member, verified: true };
    if (hindrance(seen, opportunity, tx.now) !== null || standing.standing === 'refused')
      return refuse('member-out');
    if ((await profileVersion(tx.db, member)) === null) return refuse('member-out');
  }
  const found = await lineCoversWithin(tx.db, opportunity.id, idsOf(members), tx.now);
  if (found === null || found.covers.length < members.length) return refuse('member-out');
  if (found.covers.some(({ shut }) => shut.length > 0)) return refuse('member-out');
  if (openLines(found.lines, found.covers).length > 0) return refuse('lines-open');
  return { ok: true, sending: { team, covers: found.covers } };
}

/**
 * Freezes what each member stands for: the lines it covers, its profile's version, the evidence it chose. Whoever
 * was asked and has not answered is out. All members are told.
 */
export async function freezeTeam(
  tx: WriteContext,
  { team, covers }: SendingTeam,
  leader: { evidence: readonly EvidenceRef[]; name: string; email: string },
  interestId: string,
): Promise<void> {
  for (const member of membersIn(team, 'accepted')) {
    const own = member.organisation_id === team.leader_id;
    const evidence = own
      ? leader.evidence
      : await ownEvidence(tx.db, member.organisation_id, member.evidence);
    await tx.db
      .updateTable('team_member')
      .set({
        lines: covers.find(({ id }) => id === member.organisation_id)?.lines ?? [],
        profile_version: await profileVersion(tx.db, member.organisation_id),
        evidence: JSON.stringify(evidence),
        // Whoever keeps no name back has agreed by taking part.
        reveals_at: member.keeps === true ? null : tx.now,
        ...(own ? { contact_name: leader.name, contact_email: leader.email } : {}),
      })
      .where('team_id', '=', team.id)
      .where('organisation_id', '=', member.organisation_id)
      .execute();
    await tx.changed('company', member.organisation_id);
  }
  for (const { organisation_id: asked } of membersIn(team, 'invited')) {
    await setMember(tx, team, asked, 'cancelled');
    await noteInTeam(tx, team, { kind: 'cancelled', about: asked });
    const notice = { kind: 'team-changed', outcome: 'cancelled', about: team.leader_id } as const;
    await tellTeam(tx, team, { ...notice, to: [asked], path: '/company/teams' });
  }
  await tx.db.updateTable('team').set({ state: 'sent' }).where('id', '=', team.id).execute();
  await noteInTeam(tx, team, { kind: 'sent', about: team.leader_id });
  await tellTeam(tx, team, {
    kind: 'team-changed',
    outcome: 'sent',
    to: idsOf(membersIn(team, 'accepted')).filter((id) => id !== team.leader_id),
    about: team.leader_id,
    path: `/company/interests/${interestId}`,
  });
}

/** The leader took the team's expression back: the team is over, its members are free for another. */
export async function endTeam(tx: WriteContext, teamId: string): Promise<void> {
  const team = await lockTeam(tx.db, teamId);
  if (team === null) return;
  const members = idsOf(membersIn(team, 'accepted'));
  for (const id of members) {
    await setMember(tx, team, id, 'ended');
    await tx.changed('company', id);
  }
  await tx.db.updateTable('team').set({ state: 'withdrawn' }).where('id', '=', team.id).execute();
  await noteInTeam(tx, team, { kind: 'withdrawn', about: team.leader_id });
  await tellTeam(tx, team, {
    kind: 'team-changed',
    outcome: 'withdrawn',
    to: members.filter((id) => memberOf(team, id)?.organisation_id !== team.leader_id),
    about: team.leader_id,
  });
}
