import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** How the installation is: jobs, storage, versions, the last backup. For officials. */

/** Jobs of one task in the queue. */
export interface TaskState {
  task: string;
  /** Due and not begun; those put off to a later time are not counted. */
  waiting: number;
  running: number;
  /** Failed at least once and to be tried again. */
  retrying: number;
  /** No attempts left: nobody does it any more. */
  failed: number;
  /** When the oldest waiting one was due. */
  oldest: Date | null;
}

export interface SystemState {
  version: string;
  node: string;
  /** Since when this web process runs. */
  startedAt: Date;
  postgres: string;
  databaseBytes: number;
  files: number;
  filesBytes: number;
  tasks: TaskState[];
  /** The newest backup in the data folder; those kept elsewhere are not known. */
  lastBackup: Date | null;
}

/** Null for everyone but officials. */
export async function systemState(ctx: Context): Promise<SystemState | null> {
  if (!isOfficial(ctx.actor)) return null;
  const [storage, tasks, lastBackup] = await Promise.all([storageOf(ctx), tasksOf(ctx), newestBackup()]);
  return {
    ...{ version: ownVersion(), node: process.version },
    startedAt: new Date(ctx.now().getTime() - process.uptime() * 1000),
    ...storage,
    ...{ tasks, lastBackup },
  };
}

async function storageOf(
  ctx: Context,
): Promise<Pick<SystemState, 'postgres' | 'databaseBytes' | 'files' | 'filesBytes'>> {
  const { rows } = await sql<{ postgres: string; databaseBytes: number; files: number; filesBytes: number }>`
    select current_setting('server_version') as postgres,
      pg_database_size(current_database()) as "databaseBytes",
      (select count(*) from file) as files,
      (select coalesce(sum(size), 0)::bigint from file) as "filesBytes"`.execute(ctx.db);
  return rows[0] ?? { postgres: '', databaseBytes: 0, files: 0, filesBytes: 0 };
}

async function tasksOf(ctx: Context): Promise<TaskState[]> {
  const { rows } = await sql<TaskState>`
    select task_identifier as task,
      count(*) filter (where locked_at is null and attempts < max_attempts and run_at <= now())::int as waiting,
      count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where locked_at is null and attempts between 1 and max_attempts - 1)::int as retrying,
      count(*) filter (where locked_at is null and attempts >= max_attempts)::int as failed,
      min(run_at) filter (where locked_at is null and attempts < max_attempts and run_at <= now()) as oldest
    from graphile_worker.jobs group by 1 order by failed desc, waiting desc, 1`.execute(ctx.db);
  return rows;
}

/** Relative to the working directory, which is the root of the clone for every process of ours. */
function ownVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8'))).version;
}

async function newestBackup(): Promise<Date | null> {
  const folder = join(config().dataDir, 'backups');
  const names = await readdir(folder).catch(() => []);
  const manifest = z.object({ createdAt: z.coerce.date() });
  const times: number[] = [];
  for (const name of names) {
    const text = await readFile(join(folder, name, 'manifest.json'), 'utf8').catch(() => null);
    if (text === null) continue;
    try {
      times.push(manifest.parse(JSON.parse(text)).createdAt.getTime());
    } catch {
      // Not a backup of ours.
    }
  }
  return times.length === 0 ? null : new Date(Math.max(...times));
}
