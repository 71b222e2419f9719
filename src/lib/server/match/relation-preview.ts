import { isOfficial } from '#lib/domain/account/policy.ts';
import { amended } from '#lib/domain/amendment/amendment.ts';
import { capabilityKeyOf, mineralKeyOf } from '#lib/domain/amendment/rows.ts';
import { gatesOf, passesGates } from '#lib/domain/match/gates.ts';
import { prepareNeed, type Need } from '#lib/domain/match/need.ts';
import { Relations } from '#lib/domain/match/relations.ts';
import { scorePair, toPoints } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import type { AmendmentView } from '#lib/server/amendment/queries.ts';
import { isOfInterest, type MatchEngine } from '#lib/server/match/engine.ts';
import { matchIndexOf } from '#lib/server/match/live-index.ts';
import { relationRows, type RelationRows } from '#lib/server/match/relation-commands.ts';
import {
  capabilityStages,
  opportunitiesAsking,
  relationsInEffect,
} from '#lib/server/match/relations-queries.ts';
import { organisationNames, opportunityTitles } from '#lib/server/search/lexicon-preview-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** What a change of relations would do to the lists of open opportunities, before it is made. Nothing is written. */

export interface PairChange {
  opportunity: { id: string; ko: string; en: string };
  company: { id: string; ko: string; en: string };
  /** Points 0–1; null: not in the list. */
  before: number | null;
  after: number | null;
}

export interface RelationPreview {
  rows: RelationRows;
  /** Open opportunities that ask for what the relation is about; the newest so many were reckoned. */
  asked: number;
  more: boolean;
  /** Pairs that come into a list, fall out of one, rise and sink, among the first `depth` of each list. */
  gained: number;
  lost: number;
  raised: number;
  lowered: number;
  depth: number;
  /** The greatest changes first. */
  greatest: PairChange[];
}

const MOST_OPPORTUNITIES = 150;
const DEPTH = 300;
const GREATEST = 12;

interface Changed {
  opportunity: string;
  company: string;
  before: number | null;
  after: number | null;
}

/** Reckons the lists twice on the index of this process, giving way to requests between opportunities. */
export async function previewRelation(ctx: Context, rows: RelationRows): Promise<RelationPreview | null> {
  if (!isOfficial(ctx.actor)) return null;
  const { engine, world } = await matchIndexOf(ctx.db).fresh();
  const basis = { ...world.basis, relations: await relationsWith(ctx, rows) };
  const today = koreanDay(ctx.now());
  const ids = await opportunitiesAsking(ctx.db, askedBy(rows), MOST_OPPORTUNITIES + 1);
  const looked = ids.slice(0, MOST_OPPORTUNITIES);
  const changed: Changed[] = [];
  for (const id of looked) {
    const entry = engine.opportunity(id);
    const before = engine.need(id, today);
    if (entry === null || before === null) continue;
    changed.push(...changesIn(engine, before, prepareNeed(entry.opportunity, basis, today)));
    await new Promise((resume) => setImmediate(resume));
  }
  const raised = changed.filter((one) => rise(one) > 0);
  const gained = changed.filter(({ before }) => before === null);
  const lost = changed.filter(({ after }) => after === null);
  return {
    ...{ rows, asked: looked.length, more: ids.length > looked.length, depth: DEPTH },
    ...{ gained: gained.length, lost: lost.length },
    raised: raised.length - gained.length,
    lowered: changed.length - raised.length - lost.length,
    greatest: await named(
      ctx,
      changed.sort((a, b) => Math.abs(rise(b)) - Math.abs(rise(a))).slice(0, GREATEST),
    ),
  };
}

/** The same for a proposal that waits. */
export async function previewOfProposal(
  ctx: Context,
  { subject, before, after }: AmendmentView,
): Promise<RelationPreview | null> {
  if (subject === 'term') return null;
  const relation = (row: typeof before) => (row !== null && 'degree' in row ? row : null);
  return await previewRelation(
    ctx,
    relationRows(subject, { before: relation(before), after: relation(after) }),
  );
}

const rise = ({ before, after }: Changed): number => (after ?? 0) - (before ?? 0);

/** The relations in effect with the change laid over them. */
async function relationsWith(ctx: Context, rows: RelationRows): Promise<Relations> {
  const { capabilities, minerals } = await relationsInEffect(ctx.db);
  const leaves = await capabilityStages(ctx.db);
  return rows.subject === 'capability'
    ? new Relations(leaves, amended(capabilities, [rows], capabilityKeyOf), minerals)
    : new Relations(leaves, capabilities, amended(minerals, [rows], mineralKeyOf));
}

/** What an opportunity must ask for to be touched. */
function askedBy(rows: RelationRows): { capabilities: string[]; minerals: string[] } {
  if (rows.subject === 'mineral')
    return {
      capabilities: [],
      minerals: [...new Set([rows.before, rows.after].flatMap((row) => row?.minerals ?? []))],
    };
  const leaves = [rows.before, rows.after].flatMap((row) => (row === null ? [] : [row.from, row.to]));
  return { capabilities: [...new Set(leaves)], minerals: [] };
}

/** Companies whose place in one list changes: those among the first of either reckoning. */
function changesIn(engine: MatchEngine, before: Need, after: Need): Changed[] {
  const options = { limit: DEPTH, scope: 'all', inviting: true } as const;
  const companies = new Map<string, MatchCompany>();
  for (const need of [before, after])
    for (const { id, item } of engine.companiesFor(need, options).hits) companies.set(id, item);
  return [...companies].flatMap(([company, item]) => {
    const one = {
      ...{ opportunity: before.opportunity.id, company },
      ...{ before: pointsOf(before, item), after: pointsOf(after, item) },
    };
    return one.before === one.after ? [] : [one];
  });
}

function pointsOf(need: Need, company: MatchCompany): number | null {
  if (!passesGates(gatesOf(need, company, { inviting: true }))) return null;
  const match = scorePair(need, company, { inviting: true });
  return isOfInterest(match) ? toPoints(match.units) : null;
}

async function named(ctx: Context, changed: readonly Changed[]): Promise<PairChange[]> {
  const [companies, opportunities] = await Promise.all([
    organisationNames(
      ctx,
      changed.map(({ company }) => company),
    ),
    opportunityTitles(
      ctx,
      changed.map(({ opportunity }) => opportunity),
    ),
  ]);
  return changed.map(({ opportunity, company, before, after }) => ({
    opportunity: { ko: '', en: '', ...opportunities.get(opportunity), id: opportunity },
    company: { ko: '', en: '', ...companies.get(company), id: company },
    ...{ before, after },
  }));
}
