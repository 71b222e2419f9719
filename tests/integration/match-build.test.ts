import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { companyRecord, type CompanyRecordInput } from '#lib/domain/company/record.ts';
import { companyFromRecord } from '#lib/domain/match/from-record.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import { companyImport } from '#lib/server/company/import.ts';
import { loadWorld, type MatchWorld } from '#lib/server/match/basis.ts';
import { addAllCompanies, companiesByIds } from '#lib/server/match/company-repository.ts';
import { Dictionaries } from '#lib/server/match/dictionary.ts';
import { MatchEngine } from '#lib/server/match/engine.ts';
import { SegmentBuilder } from '#lib/server/match/segment-builder.ts';
import { readSnapshot } from '#lib/server/match/snapshot.ts';
import { readReference } from '#lib/server/platform/import/reference.ts';
import { runImport } from '#lib/server/platform/import/run.ts';

/** The index built at the start holds every company as its records say, however the reading is parted. */

const TEXTS = ['흑연 파일럿 설비와 수처리', '용매추출과 침출, 정제', '', '부유 선별과 여과'];
const AMOUNTS = [20000, 0.00001, 1e22, 12.5, 999999999999999];
const pick = <T>(list: readonly T[], number: number): T | undefined => list[number % list.length];

function record(number: number): CompanyRecordInput {
  return {
    id: `c-${number}`,
    name_en: `Company ${number}`,
    size: pick(['sme', 'midsize', 'large'] as const, number) ?? 'sme',
    status: pick(['vetted', 'registered', 'suspended'] as const, number) ?? 'vetted',
    published: number % 5 !== 0,
    languages: number % 3 === 0 ? [] : ['ko', 'en', 'fr'].slice(number % 3),
    summary_ko: pick(TEXTS, number) ?? '',
    summary_en: number % 2 === 0 ? 'Flotation plants; laboratory — assays' : '',
    capabilities: Array.from({ length: number % 4 }, (_, row) => ({
      id: row === 0 ? '가 행' : `k${row}`,
      capability: pick(['graphite-flake-plant', 'froth-flotation', 'esia'], number + row) ?? '',
      minerals: [[], ['graphite'], ['nickel', 'cobalt', 'graphite']][(number + row) % 3] ?? [],
      capacity:
        row === 1
          ? null
          : { amount: pick(AMOUNTS, number) ?? 1, unit: 't/yr', year: row === 0 ? null : 2024 },
      evidence: pick(['claimed', 'document', 'audited'] as const, number + row) ?? 'claimed',
    })),
    certifications: ['iso-14001', 'iso-45001'].slice(number % 3).map((id) => ({
      id,
      valid_to: number % 2 === 0 ? '2027-05-31' : null,
      verified: number % 4 === 0,
    })),
    references: Array.from({ length: number % 3 }, (_, row) => ({
      id: `r${row}`,
      title: 'Plant',
      country: row === 0 ? 'TZ' : null,
      minerals: row === 0 ? [] : ['graphite'],
      capability: row === 0 ? null : 'esia',
      year: row === 0 ? 2019 : null,
      confirmed: row === 0,
    })),
    country_experience:
      number % 4 === 1
        ? [
            { country: 'TZ', kind: 'jv' },
            { country: 'KE', kind: 'export' },
          ]
        : [],
    finance: { can_invest: number % 2 === 0 },
  };
}

const RECORDS = Array.from({ length: 23 }, (_, number) => record(number));
/** Sells nothing any more; its rows are still there. */
const NO_SUPPLIER = 'c-7';
const CHOOSY = 'c-9';

let database: TestDatabase;
let folder: string;
let world: MatchWorld;
const externalId = new Map<string, string>();

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'gm-match-build-'));
  const path = join(folder, 'companies.jsonl');
  writeFileSync(path, RECORDS.map((one) => JSON.stringify(one)).join('\n'));
  const { reference } = await readReference(database.db);
  const options = { source: 'test', dryRun: false, skipInvalid: false, path };
  expect((await runImport(database.pool, companyImport(reference, true), options)).faults).toEqual([]);
  const rows = await database.db.selectFrom('organisation').select(['id', 'external_id']).execute();
  for (const { id, external_id } of rows) externalId.set(id, external_id ?? '');
  await database.pool.query(`update organisation set supplier = false where external_id = '${NO_SUPPLIER}'`);
  await database.pool.query(`update organisation set demo = true where external_id = '${CHOOSY}'`);
  await database.pool.query(
    `update company c set excluded_countries = '{RU,IR}', excluded_types = '{offtake}', minimum_value_usd = 0.1
     from organisation o where o.id = c.organisation_id and o.external_id = '${CHOOSY}'`,
  );
  await database.pool.query(
    `update organisation set vetted_until = case when standing = 'vetted' then date '2027-03-31' end`,
  );
  await database.pool.query(`update company set updated_at = '2026-11-24T15:30:00Z'`);
  world = await loadWorld(database.db);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function built(chunk: number): Promise<MatchEngine> {
  const engine = new MatchEngine(world.basis);
  const builder = new SegmentBuilder(new Dictionaries());
  await readSnapshot(database.db, (readers) => addAllCompanies(readers, world.lexicon, builder, chunk));
  engine.setCompanies(builder);
  return engine;
}

/** What the records say, in the order in which rows and what has none are kept. */
function expected(id: string): MatchCompany {
  const name = externalId.get(id) ?? '';
  const found = RECORDS.find((one) => one.id === name);
  const company = companyFromRecord(companyRecord.parse(found), world.lexicon);
  const sorted = (list: readonly string[]) => [...list].sort();
  const byId = <T extends { id: string; minerals: readonly string[] }>(rows: readonly T[]): T[] =>
    rows.map((row) => ({ ...row, minerals: sorted(row.minerals) })).sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...company,
    id,
    vettedUntil: company.status === 'vetted' ? '2027-03-31' : null,
    capabilities: byId(company.capabilities),
    references: byId(company.references),
    countries: [...company.countries].sort((a, b) => (a.country < b.country ? -1 : 1)),
    languages: sorted(company.languages),
    updatedOn: '2026-11-25',
    excludes: name === CHOOSY ? { countries: ['RU', 'IR'], types: ['offtake'], minValueUsd: 0.1 } : null,
  };
}

const suppliers = () =>
  [...externalId].filter(([, name]) => name.startsWith('c-') && name !== NO_SUPPLIER).map(([id]) => id);

describe('the index built from the database', () => {
  it.each([1, 2, 5, 5000])('holds every supplier as its records say, read by %i at a time', async (chunk) => {
    const engine = await built(chunk);
    expect(engine.companyIds().sort()).toEqual(suppliers().sort());
    for (const id of suppliers()) expect(engine.company(id)).toEqual(expected(id));
    expect(engine.countIn('demo')).toBe(1);
  });

  it('holds what a reading of single companies gives', async () => {
    const rows = await companiesByIds(database.db, [...externalId.keys()], world.lexicon);
    expect(rows.map(({ company }) => company)).toEqual(
      suppliers()
        .sort()
        .map((id) => expected(id)),
    );
    expect(rows.filter(({ demo }) => demo).map(({ company }) => externalId.get(company.id))).toEqual([
      CHOOSY,
    ]);
  });

  it('reads over one connection what it reads over two', async () => {
    const engine = new MatchEngine(world.basis);
    const builder = new SegmentBuilder(new Dictionaries());
    await addAllCompanies([database.db], world.lexicon, builder, 4);
    engine.setCompanies(builder);
    for (const id of suppliers()) expect(engine.company(id)).toEqual(expected(id));
  });
});
