import { Geography, type Alliance, type Place } from '#lib/domain/match/geography.ts';
import type { MatchModel } from '#lib/domain/match/model.ts';
import type { MatchBasis } from '#lib/domain/match/need.ts';
import { Relations, type RelationSource } from '#lib/domain/match/relations.ts';
import type { DictionaryWords } from '#lib/server/match/dictionary.ts';
import type { SegmentData } from '#lib/server/match/segment-columns.ts';

/** What another thread makes the same index of: the columns are shared, only words and rules are copied. */
export interface EngineSnapshot {
  model: MatchModel;
  relations: RelationSource;
  geography: { places: readonly Place[]; alliances: readonly Alliance[] };
  words: DictionaryWords;
  segments: SegmentData[];
}

/** The basis of a snapshot, with its rules. */
export function basisOf({ model, relations, geography }: EngineSnapshot): MatchBasis {
  return {
    model,
    relations: new Relations(relations.leaves, relations.capabilities, relations.minerals),
    geography: new Geography(geography.places, geography.alliances),
  };
}
