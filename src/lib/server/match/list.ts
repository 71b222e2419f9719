import { createHash } from 'node:crypto';
import { groupOf, type MatchGroup } from '#lib/domain/match/group.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import type { Part } from '#lib/domain/match/score.ts';
import type { MatchOpportunity } from '#lib/domain/match/types.ts';
import type { MatchEngine } from '#lib/server/match/engine.ts';

/** Companies that the stored list of an opportunity holds at most. */
export const LIST_LENGTH = 50;

export interface ReckonedMatch {
  companyId: string;
  units: number;
  group: MatchGroup;
  /** Of the parts with their rows, 64 bits as text: another one when anything in them is another. */
  digest: string;
}
export interface ReckonedList {
  opportunityId: string;
  considered: number;
  excluded: number;
  /** Units of the last one of a full list; -1 when there is room. */
  entryUnits: number;
  matches: ReckonedMatch[];
}

/** The list of an opportunity as it is stored: who may take part as things stand, best first. */
export function reckonList(engine: MatchEngine, opportunity: MatchOpportunity, today: string): ReckonedList {
  const need = prepareNeed(opportunity, engine.basis, today);
  const { considered, excluded, hits } = engine.companiesFor(need, { limit: LIST_LENGTH });
  return {
    opportunityId: opportunity.id,
    considered,
    excluded,
    entryUnits: hits.length < LIST_LENGTH ? -1 : (hits.at(-1)?.units ?? -1),
    matches: hits.map((hit) => {
      const parts = hit.parts();
      return {
        companyId: hit.id,
        units: hit.units,
        group: groupOf(need, hit.item, { units: hit.units, parts, gates: [] }) ?? 'explore',
        digest: digestOf(parts),
      };
    }),
  };
}

function digestOf(parts: readonly Part[]): string {
  const hash = createHash('md5');
  for (const { name, requirement, units, maxUnits, source } of parts)
    hash.update(
      `${name}\t${requirement ?? ''}\t${units}\t${maxUnits}\t${source?.kind ?? ''}\t${source?.id ?? ''}\n`,
    );
  return hash.digest().readBigInt64BE(0).toString();
}
