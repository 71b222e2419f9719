import type { DefaultTimestamp, Generated, Optional, OptionalJson } from '#lib/server/platform/columns.ts';
import type { ActorKind } from '#lib/domain/account/actor.ts';

export interface AuditEntryTable {
  id: Generated<number>;
  at: DefaultTimestamp;
  actor_kind: ActorKind;
  actor_account: Optional<string>;
  actor_organisation: Optional<string>;
  action: string;
  object_kind: string;
  object_id: string;
  before: OptionalJson<unknown>;
  after: OptionalJson<unknown>;
  request_id: Optional<string>;
}

export interface AuditTables {
  audit_entry: AuditEntryTable;
}
