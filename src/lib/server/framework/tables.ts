import type { FrameworkKind, MemberRole } from '#lib/domain/framework/framework.ts';
import type { Generated, Optional, SourcedColumns } from '#lib/server/platform/columns.ts';

export interface FrameworkTable extends SourcedColumns {
  id: string;
  name_en: string;
  name_ko: string;
  kind: FrameworkKind;
  lead_body: Generated<string>;
  lead_body_ko: Generated<string>;
  since: Generated<string>;
  status: string;
  notes: Generated<string>;
  notes_ko: Generated<string>;
  predecessor: Optional<string>;
}

export interface FrameworkMemberTable extends SourcedColumns {
  id: Generated<number>;
  framework_id: string;
  country: string;
  role: MemberRole;
  /** daterange as text, `[2022-06-01,2026-02-04)` */
  period: string;
  /** the dates as far as they are known (`2022`, `2022-06`, `2022-06-14`), empty when not known */
  from_text: Generated<string>;
  to_text: Generated<string>;
  /** how the dates were read */
  note_en: Generated<string>;
  note_ko: Generated<string>;
}

export interface FrameworkTables {
  framework: FrameworkTable;
  framework_member: FrameworkMemberTable;
}
