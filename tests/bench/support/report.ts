import { execFileSync } from 'node:child_process';
import { availableParallelism, totalmem } from 'node:os';
import type { Pool } from 'pg';
import { round, type Summary } from './stats.ts';

/** One measured figure (FORMATS 'Benchmarks'). A peer that is not there is null, and then nothing is claimed. */
export interface Row {
  name: string;
  unit: string;
  value: number;
  p50?: number;
  p95?: number;
  p99?: number;
  n: number;
  peer: { name: string; value: number } | null;
  ratio: number | null;
  target: string;
  ok: boolean | null;
}

export interface Report {
  bench: string;
  commit: string;
  machine: { cores: number; memoryGiB: number; node: string; postgres: string; meilisearch: string | null };
  rows: Row[];
}

interface Target {
  /** `<=` or `>=` */
  is: '<=' | '>=';
  than: number;
}

interface Measure {
  name: string;
  unit?: string;
  /** The figure the target is about. */
  value: number;
  summary?: Summary;
  n?: number;
  peer?: { name: string; value: number } | null;
  target?: Target;
  /** The target is met only beside a peer that was measured. */
  needsPeer?: boolean;
}

export function row({ name, unit = 'ms', value, summary, n, peer, target, needsPeer = false }: Measure): Row {
  const met = target ? (target.is === '<=' ? value <= target.than : value >= target.than) : null;
  return {
    name,
    unit,
    value: round(value),
    ...(summary ? { p50: summary.p50, p95: summary.p95, p99: summary.p99 } : {}),
    n: n ?? summary?.n ?? 1,
    peer: peer ? { name: peer.name, value: round(peer.value) } : null,
    ratio: peer && peer.value > 0 ? Math.round((value / peer.value) * 1000) / 1000 : null,
    target: target ? `${target.is} ${target.than}` : '',
    ok: needsPeer && !peer ? null : met,
  };
}

export async function report(
  bench: string,
  pool: Pool,
  rows: Row[],
  meilisearch: string | null = null,
): Promise<Report> {
  const version = await pool.query<{ server_version: string }>('show server_version');
  return {
    bench,
    commit: commit(),
    machine: {
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.version,
      postgres: version.rows[0]?.server_version ?? 'unknown',
      meilisearch,
    },
    rows,
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}

/** One JSON object, or a table for people. */
export function print(result: Report, json: boolean, out: (line: string) => void): void {
  if (json) {
    out(JSON.stringify(result));
    return;
  }
  const { cores, postgres, node, meilisearch } = result.machine;
  const server = meilisearch === null ? '' : `, Meilisearch ${meilisearch}`;
  out(`${result.bench}, ${cores} cores, PostgreSQL ${postgres}${server}, Node ${node}`);
  for (const one of result.rows) {
    const spread = one.p50 === undefined ? '' : `  p50 ${one.p50} p95 ${one.p95} p99 ${one.p99}`;
    const peer = one.peer ? `  peer ${one.peer.name} ${one.peer.value} (ratio ${one.ratio})` : '';
    const verdict = one.ok === null ? '–' : one.ok ? 'ok' : 'MISSED';
    out(
      `${verdict.padEnd(7)}${one.name}: ${one.value} ${one.unit} (target ${one.target || 'none'}; n ${one.n})${spread}${peer}`,
    );
  }
}
