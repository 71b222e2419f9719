import { config, databaseUrl } from '#lib/server/platform/config.ts';
import { connect, type Connection } from '#lib/server/platform/db.ts';
import { log } from '#lib/server/platform/log.ts';
import { observePool } from '#lib/server/platform/metrics.ts';

let connection: Connection | undefined;

/** The web process's one pool, opened at the first use and closed when the server has drained. */
export function database(): Connection {
  if (connection) return connection;
  connection = connect(databaseUrl(), {
    max: config().databasePool,
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
  });
  observePool(connection.pool);
  return connection;
}

export async function closeDatabase(): Promise<void> {
  await connection?.close();
  connection = undefined;
}
