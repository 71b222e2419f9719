import { isMember, isOfficial } from '#lib/domain/account/policy.ts';
import { withoutOwnExclusions, type Explanation } from '#lib/domain/match/explain.ts';
import { explainTo, type Telling } from '#lib/domain/match/explain-told.ts';
import type { MatchGroup } from '#lib/domain/match/group.ts';
import { prepareNeed, type Need } from '#lib/domain/match/need.ts';
import { raisesOf } from '#lib/domain/match/raise.ts';
import { scorePair, toPoints } from '#lib/domain/match/score.ts';
import { tuningOf, type Later } from '#lib/domain/match/tuning.ts';
import type { MatchCompany, MatchOpportunity } from '#lib/domain/match/types.ts';
import { FEEDBACK_REASONS } from '#lib/domain/opportunity/feedback.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { audienceOf, sightOf } from '#lib/server/company/audience.ts';
import { keptFrom, maskedAmong } from '#lib/server/company/queries.ts';
import { companiesWithNear, nearOpportunities } from '#lib/server/match/near.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import type { FunnelStep, IndexedOpportunity, SearchOptions } from '#lib/server/match/engine.ts';
import { dismissedBy, notRelevant, rowIds } from '#lib/server/match/repository.ts';
import { isVisible } from '#lib/server/opportunity/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** One match of a list. Names and facts of the other side come from `companyCards` or `opportunityCards`. */
export interface MatchItem {
  /** The company, in the list of an opportunity; the opportunity, in the list of a company. */
  id: string;
  rank: number;
  score: number;
  group: MatchGroup;
  why: Explanation;
  /** Why it stands further down in this organisation's own list; null: it stands where its score puts it. */
  later: Later | null;
}

export interface MatchList {
  model: string;
  /** Every transaction before this one is reckoned with. */
  dataVersion: number;
  /** All there are on the other side that the reader may know of: of companies those that show themselves. */
  considered: number;
  /** Of those, shut out by a gate. */
  excluded: number;
  /** In the list, over all pages. */
  total: number;
  items: MatchItem[];
}

export interface MatchListOptions {
  limit?: number;
  offset?: number;
  /** Only one group. */
  group?: MatchGroup;
  /** Only companies (or opportunities) of any of these. */
  filters?: { mineral?: readonly string[]; capability?: readonly string[]; country?: readonly string[] };
  /** Those said to be not relevant are in too. */
  withHidden?: boolean;
  /** Only this requirement line counts, by its id in explanations: companies for one part of the whole. */
  line?: string;
}

const DEFAULT_LIMIT = 20;
const MOST_LIMIT = 200;

/**
 * Whom lists of companies and their counts know of, for this reader: companies that show themselves, without those that
 * keep their name back from it altogether.
 */
export async function shownTo(ctx: Context): Promise<Pick<SearchOptions, 'shownOnly' | 'without'>> {
  const without = await keptFrom(ctx);
  return without.size === 0 ? { shownOnly: true } : { shownOnly: true, without };
}

/** May the actor see which companies match: the publisher, officials, the portal. */
export function maySeeCompanies(ctx: Context, { opportunity }: IndexedOpportunity): boolean {
  const { actor } = ctx;
  if (actor.kind === 'system' || isOfficial(actor)) return true;
  return isMember(actor) && actor.lead && actor.organisationId === opportunity.publisherId;
}

/** The same by id. */
export async function maySeeMatchesOfOpportunity(ctx: Context, opportunityId: string): Promise<boolean> {
  const entry = (await matchIndexOf(ctx.db).fresh()).engine.opportunity(opportunityId);
  return entry !== null && maySeeCompanies(ctx, entry);
}

/** May the actor see what matches the company: the company itself, officials, the portal. */
export function maySeeMatchesOfCompany(ctx: Context, companyId: string): boolean {
  const { actor } = ctx;
  if (actor.kind === 'system' || isOfficial(actor)) return true;
  return isMember(actor) && actor.supplier && actor.organisationId === companyId;
}

/**
 * Companies for an opportunity, best first, each with its reasons. For the publisher of an opportunity by
 * invitation also those that are not invited yet. Null when the actor may not see it or it is not there.
 */
export async function matchesForOpportunity(
  ctx: Context,
  opportunityId: string,
  options: MatchListOptions = {},
): Promise<MatchList | null> {
  const live = await matchIndexOf(ctx.db).fresh();
  const entry = live.engine.opportunity(opportunityId);
  if (entry === null || !maySeeCompanies(ctx, entry)) return null;
  const need = needOf(ctx, live, entry, options.line);
  if (need === null) return null;
  const hidden = await hiddenFor(ctx, options, { opportunity: opportunityId });
  const { limit, offset } = page(options);
  const ranking = companiesWithNear(live.engine, need, {
    limit,
    offset,
    group: options.group ?? null,
    inviting: true,
    scope: 'all',
    shown: await shownTo(ctx),
    keep:
      hidden.size === 0 && !hasFilters(options)
        ? null
        : (company) => !hidden.has(company.id) && fitsCompany(company, options),
  });
  const masked = await maskedAmong(
    ctx,
    ranking.items.map(({ company }) => company.id),
  );
  return {
    model: live.world.basis.model.id,
    dataVersion: live.dataVersion,
    ...ranking.counts,
    items: ranking.items.map(({ company, group }, index) => ({
      id: company.id,
      rank: offset + index + 1,
      ...reckon(ctx, live, need, company, {
        inviting: true,
        telling: tellingOf(ctx, company.id, masked.has(company.id)),
      }),
      group,
      later: null,
    })),
  };
}

/**
 * Open opportunities for a company, best first, each with its reasons; with `group: 'near'` also those that
 * one gate shuts it out of. Null when the actor may not see it or there is no such company.
 */
export async function matchesForCompany(
  ctx: Context,
  companyId: string,
  options: MatchListOptions = {},
): Promise<MatchList | null> {
  if (!maySeeMatchesOfCompany(ctx, companyId)) return null;
  const live = await matchIndexOf(ctx.db).fresh();
  const company = live.engine.company(companyId);
  if (company === null) return null;
  const [hidden, rows, later] = await Promise.all([
    hiddenFor(ctx, options, { company: companyId }),
    rowIds(ctx.db, companyId),
    tuningFor(ctx, live, companyId),
  ]);
  const { limit, offset } = page(options);
  const now = ctx.now();
  const ranking = nearOpportunities(live.engine, company, now.getTime(), koreanDay(now), {
    limit,
    offset,
    group: options.group ?? null,
    scope: 'all',
    keep: (opportunity) => !hidden.has(opportunity.id) && fitsOpportunity(opportunity, options),
    later,
  });
  return {
    model: live.world.basis.model.id,
    dataVersion: live.dataVersion,
    ...ranking.counts,
    items: ranking.items.flatMap(({ opportunity, group, later: why }, index) => {
      const need = live.engine.need(opportunity.id, koreanDay(now));
      if (need === null) return [];
      const reckoned = reckon(ctx, live, need, company);
      return [
        {
          id: opportunity.id,
          rank: offset + index + 1,
          score: reckoned.score,
          group,
          why: withRowIds(reckoned.why, rows),
          later: why,
        },
      ];
    }),
  };
}

/** The counts of each group for a company: `/company/matches` and its home. */
export async function matchCountsForCompany(
  ctx: Context,
  companyId: string,
  options: Pick<MatchListOptions, 'filters'> = {},
): Promise<Record<MatchGroup, number> | null> {
  if (!maySeeMatchesOfCompany(ctx, companyId)) return null;
  const { engine } = await matchIndexOf(ctx.db).fresh();
  const company = engine.company(companyId);
  if (company === null) return null;
  const hidden = await hiddenFor(ctx, {}, { company: companyId });
  const now = ctx.now();
  const { groups } = nearOpportunities(engine, company, now.getTime(), koreanDay(now), {
    limit: 0,
    offset: 0,
    group: null,
    scope: 'all',
    keep: (opportunity) => !hidden.has(opportunity.id) && fitsOpportunity(opportunity, options),
  });
  return groups;
}

/**
 * The whole reckoning of one pair. For the company itself, its publisher, officials and the portal; null for
 * others, when either is not there, and when the reader may not know of the opportunity: the index holds drafts and
 * notices by invitation as well. Of a company that keeps its name back in words that do not tell whose it is. Gated pairs are explained too: which gate, and what would open it.
 */
export async function explainPair(
  ctx: Context,
  pair: { opportunity: string; company: string },
): Promise<Explanation | null> {
  const [why] = (await explainIn([ctx.lang], ctx, pair)) ?? [];
  return why ?? null;
}

/** The same reckoning in the words of both languages, of one state of the data. */
export async function explainInBoth(
  ctx: Context,
  pair: { opportunity: string; company: string },
): Promise<Record<Lang, Explanation> | null> {
  const [ko, en] = (await explainIn(['ko', 'en'], ctx, pair)) ?? [];
  return ko && en ? { ko, en } : null;
}

async function explainIn(
  langs: readonly Lang[],
  ctx: Context,
  pair: { opportunity: string; company: string },
): Promise<Explanation[] | null> {
  const live = await matchIndexOf(ctx.db).fresh();
  const entry = live.engine.opportunity(pair.opportunity);
  const company = live.engine.company(pair.company);
  const need = live.engine.need(pair.opportunity, koreanDay(ctx.now()));
  if (entry === null || company === null || need === null) return null;
  const asCompany = maySeeMatchesOfCompany(ctx, pair.company);
  if (!asCompany && !maySeeCompanies(ctx, entry)) return null;
  const reader = { db: ctx.db, actor: ctx.actor, now: ctx.now() };
  if (!(await isVisible(reader, pair.opportunity))) return null;
  const masked = !asCompany && (await maskedAmong(ctx, [company.id])).has(company.id);
  const options = { inviting: !asCompany, telling: tellingOf(ctx, company.id, masked) };
  const whys = langs.map((lang) => reckon({ ...ctx, lang }, live, need, company, options).why);
  if (!asCompany) return whys;
  const ids = await rowIds(ctx.db, pair.company);
  return whys.map((why) => withRowIds(why, ids));
}

/**
 * How many of the companies that show themselves pass each gate of an opportunity, in order. With `draft`, its lines are taken as they
 * would be after a change that is not saved: what-if, before publication.
 */
export async function matchFunnel(
  ctx: Context,
  opportunityId: string,
  draft?: Partial<Pick<MatchOpportunity, 'requirements' | 'visibility' | 'requiresVetted' | 'minerals'>>,
): Promise<FunnelStep[] | null> {
  const { engine, world } = await matchIndexOf(ctx.db).fresh();
  const entry = engine.opportunity(opportunityId);
  if (entry === null || !maySeeCompanies(ctx, entry)) return null;
  const need = prepareNeed({ ...entry.opportunity, ...draft }, world.basis, koreanDay(ctx.now()));
  return engine.funnel(need, { inviting: true, ...(await shownTo(ctx)) });
}

/** What is needed: the whole opportunity, or one of its lines by itself. */
export function needOf(
  ctx: Context,
  live: LiveEngine,
  { opportunity }: IndexedOpportunity,
  line?: string,
): Need | null {
  const today = koreanDay(ctx.now());
  if (line === undefined) return live.engine.need(opportunity.id, today);
  const requirements = opportunity.requirements.filter(({ id }) => id === line);
  return requirements.length === 0
    ? null
    : prepareNeed({ ...opportunity, requirements }, live.world.basis, today);
}

/**
 * What the reader is told of a company by its reasons: no more than its profile tells them.
 * @param masked the company keeps its name back from the reader
 */
export function tellingOf(ctx: Context, companyId: string, masked: boolean): Telling {
  if (masked) return 'kept';
  const { capacity } = sightOf(audienceOf(ctx.actor, companyId, koreanDay(ctx.now())));
  return capacity ? 'all' : 'without-capacities';
}

function reckon(
  ctx: Context,
  live: LiveEngine,
  need: Need,
  company: MatchCompany,
  { inviting = false, telling = 'all' }: { inviting?: boolean; telling?: Telling } = {},
) {
  const match = scorePair(need, company, { inviting });
  const raises = raisesOf(need, company, { inviting });
  const why = explainTo(telling, match, raises, need, company, live.world.names, ctx.lang);
  const entitled = maySeeMatchesOfCompany(ctx, company.id);
  return { score: toPoints(match.units), why: entitled ? why : withoutOwnExclusions(why) };
}

function page({ limit = DEFAULT_LIMIT, offset = 0 }: MatchListOptions): { limit: number; offset: number } {
  return { limit: Math.min(MOST_LIMIT, Math.max(0, limit)), offset: Math.max(0, offset) };
}

async function hiddenFor(
  ctx: Context,
  { withHidden }: MatchListOptions,
  pair: { company: string } | { opportunity: string },
): Promise<Set<string>> {
  if (withHidden === true || !isMember(ctx.actor)) return new Set();
  return notRelevant(ctx.db, ctx.actor.organisationId, pair);
}

/** An organisation's own order: what it said of other notices. Nobody else's list knows of it. */
async function tuningFor(
  ctx: Context,
  { engine }: LiveEngine,
  companyId: string,
): Promise<(opportunity: MatchOpportunity) => Later | null> {
  if (!isMember(ctx.actor) || ctx.actor.organisationId !== companyId) return () => null;
  const said = await dismissedBy(ctx.db, companyId);
  return tuningOf(
    said.flatMap(({ opportunity_id, reason }) => {
      const opportunity = engine.opportunity(opportunity_id)?.opportunity;
      const known = FEEDBACK_REASONS.find((one) => one === reason);
      return opportunity === undefined || known === undefined ? [] : [{ opportunity, reason: known }];
    }),
  );
}

function hasFilters({ filters }: MatchListOptions): boolean {
  return Object.values(filters ?? {}).some((values) => values.length > 0);
}

function fitsCompany(company: MatchCompany, { filters }: MatchListOptions): boolean {
  const { mineral = [], capability = [], country = [] } = filters ?? {};
  return (
    anyOf(
      mineral,
      company.capabilities.flatMap(({ minerals }) => minerals),
    ) &&
    anyOf(
      capability,
      company.capabilities.map((row) => row.capability),
    ) &&
    anyOf(
      country,
      company.countries.map((row) => row.country),
    )
  );
}

function fitsOpportunity(opportunity: MatchOpportunity, { filters }: MatchListOptions): boolean {
  const { mineral = [], capability = [], country = [] } = filters ?? {};
  const lines = opportunity.requirements.flatMap((line) =>
    line.kind === 'capability' ? [line.capability] : [],
  );
  return (
    anyOf(mineral, opportunity.minerals) &&
    anyOf(capability, lines) &&
    anyOf(country, opportunity.country === null ? [] : [opportunity.country])
  );
}

function anyOf(wanted: readonly string[], held: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((one) => held.includes(one));
}

/** Puts the ids of the profile's own rows in place of external ones, for links into its forms. */
function withRowIds(why: Explanation, rows: ReadonlyMap<string, string>): Explanation {
  const kindOf = { capabilities: 'capability', evidence: 'certification' } as Partial<Record<string, string>>;
  const find = (kind: string, id: string): string => rows.get(`${kind} ${id}`) ?? id;
  return {
    ...why,
    parts: why.parts.map((part) =>
      part.evidence === null
        ? part
        : { ...part, evidence: { ...part.evidence, id: find(part.evidence.kind, part.evidence.id) } },
    ),
    raise: why.raise.map((raise) => {
      const { step, row, key } = raise.field;
      if (row === null) return raise;
      const kind = key === 'confirmed' ? 'reference' : (kindOf[step] ?? step);
      return { ...raise, field: { ...raise.field, row: find(kind, row) } };
    }),
  };
}
