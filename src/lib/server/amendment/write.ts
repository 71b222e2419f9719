import type { AmendmentSubject, RowChange } from '#lib/domain/amendment/amendment.ts';
import { storedRow, type SubjectRows } from '#lib/server/amendment/queries.ts';
import {
  amendmentForUpdate,
  decideAmendment,
  insertAmendment,
  isUndone,
  lockAmendments,
} from '#lib/server/amendment/repository.ts';
import type { WriteContext } from '#lib/server/platform/command.ts';
import { refuse } from '#lib/server/platform/result.ts';

/** The writing that the commands of the lexicon and of relations have in common. */

export interface AmendmentInput<S extends AmendmentSubject> extends RowChange<SubjectRows[S]> {
  subject: S;
  source: string;
  note: string;
  undoes?: number | null;
}

/** Nobody else changes rule data until the transaction ends. First thing in each of these commands. */
export const alone = (tx: WriteContext): Promise<void> => lockAmendments(tx.db);

/** Records a change that waits for a second person. `by` is the official who acts. */
export async function propose<S extends AmendmentSubject>(
  tx: WriteContext,
  by: string,
  input: AmendmentInput<S>,
): Promise<number> {
  const { subject, before, after, source, note, undoes = null } = input;
  return await insertAmendment(tx.db, { subject, before, after, source, note, undoes, by, at: tx.now });
}

/** Puts a change into effect with this transaction. */
export async function putInEffect(tx: WriteContext, by: string, id: number): Promise<void> {
  await decideAmendment(tx.db, id, { as: 'confirmed', by, at: tx.now });
}

/** Sends a change back, or takes one's own back. */
export async function turnDown(
  tx: WriteContext,
  by: string,
  id: number,
  as: 'returned' | 'withdrawn',
  note = '',
): Promise<void> {
  await decideAmendment(tx.db, id, { as, by, at: tx.now, note });
}

export interface StoredAmendment<S extends AmendmentSubject> extends RowChange<SubjectRows[S]> {
  id: number;
  subject: S;
  proposedBy: string;
  source: string;
  note: string;
}

/** A change that waits, locked; a refusal when it is another's subject, gone or decided. */
export async function waiting<S extends AmendmentSubject>(
  tx: WriteContext,
  id: number,
  subjects: readonly S[],
) {
  const row = await amendmentForUpdate(tx.db, id);
  const subject = subjects.find((one) => one === row?.subject);
  if (row === undefined || subject === undefined) return refuse('not-found');
  if (row.decision !== null) return refuse('decided');
  return { stored: read(subject, row) };
}

/** A change in effect that nothing has undone yet, turned round. */
export async function undoing<S extends AmendmentSubject>(
  tx: WriteContext,
  id: number,
  subjects: readonly S[],
) {
  const row = await amendmentForUpdate(tx.db, id);
  const subject = subjects.find((one) => one === row?.subject);
  if (row === undefined || subject === undefined || row.effect === null) return refuse('not-found');
  if (await isUndone(tx.db, id)) return refuse('undone');
  const stored = read(subject, row);
  return { stored, reverse: { before: stored.after, after: stored.before } };
}

function read<S extends AmendmentSubject>(
  subject: S,
  row: { id: number; before: unknown; after: unknown; proposed_by: string; source: string; note: string },
): StoredAmendment<S> {
  return {
    ...{ id: row.id, subject, proposedBy: row.proposed_by, source: row.source, note: row.note },
    before: storedRow(subject, row.before),
    after: storedRow(subject, row.after),
  };
}
