import type { MatchGroup } from '#lib/domain/match/group.ts';
import { toPoints } from '#lib/domain/match/score.ts';
import type { Db } from '#lib/server/match/company-repository.ts';

/**
 * Stored lists and what changed in them. They follow every change within about a second (job `match.update`) and
 * are gone through as a whole each night; a page that must be exact to the last write asks `queries.ts` instead.
 */

export interface StoredMatch {
  companyId: string;
  rank: number;
  score: number;
  group: MatchGroup;
}
export interface StoredList {
  model: string;
  /** Transactions before this one are reckoned with. */
  dataVersion: number;
  considered: number;
  excluded: number;
  reckonedAt: Date;
  items: StoredMatch[];
}

/** The stored list of an opportunity, best first; null when none is stored (closed, withdrawn, not reckoned yet). */
export async function storedMatchesOf(db: Db, opportunityId: string): Promise<StoredList | null> {
  const list = await db
    .selectFrom('match_list')
    .selectAll()
    .where('opportunity_id', '=', opportunityId)
    .executeTakeFirst();
  if (list === undefined) return null;
  const rows = await db
    .selectFrom('match_result')
    .select(['company_id', 'rank', 'units', 'match_group'])
    .where('opportunity_id', '=', opportunityId)
    .orderBy('rank')
    .execute();
  return {
    model: list.model,
    dataVersion: list.data_version,
    considered: list.considered,
    excluded: list.excluded,
    reckonedAt: list.reckoned_at,
    items: rows.map(({ company_id, rank, units, match_group }) => ({
      companyId: company_id,
      rank,
      score: toPoints(units),
      group: match_group,
    })),
  };
}

/** A pair that came into the strong group. */
export interface NewStrongMatch {
  /** Grows with time and is never given to a pair that becomes visible later: a mark to go on from. */
  seq: number;
  opportunityId: string;
  companyId: string;
  /** What it was before; null: not in the list. */
  groupBefore: MatchGroup | null;
  groupAfter: 'strong';
  score: number;
  at: Date;
}

/**
 * Pairs that became strong after a mark (0: ever), oldest first. Those found by the first run of a portal, or of a
 * new model, are not among them: they are not news. A pair may come in again after it had left; whoever tells people
 * keeps whom it has told of which pair.
 */
export async function newStrongMatches(
  db: Db,
  { after, limit = 1000 }: { after: number; limit?: number },
): Promise<NewStrongMatch[]> {
  const rows = await db
    .selectFrom('match_change')
    .select(['seq', 'opportunity_id', 'company_id', 'group_before', 'units', 'at'])
    .where('seq', '>', after)
    .where('group_after', '=', 'strong')
    .where('quiet', '=', false)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    opportunityId: row.opportunity_id,
    companyId: row.company_id,
    groupBefore: row.group_before,
    groupAfter: 'strong',
    score: toPoints(row.units),
    at: row.at,
  }));
}
