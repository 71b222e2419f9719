import type {
  EvidenceRef,
  InterestEventKind,
  InterestSide,
  InterestStatus,
} from '#lib/domain/engagement/interest.ts';
import type { InvitationEventKind } from '#lib/domain/engagement/invitation.ts';
import type { MemberState, PartnerAudience, TeamEventKind, TeamState } from '#lib/domain/engagement/team.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type {
  DefaultJson,
  DefaultTimestamp,
  Generated,
  Optional,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface InterestTable {
  id: Generated<string>;
  opportunity_id: string;
  organisation_id: string;
  status: Generated<InterestStatus>;
  message: Generated<string>;
  lang: Lang;
  terms_version: string;
  profile_version: number;
  /** rows of the profile and files that the company chose to show */
  evidence: DefaultJson<EvidenceRef[]>;
  decline_reason: Optional<string>;
  decline_note: Generated<string>;
  sent_by: Optional<string>;
  /** the team it speaks for; then the organisation is its leader */
  team_id: Optional<string>;
  contact_name: Generated<string>;
  contact_email: Generated<string>;
  /** whoever accepted for the lead */
  lead_contact_name: Generated<string>;
  lead_contact_email: Generated<string>;
  /** when each side agreed to show its name; of a team see `team_member` */
  company_reveals_at: TimestampOrNull;
  lead_reveals_at: TimestampOrNull;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface InterestEventTable {
  id: Generated<number>;
  interest_id: string;
  kind: InterestEventKind;
  by_side: InterestSide;
  at: DefaultTimestamp;
  note: Generated<string>;
}

export interface PartnerConsentTable {
  organisation_id: string;
  audience: PartnerAudience;
  terms_version: string;
  agreed_by: Optional<string>;
  agreed_at: DefaultTimestamp;
}

export interface TeamTable {
  id: Generated<string>;
  opportunity_id: string;
  leader_id: string;
  state: Generated<TeamState>;
  created_by: Optional<string>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface TeamMemberTable {
  team_id: string;
  organisation_id: string;
  opportunity_id: string;
  state: MemberState;
  message: Generated<string>;
  lang: Lang;
  asked_by: Optional<string>;
  asked_at: DefaultTimestamp;
  reason: Generated<string>;
  answered_by: Optional<string>;
  answered_at: TimestampOrNull;
  terms_version: Optional<string>;
  /** rows of the profile and files that the member chose to show */
  evidence: DefaultJson<EvidenceRef[]>;
  /** ids of the must lines it covered when interest was expressed */
  lines: Generated<string[]>;
  profile_version: Optional<number>;
  contact_name: Generated<string>;
  contact_email: Generated<string>;
  /** when it agreed to show its name to the lead */
  reveals_at: TimestampOrNull;
}

export interface TeamEventTable {
  id: Generated<number>;
  team_id: string;
  kind: TeamEventKind;
  organisation_id: Optional<string>;
  by_account: Optional<string>;
  by_organisation: Optional<string>;
  at: DefaultTimestamp;
  note: Generated<string>;
  lang: Generated<Lang>;
}

/** What happened to names on an invitation to a notice. */
export interface InvitationEventTable {
  id: Generated<number>;
  opportunity_id: string;
  organisation_id: string;
  kind: InvitationEventKind;
  at: DefaultTimestamp;
}

/** A view: every company that an expression or an invitation is about, and who of both sides sees whose name. */
export interface InterestPartyView {
  /** null: an invitation */
  interest_id: string | null;
  opportunity_id: string;
  lead_id: string | null;
  company_id: string;
  status: InterestStatus | null;
  company_keeps: boolean;
  company_agreed: boolean;
  lead_keeps: boolean;
  lead_agreed: boolean;
  /** the lead sees the company's name */
  company_named: boolean;
  /** the company sees the lead's name */
  lead_named: boolean;
}

export interface EngagementTables {
  interest_party: InterestPartyView;
  partner_consent: PartnerConsentTable;
  team: TeamTable;
  team_member: TeamMemberTable;
  team_event: TeamEventTable;
  interest: InterestTable;
  interest_event: InterestEventTable;
  invitation_event: InvitationEventTable;
}
