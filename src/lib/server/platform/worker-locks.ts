import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerUtils } from 'graphile-worker';
import pg from 'pg';

/**
 * A killed worker leaves its jobs locked for four hours. Each worker therefore holds an advisory lock under
 * its id, which the database drops with the connection; jobs of workers without a lock are given back.
 * Needs a direct connection or one pooled by session.
 */
export interface WorkerLocks {
  /** Marks a worker of this process as alive. */
  hold(workerId: string): Promise<void>;
  close(): Promise<void>;
}

/** A worker takes its first job some milliseconds before its lock is in place. */
const GRACE = '3 seconds';

/** Jobs and job queues locked by workers that no connection speaks for. */
const DEAD_WORKERS = `
  with holders as (
    select locked_by, locked_at from graphile_worker._private_jobs
    union all
    select locked_by, locked_at from graphile_worker._private_job_queues
  )
  select distinct locked_by from holders
  where locked_by is not null and locked_at < now() - interval '${GRACE}'
    and hashtextextended(locked_by, 0) not in (
      select (classid::bigint << 32) | objid::bigint from pg_locks
      where locktype = 'advisory' and objsubid = 1
        and database = (select oid from pg_database where datname = current_database()))`;

/** Gives back the jobs of dead workers; returns their ids. */
export async function unlockDeadWorkers(pool: pg.Pool, utils: WorkerUtils): Promise<string[]> {
  const { rows } = await pool.query<{ locked_by: string }>(DEAD_WORKERS);
  const ids = rows.map((row) => row.locked_by);
  if (ids.length > 0) await utils.forceUnlockWorkers(ids);
  return ids;
}

/** Opens the connection that holds the locks; when it breaks, opens another and takes them again. */
export async function openWorkerLocks(url: string): Promise<WorkerLocks> {
  const ids = new Set<string>();
  let closed = false;
  let client = await connectOnce();

  async function connectOnce(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: url, application_name: 'gwangmaek worker lock' });
    fresh.on('error', () => undefined);
    await fresh.connect();
    for (const id of ids) await lock(fresh, id);
    fresh.once('end', () => void reconnect());
    return fresh;
  }

  async function reconnect(): Promise<void> {
    while (!closed) {
      try {
        client = await connectOnce();
        return;
      } catch {
        await sleep(1000);
      }
    }
  }

  return {
    async hold(workerId) {
      ids.add(workerId);
      await lock(client, workerId);
    },
    async close() {
      closed = true;
      await client.end();
    },
  };
}

async function lock(client: pg.Client, id: string): Promise<void> {
  await client.query('select pg_try_advisory_lock(hashtextextended($1, 0))', [id]);
}
