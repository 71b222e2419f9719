import { z } from 'zod';
import {
  recordAmount,
  recordId,
  recordLanguage,
  recordUnit,
  type ReferenceCheck,
} from '#lib/domain/capability/reference.ts';
import { REQUIREMENT_KINDS, type RequirementKind } from '#lib/domain/opportunity/opportunity.ts';

/** Sizes that a minimum can name, smallest first. */
export const MIN_SIZES = ['sme', 'midsize', 'large'] as const;

/** One requirement line (FORMATS 'Opportunity'): exactly one of the six kinds. */
export const requirementRecord = z
  .strictObject({
    id: recordId,
    must: z.boolean(),
    /** Relative weight among the lines, set by the publisher and frozen at publication; 1 when absent. */
    weight: z.number().positive().max(100).default(1),
    capability: z.string().optional(),
    minerals: z.array(z.string()).optional(),
    quantity: z.strictObject({ amount: recordAmount, unit: recordUnit }).nullable().optional(),
    certifications_any: z.array(z.string()).min(1).optional(),
    country_experience: z.array(z.string()).min(1).optional(),
    language: recordLanguage.optional(),
    min_size: z.enum(MIN_SIZES).optional(),
    can_invest: z.literal(true).optional(),
  })
  .superRefine((line, context) => {
    const kinds = REQUIREMENT_KINDS.filter((kind) => line[kind] !== undefined);
    if (kinds.length !== 1)
      context.addIssue({
        code: 'custom',
        message: `has ${kinds.length === 0 ? 'none' : kinds.join(' and ')}, expected exactly one of ${REQUIREMENT_KINDS.join(', ')}`,
      });
    if (line.capability === undefined)
      for (const field of ['minerals', 'quantity'] as const)
        if (line[field] !== undefined && line[field] !== null)
          context.addIssue({
            code: 'custom',
            path: [field],
            message: 'stands without capability, expected only with it',
          });
  });

export type RequirementRecord = z.output<typeof requirementRecord>;

/** Which of the six kinds a line is. */
export function requirementKind(line: RequirementRecord): RequirementKind {
  return REQUIREMENT_KINDS.find((kind) => line[kind] !== undefined) ?? 'capability';
}

/** Checks the ids a line names. */
export function checkRequirementReferences(
  line: RequirementRecord,
  check: ReferenceCheck,
  path: (string | number)[],
): void {
  check.one('capabilities', line.capability ?? null, [...path, 'capability']);
  check.all('minerals', line.minerals ?? [], [...path, 'minerals']);
  check.all('certifications', line.certifications_any ?? [], [...path, 'certifications_any']);
  check.all('countries', line.country_experience ?? [], [...path, 'country_experience']);
}
