import type { Facet, FacetValues, IndexKind } from '#lib/domain/search/document.ts';
import {
  MOST_RESULTS,
  type CompanyItem,
  type OpportunityItem,
  type ProjectItem,
} from '#lib/domain/search/api.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { projectCards } from '#lib/server/project/queries.ts';
import { audienceOf } from '#lib/server/search/audience.ts';
import { searchEngine } from '#lib/server/search/engine.ts';
import type { Hit, SearchResult, Sort } from '#lib/server/search/port.ts';

interface ListQuery {
  q: string;
  sort: Sort;
  page: number;
  limit: number;
}

/** The facets that each kind is asked for and answers. */
const FACETS_OF: Record<IndexKind, readonly Facet[]> = {
  company: ['mineral', 'capability', 'stage', 'country', 'certification', 'size', 'status'],
  opportunity: ['mineral', 'capability', 'stage', 'country', 'certification', 'type', 'status'],
  project: ['mineral', 'stage', 'country', 'phase', 'status'],
};

/** Companies found, re-read through what the actor may see. */
export async function listCompanies(ctx: Context, query: ListQuery & FacetValues) {
  return list(ctx, 'company', query, async (hits) => {
    const cards = await companyCards(
      ctx,
      hits.map(({ id }) => id),
    );
    return items(
      hits,
      cards.filter(({ masked }) => !masked),
      (card, hit): CompanyItem => ({
        ...identity(hit),
        nameKo: card.name.ko,
        nameEn: card.name.en,
        size: card.size,
        province: card.province,
        status: card.standing,
        vettedUntil: card.vettedUntil,
        minerals: card.minerals.map(({ id }) => id),
        capabilities: card.capabilities.map(({ id }) => id),
        certifications: card.certificates,
        countries: card.countries.map(({ id }) => id),
        demo: card.demo,
        highlight: {},
      }),
    );
  });
}

export async function listOpportunities(ctx: Context, query: ListQuery & FacetValues) {
  return list(ctx, 'opportunity', query, async (hits) => {
    const cards = await opportunityCards(
      ctx,
      hits.map(({ id }) => id),
    );
    return items(hits, cards, (card, hit): OpportunityItem => ({
      ...identity(hit),
      number: card.number,
      nameKo: card.title.ko,
      nameEn: card.title.en,
      type: card.type,
      status: card.phase,
      visibility: card.visibility,
      project: card.project?.id ?? null,
      country: card.country.id,
      minerals: card.minerals.map(({ id }) => id),
      opens: card.opens,
      deadline: card.deadline,
      demo: card.demo,
      highlight: {},
    }));
  });
}

export async function listProjects(ctx: Context, query: ListQuery & FacetValues) {
  return list(ctx, 'project', query, async (hits) => {
    const cards = await projectCards(
      ctx,
      hits.map(({ id }) => id),
    );
    return items(hits, cards, (card, hit): ProjectItem => ({
      ...identity(hit),
      nameKo: card.name.ko,
      nameEn: card.name.en,
      country: card.country.id,
      phase: card.phase,
      stages: card.stages,
      minerals: card.minerals.map(({ id }) => id),
      msp: card.msp,
      lat: card.lat,
      lon: card.lon,
      highlight: {},
    }));
  });
}

export async function suggestions(ctx: Context, query: { q: string; lang: 'ko' | 'en' }) {
  const audience = audienceOf(ctx.actor, koreanDay(ctx.now()));
  return { items: await searchEngine(ctx.db).suggest({ q: query.q, audience, lang: query.lang, limit: 5 }) };
}

async function list<T>(
  ctx: Context,
  kind: IndexKind,
  query: ListQuery & FacetValues,
  read: (hits: readonly Hit[]) => Promise<T[]>,
) {
  const offset = (query.page - 1) * query.limit;
  const facets = FACETS_OF[kind];
  const found: SearchResult = await searchEngine(ctx.db).query({
    kind,
    q: query.q,
    audience: audienceOf(ctx.actor, koreanDay(ctx.now())),
    filters: Object.fromEntries(facets.map((facet) => [facet, query[facet] ?? []])),
    sort: query.sort,
    lang: ctx.lang,
    offset: Math.min(offset, MOST_RESULTS),
    limit: offset >= MOST_RESULTS ? 0 : query.limit,
    facets: true,
  });
  return {
    total: found.total,
    page: query.page,
    limit: query.limit,
    facets: Object.fromEntries(facets.map((facet) => [facet, found.facets?.[facet] ?? {}])),
    notes: found.notes,
    items: await read(found.hits),
  };
}

const identity = ({ id, source, externalId }: Hit) => ({ id, source, externalId });

/** Answers in the order of the hits; what may no longer be seen since the index was written is left out. */
function items<C extends { id: string }, T>(
  hits: readonly Hit[],
  cards: readonly C[],
  item: (card: C, hit: Hit) => T,
): T[] {
  const byId = new Map(cards.map((card) => [card.id, card]));
  return hits.flatMap((hit) => {
    const card = byId.get(hit.id);
    return card ? [item(card, hit)] : [];
  });
}
