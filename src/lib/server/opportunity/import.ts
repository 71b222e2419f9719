import type { Reference } from '#lib/domain/capability/reference.ts';
import { opportunityRecordFor, type OpportunityRecord } from '#lib/domain/opportunity/record.ts';
import { requirementKind } from '#lib/domain/opportunity/requirement.ts';
import { zonesOfCountry } from '#lib/domain/opportunity/zones.ts';
import { mergeStaged, type Merge } from '#lib/server/platform/import/merge.ts';
import type { ImportKind } from '#lib/server/platform/import/run.ts';

const STATUS = { open: 'published', closed: 'closed', draft: 'draft' } as const;

/** How opportunity records are imported: they name a publisher, not an organisation of the portal. */
export function opportunityImport(reference: Reference): ImportKind<OpportunityRecord> {
  return {
    entity: 'opportunity',
    schema: opportunityRecordFor(reference),
    stage: (record) => ({
      ...record,
      status: STATUS[record.status],
      zone: zonesOfCountry(record.country)[0] ?? 'UTC',
      requirements: record.requirements.map((line, position) => ({
        ...line,
        position,
        kind: requirementKind(line),
      })),
    }),
    merge: (client, source) => mergeStaged(client, source, MERGE),
  };
}

const list = (from: string) => `array(select jsonb_array_elements_text(${from}))`;

const MERGE: Merge = {
  table: 'import_opportunity',
  match: `coalesce(o.id, uuidv7()) as id, o.id is null as fresh, coalesce(o.import_hash = l.hash, false) as same
     from import_line l
     left join opportunity o on o.import_source = $1 and o.external_id = l.external_id`,
  steps: [
    `insert into opportunity (id, import_source, external_id, publisher, project_id, country, type, title_ko, title_en,
     summary_ko, summary_en, minerals, finance, opens, deadline, deadline_zone, visibility, status, published_at,
     closed_at, frozen_at, import_hash)
   select id, $1, external_id, coalesce(record->>'publisher', ''), record->>'project', record->>'country',
     record->>'type', coalesce(record->>'title_ko', ''), coalesce(record->>'title_en', ''),
     coalesce(record->>'summary_ko', ''), coalesce(record->>'summary_en', ''), ${list("record->'minerals'")},
     ${list("record->'finance'")}, (record->>'opens')::date, (record->>'deadline')::timestamptz, record->>'zone',
     record->>'visibility', record->>'status',
     case when record->>'status' <> 'draft' then now() end, case when record->>'status' = 'closed' then now() end,
     case when record->>'status' <> 'draft' then now() end, hash
   from import_opportunity
   on conflict (import_source, external_id) do update set publisher = excluded.publisher,
     project_id = excluded.project_id, country = excluded.country, type = excluded.type,
     title_ko = excluded.title_ko, title_en = excluded.title_en, summary_ko = excluded.summary_ko,
     summary_en = excluded.summary_en, minerals = excluded.minerals, finance = excluded.finance,
     opens = excluded.opens, deadline = excluded.deadline, deadline_zone = excluded.deadline_zone,
     visibility = excluded.visibility, status = excluded.status,
     published_at = case when excluded.published_at is null then null else coalesce(opportunity.published_at, now()) end,
     closed_at = case when excluded.closed_at is null then null else coalesce(opportunity.closed_at, now()) end,
     frozen_at = case when excluded.frozen_at is null then null else coalesce(opportunity.frozen_at, now()) end,
     import_hash = excluded.import_hash, updated_at = now()`,
    `delete from requirement r using import_opportunity i where r.opportunity_id = i.id and not i.fresh`,
    `insert into requirement (opportunity_id, external_id, position, must, kind, capability, minerals, amount, unit,
     certifications, countries, language, min_size, weight)
   select i.id, q->>'id', (q->>'position')::smallint, (q->>'must')::boolean, q->>'kind', q->>'capability',
     ${list("coalesce(nullif(q->'minerals', 'null'), '[]')")}, (q#>>'{quantity,amount}')::double precision,
     q#>>'{quantity,unit}', ${list("coalesce(q->'certifications_any', '[]')")},
     ${list("coalesce(q->'country_experience', '[]')")}, q->>'language', q->>'min_size', (q->>'weight')::double precision
   from import_opportunity i, jsonb_array_elements(i.record->'requirements') q`,
    `insert into audit_entry (actor_kind, action, object_kind, object_id, after)
   select 'system', case when fresh then 'opportunity.imported' else 'opportunity.import-updated' end, 'opportunity',
     id::text, jsonb_build_object('source', $1::text, 'externalId', external_id, 'hash', hash) from import_opportunity`,
    `insert into entity_change (kind, id) select 'opportunity', id::text from import_opportunity`,
  ],
};
