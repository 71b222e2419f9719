import type { Part } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import type { Reckoners } from '#lib/server/match/reckon.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import type { Place } from '#lib/server/match/top.ts';

/** What a search of the index found. */

export interface Hit<T> {
  id: string;
  units: number;
  item: T;
}
export interface Ranking<T> {
  /** Companies or opportunities there are. */
  considered: number;
  /** Of those, shut out by a gate. */
  excluded: number;
  /** Let through and of any interest at all. */
  total: number;
  hits: Hit<T>[];
}

/** A company found; the whole record is made when it is asked for. */
export class CompanyHit implements Hit<MatchCompany> {
  readonly id: string;
  readonly units: number;
  readonly place: Place;
  private readonly segment: Segment;
  private readonly reckoners: Reckoners;
  private record: MatchCompany | null = null;

  constructor(place: Place, segment: Segment, reckoners: Reckoners) {
    this.id = segment.id(place.at);
    this.units = place.units;
    this.place = place;
    this.segment = segment;
    this.reckoners = reckoners;
  }

  /** The parts of its score, as `scorePair` of the domain makes them. */
  parts(): Part[] {
    return this.reckoners.of(this.segment).parts(this.place.at);
  }

  get item(): MatchCompany {
    return (this.record ??= this.segment.company(this.place.at));
  }
}
export interface CompanyRanking extends Ranking<MatchCompany> {
  hits: CompanyHit[];
}
