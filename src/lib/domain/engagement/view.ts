import type { InterestTeam } from '#lib/domain/engagement/team-view.ts';
import type { Standing } from '#lib/domain/account/account.ts';
import type { CompanySize, EvidenceLevel } from '#lib/domain/company/company.ts';
import type { InterestEventKind, InterestSide, InterestStatus } from '#lib/domain/engagement/interest.ts';
import type { RevealView } from '#lib/domain/engagement/reveal.ts';
import type { InterestAction } from '#lib/domain/engagement/status.ts';
import type { Names, OpportunityCard, Quantity } from '#lib/domain/opportunity/view.ts';

/** What pages show of expressions of interest: plain values, instants as ISO text. */

/** A line of a company's list. */
export interface InterestCard {
  id: string;
  status: InterestStatus;
  sentAt: string;
  /** last event of the timeline */
  changedAt: string;
  /** sent by a team that the company stands in */
  team: boolean;
  opportunity: OpportunityCard;
}

/** A line of a lead's inbox. */
export interface InboxLine {
  id: string;
  status: InterestStatus;
  sentAt: string;
  changedAt: string;
  /** other companies of its team; 0: it speaks for itself */
  partners: number;
  company: CompanyTag;
}

export interface CompanyTag {
  id: string;
  /** Keeps its name back from the reader; then the name is empty. */
  masked: boolean;
  /** The reader may open its profile. */
  profile: boolean;
  name: Names;
  size: CompanySize | null;
  province: string;
  standing: Standing;
  vettedUntil: string | null;
  demo: boolean;
}

export interface TimelineEvent {
  kind: InterestEventKind;
  by: InterestSide;
  at: string;
  note: string;
  /** the company of a team that it is about */
  about: Names | null;
}

export interface Contact {
  name: string;
  email: string;
}

/** A row of the profile or a file that the company chose to show; what is gone meanwhile is left out. */
export type EvidenceItem =
  | {
      kind: 'capability';
      id: string;
      name: Names;
      quantity: Quantity | null;
      year: number | null;
      level: EvidenceLevel;
      file: string | null;
    }
  | {
      kind: 'certification';
      id: string;
      name: string;
      validTo: string | null;
      verified: boolean;
      file: string | null;
    }
  | {
      kind: 'reference';
      id: string;
      /** both empty while the company keeps its name back from the reader */
      title: string;
      client: string;
      year: number | null;
      confirmed: boolean;
      file: string | null;
    }
  /** `name` is neutral while the company keeps its own back from the reader */
  | { kind: 'file'; id: string; name: string; size: number };

/** One expression of interest; both sides read the same timeline. */
export interface InterestView {
  id: string;
  status: InterestStatus;
  message: string;
  lang: 'ko' | 'en';
  termsVersion: string;
  profileVersion: number;
  sentAt: string;
  /** of the company; empty for a team, whose members show their own */
  evidence: EvidenceItem[];
  team: InterestTeam | null;
  decline: { reason: string; note: string } | null;
  timeline: TimelineEvent[];
  company: CompanyTag;
  /** the company's participation is suspended now */
  suspended: boolean;
  opportunity: OpportunityCard;
  /** empty where it is kept back; see `opportunity.named` */
  publisher: Names;
  /** null where nobody keeps a name back */
  reveal: RevealView | null;
  /** both null until acceptance, and until both see each other's name */
  companyContact: Contact | null;
  leadContact: Contact | null;
  /** what the reader's side may do now */
  actions: InterestAction[];
}
