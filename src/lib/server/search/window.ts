import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { ENOUGH, pairTokens, planQuery, type Expr, type Level } from '#lib/domain/search/plan.ts';
import type { ParsedQuery } from '#lib/domain/search/query.ts';
import { rankDocuments, tokensAsked, type Rankable, type Ranked } from '#lib/domain/search/rank.ts';
import { isSettled, WINDOW } from '#lib/server/search/answer.ts';
import type { Matcher } from '#lib/server/search/matcher.ts';
import type { Asked } from '#lib/server/search/segment.ts';

/** The plan of a query put to what finds and counts: which level is the list, and its strongest hits in order. */

type Finder = Pick<Matcher, 'total' | 'candidates'>;

/** The level that is the list, and what was found on the way. */
export interface Chosen {
  readonly query: ParsedQuery;
  readonly level: Level;
  readonly total: number;
  readonly pairs: readonly string[];
  readonly asked: Asked;
  readonly tiers: readonly Expr[];
  /** Candidates by name or number. */
  readonly named: readonly Rankable[];
}

/** The strictest level that finds enough; a name or number that is found exactly needs no widening. Null: none finds. */
export async function chooseLevel(
  finder: Finder,
  lexicon: Lexicon,
  query: ParsedQuery,
): Promise<Chosen | null> {
  const pairs = pairTokens(query, (id) => lexicon.concepts.get(id)?.descendants ?? []);
  const plan = planQuery(query, pairs);
  const asked = tokensAsked(query, pairs);
  const [names, ...tiers] = plan.first;
  const wanted = { known: new Set<string>(), most: WINDOW, total: 0, asked };
  const named = names ? await finder.candidates({ ...wanted, matches: [names] }) : [];
  const settled = isSettled(query, rankDocuments(query, pairs, named));
  let chosen: Chosen | null = null;
  for (const level of plan.levels) {
    if (level.last && chosen !== null) break;
    const total = await finder.total(level.match);
    if (total > (chosen?.total ?? 0)) chosen = { query, level, total, pairs, asked, tiers, named };
    if (total >= ENOUGH || (settled && total > 0)) break;
  }
  return chosen;
}

/** The strongest hits of a level in order, WINDOW at most. */
export async function rankLevel(finder: Finder, chosen: Chosen): Promise<Ranked[]> {
  const { query, level, total, pairs, asked, tiers, named } = chosen;
  const most = Math.min(WINDOW, total);
  const pool = [...named];
  if (pool.length < most) {
    const known = new Set(pool.map(({ id }) => id));
    // Few hits are all ranked; of many, the strongest tiers are.
    const matches = total <= WINDOW ? [level.match] : [...tiers, level.match];
    pool.push(...(await finder.candidates({ matches, known, most: most - pool.length, total, asked })));
  }
  return rankDocuments(query, pairs, pool);
}
