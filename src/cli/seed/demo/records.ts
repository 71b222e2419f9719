import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isMoment } from './days.ts';
import { AGENCIES, MEMBER_ROLES } from '#lib/domain/account/account.ts';
import { PARTNER_AUDIENCES } from '#lib/domain/engagement/team.ts';
import { DECLINE_REASONS } from '#lib/domain/engagement/status.ts';
import { OPPORTUNITY_TYPES, VISIBILITIES } from '#lib/domain/opportunity/opportunity.ts';
import { requirementRecord } from '#lib/domain/opportunity/requirement.ts';
import { REASONS, type ReasonCode } from '#lib/domain/vetting/reasons.ts';
import { FINDINGS, OUTCOMES } from '#lib/domain/vetting/vetting.ts';

/** The files of `data/demo/`: who there is, what they publish, and what happened, one object a line. */

const moment = z.string().refine(isMoment, 'is no moment, expected "-12 14:05"');
const lang = z.enum(['ko', 'en']);
const time = z.string().regex(/^\d{2}:\d{2}$/);
const written = z.string().min(1);

export const accountRecord = z.strictObject({
  /** the part of the mail address before the @ */
  who: z.string().regex(/^[a-z0-9-]+$/),
  name: written,
  lang,
  at: moment,
  office: z.strictObject({ agency: z.enum(AGENCIES), administrator: z.boolean() }).optional(),
  /** a company of `companies.jsonl` or a lead of `leads.jsonl` */
  organisation: z.string().optional(),
  /** null: has asked to join and waits for the answer */
  role: z.enum(MEMBER_ROLES).nullable().optional(),
  message: z.string().optional(),
});
export type DemoAccount = z.output<typeof accountRecord>;

export const leadRecord = z.strictObject({
  id: z.string(),
  name_ko: written,
  name_en: written,
  country: z.string(),
  at: moment,
});
export type DemoLead = z.output<typeof leadRecord>;

const due = z.strictObject({ days: z.int(), time });

export const opportunityRecord = z.strictObject({
  id: z.string(),
  lead: z.string(),
  /** empty: no project of the reference data, a place instead */
  project: z.string(),
  country: z.string(),
  place: z.string(),
  type: z.enum(OPPORTUNITY_TYPES),
  title_ko: written,
  title_en: written,
  summary_ko: written,
  summary_en: written,
  minerals: z.array(z.string()),
  requirements: z.array(requirementRecord),
  finance: z.array(z.string()),
  visibility: z.enum(VISIBILITIES),
  /** publisher, project and place are kept back */
  pseudonymous: z.boolean().default(false),
  requires_vetted: z.boolean(),
  /** most companies in a team; null: what a publisher gets who sets nothing */
  team_max: z.int().nullable().default(null),
  estimated_value_usd: z.number().positive().nullable().default(null),
  /** a framework: open to companies of its members only */
  eligible_framework: z.string().default(''),
  /** days after loading, on the clock of `zone`; null while the draft has none */
  deadline: due.extend({ zone: z.string() }).nullable(),
  story: z.strictObject({
    drafted: moment,
    submitted: moment.optional(),
    published: moment.optional(),
    /** the official who published */
    by: z.string().optional(),
    returned: z.strictObject({ at: moment, by: z.string(), note: written }).optional(),
    /** by the clock, at its deadline */
    closed: z.literal('clock').optional(),
    withdrawn: moment.optional(),
    addenda: z
      .array(z.strictObject({ at: moment, text_ko: written, text_en: written, deadline: due.nullable() }))
      .default([]),
    invited: z.array(z.strictObject({ at: moment, company: z.string(), reason: written })).default([]),
  }),
});
export type DemoOpportunity = z.output<typeof opportunityRecord>;

export const interestRecord = z.strictObject({
  opportunity: z.string(),
  company: z.string(),
  at: moment,
  lang,
  message: written,
  /** `capability:k1`, `reference:r1` by the ids of the company's record, `certification:iso-9001` by scheme */
  evidence: z.array(z.string()).default(['capability:k1', 'reference:r1']),
  /** `agree`: the company, to show its name */
  then: z
    .array(
      z.discriminatedUnion('do', [
        z.strictObject({ do: z.enum(['open', 'shortlist', 'accept', 'withdraw', 'agree']), at: moment }),
        z.strictObject({
          do: z.literal('decline'),
          at: moment,
          reason: z.enum(DECLINE_REASONS),
          note: z.string(),
        }),
      ]),
    )
    .default([]),
});
export type DemoInterest = z.output<typeof interestRecord>;

export const partnerRecord = z.strictObject({
  company: z.string(),
  audience: z.enum(PARTNER_AUDIENCES),
  at: moment,
});
export type DemoPartner = z.output<typeof partnerRecord>;

export const teamRecord = z.strictObject({
  opportunity: z.string(),
  /** asks the others */
  leader: z.string(),
  lang,
  members: z.array(
    z.strictObject({
      company: z.string(),
      at: moment,
      message: written,
      /** left out: the answer is still awaited */
      then: z
        .discriminatedUnion('do', [
          z.strictObject({ do: z.literal('accept'), at: moment }),
          z.strictObject({ do: z.literal('decline'), at: moment, reason: z.string() }),
        ])
        .optional(),
    }),
  ),
  messages: z.array(z.strictObject({ by: z.string(), at: moment, text: written })).default([]),
  /** its expression of interest */
  sent: z.strictObject({ at: moment, message: written, evidence: z.array(z.string()) }).optional(),
  then: interestRecord.shape.then,
});
export type DemoTeam = z.output<typeof teamRecord>;

const reasonCode = z.enum(Object.keys(REASONS) as [ReasonCode, ...ReasonCode[]]);
const finding = z.strictObject({ finding: z.enum(FINDINGS), note: z.string() });
const byOfficial = { at: moment, by: z.string() };

export const caseRecord = z.strictObject({
  organisation: z.string(),
  kind: z.enum(['first', 'renewal', 'suspension', 'restoration']),
  submitted: moment,
  /** the official who opened it; without one the organisation submitted itself */
  by: z.string().optional(),
  steps: z.array(
    z.discriminatedUnion('do', [
      z.strictObject({ do: z.literal('assign'), ...byOfficial, to: z.string() }),
      z.strictObject({ do: z.literal('find'), ...byOfficial, items: z.record(z.string(), finding) }),
      z.strictObject({ do: z.literal('ask'), ...byOfficial, item: z.string(), question: written }),
      z.strictObject({ do: z.literal('answer'), at: moment, item: z.string(), answer: written }),
      z.strictObject({
        do: z.literal('propose'),
        ...byOfficial,
        outcome: z.enum(OUTCOMES),
        reason_code: reasonCode,
        reason_ko: written,
        reason_en: written,
        internal_note: z.string(),
        /** days from the proposal on, or `load+38`: so many after loading */
        valid_days: z.union([z.int().positive(), z.string().regex(/^load\+\d+$/)]).nullable(),
      }),
      z.strictObject({ do: z.literal('return'), ...byOfficial, note: written }),
      z.strictObject({ do: z.literal('confirm'), ...byOfficial }),
      z.strictObject({ do: z.literal('withdraw'), at: moment }),
    ]),
  ),
});
export type DemoCase = z.output<typeof caseRecord>;
export type DemoCaseStep = DemoCase['steps'][number];

/** Reads a file of `data/demo/`. Throws with file and line when a record is wrong. */
export async function readRecords<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T[]> {
  const text = await readFile(join(folder, name), 'utf8');
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const parsed = schema.safeParse(JSON.parse(line));
    if (parsed.success) return [parsed.data];
    const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`);
    throw new Error(`${join(folder, name)}:${index + 1}: ${faults.join('; ')}`);
  });
}
