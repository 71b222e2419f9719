import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { bucketOf } from '#lib/server/platform/bucket-address.ts';

/**
 * The settings of the product: the only reader of the environment. docs/runbook.md lists them.
 * An empty variable counts as not set.
 */

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  mode: 'development' | 'production' | 'test';
  port: number;
  host: string;
  /** Scheme, host and port under which people reach the portal, without a trailing slash. */
  origin: string;
  /** The origin is this very machine, so nobody else can reach what is meant for a demonstration. */
  originIsLocal: boolean;
  /** Absolute path. */
  dataDir: string;
  /** Null: the embedded server below `dataDir`, whose address the launcher hands to its children. */
  databaseUrl: string | null;
  /** Most database connections of one process. */
  databasePool: number;
  meili: { url: string; key: string | null } | null;
  /** Null: mail is kept in the in-app outbox (demonstration only). */
  smtpUrl: string | null;
  mailFrom: string;
  /** Where uploaded files lie: the `file:` address of a folder, or a bucket as `bucketOf` reads it. */
  filesUrl: string;
  /** Bytes that the files of one organisation may take together; null: as many as it likes. */
  filesQuota: number | null;
  /** Demonstration: demo data, one-click sign-in, in-app outbox. */
  demo: boolean;
  logLevel: LogLevel;
  /** Jobs that one worker runs at a time. */
  workerJobs: number;
  /** Pages a second that one address may ask for in the long run; 0: as many as it likes. */
  pageLimit: number;
  /** Port on which the worker shows its own metrics; null: not shown. */
  workerMetricsPort: number | null;
}

/** A setting has a wrong value. `problems` has one line a setting: its name, its value, what is allowed. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535);

function count(from: number, to: number) {
  return z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to);
}

function address(...schemes: string[]) {
  return z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol));
}

/** A `file:` address of this machine; `file://server/folder` names another. */
const folder = address('file:').refine((value) => {
  try {
    return fileURLToPath(value) !== '';
  } catch {
    return false;
  }
});

const bucket = z.string().refine((value) => bucketOf(value) !== null);

const origin = z.string().refine((value) => {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return ['http:', 'https:'].includes(url.protocol) && url.origin === value.replace(/\/$/, '');
});

const SETTINGS = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).optional(),
  PORT: port.optional(),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/)
    .optional(),
  ORIGIN: origin.optional(),
  DATA_DIR: z.string().optional(),
  DATABASE_URL: address('postgres:', 'postgresql:').optional(),
  DATABASE_POOL: count(2, 500).optional(),
  MEILI_URL: address('http:', 'https:').optional(),
  MEILI_KEY: z.string().optional(),
  SMTP_URL: address('smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^@\s<>]+@[^@\s<>]+$/)
    .optional(),
  FILES_URL: z.union([folder, bucket]).optional(),
  FILES_QUOTA: count(0, 1_000_000).optional(),
  DEMO: z.enum(['0', '1']).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).optional(),
  WORKER_JOBS: count(1, 100).optional(),
  PAGE_LIMIT: count(0, 100_000).optional(),
  WORKER_METRICS_PORT: port.optional(),
});

const ALLOWED: Record<keyof z.infer<typeof SETTINGS>, string> = {
  NODE_ENV: 'development, production or test',
  PORT: 'a number from 1 to 65535',
  HOST: 'a host name or an address such as 127.0.0.1 or 0.0.0.0',
  ORIGIN: 'scheme, host and port only, such as https://portal.example.org',
  DATA_DIR: 'a folder',
  DATABASE_URL: 'an address such as postgresql://user:password@host:5432/database',
  DATABASE_POOL: 'a number from 2 to 500',
  MEILI_URL: 'an address such as http://127.0.0.1:7700',
  MEILI_KEY: 'a key',
  SMTP_URL: 'an address such as smtp://user:password@host:587 or smtps://…',
  MAIL_FROM: 'a mail address such as portal@example.org',
  FILES_URL: 'a folder as file:///path/to/files, or a bucket as s3://key:secret@host/bucket?region=name',
  FILES_QUOTA: 'a number of megabytes from 1 to 1000000, or 0 for no limit',
  DEMO: '1 or 0',
  LOG_LEVEL: LOG_LEVELS.join(', '),
  WORKER_JOBS: 'a number from 1 to 100',
  PAGE_LIMIT: 'a number from 1 to 100000, or 0 for no limit',
  WORKER_METRICS_PORT: 'a number from 1 to 65535',
};

/** Values of these may hold a password and are never repeated in a message. */
const SECRET = new Set(['DATABASE_URL', 'SMTP_URL', 'MEILI_KEY', 'FILES_URL']);

const MEGABYTE = 1024 * 1024;

/** Reads the settings. Throws {@link ConfigError} that names each wrong one and what is allowed. */
export function readConfig(env: Environment): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = SETTINGS.safeParse(given);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))];
    throw new ConfigError(names.map((name) => wrong(name, given[name] ?? '')));
  }
  const values = parsed.data;
  const chosenPort = values.PORT ?? 3000;
  const dataDir = resolve(values.DATA_DIR ?? '.data');
  const chosenOrigin = (values.ORIGIN ?? `http://localhost:${chosenPort}`).replace(/\/$/, '');
  const config: Config = {
    mode: values.NODE_ENV ?? 'development',
    port: chosenPort,
    host: values.HOST ?? '127.0.0.1',
    origin: chosenOrigin,
    originIsLocal: isLocal(chosenOrigin),
    dataDir,
    databaseUrl: values.DATABASE_URL ?? null,
    databasePool: values.DATABASE_POOL ?? 10,
    meili: values.MEILI_URL ? { url: values.MEILI_URL, key: values.MEILI_KEY ?? null } : null,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM ?? `gwangmaek@${new URL(chosenOrigin).hostname}`,
    filesUrl: values.FILES_URL ?? pathToFileURL(resolve(dataDir, 'files')).href,
    filesQuota: values.FILES_QUOTA === 0 ? null : (values.FILES_QUOTA ?? 1024) * MEGABYTE,
    demo: values.DEMO === '1',
    logLevel: values.LOG_LEVEL ?? 'info',
    workerJobs: values.WORKER_JOBS ?? 4,
    pageLimit: values.PAGE_LIMIT ?? 20,
    workerMetricsPort: values.WORKER_METRICS_PORT ?? null,
  };
  if (config.demo && config.mode === 'production' && !config.originIsLocal) {
    throw new ConfigError([
      `DEMO: 1 is refused with NODE_ENV=production and ORIGIN=${config.origin}: anyone could sign in. Allowed: 0, or an ORIGIN on localhost`,
    ]);
  }
  return config;
}

function wrong(name: string, value: string): string {
  const shown = SECRET.has(name) ? 'the given value' : JSON.stringify(value);
  const allowed = name in ALLOWED ? ALLOWED[name as keyof typeof ALLOWED] : 'another value';
  return `${name}: ${shown} is not allowed. Allowed: ${allowed}`;
}

function isLocal(address: string): boolean {
  const { hostname } = new URL(address);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

let memo: Config | undefined;

/** The settings of this process, read once. Throws {@link ConfigError}. */
export function config(): Config {
  memo ??= readConfig(process.env);
  return memo;
}

/** The database of this process. Throws {@link ConfigError} when DATABASE_URL is not set. */
export function databaseUrl(): string {
  const url = config().databaseUrl;
  if (url) return url;
  throw new ConfigError(['DATABASE_URL: not set. npm start sets it for the embedded server']);
}

/** A copy of the environment with changes, for a child process; undefined removes a variable. */
export function environmentWith(changes: Environment): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** Whether npm started this process; it then stops when npm is gone. */
export function underNpm(): boolean {
  return process.env['npm_lifecycle_event'] !== undefined;
}
