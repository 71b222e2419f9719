import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { environmentWith } from '#lib/server/platform/config.ts';

/** A Meilisearch of one's own on the loopback, its data in a temporary folder. */
export interface MeiliProcess {
  readonly url: string;
  readonly key: string;
  readonly version: string;
  readonly pid: number;
  /** Kills it at once, as a failing machine would. */
  kill(): void;
  stop(): Promise<void>;
}

const READY_TRIES = 1200;

/** Null when there is no `meilisearch` on the PATH. */
export async function startMeili(): Promise<MeiliProcess | null> {
  const folders = (environmentWith({}).PATH ?? '').split(delimiter);
  const program = folders.map((folder) => join(folder, 'meilisearch')).find((path) => existsSync(path));
  if (program === undefined) return null;
  const home = await mkdtemp(join(tmpdir(), 'gm-meili-'));
  const key = randomBytes(18).toString('hex');
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const places = ['db', 'dump', 'snapshot'].flatMap((name) => [
    `--${name}-${name === 'db' ? 'path' : 'dir'}`,
    join(home, name),
  ]);
  const child = spawn(
    program,
    ['--no-analytics', '--master-key', key, '--http-addr', address, '--log-level', 'ERROR', ...places],
    { stdio: 'ignore', cwd: home },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = () => void child.kill('SIGKILL');
  for (let tries = 0; !(await isHealthy(url)); tries += 1) {
    if (tries >= READY_TRIES || child.exitCode !== null) {
      kill();
      throw new Error(`${program} did not answer on ${url}.`);
    }
    await sleep(50);
  }
  return {
    ...{ url, key, kill, pid: child.pid ?? 0 },
    version: execFileSync(program, ['--version'], { encoding: 'utf8' }).trim().split(' ').at(-1) ?? '',
    async stop() {
      kill();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

const isHealthy = (url: string): Promise<boolean> =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
