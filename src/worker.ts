import { createServer } from 'node:http';
import {
  Logger,
  makeWorkerUtils,
  run,
  type ParsedCronItem,
  type Runner,
  type TaskList,
} from 'graphile-worker';
import { followLauncher, reportReady } from './cli/launcher/child-life.ts';
import { requireFileStore } from './cli/launcher/file-check.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { config, databaseUrl } from '#lib/server/platform/config.ts';
import { connect } from '#lib/server/platform/db.ts';
import { cronItems, taskList } from '#lib/server/platform/jobs.ts';
import { log, startLog } from '#lib/server/platform/log.ts';
import { jobDuration, jobsEnded, registry } from '#lib/server/platform/metrics.ts';
import { openWorkerLocks, unlockDeadWorkers } from '#lib/server/platform/worker-locks.ts';

/** A running job gets this long to finish after SIGTERM; then its abort signal fires and it is given back. */
const FINISH_MS = 3000;
const SWEEP_MS = 30_000;
/**
 * Index jobs at a time, apart from the others: under many changes they are written together (index-job.ts), and a
 * slow job elsewhere does not hold them up. They wait for each other and need few connections.
 */
const INDEX_JOBS = 24;
/** Beside one connection a job: adding jobs, the clock of timed jobs, listening, and the index jobs. */
const SPARE_CONNECTIONS = 10;

startLog('worker');
let stop = (): void => process.exit(0);
followLauncher(() => stop());
// `on`, not `once`: a second signal would otherwise end the process in the middle.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop());

const settings = config();
void requireFileStore();
const url = databaseUrl();
const connection = connect(url, {
  max: settings.workerJobs + SPARE_CONNECTIONS,
  onIdleError: (err) => log.warn({ err }, 'database connection lost'),
});
const { db, pool } = connection;
const utils = await makeWorkerUtils({ pgPool: pool, logger: quietLogger() });
const locks = await openWorkerLocks(url);
await sweep();
const {
  'search.index': index,
  'search.sync': sync,
  ...others
} = taskList({ db, now: systemClock, log: log });
const runners = [
  await start(others, settings.workerJobs, cronItems()),
  await start({ ...(index ? { 'search.index': index } : {}) }, INDEX_JOBS),
  // Brings the search server what these have written, one run after the other; apart as well, so as not to stand in line
  // behind what each change asks of saved searches and stored lists.
  await start({ ...(sync ? { 'search.sync': sync } : {}) }, 1),
];
const sweeping = setInterval(() => void sweep(), SWEEP_MS);
const metrics =
  settings.workerMetricsPort === null ? null : serveMetrics(settings.host, settings.workerMetricsPort);
stop = stopOnce();
reportReady();
log.info({ jobs: settings.workerJobs }, 'worker ready');

await Promise.all(runners.map(({ promise }) => promise));

async function start(tasks: TaskList, concurrency: number, cron: ParsedCronItem[] = []): Promise<Runner> {
  const runner = await run({
    ...{ pgPool: pool, taskList: tasks, parsedCronItems: cron, concurrency },
    noHandleSignals: true,
    logger: quietLogger(),
    preset: {
      worker: {
        gracefulShutdownAbortTimeout: FINISH_MS,
        // Without these two the last job's completion is lost on stop (graphile-worker 0.18).
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
      },
    },
  });
  observe(runner);
  return runner;
}

function stopOnce(): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    clearInterval(sweeping);
    metrics?.close();
    void Promise.all(runners.map((runner) => runner.stop()))
      .then(() => locks.close())
      .then(() => utils.release())
      .then(() => connection.close())
      .then(() => process.exit(0))
      .catch((err: unknown) => {
        log.error({ err }, 'worker did not stop cleanly');
        process.exit(1);
      });
  };
}

async function sweep(): Promise<void> {
  try {
    const ids = await unlockDeadWorkers(pool, utils);
    if (ids.length > 0) log.warn({ workers: ids.length }, 'jobs of dead workers given back');
  } catch (err) {
    log.warn({ err }, 'dead workers could not be looked for');
  }
}

function observe({ events }: Runner): void {
  events.on('worker:create', ({ worker }) => void locks.hold(worker.workerId).catch(() => undefined));
  const began = new Map<string, number>();
  events.on('job:start', ({ job }) => void began.set(job.id, performance.now()));
  events.on('job:success', ({ job }) => jobsEnded.inc({ task: job.task_identifier, outcome: 'done' }));
  events.on('job:error', ({ job, error }) => {
    const last = job.attempts >= job.max_attempts;
    jobsEnded.inc({ task: job.task_identifier, outcome: last ? 'failed' : 'retry' });
    log.error({ err: error, task: job.task_identifier, job: job.id, attempt: job.attempts }, 'job failed');
  });
  events.on('job:complete', ({ job }) => {
    const ms = performance.now() - (began.get(job.id) ?? performance.now());
    began.delete(job.id);
    jobDuration.observe({ task: job.task_identifier }, ms / 1000);
    log.debug({ task: job.task_identifier, job: job.id, ms: Math.round(ms) }, 'job ended');
  });
}

/** The queue's own chatter only when debugging; failed jobs are logged above, once. */
function quietLogger(): Logger {
  return new Logger(() => (level, message) => {
    if (message.startsWith('Failed task')) return;
    if (level === 'error' || level === 'warning') log.warn({ source: 'queue' }, message);
    else log.debug({ source: 'queue' }, message);
  });
}

function serveMetrics(host: string, port: number) {
  return createServer((_request, response) => {
    void registry
      .metrics()
      .then((text) => response.setHeader('content-type', registry.contentType).end(text));
  }).listen(port, host);
}
