import { underNpm } from '#lib/server/platform/config.ts';

/** The wish to stop, while starting or later. */
export interface StopRequest {
  /** Fires at once; its reason says what asked for the stop. */
  signal: AbortSignal;
  /** Resolves with what asked for the stop. */
  asked: Promise<string>;
}

/** The start was asked to stop before it was complete. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

/**
 * Listens for the wish to stop: Ctrl-C, SIGTERM, SIGHUP, or the end of the npm that started this process
 * (which is nobody's wish to leave a portal behind that no terminal shows).
 */
export function listenForStop(): StopRequest {
  const controller = new AbortController();
  const asked = new Promise<string>((done) => {
    const stop = (reason: string) => {
      if (controller.signal.aborted) return;
      done(reason);
      controller.abort(new Interrupted(reason));
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
    if (underNpm()) watchParent(() => stop('the end of npm'));
  });
  return { signal: controller.signal, asked };
}

function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 1000);
  timer.unref();
}
