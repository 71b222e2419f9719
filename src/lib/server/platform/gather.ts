/**
 * Does together what is asked for while earlier work is under way: one run at a time, the next one takes all that has
 * gathered. Each caller hears of its own items: when a common run fails, its callers' items are done again one by one.
 */
export function gathering<T>(
  work: (items: readonly T[]) => Promise<void>,
  most: number,
): (items: readonly T[]) => Promise<void> {
  interface Call {
    items: readonly T[];
    done: () => void;
    failed: (error: unknown) => void;
  }
  let gathered: Call[] = [];
  let running = false;

  function take(): Call[] {
    const taken: Call[] = [];
    let count = 0;
    for (const call of gathered) {
      if (taken.length > 0 && count + call.items.length > most) break;
      taken.push(call);
      count += call.items.length;
    }
    gathered = gathered.slice(taken.length);
    return taken;
  }

  async function together(calls: readonly Call[]): Promise<void> {
    try {
      await work(calls.flatMap((call) => call.items));
      for (const call of calls) call.done();
    } catch (error) {
      const [only, ...others] = calls;
      if (only && others.length === 0) only.failed(error);
      else for (const call of calls) await together([call]);
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (gathered.length > 0) await together(take());
    running = false;
  }

  return (items) =>
    new Promise((done, failed) => {
      gathered.push({ items, done, failed });
      if (!running) void run();
    });
}
