import { log } from '#lib/server/platform/log.ts';

export interface Row {
  id: string;
  work: () => Promise<unknown>;
}

/**
 * The rows of a job one after the other. One that fails is logged with its id and keeps nothing from those after it;
 * at the end the job fails, so that it is tried again for those. For work that is repeatable, each row in a transaction
 * of its own.
 */
export async function eachApart(job: string, rows: readonly Row[]): Promise<void> {
  const failed: unknown[] = [];
  for (const { id, work } of rows)
    try {
      await work();
    } catch (err) {
      log.error({ err, job, row: id }, 'a row of a job failed');
      failed.push(err);
    }
  if (failed.length === 0) return;
  throw new AggregateError(failed, `${job}: ${failed.length} of ${rows.length} rows failed`);
}
