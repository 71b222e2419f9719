/** Everything a person can be told of. The words stand in `lib/i18n/notices.ts`, one entry a kind. */
export const NOTICE_KINDS = [
  'interest-received',
  'interest-opened',
  'interest-shortlisted',
  'interest-accepted',
  'interest-declined',
  'interest-withdrawn',
  'interest-team-changed',
  'interest-names',
  'team-invited',
  'team-answered',
  'team-changed',
  'opportunity-submitted',
  'opportunity-published',
  'opportunity-returned',
  'opportunity-addendum',
  'opportunity-invitation',
  'opportunity-names',
  'opportunity-closed',
  'vetting-submitted',
  'vetting-information-requested',
  'vetting-information-answered',
  'vetting-proposed',
  'vetting-returned',
  'vetting-decided',
  'vetting-expiring',
  'screening-decided',
  'counterparty-suspended',
  'counterparty-restored',
  'certificate-expiring',
  'join-requested',
  'join-decided',
  'member-joined',
  'match-new',
  'match-companies',
  'search-alert',
  'search-drift',
  'appeal-opened',
  'appeal-answered',
  'relation-proposed',
  'relation-decided',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Who is told: the members of an organisation (all, or those of some roles), one person, or the officials. */
export type Audience =
  | { organisationId: string; roles?: readonly ('owner' | 'editor' | 'viewer')[] }
  | { accountId: string }
  | { officials: true; only?: 'administrators' };

/** One thing that happened. `key` names it once and for all: however often it is delivered, a person is told once. */
export interface NoticeEvent {
  kind: NoticeKind;
  key: string;
  to: Audience;
  /** Who did it; is not told of their own act. */
  except?: string | null;
  /** Values for the words (see `lib/i18n/notices.ts`); names in both languages as `nameKo`, `nameEn`. */
  data: Record<string, string>;
  /** Where the notice leads, without language prefix. */
  path: string;
}
