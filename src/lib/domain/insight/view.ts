import type { CountryMembership } from '#lib/domain/framework/view.ts';
import type { ProductionStage, Reserves } from '#lib/domain/insight/production.ts';
import type { Sourced } from '#lib/domain/insight/sourced.ts';
import type { MineralTag, Named, Names } from '#lib/domain/opportunity/view.ts';

/** The lists a mineral stands on. */
export interface MineralLists {
  /** Korea's 33 of 2023 */
  korea: boolean;
  /** Korea's strategic ten */
  strategic: boolean;
  euCritical: boolean;
  euStrategic: boolean;
  us2022: boolean;
  us2025: boolean;
}

export interface MineralCard extends MineralTag, MineralLists {
  /** a group such as the rare earths, not itself an entry of the lists */
  isGroup: boolean;
  /** the group it belongs to */
  group: MineralTag | null;
  uses: Names;
  projects: number;
  /** projects of its group when it has none of its own */
  groupProjects: number;
  opportunities: number;
}

/** A quotation of a mineral over the years; null where nothing was published. */
export interface PriceSeries {
  /** as the source calls it */
  series: string;
  label: Names;
  unit: string;
  points: { year: number; price: number | null; estimated: boolean }[];
  sourced: Sourced;
}

export interface MineralDetail extends MineralCard {
  aliases: { ko: string[]; en: string[] };
  hsCodes: string[];
  koreaNote: Names;
  members: MineralTag[];
  sourced: Sourced;
  /** names of fields of the row that were recalled, not read */
  recalledFields: string[];
  prices: PriceSeries[];
  /** whose statistics these are: its own, or those of its group */
  statisticsOf: MineralTag;
  production: ProductionStage[];
  reserves: Reserves | null;
  /** names of the countries in the statistics, by ISO alpha-2 */
  countries: Record<string, Named>;
}

export interface CountryCard extends Named {
  iso3: string;
  region: string;
  subregion: string;
  /** projects in the country */
  projects: number;
  /** on the lists of members as collected */
  mspMember: boolean;
  mspForum: boolean;
  /** minerals it has production figures of */
  minerals: number;
}

/** What a country produced of a mineral in the newest year known. */
export interface CountryProduction {
  mineral: MineralTag;
  stage: string;
  year: number;
  estimated: boolean;
  production: number;
  unit: string;
  share: number | null;
  /** 1 is the largest producer */
  rank: number;
  sourced: Sourced;
}

export interface CountryDetail extends CountryCard {
  lat: number;
  lon: number;
  eiti: string[];
  eitiAsOf: string;
  notes: Names;
  sourced: Sourced;
  production: CountryProduction[];
  memberships: CountryMembership[];
}

/** What happened, or is planned, in a project or framework. */
export interface Milestone {
  id: string;
  /** as far as it is known: `2028`, `2025-12`, `2025-10-09` */
  date: string;
  planned: boolean;
  text: Names;
  /** name of the project, or else the framework */
  about: Names;
  project: string | null;
  framework: string | null;
  sourced: Sourced;
}
