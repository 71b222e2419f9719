import { z } from 'zod';
import { DEADLINE_RANGES } from './deadline.ts';

/**
 * The read interface for programs, `/api/v1` (docs/formats.md). These schemas check what is asked, type what is
 * answered, and make the OpenAPI document.
 */

const several = z.array(z.string().min(1).max(200)).max(50).default([]);

/** Results past this are not paged to: narrow the question instead. */
export const MOST_RESULTS = 10_000;

const paging = {
  page: z.coerce.number().int().min(1).max(MOST_RESULTS).default(1),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

export const companiesQuery = z.strictObject({
  q: z.string().max(400).default(''),
  mineral: several,
  capability: several,
  stage: several,
  country: several,
  certification: several,
  size: several,
  status: several,
  /** Under its Korean name. */
  province: several,
  sort: z.enum(['relevance', 'newest', 'name']).default('relevance'),
  ...paging,
});

export const opportunitiesQuery = z.strictObject({
  q: z.string().max(400).default(''),
  mineral: several,
  capability: several,
  stage: several,
  country: several,
  certification: several,
  type: several,
  status: several,
  /** Closing within so many days of Korea, later than 90, or without a deadline. */
  deadline: z.array(z.enum(DEADLINE_RANGES)).max(DEADLINE_RANGES.length).default([]),
  sort: z.enum(['relevance', 'newest', 'name', 'deadline']).default('relevance'),
  ...paging,
});

export const projectsQuery = z.strictObject({
  q: z.string().max(400).default(''),
  mineral: several,
  stage: several,
  country: several,
  phase: several,
  status: several,
  sort: z.enum(['relevance', 'newest', 'name']).default('relevance'),
  ...paging,
});

export const suggestQuery = z.strictObject({
  q: z.string().max(400).default(''),
  lang: z.enum(['ko', 'en']).default('ko'),
});

export const matchesQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) });

/** In which language the reckoning of a pair is worded. */
export const explanationQuery = z.strictObject({ lang: z.enum(['ko', 'en']).default('ko') });

const ids = z.array(z.string());
const name = { nameKo: z.string(), nameEn: z.string() };
/** The name with what was found in it between `<mark>` and `</mark>`; all else is escaped. */
const highlight = z.object({ nameKo: z.string(), nameEn: z.string() }).partial();

export const companyItem = z.object({
  id: z.uuid(),
  source: z.string(),
  externalId: z.string(),
  ...name,
  size: z.string().nullable(),
  province: z.string(),
  status: z.enum(['registered', 'vetted', 'refused', 'suspended']),
  vettedUntil: z.string().nullable(),
  minerals: ids,
  capabilities: ids,
  certifications: ids,
  countries: ids,
  demo: z.boolean(),
  highlight,
});
export type CompanyItem = z.output<typeof companyItem>;

export const opportunityItem = z.object({
  id: z.uuid(),
  source: z.string(),
  externalId: z.string(),
  number: z.string(),
  ...name,
  type: z.string(),
  status: z.string(),
  visibility: z.string(),
  project: z.string().nullable(),
  country: z.string(),
  minerals: ids,
  opens: z.string().nullable(),
  deadline: z.string().nullable(),
  demo: z.boolean(),
  highlight,
});
export type OpportunityItem = z.output<typeof opportunityItem>;

export const projectItem = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  ...name,
  country: z.string(),
  phase: z.string(),
  stages: ids,
  minerals: ids,
  msp: z.enum(['yes', 'reported', 'no']),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  highlight,
});
export type ProjectItem = z.output<typeof projectItem>;

const note = z.object({
  kind: z.enum(['keyboard', 'spelling', 'dropped', 'widened']),
  from: z.string(),
  to: z.string(),
});

/**
 * One page of a list. Each facet is counted with its own filter left out. The filters `mineral` and `country` also take
 * whole shelves, which are not counted here: `mineral=@rare-earths`, `country=@africa`.
 */
export const listAnswer = <T extends z.ZodType>(item: T) =>
  z.object({
    total: z.int(),
    page: z.int(),
    limit: z.int(),
    facets: z.record(z.string(), z.record(z.string(), z.int())),
    notes: z.array(note),
    items: z.array(item),
  });

export const suggestAnswer = z.object({
  items: z.array(
    z.object({
      kind: z.enum(['company', 'mineral', 'capability', 'project', 'opportunity']),
      text: z.string(),
      id: z.string(),
    }),
  ),
});

const part = z.object({
  name: z.string(),
  requirement: z.string().nullable(),
  points: z.number(),
  max: z.number(),
  source: z.object({ kind: z.string(), id: z.string() }).nullable(),
});

/** `score` is the sum of `parts[].points`, from 0 to 1. */
export const matchesAnswer = z.object({
  id: z.string(),
  model: z.string(),
  considered: z.int(),
  excluded: z.int(),
  items: z.array(
    z.object({
      /** null for a company that keeps its name back from the reader */
      externalId: z.string().nullable(),
      rank: z.int(),
      score: z.number(),
      gates: z.array(z.object({ rule: z.string(), requirement: z.string().nullable() })),
      parts: z.array(part),
      raise: z.array(z.object({ change: z.string(), points: z.number() })),
    }),
  ),
});

const sourceRow = z.object({ kind: z.string(), id: z.string() });

/** The whole reckoning of one pair, in words (`Explanation`); `score` is the sum of `parts[].points`. */
export const explanationAnswer = z.object({
  score: z.number(),
  model: z.string(),
  parts: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      requirement: z.string().nullable(),
      asked: z.string().nullable(),
      points: z.number(),
      max: z.number(),
      sentence: z.string(),
      evidence: sourceRow.extend({ text: z.string() }).nullable(),
    }),
  ),
  gates: z.array(
    z.object({
      rule: z.string(),
      requirement: z.string().nullable(),
      passed: z.boolean(),
      sentence: z.string(),
      source: sourceRow.nullable(),
    }),
  ),
  raise: z.array(
    z.object({
      text: z.string(),
      points: z.number(),
      opens: z.boolean(),
      field: z.object({ step: z.string(), row: z.string().nullable(), key: z.string() }),
    }),
  ),
});
export type ExplanationAnswer = z.output<typeof explanationAnswer>;

/** RFC 9457, with a `code` that does not change. */
export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ parameter: z.string(), detail: z.string() })).optional(),
  requestId: z.string().optional(),
});
export type ProblemDocument = z.output<typeof problemDocument>;
