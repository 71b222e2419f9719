import type { Contact, EvidenceItem } from '#lib/domain/engagement/view.ts';
import type { InterestStatus } from '#lib/domain/engagement/interest.ts';
import type {
  MemberState,
  TeamAction,
  TeamEventKind,
  TeamRole,
  TeamState,
} from '#lib/domain/engagement/team.ts';
import type { Names, OpportunityCard, RequirementView } from '#lib/domain/opportunity/view.ts';

/** What pages show of teams: plain values, instants as ISO text. */

/** A must line and who covers it. */
export interface CoveredLine {
  line: RequirementView;
  /** Ids of companies in the team that cover it. */
  by: string[];
  /** Ids of companies that were asked and would cover it. */
  asked: string[];
}

export interface TeamMemberView {
  id: string;
  name: Names;
  leader: boolean;
  /** The company that looks. */
  self: boolean;
  state: MemberState;
  askedAt: string;
  answeredAt: string | null;
  reason: string;
  /** May not take part now: it will be taken out. */
  unfit: boolean;
  /** For members of the team only. */
  contact: Contact | null;
}

export interface TeamEventView {
  kind: TeamEventKind;
  at: string;
  name: Names;
  note: string;
  lang: 'ko' | 'en';
}

export interface TeamView {
  id: string;
  /** `ready`: forming, with every must line covered by at least two companies together. */
  state: TeamState | 'ready';
  role: TeamRole;
  opportunity: OpportunityCard;
  most: number;
  members: TeamMemberView[];
  lines: CoveredLine[];
  /** Must lines that nobody in the team covers. */
  open: number;
  /** What the asked company was told; null for others. */
  invitation: { message: string; lang: 'ko' | 'en'; at: string } | null;
  /** Oldest first; empty for whoever is only asked. */
  events: TeamEventView[];
  interest: { id: string; status: InterestStatus } | null;
  actions: TeamAction[];
}

/** A line of a company's list. */
export interface TeamCard {
  id: string;
  state: TeamState;
  role: TeamRole;
  opportunity: OpportunityCard;
  leader: Names;
  /** In the team now. */
  members: number;
  waiting: number;
  changedAt: string;
}

/** A possible partner: public facts only, and the open lines it covers. */
export interface PartnerView {
  id: string;
  name: Names;
  province: string;
  vetted: boolean;
  capabilities: Names[];
  lines: RequirementView[];
  /** In the company's own team for the notice already, as what. */
  asked: MemberState | null;
}

/** "You and one of these cover everything". */
export interface PartnersView {
  /** Must lines there are, covered by the company itself, and those it lacks. */
  all: number;
  own: RequirementView[];
  open: RequirementView[];
  /** Open lines that no partner covers. */
  nobody: RequirementView[];
  partners: PartnerView[];
  total: number;
  /** Where it takes more than one partner: groups, best first. */
  groups: PartnerView[][];
  most: number;
  /** The company's own team for this notice; null: none yet. */
  team: string | null;
}

/** A member of a team, as both sides of an expression see it. */
export interface InterestMember {
  id: string;
  /** Keeps its name back from the reader; then the name is empty. */
  masked: boolean;
  /** The reader may open its profile. */
  profile: boolean;
  name: Names;
  leader: boolean;
  /** Still in the team; who left stays named, with what it covered. */
  here: boolean;
  suspended: boolean;
  lines: RequirementView[];
  evidence: EvidenceItem[];
  contact: Contact | null;
}

export interface InterestTeam {
  id: string;
  members: InterestMember[];
  lines: RequirementView[];
  /** Must lines that the companies still there do not cover. */
  open: RequirementView[];
}

/** The smallest teams, for the publisher of a notice, and why there is no smaller one. */
export interface LeadTeams {
  lines: RequirementView[];
  /** Lines that no company covers. */
  nobody: RequirementView[];
  /** The notice takes teams. */
  allowed: boolean;
  teams: {
    /** Sum of the members' scores. */
    score: number;
    members: {
      id: string;
      name: Names;
      masked: boolean;
      vetted: boolean;
      /** Agreed to be proposed as a partner. */
      willing: boolean;
      invited: boolean;
      lines: RequirementView[];
    }[];
  }[];
  proven: boolean;
  complete: boolean;
  /** No team of this many companies or fewer covers everything. */
  ruledOut: number;
  /** Companies that cover at least one must line and pass the other gates. */
  candidates: number;
  considered: number;
}
