import type { Facet, FacetValues, IndexKind } from '#lib/domain/search/document.ts';
import {
  MOST_RESULTS,
  type CompanyItem,
  type OpportunityItem,
  type ProjectItem,
} from '#lib/domain/search/api.ts';
import { deadlineFilter } from '#lib/domain/search/deadline.ts';
import { shelfNamed } from '#lib/domain/search/groups.ts';
import { markedHtml } from '#lib/domain/search/marked.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { projectCards } from '#lib/server/project/queries.ts';
import type { Hit, Sort } from '#lib/server/search/port.ts';
import { SEARCH } from '#lib/server/search/list-queries.ts';
import { suggest, type SearchPage } from '#lib/server/search/queries.ts';
import { readAhead } from '#lib/server/search/read-ahead.ts';

interface ListQuery {
  q: string;
  sort: Sort;
  page: number;
  limit: number;
  /** Of opportunities only. */
  deadline?: readonly string[];
}

/** The facets that each kind is asked for and answers. */
const FACETS_OF: Record<IndexKind, readonly Facet[]> = {
  company: ['mineral', 'capability', 'stage', 'country', 'certification', 'size', 'status', 'province'],
  opportunity: ['mineral', 'capability', 'stage', 'country', 'certification', 'type', 'status'],
  project: ['mineral', 'stage', 'country', 'phase', 'status'],
};

/** Companies found, re-read through what the actor may see. */
export async function listCompanies(ctx: Context, query: ListQuery & FacetValues) {
  const named = async (ids: readonly string[]) =>
    (await companyCards(ctx, ids)).filter(({ masked }) => !masked);
  return list(ctx, 'company', query, named, (card, hit, marks): CompanyItem => ({
    ...identity(hit),
    nameKo: card.name.ko,
    nameEn: card.name.en,
    size: card.size,
    province: card.province,
    status: card.standing,
    vettedUntil: card.vettedUntil,
    minerals: card.minerals.map(({ id }) => id),
    capabilities: card.capabilities.map(({ id }) => id),
    certifications: card.certificateIds,
    countries: card.countries.map(({ id }) => id),
    demo: card.demo,
    highlight: highlightOf(card.name, marks),
  }));
}

export async function listOpportunities(ctx: Context, query: ListQuery & FacetValues) {
  const cards = (ids: readonly string[]) => opportunityCards(ctx, ids);
  return list(ctx, 'opportunity', query, cards, (card, hit, marks): OpportunityItem => ({
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
    highlight: highlightOf(card.title, marks),
  }));
}

export async function listProjects(ctx: Context, query: ListQuery & FacetValues) {
  const cards = (ids: readonly string[]) => projectCards(ctx, ids);
  return list(ctx, 'project', query, cards, (card, hit, marks): ProjectItem => ({
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
    highlight: highlightOf(card.name, marks),
  }));
}

export async function suggestions(ctx: Context, query: { q: string; lang: 'ko' | 'en' }) {
  return { items: await suggest({ ...ctx, lang: query.lang }, query.q, { limit: 5 }) };
}

/** `cards` reads hits through what the actor may see; those it leaves out are in no answer. */
async function list<C extends { id: string }, T>(
  ctx: Context,
  kind: IndexKind,
  query: ListQuery & FacetValues,
  cards: (ids: readonly string[]) => Promise<readonly C[]>,
  item: (card: C, hit: Hit, marks: SearchPage['marks']) => T,
) {
  const { q, sort, page, limit } = query;
  const facets = FACETS_OF[kind];
  const filters = Object.fromEntries(facets.map((facet) => [facet, query[facet] ?? []]));
  const tooFar = (page - 1) * limit >= MOST_RESULTS;
  const { foreseen, read } = readAhead(cards);
  const found = await SEARCH[kind](ctx, {
    ...{ q, sort, filters, limit, page: tooFar ? 1 : page },
    ...(tooFar ? {} : { foreseen }),
    // Ranges of deadlines are counted in the tables: only for those who ask for one.
    ...(query.deadline?.length ? { deadline: deadlineFilter(ctx.now(), query.deadline) } : {}),
  });
  return {
    ...{ total: found.total, page, limit },
    facets: {
      ...Object.fromEntries(facets.map((facet) => [facet, singleValues(found.facets[facet])])),
      ...(found.deadlines ? { deadline: found.deadlines } : {}),
    },
    notes: found.notes,
    items: tooFar
      ? []
      : items(found.hits, await read(found.ids), (card, hit) => item(card, hit, found.marks)),
  };
}

/** Counts of single values. Shelves of several are filters too (`mineral=@rare-earths`) but no values of their own. */
function singleValues(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([value]) => shelfNamed(value) === null));
}

/** The names in which something answers the query, marked. */
function highlightOf(name: { ko: string; en: string }, marks: SearchPage['marks']): CompanyItem['highlight'] {
  const marked = (text: string) => {
    const ranges = marks(text);
    return ranges.length > 0 ? markedHtml(text.normalize('NFC'), ranges) : undefined;
  };
  const [nameKo, nameEn] = [marked(name.ko), marked(name.en)];
  return { ...(nameKo === undefined ? {} : { nameKo }), ...(nameEn === undefined ? {} : { nameEn }) };
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
