/** How two countries stand to each other, for experience gained in one and asked in the other. */

export interface Place {
  iso2: string;
  region: string;
  subregion: string;
}
export interface Alliance {
  id: string;
  /** ISO alpha-2 */
  members: readonly string[];
}
export type Nearness =
  | { kind: 'same' }
  | { kind: 'subregion' | 'region'; name: string }
  | { kind: 'framework'; id: string }
  | { kind: 'none' };

/** Larger frameworks say little about two of their members. */
const MOST_MEMBERS = 20;
const SAME: Nearness = { kind: 'same' };
const NONE: Nearness = { kind: 'none' };

export class Geography {
  private readonly places = new Map<string, Place>();
  private readonly memberships = new Map<string, string[]>();

  /** What it was made of: another thread makes the same of it. */
  readonly source: { places: readonly Place[]; alliances: readonly Alliance[] };

  constructor(places: readonly Place[], alliances: readonly Alliance[]) {
    this.source = { places, alliances };
    for (const place of places) this.places.set(place.iso2, place);
    for (const { id, members } of alliances) {
      if (members.length > MOST_MEMBERS) continue;
      for (const country of members) {
        const known = this.memberships.get(country) ?? [];
        known.push(id);
        this.memberships.set(country, known);
      }
    }
    for (const known of this.memberships.values()) known.sort();
  }

  countries(): string[] {
    return [...this.places.keys()];
  }

  /** The part of the world a country lies in; null when it is not known. */
  regionOf(country: string): string | null {
    return this.places.get(country)?.region ?? null;
  }

  /** The nearest that holds: same country, same subregion, a framework in common, same region. */
  between(a: string, b: string): Nearness {
    if (a === b) return SAME;
    const one = this.places.get(a);
    const other = this.places.get(b);
    if (one !== undefined && other !== undefined && one.subregion === other.subregion)
      return { kind: 'subregion', name: one.subregion };
    const shared = this.memberships.get(a)?.find((id) => this.memberships.get(b)?.includes(id));
    if (shared !== undefined) return { kind: 'framework', id: shared };
    if (one !== undefined && other !== undefined && one.region === other.region)
      return { kind: 'region', name: one.region };
    return NONE;
  }
}
