import type { NoticeKind } from '#lib/domain/notice/notice.ts';
import type { TeamEventKind } from '#lib/domain/engagement/team.ts';
import { organisationOf } from '#lib/domain/account/actor.ts';
import { toldByOther } from '#lib/server/opportunity/told-names.ts';
import type { WriteContext } from '#lib/server/platform/command.ts';
import type { Refused } from '#lib/server/platform/result.ts';
import { addTeamEvent, type LockedMember, type LockedTeam } from '#lib/server/engagement/team-repository.ts';

/** What happened to a team, written down and told. Parts of the commands on teams, inside their transactions. */

interface Happening {
  kind: TeamEventKind;
  /** The company it is about. */
  about: string | null;
  note?: string;
}

/** Into the team's history, under whoever acts. */
export async function noteInTeam(tx: WriteContext, team: LockedTeam, happening: Happening): Promise<void> {
  await addTeamEvent(tx.db, {
    teamId: team.id,
    kind: happening.kind,
    about: happening.about,
    byAccount: tx.accountId,
    byOrganisation: organisationOf(tx.actor),
    at: tx.now,
    note: happening.note ?? '',
    lang: tx.lang,
  });
  await tx.db.updateTable('team').set({ updated_at: tx.now }).where('id', '=', team.id).execute();
}

/** Tells companies of a team; `about` is the company the sentence speaks of. */
export async function tellTeam(
  tx: WriteContext,
  team: LockedTeam,
  notice: {
    kind: Extract<NoticeKind, `team-${string}`>;
    /** See the words of the kind. */
    outcome: string;
    to: readonly string[];
    about: string | null;
    note?: string;
    path?: string;
  },
): Promise<void> {
  const about = team.members.find((member) => member.organisation_id === notice.about);
  for (const organisationId of new Set(notice.to))
    await tx.notify({
      kind: notice.kind,
      key: `${notice.kind}:${notice.outcome}:${team.id}:${notice.about ?? ''}:${organisationId}:${tx.now.getTime()}`,
      to: { organisationId, roles: ['owner', 'editor'] },
      except: tx.accountId,
      data: {
        number: team.number,
        titleKo: team.title_ko || team.title_en,
        titleEn: team.title_en || team.title_ko,
        nameKo: about?.name_ko || about?.name_en || '',
        nameEn: about?.name_en || about?.name_ko || '',
        outcome: notice.outcome,
        ...(notice.note === undefined || notice.note === '' ? {} : { note: notice.note }),
      },
      path: notice.path ?? `/company/teams/${team.id}`,
    });
}

/**
 * Refuses what a member writes to the others when it tells the names of a notice that keeps them back from one of them.
 * Among themselves the companies of a team know each other's names.
 * @param also who reads it besides those in the team or asked into it
 */
export async function toldInTeam(
  tx: WriteContext,
  opportunityId: string,
  team: LockedTeam | null,
  texts: Record<string, string>,
  also: readonly string[] = [],
): Promise<Refused<'invalid'> | null> {
  const own = organisationOf(tx.actor);
  if (own === null) return null;
  const inside = team === null ? [] : idsOf(membersIn(team, 'accepted', 'invited'));
  const readers = [...new Set([...inside, ...also])].filter((id) => id !== own);
  return await toldByOther(tx, opportunityId, own, texts, readers);
}

export function membersIn(team: LockedTeam, ...states: LockedMember['state'][]): LockedMember[] {
  return team.members.filter(({ state }) => states.includes(state));
}

export const idsOf = (members: readonly LockedMember[]): string[] =>
  members.map(({ organisation_id: id }) => id);

export function memberOf(team: LockedTeam, organisationId: string): LockedMember | null {
  return team.members.find((member) => member.organisation_id === organisationId) ?? null;
}

/** A member's new state, in the row and in what is held of it. */
export async function setMember(
  tx: WriteContext,
  team: LockedTeam,
  organisationId: string,
  state: LockedMember['state'],
  reason = '',
): Promise<void> {
  await tx.db
    .updateTable('team_member')
    .set({ state, reason, answered_by: tx.accountId, answered_at: tx.now })
    .where('team_id', '=', team.id)
    .where('organisation_id', '=', organisationId)
    .execute();
  const held = memberOf(team, organisationId);
  if (held !== null) held.state = state;
}
