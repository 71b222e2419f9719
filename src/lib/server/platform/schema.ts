import type { AccountTables } from '#lib/server/account/tables.ts';
import type { AmendmentTables } from '#lib/server/amendment/tables.ts';
import type { AuditTables } from '#lib/server/audit/tables.ts';
import type { CapabilityTables } from '#lib/server/capability/tables.ts';
import type { CompanyTables } from '#lib/server/company/tables.ts';
import type { EngagementTables } from '#lib/server/engagement/tables.ts';
import type { FrameworkTables } from '#lib/server/framework/tables.ts';
import type { InsightTables } from '#lib/server/insight/tables.ts';
import type { MatchTrustTables } from '#lib/server/match/trust-tables.ts';
import type { MatchTables } from '#lib/server/match/tables.ts';
import type { NoticeTables } from '#lib/server/notice/tables.ts';
import type { OpportunityTables } from '#lib/server/opportunity/tables.ts';
import type { ProjectTables } from '#lib/server/project/tables.ts';
import type { SearchCheckTables } from '#lib/server/search/check-tables.ts';
import type { SearchTables } from '#lib/server/search/tables.ts';
import type { VettingTables } from '#lib/server/vetting/tables.ts';

/** Every table, each typed in the room of its noun. */
export type Database = AccountTables &
  AmendmentTables &
  AuditTables &
  CapabilityTables &
  CompanyTables &
  EngagementTables &
  FrameworkTables &
  InsightTables &
  MatchTables &
  MatchTrustTables &
  NoticeTables &
  OpportunityTables &
  ProjectTables &
  SearchCheckTables &
  SearchTables &
  VettingTables;
