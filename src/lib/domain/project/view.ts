import type { Sourced } from '#lib/domain/insight/sourced.ts';
import type { MineralTag, Named, Names } from '#lib/domain/opportunity/view.ts';
import type { MspStage, MspStatus, ProjectPhase } from '#lib/domain/project/project.ts';

/** What lists show of a project. */
export interface ProjectCard {
  id: string;
  /** Korean may be empty. */
  name: Names;
  country: Named;
  phase: ProjectPhase;
  stages: MspStage[];
  minerals: MineralTag[];
  msp: MspStatus;
  /** Korean companies and bodies taking part, in the same order in both languages. */
  korean: { ko: string[]; en: string[] };
  lat: number | null;
  lon: number | null;
  sourced: Sourced;
}

/** Everything the page of a project says. */
export interface ProjectDetail extends ProjectCard {
  summary: Names;
  operator: string;
  reasons: { stage: MspStage; reason: Names }[];
  /** how far the coordinates can be trusted, in the words of the file */
  coordinateConfidence: string;
  /** `YYYY-MM-DD` of the last change of the row */
  updatedAt: string;
}
