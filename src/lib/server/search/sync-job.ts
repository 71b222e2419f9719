import type { Kysely } from 'kysely';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { searchParts } from '#lib/server/search/engine.ts';
import { rebuildAlone, writeTo } from '#lib/server/search/index-job.ts';
import { MeiliError } from '#lib/server/search/meili-client.ts';
import type { MeiliEngine } from '#lib/server/search/meili.ts';
import { alone, brought, waitingFor, wakeSync } from '#lib/server/search/outbox-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { addJob } from '#lib/server/platform/job-queue.ts';
import type { JobPayloads } from '#lib/server/platform/job-types.ts';
import { log } from '#lib/server/platform/log.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * Brings the search server what has changed. One process at a time does it, so that documents reach the server in the
 * order in which their rows were read; what was not brought stays noted, whoever dies meanwhile.
 */

type Db = Kysely<Database>;

/** Documents sent at once. The server takes several requests into one run of its own. */
const BATCH = 1000;
/** A run gives way to others of the queue after so long. */
const RUN_MS = 30_000;
/** Another process is at it: it will find what is new, or has just finished. */
const SOON_MS = 300;
/** The server is away. */
const LATER_MS = 10_000;

const LOCK = 'search.sync';

const inMs = (ms: number): Date => new Date(Date.now() + ms);

/** Whether this process has told that the server is away: it is said once, and once when it is back. */
let toldAway = false;

/** Runs work with the server. When the server fails, `again` asks for another try: that is no failure of the job. */
async function withServer(
  db: Db,
  work: (server: MeiliEngine) => Promise<void>,
  again: (at: Date) => Promise<void>,
): Promise<void> {
  const { meilisearch: server } = searchParts(db);
  if (server === null) return;
  try {
    await work(server);
    if (toldAway) log.info('the search server is brought up to date again');
    toldAway = false;
  } catch (error) {
    if (!(error instanceof MeiliError)) throw error;
    if (!toldAway) log.warn({ err: error }, 'the search server is not brought up to date; it is tried again');
    toldAway = true;
    await again(inMs(LATER_MS));
  }
}

/** The job `search.sync`. */
export async function syncServer({ db }: Context): Promise<void> {
  const work = async (server: MeiliEngine) => {
    const ran = await alone(db, LOCK, () => drain(db, server));
    if (ran === null) await wakeSync(db, inMs(SOON_MS));
    else if (ran.value) await wakeSync(db);
  };
  await withServer(db, work, (at) => wakeSync(db, at));
}

/** Keys of their own: an index that is missing must not take the place of one that is wanted anew in any case. */
const keyOf = ({ kind, missing }: JobPayloads['search.rebuild']): string =>
  `search.rebuild:${kind}${missing ? ':missing' : ''}`;

const askForIndex = (db: Db, wanted: JobPayloads['search.rebuild'], runAt?: Date): Promise<void> =>
  addJob(db, 'search.rebuild', wanted, { key: keyOf(wanted), keepTime: true, ...(runAt ? { runAt } : {}) });

/** Sends what waits; answers whether something is left. */
async function drain(db: Db, server: MeiliEngine): Promise<boolean> {
  const until = Date.now() + RUN_MS;
  const kinds = new Set<IndexKind>();
  for (const kind of INDEX_KINDS)
    if (await server.isBuilt(kind)) kinds.add(kind);
    else await askForIndex(db, { kind, missing: true });
  while (kinds.size > 0)
    for (const kind of kinds) {
      const lines = await waitingFor(db, kind, BATCH);
      if (lines.length === 0) {
        kinds.delete(kind);
        continue;
      }
      await writeTo(
        server,
        db,
        kind,
        lines.map((line) => line.id),
      );
      await brought(db, kind, lines);
      if (Date.now() > until) return true;
    }
  return false;
}

/** The job `search.rebuild`: an index that is missing or has old settings, or one of which very much has changed. */
export async function rebuildMissing({ db }: Context, wanted: JobPayloads['search.rebuild']): Promise<void> {
  const { kind, missing } = wanted;
  const work = async (server: MeiliEngine) => {
    // Asked for again and again while it was being built.
    if (missing && (await server.isBuilt(kind))) return;
    await rebuildAlone(db, 'meilisearch', kind);
    await wakeSync(db);
  };
  await withServer(db, work, (at) => askForIndex(db, wanted, at));
}

/** Sends what waits and waits for it: for whoever repairs, or has just rebuilt. */
export async function bringNow(db: Db): Promise<void> {
  const { meilisearch: server } = searchParts(db);
  if (server === null) return;
  for (let left: boolean | undefined = true; left;)
    left = (await alone(db, LOCK, () => drain(db, server), true))?.value;
}

/** The same for whoever has changed much and should not fail because the server is away: its job then brings it. */
export async function bringNowOrLater(db: Db): Promise<void> {
  try {
    await bringNow(db);
  } catch (error) {
    if (!(error instanceof MeiliError)) throw error;
    await wakeSync(db, inMs(LATER_MS));
  }
}
