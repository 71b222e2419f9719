import type { CommandIo } from '../command.ts';
import type { Progress } from '../progress.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { log } from '#lib/server/platform/log.ts';

/** For a command that runs as a step of the start: its progress is the step's, its lines are not shown. */
export function stepIo(progress: Progress, signal: AbortSignal): CommandIo {
  return {
    out: () => undefined,
    err: () => undefined,
    progress: (_label, total) => {
      progress.set(0, total);
      return { advance: progress.advance, set: progress.set, end: () => undefined };
    },
    connection: () => Promise.reject(new Error('The step was given no database.')),
    now: systemClock,
    log,
    signal,
  };
}
