import { sql, type Kysely } from 'kysely';
import { INDEX_KINDS, type IndexKind, type SearchDocument } from '#lib/domain/search/document.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { writeTo, type Progress } from '#lib/server/search/index-job.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import { isStoredSo } from '#lib/server/search/meili-document.ts';
import type { MeiliEngine } from '#lib/server/search/meili.ts';
import { noteForServer } from '#lib/server/search/outbox-queries.ts';
import type { EngineName } from '#lib/server/search/port.ts';
import { bringNow } from '#lib/server/search/sync-job.ts';
import { drawVersion, countSources, idsAfter } from '#lib/server/search/source-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Compares an engine's index with the tables, document by document. */

const BATCH = 500;

export interface Drift {
  kind: IndexKind;
  id: string;
  /** missing: a row has no document; stale: they differ; extra: a document has no row. */
  what: 'missing' | 'stale' | 'extra';
}

interface Held {
  id: string;
  tokens: string;
  rest: string;
}

async function heldDocuments(
  db: Kysely<Database>,
  kind: IndexKind,
  ids: readonly string[],
): Promise<Map<string, Held>> {
  const { rows } = await sql<Held>`
    select id, array_to_string(tsvector_to_array(tokens), ' ') as tokens,
      concat_ws('|', name_ko, name_en, vetted::text, visibility, owner, array_to_string(invited, ',')) as rest
    from ${sql.table(`search_${kind}`)} where id = any(${ids})`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

function differs(held: Held, document: SearchDocument): boolean {
  const { nameKo, nameEn, vetted, visibility, owner, invited } = document;
  const rest = [nameKo || nameEn, nameEn || nameKo, String(vetted), visibility, owner, invited.join(',')];
  if (held.rest !== rest.filter((x) => x !== null).join('|')) return true;
  const tokens = new Set(held.tokens.split(' '));
  const expected = document.tokens.filter((t) => t.length < 500);
  return tokens.size !== expected.length || expected.some((t) => !tokens.has(t));
}

/** An engine's documents as verification sees them. */
interface Holdings {
  /** Of these documents, those that the engine lacks or holds differently. */
  compare(kind: IndexKind, documents: readonly SearchDocument[]): Promise<Drift[]>;
  /** Documents that have no row. */
  extra(kind: IndexKind): Promise<string[]>;
  repair(kind: IndexKind, ids: readonly string[]): Promise<void>;
}

function judged(
  kind: IndexKind,
  documents: readonly SearchDocument[],
  isHeld: (document: SearchDocument) => boolean | null,
): Drift[] {
  return documents.flatMap((document): Drift[] => {
    const same = isHeld(document);
    return same === true ? [] : [{ kind, id: document.id, what: same === null ? 'missing' : 'stale' }];
  });
}

function inPostgres(db: Kysely<Database>): Holdings {
  return {
    async compare(kind, documents) {
      const held = await heldDocuments(
        db,
        kind,
        documents.map((d) => d.id),
      );
      return judged(kind, documents, (document) => {
        const known = held.get(document.id);
        return known === undefined ? null : !differs(known, document);
      });
    },
    extra: (kind) => extraIds(db, kind),
    repair: (kind, ids) => writeTo(searchParts(db).postgres, db, kind, ids),
  };
}

function onServer(db: Kysely<Database>, server: MeiliEngine): Holdings {
  return {
    async compare(kind, documents) {
      const ids = documents.map((d) => d.id);
      const held = new Map((await server.held(kind, ids)).map((d) => [d.id, d]));
      return judged(kind, documents, (document) => {
        const known = held.get(document.id);
        return known === undefined ? null : isStoredSo(document, known);
      });
    },
    async extra(kind) {
      const extra: string[] = [];
      for await (const ids of server.heldIds(kind)) extra.push(...(await withoutRow(db, kind, ids)));
      return extra;
    },
    async repair(kind, ids) {
      await noteForServer(db, kind, ids);
      await bringNow(db);
    },
  };
}

/** The places where an engine and the tables differ; `fix` brings them together. */
export async function verify(
  db: Kysely<Database>,
  options: {
    engine?: EngineName;
    kinds?: readonly IndexKind[];
    fix?: boolean;
    progress?: (p: Progress) => void;
  } = {},
): Promise<Drift[]> {
  const { meilisearch } = searchParts(db);
  const holdings =
    options.engine === 'meilisearch' && meilisearch !== null ? onServer(db, meilisearch) : inPostgres(db);
  const all: Drift[] = [];
  for (const kind of options.kinds ?? INDEX_KINDS) {
    const drift = await driftOf(db, holdings, kind, options.progress);
    if (options.fix && drift.length > 0)
      await holdings.repair(
        kind,
        drift.map((d) => d.id),
      );
    all.push(...drift);
  }
  return all;
}

async function driftOf(
  db: Kysely<Database>,
  holdings: Holdings,
  kind: IndexKind,
  progress: ((p: Progress) => void) | undefined,
): Promise<Drift[]> {
  const drift: Drift[] = [];
  const { lexicon: words } = await lexiconOf(db);
  const total = await countSources(db, kind);
  let done = 0;
  for (let after = ''; ;) {
    const ids = await idsAfter(db, kind, after, BATCH);
    const last = ids.at(-1);
    if (last === undefined) break;
    const documents = await documentsOf(db, words, kind, ids, await drawVersion(db));
    drift.push(...(await holdings.compare(kind, documents)));
    done += ids.length;
    after = last;
    progress?.({ kind, done, total });
  }
  for (const id of await holdings.extra(kind)) drift.push({ kind, id, what: 'extra' });
  return drift;
}

const ROWS = {
  company: sql`select 1 from company s where s.organisation_id::text = d.id`,
  opportunity: sql`select 1 from opportunity s where s.id::text = d.id`,
  project: sql`select 1 from project s where s.id = d.id`,
} as const;

async function extraIds(db: Kysely<Database>, kind: IndexKind): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from ${sql.table(`search_${kind}`)} d where not exists (${ROWS[kind]})`.execute(db);
  return rows.map((row) => row.id);
}

const SOURCES = {
  company: sql`select organisation_id::text as id from company`,
  opportunity: sql`select id::text as id from opportunity`,
  project: sql`select id from project`,
} as const;

/** Of these ids, those that no row has. */
async function withoutRow(db: Kysely<Database>, kind: IndexKind, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.id from unnest(${ids}::text[]) d (id) left join (${SOURCES[kind]}) s on s.id = d.id
    where s.id is null`.execute(db);
  return rows.map((row) => row.id);
}
