import { sql, type Transaction } from 'kysely';
import type { AmendmentDecision, AmendmentSubject } from '#lib/domain/amendment/amendment.ts';
import type { Database } from '#lib/server/platform/schema.ts';

type Tx = Transaction<Database>;

/** One change at a time: what a change was checked against is what it is laid over. */
export async function lockAmendments(db: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('amendment'))`.execute(db);
}

export interface NewAmendment {
  subject: AmendmentSubject;
  before: object | null;
  after: object | null;
  source: string;
  note: string;
  undoes: number | null;
  by: string;
  at: Date;
}

/** Stores a change that waits. */
export async function insertAmendment(db: Tx, row: NewAmendment): Promise<number> {
  const { id } = await db
    .insertInto('amendment')
    .values({
      subject: row.subject,
      before: row.before === null ? null : JSON.stringify(row.before),
      after: row.after === null ? null : JSON.stringify(row.after),
      ...{ source: row.source, note: row.note, undoes: row.undoes },
      ...{ proposed_by: row.by, proposed_at: row.at },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A change with a lock on it. */
export async function amendmentForUpdate(db: Tx, id: number) {
  return await db.selectFrom('amendment').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Decides a change that waits; a confirmed one is in effect with the commit. */
export async function decideAmendment(
  db: Tx,
  id: number,
  decision: { as: AmendmentDecision; by: string; at: Date; note?: string },
): Promise<void> {
  const last = await db
    .selectFrom('amendment')
    .select((eb) => eb.fn.max('effect').as('effect'))
    .executeTakeFirst();
  await db
    .updateTable('amendment')
    .set({
      ...{ decision: decision.as, decided_by: decision.by, decided_at: decision.at },
      return_note: decision.note ?? '',
      effect: decision.as === 'confirmed' ? (last?.effect ?? 0) + 1 : null,
    })
    .where('id', '=', id)
    .execute();
}

/** Is there a change in effect, or waiting, that undoes this one? */
export async function isUndone(db: Tx, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('amendment')
    .select('id')
    .where('undoes', '=', id)
    .where((eb) => eb.or([eb('decision', 'is', null), eb('decision', '=', 'confirmed')]))
    .executeTakeFirst();
  return row !== undefined;
}
