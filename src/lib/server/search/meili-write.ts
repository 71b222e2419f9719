import { z } from 'zod';
import type { IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import { MeiliRefused, MeiliTaskFailed, read, type MeiliClient } from '#lib/server/search/meili-client.ts';
import { storedDocument, storedWord } from '#lib/server/search/meili-document.ts';
import {
  FINGERPRINT,
  indexUid,
  SETTINGS,
  stateUid,
  type IndexRole,
} from '#lib/server/search/meili-settings.ts';
import type { RebuildSteps, Removal } from '#lib/server/search/port.ts';

/**
 * Writes to Meilisearch. The server has no conditional write, so "an older document never overwrites a newer one"
 * is kept in two steps: the versions held are read and what is older is left out, and no two writers are at it at
 * once. In this process they queue here; over all processes the job `search.sync`, the only one that writes to the
 * index that is read, holds a lock in PostgreSQL (sync-job.ts). The server does tasks in the order it takes them on.
 */

type Role = IndexRole;
const ROLES: readonly Role[] = ['documents', 'words'];

const PRIMARY = { primaryKey: 'id' };
/** Characters sent at once when an index is built: few large requests are quickest, the server takes 100 MB. */
const BATCH_CHARS = 20_000_000;
/** Characters of the first request, doubled with each: the server begins while the next documents are made. */
const FIRST_CHARS = 4_000_000;
/** Characters of words sent at once: a run that sorts words costs much and grows slowly with their number. */
const WORDS_CHARS = 25_000_000;
/**
 * Requests handed over and not yet done, at most. The server takes all that wait into one run: there must be enough
 * that some are waiting when it ends. They lie on its disk.
 */
const AHEAD = 12;
const KNOWN_WORDS_LIMIT = 400_000;

const heldVersions = z.object({ results: z.array(z.object({ id: z.string(), version: z.number() })) });
const stateShape = z.object({ id: z.string(), fingerprint: z.string(), built_at: z.string() });
export type BuiltState = z.infer<typeof stateShape>;

/** By which settings the index of a kind was built, and when; null: never. */
export async function builtState(client: MeiliClient, kind: IndexKind): Promise<BuiltState | null> {
  try {
    const answer = await client.manage((c) => c.index(stateUid(client.prefix)).getDocument(kind));
    return read(stateShape, answer);
  } catch (error) {
    if (error instanceof MeiliRefused && /not_found/.test(error.code)) return null;
    throw error;
  }
}

export class MeiliWriter {
  private readonly client: MeiliClient;
  /** The last write taken on, for the next one to wait for. */
  private last: Promise<unknown> = Promise.resolve();
  /** Words that the present index of a kind has from this process: most words of a document are old ones. */
  private readonly known = new Map<IndexKind, { builtAt: string; words: Set<string> }>();

  constructor(client: MeiliClient) {
    this.client = client;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work, work);
    this.last = mine.catch(() => undefined);
    return mine;
  }

  private uid(kind: IndexKind, role: Role, next = false): string {
    return indexUid(this.client.prefix, kind, role, next);
  }

  /** Versions held of some documents. */
  private async versions(kind: IndexKind, ids: readonly string[]): Promise<Map<string, number>> {
    const path = `indexes/${this.uid(kind, 'documents')}/documents/fetch`;
    const body = { ids, fields: ['id', 'version'], limit: ids.length };
    const answer = await this.client.manage((c) => c.httpRequest.post({ path, body }));
    return new Map(read(heldVersions, answer).results.map((d) => [d.id, d.version]));
  }

  upsert(kind: IndexKind, documents: readonly SearchDocument[]): Promise<void> {
    if (documents.length === 0) return Promise.resolve();
    return this.inTurn(async () => {
      const state = await this.current(kind);
      const held = await this.versions(
        kind,
        documents.map((d) => d.id),
      );
      const newer = documents.filter((d) => (held.get(d.id) ?? -1) <= d.version);
      const words = this.newWords(kind, state.built_at, newer);
      const tasks: number[] = [];
      // Words first: a document is never there without the words that find it.
      if (words.length > 0) tasks.push(await this.add(this.uid(kind, 'words'), words));
      if (newer.length > 0)
        tasks.push(await this.add(this.uid(kind, 'documents'), newer.map(storedDocument)));
      try {
        for (const task of tasks) await this.client.done(task);
      } catch (error) {
        this.known.delete(kind);
        throw error;
      }
    });
  }

  /** The server would make an index that is missing, without settings: nothing is written before one was built. */
  private async current(kind: IndexKind): Promise<BuiltState> {
    const state = await builtState(this.client, kind);
    if (state?.fingerprint === FINGERPRINT) return state;
    throw new MeiliRefused(
      'index_outdated',
      `The index of ${kind} is missing or has settings of another version.`,
    );
  }

  private newWords(
    kind: IndexKind,
    builtAt: string,
    documents: readonly SearchDocument[],
  ): Record<string, unknown>[] {
    let known = this.known.get(kind);
    if (known?.builtAt !== builtAt || known.words.size > KNOWN_WORDS_LIMIT)
      this.known.set(kind, (known = { builtAt, words: new Set() }));
    return freshWords(known.words, documents);
  }

  private add(uid: string, documents: Record<string, unknown>[]): Promise<number> {
    return this.client.hand((c) => c.index(uid).addDocuments(documents, PRIMARY));
  }

  remove(kind: IndexKind, removals: readonly Removal[]): Promise<void> {
    if (removals.length === 0) return Promise.resolve();
    return this.inTurn(async () => {
      await this.current(kind);
      const held = await this.versions(
        kind,
        removals.map((r) => r.id),
      );
      const gone = removals.filter((r) => (held.get(r.id) ?? Infinity) <= r.version).map((r) => r.id);
      if (gone.length > 0)
        await this.client.run((c) => c.index(this.uid(kind, 'documents')).deleteDocuments(gone));
    });
  }

  /** Builds fresh indexes with the present settings beside the live ones and puts them in their place at once. */
  async rebuild(
    kind: IndexKind,
    batches: AsyncIterable<readonly SearchDocument[]>,
    steps?: RebuildSteps,
  ): Promise<number> {
    if (!steps?.resume) await this.createNext(kind);
    const count = await this.load(kind, batches, steps);
    await this.inTurn(() => this.putInPlace(kind));
    return count;
  }

  private async exists(uid: string): Promise<boolean> {
    try {
      await this.client.manage((c) => c.getRawIndex(uid));
      return true;
    } catch (error) {
      if (error instanceof MeiliRefused && error.code === 'index_not_found') return false;
      throw error;
    }
  }

  /** Settings before documents: else every document would be read twice. */
  private async createNext(kind: IndexKind): Promise<void> {
    const tasks: number[] = [];
    for (const role of ROLES) {
      const uid = this.uid(kind, role, true);
      if (await this.exists(uid)) tasks.push(await this.client.hand((c) => c.deleteIndex(uid)));
      tasks.push(await this.client.hand((c) => c.createIndex(uid, PRIMARY)));
      tasks.push(await this.client.hand((c) => c.index(uid).updateSettings(SETTINGS[role])));
    }
    for (const task of tasks) await this.client.done(task);
  }

  private async load(
    kind: IndexKind,
    batches: AsyncIterable<readonly SearchDocument[]>,
    steps?: RebuildSteps,
  ): Promise<number> {
    const seen = new Set<string>();
    const under: { tasks: number[]; safe: string | null }[] = [];
    const parcel = { documents: new Parcel(), words: new Parcel() };
    let [count, lastId, most] = [0, '', FIRST_CHARS];
    const settle = async (left: number) => {
      while (under.length > left) {
        const first = under.shift();
        if (!first) return;
        for (const task of first.tasks) await this.client.done(task);
        // Documents whose words are still to come do not count yet.
        if (first.safe !== null) await steps?.loaded(first.safe);
      }
    };
    const send = async (last: boolean) => {
      const complete = last || parcel.words.chars >= WORDS_CHARS;
      const tasks: number[] = [];
      for (const role of complete ? ROLES : (['documents'] as const))
        if (parcel[role].chars > 0) tasks.push(await this.addText(kind, role, parcel[role].take()));
      under.push({ tasks, safe: complete ? lastId : null });
      most = Math.min(2 * most, BATCH_CHARS);
      await settle(AHEAD);
    };
    for await (const batch of batches) {
      count += batch.length;
      for (const document of batch) parcel.documents.put(storedDocument(document));
      for (const word of freshWords(seen, batch)) parcel.words.put(word);
      lastId = batch.at(-1)?.id ?? lastId;
      if (parcel.documents.chars >= most) await send(false);
    }
    if (parcel.documents.chars + parcel.words.chars > 0) await send(true);
    await settle(0);
    return count;
  }

  private addText(kind: IndexKind, role: Role, json: string): Promise<number> {
    const uid = this.uid(kind, role, true);
    return this.client.hand((c) => c.index(uid).addDocumentsFromString(json, 'application/json', PRIMARY));
  }

  private async putInPlace(kind: IndexKind): Promise<void> {
    const swaps: { indexes: [string, string]; rename: boolean }[] = [];
    for (const role of ROLES) {
      const live = this.uid(kind, role);
      // The first time there is nothing to swap with.
      const rename = !(await this.exists(live));
      const next = this.uid(kind, role, true);
      swaps.push({ indexes: rename ? [next, live] : [live, next], rename });
    }
    await this.client.run((c) => c.swapIndexes(swaps));
    this.known.delete(kind);
    await this.noteBuilt(kind);
    const old: number[] = [];
    for (const { indexes, rename } of swaps)
      if (!rename) old.push(await this.client.hand((c) => c.deleteIndex(indexes[1])));
    for (const task of old) await this.client.done(task);
  }

  private async noteBuilt(kind: IndexKind): Promise<void> {
    const state: BuiltState = { id: kind, fingerprint: FINGERPRINT, built_at: new Date().toISOString() };
    await this.client.run((c) => c.index(stateUid(this.client.prefix)).addDocuments([state], PRIMARY));
    const found = await builtState(this.client, kind);
    if (found?.fingerprint !== FINGERPRINT) throw new MeiliTaskFailed(`The state of ${kind} was not kept.`);
  }
}

function freshWords(known: Set<string>, documents: readonly SearchDocument[]): Record<string, unknown>[] {
  const fresh: Record<string, unknown>[] = [];
  for (const document of documents)
    for (const word of document.vocabulary) {
      const key = word.field + word.word;
      if (known.has(key)) continue;
      known.add(key);
      fresh.push(storedWord(word));
    }
  return fresh;
}

/** Documents on their way to the server, as text. */
class Parcel {
  chars = 0;
  private lines: string[] = [];

  put(document: Record<string, unknown>): void {
    const line = JSON.stringify(document);
    this.lines.push(line);
    this.chars += line.length;
  }

  /** All of them; empty afterwards. */
  take(): string {
    const json = `[${this.lines.join(',')}]`;
    this.lines = [];
    this.chars = 0;
    return json;
  }
}
