import type { CommandIo } from '../../../src/cli/command.ts';
import { command as seed } from '../../../src/cli/commands/seed.ts';
import { connect, type Connection } from '#lib/server/platform/db.ts';
import { migrateToLatest } from '#lib/server/platform/migrate.ts';

export interface BenchDatabase extends Connection {
  url: string;
}

/**
 * A database of the bench's own on the same server, kept between runs: the data of the portal is neither measured
 * nor touched. It is filled again when what it was filled with differs.
 */
export async function benchDatabase(
  name: string,
  seeds: readonly string[][],
  io: CommandIo,
): Promise<BenchDatabase> {
  const home = await io.connection();
  const database = `gm_bench_${name}`;
  const url = urlOf(home, database);
  const wanted = JSON.stringify(seeds);
  const filled = await home.pool.query<{ filled: string | null }>(
    `select shobj_description(oid, 'pg_database') as filled from pg_database where datname = $1`,
    [database],
  );
  if (filled.rows[0]?.filled !== wanted) {
    await home.pool.query(`drop database if exists ${database} with (force)`);
    await home.pool.query(`create database ${database}`);
    const fresh = connect(url);
    try {
      await migrateToLatest(fresh);
      for (const args of seeds) {
        const code = await seed.run([...args], {
          ...io,
          out: io.err,
          connection: () => Promise.resolve(fresh),
        });
        if (code !== 0) throw new Error(`seed ${args.join(' ')} ended with code ${code}`);
      }
      await fresh.pool.query('vacuum analyze');
    } finally {
      await fresh.close();
    }
    await home.pool.query(`comment on database ${database} is '${wanted.replaceAll("'", "''")}'`);
  }
  const connection = connect(url);
  // Filled by an earlier version, perhaps.
  await migrateToLatest(connection);
  return { ...connection, url };
}

/** A copy of a bench database for a bench that writes; `drop` removes it. */
export async function benchCopy(
  name: string,
  seeds: readonly string[][],
  io: CommandIo,
): Promise<BenchDatabase & { drop(): Promise<void> }> {
  await (await benchDatabase(name, seeds, io)).close();
  const home = await io.connection();
  const copy = 'gm_bench_copy';
  await home.pool.query(`drop database if exists ${copy} with (force)`);
  await home.pool.query(`create database ${copy} template gm_bench_${name}`);
  const url = urlOf(home, copy);
  const connection = connect(url);
  return {
    ...connection,
    url,
    async drop() {
      await connection.close();
      await home.pool.query(`drop database if exists ${copy} with (force)`);
    },
  };
}

function urlOf(home: Connection, database: string): string {
  const url = new URL(home.pool.options.connectionString ?? 'postgresql://localhost');
  url.pathname = `/${database}`;
  return url.toString();
}
