import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from '#lib/server/platform/schema.ts';

const { Pool, types } = pg;

// bigint and count(*) as numbers (no id of ours comes near 2^53), date as the text it is: a Date would be
// local midnight, a day off east or west of the server.
types.setTypeParser(types.builtins.INT8, Number);
types.setTypeParser(types.builtins.NUMERIC, Number);
types.setTypeParser(types.builtins.DATE, (value) => value);

export interface Connection {
  db: Kysely<Database>;
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  /** Most connections of this process. */
  max?: number;
  /** Looked in before the ordinary schema, for tables that stand in for those of the product. */
  schema?: string;
  /** Called when an idle connection breaks; the pool replaces it by itself. */
  onIdleError?: (error: Error) => void;
}

/** Opens a pool. Without an `error` handler an idle disconnect would end the process. */
export function connect(url: string, options: ConnectionOptions = {}): Connection {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: 'gwangmaek',
    connectionTimeoutMillis: 10_000,
    ...(options.schema === undefined ? {} : { options: `-c search_path=${options.schema},public` }),
  });
  const onError = options.onIdleError ?? (() => undefined);
  pool.on('error', onError);
  // A connection that breaks while it is lent out speaks for itself: its query fails, the process lives on.
  pool.on('connect', (client) => void client.on('error', onError));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await db.destroy();
    // Kysely leaves a pool alone through which it never asked anything itself.
    if (!pool.ended) await pool.end();
  };
  return { db, pool, close };
}
