import { dispatch } from './dispatch.ts';
import { CommandError } from './command.ts';
import { LaunchError } from './launcher/launch-error.ts';
import { ConfigError } from '#lib/server/platform/config.ts';
import { EmbeddedPostgresError } from '#lib/server/platform/embedded-postgres.ts';
import { MigrationError } from '#lib/server/platform/migrate.ts';

// What launch.mjs hands over to, on the pinned Node and with the packages installed. Each mode loads only
// what it needs: a command need not wait for the launcher, and a container need not hold the tests.

const MODES: Record<string, (args: string[]) => Promise<number>> = {
  start: async () => (await import('./launcher/start.ts')).start('start'),
  dev: async () => (await import('./launcher/start.ts')).start('dev'),
  cli: (args) => dispatch('npm run cli --', new URL('./commands/', import.meta.url), args),
  bench: (args) => dispatch('npm run bench --', new URL('../../tests/bench/', import.meta.url), args),
  test: async (args) => (await import('./launcher/test.ts')).runTests(args),
};

/** Failures that a person can act on: their message is enough. Anything else shows where it happened. */
const EXPLAINED = [LaunchError, ConfigError, EmbeddedPostgresError, MigrationError, CommandError];

async function main(): Promise<number> {
  const [mode = '', ...args] = process.argv.slice(2);
  const run = MODES[mode];
  if (!run) {
    process.stderr.write(`Unknown mode ${JSON.stringify(mode)}. Known: ${Object.keys(MODES).join(', ')}.\n`);
    return 2;
  }
  try {
    return await run(args);
  } catch (error) {
    const explained = EXPLAINED.some((type) => error instanceof type);
    const text =
      error instanceof Error ? ((explained ? error.message : error.stack) ?? error.message) : String(error);
    process.stderr.write(`\n${text}\n`);
    return 1;
  }
}

const code = await main();
// Output to a pipe is written in the background; end only when it is through.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
