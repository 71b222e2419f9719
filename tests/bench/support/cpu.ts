import { readdir, readFile } from 'node:fs/promises';

/** Milliseconds of processor time that a process has taken so far, over all its threads; null where the system does not tell. */
export async function processorTime(pid: number): Promise<number | null> {
  try {
    const threads = await readdir(`/proc/${pid}/task`);
    const taken = await Promise.all(threads.map((thread) => nanoseconds(pid, thread)));
    return taken.reduce((sum, one) => sum + one, 0) / 1e6;
  } catch {
    return null;
  }
}

/** A thread may end while it is read: what it took is then missing, as little as it is. */
async function nanoseconds(pid: number, thread: string): Promise<number> {
  try {
    const [onProcessor = '0'] = (await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')).split(' ');
    return Number(onProcessor);
  } catch {
    return 0;
  }
}

/** Adds up what some processes take while pieces of work run. */
export function processorMeter(pids: readonly number[]) {
  const taken = pids.map(() => 0);
  let pieces = 0;
  let known = true;
  return {
    async during<T>(work: () => Promise<T>): Promise<T> {
      const before = await Promise.all(pids.map(processorTime));
      const result = await work();
      const after = await Promise.all(pids.map(processorTime));
      pieces += 1;
      pids.forEach((_, i) => {
        const [from, to] = [before[i] ?? null, after[i] ?? null];
        if (from === null || to === null) known = false;
        else taken[i] = (taken[i] ?? 0) + to - from;
      });
      return result;
    },
    /** Milliseconds a piece, for each process; null where the system does not tell. */
    means: (): readonly number[] | null =>
      known && pieces > 0 ? taken.map((ms) => Math.max(0, ms) / pieces) : null,
  };
}
