import { setTimeout as sleep } from 'node:timers/promises';
import type { TestDatabase } from './postgres.ts';

/** Ends what hangs; nothing takes that long, also on a machine that does other work besides. */
const PATIENCE_MS = 240_000;

/** Waits until a condition holds, of what is written after the answer or by another process. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await sleep(50);
  }
}

/** Waits until the worker has done all that is due, such as search documents, notices and mails. */
export async function untilJobsAreDone(database: TestDatabase): Promise<void> {
  await until('the jobs are done', async () => {
    const { rows } = await database.pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from graphile_worker._private_jobs
       where attempts < max_attempts and (run_at <= now() or locked_at is not null)`,
    );
    return rows[0]?.waiting === 0;
  });
}
