import type { DefaultTimestamp, Generated, Optional, SourcedColumns } from '#lib/server/platform/columns.ts';

export interface MineralTable extends SourcedColumns {
  id: string;
  name_en: string;
  name_ko: string;
  symbol: Generated<string>;
  aliases_en: Generated<string[]>;
  aliases_ko: Generated<string[]>;
  hs_codes: Generated<string[]>;
  korea_critical: boolean;
  korea_strategic10: boolean;
  eu_critical: boolean;
  us_critical: boolean;
  eu_strategic: boolean;
  us_2022: boolean;
  us_2025: boolean;
  main_uses: Generated<string>;
  main_uses_ko: Generated<string>;
  korea_note: Generated<string>;
  korea_note_ko: Generated<string>;
  /** rare-earths and platinum-group: groups, not entries of the list of 33 */
  is_group: Generated<boolean>;
  recalled_fields: Generated<string[]>;
}

export interface CountryTable extends SourcedColumns {
  iso2: string;
  iso3: string;
  name_en: string;
  name_ko: string;
  region: string;
  subregion: string;
  lat: number;
  lon: number;
  msp_member: boolean;
  msp_forum: boolean;
  eiti_status: Generated<string>;
  eiti_as_of: Generated<string>;
  notes: Generated<string>;
  notes_ko: Generated<string>;
}

interface Output extends SourcedColumns {
  mineral_id: string;
  year: number;
  stage: string;
  edition: string;
  production: Optional<number>;
  production_unit: string;
  reserves: Optional<number>;
  reserves_unit: Generated<string>;
  estimated: boolean;
}
export interface ProductionTable extends Output {
  iso3: string;
}
export interface ProductionWorldTable extends Output {
  aggregate: 'world_total' | 'other_countries';
}

/** A quotation of a mineral, with short names for charts. */
export interface PriceSeriesTable {
  mineral_id: string;
  series: string;
  position: number;
  label_en: string;
  label_ko: string;
}

export interface PriceTable extends SourcedColumns {
  mineral_id: string;
  year: number;
  series: string;
  price: number;
  unit: string;
  estimated: boolean;
}

/** What happened, or is planned, in a project or framework. */
export interface MilestoneTable extends SourcedColumns {
  id: string;
  /** as far as it is known: `2028`, `2025-12`, `2025-10-09` */
  date: string;
  planned: boolean;
  project_id: Optional<string>;
  framework_id: Optional<string>;
  text_ko: string;
  text_en: string;
}

export interface ReferenceFileTable {
  name: string;
  sha256: string;
  row_count: number;
  loaded_at: DefaultTimestamp;
}

export interface InsightTables {
  mineral: MineralTable;
  country: CountryTable;
  production: ProductionTable;
  production_world: ProductionWorldTable;
  price: PriceTable;
  price_series: PriceSeriesTable;
  milestone: MilestoneTable;
  reference_file: ReferenceFileTable;
}
