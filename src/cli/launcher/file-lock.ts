import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, ownMark, type ProcessMark } from './process-mark.ts';

/** A file that one process holds. It says by whom, so that a lock whose holder died is recognised. */
export interface FileLock<T extends ProcessMark> {
  /** Changes what the file says. */
  update(content: T): void;
  release(): void;
}

export type LockResult<T extends ProcessMark> = { lock: FileLock<T> } | { holder: T; alive: boolean };

/** Takes the lock, or tells who has it. The file appears with its whole content or not at all. */
export function tryLock<T extends ProcessMark>(path: string, content: T): LockResult<T> {
  mkdirSync(dirname(path), { recursive: true });
  const own = `${path}.${process.pid}`;
  writeFileSync(own, JSON.stringify(content));
  try {
    linkSync(own, path);
    return { lock: heldLock<T>(path, own) };
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    const holder = readHolder<T>(path);
    return holder ? { holder, alive: isRunning(holder) } : tryLock(path, content);
  } finally {
    rmSync(own, { force: true });
  }
}

function heldLock<T extends ProcessMark>(path: string, own: string): FileLock<T> {
  return {
    update(content) {
      writeFileSync(own, JSON.stringify(content));
      renameSync(own, path);
    },
    release: () => rmSync(path, { force: true }),
  };
}

/** Who holds the lock; null when nobody does, or the file is not one of ours. */
export function readHolder<T extends ProcessMark>(path: string): T | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    rmSync(path, { force: true });
    return null;
  }
}

/** Removes the lock of a dead holder, unless another process was quicker and holds it by now. */
export function breakLock(path: string, holder: ProcessMark): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    throw error;
  }
  const taken = readHolder(aside);
  if (taken && (taken.pid !== holder.pid || taken.mark !== holder.mark)) linkBack(aside, path);
  rmSync(aside, { force: true });
}

function linkBack(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
}

/** Runs `work` while holding the lock; waits for a living holder, takes over from a dead one. */
export async function withLock<R>(path: string, work: () => Promise<R>): Promise<R> {
  for (;;) {
    const result = tryLock(path, ownMark());
    if ('lock' in result) {
      try {
        return await work();
      } finally {
        result.lock.release();
      }
    }
    if (result.alive) await sleep(50);
    else breakLock(path, result.holder);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
