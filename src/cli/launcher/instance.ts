import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { breakLock, tryLock, type FileLock } from './file-lock.ts';
import { LaunchError } from './launch-error.ts';
import { isRunning, markOf, ownMark, type ProcessMark } from './process-mark.ts';
import { underNpm } from '#lib/server/platform/config.ts';

/** What a running portal says of itself in `DATA_DIR/locks/portal.json`. */
interface Portal extends ProcessMark {
  address: string;
  startedAt: string;
  stopping: boolean;
  /** npm, when the start came through it: the portal stops when npm is gone. */
  parent: ProcessMark | null;
  children: ProcessMark[];
}

/** This process as the one portal of its DATA_DIR. */
export interface Instance {
  setChildren(pids: number[]): void;
  setStopping(): void;
  release(): void;
}

/** Longest time that a portal which is on its way out is waited for. */
const LEAVING_MS = 15_000;

/**
 * Claims DATA_DIR for this process. Waits for a portal that is stopping, clears up after one that was
 * killed. Throws {@link LaunchError} that names the portal running there.
 */
export async function claimInstance(dataDir: string, address: string): Promise<Instance> {
  const path = join(dataDir, 'locks', 'portal.json');
  const deadline = Date.now() + LEAVING_MS;
  const content: Portal = {
    ...ownMark(),
    address,
    startedAt: new Date().toISOString(),
    stopping: false,
    parent: underNpm() ? markOf(process.ppid) : null,
    children: [],
  };
  for (;;) {
    const result = tryLock(path, content);
    if ('lock' in result) return instance(result.lock, content);
    const { holder, alive } = result;
    if (!alive) {
      await endChildren(holder.children);
      breakLock(path, holder);
    } else if (isLeaving(holder) && Date.now() < deadline) {
      await sleep(100);
    } else {
      throw new LaunchError(
        `Gwangmaek is already running on ${dataDir}: process ${holder.pid}, ${holder.address}, started at ${holder.startedAt}.\n` +
          'Stop it first (Ctrl-C there, or kill that process), or set another DATA_DIR and another PORT.',
      );
    }
  }
}

function isLeaving(holder: Portal): boolean {
  return holder.stopping || (holder.parent !== null && !isRunning(holder.parent));
}

/** Web and worker of a killed launcher stop by themselves; what is stuck is ended so that its port is free. */
async function endChildren(children: ProcessMark[]): Promise<void> {
  const deadline = Date.now() + 9000;
  while (children.some(isRunning) && Date.now() < deadline) await sleep(100);
  for (const child of children) if (isRunning(child)) process.kill(child.pid, 'SIGKILL');
}

function instance(lock: FileLock<Portal>, content: Portal): Instance {
  let current = content;
  const change = (changes: Partial<Portal>) => {
    current = { ...current, ...changes };
    lock.update(current);
  };
  return {
    setChildren: (pids) => change({ children: pids.flatMap((pid) => markOf(pid) ?? []) }),
    setStopping: () => change({ stopping: true }),
    release: () => lock.release(),
  };
}
