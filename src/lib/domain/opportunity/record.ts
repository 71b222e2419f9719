import { z } from 'zod';
import {
  recordDate,
  recordId,
  recordText,
  ReferenceCheck,
  unique,
  type Reference,
  type ReferenceFault,
} from '#lib/domain/capability/reference.ts';
import { OPPORTUNITY_TYPES, VISIBILITIES } from '#lib/domain/opportunity/opportunity.ts';
import { checkRequirementReferences, requirementRecord } from '#lib/domain/opportunity/requirement.ts';

/** One line of an opportunity file (FORMATS 'Opportunity'): the one definition. */

export const OPPORTUNITY_RECORD_STATUSES = ['open', 'closed', 'draft'] as const;

const tag = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'is not a tag, expected lower-case kebab words');

export const opportunityRecord = z
  .strictObject({
    id: recordId,
    project: z.string().nullable().default(null),
    publisher: recordText.nullable().default(null),
    country: z.string(),
    type: z.enum(OPPORTUNITY_TYPES),
    title_ko: recordText.nullable().default(null),
    title_en: recordText.nullable().default(null),
    summary_ko: recordText.nullable().default(null),
    summary_en: recordText.nullable().default(null),
    minerals: z.array(z.string()).default([]),
    requirements: z
      .array(requirementRecord)
      .superRefine(unique((line) => line.id, 'id'))
      .default([]),
    finance: z.array(tag).default([]),
    opens: recordDate.nullable().default(null),
    deadline: z.iso
      .datetime({ offset: true, error: 'is not a time with offset, expected 2026-12-31T18:00:00+03:00' })
      .nullable()
      .default(null),
    visibility: z.enum(VISIBILITIES).default('public'),
    status: z.enum(OPPORTUNITY_RECORD_STATUSES).default('open'),
  })
  .refine((record) => (record.title_ko ?? '') !== '' || (record.title_en ?? '') !== '', {
    path: ['title_ko'],
    message: 'both titles are empty, expected title_ko or title_en',
  });

export type OpportunityRecord = z.output<typeof opportunityRecord>;
export type OpportunityRecordInput = z.input<typeof opportunityRecord>;

/** The ids in an opportunity record that the reference data does not know. */
export function opportunityReferenceFaults(record: OpportunityRecord, known: Reference): ReferenceFault[] {
  const check = new ReferenceCheck(known);
  check.one('projects', record.project, ['project']);
  check.one('countries', record.country, ['country']);
  check.all('minerals', record.minerals, ['minerals']);
  record.requirements.forEach((line, i) => checkRequirementReferences(line, check, ['requirements', i]));
  return check.faults;
}

/** The schema with the ids checked too. */
export function opportunityRecordFor(known: Reference) {
  return opportunityRecord.superRefine((record, context) => {
    for (const { path, message } of opportunityReferenceFaults(record, known))
      context.addIssue({ code: 'custom', path, message });
  });
}
