/** How two countries stand to each other, for experience gained in one and asked in the other. */

export interface Place {
  iso2: string;
  region: string;
  subregion: string;
}
/** A country in a framework for some time; days as `YYYY-MM-DD`, null where there is no bound or none is known. */
export interface Membership {
  /** ISO alpha-2 */
  country: string;
  from: string | null;
  /** The first day on which it is a member no more. */
  until: string | null;
}
export interface Alliance {
  id: string;
  members: readonly Membership[];
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
  /** Days on which somebody joins or leaves, in order: between two of them nothing changes. */
  private readonly turns: readonly string[];
  /** Of each such stretch, when it is first asked for: country → its frameworks. */
  private readonly eras = new Map<number, ReadonlyMap<string, readonly string[]>>();

  /** What it was made of: another thread makes the same of it. */
  readonly source: { places: readonly Place[]; alliances: readonly Alliance[] };

  constructor(places: readonly Place[], alliances: readonly Alliance[]) {
    this.source = { places, alliances };
    for (const place of places) this.places.set(place.iso2, place);
    const days = alliances.flatMap(({ members }) => members.flatMap(({ from, until }) => [from, until]));
    this.turns = [...new Set(days)].filter((day) => day !== null).sort();
  }

  /** Days of the same number have the same memberships. */
  eraOf(day: string): number {
    const at = this.turns.findIndex((turn) => turn > day);
    return at < 0 ? this.turns.length : at;
  }

  private membershipsOn(day: string): ReadonlyMap<string, readonly string[]> {
    const era = this.eraOf(day);
    let known = this.eras.get(era);
    if (known === undefined) this.eras.set(era, (known = membershipsOn(day, this.source.alliances)));
    return known;
  }

  countries(): string[] {
    return [...this.places.keys()];
  }

  /** The part of the world a country lies in; null when it is not known. */
  regionOf(country: string): string | null {
    return this.places.get(country)?.region ?? null;
  }

  /** The nearest that holds on a day: same country, same subregion, a framework in common, same region. */
  between(a: string, b: string, day: string): Nearness {
    if (a === b) return SAME;
    const one = this.places.get(a);
    const other = this.places.get(b);
    if (one !== undefined && other !== undefined && one.subregion === other.subregion)
      return { kind: 'subregion', name: one.subregion };
    const memberships = this.membershipsOn(day);
    const shared = memberships.get(a)?.find((id) => memberships.get(b)?.includes(id));
    if (shared !== undefined) return { kind: 'framework', id: shared };
    if (one !== undefined && other !== undefined && one.region === other.region)
      return { kind: 'region', name: one.region };
    return NONE;
  }
}

function membershipsOn(day: string, alliances: readonly Alliance[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, members } of alliances) {
    const countries = new Set(
      members
        .filter(({ from, until }) => (from === null || from <= day) && (until === null || until > day))
        .map(({ country }) => country),
    );
    if (countries.size > MOST_MEMBERS) continue;
    for (const country of countries) {
      const known = found.get(country) ?? [];
      known.push(id);
      found.set(country, known);
    }
  }
  for (const known of found.values()) known.sort();
  return found;
}
