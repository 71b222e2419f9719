import type { Kysely } from 'kysely';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { stillFits, type RowChange } from '#lib/domain/amendment/amendment.ts';
import { capabilityKeyOf, mineralKeyOf } from '#lib/domain/amendment/rows.ts';
import { checkCapabilityRelation, checkMineralRelation } from '#lib/domain/match/relation-check.ts';
import type { CapabilityRelation, MineralRelation } from '#lib/domain/match/relations.ts';
import {
  alone,
  propose,
  putInEffect,
  turnDown,
  undoing,
  waiting,
  type StoredAmendment,
} from '#lib/server/amendment/write.ts';
import { relationsInEffect, taxonomyOf } from '#lib/server/match/relations-queries.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * Changes of relations: one official proposes, another agrees. A relation decides which companies are put before which,
 * so nobody changes one alone; the database refuses the same person.
 */

const SUBJECTS = ['capability', 'mineral'] as const;
export type RelationSubject = (typeof SUBJECTS)[number];

interface ChangeOf<S extends RelationSubject, R> {
  subject: S;
  /** What names the relation that changes; null: one is added. */
  key: string | null;
  /** Null: the relation is withdrawn. */
  after: R | null;
  source: string;
  note: string;
}
export type RelationChange =
  ChangeOf<'capability', CapabilityRelation> | ChangeOf<'mineral', MineralRelation>;

export type RelationRows =
  | ({ subject: 'capability' } & RowChange<CapabilityRelation>)
  | ({ subject: 'mineral' } & RowChange<MineralRelation>);

/** The change as rows, or what is wrong with it; null when the relation was changed meanwhile. */
export async function readRelationChange(
  db: Kysely<Database>,
  change: RelationChange,
): Promise<{ rows: RelationRows } | { fields: Record<string, string> } | null> {
  const relations = await relationsInEffect(db);
  const { leaves, minerals } = await taxonomyOf(db);
  if (change.subject === 'capability') {
    const held = split(relations.capabilities, change.key, capabilityKeyOf);
    if (held === null) return null;
    const fields = change.after === null ? {} : checkCapabilityRelation(leaves, held.others, change.after);
    if (Object.keys(fields).length > 0) return { fields };
    return { rows: { subject: 'capability', before: held.before, after: change.after } };
  }
  const held = split(relations.minerals, change.key, mineralKeyOf);
  if (held === null) return null;
  const fields = change.after === null ? {} : checkMineralRelation(minerals, held.others, change.after);
  if (Object.keys(fields).length > 0) return { fields };
  return { rows: { subject: 'mineral', before: held.before, after: change.after } };
}

/** The row that a key names, and the others; null when the key names none. */
function split<R>(rows: readonly R[], key: string | null, keyOf: (row: R) => string) {
  if (key === null) return { before: null, others: rows };
  const before = rows.find((row) => keyOf(row) === key);
  return before === undefined ? null : { before, others: rows.filter((row) => row !== before) };
}

/** Does a change fit the relations as they are now? */
async function fits(tx: WriteContext, rows: RelationRows): Promise<boolean> {
  const { capabilities, minerals } = await relationsInEffect(tx.db);
  return rows.subject === 'capability'
    ? stillFits(capabilities, rows, capabilityKeyOf)
    : stillFits(minerals, rows, mineralKeyOf);
}

/** The first official proposes. Nothing changes yet. */
export const proposeRelation = command({
  name: 'relation.propose',
  policy: isOfficial,
  async run(tx, input: RelationChange) {
    if (tx.accountId === null) return refuse('forbidden');
    await alone(tx);
    const read = await readRelationChange(tx.db, input);
    if (read === null) return refuse('changed-meanwhile');
    if ('fields' in read) return refuse('invalid', read.fields);
    return done({ id: await record(tx, tx.accountId, read.rows, input) });
  },
});

/** Proposes that a change in effect be undone. */
export const proposeRelationUndo = command({
  name: 'relation.undo',
  policy: isOfficial,
  async run(tx, input: { id: number; note: string }) {
    if (tx.accountId === null) return refuse('forbidden');
    await alone(tx);
    const found = await undoing(tx, input.id, SUBJECTS);
    if ('ok' in found) return found;
    const rows = relationRows(found.stored.subject, found.reverse);
    if (!(await fits(tx, rows))) return refuse('changed-meanwhile');
    const { note, id: undoes } = input;
    return done({ id: await record(tx, tx.accountId, rows, { source: found.stored.source, note }, undoes) });
  },
});

async function record(
  tx: WriteContext,
  by: string,
  rows: RelationRows,
  { source, note }: { source: string; note: string },
  undoes: number | null = null,
): Promise<number> {
  const about = { source, note, undoes };
  const id =
    rows.subject === 'capability'
      ? await propose(tx, by, { ...rows, ...about })
      : await propose(tx, by, { ...rows, ...about });
  const { before, after } = rows;
  await tx.audit({ action: 'relation.propose', object: objectOf(id), before, after: { ...after, note } });
  await tx.notify({
    kind: 'relation-proposed',
    key: `relation-proposed:${id}`,
    to: { officials: true },
    except: by,
    data: { note },
    path: `/ministry/relations/proposals/${id}`,
  });
  return id;
}

/** The second official agrees: matching reads the relations anew with the next question it is asked. */
export const confirmRelation = command({
  name: 'relation.confirm',
  policy: isOfficial,
  async run(tx, id: number) {
    if (tx.accountId === null) return refuse('forbidden');
    await alone(tx);
    const found = await waiting(tx, id, SUBJECTS);
    if ('ok' in found) return found;
    const { stored } = found;
    if (stored.proposedBy === tx.accountId) return refuse('same-person');
    if (!(await fits(tx, relationRows(stored.subject, stored)))) return refuse('changed-meanwhile');
    await putInEffect(tx, tx.accountId, id);
    const { before, after } = stored;
    await tx.audit({ action: 'relation.confirm', object: objectOf(id), before, after });
    await tellProposer(tx, stored, 'confirmed', '');
    return done();
  },
});

/** The second official returns it with a note. */
export const returnRelation = command({
  name: 'relation.return',
  policy: isOfficial,
  async run(tx, input: { id: number; note: string }) {
    if (tx.accountId === null) return refuse('forbidden');
    const found = await waiting(tx, input.id, SUBJECTS);
    if ('ok' in found) return found;
    if (found.stored.proposedBy === tx.accountId) return refuse('same-person');
    await turnDown(tx, tx.accountId, input.id, 'returned', input.note);
    await tx.audit({ action: 'relation.return', object: objectOf(input.id), after: { note: input.note } });
    await tellProposer(tx, found.stored, 'returned', input.note);
    return done();
  },
});

/** Who proposed it takes it back. */
export const withdrawRelation = command({
  name: 'relation.withdraw',
  policy: isOfficial,
  async run(tx, id: number) {
    if (tx.accountId === null) return refuse('forbidden');
    const found = await waiting(tx, id, SUBJECTS);
    if ('ok' in found) return found;
    if (found.stored.proposedBy !== tx.accountId) return refuse('not-yours');
    await turnDown(tx, tx.accountId, id, 'withdrawn');
    await tx.audit({ action: 'relation.withdraw', object: objectOf(id) });
    return done();
  },
});

async function tellProposer(
  tx: WriteContext,
  stored: StoredAmendment<RelationSubject>,
  outcome: 'confirmed' | 'returned',
  note: string,
): Promise<void> {
  await tx.notify({
    kind: 'relation-decided',
    key: `relation-decided:${stored.id}`,
    to: { accountId: stored.proposedBy },
    data: { outcome, note },
    path: `/ministry/relations/proposals/${stored.id}`,
  });
}

/** Rows of a stored change, typed by its subject. */
export function relationRows(
  subject: RelationSubject,
  { before, after }: RowChange<CapabilityRelation | MineralRelation>,
): RelationRows {
  return subject === 'capability'
    ? { subject, before: asCapability(before), after: asCapability(after) }
    : { subject, before: asMineral(before), after: asMineral(after) };
}

type AnyRelation = CapabilityRelation | MineralRelation | null;
const asCapability = (row: AnyRelation): CapabilityRelation | null =>
  row !== null && 'from' in row ? row : null;
const asMineral = (row: AnyRelation): MineralRelation | null => (row !== null && 'id' in row ? row : null);

const objectOf = (id: number) => ({ kind: 'amendment', id: String(id) });
