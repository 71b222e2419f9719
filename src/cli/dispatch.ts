import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CommandError, UsageError, type Command, type CommandIo } from './command.ts';
import { openDatabase, type DatabaseHandle } from './launcher/database.ts';
import { requireWritable } from './launcher/preflight.ts';
import { startProgress } from './progress.ts';
import { systemClock } from '#lib/server/platform/clock.ts';
import { config } from '#lib/server/platform/config.ts';
import { connect, type Connection } from '#lib/server/platform/db.ts';
import { log, startLog } from '#lib/server/platform/log.ts';
import { migrateToLatest } from '#lib/server/platform/migrate.ts';

/** A command gets this long to stop at a safe point after Ctrl-C. */
const PATIENCE_MS = 5000;
const INTERRUPTED = 130;

/**
 * Runs the command named by the first argument from a folder of command files. Exit codes: the command's
 * own; 2 for an unknown command or wrong arguments; 1 for a failure; 130 when interrupted.
 */
export async function dispatch(prefix: string, folder: URL, args: string[]): Promise<number> {
  const [name, ...rest] = args;
  const names = await commandNames(folder);
  if (name === undefined || name === '--help' || name === '-h' || !names.includes(name)) {
    if (name !== undefined && !name.startsWith('-')) err(`Unknown command ${JSON.stringify(name)}.\n`);
    await list(prefix, folder, names, name?.startsWith('-') === true ? out : err);
    return name?.startsWith('-') === true ? 0 : 2;
  }
  const command = await load(folder, name);
  if (rest.includes('--help') || rest.includes('-h')) {
    out(command.help.trim());
    return 0;
  }
  startLog(name);
  return runCommand(command, rest);
}

async function runCommand(command: Command, args: string[]): Promise<number> {
  const interrupt = new AbortController();
  const database = databaseOnDemand(command.schema === 'as-is');
  const work = command.run(args, commandIo(interrupt.signal, database.connection)).catch((error: unknown) => {
    if (error instanceof UsageError) {
      err(`${error.message}\n\n${command.help.trim()}`);
      return 2;
    }
    if (!(error instanceof CommandError)) throw error;
    err(error.message);
    return error.exitCode;
  });
  try {
    return await Promise.race([work, interruption(interrupt)]);
  } finally {
    await database.close();
  }
}

/** Resolves some time after Ctrl-C or SIGTERM, when the command has not stopped by itself. */
function interruption(interrupt: AbortController): Promise<number> {
  return new Promise((done) => {
    const stop = () => {
      if (interrupt.signal.aborted) return;
      interrupt.abort();
      setTimeout(() => done(INTERRUPTED), PATIENCE_MS).unref();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    // The reader of a pipe has seen enough, as `head` does.
    process.stdout.on('error', stop);
  });
}

function databaseOnDemand(asIs: boolean) {
  let opening: Promise<{ handle: DatabaseHandle; connection: Connection }> | undefined;
  const open = async () => {
    const settings = config();
    requireWritable(settings.dataDir);
    const handle = await openDatabase(settings);
    try {
      const connection = connect(handle.url, { max: settings.databasePool });
      if (!asIs) await migrateToLatest(connection, { onStep: (name) => err(`  · migration ${name}`) });
      return { handle, connection };
    } catch (error) {
      await handle.release();
      throw error;
    }
  };
  return {
    connection: async () => (await (opening ??= open())).connection,
    async close() {
      const opened = await opening?.catch(() => undefined);
      if (!opened) return;
      await opened.connection.close().catch(() => undefined);
      await opened.handle.release();
    },
  };
}

function commandIo(signal: AbortSignal, connection: () => Promise<Connection>): CommandIo {
  return {
    out,
    err,
    progress: (label, total) => startProgress(process.stderr, label, total),
    connection,
    now: systemClock,
    log,
    signal,
  };
}

async function commandNames(folder: URL): Promise<string[]> {
  const entries = await readdir(fileURLToPath(folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => entry.name.slice(0, -3))
    .sort();
}

async function load(folder: URL, name: string): Promise<Command> {
  const module = (await import(new URL(`${name}.ts`, folder).href)) as { command: Command };
  return module.command;
}

async function list(
  prefix: string,
  folder: URL,
  names: string[],
  write: (line: string) => void,
): Promise<void> {
  write(`Usage: ${prefix} <command> [arguments]\n`);
  for (const name of names) write(`  ${name.padEnd(12)} ${(await load(folder, name)).summary}`);
  write(`\n${prefix} <command> --help explains one.`);
}

function out(text: string): void {
  process.stdout.write(`${text}\n`);
}

function err(text: string): void {
  process.stderr.write(`${text}\n`);
}
