import type { Kysely, Transaction } from 'kysely';
import { INDEX_KINDS, type IndexKind } from '#lib/domain/search/document.ts';
import { HeldView } from '#lib/server/search/held-view.ts';
import {
  goneAfter,
  load,
  shareOf,
  stateOf,
  writtenAfter,
  type IndexState,
} from '#lib/server/search/segment-store.ts';
import { log } from '#lib/server/platform/log.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Share of all documents that may have changed since the segment; beyond, PostgreSQL answers alone. */
const MOST_CHANGED = 0.1;

/** Between two readings of a segment. */
const PAUSE_MS = 2000;

/** What this process holds of the index of each kind. */
export class Held {
  private readonly db: Kysely<Database>;
  private readonly views = new Map<IndexKind, HeldView>();
  private readonly loading = new Map<IndexKind, Promise<void>>();
  private readonly read = new Map<IndexKind, number>();

  constructor(db: Kysely<Database>) {
    this.db = db;
  }

  /** Reads the segments of all kinds. Searches need not wait for it: they are only slower before. */
  async warm(): Promise<void> {
    for (const kind of INDEX_KINDS) await this.refresh(kind);
  }

  /** The index of a kind as it is now, or was when its state was read, if this process holds just that. */
  async viewNow(kind: IndexKind, known?: IndexState): Promise<HeldView | null> {
    const state = known ?? (await stateOf(this.db, kind));
    const view = this.views.get(kind);
    if (state.segment !== null && view?.segmentNumber !== state.segment) this.follow(kind);
    return view?.changes === state.changes ? view : null;
  }

  /** The index of a kind as it is now, brought up to date if need be; null where this process does not hold it. */
  async upToDate(kind: IndexKind, known?: IndexState): Promise<HeldView | null> {
    const view = await this.viewNow(kind, known);
    if (view || !this.views.has(kind)) return view;
    return await this.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => await this.viewAt(tx, kind, await stateOf(tx, kind)));
  }

  /**
   * The index of a kind as the transaction sees it, or null when this process does not hold it: PostgreSQL then
   * answers by its own indexes, and the segment is read meanwhile.
   */
  async viewAt(tx: Transaction<Database>, kind: IndexKind, state: IndexState): Promise<HeldView | null> {
    const view = this.views.get(kind);
    if (state.segment !== null && view?.segmentNumber !== state.segment) this.follow(kind);
    // Another search may have seen a later state already; this one is answered for its own.
    if (!view || view.segmentNumber < state.validFrom || view.changes > state.changes) return null;
    if (view.changes === state.changes) return view;
    const most = await shareOf(tx, kind, MOST_CHANGED);
    const written = await writtenAfter(tx, kind, view.changes, most);
    if (view.changed + written.length >= most) return null;
    const next = view.after(state.changes, await goneAfter(tx, kind, view.changes), written);
    const latest = this.views.get(kind);
    if (latest === view) this.views.set(kind, next);
    return next;
  }

  /** Reads the new segment of a kind aside; not again at once when it was not there or not to be had. */
  private follow(kind: IndexKind): void {
    const last = this.read.get(kind);
    if (last === undefined || performance.now() - last > PAUSE_MS) void this.refresh(kind);
  }

  /** Reads the segment of a kind that is now the right one. Does not throw: without it search is only slower. */
  refresh(kind: IndexKind): Promise<void> {
    let running = this.loading.get(kind);
    if (!running) {
      this.read.set(kind, performance.now());
      running = this.take(kind)
        .catch((error: unknown) => log.warn({ err: error, kind }, 'the index could not be read into memory'))
        .finally(() => this.loading.delete(kind));
      this.loading.set(kind, running);
    }
    return running;
  }

  private async take(kind: IndexKind): Promise<void> {
    const found = await load(this.db, kind);
    const before = this.views.get(kind);
    if (found && found.number !== before?.segmentNumber)
      this.views.set(kind, HeldView.of(found.number, found.segment));
  }
}
