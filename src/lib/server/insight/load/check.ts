import { isEmptyPeriod, overlap, periodOf } from '#lib/domain/framework/period.ts';
import type { Fault, Lined } from './csv.ts';
import type { ReferenceFile, ReferenceRows } from './files.ts';

/** What no single row shows: keys that stand twice, ids that no other file knows, periods that overlap. */
export function checkAcross(rows: ReferenceRows): Fault[] {
  const check = new Check();
  keys(check, rows);
  references(check, rows);
  projects(check, rows);
  frameworks(check, rows);
  return check.faults;
}

class Check {
  readonly faults: Fault[] = [];

  fault(file: ReferenceFile, line: number, field: string, message: string): void {
    this.faults.push({ file, line, field, message });
  }

  unique<T>(file: ReferenceFile, rows: Lined<T>[], key: (keyof T & string)[]): void {
    const seen = new Map<string, number>();
    for (const row of rows) {
      const value = key.map((name) => String(row[name])).join(' / ');
      const before = seen.get(value);
      if (before !== undefined)
        this.fault(
          file,
          row.line,
          key.join('+'),
          `"${value}" stands in line ${before} already, expected once`,
        );
      else seen.set(value, row.line);
    }
  }

  known<T>(
    file: ReferenceFile,
    rows: Lined<T>[],
    field: keyof T & string,
    ids: ReadonlySet<string>,
    home: ReferenceFile,
  ): void {
    for (const row of rows) {
      const value: unknown = row[field];
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== '' && !ids.has(String(one)))
          this.fault(file, row.line, field, `"${String(one)}" is not known, expected one of ${home}`);
      }
    }
  }
}

function keys(check: Check, rows: ReferenceRows): void {
  check.unique('minerals.csv', rows.minerals, ['id']);
  check.unique('countries.csv', rows.countries, ['iso2']);
  check.unique('countries.csv', rows.countries, ['iso3']);
  check.unique('capability_stages.csv', rows.stages, ['id']);
  check.unique('capability_taxonomy.csv', rows.capabilities, ['id']);
  check.unique('certifications.csv', rows.certifications, ['id']);
  check.unique('ksic.csv', rows.ksic, ['code']);
  check.unique('ksic_full_c10.csv', rows.ksicFull, ['code']);
  check.unique('production.csv', rows.production, ['mineral_id', 'iso3', 'year', 'stage', 'edition']);
  check.unique('production_world.csv', rows.productionWorld, [
    'mineral_id',
    'aggregate',
    'year',
    'stage',
    'edition',
  ]);
  check.unique('price_series.csv', rows.priceSeries, ['mineral_id', 'series']);
  check.unique('prices.csv', rows.prices, ['mineral_id', 'year', 'series']);
  check.unique('projects.csv', rows.projects, ['id']);
  check.unique('project_names_ko.csv', rows.projectNames, ['id']);
  check.unique('project_stages.csv', rows.projectStages, ['project_id', 'stage']);
  check.unique('frameworks.csv', rows.frameworks, ['id']);
  check.unique('framework_members.csv', rows.frameworkMembers, ['framework', 'country', 'role', 'from']);
  check.unique('framework_links.csv', rows.frameworkLinks, ['framework']);
  check.unique('milestones.csv', rows.milestones, ['id']);
  check.unique('renderings_ko.csv', rows.renderings, ['kind', 'id', 'field']);
}

function references(check: Check, rows: ReferenceRows): void {
  const minerals = new Set(rows.minerals.map((row) => row.id));
  const countries = new Set(rows.countries.map((row) => row.iso3));
  const codes = new Set(rows.ksicFull.map((row) => row.code));
  check.known(
    'capability_taxonomy.csv',
    rows.capabilities,
    'stage',
    idsOf(rows.stages),
    'capability_stages.csv',
  );
  check.known('production.csv', rows.production, 'mineral_id', minerals, 'minerals.csv');
  check.known('production.csv', rows.production, 'iso3', countries, 'countries.csv');
  check.known('production_world.csv', rows.productionWorld, 'mineral_id', minerals, 'minerals.csv');
  check.known('price_series.csv', rows.priceSeries, 'mineral_id', minerals, 'minerals.csv');
  check.known('ksic.csv', rows.ksic, 'code', codes, 'ksic_full_c10.csv');
  check.known('ksic_full_c10.csv', rows.ksicFull, 'parent', codes, 'ksic_full_c10.csv');
  check.known('projects.csv', rows.projects, 'minerals', minerals, 'minerals.csv');
  check.known('projects.csv', rows.projects, 'country_iso3', countries, 'countries.csv');
  const series = new Set(rows.priceSeries.map((row) => `${row.mineral_id} / ${row.series}`));
  for (const row of rows.prices) {
    if (!series.has(`${row.mineral_id} / ${row.series}`))
      check.fault(
        'prices.csv',
        row.line,
        'series',
        `"${row.series}" is not known, expected one of price_series.csv`,
      );
  }
  const kinds = {
    mineral: minerals,
    country: new Set(rows.countries.map((row) => row.iso2)),
    framework: idsOf(rows.frameworks),
  };
  for (const row of rows.renderings) {
    if (!kinds[row.kind].has(row.id))
      check.fault('renderings_ko.csv', row.line, 'id', `"${row.id}" is not a ${row.kind} that is known`);
  }
}

function projects(check: Check, rows: ReferenceRows): void {
  const ids = idsOf(rows.projects);
  check.known('project_names_ko.csv', rows.projectNames, 'id', ids, 'projects.csv');
  check.known('project_stages.csv', rows.projectStages, 'project_id', ids, 'projects.csv');
  check.known('milestones.csv', rows.milestones, 'project', ids, 'projects.csv');
  for (const row of rows.milestones) {
    if (row.project === '' && row.framework === '')
      check.fault('milestones.csv', row.line, 'project', 'is empty, expected a project or a framework');
  }
  const staged = new Set(rows.projectStages.map((row) => row.project_id));
  const names = new Map(rows.projectNames.map((row) => [row.id, row]));
  for (const row of rows.projects) {
    if (!staged.has(row.id))
      check.fault(
        'projects.csv',
        row.line,
        'id',
        `"${row.id}" has no stage, expected one in project_stages.csv`,
      );
    const name = names.get(row.id);
    if (name && name.korean_participants_ko.length !== row.korean_participants.length)
      check.fault(
        'project_names_ko.csv',
        name.line,
        'korean_participants_ko',
        `has ${name.korean_participants_ko.length} names, expected ${row.korean_participants.length} as in projects.csv`,
      );
  }
}

function frameworks(check: Check, rows: ReferenceRows): void {
  const ids = idsOf(rows.frameworks);
  const countries = new Set(rows.countries.map((row) => row.iso3));
  check.known('frameworks.csv', rows.frameworks, 'countries', countries, 'countries.csv');
  check.known('framework_members.csv', rows.frameworkMembers, 'framework', ids, 'frameworks.csv');
  check.known('framework_members.csv', rows.frameworkMembers, 'country', countries, 'countries.csv');
  check.known('milestones.csv', rows.milestones, 'framework', ids, 'frameworks.csv');
  check.known('framework_links.csv', rows.frameworkLinks, 'framework', ids, 'frameworks.csv');
  check.known('framework_links.csv', rows.frameworkLinks, 'predecessor', ids, 'frameworks.csv');
  const periods = rows.frameworkMembers.map((row) => ({ row, period: periodOf(row.from, row.to) }));
  periods.forEach(({ row, period }, i) => {
    if (isEmptyPeriod(period))
      check.fault('framework_members.csv', row.line, 'to', `"${row.to}" is not after "${row.from}"`);
    const clash = periods
      .slice(0, i)
      .find(
        (other) =>
          other.row.framework === row.framework &&
          other.row.country === row.country &&
          other.row.role === row.role &&
          overlap(other.period, period),
      );
    if (clash)
      check.fault(
        'framework_members.csv',
        row.line,
        'from',
        `the period overlaps that of line ${clash.row.line}`,
      );
  });
}

function idsOf(rows: readonly { id: string }[]): Set<string> {
  return new Set(rows.map((row) => row.id));
}
