import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { until } from '../support/until.ts';

/** The worker process: jobs finish or are given back, whatever happens to it. */

let database: TestDatabase;
let worker: ChildProcess | undefined;

beforeEach(async () => {
  database = await createDatabase();
});

afterEach(async () => {
  if (worker) await end(worker, 'SIGKILL');
  await database.drop();
});

/** Starts the worker and waits until it says that it is ready. */
async function startWorker(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['src/worker.ts'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url },
  });
  worker = child;
  await new Promise<void>((done, refuse) => {
    child.once('message', () => done());
    child.once('exit', (code) => refuse(new Error(`The worker ended with code ${code}.`)));
  });
  return child;
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => {
    child.once('exit', (code) => done(code));
    child.kill(signal);
  });
}

/** Harmless in an empty database, and the worker knows it. */
async function addJob(count = 1): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await sql`select graphile_worker.add_job('account.clean-up', '{}'::json)`.execute(database.db);
  }
}

async function jobs(): Promise<{ locked: boolean; attempts: number }[]> {
  const { rows } = await sql<{ locked: boolean; attempts: number }>`
    select locked_at is not null as locked, attempts from graphile_worker.jobs
    where task_identifier = 'account.clean-up'`.execute(database.db);
  return rows;
}

const untilJobsLeft = (count: number): Promise<void> =>
  until(`${count} jobs are left`, async () => (await jobs()).length === count);

test('jobs run, and a worker stopped right after them leaves none locked', async () => {
  const child = await startWorker();
  await addJob(20);
  await sleep(30);
  expect(await end(child, 'SIGTERM')).toBe(0);
  expect((await jobs()).filter((job) => job.locked)).toEqual([]);
  await startWorker();
  await untilJobsLeft(0);
});

test('jobs of a worker that was killed are given back to the next one', async () => {
  await addJob();
  await sql`update graphile_worker._private_jobs
    set locked_at = now() - interval '1 minute', locked_by = 'worker-killed', attempts = 1`.execute(
    database.db,
  );
  await startWorker();
  await untilJobsLeft(0);
});

test('jobs of a living worker are left to it', async () => {
  // The lock that a living worker holds under its name, on a connection that stays.
  const living = await database.pool.connect();
  await living.query(`select pg_advisory_lock(hashtextextended('worker-busy', 0))`);
  await addJob();
  await sql`update graphile_worker._private_jobs
    set locked_at = now() - interval '1 minute', locked_by = 'worker-busy'
    where task_id = (select id from graphile_worker._private_tasks where identifier = 'account.clean-up')`.execute(
    database.db,
  );
  await startWorker();
  await addJob();
  await untilJobsLeft(1);
  expect(await jobs()).toMatchObject([{ locked: true }]);
  living.release(true);
});

test('a second signal does not break the orderly stop', async () => {
  const child = await startWorker();
  child.kill('SIGTERM');
  expect(await end(child, 'SIGTERM')).toBe(0);
});
