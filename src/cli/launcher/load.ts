import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { CommandIo } from '../command.ts';
import type { Connection } from '#lib/server/platform/db.ts';

/** What a database is filled with at the first start. */
export type LoadName = 'reference' | 'demo';

export type LoadResult = 'loaded' | 'unchanged';

/**
 * Loads reference or demo data unless this version of it is already there. The loading itself repeats
 * safely, so a start that was killed in the middle is simply done again.
 */
export async function loadOnce(name: LoadName, connection: Connection, io: CommandIo): Promise<LoadResult> {
  const version = versionOf(name);
  const present = await sql<{
    version: string;
  }>`select version from loaded_data where name = ${name}`.execute(connection.db);
  if (present.rows[0]?.version === version) return 'unchanged';
  const { command } = await import('../commands/seed.ts');
  const code = await command.run([name], { ...io, connection: () => Promise.resolve(connection) });
  if (code !== 0) throw new Error(`Loading the ${name} data ended with code ${code}.`);
  await sql`insert into loaded_data (name, version) values (${name}, ${version})
    on conflict (name) do update set version = excluded.version, loaded_at = now()`.execute(connection.db);
  return 'loaded';
}

/** Reference data is loaded again when a file of it changed; demo data once for good. */
function versionOf(name: LoadName): string {
  if (name === 'demo') return '1';
  const hash = createHash('sha256');
  const folder = 'data';
  if (!existsSync(folder)) return 'none';
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.csv')) hash.update(file).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex');
}
