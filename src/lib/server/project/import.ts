import type { Reference } from '#lib/domain/capability/reference.ts';
import { projectRecordFor } from '#lib/domain/project/record.ts';
import { mergeStaged, type Merge } from '#lib/server/platform/import/merge.ts';
import type { ImportKind } from '#lib/server/platform/import/run.ts';

/** How project records are imported. Projects of the reference data (source `reference`) are loaded by `seed`. */
export function projectImport(reference: Reference, alpha2: ReadonlyMap<string, string>) {
  const kind: ImportKind<{ id: string }> = {
    entity: 'project',
    schema: projectRecordFor(reference, alpha2),
    stage: (record) => record,
    merge: (client, source) => mergeStaged(client, source, MERGE),
  };
  return kind;
}

const MERGE: Merge = {
  table: 'import_project',
  match: `coalesce(p.id, gen_random_uuid()::text) as id, p.id is null as fresh,
            coalesce(p.import_hash = l.hash, false) as same, to_jsonb(p) as before
     from import_line l left join project p on p.import_source = $1 and p.external_id = l.external_id`,
  steps: [
    `insert into project (id, import_source, external_id, name_en, name_ko, country, lat, lon, phase, operator, msp_status,
     korean_participants, summary_en, summary_ko, source, confidence, coordinate_confidence, as_of, import_hash)
   select id, $1, external_id, record->>'name', record->>'name_ko', record->>'country', (record->>'lat')::double precision,
     (record->>'lon')::double precision, record->>'stage', record->>'operator', record->>'msp_supported',
     array(select jsonb_array_elements_text(record->'korean_participants')), record->>'summary', record->>'summary_ko',
     record->>'source_url_or_publication', (record->>'confidence')::confidence, record->>'coordinate_confidence',
     (now() at time zone 'Asia/Seoul')::date, hash
   from import_project
   on conflict (import_source, external_id) do update set name_en = excluded.name_en, name_ko = excluded.name_ko,
     country = excluded.country, lat = excluded.lat, lon = excluded.lon, phase = excluded.phase,
     operator = excluded.operator, msp_status = excluded.msp_status, korean_participants = excluded.korean_participants,
     summary_en = excluded.summary_en, summary_ko = excluded.summary_ko, source = excluded.source,
     confidence = excluded.confidence, coordinate_confidence = excluded.coordinate_confidence, as_of = excluded.as_of,
     import_hash = excluded.import_hash, updated_at = now()`,
    `delete from project_mineral m using import_project i where m.project_id = i.id and not i.fresh`,
    `insert into project_mineral (project_id, mineral_id)
   select distinct i.id, m from import_project i, jsonb_array_elements_text(i.record->'minerals') m`,
    `insert into audit_entry (actor_kind, action, object_kind, object_id, before, after)
   select 'system', case when fresh then 'project.imported' else 'project.import-updated' end, 'project', id, before,
     jsonb_build_object('source', $1::text, 'externalId', external_id, 'record', record) from import_project`,
    `insert into entity_change (kind, id) select 'project', id from import_project`,
  ],
};
