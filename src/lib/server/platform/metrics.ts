import type pg from 'pg';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Measurements of this process, in the form Prometheus reads (`/metrics`). No label holds a person or an id. */
export const registry = new Registry();

collectDefaultMetrics({ register: registry });

/** Seconds from request to answer, by route pattern (never by address). */
export const httpDuration = new Histogram({
  name: 'gwangmaek_http_request_duration_seconds',
  help: 'Time to answer a request',
  labelNames: ['route', 'method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
});

/** Jobs ended by this process; outcome is `done`, `retry` or `failed`. */
export const jobsEnded = new Counter({
  name: 'gwangmaek_jobs_total',
  help: 'Background jobs ended',
  labelNames: ['task', 'outcome'],
  registers: [registry],
});

/** Seconds that a job ran. */
export const jobDuration = new Histogram({
  name: 'gwangmaek_job_duration_seconds',
  help: 'Time a background job ran',
  labelNames: ['task'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
  registers: [registry],
});

/** Searches by engine (`meilisearch`, `postgres`), call (`query`, `suggest`) and outcome (`answered`, `remembered`, `failed`, `late`). */
export const searches = new Counter({
  name: 'gwangmaek_search_queries_total',
  help: 'Searches put to an engine, by outcome',
  labelNames: ['engine', 'call', 'outcome'],
  registers: [registry],
});

/** Seconds that an engine took for a search, also for one that failed. */
export const searchDuration = new Histogram({
  name: 'gwangmaek_search_duration_seconds',
  help: 'Time an engine took for a search',
  labelNames: ['engine', 'call'],
  buckets: [0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5],
  registers: [registry],
});

/**
 * Searches that PostgreSQL answered in place of the search server; reason `failed`, `late`, or, not asked, `open` (it is
 * left alone) or `behind` (documents were on their way to it).
 */
export const searchFallbacks = new Counter({
  name: 'gwangmaek_search_fallbacks_total',
  help: 'Searches answered by PostgreSQL in place of the search server',
  labelNames: ['reason'],
  registers: [registry],
});

/** 1 at the present state of the breaker before the search server (`closed`, `open`, `half-open`), 0 at the others. */
export const searchBreaker = new Gauge({
  name: 'gwangmaek_search_breaker_state',
  help: 'State of the breaker before the search server',
  labelNames: ['state'],
  registers: [registry],
});

const queue = new Gauge({
  name: 'gwangmaek_jobs_queued',
  help: 'Background jobs in the database by state: waiting, running, failed (no attempts left)',
  labelNames: ['state'],
  registers: [registry],
});

const QUEUE_STATES = `
  select case when locked_at is not null then 'running'
              when attempts >= max_attempts then 'failed'
              else 'waiting' end as state, count(*)::int as n
  from graphile_worker.jobs group by 1`;

const POOL_METRIC = 'gwangmaek_database_connections';

/** Shows the pool's connections. */
export function observePool(pool: pg.Pool): void {
  // Under `npm run dev` a reload opens a new pool in the same process.
  registry.removeSingleMetric(POOL_METRIC);
  const gauge = new Gauge({
    name: POOL_METRIC,
    help: 'Connections of the pool by state, and requests waiting for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      gauge.set({ state: 'idle' }, pool.idleCount);
      gauge.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      gauge.set({ state: 'waiting' }, pool.waitingCount);
    },
  });
}

/** All measurements as text, the job queue freshly counted. */
export async function renderMetrics(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ state: string; n: number }>(QUEUE_STATES);
  for (const state of ['waiting', 'running', 'failed']) {
    queue.set({ state }, rows.find((row) => row.state === state)?.n ?? 0);
  }
  return registry.metrics();
}
