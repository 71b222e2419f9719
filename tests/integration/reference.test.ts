import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { loadReference, ReferenceDataError } from '#lib/server/insight/load/reference.ts';

let database: TestDatabase;
let dir: string;

beforeAll(async () => {
  database = await createDatabase();
  await loadReference(database.db, { dir: 'data' });
});
afterAll(() => database.drop());
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gm-reference-'));
  cpSync('data', dir, { recursive: true });
  return () => rmSync(dir, { recursive: true });
});

function edit(file: string, from: string, to: string): void {
  const path = join(dir, file);
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

async function count(table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
    database.db,
  );
  return rows[0]?.n ?? -1;
}

async function load() {
  return loadReference(database.db, { dir });
}

describe('the reference data', () => {
  it.each([
    ['mineral', 59],
    ['country', 128],
    ['capability_stage', 12],
    ['capability', 168],
    ['certification', 72],
    ['ksic', 2021],
    ['production', 920],
    ['production_world', 137],
    ['price', 345],
    ['project', 57],
    ['framework', 47],
    ['milestone', 55],
  ])('fills %s with %d rows', async (table, rows) => {
    expect(await count(table)).toBe(rows);
  });

  it('has the 33 and the 10 when groups are left out', async () => {
    const minerals = await database.db
      .selectFrom('mineral')
      .select(['korea_critical', 'korea_strategic10'])
      .where('is_group', '=', false)
      .execute();
    expect(minerals.filter((one) => one.korea_critical)).toHaveLength(33);
    expect(minerals.filter((one) => one.korea_strategic10)).toHaveLength(10);
  });

  it('has English names of industries where they are known', async () => {
    const row = await database.db
      .selectFrom('ksic')
      .selectAll()
      .where('code', '=', 'B')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ revision: 10, name_en: 'Mining and quarrying', portal_group: 'mining' });
  });

  it('renders every project in Korean and gives it a stage', async () => {
    const projects = await database.db
      .selectFrom('project')
      .select((eb) => [
        'name_ko',
        'summary_ko',
        eb
          .selectFrom('project_stage')
          .select(eb.fn.countAll<number>().as('n'))
          .whereRef('project_id', '=', 'project.id')
          .as('stages'),
      ])
      .execute();
    expect(projects.every((one) => one.name_ko && one.summary_ko && (one.stages ?? 0) > 0)).toBe(true);
  });
});

describe('loading', () => {
  it('twice changes nothing', async () => {
    const audit = await count('audit_entry');
    expect(await load()).toEqual({ files: [], added: 0, updated: 0, removed: 0 });
    await database.db.deleteFrom('reference_file').execute();
    expect(await load()).toMatchObject({ added: 0, updated: 0, removed: 0 });
    expect(await count('audit_entry')).toBe(audit + 1);
  });

  it('updates a changed row and keeps its old value', async () => {
    edit('minerals.csv', 'lithium,Lithium,리튬,Li', 'lithium,Lithium metal,리튬,Li');
    expect(await load()).toMatchObject({ files: ['minerals.csv'], added: 0, updated: 1, removed: 0 });
    const entry = await database.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('object_kind', '=', 'mineral')
      .where('object_id', '=', 'lithium')
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({
      action: 'reference.update',
      actor_kind: 'system',
      before: { name_en: 'Lithium' },
      after: { name_en: 'Lithium metal' },
    });
  });

  it('marks a project whose stage changed as stale', async () => {
    await database.db.deleteFrom('entity_change').execute();
    edit('project_stages.csv', 'mahenge,upstream', 'mahenge,midstream');
    expect(await load()).toMatchObject({ added: 1, removed: 1 });
    const changes = await database.db.selectFrom('entity_change').selectAll().execute();
    expect(changes.map((one) => [one.kind, one.id])).toEqual([['project', 'mahenge']]);
  });

  it('lists the faults of a bad file and loads nothing', async () => {
    const before = await count('audit_entry');
    edit('prices.csv', 'aluminium,2021,138.5', 'aluminium,21,-1');
    edit('projects.csv', 'mahenge,Mahenge Graphite,TZA', 'mahenge,Mahenge Graphite,Tanzania');
    edit('minerals.csv', 'lithium,Lithium', 'lithium,Lithium 2');
    const error = await load().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ReferenceDataError);
    expect(error instanceof ReferenceDataError && error.faults).toEqual([
      'prices.csv:2: year: expected a year such as 2025',
      'prices.csv:2: price: expected a number of 0 or more',
      'projects.csv:2: country_iso3: expected three capital letters (ISO 3166-1 alpha-3)',
    ]);
    expect(await count('audit_entry')).toBe(before);
  });

  it('notices what no single row shows', async () => {
    edit('production.csv', 'aluminium,AUS,2024', 'unobtainium,AUS,2024');
    edit('framework_members.csv', 'msp,POL,observer,2025-03-04', 'msp,NZL,observer,2025-03-05');
    const error = await load().catch((thrown: unknown) => thrown);
    expect(error instanceof ReferenceDataError && error.faults).toEqual([
      'production.csv:2: mineral_id: "unobtainium" is not known, expected one of minerals.csv',
      expect.stringMatching(/^framework_members\.csv:\d+: from: the period overlaps that of line \d+$/u),
    ]);
  });

  it('refuses to take away a row that is in use', async () => {
    await load();
    const path = join(dir, 'certifications.csv');
    const text = readFileSync(path, 'utf8');
    const line = text.split('\r\n').find((one) => one.startsWith('iso-9001,')) ?? '';
    writeFileSync(path, text.replace(`${line}\r\n`, ''));
    await sql`create table uses (id text references certification)`.execute(database.db);
    await sql`insert into uses values ('iso-9001')`.execute(database.db);
    await expect(load()).rejects.toThrow(ReferenceDataError);
    await sql`drop table uses`.execute(database.db);
    expect(await load()).toMatchObject({ removed: 1 });
  });
});

describe('the database', () => {
  it('refuses overlapping periods of one member in one role', async () => {
    const insert = (role: 'member' | 'chair', period: string) =>
      database.db
        .insertInto('framework_member')
        .values({
          framework_id: 'msp',
          country: 'BR',
          role,
          period,
          source: 'test',
          confidence: 'recalled',
          as_of: '2026-11-23',
        })
        .execute();
    await insert('member', '[2030-01-01,2031-01-01)');
    await insert('member', '[2031-01-01,)');
    await insert('chair', '[2030-06-01,2030-07-01)');
    await expect(insert('member', '[2030-12-31,2031-02-01)')).rejects.toMatchObject({ code: '23P01' });
  });
});
