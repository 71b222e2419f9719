import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Kysely } from 'kysely';
import type { CommandIo } from '../command.ts';
import { indexStale } from '../index-stale.ts';
import { scaleCompanies, scaleOpportunities, type ScaleReference } from './scale.ts';
import { companyImport } from '#lib/server/company/import.ts';
import { opportunityImport } from '#lib/server/opportunity/import.ts';
import { readReference } from '#lib/server/platform/import/reference.ts';
import { runImport, type ImportKind } from '#lib/server/platform/import/run.ts';
import type { Connection } from '#lib/server/platform/db.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** The import source of generated records; a second run of the same size changes nothing. */
export const SCALE_SOURCE = 'scale';

/** Makes `count` companies and a tenth as many opportunities, and imports them as a trusted file. */
export async function seedScale(count: number, io: CommandIo): Promise<void> {
  const connection = await io.connection();
  const { reference } = await readReference(connection.db);
  const names = await scaleReference(connection.db);
  const folder = await mkdtemp(join(tmpdir(), 'gwangmaek-scale-'));
  try {
    await load(
      connection,
      io,
      join(folder, 'companies.jsonl'),
      scaleCompanies(count, names),
      companyImport(reference, true),
    );
    const opportunities = scaleOpportunities(Math.floor(count / 10), names);
    await load(
      connection,
      io,
      join(folder, 'opportunities.jsonl'),
      opportunities,
      opportunityImport(reference),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function load<T extends { id: string }>(
  connection: Connection,
  io: CommandIo,
  path: string,
  records: Iterable<object>,
  kind: ImportKind<T>,
): Promise<void> {
  await pipeline(Readable.from(lines(records)), createWriteStream(path));
  const progress = io.progress(`${kind.entity} records`);
  const options = { path, source: SCALE_SOURCE, dryRun: false, skipInvalid: false, signal: io.signal };
  const result = await runImport(connection.pool, kind, {
    ...options,
    onProgress: (done: number) => progress.advance(done),
  }).finally(() => progress.end());
  if (result.faults[0] !== undefined) throw new Error(`a generated record is wrong: ${result.faults[0]}`);
  await indexStale(kind.entity, connection.db, result.stale, io);
  const { imported, updated, unchanged, refused } = result.counts;
  io.out(
    `${kind.entity}: imported ${imported}, updated ${updated}, unchanged ${unchanged}, refused ${refused}`,
  );
}

function* lines(records: Iterable<object>): Generator<string> {
  for (const record of records) yield `${JSON.stringify(record)}\n`;
}

/** What generated records may name, from the tables. */
export async function scaleReference(db: Kysely<Database>): Promise<ScaleReference> {
  const [capabilities, minerals, countries, certifications, projects, links] = await Promise.all([
    db
      .selectFrom('capability')
      .select(['id', 'stage', 'name_ko as nameKo', 'name_en as nameEn'])
      .orderBy('id')
      .execute(),
    db
      .selectFrom('mineral')
      .select(['id', 'name_ko as nameKo', 'name_en as nameEn'])
      .where('is_group', '=', false)
      .orderBy('id')
      .execute(),
    db.selectFrom('country').select('iso2').where('iso2', 'not in', ['KR', 'EU']).orderBy('iso2').execute(),
    db.selectFrom('certification').select('id').orderBy('id').execute(),
    db
      .selectFrom('project')
      .select(['id', 'country', 'name_ko', 'name_en as nameEn'])
      .where('import_source', '=', 'reference')
      .orderBy('id')
      .execute(),
    db.selectFrom('project_mineral').selectAll().orderBy('mineral_id').execute(),
  ]);
  return {
    capabilities,
    minerals: byDemand(minerals),
    countries: countries.map(({ iso2 }) => iso2),
    certifications: certifications.map(({ id }) => id),
    projects: projects
      .map(({ id, country, name_ko, nameEn }) => ({
        id,
        country,
        nameKo: name_ko ?? nameEn,
        nameEn,
        minerals: links.filter(({ project_id }) => project_id === id).map(({ mineral_id }) => mineral_id),
      }))
      .filter(({ minerals: own }) => own.length > 0),
  };
}

/** Battery and magnet minerals are asked for most. */
const IN_DEMAND = ['lithium', 'nickel', 'graphite', 'cobalt', 'neodymium', 'copper', 'manganese', 'tungsten'];
function byDemand<T extends { id: string }>(minerals: T[]): T[] {
  const rank = ({ id }: T) => (IN_DEMAND.includes(id) ? IN_DEMAND.indexOf(id) : IN_DEMAND.length);
  return minerals.toSorted((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
}
