import { explain } from './launcher/explain.ts';
import { AlreadySaid } from './launcher/launch-error.ts';

// What launch.mjs hands over to, on the pinned Node and with the packages installed. Each mode loads only
// what it needs: a command need not wait for the launcher, and a container need not hold the tests.

const MODES: Record<string, (args: string[]) => Promise<number>> = {
  start: async () => (await import('./launcher/start.ts')).start('start'),
  dev: async () => (await import('./launcher/start.ts')).start('dev'),
  build: async () => (await import('./launcher/build.ts')).ensureBuilt().then(() => 0),
  cli: (args) => command('npm run cli --', './commands/', args),
  bench: (args) => command('npm run bench --', '../../tests/bench/', args),
  test: async (args) => (await import('./launcher/test.ts')).runTests(args),
};

async function command(prefix: string, folder: string, args: string[]): Promise<number> {
  const { dispatch } = await import('./dispatch.ts');
  return dispatch(prefix, new URL(folder, import.meta.url), args);
}

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
    if (!(error instanceof AlreadySaid)) process.stderr.write(`\n${explain(error)}\n`);
    return 1;
  }
}

const code = await main();
// Output to a pipe is written in the background; end only when it is through.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
