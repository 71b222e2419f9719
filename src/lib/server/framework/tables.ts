import type { FrameworkKind, MemberRole } from '#lib/domain/framework/framework.ts';
import type { Generated, Optional, SourcedColumns } from '#lib/server/platform/columns.ts';

export interface FrameworkTable extends SourcedColumns {
  id: string;
  name_en: string;
  name_ko: string;
  kind: FrameworkKind;
  lead_body: Generated<string>;
  since: Generated<string>;
  status: string;
  notes: Generated<string>;
  predecessor: Optional<string>;
}

export interface FrameworkMemberTable extends SourcedColumns {
  id: Generated<number>;
  framework_id: string;
  country: string;
  role: MemberRole;
  /** daterange as text, `[2022-06-01,2026-02-04)` */
  period: string;
}

export interface FrameworkTables {
  framework: FrameworkTable;
  framework_member: FrameworkMemberTable;
}
