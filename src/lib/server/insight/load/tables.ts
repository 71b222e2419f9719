import { periodOf, rangeText } from '#lib/domain/framework/period.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { COLLECTED_ON, type ReferenceFile, type ReferenceRows } from './files.ts';

export type CellValue = string | number | boolean | null | string[];
export type TableRow = Record<string, CellValue>;

/** What a table shall hold after the load. */
export interface TableContent {
  table: keyof Database & string;
  key: string[];
  /** The files it is built from. */
  files: ReferenceFile[];
  rows: TableRow[];
  /** Column and value of the rows that are the reference data's; others are left alone. */
  only?: { column: string; value: string };
  /** The project that a row of it belongs to, whose search document the change makes stale. */
  project?: string;
}

/** Marks a project that came from the reference data. */
export const REFERENCE_SOURCE = 'reference';
/** The revision of the Korean Standard Industrial Classification that was collected. */
export const KSIC_REVISION = 10;

const as_of = COLLECTED_ON;
const GROUPS = new Set(['rare-earths', 'platinum-group']);

/** The content of every reference table, in the order in which rows may be written. */
export function tableContents(rows: ReferenceRows): TableContent[] {
  return [
    minerals(rows),
    countries(rows),
    ...capabilities(rows),
    ksic(rows),
    ...statistics(rows),
    ...projects(rows),
    ...frameworks(rows),
    milestones(rows),
  ];
}

function without<T extends { line: number }>({ line: _line, ...row }: T): Omit<T, 'line'> {
  return row;
}

function renderingsOf(rows: ReferenceRows, kind: string): (id: string, field: string) => string {
  const texts = new Map(
    rows.renderings.filter((row) => row.kind === kind).map((row) => [`${row.id} ${row.field}`, row.text_ko]),
  );
  return (id, field) => texts.get(`${id} ${field}`) ?? '';
}

function minerals(rows: ReferenceRows): TableContent {
  const ko = renderingsOf(rows, 'mineral');
  return {
    table: 'mineral',
    key: ['id'],
    files: ['minerals.csv', 'renderings_ko.csv'],
    rows: rows.minerals.map((row) => ({
      ...without(row),
      main_uses_ko: ko(row.id, 'main_uses'),
      korea_note_ko: ko(row.id, 'korea_note'),
      is_group: GROUPS.has(row.id),
      as_of,
    })),
  };
}

function countries(rows: ReferenceRows): TableContent {
  const ko = renderingsOf(rows, 'country');
  return {
    table: 'country',
    key: ['iso2'],
    files: ['countries.csv', 'renderings_ko.csv'],
    rows: rows.countries.map((row) => ({ ...without(row), notes_ko: ko(row.iso2, 'notes'), as_of })),
  };
}

function capabilities(rows: ReferenceRows): TableContent[] {
  return [
    {
      table: 'capability_stage',
      key: ['id'],
      files: ['capability_stages.csv'],
      rows: rows.stages.map((row, i) => ({ ...without(row), position: i + 1 })),
    },
    {
      table: 'capability',
      key: ['id'],
      files: ['capability_taxonomy.csv'],
      rows: rows.capabilities.map((row, i) => ({ ...without(row), position: i + 1, as_of })),
    },
    {
      table: 'certification',
      key: ['id'],
      files: ['certifications.csv'],
      rows: rows.certifications.map((row) => ({ ...without(row), as_of })),
    },
  ];
}

/** The full list in Korean, with English name, portal group and confidence where the shorter file has the code. */
function ksic(rows: ReferenceRows): TableContent {
  const known = new Map(rows.ksic.map((row) => [row.code, row]));
  return {
    table: 'ksic',
    key: ['revision', 'code'],
    files: ['ksic.csv', 'ksic_full_c10.csv'],
    rows: rows.ksicFull.map((row) => {
      const more = known.get(row.code);
      return {
        revision: KSIC_REVISION,
        code: row.code,
        name_en: more?.name_en ?? null,
        name_ko: row.name_ko,
        level: row.level,
        parent: row.parent === '' ? null : row.parent,
        portal_group: more?.portal_group ? more.portal_group : null,
        source: more?.source ?? row.source,
        confidence: more?.confidence ?? 'verified',
        as_of,
      };
    }),
  };
}

function statistics(rows: ReferenceRows): TableContent[] {
  return [
    {
      table: 'production',
      key: ['mineral_id', 'iso3', 'year', 'stage', 'edition'],
      files: ['production.csv'],
      rows: rows.production.map((row) => ({ ...without(row), as_of })),
    },
    {
      table: 'production_world',
      key: ['mineral_id', 'aggregate', 'year', 'stage', 'edition'],
      files: ['production_world.csv'],
      rows: rows.productionWorld.map((row) => ({ ...without(row), as_of })),
    },
    {
      table: 'price_series',
      key: ['mineral_id', 'series'],
      files: ['price_series.csv'],
      rows: rows.priceSeries.map((row, i) => ({ ...without(row), position: i + 1 })),
    },
    {
      table: 'price',
      key: ['mineral_id', 'year', 'series'],
      files: ['prices.csv'],
      rows: rows.prices.map((row) => ({ ...without(row), as_of })),
    },
  ];
}

function projects(rows: ReferenceRows): TableContent[] {
  const iso2 = new Map(rows.countries.map((row) => [row.iso3, row.iso2]));
  const names = new Map(rows.projectNames.map((row) => [row.id, row]));
  return [
    {
      table: 'project',
      key: ['id'],
      files: ['projects.csv', 'project_names_ko.csv', 'countries.csv'],
      only: { column: 'import_source', value: REFERENCE_SOURCE },
      project: 'id',
      rows: rows.projects.map((row) => ({
        id: row.id,
        import_source: REFERENCE_SOURCE,
        external_id: row.id,
        name_en: row.name,
        name_ko: names.get(row.id)?.name_ko ?? null,
        country: iso2.get(row.country_iso3) ?? '',
        lat: row.lat,
        lon: row.lon,
        phase: row.stage,
        operator: row.operator,
        msp_status: row.msp_supported,
        korean_participants: row.korean_participants,
        korean_participants_ko: names.get(row.id)?.korean_participants_ko ?? [],
        summary_en: row.summary,
        summary_ko: names.get(row.id)?.summary_ko ?? null,
        source: row.source_url_or_publication,
        confidence: row.confidence,
        coordinate_confidence: row.coordinate_confidence,
        as_of,
      })),
    },
    {
      table: 'project_mineral',
      key: ['project_id', 'mineral_id'],
      files: ['projects.csv'],
      project: 'project_id',
      rows: rows.projects.flatMap((row) =>
        row.minerals.map((mineral, position) => ({ project_id: row.id, mineral_id: mineral, position })),
      ),
    },
    {
      table: 'project_stage',
      key: ['project_id', 'stage'],
      files: ['project_stages.csv'],
      project: 'project_id',
      rows: rows.projectStages.map((row) => without(row)),
    },
  ];
}

function frameworks(rows: ReferenceRows): TableContent[] {
  const ko = renderingsOf(rows, 'framework');
  const predecessors = new Map(rows.frameworkLinks.map((row) => [row.framework, row.predecessor]));
  return [
    {
      table: 'framework',
      key: ['id'],
      files: ['frameworks.csv', 'framework_links.csv', 'renderings_ko.csv'],
      rows: rows.frameworks.map(({ countries: _countries, ...row }) => ({
        ...without(row),
        lead_body_ko: ko(row.id, 'lead_body'),
        notes_ko: ko(row.id, 'notes'),
        predecessor: predecessors.get(row.id) ?? null,
        as_of,
      })),
    },
    {
      table: 'framework_member',
      key: ['framework_id', 'country', 'role', 'from_text'],
      files: ['frameworks.csv', 'framework_members.csv', 'countries.csv'],
      rows: members(rows),
    },
  ];
}

function milestones(rows: ReferenceRows): TableContent {
  return {
    table: 'milestone',
    key: ['id'],
    files: ['milestones.csv'],
    rows: rows.milestones.map(({ project, framework, ...row }) => ({
      ...without(row),
      project_id: project === '' ? null : project,
      framework_id: framework === '' ? null : framework,
      as_of,
    })),
  };
}

/**
 * Members with their own dates where framework_members.csv has them; else those that frameworks.csv names, from
 * the beginning of the framework on, which is all that is known of them.
 */
function members(rows: ReferenceRows): TableRow[] {
  const iso2 = new Map(rows.countries.map((row) => [row.iso3, row.iso2]));
  const dated = new Set(rows.frameworkMembers.map((row) => row.framework));
  const own = rows.frameworkMembers.map((row) => ({
    framework_id: row.framework,
    country: iso2.get(row.country) ?? '',
    role: row.role,
    period: rangeText(periodOf(row.from, row.to)),
    from_text: row.from,
    to_text: row.to,
    note_en: row.note_en,
    note_ko: row.note_ko,
    source: row.source,
    confidence: row.confidence,
    as_of,
  }));
  const derived = rows.frameworks
    .filter((row) => !dated.has(row.id))
    .flatMap((row) =>
      row.countries.map((country) => ({
        framework_id: row.id,
        country: iso2.get(country) ?? '',
        role: 'member',
        period: rangeText(periodOf(row.since, '')),
        from_text: row.since,
        to_text: '',
        note_en: '',
        note_ko: '',
        source: row.source,
        confidence: row.confidence,
        as_of,
      })),
    );
  return [...own, ...derived];
}
