import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Logger } from 'pino';
import type { Progress } from './progress.ts';
import type { Clock } from '#lib/server/platform/clock.ts';
import type { Connection } from '#lib/server/platform/db.ts';

/** What a command is given besides its arguments. Results go to `out`, everything else to `err`. */
export interface CommandIo {
  /** One line of result on standard output. */
  out(line: string): void;
  /** One line for the person on standard error. */
  err(line: string): void;
  /** Shows records, rate and time left on standard error; `total` when it is known beforehand. */
  progress(label: string, total?: number): Progress;
  /**
   * The database, its schema up to date: DATABASE_URL, else the embedded server of DATA_DIR, started for
   * this command when it is not running. Closed and stopped by the dispatcher.
   */
  connection(): Promise<Connection>;
  now: Clock;
  log: Logger;
  /** Fires at Ctrl-C or SIGTERM: stop at the next safe point. */
  signal: AbortSignal;
}

/** One command of `npm run cli`; lives in `commands/<name>.ts` and is exported as `command`. */
export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Usage, arguments, options and exit codes, for `--help`. */
  help: string;
  /** `as-is`: the database is handed over without migrating it first. */
  schema?: 'as-is';
  /** Answers the exit code: 0 done, 1 failed, 2 wrong arguments or refused input. */
  run(args: string[], io: CommandIo): Promise<number>;
}

/** The arguments are wrong; the dispatcher prints the message and the usage, and exits with 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The command could not do its work for a reason that the person can act on; exits with `exitCode`. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;
interface Parsing<T extends Options> {
  args: string[];
  options: T;
  allowPositionals: true;
  strict: true;
}

/**
 * Reads options and positionals as `node:util` parseArgs does. Throws {@link UsageError} on an unknown
 * option, a missing value, or a number of positionals outside `positionals` (least, most).
 */
export function parseCommandLine<const T extends Options>(
  args: string[],
  options: T,
  positionals: readonly [number, number] = [0, 0],
): ReturnType<typeof parseArgs<Parsing<T>>> {
  const parsed = parseOrExplain(args, options);
  const [least, most] = positionals;
  const given = parsed.positionals.length;
  if (given < least) throw new UsageError(`${least - given} more argument(s) needed.`);
  if (given > most) throw new UsageError(`Unexpected argument: ${parsed.positionals[most]}`);
  return parsed;
}

function parseOrExplain<const T extends Options>(args: string[], options: T) {
  try {
    return parseArgs<Parsing<T>>({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw new UsageError(error.message);
    }
    throw error;
  }
}

/** A whole number from an option. Throws {@link UsageError} when it is not one or out of bounds. */
export function wholeNumber(name: string, value: string, least = 0, most = Number.MAX_SAFE_INTEGER): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && number <= most) return number;
  throw new UsageError(`${name}: ${JSON.stringify(value)} is not a whole number from ${least} to ${most}.`);
}
