import { briefOf, type Brief, type ShortPart } from '#lib/domain/match/brief.ts';
import { toldSentence } from '#lib/domain/match/explain-told.ts';
import { partLabel } from '#lib/domain/match/explain-parts.ts';
import type { Need } from '#lib/domain/match/need.ts';
import { toPoints } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import { isMember } from '#lib/domain/account/policy.ts';
import type { CompanyHit } from '#lib/server/match/hit.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import { maySeeCompanies, needOf, shownTo, tellingOf } from '#lib/server/match/queries.ts';
import { notRelevant } from '#lib/server/match/repository.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** A part as a list says it: its words, and one sentence. */
export interface Reason extends ShortPart {
  sentence: string;
}

/** A company of a ranking. What it is shown with is worked out when it is asked for, for those that are shown. */
export interface RankedCompany {
  id: string;
  /** 0–1. */
  score: number;
  /** Points of the one line asked for; null when none is. */
  line: { points: number; max: number } | null;
  size: MatchCompany['size'];
  /** Its vetting is valid today. */
  vetted: boolean;
  /** Ids of certificates valid today, and of countries it has worked in. */
  certificates: string[];
  countries: string[];
  /** What speaks for it and what it lacks, in the reader's language. @param masked it keeps its name back from them */
  reasons(masked: boolean): Brief<Reason>;
}

export interface CompanyRankingView {
  /** All companies that show themselves. */
  considered: number;
  /** Of those, shut out by a gate. */
  excluded: number;
  companies: RankedCompany[];
  /** There are more than these. */
  cut: boolean;
}

/**
 * The companies of `matchesForOpportunity` in its order, without their reasons: these are put into words one by one,
 * for the few that a page shows. Null when the actor may not see it or it is not there.
 * @param limit companies at most
 * @param line only this requirement line counts, by its id in explanations
 */
export async function rankCompanies(
  ctx: Context,
  opportunityId: string,
  { limit, line }: { limit: number; line: string | null },
): Promise<CompanyRankingView | null> {
  const live = await matchIndexOf(ctx.db).fresh();
  const entry = live.engine.opportunity(opportunityId);
  if (entry === null || !maySeeCompanies(ctx, entry)) return null;
  const need = needOf(ctx, live, entry, line ?? undefined);
  if (need === null) return null;
  const hidden = isMember(ctx.actor)
    ? await notRelevant(ctx.db, ctx.actor.organisationId, { opportunity: opportunityId })
    : new Set<string>();
  const ranking = live.engine.companiesFor(need, {
    limit: limit + hidden.size + 1,
    scope: 'all',
    inviting: true,
    ...(await shownTo(ctx)),
  });
  const shown = ranking.hits.filter(({ id }) => !hidden.has(id));
  return {
    considered: ranking.considered,
    excluded: ranking.excluded,
    companies: shown.slice(0, limit).map((hit) => ({
      ...facts(hit, need.today),
      line: line === null ? null : linePoints(hit, line),
      reasons: (masked) => reasonsOf(ctx, live, need, { hit, masked }),
    })),
    cut: shown.length > limit,
  };
}

function facts(hit: CompanyHit, today: string): Omit<RankedCompany, 'line' | 'reasons'> {
  const { size, status, vettedUntil, certifications, countries } = hit.item;
  const valid = certifications.filter(({ validTo }) => validTo === null || validTo >= today);
  return {
    id: hit.id,
    score: toPoints(hit.units),
    size,
    vetted: status === 'vetted' && (vettedUntil ?? '') >= today,
    certificates: unique(valid.map(({ id }) => id)),
    countries: unique(countries.map(({ country }) => country)),
  };
}

/** Each once, sorted. */
const unique = (values: readonly string[]) => [...new Set(values)].sort();

function linePoints(hit: CompanyHit, line: string): { points: number; max: number } {
  const parts = hit.parts().filter(({ requirement }) => requirement === line);
  return {
    points: toPoints(parts.reduce((sum, part) => sum + part.units, 0)),
    max: toPoints(parts.reduce((sum, part) => sum + part.maxUnits, 0)),
  };
}

function reasonsOf(
  ctx: Context,
  live: LiveEngine,
  need: Need,
  { hit, masked }: { hit: CompanyHit; masked: boolean },
): Brief<Reason> {
  const telling = tellingOf(ctx, hit.id, masked);
  const { lang } = ctx;
  const parts = hit.parts().map((part) => ({
    part,
    name: part.name,
    label: partLabel(part, lang),
    points: toPoints(part.units),
    max: toPoints(part.maxUnits),
  }));
  const { fits, lacks } = briefOf(parts);
  const said = ({ part, ...short }: (typeof parts)[number]): Reason => ({
    ...short,
    sentence: toldSentence(telling, part, need, hit.item, live.world.names, lang),
  });
  return { fits: fits.map(said), lacks: lacks.map(said) };
}
