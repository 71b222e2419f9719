import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { line } from './steps.ts';

export interface ChildSpec {
  name: string;
  /** Script, relative to the root of the clone. */
  script: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
}

/** Processes that are kept running until they are stopped together. */
export interface Supervisor {
  start(spec: ChildSpec): void;
  /** Resolves when the child has said that it is ready; rejects when it ends before. */
  ready(name: string, timeoutMs: number): Promise<void>;
  /** Ends one child in order; it is started again at once. */
  restart(name: string): void;
  /** SIGTERM to all, SIGKILL to what is left after `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
}

export interface SupervisorEvents {
  /** The process ids have changed. */
  onPids(pids: number[]): void;
  /** A child died too often in a row to be started again. */
  onGiveUp(name: string): void;
}

interface Child {
  spec: ChildSpec;
  process: ChildProcess;
  startedAt: number;
  isReady: boolean;
  quickDeaths: number;
}

const MOST_QUICK_DEATHS = 6;
/** A child that lived this long was healthy: the count of its deaths starts anew. */
const HEALTHY_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;

/** Pause before the n-th start in a row: 0.5, 1, 2, 4 … 30 s. */
export function pauseBefore(quickDeaths: number): number {
  return Math.min(500 * 2 ** (quickDeaths - 1), LONGEST_PAUSE_MS);
}

export function supervise(events: SupervisorEvents): Supervisor {
  const children = new Map<string, Child>();
  let stopping = false;

  const launch = (spec: ChildSpec, quickDeaths: number) => {
    const child: Child = {
      spec,
      process: spawnChild(spec),
      startedAt: Date.now(),
      isReady: false,
      quickDeaths,
    };
    children.set(spec.name, child);
    child.process.on('message', (message) => {
      if (message === 'ready') child.isReady = true;
    });
    child.process.once('exit', (code, signal) => void ended(child, signal ?? `code ${code}`));
    events.onPids(pids());
  };

  const pids = () =>
    [...children.values()].flatMap((child) => (hasEnded(child) ? [] : (child.process.pid ?? [])));

  const ended = async (child: Child, how: string) => {
    if (stopping) return;
    const quickDeaths = Date.now() - child.startedAt > HEALTHY_MS ? 1 : child.quickDeaths + 1;
    if (quickDeaths >= MOST_QUICK_DEATHS) {
      line(`  ✗ ${child.spec.name} ended (${how}) ${quickDeaths} times in a row`);
      events.onGiveUp(child.spec.name);
      return;
    }
    const pause = pauseBefore(quickDeaths);
    line(`  ! ${child.spec.name} ended (${how}); starting it again in ${pause / 1000} s`);
    await sleep(pause);
    if (!stopping) launch(child.spec, quickDeaths);
  };

  return {
    start: (spec) => launch(spec, 0),
    async ready(name, timeoutMs) {
      const first = children.get(name);
      const deadline = Date.now() + timeoutMs;
      while (first && !first.isReady) {
        // Whoever stops all of them does not wait for one to become ready.
        if (stopping) return new Promise(() => undefined);
        if (hasEnded(first)) throw new Error(`${name} ended while starting; its messages are above.`);
        if (Date.now() > deadline) throw new Error(`${name} was not ready after ${timeoutMs / 1000} s.`);
        await sleep(20);
      }
    },
    restart(name) {
      const child = children.get(name);
      if (!child || hasEnded(child)) return;
      child.process.removeAllListeners('exit');
      child.process.once('exit', () => !stopping && launch(child.spec, 0));
      child.process.kill('SIGTERM');
    },
    async stop(patienceMs) {
      stopping = true;
      const running = [...children.values()].filter((child) => !hasEnded(child));
      const exits = running.map((child) => new Promise((done) => child.process.once('exit', done)));
      for (const child of running) child.process.kill('SIGTERM');
      const timer = new AbortController();
      const late = sleep(patienceMs, 'late', { signal: timer.signal }).catch(() => 'in time');
      if ((await Promise.race([Promise.all(exits), late])) === 'late') {
        for (const child of running) if (!hasEnded(child)) child.process.kill('SIGKILL');
        await Promise.all(exits);
      }
      timer.abort();
    },
  };
}

function hasEnded(child: Child): boolean {
  return child.process.exitCode !== null || child.process.signalCode !== null;
}

/**
 * In a process group of its own, so that a terminal's Ctrl-C reaches only the launcher, which stops all in
 * order. The channel tells the child when the launcher was killed.
 */
function spawnChild(spec: ChildSpec): ChildProcess {
  return spawn(process.execPath, [spec.script, ...(spec.args ?? [])], {
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: spec.env,
  });
}
