import { readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { daysBetween, plusDays, WRITTEN_ON, type Calendar } from './days.ts';
import type { Stage } from './stage.ts';
import { companyImport } from '#lib/server/company/import.ts';
import type { Connection } from '#lib/server/platform/db.ts';
import { readReference } from '#lib/server/platform/import/reference.ts';
import { runImport, type ImportResult } from '#lib/server/platform/import/run.ts';

/** The import source of the demonstration's companies. */
export const DEMO_SOURCE = 'demo';

/** Takes `companies.jsonl` in as any partner's file; the last days of certificates move with the day of loading. */
export async function importCompanies(
  { db, pool }: Connection,
  folder: string,
  calendar: Calendar,
): Promise<ImportResult> {
  const { reference } = await readReference(db);
  const text = await readFile(join(folder, 'companies.jsonl'), 'utf8');
  const shift = daysBetween(WRITTEN_ON, calendar.today);
  const moved = text.replace(
    /"valid_to": "(\d{4}-\d{2}-\d{2})"/g,
    (_, day: string) => `"valid_to": "${plusDays(day, shift)}"`,
  );
  const place = await mkdtemp(join(tmpdir(), 'gwangmaek-demo-'));
  try {
    const path = join(place, 'companies.jsonl');
    await writeFile(path, moved);
    const result = await runImport(pool, companyImport(reference, true), {
      path,
      source: DEMO_SOURCE,
      dryRun: false,
      skipInvalid: false,
    });
    if (result.faults.length > 0) throw new Error(result.faults.join('\n'));
    return result;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/**
 * Makes the imported companies part of the demonstration. An import neither marks records as invented nor dates them
 * back, gives everyone the same last day of vetting, and has no field for a representative.
 */
export async function markCompanies(stage: Stage): Promise<void> {
  const now = stage.calendar.moment('-1 08:00');
  const rows = await stage.db
    .selectFrom('organisation')
    .select(['id', 'external_id'])
    .where('import_source', '=', DEMO_SOURCE)
    .orderBy('external_id')
    .execute();
  for (const { id, external_id } of rows) stage.organisations.set(external_id, id);
  const today = stage.calendar.today;
  await sql`
    with numbered as (
      select id, (row_number() over (order by external_id) * 37) % 100 as n
      from organisation where import_source = ${DEMO_SOURCE})
    update organisation o set demo = true,
      created_at = ${today}::date - make_interval(days => 420 - n::int),
      updated_at = ${today}::date - make_interval(days => 20 + n::int),
      vetted_at = case when standing = 'vetted' then ${today}::date - make_interval(days => 40 + 2 * n::int) end,
      vetted_until = case when standing = 'vetted' then ${today}::date + 200 + 3 * n::int end,
      vetted_version = case when standing = 'vetted' then 1 end
    from numbered where numbered.id = o.id`.execute(stage.db);
  await sql`
    update company c set representative = '대표자(시연)', published_at = o.created_at + interval '3 days',
      updated_at = o.updated_at
    from organisation o where o.id = c.organisation_id and o.import_source = ${DEMO_SOURCE}
      and c.published_at is not null`.execute(stage.db);
  const tx = stage.system(now);
  for (const { id } of rows) await tx.changed('company', id);
}
