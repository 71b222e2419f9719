import type { Connection } from '#lib/server/platform/db.ts';
import { pendingMigrations } from '#lib/server/platform/migrate.ts';

export interface Readiness {
  ready: boolean;
  /** What is missing, for an operator; no address and no secret. */
  problem: string | null;
}

/** May requests be sent here: the database answers and its schema is that of this version. Search is not asked. */
export async function readiness({ db }: Connection): Promise<Readiness> {
  try {
    const pending = await pendingMigrations(db);
    if (pending.length === 0) return { ready: true, problem: null };
    return { ready: false, problem: `migrations to run: ${pending.join(', ')}` };
  } catch {
    return { ready: false, problem: 'the database does not answer' };
  }
}
