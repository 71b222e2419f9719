import type { MspStage, MspStatus, ProjectPhase } from '#lib/domain/project/project.ts';
import type { DefaultTimestamp, Generated, Optional, SourcedColumns } from '#lib/server/platform/columns.ts';

export interface ProjectTable extends SourcedColumns {
  id: Generated<string>;
  import_source: string;
  external_id: string;
  name_en: string;
  name_ko: Optional<string>;
  country: string;
  lat: Optional<number>;
  lon: Optional<number>;
  phase: ProjectPhase;
  operator: Generated<string>;
  msp_status: MspStatus;
  korean_participants: Generated<string[]>;
  korean_participants_ko: Generated<string[]>;
  summary_en: Generated<string>;
  summary_ko: Optional<string>;
  coordinate_confidence: Generated<string>;
  updated_at: DefaultTimestamp;
  import_hash: Optional<string>;
}

export interface ProjectMineralTable {
  project_id: string;
  mineral_id: string;
  /** as the source names them, the main one first */
  position: Generated<number>;
}

export interface ProjectStageTable {
  project_id: string;
  stage: MspStage;
  /** why the project counts in this stage */
  reason_en: Generated<string>;
  reason_ko: Generated<string>;
}

export interface ProjectTables {
  project: ProjectTable;
  project_mineral: ProjectMineralTable;
  project_stage: ProjectStageTable;
}
