import type {
  Agency,
  Intent,
  LinkPurpose,
  MemberRoleInOrganisation,
  Standing,
} from '#lib/domain/account/account.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type {
  DateText,
  DefaultJson,
  DefaultTimestamp,
  Generated,
  Optional,
  Timestamp,
  TimestampOrNull,
} from '#lib/server/platform/columns.ts';

export interface AccountTable {
  id: Generated<string>;
  email: string;
  email_verified_at: TimestampOrNull;
  name: string;
  password_hash: string;
  lang: Generated<Lang>;
  intent: Generated<Intent>;
  last_seen_at: TimestampOrNull;
  previous_visit_at: TimestampOrNull;
  last_acting: Optional<string>;
  created_at: DefaultTimestamp;
  demo: Generated<boolean>;
}

export interface OfficeTable {
  account_id: string;
  agency: Agency;
  administrator: Generated<boolean>;
  created_at: DefaultTimestamp;
}

export interface SessionTable {
  /** SHA-256 of the cookie's token, hex */
  id: string;
  user_id: string;
  expires_at: Timestamp;
  created_at: DefaultTimestamp;
  seen_at: DefaultTimestamp;
  agent: Generated<string>;
  address: Generated<string>;
  /** the hat worn: an organisation's id or `office` */
  acting: Optional<string>;
}

export interface OneTimeLinkTable {
  id_hash: string;
  purpose: LinkPurpose;
  account_id: string;
  data: DefaultJson<Record<string, string>>;
  expires_at: Timestamp;
  used_at: TimestampOrNull;
  created_at: DefaultTimestamp;
}

export interface RateLimitTable {
  bucket: string;
  tokens: number;
  refilled_at: Timestamp;
}

export interface ConsentTextTable {
  document: string;
  version: string;
  lang: Lang;
  body: string;
  required: boolean;
}

export interface ConsentTable {
  id: Generated<string>;
  account_id: string;
  document: string;
  version: string;
  lang: Lang;
  given_at: DefaultTimestamp;
  withdrawn_at: TimestampOrNull;
}

export interface OrganisationTable {
  id: Generated<string>;
  import_source: Generated<string>;
  external_id: Generated<string>;
  supplier: Generated<boolean>;
  lead: Generated<boolean>;
  name_ko: Generated<string>;
  name_en: Generated<string>;
  former_names: Generated<string[]>;
  name_key_ko: Generated<string>;
  name_key_en: Generated<string>;
  brn: Optional<string>;
  crn: Optional<string>;
  lei: Optional<string>;
  country: Generated<string>;
  standing: Generated<Standing>;
  vetted_until: Optional<DateText>;
  vetted_at: TimestampOrNull;
  /** the profile version that was vetted; a higher `company.version` means "changed since vetting" */
  vetted_version: Optional<number>;
  /** a confirmed hit on a restricted list; see `screening` */
  screened: Generated<boolean>;
  demo: Generated<boolean>;
  created_at: DefaultTimestamp;
  updated_at: DefaultTimestamp;
}

export interface MembershipTable {
  organisation_id: string;
  account_id: string;
  role: MemberRoleInOrganisation;
  created_at: DefaultTimestamp;
}

export interface InvitationTable {
  id: Generated<string>;
  id_hash: string;
  organisation_id: Optional<string>;
  agency: Optional<Agency>;
  email: string;
  role: MemberRoleInOrganisation | 'official' | 'administrator';
  invited_by: Optional<string>;
  expires_at: Timestamp;
  accepted_at: TimestampOrNull;
  revoked_at: TimestampOrNull;
  created_at: DefaultTimestamp;
}

export interface JoinRequestTable {
  id: Generated<string>;
  organisation_id: string;
  account_id: string;
  message: Generated<string>;
  status: Generated<'open' | 'accepted' | 'declined'>;
  created_at: DefaultTimestamp;
  decided_at: TimestampOrNull;
}

export interface ApiKeyTable {
  id: Generated<string>;
  id_hash: string;
  account_id: string;
  acting: Optional<string>;
  scope: 'read';
  label: Generated<string>;
  created_at: DefaultTimestamp;
  last_used_at: TimestampOrNull;
  revoked_at: TimestampOrNull;
}

export interface EntityChangeTable {
  seq: Generated<number>;
  kind: 'company' | 'opportunity' | 'project';
  id: string;
  xid: Generated<string>;
  at: DefaultTimestamp;
}

export interface AccountTables {
  account: AccountTable;
  office: OfficeTable;
  session: SessionTable;
  one_time_link: OneTimeLinkTable;
  rate_limit: RateLimitTable;
  consent_text: ConsentTextTable;
  consent: ConsentTable;
  organisation: OrganisationTable;
  membership: MembershipTable;
  invitation: InvitationTable;
  join_request: JoinRequestTable;
  api_key: ApiKeyTable;
  entity_change: EntityChangeTable;
}
