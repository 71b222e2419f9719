import { followLauncher } from './child-life.ts';
import { explain } from './explain.ts';
import { Interrupted } from './lifetime.ts';
import { load } from './load.ts';
import { stepIo } from './step-io.ts';
import { step } from './steps.ts';
import { DEMO_PEOPLE } from '#lib/server/account/sign-in-commands.ts';
import { config, databaseUrl } from '#lib/server/platform/config.ts';
import { connect } from '#lib/server/platform/db.ts';
import { fileStore } from '#lib/server/platform/files.ts';
import { migrateToLatest } from '#lib/server/platform/migrate.ts';

// Brings schema and data up to date, below the launcher and only for as long as that takes: the launcher
// itself stays small, since it lives as long as the portal.

const stop = new AbortController();
followLauncher(() => stop.abort(new Interrupted('the launcher is gone')));
process.on('SIGTERM', () => stop.abort(new Interrupted('stopped')));

const connection = connect(databaseUrl(), { max: 4 });
try {
  await prepare(stop.signal);
  process.send?.(config().demo ? DEMO_PEOPLE : []);
} catch (error) {
  process.exitCode = 1;
  if (!(error instanceof Interrupted)) process.stderr.write(`\n${explain(error)}\n`);
} finally {
  await connection.close();
}

async function prepare(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await requireFileStore();
  await step('Migrations', async () => {
    const value = await migrateToLatest(connection);
    return { value, note: value.length === 0 ? 'up to date' : `${value.length} applied` };
  });
  for (const name of config().demo ? (['reference', 'demo'] as const) : (['reference'] as const)) {
    signal.throwIfAborted();
    await step(name === 'reference' ? 'Reference data' : 'Demo data', async (progress) => {
      const note = await load(name, connection, stepIo(progress, signal));
      return { value: undefined, note };
    });
  }
}

/** A bucket that cannot be used is told now, not at the first upload. */
async function requireFileStore(): Promise<void> {
  if (config().filesUrl.startsWith('file:')) return await fileStore().check();
  await step('Files', async () => {
    await fileStore().check();
    return { value: undefined, note: 'the bucket answers' };
  });
}
