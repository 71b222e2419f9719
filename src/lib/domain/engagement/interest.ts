import { isUuid } from '#lib/domain/form/uuid.ts';

export const INTEREST_STATUSES = [
  'sent',
  'opened',
  'shortlisted',
  'accepted',
  'declined',
  'withdrawn',
] as const;
export type InterestStatus = (typeof INTEREST_STATUSES)[number];

export const INTEREST_EVENT_KINDS = [
  ...INTEREST_STATUSES,
  'company-suspended',
  'company-restored',
  // of a team's expression; the note names the company
  'member-left',
  'leader-changed',
  // a side that keeps its name back agreed to show it, took that back; both agreed. Of a team the note names the company
  'company-agreed',
  'company-disagreed',
  'lead-agreed',
  'lead-disagreed',
  'names-shown',
] as const;
export type InterestEventKind = (typeof INTEREST_EVENT_KINDS)[number];

export type InterestSide = 'company' | 'lead' | 'ministry';

/** What a company can show with an expression: rows of its profile, and files. */
export const EVIDENCE_KINDS = ['capability', 'certification', 'reference', 'file'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
export interface EvidenceRef {
  kind: EvidenceKind;
  id: string;
}

/** `capability:0197…` as forms post it; null when it is nothing of ours. */
export function readEvidence(value: string): EvidenceRef | null {
  const [kindText, id = ''] = value.split(':', 2);
  const kind = EVIDENCE_KINDS.find((one) => one === kindText);
  return kind === undefined || !isUuid(id) ? null : { kind, id };
}
