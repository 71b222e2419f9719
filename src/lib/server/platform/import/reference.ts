import type { Kysely } from 'kysely';
import type { Reference } from '#lib/domain/capability/reference.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** The ids that records may name, and countries by their ISO alpha-3. */
export async function readReference(
  db: Kysely<Database>,
): Promise<{ reference: Reference; alpha2: ReadonlyMap<string, string> }> {
  const [minerals, countries, capabilities, certifications, projects] = await Promise.all([
    db.selectFrom('mineral').select('id').execute(),
    db.selectFrom('country').select(['iso2', 'iso3']).execute(),
    db.selectFrom('capability').select('id').execute(),
    db.selectFrom('certification').select('id').execute(),
    db.selectFrom('project').select('id').execute(),
  ]);
  const ids = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));
  const reference = {
    minerals: ids(minerals),
    countries: new Set(countries.map(({ iso2 }) => iso2)),
    capabilities: ids(capabilities),
    certifications: ids(certifications),
    projects: ids(projects),
  };
  return { reference, alpha2: new Map(countries.map(({ iso2, iso3 }) => [iso3, iso2])) };
}
