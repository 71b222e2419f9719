import { z } from 'zod';
import type { FacetValues } from '#lib/domain/search/document.ts';
import type { Audience, SearchEngine } from '#lib/server/search/port.ts';

/** Searches in batch, for scripts: one JSON object a line in and out (docs/formats.md, "Search in batch"). */

const KIND = { companies: 'company', opportunities: 'opportunity', projects: 'project' } as const;
const values = z.array(z.string().min(1)).default([]);

/** One line of input. */
export const batchQuery = z.strictObject({
  id: z.string().min(1),
  index: z.enum(['companies', 'opportunities', 'projects']),
  q: z.string().max(2000),
  filters: z
    .strictObject({
      ...{ mineral: values, capability: values, stage: values, country: values, status: values },
      ...{ certification: values, size: values, type: values, phase: values },
    })
    .partial()
    .default({}),
  limit: z.int().min(0).max(1000).default(10),
  as: z.enum(['public', 'company', 'official', 'lead']).default('public'),
  /** The organisation searched as; without it a company is one whose vetting is not known. */
  organisation: z.string().optional(),
  vetted: z.boolean().default(false),
});
export type BatchQuery = z.infer<typeof batchQuery>;

/** One line of output. */
export interface BatchAnswer {
  id: string;
  total: number;
  /** Milliseconds the search took. */
  ms: number;
  hits: { source: string; external_id: string; id: string }[];
}

function audienceOf(query: BatchQuery): Audience {
  const organisationId = query.organisation ?? null;
  if (query.as === 'company') return { kind: 'company', organisationId, vetted: query.vetted };
  return query.as === 'lead' ? { kind: 'lead', organisationId } : { kind: query.as };
}

function filtersOf(query: BatchQuery): FacetValues {
  return Object.fromEntries(Object.entries(query.filters).filter(([, v]) => (v?.length ?? 0) > 0));
}

/** Answers one line. */
export async function answerSearch(engine: SearchEngine, query: BatchQuery): Promise<BatchAnswer> {
  const started = performance.now();
  const result = await engine.query({
    ...{ kind: KIND[query.index], q: query.q, audience: audienceOf(query) },
    ...{ filters: filtersOf(query), limit: query.limit },
  });
  const ms = Math.round((performance.now() - started) * 10) / 10;
  const hits = result.hits.map((h) => ({ source: h.source, external_id: h.externalId, id: h.id }));
  return { id: query.id, total: result.total, ms, hits };
}
