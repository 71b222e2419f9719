import { underNpm } from '#lib/server/platform/config.ts';

/**
 * Resolves when this process is asked to stop: Ctrl-C, SIGTERM, SIGHUP, or the end of the npm that started
 * it (which is nobody's wish to leave a portal behind that no terminal shows).
 */
export function untilStopped(): Promise<string> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done(signal));
    if (!underNpm()) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      done('the end of npm');
    }, 1000);
  });
}
