import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandError, parseCommandLine, type Command } from '../command.ts';
import { backUp } from '#lib/server/platform/backup.ts';
import { config } from '#lib/server/platform/config.ts';
import { fileStore } from '#lib/server/platform/files.ts';

export const command: Command = {
  name: 'backup',
  summary: 'saves all tables and uploaded files, consistently, while the portal runs',
  help: `
Usage: npm run cli -- backup [FOLDER] [--without-files]

Makes FOLDER (by default DATA_DIR/backups/<time>) with every table as it was at one moment, compressed, with
checksums, and the uploaded files. Prints the folder. A broken-off backup leaves nothing under that name.

  --without-files   leaves the uploaded files out

Exit codes: 0 saved, 1 failed or some uploaded files were not there or damaged, 2 wrong arguments.`,
  schema: 'as-is',
  async run(args, io) {
    const { values, positionals } = parseCommandLine(args, { 'without-files': { type: 'boolean' } }, [0, 1]);
    const { dataDir } = config();
    const stamp = io.now().toISOString().replaceAll(/[:.]/g, '-');
    const target = resolve(positionals[0] ?? join(dataDir, 'backups', stamp));
    if (existsSync(target)) throw new CommandError(`${target} exists already; name a new folder.`);
    const progress = io.progress('backup');
    const { manifest, missing } = await backUp(await io.connection(), {
      target,
      files: values['without-files'] ? null : fileStore(),
      onTable: (_name, done, total) => progress.set(done, total),
    });
    progress.end();
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    io.out(target);
    io.err(`Saved ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files.`);
    for (const key of missing) io.err(`Not there or damaged: uploaded file ${key}`);
    return missing.length === 0 ? 0 : 1;
  },
};
