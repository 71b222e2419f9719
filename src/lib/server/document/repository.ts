import { sql, type Kysely } from 'kysely';
import type { Database } from '#lib/server/platform/schema.ts';

export interface NewFile {
  organisation_id: string;
  name: string;
  media_type: string;
  size: number;
  sha256: string;
  storage_key: string;
  uploaded_by: string | null;
}

/** The same content under the same name, when the organisation has it already. */
export async function sameFile(
  db: Kysely<Database>,
  file: Pick<NewFile, 'organisation_id' | 'sha256' | 'name'>,
) {
  return db
    .selectFrom('file')
    .select(['id', 'name', 'storage_key'])
    .where('organisation_id', '=', file.organisation_id)
    .where('sha256', '=', file.sha256)
    .where('name', '=', file.name)
    .executeTakeFirst();
}

/** Bytes that the files of an organisation take together. */
export async function bytesOf(db: Kysely<Database>, organisationId: string): Promise<number> {
  const { bytes } = await db
    .selectFrom('file')
    .where('organisation_id', '=', organisationId)
    .select(sql<number>`coalesce(sum(size), 0)::bigint`.as('bytes'))
    .executeTakeFirstOrThrow();
  return bytes;
}

export async function insertFile(db: Kysely<Database>, file: NewFile): Promise<string> {
  const row = await db.insertInto('file').values(file).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export async function ownFile(db: Kysely<Database>, organisationId: string, id: string) {
  return db
    .selectFrom('file')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Where a file is shown as evidence: by how many entries of the profile, and by answers to officials. */
export async function usesOf(
  db: Kysely<Database>,
  id: string,
): Promise<{ profile: number; answers: number }> {
  const counted = await db
    .selectNoFrom((eb) => [
      eb
        .selectFrom('company_capability')
        .where('file_id', '=', id)
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('capabilities'),
      eb
        .selectFrom('company_certification')
        .where('file_id', '=', id)
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('certifications'),
      eb
        .selectFrom('company_reference')
        .where('file_id', '=', id)
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('references'),
      eb
        .selectFrom('information_request_file')
        .where('file_id', '=', id)
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('answers'),
    ])
    .executeTakeFirstOrThrow();
  return {
    profile: (counted.capabilities ?? 0) + (counted.certifications ?? 0) + (counted.references ?? 0),
    answers: counted.answers ?? 0,
  };
}

export async function deleteFile(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('file').where('id', '=', id).execute();
}
