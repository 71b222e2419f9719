import { sql, type Kysely } from 'kysely';
import type { JobName, JobOptions, JobPayloads } from '#lib/server/platform/job-types.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * Adds a job by SQL in the caller's transaction: it exists exactly when the change it belongs to does.
 * Eight tries by default, waiting e^n seconds (about 50 minutes in all).
 */
export async function addJob<N extends JobName>(
  db: Kysely<Database>,
  name: N,
  payload: JobPayloads[N],
  options: JobOptions = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(
    ${name}::text, payload := ${JSON.stringify(payload)}::json,
    run_at := ${options.runAt ?? null}::timestamptz, max_attempts := ${options.maxAttempts ?? 8}::int,
    job_key := ${options.key ?? null}::text,
    job_key_mode := ${options.keepTime ? 'preserve_run_at' : 'replace'}::text)`.execute(db);
}

/** Takes a waiting job back, when what it would do has been done. */
export async function removeJob(db: Kysely<Database>, key: string): Promise<void> {
  await sql`select graphile_worker.remove_job(${key})`.execute(db);
}
