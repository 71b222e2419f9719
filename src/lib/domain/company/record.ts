import { z } from 'zod';
import {
  recordAmount,
  recordDate,
  recordId,
  recordLanguage,
  recordName,
  recordText,
  recordUnit,
  recordYear,
  ReferenceCheck,
  unique,
  type Reference,
  type ReferenceFault,
} from '#lib/domain/capability/reference.ts';
import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';

/** One line of a company file (FORMATS 'Company'): the one definition, for import, matching and documents. */

export const COMPANY_RECORD_STATUSES = ['registered', 'vetted', 'suspended'] as const;

const capacity = z.strictObject({
  amount: recordAmount,
  unit: recordUnit,
  year: recordYear.nullable().default(null),
});

const capability = z.strictObject({
  id: recordId,
  capability: z.string(),
  minerals: z.array(z.string()).default([]),
  capacity: capacity.nullable().default(null),
  evidence: z.enum(EVIDENCE_LEVELS).default('claimed'),
});

const certification = z.strictObject({
  id: z.string(),
  valid_to: recordDate.nullable().default(null),
  verified: z.boolean().default(false),
});

const reference = z.strictObject({
  id: recordId,
  title: recordName,
  country: z.string().nullable().default(null),
  minerals: z.array(z.string()).default([]),
  capability: z.string().nullable().default(null),
  year: recordYear.nullable().default(null),
  client: recordText.nullable().default(null),
  confirmed: z.boolean().default(false),
});

const countryExperience = z.strictObject({
  country: z.string(),
  kind: z.enum(COUNTRY_EXPERIENCE_KINDS),
  since: z.int().min(1900).max(2100).nullable().default(null),
});

const finance = z.strictObject({
  own_equity_usd: z.number().nonnegative().nullable().default(null),
  can_invest: z.boolean().default(false),
});

export const companyRecord = z
  .strictObject({
    id: recordId,
    name_ko: recordText.nullable().default(null),
    name_en: recordText.nullable().default(null),
    former_names: z.array(recordName).default([]),
    brn: z
      .string()
      .regex(/^\d{3}-?\d{2}-?\d{5}$/u, 'is not a business registration number, expected NNN-NN-NNNNN')
      .nullable()
      .default(null),
    crn: z
      .string()
      .regex(/^\d{6}-?\d{7}$/u, 'is not a corporate registration number, expected NNNNNN-NNNNNNN')
      .nullable()
      .default(null),
    lei: z
      .string()
      .regex(/^[0-9A-Z]{20}$/u, 'is not an LEI, expected 20 capitals and digits')
      .nullable()
      .default(null),
    size: z.enum(COMPANY_SIZES),
    founded: z.int().min(1800).max(2100).nullable().default(null),
    province: recordText.nullable().default(null),
    employees: z.int().nonnegative().max(10_000_000).nullable().default(null),
    website: recordText
      .pipe(z.string().regex(/^(https?:\/\/\S+)?$/u, 'is not a web address, expected https://…'))
      .nullable()
      .default(null),
    summary_ko: recordText.nullable().default(null),
    summary_en: recordText.nullable().default(null),
    languages: z.array(recordLanguage).default([]),
    ksic: z
      .array(z.string().regex(/^[A-U]?\d{0,5}$/u, 'is not a KSIC code, expected up to 5 digits'))
      .default([]),
    capabilities: z
      .array(capability)
      .superRefine(unique((row) => row.id, 'id'))
      .default([]),
    certifications: z.array(certification).default([]),
    references: z
      .array(reference)
      .superRefine(unique((row) => row.id, 'id'))
      .default([]),
    country_experience: z
      .array(countryExperience)
      .superRefine(unique((row) => `${row.country}/${row.kind}`, 'country and kind'))
      .default([]),
    finance: finance.nullable().default(null),
    status: z.enum(COMPANY_RECORD_STATUSES).nullable().default(null),
    published: z.boolean().default(true),
  })
  .refine((record) => (record.name_ko ?? '') !== '' || (record.name_en ?? '') !== '', {
    path: ['name_ko'],
    message: 'both names are empty, expected name_ko or name_en',
  });

export type CompanyRecord = z.output<typeof companyRecord>;
export type CompanyRecordInput = z.input<typeof companyRecord>;

/** The ids in a company record that the reference data does not know. */
export function companyReferenceFaults(record: CompanyRecord, known: Reference): ReferenceFault[] {
  const check = new ReferenceCheck(known);
  record.capabilities.forEach((row, i) => {
    check.one('capabilities', row.capability, ['capabilities', i, 'capability']);
    check.all('minerals', row.minerals, ['capabilities', i, 'minerals']);
  });
  record.certifications.forEach((row, i) => check.one('certifications', row.id, ['certifications', i, 'id']));
  record.references.forEach((row, i) => {
    check.one('capabilities', row.capability, ['references', i, 'capability']);
    check.one('countries', row.country, ['references', i, 'country']);
    check.all('minerals', row.minerals, ['references', i, 'minerals']);
  });
  record.country_experience.forEach((row, i) =>
    check.one('countries', row.country, ['country_experience', i, 'country']),
  );
  return check.faults;
}

/** The schema with the ids checked too. */
export function companyRecordFor(known: Reference) {
  return companyRecord.superRefine((record, context) => {
    for (const { path, message } of companyReferenceFaults(record, known))
      context.addIssue({ code: 'custom', path, message });
  });
}
