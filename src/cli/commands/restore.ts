import { resolve } from 'node:path';
import { CommandError, parseCommandLine, type Command } from '../command.ts';
import { FileStoreError } from '#lib/server/platform/file-store.ts';
import { fileStore } from '#lib/server/platform/files.ts';
import { restore, RestoreError } from '#lib/server/platform/restore.ts';

export const command: Command = {
  name: 'restore',
  summary: 'restores a backup into an empty database',
  help: `
Usage: npm run cli -- restore FOLDER [--without-files]

Proves all checksums of the backup, then loads it in one transaction. The database must be empty: use a new
DATA_DIR, or a new database in DATABASE_URL. Afterwards the schema is brought up to date.

  --without-files   leaves the uploaded files out

Exit codes: 0 restored, 1 refused or failed (nothing is restored), 2 wrong arguments.`,
  schema: 'as-is',
  async run(args, io) {
    const { values, positionals } = parseCommandLine(args, { 'without-files': { type: 'boolean' } }, [1, 1]);
    const progress = io.progress('restore');
    try {
      const manifest = await restore(await io.connection(), {
        source: resolve(positionals[0] ?? ''),
        files: values['without-files'] ? null : fileStore(),
        onTable: (_name, done, total) => progress.set(done, total),
      });
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      io.out(`Restored ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files.`);
      return 0;
    } catch (error) {
      if (error instanceof RestoreError || error instanceof FileStoreError)
        throw new CommandError(error.message);
      throw error;
    } finally {
      progress.end();
    }
  },
};
