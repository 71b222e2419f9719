import { pino } from 'pino';
import type { CommandIo } from '../../src/cli/command.ts';
import { systemClock } from '#lib/server/platform/clock.ts';

/** What a command is given when nobody watches; single members can be replaced. */
export function quietIo(changes: Partial<CommandIo> = {}): CommandIo {
  return {
    out: () => undefined,
    err: () => undefined,
    progress: () => ({ advance: () => undefined, set: () => undefined, end: () => undefined }),
    connection: () => Promise.reject(new Error('This command was given no database.')),
    now: systemClock,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    ...changes,
  };
}
