import type { Names } from '#lib/domain/opportunity/view.ts';

export interface ExpiringCertificate {
  id: string;
  name: string;
  /** Last day, `YYYY-MM-DD`. */
  validTo: string;
}

/** What waits for a company, with what makes it urgent. Words and order are the page's. */
export interface CompanyTasks {
  /** Soonest first. */
  requests: { id: string; question: string; dueAt: string }[];
  /** Invitations into teams that wait for an answer; soonest deadline first. */
  teamInvitations: { team: string; title: Names; leader: Names; deadline: string | null }[];
  /** Invitations to notices that were neither answered by an interest nor said to be not relevant; newest first. */
  invitations: { opportunity: string; title: Names; publisher: Names; deadline: string | null }[];
  /** That have run out or soon will; soonest first. */
  certificates: ExpiringCertificate[];
  /** Last day of vetting that runs out soon and has no case under way; null when it does not. */
  vettingEnds: string | null;
  /** Strong matches that close soon and were not answered. */
  closing: { id: string; title: Names; deadline: string }[];
  profile: 'unpublished' | 'unvetted' | null;
}

/** A date a company has to keep in mind. `due` is an instant, or a day that ends in Korea. */
export type CompanyDate =
  | { kind: 'request'; id: string; text: string; due: string }
  | { kind: 'certificate'; id: string; text: string; due: string }
  | { kind: 'vetting'; due: string }
  | { kind: 'match'; id: string; title: Names; due: string };
