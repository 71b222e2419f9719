import { sql, type Kysely, type Transaction } from 'kysely';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { Segment, type Sections } from '#lib/server/search/segment.ts';
import { SegmentBuilder, type SegmentDocument } from '#lib/server/search/segment-builder.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Segments in the database: made from the index tables, written in pieces, read back. */

type Db = Kysely<Database>;

/** More documents than these are not held in memory; PostgreSQL then answers alone. */
export const MOST_HELD = 1_000_000;
/** Below so many documents changed since the segment it is not worth making a new one. */
const FEW = 1000;
/** From this share of all documents on, the segment is made anew … */
const SHARE = 0.05;
/** … but not more often than so. */
const PAUSE_SECONDS = 60;
const PIECE = 1 << 20;
const BATCH = 1000;

/** The state of a kind's index in one snapshot. */
export interface IndexState {
  changes: number;
  segment: number | null;
  validFrom: number;
}

/** The state of a kind's index. */
export async function stateOf(db: Db, kind: IndexKind): Promise<IndexState> {
  const { rows } = await sql<IndexState>`
    select changes, segment, valid_from as "validFrom" from search_state where kind = ${kind}`.execute(db);
  return rows[0] ?? { changes: 0, segment: null, validFrom: 0 };
}

interface Row extends Omit<SegmentDocument, 'tokens'> {
  tokens: string;
}

/** The columns of an index table that a segment holds. */
const held = sql`id, vetted, (extract(epoch from updated_at) * 1000)::float8 as "updatedAt", visibility, owner, invited,
  facets, array_to_string(tsvector_to_array(tokens), ' ') as tokens`;

const documentOf = (row: Row): SegmentDocument => ({ ...row, tokens: row.tokens.split(' ') });

/** Documents written after a change of the index. */
export async function writtenAfter(
  db: Db,
  kind: IndexKind,
  changes: number,
  most: number,
): Promise<SegmentDocument[]> {
  const { rows } = await sql<Row>`
    select ${held} from ${sql.table(`search_${kind}`)} where changed > ${changes} limit ${most}`.execute(db);
  return rows.map(documentOf);
}

/** Ids of documents taken out after a change of the index. */
export async function goneAfter(db: Db, kind: IndexKind, changes: number): Promise<string[]> {
  const rows = await db
    .selectFrom('search_gone')
    .select('id')
    .where('kind', '=', kind)
    .where('changed', '>', changes)
    .execute();
  return rows.map(({ id }) => id);
}

/** How many documents changed since the segment was made; counting stops at `most`. */
async function changedSince(db: Db, kind: IndexKind, changes: number, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select from ${sql.table(`search_${kind}`)} where changed > ${changes}
      limit ${most}) c`.execute(db);
  return rows[0]?.n ?? 0;
}

/** A share of the documents of a kind, by the planner's own estimate of how many there are. */
export async function shareOf(db: Db, kind: IndexKind, share: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select greatest(reltuples, 0)::int as n from pg_class where oid = ${`search_${kind}`}::regclass`.execute(
    db,
  );
  return Math.max(FEW, Math.round((rows[0]?.n ?? 0) * share));
}

/** Makes a new segment when so much changed since the last one that reading the changes takes long. */
export async function foldIfDue(db: Db, kind: IndexKind): Promise<void> {
  const { rows } = await sql<{ segment: number | null; recent: boolean }>`
    select segment, coalesce(segment_at > clock_timestamp() - make_interval(secs => ${PAUSE_SECONDS}), false) as recent
    from search_state where kind = ${kind}`.execute(db);
  const state = rows[0];
  if (!state || state.recent) return;
  const most = await shareOf(db, kind, SHARE);
  if ((await changedSince(db, kind, state.segment ?? 0, most)) >= most) await fold(db, kind);
}

/** Makes a segment of the index of a kind as it is now. Does nothing while another process is at it. */
export async function fold(db: Db, kind: IndexKind): Promise<void> {
  await db.connection().execute(async (connection) => {
    const lock = sql`hashtext(${`search.segment.${kind}`})`;
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${lock}) as mine`.execute(
      connection,
    );
    if (rows[0]?.mine !== true) return;
    try {
      const made = await connection
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((tx) => pack(tx, kind));
      if (made) await connection.transaction().execute((tx) => write(tx, kind, made.number, made.sections));
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(connection);
    }
  });
}

async function pack(
  tx: Transaction<Database>,
  kind: IndexKind,
): Promise<{ number: number; sections: Sections } | null> {
  const state = await tx
    .selectFrom('search_state')
    .select('changes')
    .where('kind', '=', kind)
    .executeTakeFirst();
  const builder = new SegmentBuilder();
  let count = 0;
  for (let after = ''; ;) {
    const { rows } = await sql<Row>`
      select ${held} from ${sql.table(`search_${kind}`)} where id > ${after} order by id limit ${BATCH}`.execute(
      tx,
    );
    for (const row of rows) builder.add(documentOf(row));
    count += rows.length;
    const last = rows.at(-1);
    if (last === undefined || count > MOST_HELD) break;
    after = last.id;
  }
  return count > MOST_HELD ? null : { number: Number(state?.changes ?? 0), sections: await builder.finish() };
}

const bytesOf = (part: Sections[keyof Sections]): Buffer =>
  Buffer.from(part.buffer, part.byteOffset, part.byteLength);

async function write(
  tx: Transaction<Database>,
  kind: IndexKind,
  number: number,
  sections: Sections,
): Promise<void> {
  const { rows } = await sql<{ segment: number | null; valid_from: number }>`
    select segment, valid_from from search_state where kind = ${kind} for update`.execute(tx);
  const before = rows[0];
  // The index was written anew meanwhile, or this very state is there already.
  if (!before || number < before.valid_from || before.segment === number) return;
  await tx.deleteFrom('search_segment').where('kind', '=', kind).execute();
  for (const [section, part] of Object.entries(sections)) {
    const bytes = bytesOf(part);
    for (let piece = 0; piece * PIECE < bytes.length; piece++)
      await tx
        .insertInto('search_segment')
        .values({ kind, number, section, piece, data: bytes.subarray(piece * PIECE, (piece + 1) * PIECE) })
        .execute();
  }
  // Processes still hold the segment before; what its successor does not need any more, that one does.
  await tx
    .deleteFrom('search_gone')
    .where('kind', '=', kind)
    .where('changed', '<=', before.segment ?? 0)
    .execute();
  await sql`
    update search_state set segment = ${number}, segment_at = clock_timestamp(),
      valid_from = greatest(valid_from, coalesce(segment, 0))
    where kind = ${kind}`.execute(tx);
}

/** Reads the segment of a kind with its number; null when it is gone meanwhile. */
export async function load(db: Db, kind: IndexKind): Promise<{ number: number; segment: Segment } | null> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => {
      const pieces = await tx
        .selectFrom('search_segment')
        .select(['number', 'section', 'piece', sql<number>`octet_length(data)`.as('bytes')])
        .where('kind', '=', kind)
        .orderBy('section')
        .orderBy('piece')
        .execute();
      const number = pieces[0]?.number;
      if (number === undefined) return null;
      const buffers = new Map<string, { at: number; bytes: Uint8Array<ArrayBuffer> }>();
      for (const { section, bytes } of pieces)
        buffers.set(section, {
          at: 0,
          bytes: new Uint8Array((buffers.get(section)?.bytes.length ?? 0) + bytes),
        });
      for (const { section, piece } of pieces) {
        const { data } = await tx
          .selectFrom('search_segment')
          .select('data')
          .where('kind', '=', kind)
          .where('section', '=', section)
          .where('piece', '=', piece)
          .executeTakeFirstOrThrow();
        const into = buffers.get(section);
        if (!into) continue;
        into.bytes.set(data, into.at);
        into.at += data.length;
      }
      const part = (name: keyof Sections): Uint8Array<ArrayBuffer> =>
        buffers.get(name)?.bytes ?? new Uint8Array(0);
      return { number, segment: new Segment(sectionsOf(part)) };
    });
}

function sectionsOf(part: (name: keyof Sections) => Uint8Array<ArrayBuffer>): Sections {
  return {
    ...{ ids: part('ids'), owners: part('owners'), invited: part('invited'), flags: part('flags') },
    ...{ tokens: part('tokens'), postings: part('postings') },
    updated: new Float64Array(part('updated').buffer),
    facetAt: new Uint32Array(part('facetAt').buffer),
    facets: new Uint16Array(part('facets').buffer),
    blockAt: new Uint32Array(part('blockAt').buffer),
    postingAt: new Uint32Array(part('postingAt').buffer),
  };
}
