import { pino, type DestinationStream, type Logger } from 'pino';
import { config } from '#lib/server/platform/config.ts';

/**
 * One log for web, worker and commands: JSON lines, or one readable line each on a terminal.
 * Rows carry ids, never names, mail addresses or contents of forms: what could slip in is removed here.
 */

const REMOVED = [
  'password',
  'token',
  'secret',
  'email',
  'mail',
  'name',
  'phone',
  'body',
  'cookie',
  'authorization',
];

/** Each name at the top and one level down, as in `{ form: { email } }`; headers two levels down. */
const PATHS = [
  ...REMOVED.flatMap((name) => [name, `*.${name}`]),
  'req.headers.cookie',
  'req.headers.authorization',
].filter((path) => path !== 'name' && path !== '*.name');

/** What of an error may be logged. A database error's `detail` quotes the offending values, so it is left out. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const described: Record<string, unknown> = { type: error.name, message: error.message, stack: error.stack };
  for (const key of ['code', 'constraint', 'table', 'column', 'routine'] as const) {
    const value: unknown = Reflect.get(error, key);
    if (typeof value === 'string') described[key] = value;
  }
  if (error.cause !== undefined) described['cause'] = describeError(error.cause);
  return described;
}

/** Makes a log whose lines carry the name of the process, such as `web`. */
export function createLog(partOf: () => string, level: string, stream?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    mixin: () => ({ part: partOf() }),
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
    redact: { paths: PATHS, censor: '[removed]' },
  };
  const target = stream ?? (process.stdout.isTTY ? terminal : undefined);
  return target ? pino(options, target) : pino(options);
}

const COLOURS: Record<string, string> = { warn: '\x1b[33m', error: '\x1b[31m', fatal: '\x1b[31m' };

const terminal: DestinationStream = {
  write: (line) => void process.stdout.write(readable(line)),
};

/** `12:03:11 web warn message key=value`, and the stack below when there is one. */
export function readable(line: string): string {
  const { level, time, part, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const values = Object.entries(rest).map(([key, value]) => `${key}=${show(value)}`);
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : '';
  const colour = COLOURS[String(level)] ?? '\x1b[2m';
  const head = `${String(time).slice(11, 19)} ${String(part)} ${String(level)}`;
  return `${colour}${head}\x1b[0m ${String(msg ?? '')} ${values.join(' ')}`.trimEnd() + `${stack}\n`;
}

function show(value: unknown): string {
  return typeof value === 'string' && /^\S*$/.test(value) ? value : JSON.stringify(value);
}

let part = 'web';

/** The log of this process. Says `info` and above until {@link startLog} has read the settings. */
export const log: Logger = createLog(() => part, 'info');

/** Names this process in its lines and takes the level from the settings. */
export function startLog(name: string): void {
  part = name;
  log.level = config().logLevel;
}
