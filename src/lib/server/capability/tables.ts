import type { Generated, Optional, SourcedColumns } from '#lib/server/platform/columns.ts';

export interface CapabilityStageTable {
  id: string;
  position: number;
  name_en: string;
  name_ko: string;
}
export interface CapabilityTable extends SourcedColumns {
  id: string;
  stage: string;
  position: number;
  name_en: string;
  name_ko: string;
  description: string;
  unspsc_segment: Generated<string>;
}
export interface CertificationTable extends SourcedColumns {
  id: string;
  name: string;
  issuer: string;
  scope: string;
  url: Generated<string>;
  category: string;
}
export interface KsicTable {
  revision: number;
  code: string;
  name_en: Optional<string>;
  name_ko: string;
  level: number;
  parent: Optional<string>;
  portal_group: Optional<string>;
  source: string;
  confidence: string;
  as_of: string;
}

export interface CapabilityTables {
  capability_stage: CapabilityStageTable;
  capability: CapabilityTable;
  certification: CertificationTable;
  ksic: KsicTable;
}
