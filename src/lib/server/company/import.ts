import type { Reference } from '#lib/domain/capability/reference.ts';
import { companyRecordFor, type CompanyRecord } from '#lib/domain/company/record.ts';
import { companyNameKey } from '#lib/domain/search/company-name.ts';
import { mergeStaged, type Merge } from '#lib/server/platform/import/merge.ts';
import type { ImportKind } from '#lib/server/platform/import/run.ts';

const LISTS = new Set(['former_names', 'languages', 'ksic']);
const NESTED = new Set(['capabilities', 'certifications', 'references', 'country_experience', 'finance']);
const NUMBERS = new Set(['founded', 'employees']);

/**
 * A cell of a CSV or XLSX file. Lists are joined by `|`; lists of records are either JSON or, where an id is enough,
 * ids joined by `|` (a capability so given is a claim without capacity; a country, an export).
 */
export function companyCell(column: string, cell: string): unknown {
  if (LISTS.has(column)) return parts(cell);
  if (NUMBERS.has(column)) return Number.isFinite(Number(cell)) ? Number(cell) : cell;
  if (column === 'published')
    return /^(true|1|yes)$/iu.test(cell) ? true : /^(false|0|no)$/iu.test(cell) ? false : cell;
  if (!NESTED.has(column)) return cell;
  if (/^[[{]/u.test(cell)) return parseOrText(cell);
  if (column === 'capabilities') return parts(cell).map((id) => ({ id, capability: id }));
  if (column === 'certifications') return parts(cell).map((id) => ({ id }));
  if (column === 'country_experience') return parts(cell).map((country) => ({ country, kind: 'export' }));
  return cell;
}

function parts(cell: string): string[] {
  return cell
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function parseOrText(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

const digits = (number: string | null) => number?.replaceAll('-', '') ?? null;

/** How company records are imported. Only a trusted file may set the standing. */
export function companyImport(reference: Reference, trusted: boolean): ImportKind<CompanyRecord> {
  return {
    entity: 'company',
    schema: companyRecordFor(reference),
    cells: companyCell,
    stage: (record) => ({
      ...record,
      status: trusted ? (record.status ?? 'registered') : null,
      brn: digits(record.brn),
      crn: digits(record.crn),
      name_key_ko: companyNameKey(record.name_ko ?? ''),
      name_key_en: companyNameKey(record.name_en ?? ''),
    }),
    merge: (client, source) => mergeStaged(client, source, MERGE),
  };
}

/**
 * A trusted file states that a company is vetted but not until when. Ten years outlast every deadline of today, so
 * that no opportunity is closed to the company by a date that nobody set.
 */
const VETTED_UNTIL = `(((now() at time zone 'Asia/Seoul')::date + interval '10 years')::date)`;

/** A JSON list of texts as a text array. */
const list = (field: string) => `array(select jsonb_array_elements_text(record->'${field}'))`;

const MERGE: Merge = {
  table: 'import_company',
  match: `coalesce(o.id, uuidv7()) as id, o.id is null as fresh, coalesce(c.import_hash = l.hash, false) as same
     from import_line l
     left join organisation o on o.import_source = $1 and o.external_id = l.external_id
     left join company c on c.organisation_id = o.id`,
  steps: [
    `insert into organisation (id, import_source, external_id, supplier, name_ko, name_en, former_names, name_key_ko,
     name_key_en, brn, crn, lei, standing, vetted_until, vetted_at)
   select id, $1, external_id, true, coalesce(record->>'name_ko', ''), coalesce(record->>'name_en', ''),
     ${list('former_names')}, record->>'name_key_ko', record->>'name_key_en', record->>'brn', record->>'crn',
     record->>'lei', coalesce(record->>'status', 'registered'),
     case when record->>'status' = 'vetted' then ${VETTED_UNTIL} end,
     case when record->>'status' = 'vetted' then now() end
   from import_company where fresh`,
    // An untrusted file leaves the standing as officials decided it.
    `update organisation o set name_ko = coalesce(record->>'name_ko', ''), name_en = coalesce(record->>'name_en', ''),
     former_names = ${list('former_names')}, name_key_ko = record->>'name_key_ko', name_key_en = record->>'name_key_en',
     brn = record->>'brn', crn = record->>'crn', lei = record->>'lei',
     standing = coalesce(record->>'status', o.standing),
     vetted_until = case when record->>'status' = 'vetted' then coalesce(o.vetted_until, ${VETTED_UNTIL}) else o.vetted_until end,
     updated_at = now()
   from import_company i where o.id = i.id and not i.fresh`,
    `insert into company (organisation_id, size, founded, province, employees, website, summary_ko, summary_en, languages,
     ksic, own_equity_usd, can_invest, published_at, version, updated_at, import_hash)
   select id, record->>'size', (record->>'founded')::smallint, coalesce(record->>'province', ''),
     (record->>'employees')::int, coalesce(record->>'website', ''), coalesce(record->>'summary_ko', ''),
     coalesce(record->>'summary_en', ''), ${list('languages')}, ${list('ksic')},
     (record#>>'{finance,own_equity_usd}')::double precision, coalesce((record#>>'{finance,can_invest}')::boolean, false),
     case when (record->>'published')::boolean then now() end, 1, now(), hash
   from import_company
   on conflict (organisation_id) do update set size = excluded.size, founded = excluded.founded,
     province = excluded.province, employees = excluded.employees, website = excluded.website,
     summary_ko = excluded.summary_ko, summary_en = excluded.summary_en, languages = excluded.languages,
     ksic = excluded.ksic, own_equity_usd = excluded.own_equity_usd, can_invest = excluded.can_invest,
     published_at = case when excluded.published_at is null then null else coalesce(company.published_at, now()) end,
     version = company.version + 1, updated_at = now(), import_hash = excluded.import_hash`,
    `delete from company_capability c using import_company i where c.organisation_id = i.id and not i.fresh
     and not exists (select 1 from jsonb_array_elements(i.record->'capabilities') k where k->>'id' = c.external_id)`,
    `insert into company_capability (organisation_id, external_id, capability, minerals, amount, unit, year, evidence)
   select i.id, k->>'id', k->>'capability', array(select jsonb_array_elements_text(k->'minerals')),
     (k#>>'{capacity,amount}')::double precision, k#>>'{capacity,unit}', (k#>>'{capacity,year}')::smallint, k->>'evidence'
   from import_company i, jsonb_array_elements(i.record->'capabilities') k
   on conflict (organisation_id, external_id) do update set capability = excluded.capability,
     minerals = excluded.minerals, amount = excluded.amount, unit = excluded.unit, year = excluded.year,
     evidence = excluded.evidence, updated_at = now()`,
    `delete from company_certification c using import_company i where c.organisation_id = i.id and not i.fresh`,
    `insert into company_certification (organisation_id, certification, valid_to, verified)
   select i.id, k->>'id', (k->>'valid_to')::date, (k->>'verified')::boolean
   from import_company i, jsonb_array_elements(i.record->'certifications') k`,
    `delete from company_reference r using import_company i where r.organisation_id = i.id and not i.fresh
     and not exists (select 1 from jsonb_array_elements(i.record->'references') k where k->>'id' = r.external_id)`,
    `insert into company_reference (organisation_id, external_id, title, client, country, minerals, capability, year, confirmed)
   select i.id, k->>'id', k->>'title', coalesce(k->>'client', ''), k->>'country',
     array(select jsonb_array_elements_text(k->'minerals')), k->>'capability', (k->>'year')::smallint,
     (k->>'confirmed')::boolean
   from import_company i, jsonb_array_elements(i.record->'references') k
   on conflict (organisation_id, external_id) do update set title = excluded.title, client = excluded.client,
     country = excluded.country, minerals = excluded.minerals, capability = excluded.capability, year = excluded.year,
     confirmed = excluded.confirmed, updated_at = now()`,
    `delete from company_country c using import_company i where c.organisation_id = i.id and not i.fresh`,
    `insert into company_country (organisation_id, country, kind, since)
   select i.id, k->>'country', k->>'kind', (k->>'since')::smallint
   from import_company i, jsonb_array_elements(i.record->'country_experience') k`,
    // What stood before is named by the hash of the record it came from; the file itself is the importer's.
    `insert into audit_entry (actor_kind, action, object_kind, object_id, after)
   select 'system', case when fresh then 'company.imported' else 'company.import-updated' end, 'organisation', id::text,
     jsonb_build_object('source', $1::text, 'externalId', external_id, 'hash', hash) from import_company`,
    `insert into entity_change (kind, id) select 'company', id::text from import_company`,
  ],
};
