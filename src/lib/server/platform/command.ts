import { sql, type Transaction } from 'kysely';
import { accountOf, organisationOf, type Actor } from '#lib/domain/account/actor.ts';
import type { Policy } from '#lib/domain/account/policy.ts';
import type { NoticeEvent } from '#lib/domain/notice/notice.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addJob } from '#lib/server/platform/job-queue.ts';
import type { JobName, JobOptions, JobPayloads } from '#lib/server/platform/job-types.ts';
import { refuse, type Outcome, type Refused } from '#lib/server/platform/result.ts';
import type { Database } from '#lib/server/platform/schema.ts';

export interface AuditRecord {
  action: string;
  object: { kind: string; id: string };
  before?: unknown;
  after?: unknown;
}

/** What a command works with: one transaction, and everything that must commit or roll back with it. */
export interface WriteContext {
  db: Transaction<Database>;
  actor: Actor;
  /** The account behind the actor, for `…_by` columns. */
  accountId: string | null;
  now: Date;
  lang: Lang;
  audit(record: AuditRecord): Promise<void>;
  /** The row's search document and place in the matching index are stale. */
  changed(kind: 'company' | 'opportunity' | 'project', id: string): Promise<void>;
  job<N extends JobName>(name: N, payload: JobPayloads[N], options?: JobOptions): Promise<void>;
  /** Tells people, by mail and in the app, once. */
  notify(event: NoticeEvent): Promise<void>;
}

export interface CommandDefinition<I, O, C extends string> {
  /** Also the audit action's prefix, as in `interest.send`. */
  name: string;
  /** May this actor try at all? Checked before the transaction opens. */
  policy: Policy;
  run(tx: WriteContext, input: I): Promise<Outcome<O, C>>;
}

export interface Command<I, O, C extends string> {
  (ctx: Context, input: I): Promise<Outcome<O, C | 'forbidden'>>;
  /** The same inside a transaction that another command has opened. */
  within(tx: WriteContext, input: I): Promise<Outcome<O, C | 'forbidden'>>;
  readonly commandName: string;
  readonly policy: Policy;
}

/** Carries a refusal out of the transaction, so that a refused command leaves nothing behind. */
class Rollback extends Error {
  override name = 'Rollback';
  readonly refusal: Refused;
  constructor(refusal: Refused) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const RETRIES = 3;
/** serialization_failure, deadlock_detected: the database asks for the same again. */
const RETRYABLE = new Set(['40001', '40P01']);

/**
 * A write: authorise → one transaction { lock, decide, change, audit, jobs } → result code.
 * A refusal rolls everything back. Throws what is unexpected.
 */
export function command<I, O, C extends string>(definition: CommandDefinition<I, O, C>): Command<I, O, C> {
  const execute = async (ctx: Context, input: I): Promise<Outcome<O, C | 'forbidden'>> => {
    if (!definition.policy(ctx.actor)) return refuse('forbidden');
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await ctx.db.transaction().execute(async (transaction) => {
          const outcome = await definition.run(writeContext(ctx, transaction), input);
          if (!outcome.ok) throw new Rollback(outcome);
          return outcome;
        });
      } catch (error) {
        if (error instanceof Rollback) return error.refusal as Refused<C>;
        if (attempt < RETRIES && isRetryable(error)) continue;
        throw error;
      }
    }
  };
  const within = async (tx: WriteContext, input: I): Promise<Outcome<O, C | 'forbidden'>> => {
    if (!definition.policy(tx.actor)) return refuse('forbidden');
    return definition.run(tx, input);
  };
  return Object.assign(execute, { within, commandName: definition.name, policy: definition.policy });
}

function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && RETRYABLE.has(String(error.code));
}

/** Builds the write side of a context around an open transaction. */
export function writeContext(ctx: Context, db: Transaction<Database>): WriteContext {
  const { actor } = ctx;
  const accountId = accountOf(actor);
  const now = ctx.now();
  return {
    db,
    actor,
    accountId,
    now,
    lang: ctx.lang,
    async audit({ action, object, before, after }) {
      await db
        .insertInto('audit_entry')
        .values({
          at: now,
          actor_kind: actor.kind,
          actor_account: accountId,
          actor_organisation: organisationOf(actor),
          action,
          object_kind: object.kind,
          object_id: object.id,
          before: before === undefined ? null : JSON.stringify(before),
          after: after === undefined ? null : JSON.stringify(after),
          request_id: ctx.requestId,
        })
        .execute();
    },
    async changed(kind, id) {
      await db.insertInto('entity_change').values({ kind, id }).execute();
      await addJob(db, 'search.index', { kind, ids: [id] }, { key: `search.index:${kind}:${id}` });
      if (kind !== 'project') await addJob(db, 'match.update', {}, { key: `match.update:${kind}:${id}` });
    },
    async job(name, payload, options) {
      await addJob(db, name, payload, options);
    },
    async notify(event) {
      await addJob(db, 'notice.deliver', event, { key: `notice.deliver:${event.key}` });
    },
  };
}

/** A row lock by primary key, for commands that decide on a row's state. Answers whether the row is there. */
export async function lockRow(
  db: Transaction<Database>,
  table: 'opportunity' | 'organisation' | 'interest' | 'match_appeal' | 'team' | 'vetting_case' | 'account',
  id: string,
): Promise<boolean> {
  const found = await sql<{
    id: string;
  }>`select id from ${sql.table(table)} where id = ${id} for update`.execute(db);
  return found.rows.length === 1;
}
