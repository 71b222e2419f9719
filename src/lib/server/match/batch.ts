import { z } from 'zod';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { keptChange, rowCalls } from '#lib/domain/match/explain-kept.ts';
import { changeText } from '#lib/domain/match/explain-raise.ts';
import type { GateOptions, GateRule } from '#lib/domain/match/gates.ts';
import { prepareNeed, type Need } from '#lib/domain/match/need.ts';
import { raisesOf } from '#lib/domain/match/raise.ts';
import { scorePair, toPoints, type PartName } from '#lib/domain/match/score.ts';
import type { WideCandidate } from '#lib/domain/match/team-program.ts';
import type { MatchCompany, SourceRow } from '#lib/domain/match/types.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { MatchEngine, SearchOptions } from '#lib/server/match/engine.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import { searchTeams } from '#lib/server/match/team-search.ts';
import { externalIds, findByExternalId } from '#lib/server/match/repository.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** `match query`: one question a line, one answer a line (FORMATS 'Match in batch'). */

export const matchQuestion = z
  .strictObject({
    id: z.string().min(1),
    opportunity: z.string().min(1).optional(),
    company: z.string().min(1).optional(),
    team: z.boolean().default(false),
    limit: z.int().min(1).max(1000).default(50),
    source: z.string().min(1).optional(),
    /** Most members of a team. */
    members: z.int().min(1).max(6).default(5),
    /** The day the rules are read on. */
    at: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  })
  .refine(({ opportunity, company }) => (opportunity === undefined) !== (company === undefined), {
    message: 'names both or neither, expected opportunity or company',
  })
  .refine(({ team, opportunity }) => !team || opportunity !== undefined, {
    path: ['team'],
    message: 'stands without opportunity, expected with it',
  });
export type MatchQuestion = z.output<typeof matchQuestion>;

export interface MatchAnswerItem {
  external_id: string;
  rank: number;
  score: number;
  /** Gates that failed: none, for whoever is listed. */
  gates: { rule: GateRule; requirement: string | null }[];
  parts: {
    name: PartName;
    requirement: string | null;
    points: number;
    max: number;
    source: SourceRow | null;
  }[];
  raise: { change: string; points: number }[];
}
export interface TeamAnswerItem {
  members: string[];
  covers: string[];
  missing: string[];
  proven_minimal: boolean;
}
export interface MatchAnswer {
  id: string;
  model: string;
  considered: number;
  excluded: number;
  items: MatchAnswerItem[] | TeamAnswerItem[];
}
export type BatchOutcome =
  | { ok: true; answer: MatchAnswer }
  | { ok: false; code: 'not-found' | 'ambiguous'; noun: 'opportunity' | 'company' };

/** A reader to whom the portal hands an answer on. */
export interface AnswerReader {
  /**
   * Of listed companies, those that keep their name back from the reader: their rows are called by order, and nothing
   * in words tells of one.
   */
  keptAmong(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whom its lists of companies know of. */
  shown: Pick<SearchOptions, 'shownOnly' | 'without'>;
}

/**
 * Answers a question. Demonstration companies are left out unless the opportunity or company asked about is
 * one of them. `ctx.actor` must be the portal itself: nothing is hidden here.
 * @param reader to whom the answer goes; null: the portal. A reader's counts are of what the list may hold:
 *   companies that show themselves, notices that the company knows of. A publisher looks for whom to invite, so that
 *   an invitation shuts nobody out of its list.
 */
export async function answerMatch(
  ctx: Context,
  question: MatchQuestion,
  reader: AnswerReader | null = null,
): Promise<BatchOutcome> {
  const live = await matchIndexOf(ctx.db).fresh();
  const noun = question.opportunity === undefined ? 'company' : 'opportunity';
  const found = await resolve(ctx, live.engine, noun, question[noun] ?? '', question.source ?? null);
  if (!found.ok) return { ok: false, code: found.code, noun };
  const moment = question.at === undefined ? ctx.now() : instantOf(question.at);
  const today = question.at !== undefined && question.at.length === 10 ? question.at : koreanDay(moment);
  if (noun === 'company')
    return answerCompany(ctx, live, question, found.id, { moment, today, knownOnly: reader !== null });
  const entry = live.engine.opportunity(found.id);
  if (entry === null) return { ok: false, code: 'not-found', noun };
  const need = prepareNeed(entry.opportunity, live.world.basis, today);
  const scope = entry.demo ? 'demo' : 'real';
  if (question.team) return answerTeam(ctx, live, question, need, scope);
  const gating = { inviting: reader !== null };
  const { limit } = question;
  const ranking = live.engine.companiesFor(need, { limit, scope, ...reader?.shown, ...gating });
  const ids = await externalIds(
    ctx.db,
    'organisation',
    ranking.hits.map(({ id }) => id),
  );
  const kept = await reader?.keptAmong(ranking.hits.map(({ id }) => id));
  const items = ranking.hits.map(({ id, item }, index) =>
    itemOf(
      live,
      need,
      item,
      { id: ids.get(id) ?? id, rank: index + 1, lang: ctx.lang },
      gating,
      kept?.has(id),
    ),
  );
  return answered(question, live, ranking, items);
}

async function answerCompany(
  ctx: Context,
  live: LiveEngine,
  question: MatchQuestion,
  companyId: string,
  { moment, today, knownOnly }: { moment: Date; today: string; knownOnly: boolean },
): Promise<BatchOutcome> {
  const company = live.engine.company(companyId);
  if (company === null) return { ok: false, code: 'not-found', noun: 'company' };
  const ranking = live.engine.opportunitiesFor(company, moment.getTime(), today, {
    limit: question.limit,
    scope: live.engine.isDemoCompany(companyId) ? 'demo' : 'real',
    knownOnly,
  });
  const ids = await externalIds(
    ctx.db,
    'opportunity',
    ranking.hits.map(({ id }) => id),
  );
  const items = ranking.hits.map(({ id, item }, index) => {
    const need = prepareNeed(item, live.world.basis, today);
    return itemOf(live, need, company, { id: ids.get(id) ?? id, rank: index + 1, lang: ctx.lang });
  });
  return answered(question, live, ranking, items);
}

function answered(
  question: MatchQuestion,
  live: LiveEngine,
  { considered, excluded }: { considered: number; excluded: number },
  items: MatchAnswer['items'],
): BatchOutcome {
  return {
    ok: true,
    answer: { id: question.id, model: live.world.basis.model.id, considered, excluded, items },
  };
}

function itemOf(
  live: LiveEngine,
  need: Need,
  company: MatchCompany,
  { id, rank, lang }: { id: string; rank: number; lang: Lang },
  gating: GateOptions = {},
  kept = false,
): MatchAnswerItem {
  const match = scorePair(need, company, gating);
  const calls = rowCalls(company);
  const changeIn = kept ? keptChange : changeText;
  return {
    external_id: id,
    rank,
    score: toPoints(match.units),
    gates: match.gates
      .filter(({ passed }) => !passed)
      .map(({ rule, requirement }) => ({ rule, requirement })),
    parts: match.parts.map(({ name, requirement, units, maxUnits, source }) => ({
      name,
      requirement,
      points: toPoints(units),
      max: toPoints(maxUnits),
      source: kept && source !== null ? calls(source) : source,
    })),
    raise: raisesOf(need, company, gating).map(({ change, units }) => ({
      change: changeIn(change, company, live.world.names, lang),
      points: toPoints(units),
    })),
  };
}

/** The smallest teams that cover the must lines; lines nobody covers are named as missing. */
async function answerTeam(
  ctx: Context,
  live: LiveEngine,
  question: MatchQuestion,
  need: Need,
  scope: 'real' | 'demo',
): Promise<BatchOutcome> {
  const lines = need.opportunity.requirements.filter(({ must }) => must).map(({ id }) => id);
  const { considered, candidates } = teamCandidates(live.engine, need, lines, scope);
  const { teams, provenMinimal } = await searchTeams(candidates, lines.length, question.members);
  const shown = teams.slice(0, question.limit);
  const ids = await externalIds(
    ctx.db,
    'organisation',
    shown.flatMap(({ members }) => members),
  );
  const linesOf = new Map(candidates.map(({ id, lines: held }) => [id, held]));
  const items = shown.map(({ members }) => {
    const covered = new Set(members.flatMap((id) => linesOf.get(id) ?? []));
    return {
      members: members.map((id) => ids.get(id) ?? id),
      covers: lines.filter((_, at) => covered.has(at)),
      missing: lines.filter((_, at) => !covered.has(at)),
      proven_minimal: provenMinimal,
    };
  });
  return answered(question, live, { considered, excluded: considered - candidates.length }, items);
}

/** Companies (among some) that could join a team: past every gate of their own, covering at least one must line. */
export function teamCandidates(
  engine: MatchEngine,
  need: Need,
  lines: readonly string[],
  scope: 'all' | 'real' | 'demo',
  options: GateOptions & Pick<SearchOptions, 'shownOnly' | 'without'> = {},
  among: ReadonlySet<string> | null = null,
): { considered: number; candidates: WideCandidate[] } {
  const placeOf = new Map(lines.map((line, at) => [line, at]));
  const covers = engine.lineCovers(need, { ...options, scope }, among);
  const candidates = covers.map(({ company, lines: covered, units }) => ({
    id: company,
    lines: covered.flatMap((line) => placeOf.get(line) ?? []).sort((a, b) => a - b),
    units,
  }));
  return { considered: engine.countIn(scope), candidates };
}

function instantOf(at: string): Date {
  // a day stands for its beginning in Korea: what closes on the day is still open
  return new Date(at.length === 10 ? `${at}T00:00:00+09:00` : at);
}

/** The ids of the portal of a pair that is named by imported ids, or by those of the portal. */
export async function resolvePair(
  ctx: Context,
  pair: { opportunity: string; company: string },
  source: string | null,
): Promise<
  | { ok: true; opportunity: string; company: string }
  | { ok: false; code: 'not-found' | 'ambiguous'; noun: 'opportunity' | 'company' }
> {
  const { engine } = await matchIndexOf(ctx.db).fresh();
  const opportunity = await resolve(ctx, engine, 'opportunity', pair.opportunity, source);
  if (!opportunity.ok) return { ...opportunity, noun: 'opportunity' };
  const company = await resolve(ctx, engine, 'company', pair.company, source);
  if (!company.ok) return { ...company, noun: 'company' };
  return { ok: true, opportunity: opportunity.id, company: company.id };
}

type Resolved = { ok: true; id: string } | { ok: false; code: 'not-found' | 'ambiguous' };

async function resolve(
  ctx: Context,
  engine: MatchEngine,
  noun: 'opportunity' | 'company',
  text: string,
  source: string | null,
): Promise<Resolved> {
  const table = noun === 'opportunity' ? 'opportunity' : 'organisation';
  const ids = await findByExternalId(ctx.db, table, text, source);
  const [first, second] = ids;
  if (second !== undefined) return { ok: false, code: 'ambiguous' };
  if (first !== undefined) return { ok: true, id: first };
  const known = noun === 'opportunity' ? engine.opportunity(text) !== null : engine.company(text) !== null;
  return isUuid(text) && known ? { ok: true, id: text } : { ok: false, code: 'not-found' };
}
