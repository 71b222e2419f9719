import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { createDatabase, type TestDatabase } from './postgres.ts';

export interface App {
  /** Such as `http://localhost:41234`; pages are below it. */
  origin: string;
  database: TestDatabase;
  /** What web and worker have written so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface AppOptions {
  /** Settings over those of a demonstration. */
  env?: Record<string, string>;
  /** Jobs are run unless this is false. */
  worker?: boolean;
}

/** Ends what hangs; a slow machine takes a small part of it. */
const READY_MS = 180_000;

/** Starts the built web application and the worker on a database of their own. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  const database = await createDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'gm-app-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    ORIGIN: origin,
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    DEMO: '1',
    LOG_LEVEL: 'warn',
    BODY_SIZE_LIMIT: '22M',
    SHUTDOWN_TIMEOUT: '2',
    ...options.env,
  };
  let output = '';
  const keep = (chunk: Buffer) => (output += chunk.toString());
  const scripts = ['src/cli/launcher/web.ts', ...(options.worker === false ? [] : ['src/worker.ts'])];
  const children = scripts.map((script) => startChild(script, env, keep));
  const stop = async () => {
    await Promise.all(children.map((child) => endChild(child.process)));
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await Promise.all(children.map((child) => child.ready));
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${output}`, { cause: error });
  }
  return { origin, database, log: () => output, stop };
}

function startChild(script: string, env: NodeJS.ProcessEnv, keep: (chunk: Buffer) => void) {
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env });
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ready = new Promise<void>((done, refuse) => {
    const timer = setTimeout(() => refuse(new Error(`${script} was not ready in time.`)), READY_MS);
    child.once('message', () => (clearTimeout(timer), done()));
    child.once(
      'exit',
      (code) => (clearTimeout(timer), refuse(new Error(`${script} ended with code ${code}.`))),
    );
  });
  return { process: child, ready };
}

function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((done) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
    child.once('exit', () => (clearTimeout(timer), done()));
    child.kill('SIGTERM');
  });
}
