import { sql, type Kysely } from 'kysely';
import { type z } from 'zod';
import { isOfficial } from '#lib/domain/account/policy.ts';
import type { AmendmentDecision, AmendmentSubject, RowChange } from '#lib/domain/amendment/amendment.ts';
import { capabilityRow, mineralRow, termRow } from '#lib/domain/amendment/rows.ts';
import type { CapabilityRelation, MineralRelation } from '#lib/domain/match/relations.ts';
import type { LexiconEntry } from '#lib/domain/search/lexicon-entries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What officials changed in the shipped rule data: what is in effect, and the history of it. */

type Db = Kysely<Database>;

/** The row of each subject. */
export interface SubjectRows {
  term: LexiconEntry;
  capability: CapabilityRelation;
  mineral: MineralRelation;
}

const ROWS: { [S in AmendmentSubject]: z.ZodType<SubjectRows[S]> } = {
  term: termRow,
  capability: capabilityRow,
  mineral: mineralRow,
};

/** Reads a stored row; throws when it is not one of its subject. */
export function storedRow<S extends AmendmentSubject>(subject: S, value: unknown): SubjectRows[S] | null {
  return value === null ? null : ROWS[subject].parse(value);
}

/** The number of the latest change of these subjects in effect; 0 before the first. One look at an index. */
export async function amendmentVersion(db: Db, subjects: readonly AmendmentSubject[]): Promise<number> {
  const row = await db
    .selectFrom('amendment')
    .select((eb) => eb.fn.max('effect').as('version'))
    .where('subject', 'in', subjects)
    .where('effect', 'is not', null)
    .executeTakeFirst();
  return row?.version ?? 0;
}

/** The changes of a subject in effect, in order; only those before `before` when it is given. */
export async function changesInEffect<S extends AmendmentSubject>(
  db: Db,
  subject: S,
  before: number | null = null,
): Promise<RowChange<SubjectRows[S]>[]> {
  const rows = await db
    .selectFrom('amendment')
    .select(['before', 'after'])
    .where('subject', '=', subject)
    .where('effect', 'is not', null)
    .$if(before !== null, (q) => q.where('effect', '<', before))
    .orderBy('effect')
    .execute();
  return rows.map((row) => ({
    before: storedRow(subject, row.before),
    after: storedRow(subject, row.after),
  }));
}

/** The place of a change in the order of taking effect; null while it waits or when it never did. */
export async function amendmentEffect(db: Db, id: number): Promise<number | null> {
  const row = await db.selectFrom('amendment').select('effect').where('id', '=', id).executeTakeFirst();
  return row?.effect ?? null;
}

export interface AmendmentView<S extends AmendmentSubject = AmendmentSubject> {
  id: number;
  subject: S;
  before: SubjectRows[S] | null;
  after: SubjectRows[S] | null;
  source: string;
  note: string;
  undoes: number | null;
  /** A later one in effect or waiting that undoes it. */
  undoneBy: number | null;
  proposedBy: string | null;
  proposedById: string;
  proposedAt: Date;
  decision: AmendmentDecision | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  returnNote: string;
  /** How far the documents it touches have been read again; null for relations and before it began. */
  reading: { total: number; done: number; changed: number; finishedAt: Date | null } | null;
}

export const AMENDMENTS_PER_PAGE = 50;

const viewOf = (db: Db) =>
  db
    .selectFrom('amendment as m')
    .leftJoin('account as p', 'p.id', 'm.proposed_by')
    .leftJoin('account as d', 'd.id', 'm.decided_by')
    .leftJoin('amendment_reading as r', 'r.amendment_id', 'm.id')
    .select([
      ...(['m.id', 'm.subject', 'm.before', 'm.after', 'm.source', 'm.note', 'm.undoes'] as const),
      ...(['m.proposed_by', 'm.proposed_at', 'm.decision', 'm.decided_at', 'm.return_note'] as const),
      ...([
        'p.name as proposer',
        'd.name as decider',
        'r.total',
        'r.done',
        'r.changed',
        'r.finished_at',
      ] as const),
    ])
    .select(
      sql<number | null>`(select max(u.id) from amendment u where u.undoes = m.id
        and (u.decision is null or u.decision = 'confirmed'))`.as('undone_by'),
    );

type ViewRow = Awaited<ReturnType<ReturnType<typeof viewOf>['executeTakeFirstOrThrow']>>;

function view(row: ViewRow): AmendmentView {
  return {
    ...{ id: row.id, subject: row.subject, source: row.source, note: row.note, undoes: row.undoes },
    before: storedRow(row.subject, row.before),
    after: storedRow(row.subject, row.after),
    undoneBy: row.undone_by,
    ...{ proposedBy: row.proposer, proposedById: row.proposed_by, proposedAt: row.proposed_at },
    ...{ decision: row.decision, decidedBy: row.decider, decidedAt: row.decided_at },
    returnNote: row.return_note,
    reading:
      row.total === null
        ? null
        : {
            ...{ total: row.total, done: row.done ?? 0, changed: row.changed ?? 0 },
            finishedAt: row.finished_at,
          },
  };
}

/** The history of some subjects, newest first; null for everyone but officials. */
export async function amendmentHistory(
  ctx: Context,
  subjects: readonly AmendmentSubject[],
  page: number,
): Promise<{ items: AmendmentView[]; total: number; page: number } | null> {
  if (!isOfficial(ctx.actor)) return null;
  const { total } = await ctx.db
    .selectFrom('amendment')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('subject', 'in', subjects)
    .executeTakeFirstOrThrow();
  const at = Math.min(Math.max(1, page), Math.max(1, Math.ceil(total / AMENDMENTS_PER_PAGE)));
  const rows = await viewOf(ctx.db)
    .where('m.subject', 'in', subjects)
    .orderBy('m.id', 'desc')
    .limit(AMENDMENTS_PER_PAGE)
    .offset((at - 1) * AMENDMENTS_PER_PAGE)
    .execute();
  return { items: rows.map(view), total, page: at };
}

/** Changes that wait for a second person, oldest first; none for everyone but officials. */
export async function waitingAmendments(
  ctx: Context,
  subjects: readonly AmendmentSubject[],
): Promise<AmendmentView[]> {
  if (!isOfficial(ctx.actor)) return [];
  const rows = await viewOf(ctx.db)
    .where('m.subject', 'in', subjects)
    .where('m.decision', 'is', null)
    .orderBy('m.id')
    .execute();
  return rows.map(view);
}

/** One change, for officials. */
export async function amendmentById(ctx: Context, id: number): Promise<AmendmentView | null> {
  if (!isOfficial(ctx.actor) || !Number.isSafeInteger(id)) return null;
  const row = await viewOf(ctx.db).where('m.id', '=', id).executeTakeFirst();
  return row === undefined ? null : view(row);
}

/** A change as anyone may read it: what, when and why, without the people. */
export interface PublicAmendment {
  id: number;
  subject: AmendmentSubject;
  proposed_at: string;
  in_effect_from: string;
  before: unknown;
  after: unknown;
  source: string;
  reason: string;
  undoes: number | null;
}

/** All changes of some subjects that took effect, oldest first. */
export async function publicAmendments(
  db: Db,
  subjects: readonly AmendmentSubject[],
): Promise<PublicAmendment[]> {
  const rows = await db
    .selectFrom('amendment')
    .selectAll()
    .where('subject', 'in', subjects)
    .where('effect', 'is not', null)
    .orderBy('effect')
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, subject: row.subject, proposed_at: row.proposed_at.toISOString() },
    in_effect_from: row.decided_at?.toISOString() ?? '',
    ...{ before: row.before, after: row.after, source: row.source, reason: row.note, undoes: row.undoes },
  }));
}
