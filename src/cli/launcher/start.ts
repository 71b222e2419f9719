import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { ensureBuilt } from './build.ts';
import { openDatabase, type DatabaseHandle } from './database.ts';
import { claimInstance, type Instance } from './instance.ts';
import { AlreadySaid, LaunchError } from './launch-error.ts';
import { Interrupted, listenForStop, type StopRequest } from './lifetime.ts';
import { requireFreePort, requireWritable } from './preflight.ts';
import { line, seconds, step } from './steps.ts';
import { supervise, type ChildSpec, type Supervisor } from './supervisor.ts';
import { environmentWith, readConfig, type Config } from '#lib/server/platform/config.ts';

/** A one-click sign-in of the demonstration. */
interface Person {
  who: string;
  email: string;
}

export type StartMode = 'start' | 'dev';

/** Web and worker get this long to answer open requests and finish jobs; with the database 10 s at most. */
const PATIENCE_MS = 8000;
const WEB_DRAIN_SECONDS = 6;
const READY_MS = 180_000;
/** Uploads of 20 MB and their form. Each route sets its own, lower limit. */
const BODY_LIMIT = '22M';
const WATCH_DATABASE_MS = 2000;

/** `npm start` and `npm run dev`: everything from the database to an answered page, until it is stopped. */
export async function start(mode: StartMode): Promise<number> {
  const stop = listenForStop();
  try {
    return await startUntilStopped(mode, stop);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    line(`\n  ✓ stopped before the start was complete (${error.message})`);
    return 0;
  }
}

async function startUntilStopped(mode: StartMode, stop: StopRequest): Promise<number> {
  const began = performance.now();
  const settings = startConfig();
  requireWritable(settings.dataDir);
  const instance = await claimInstance(settings.dataDir, settings.origin);
  try {
    await requireFreePort(settings.host, settings.port);
    // A database of one's own that cannot be used is told before the minutes that a build may take.
    if (settings.databaseUrl !== null) await (await openDatabase(settings)).release();
    const web = await webScript(mode, stop.signal);
    return await withDatabase(web, { mode, settings, instance, stop, began });
  } finally {
    instance.release();
  }
}

type WebScript = Pick<ChildSpec, 'script' | 'args'>;

/** What serves the pages: Vite, or a build that stays the same however often this clone is built meanwhile. */
async function webScript(mode: StartMode, signal: AbortSignal): Promise<WebScript> {
  if (mode === 'dev') return { script: 'src/cli/launcher/dev-web.ts' };
  const { folder } = await step('Build', async () => {
    const value = await ensureBuilt(signal);
    return { value, note: value.made ? 'made from the sources' : 'up to date' };
  });
  return { script: 'src/cli/launcher/web.ts', args: [folder] };
}

/** The demonstration is on by default, except where it would be refused. */
function startConfig(): Config {
  const given = environmentWith({});
  if (given['DEMO']) return readConfig(given);
  const plain = readConfig(given);
  if (plain.mode === 'production' && !plain.originIsLocal) return plain;
  return readConfig({ ...given, DEMO: '1' });
}

interface Starting {
  mode: StartMode;
  settings: Config;
  instance: Instance;
  stop: StopRequest;
  began: number;
}

async function withDatabase(web: WebScript, starting: Starting): Promise<number> {
  const { settings, stop } = starting;
  stop.signal.throwIfAborted();
  const database = await step('Database', async () => {
    const value = await openDatabase(settings);
    return { value, note: value.label };
  });
  try {
    stop.signal.throwIfAborted();
    const env = childEnvironment(settings, database.url);
    const people = await prepareData(env, stop.signal);
    return await serve({ ...starting, web, database, env, people });
  } finally {
    await database.release();
  }
}

/** Runs prepare.ts, which prints its own steps and failures. Answers the one-click sign-ins. */
async function prepareData(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Person[]> {
  const child = spawn(process.execPath, ['src/cli/launcher/prepare.ts'], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env,
  });
  let people: Person[] = [];
  child.on('message', (message) => (people = message as Person[]));
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new AlreadySaid();
  return people;
}

interface Serving extends Starting {
  web: WebScript;
  database: DatabaseHandle;
  env: NodeJS.ProcessEnv;
  people: Person[];
}

async function serve(serving: Serving): Promise<number> {
  const { mode, instance, database, env } = serving;
  const { asked } = serving.stop;
  let giveUp: (name: string) => void = () => undefined;
  const gaveUp = new Promise<string>((done) => (giveUp = done));
  const supervisor = supervise({ onPids: instance.setChildren, onGiveUp: (name) => giveUp(name) });
  const watching = watchDatabase(database);
  const watcher = mode === 'dev' ? restartWorkerOnChange(supervisor) : null;
  const stop = async () => {
    instance.setStopping();
    clearInterval(watching);
    watcher?.close();
    await supervisor.stop(PATIENCE_MS);
  };
  try {
    supervisor.start({ name: 'web', ...serving.web, env });
    supervisor.start({ name: 'worker', script: 'src/worker.ts', env });
    const early = asked.then((reason) => ({ reason }));
    const up = Promise.all([
      step('Worker', async () => ({ value: await supervisor.ready('worker', READY_MS), note: 'ready' })),
      step('Web', async () => ({ value: await supervisor.ready('web', READY_MS), note: 'ready' })),
    ]).then(() => null);
    const interrupted = await Promise.race([up, early]);
    if (interrupted === null) welcome(serving);
  } catch (error) {
    await stop();
    throw error instanceof Error ? new LaunchError(error.message) : error;
  }
  const end = await Promise.race([
    asked.then((reason) => ({ reason })),
    gaveUp.then((failed) => ({ failed })),
  ]);
  const stopBegan = performance.now();
  line(`\n  … stopping (${'reason' in end ? end.reason : `${end.failed} does not stay up`})`);
  await stop();
  await database.release();
  line(`  ✓ stopped in ${seconds(performance.now() - stopBegan)}`);
  return 'failed' in end ? 1 : 0;
}

function childEnvironment(settings: Config, url: string): NodeJS.ProcessEnv {
  return environmentWith({
    HOST: settings.host,
    PORT: String(settings.port),
    ORIGIN: settings.origin,
    DATA_DIR: settings.dataDir,
    DATABASE_URL: url,
    DEMO: settings.demo ? '1' : '0',
    BODY_SIZE_LIMIT: BODY_LIMIT,
    SHUTDOWN_TIMEOUT: String(WEB_DRAIN_SECONDS),
  });
}

/** The embedded server may be killed on its own; web and worker connect again by themselves. */
function watchDatabase(database: DatabaseHandle): NodeJS.Timeout {
  let busy = false;
  return setInterval(() => {
    if (busy) return;
    busy = true;
    database
      .revive()
      .then((revived) => revived && line('  ! the database server was gone and has been started again'))
      .catch((error: unknown) => line(`  ✗ the database server cannot be started again: ${String(error)}`))
      .finally(() => (busy = false));
  }, WATCH_DATABASE_MS);
}

function restartWorkerOnChange(supervisor: Supervisor): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch('src/lib', { recursive: true }, (_event, file) => {
    if (!file?.endsWith('.ts') || file.endsWith('.test.ts')) return;
    clearTimeout(timer);
    timer = setTimeout(() => supervisor.restart('worker'), 300);
  });
  return { close: () => (clearTimeout(timer), watcher.close()) };
}

function welcome({ settings, began, people }: Serving): void {
  const { origin } = settings;
  const elapsed = seconds(performance.now() - began);
  line(`\n  광맥 Gwangmaek is ready after ${elapsed}:  ${origin}  (English: ${origin}/en)`);
  if (people.length > 0) line(`  Demo sign-ins, one click each, at ${origin}/demo/sign-in:`);
  for (const { who, email } of people) line(`    ${who.padEnd(14)} ${email}`);
  line('  Ctrl-C stops everything.\n');
}
