import { sql, type Kysely } from 'kysely';
import { Meilisearch } from 'meilisearch';
import type { MeiliProcess } from '../../support/meili-process.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * A careful index of companies without our analyser, as one would set it up to answer the same question straight from
 * the server: names before what is tagged before texts, and the facets, filters and fields of our answer.
 */

const INDEX = 'plain_company';
const BATCH = 4000;
const TASK_MS = 1_200_000;
/** The facets that `/api/v1/companies` counts. */
const FACETS = [
  ...['mineral', 'capability', 'stage', 'country', 'certification'],
  ...['size', 'status', 'province'],
];
const SHOWN = [
  ...['id', 'source', 'external_id', 'name_ko', 'name_en', 'size', 'province', 'status'],
  ...['mineral', 'capability', 'certification', 'country'],
];

async function companies(db: Kysely<Database>): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select o.id, o.import_source as source, o.external_id, o.name_ko, o.name_en, o.brn, o.standing as status, c.size,
      c.province, 'public' as visibility,
      concat_ws(' ', c.summary_ko, c.summary_en,
        (select string_agg(concat_ws(' ', note_ko, note_en), ' ') from company_capability where organisation_id = o.id),
        (select string_agg(concat_ws(' ', title, client), ' ') from company_reference where organisation_id = o.id)) as text,
      array(select distinct capability from company_capability where organisation_id = o.id) as capability,
      array(select distinct m from company_capability k, unnest(k.minerals) m where k.organisation_id = o.id) as mineral,
      array(select distinct stage from company_capability k join capability b on b.id = k.capability
        where k.organisation_id = o.id) as stage,
      array(select distinct country from company_country where organisation_id = o.id) as country,
      array(select distinct certification from company_certification where organisation_id = o.id) as certification
    from organisation o join company c on c.organisation_id = o.id where c.published_at is not null`.execute(
    db,
  );
  return rows;
}

/** Milliseconds of putting them into the server: settings first, batches one behind the other, one wait at the end. */
export async function loadPlain(db: Kysely<Database>, { url, key }: MeiliProcess): Promise<number> {
  const rows = await companies(db);
  const client = new Meilisearch({ host: url, apiKey: key });
  const index = client.index(INDEX);
  const began = performance.now();
  await client.createIndex(INDEX, { primaryKey: 'id' });
  let last = await index.updateSettings({
    searchableAttributes: ['name_ko', 'name_en', 'brn', 'capability', 'mineral', 'text'],
    filterableAttributes: [...FACETS, 'visibility'],
    displayedAttributes: [...SHOWN],
  });
  for (let i = 0; i < rows.length; i += BATCH) last = await index.addDocuments(rows.slice(i, i + BATCH));
  await client.tasks.waitForTask(last, { timeout: TASK_MS });
  return performance.now() - began;
}

/** The address of a query put straight to the server. */
export function plainUrl(server: MeiliProcess, q: string, limit: number): string {
  const query = new URLSearchParams({ q, limit: String(limit), facets: FACETS.join(',') });
  query.set('filter', 'visibility = public');
  query.set('attributesToHighlight', 'name_ko,name_en');
  return `${server.url}/indexes/${INDEX}/search?${query}`;
}
