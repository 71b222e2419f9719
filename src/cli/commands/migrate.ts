import { parseCommandLine, type Command } from '../command.ts';
import { migrateToLatest, pendingMigrations } from '#lib/server/platform/migrate.ts';

export const command: Command = {
  name: 'migrate',
  summary: 'brings the database schema up to date',
  help: `
Usage: npm run cli -- migrate [--check]

Runs the migrations that the database has not had, all in one transaction.

  --check   changes nothing; lists what would run and exits with 1 when there is something

Exit codes: 0 up to date, 1 failed or (--check) not up to date, 2 wrong arguments.`,
  schema: 'as-is',
  async run(args, io) {
    const { values } = parseCommandLine(args, { check: { type: 'boolean' } });
    const connection = await io.connection();
    if (values.check) {
      const pending = await pendingMigrations(connection.db);
      for (const name of pending) io.out(name);
      io.err(pending.length === 0 ? 'Up to date.' : `${pending.length} to run.`);
      return pending.length === 0 ? 0 : 1;
    }
    const applied = await migrateToLatest(connection, { onStep: (name) => io.out(name) });
    io.err(applied.length === 0 ? 'Up to date.' : `${applied.length} applied.`);
    return 0;
  },
};
