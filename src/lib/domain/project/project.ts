/** How far a project is. Values of projects.csv (`stage` there). */
export const PROJECT_PHASES = [
  'exploration',
  'feasibility',
  'construction',
  'operation',
  'processing',
  'recycling',
] as const;
export type ProjectPhase = (typeof PROJECT_PHASES)[number];

/**
 * The value-chain stages the MSP counts by (19 upstream, 15 midstream, 3 recycling …). A project may have several,
 * so counts by stage overlap and never add up to the number of projects (DOMAIN 1.4).
 */
export const MSP_STAGES = ['upstream', 'midstream', 'downstream', 'recycling'] as const;
export type MspStage = (typeof MSP_STAGES)[number];

/** yes: named as an MSP project by a government or the company; reported: a public statement ties it; no: no tie found. */
export const MSP_STATUSES = ['yes', 'reported', 'no'] as const;
export type MspStatus = (typeof MSP_STATUSES)[number];
