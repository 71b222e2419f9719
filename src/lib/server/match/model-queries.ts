import { sql } from 'kysely';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { MODEL, type MatchModel } from '#lib/domain/match/model.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { toPoints } from '#lib/domain/match/score.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Db } from '#lib/server/match/company-repository.ts';
import { modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { matchIndexOf, type LiveEngine } from '#lib/server/match/live-index.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The models: the shipped one and those that officials made. The last switch says which is in use. */

/** Notices that are compared at most; the newest ones. */
const MOST_NOTICES = 200;
/** Places of a list that are compared. */
const PLACES = 10;
/** Moves that are shown. */
const MOST_MOVES = 30;

export interface ModelLine {
  id: string;
  base: string | null;
  note: string;
  madeAt: string | null;
  madeBy: string;
  /** Made by the reader, who therefore does not switch it on first. */
  own: boolean;
  inUse: boolean;
  /** Was in use before. */
  proven: boolean;
}
export interface SwitchLine {
  id: number;
  model: string;
  before: string;
  reason: string;
  by: string;
  at: string;
}
export interface Models {
  inUse: string;
  models: ModelLine[];
  switches: SwitchLine[];
}

/** All models, newest first, and the history of switches. For officials. */
export async function matchModels(ctx: Context): Promise<Models> {
  const reader = isOfficial(ctx.actor) ? ctx.actor.accountId : null;
  const [made, switches, inUse] = await Promise.all([
    ctx.db
      .selectFrom('match_model')
      .leftJoin('account', 'account.id', 'match_model.made_by')
      .select([
        'match_model.id',
        'match_model.base',
        'match_model.note',
        'match_model.made_at',
        'match_model.made_by',
        'account.name',
      ])
      .orderBy('made_at', 'desc')
      .orderBy('match_model.id', 'desc')
      .limit(100)
      .execute(),
    ctx.db
      .selectFrom('match_model_switch')
      .leftJoin('account', 'account.id', 'match_model_switch.by')
      .select(['match_model_switch.id', 'model', 'before', 'reason', 'at', 'account.name'])
      .orderBy('match_model_switch.id', 'desc')
      .limit(100)
      .execute(),
    modelInEffect(ctx.db),
  ]);
  const used = new Set([MODEL.id, ...switches.map(({ model }) => model)]);
  const shipped: ModelLine = {
    ...{ id: MODEL.id, base: null, note: '', madeAt: null, madeBy: '', own: false },
    ...{ inUse: inUse.id === MODEL.id, proven: true },
  };
  return {
    inUse: inUse.id,
    models: [
      ...made.map((row) => ({
        id: row.id,
        base: row.base,
        note: row.note,
        madeAt: row.made_at.toISOString(),
        madeBy: row.name ?? '',
        own: row.made_by !== null && row.made_by === reader,
        inUse: row.id === inUse.id,
        proven: used.has(row.id),
      })),
      shipped,
    ],
    switches: switches.map((row) => ({
      id: row.id,
      model: row.model,
      before: row.before,
      reason: row.reason,
      by: row.name ?? '',
      at: row.at.toISOString(),
    })),
  };
}

export interface Move {
  opportunity: { id: string; title: Names };
  company: { id: string; name: Names | null };
  /** 1–10; null: not among the first ten. */
  before: number | null;
  after: number | null;
  /** 0–1; null where it is not among the first ten. */
  scoreBefore: number | null;
  scoreAfter: number | null;
}
export interface Drift {
  notices: number;
  /** Notices whose first ten are the same companies in the same order. */
  same: number;
  /** Mean share of the first ten that both models show. */
  overlap: number;
  /** Notices whose first place differs. */
  otherFirst: number;
  moves: Move[];
}

/** The first ten of the open notices under the model in use and under another, side by side. */
export async function modelDrift(ctx: Context, other: MatchModel): Promise<Drift> {
  const live = await matchIndexOf(ctx.db).fresh();
  const { rows: notices } = await sql<{ id: string; ko: string; en: string }>`
    select id, title_ko as ko, title_en as en from opportunity
    where status = 'published' and (deadline is null or deadline > ${ctx.now()})
    order by published_at desc, id limit ${MOST_NOTICES}`.execute(ctx.db);
  const day = koreanDay(ctx.now());
  const drift: Drift = { notices: 0, same: 0, overlap: 0, otherFirst: 0, moves: [] };
  for (const notice of notices) {
    const pair = bothLists(live, notice.id, other, day);
    if (pair === null) continue;
    drift.notices += 1;
    const [before, after] = pair;
    const shared = [...before.keys()].filter((id) => after.has(id)).length;
    const most = Math.max(before.size, after.size);
    drift.overlap += most === 0 ? 1 : shared / most;
    if ([...before.keys()].join() === [...after.keys()].join()) drift.same += 1;
    if ([...before.keys()][0] !== [...after.keys()][0]) drift.otherFirst += 1;
    drift.moves.push(...movesOf({ id: notice.id, title: { ko: notice.ko, en: notice.en } }, before, after));
    // A long comparison must not hold up whatever else this process answers.
    await new Promise((next) => setImmediate(next));
  }
  drift.overlap = drift.notices === 0 ? 1 : drift.overlap / drift.notices;
  drift.moves.sort((a, b) => distance(b) - distance(a) || (a.company.id < b.company.id ? -1 : 1));
  drift.moves = await named(ctx, drift.moves.slice(0, MOST_MOVES));
  return drift;
}

interface Placed {
  rank: number;
  score: number;
}
type List = Map<string, Placed>;

function bothLists(
  { engine, world }: LiveEngine,
  id: string,
  other: MatchModel,
  day: string,
): [List, List] | null {
  const entry = engine.opportunity(id);
  if (entry === null) return null;
  const list = (model: MatchModel): List => {
    const need = prepareNeed(entry.opportunity, { ...world.basis, model }, day);
    const { hits } = engine.companiesFor(need, { limit: PLACES, inviting: true });
    return new Map(hits.map((hit, i) => [hit.id, { rank: i + 1, score: toPoints(hit.units) }]));
  };
  return [list(world.basis.model), list(other)];
}

function movesOf(opportunity: Move['opportunity'], before: List, after: List): Move[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id), after.get(id)];
    if (was?.rank === is?.rank) return [];
    return [
      {
        opportunity,
        company: { id, name: null },
        before: was?.rank ?? null,
        after: is?.rank ?? null,
        scoreBefore: was?.score ?? null,
        scoreAfter: is?.score ?? null,
      },
    ];
  });
}

function distance({ before, after }: Move): number {
  return Math.abs((before ?? PLACES + 1) - (after ?? PLACES + 1));
}

async function named(ctx: Context, moves: readonly Move[]): Promise<Move[]> {
  const cards = await companyCards(ctx, [...new Set(moves.map(({ company }) => company.id))]);
  const names = new Map(cards.filter(({ masked }) => !masked).map(({ id, name }) => [id, name]));
  return moves.map((move) => ({
    ...move,
    company: { id: move.company.id, name: names.get(move.company.id) ?? null },
  }));
}

export interface PublicSwitch {
  model: string;
  before: string;
  at: string;
  reason: string;
}

/** Every switch, oldest first, without who made it: for anyone. */
export async function publicSwitches(db: Db): Promise<PublicSwitch[]> {
  const rows = await db
    .selectFrom('match_model_switch')
    .select(['model', 'before', 'at', 'reason'])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
