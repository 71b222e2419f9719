import type { Kysely } from 'kysely';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import type { Finder } from '#lib/domain/search/finder.ts';
import { Percolator } from '#lib/domain/search/percolate.ts';
import { unpack, watchedFilters } from '#lib/domain/search/watch.ts';
import {
  changedSearches,
  expressionsOf,
  renewForeignMarks,
  sampleTokens,
  searchesAfter,
  type WatchRow,
} from '#lib/server/search/percolate-queries.ts';
import { changeMark } from '#lib/server/search/source-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/**
 * The saved searches of the database as compiled sets of this process, as fresh as the database: before each answer
 * what changed since the last one is read. A change is found by its transaction, so that one which committed late is
 * not missed; reading one twice does no harm.
 */

const BATCH = 20_000;
/** From this share of removed searches on, the places of the removed are given back. */
const MANY_REMOVED = 0.3;
/** Of how many documents the frequencies of tokens are taken. */
const SAMPLE = 1000;
/** Of a beginning, and of a token that no document of the sample has. */
const GUESS = { prefix: 0.02, unseen: 0.0002 };

/** The saved searches of one kind. */
class KindSet {
  readonly set: Percolator;
  private readonly readings = new Map<number, number>();
  private readonly filters = new Map<string, number>();

  constructor(shares: ReadonlyMap<string, number>) {
    const seed = Math.floor(Math.random() * 2 ** 32);
    const share = (token: string, prefix: boolean) =>
      prefix ? GUESS.prefix : (shares.get(token) ?? GUESS.unseen);
    this.set = new Percolator(share, seed);
  }

  /** Compiles the readings of some searches that are not compiled yet. */
  private async prepare(db: Kysely<Database>, rows: readonly WatchRow[]): Promise<void> {
    const missing = [...new Set(rows.map((row) => row.reading))].filter((id) => !this.readings.has(id));
    for (const { id, expr } of await expressionsOf(db, missing))
      this.readings.set(id, this.set.compile(unpack(expr)));
  }

  /**
   * Brings searches up to date. `renewed`: the readings that were fetched since the searches were last read; null when
   * none of the searches is held yet. Documents are held against the set while readings are fetched: a search is taken
   * out and put in again in one go, so that it is never missing between.
   */
  async put(db: Kysely<Database>, rows: readonly WatchRow[], renewed: Set<number> | null): Promise<void> {
    const wanted = rows.filter((row) => !row.removed);
    if (renewed)
      for (const { reading } of rows) {
        if (!renewed.has(reading)) this.readings.delete(reading);
        renewed.add(reading);
      }
    await this.prepare(db, wanted);
    if (renewed) for (const row of rows) this.set.remove(row.id);
    for (const row of wanted) {
      const reading = this.readings.get(row.reading);
      if (reading === undefined) continue;
      const key = JSON.stringify(row.filters);
      let filter = this.filters.get(key);
      if (filter === undefined)
        this.filters.set(key, (filter = this.set.compile(watchedFilters(row.filters))));
      this.set.add(row.id, this.set.all([reading, filter]), finderOf(row));
    }
  }

  /** Gives back what removed searches took. Readings asked for again are compiled again. */
  settle(): void {
    this.set.settle();
    this.readings.clear();
    this.filters.clear();
  }

  settleIfWorthIt(): void {
    const { searches, removed } = this.set.size;
    if (removed > 1000 && removed > searches * MANY_REMOVED) this.settle();
  }
}

/**
 * As whom a search is answered, at its widest: whether an organisation is a vetted company may change without a word
 * to this set, so it is asked when a match is written down.
 */
function finderOf(row: WatchRow): Finder {
  if (row.official) return { kind: 'official' };
  if (row.organisation === null) return { kind: 'public' };
  return { kind: 'company', organisationId: row.organisation, vetted: true };
}

export type PercolatorSets = Readonly<Record<IndexKind, Percolator>>;

type Kinds = Record<IndexKind, KindSet>;

export class LivePercolator {
  private readonly db: Kysely<Database>;
  private readonly batch: number;
  private state: { kinds: Kinds; mark: string } | null = null;
  private last: Promise<unknown> = Promise.resolve();

  /** `batch`: searches read at once, of those that are new to the set and of those that changed. */
  constructor(db: Kysely<Database>, batch = BATCH) {
    this.db = db;
    this.batch = batch;
  }

  /** The sets with every search that was saved or removed before the call. */
  fresh(): Promise<PercolatorSets> {
    const next = this.last.then(
      () => this.catchUp(),
      () => this.catchUp(),
    );
    this.last = next;
    return next;
  }

  private async catchUp(): Promise<PercolatorSets> {
    const mark = await changeMark(this.db);
    // A failure in the middle leaves a set that was not brought up to date to the end: it is read anew.
    const held = this.state;
    this.state = null;
    const kinds = held?.kinds ?? (await this.load());
    if (held) await this.change(kinds, held.mark);
    // Only now: until the last of the changed searches is in, they count as changed.
    this.state = { kinds, mark };
    return { company: kinds.company.set, opportunity: kinds.opportunity.set, project: kinds.project.set };
  }

  /** A changed lexicon may change every search there is: they are read some at a time, as at the start. */
  private async change(kinds: Kinds, mark: string): Promise<void> {
    const renewed = new Set<number>();
    await this.each(
      (after) => changedSearches(this.db, mark, after, this.batch),
      async (rows) => {
        for (const kind of INDEX_KINDS) {
          await kinds[kind].put(this.db, ofKind(rows, kind), renewed);
          kinds[kind].settleIfWorthIt();
        }
      },
    );
  }

  private async load(): Promise<Kinds> {
    await renewForeignMarks(this.db);
    const kinds = {
      company: new KindSet(sharesIn(await sampleTokens(this.db, 'company', SAMPLE))),
      opportunity: new KindSet(sharesIn(await sampleTokens(this.db, 'opportunity', SAMPLE))),
      project: new KindSet(sharesIn(await sampleTokens(this.db, 'project', SAMPLE))),
    };
    await this.each(
      (after) => searchesAfter(this.db, after, this.batch),
      async (rows) => {
        for (const kind of INDEX_KINDS) await kinds[kind].put(this.db, ofKind(rows, kind), null);
      },
    );
    for (const kind of INDEX_KINDS) kinds[kind].settle();
    return kinds;
  }

  /** Reads searches in the order of their ids, a batch at a time; one that is not full is the last. */
  private async each(
    read: (after: string | null) => Promise<WatchRow[]>,
    work: (rows: readonly WatchRow[]) => Promise<void>,
  ): Promise<void> {
    for (let after: string | null = null; ;) {
      const rows = await read(after);
      await work(rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < this.batch) return;
      after = last.id;
    }
  }
}

const ofKind = (rows: readonly WatchRow[], kind: IndexKind): WatchRow[] =>
  rows.filter((row) => row.kind === kind);

function sharesIn(documents: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const tokens of documents)
    for (const token of tokens) shares.set(token, (shares.get(token) ?? 0) + 1 / documents.length);
  return shares;
}

const sets = new WeakMap<Kysely<Database>, LivePercolator>();

/** The compiled sets over a database, one a pool. */
export function livePercolator(db: Kysely<Database>): LivePercolator {
  let live = sets.get(db);
  if (!live) sets.set(db, (live = new LivePercolator(db)));
  return live;
}
