import { isWaiting } from '#lib/domain/engagement/status.ts';
import type { InterestStatus } from '#lib/domain/engagement/interest.ts';

/** Companies that express interest together, with one of them as leader. */

export const TEAM_STATES = ['forming', 'sent', 'withdrawn', 'disbanded', 'expired'] as const;
export type TeamState = (typeof TEAM_STATES)[number];

/**
 * invited → accepted or declined by the company, cancelled by the leader, expired at the deadline; from accepted:
 * left by itself, removed by the leader, dropped by the portal when it may no longer take part, ended with its team.
 */
export const MEMBER_STATES = [
  'invited',
  'accepted',
  'declined',
  'cancelled',
  'expired',
  'left',
  'removed',
  'dropped',
  'ended',
] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

export const TEAM_EVENT_KINDS = [
  'invited',
  'accepted',
  'declined',
  'cancelled',
  'expired',
  'left',
  'removed',
  'dropped',
  'leader',
  'sent',
  'withdrawn',
  'disbanded',
  'message',
] as const;
export type TeamEventKind = (typeof TEAM_EVENT_KINDS)[number];

/** To whom a company agrees to be proposed. */
export const PARTNER_AUDIENCES = ['vetted', 'all'] as const;
export type PartnerAudience = (typeof PARTNER_AUDIENCES)[number];

/** Greatest size of a team that a publisher may set; 1: single companies only. */
export const MOST_TEAM = 6;
/** Invitations of one team that may wait for an answer at a time. */
export const MOST_INVITATIONS = 5;

export type TeamRole = 'leader' | 'member' | 'invited' | 'none';

export const TEAM_ACTIONS = [
  'send',
  'ask',
  'accept',
  'decline',
  'write',
  'cancel',
  'remove',
  'hand-over',
  'leave',
  'disband',
] as const;
export type TeamAction = (typeof TEAM_ACTIONS)[number];

export interface TeamSituation {
  state: TeamState;
  role: TeamRole;
  /** Of the team's expression of interest; null before it is sent. */
  interest: InterestStatus | null;
  accepted: number;
  invited: number;
  /** Most members. */
  most: number;
  /** The notice still takes interest. */
  open: boolean;
}

/**
 * What a company may do in a team now. After sending a team changes only by members who leave, or by a new leader;
 * once the publisher has answered nothing changes any more.
 */
export function teamActions(at: TeamSituation): TeamAction[] {
  return TEAM_ACTIONS.filter((action) => mayDo(action, at));
}

function mayDo(action: TeamAction, at: TeamSituation): boolean {
  const forming = at.state === 'forming' && at.open;
  const waiting = at.state === 'sent' && at.interest !== null && isWaiting(at.interest);
  const inside = at.role === 'leader' || at.role === 'member';
  const others = at.accepted > 1;
  switch (action) {
    case 'send':
      return at.role === 'leader' && forming && others;
    case 'ask':
      return at.role === 'leader' && forming && at.accepted < at.most && at.invited < MOST_INVITATIONS;
    case 'accept':
    case 'decline':
      return at.role === 'invited' && forming;
    case 'write':
      return inside && others && (forming || at.state === 'sent');
    case 'cancel':
      return at.role === 'leader' && at.state === 'forming' && at.invited > 0;
    case 'remove':
      return at.role === 'leader' && at.state === 'forming' && others;
    case 'hand-over':
      return at.role === 'leader' && others && (at.state === 'forming' || waiting);
    case 'leave':
      return inside && others && (at.state === 'forming' || waiting);
    case 'disband':
      return at.role === 'leader' && at.state === 'forming';
  }
}

export interface MemberCover {
  id: string;
  /** Lines (ids as matching knows them) that the member covers. */
  lines: readonly string[];
}

/** The lines that nobody of a group covers, in their order. */
export function openLines(lines: readonly string[], members: readonly MemberCover[]): string[] {
  const covered = new Set(members.flatMap((member) => member.lines));
  return lines.filter((line) => !covered.has(line));
}
