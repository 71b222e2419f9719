import type {
  OpportunityStatus,
  OpportunityType,
  OpportunityVisibility,
  RequirementKind,
} from '#lib/domain/opportunity/opportunity.ts';
import type { Phase } from '#lib/domain/opportunity/status.ts';
import type { MspStatus, ProjectPhase } from '#lib/domain/project/project.ts';
import type { Standing } from '#lib/domain/account/account.ts';

/** What pages show of opportunities: plain values, both languages, instants as ISO text. */

/** One thing in both languages; one of them may be empty. */
export interface Names {
  ko: string;
  en: string;
}

export interface Named extends Names {
  id: string;
}

export interface MineralTag extends Named {
  symbol: string;
}

export interface ProjectTag extends Named {
  phase: ProjectPhase;
}

export interface Quantity {
  amount: number;
  /** in the grammar of FORMATS 'Units' */
  unit: string;
  /** Rounded, for readers who may not know whose it is. */
  about?: boolean;
}

/** The lines of a list. */
export interface OpportunityCard {
  id: string;
  number: string;
  type: OpportunityType;
  status: OpportunityStatus;
  phase: Phase;
  visibility: OpportunityVisibility;
  title: Names;
  /** Publisher, project and place are told only to companies that both sides agreed with. */
  pseudonymous: boolean;
  /** The reader is told them; always so where nothing is kept back. */
  named: boolean;
  project: ProjectTag | null;
  place: string;
  country: Named;
  minerals: MineralTag[];
  /** the largest quantity asked for in a capability line */
  quantity: Quantity | null;
  opens: string | null;
  deadline: string | null;
  /** IANA name of the clock the deadline was written on */
  deadlineZone: string;
  publishedAt: string | null;
  updatedAt: string;
  demo: boolean;
}

/** One requirement in words' raw material; which fields are filled depends on `kind`. */
export interface RequirementView {
  id: string;
  /** Its name in imports and in explanations of a match. */
  externalId: string;
  /** From 1, as shown. */
  position: number;
  must: boolean;
  weight: number;
  kind: RequirementKind;
  capability: Named | null;
  minerals: MineralTag[];
  quantity: Quantity | null;
  certifications: { id: string; name: string }[];
  /** Only certificates that officials confirmed count. */
  verifiedOnly: boolean;
  countries: Named[];
  language: string | null;
  minSize: 'sme' | 'midsize' | 'large' | null;
}

export interface AddendumView {
  id: string;
  text: Names;
  at: string;
  deadlineBefore: string | null;
  deadlineAfter: string | null;
}

export interface Publisher {
  /** null for imported notices, and for readers who are not told the name */
  id: string | null;
  /** empty for readers who are not told */
  name: Names;
  standing: Standing | null;
  vettedUntil: string | null;
}

/** A finance tag; linked when it is a framework the portal knows. */
export interface FinanceTag {
  id: string;
  name: Names | null;
}

export interface SourcedProject extends ProjectTag {
  operator: string;
  koreanParticipants: string[];
  koreanParticipantsKo: string[];
  mspStatus: MspStatus;
  summary: Names;
  source: string;
  confidence: 'verified' | 'recalled';
  asOf: string;
}

/** Whose companies may take part: the members of a framework on a day. */
export interface Eligibility {
  framework: Named;
  countries: Named[];
  /** `YYYY-MM-DD`, the day of the deadline; the countries are frozen once the notice is published */
  day: string;
}

/** A notice with everything its page says. */
export interface OpportunityView extends OpportunityCard {
  summary: Names;
  publisher: Publisher;
  requirements: RequirementView[];
  addenda: AddendumView[];
  finance: FinanceTag[];
  sourcedProject: SourcedProject | null;
  requiresVetted: boolean;
  /** Most companies in a team that expresses interest as one; 1: no teams. */
  teamMax: number;
  /** the publisher's estimate */
  estimatedValueUsd: number | null;
  /** null: companies of any country */
  eligibility: Eligibility | null;
  closedAt: string | null;
  submittedAt: string | null;
  /** the ministry's words when it gave a draft back */
  returnedNote: string;
  savedSteps: Record<string, string>;
  /** How many expressed interest; null for those who may not know. */
  interests: number | null;
}
