import { Meilisearch, MeilisearchApiError, type MultiSearchQuery, type Task } from 'meilisearch';
import { z } from 'zod';
import { keptAlive } from '#lib/server/search/meili-http.ts';
import { isSupported, SUPPORTED_VERSIONS } from '#lib/server/search/meili-settings.ts';
import { log } from '#lib/server/platform/log.ts';

/** The connection to a Meilisearch server: time limits, keys, typed errors, answers checked before they are used. */

/** The search server did not do what was asked. */
export class MeiliError extends Error {
  override name = 'MeiliError';
}
/** Refused, away, too slow, or answering with a fault of its own. */
export class MeiliUnavailable extends MeiliError {
  override name = 'MeiliUnavailable';
}
/** Answered in a shape that it should not have. */
export class MeiliNonsense extends MeiliError {
  override name = 'MeiliNonsense';
}
/** Refused a request as wrong: an index is missing, has other settings, or the key does not fit. */
export class MeiliRefused extends MeiliError {
  override name = 'MeiliRefused';
  /** The server's name of the fault, such as `index_not_found`. */
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
/** A task was taken on and failed, or was not done in time. */
export class MeiliTaskFailed extends MeiliError {
  override name = 'MeiliTaskFailed';
}

export interface MeiliTimeouts {
  /** Milliseconds for one search with all its requests. */
  readonly queryMs: number;
  /** Milliseconds for a request that writes or asks for the state. */
  readonly requestMs: number;
  /** Milliseconds for a task to be done, from when it is taken on. */
  readonly taskMs: number;
}

const TIMEOUTS: MeiliTimeouts = { queryMs: 1000, requestMs: 30_000, taskMs: 600_000 };

export interface MeiliOptions {
  readonly url: string;
  /** Master key or a key that may do everything with the indexes and read and make keys; null: a server without keys. */
  readonly key: string | null;
  readonly timeouts?: Partial<MeiliTimeouts>;
  /** First part of the names of all indexes. */
  readonly prefix?: string;
}

/** The fixed id of the search-only key, so that every process finds the same one. */
function keyUid(prefix: string): string {
  const hex = [...Buffer.from(prefix)].reduce((n, byte) => (n * 31 + byte) % 0xffff_ffff, 7).toString(16);
  return `6d1c5f0a-5e5c-4b7e-9a40-0000${hex.padStart(8, '0')}`;
}

const searchAnswer = z.object({
  results: z.array(
    z.object({
      indexUid: z.string(),
      hits: z.array(z.unknown()),
      estimatedTotalHits: z.int().min(0),
      facetDistribution: z.record(z.string(), z.record(z.string(), z.int().min(0))).optional(),
    }),
  ),
});
export type SearchAnswer = z.infer<typeof searchAnswer>['results'][number];

const POLL_MS = 15;

export class MeiliClient {
  readonly prefix: string;
  readonly timeouts: MeiliTimeouts;
  private readonly options: MeiliOptions;
  private readonly admin: Meilisearch;
  private searcher: Promise<Meilisearch> | null = null;

  constructor(options: MeiliOptions) {
    this.options = options;
    this.prefix = options.prefix ?? 'gwangmaek';
    this.timeouts = { ...TIMEOUTS, ...options.timeouts };
    this.admin = this.connection(options.key, this.timeouts.requestMs);
  }

  private connection(key: string | null, timeout: number): Meilisearch {
    return new Meilisearch({
      ...{ host: this.options.url, timeout, httpClient: keptAlive },
      ...(key === null ? {} : { apiKey: key }),
    });
  }

  /** A signal that fires when a search has taken too long, or when the caller gives up. */
  searchSignal(signal?: AbortSignal): AbortSignal {
    const late = AbortSignal.timeout(this.timeouts.queryMs);
    return signal ? AbortSignal.any([signal, late]) : late;
  }

  /** Several searches in one request, answered in their order. Uses the search-only key. */
  async search(queries: readonly MultiSearchQuery[], signal: AbortSignal): Promise<SearchAnswer[]> {
    if (queries.length === 0) return [];
    const answer = await this.call(async () => {
      const searcher = await this.searchOnly();
      return await searcher.multiSearch({ queries: [...queries] }, { signal });
    });
    const { results } = read(searchAnswer, answer);
    if (results.length !== queries.length || results.some((r, i) => r.indexUid !== queries[i]?.indexUid))
      throw new MeiliNonsense('The server answered other searches than were asked.');
    return results;
  }

  /** Asks the server with the key of the server; the answer is unchecked. */
  async manage<T>(work: (client: Meilisearch) => Promise<T>): Promise<T> {
    return await this.call(() => work(this.admin));
  }

  /** Hands a task over and waits until it is done. A failed task is an error. */
  async run(enqueue: (client: Meilisearch) => PromiseLike<{ taskUid: number }>): Promise<void> {
    await this.done(await this.hand(enqueue));
  }

  /** Hands a task over without waiting. */
  async hand(enqueue: (client: Meilisearch) => PromiseLike<{ taskUid: number }>): Promise<number> {
    const { taskUid } = read(
      z.object({ taskUid: z.int() }),
      await this.call(async () => await enqueue(this.admin)),
    );
    return taskUid;
  }

  /** Waits for a task. */
  async done(taskUid: number): Promise<void> {
    const { taskMs } = this.timeouts;
    const task: Task = await this.call(() =>
      this.admin.tasks.waitForTask(taskUid, { timeout: taskMs, interval: POLL_MS }),
    );
    if (task.status !== 'succeeded')
      throw new MeiliTaskFailed(
        `Task ${taskUid} (${task.type}) ended as ${task.status}: ${task.error?.message ?? 'no reason given'}`,
      );
  }

  /** The version of the server; one that this is not made for is warned of. */
  async version(signal?: AbortSignal): Promise<string> {
    const answer = await this.call(() =>
      this.admin.httpRequest.get({ path: 'version', extraRequestInit: signal ? { signal } : {} }),
    );
    return read(z.object({ pkgVersion: z.string() }), answer).pkgVersion;
  }

  /** Takes away all indexes under the prefix and the search-only key. */
  async drop(): Promise<void> {
    const held = await this.manage((c) => c.getRawIndexes({ limit: 1000 }));
    const { results } = read(z.object({ results: z.array(z.object({ uid: z.string() })) }), held);
    for (const { uid } of results)
      if (uid.startsWith(`${this.prefix}_`)) await this.run((c) => c.deleteIndex(uid));
    this.searcher = null;
    if (this.options.key === null) return;
    try {
      await this.manage((c) => c.deleteKey(keyUid(this.prefix)));
    } catch (error) {
      if (!(error instanceof MeiliRefused)) throw error;
    }
  }

  private searchOnly(): Promise<Meilisearch> {
    this.searcher ??= this.start().catch((error: unknown) => {
      this.searcher = null;
      throw error;
    });
    return this.searcher;
  }

  /** At the first search: looks at the version, and derives the key that searches and can do nothing else. */
  private async start(): Promise<Meilisearch> {
    const version = await this.version();
    if (!isSupported(version))
      log.warn(
        { version, from: SUPPORTED_VERSIONS.from, before: SUPPORTED_VERSIONS.before },
        'this version of the search server is not one that was tested',
      );
    const key = this.options.key === null ? null : await this.searchKey();
    return this.connection(key, this.timeouts.queryMs);
  }

  private async searchKey(): Promise<string | null> {
    const uid = keyUid(this.prefix);
    const shape = z.object({ key: z.string() });
    try {
      return read(shape, await this.admin.getKey(uid)).key;
    } catch (error) {
      const code = codeOf(error);
      // The key that was given may not see keys: then it is used as it is.
      if (code === 'invalid_api_key' || code === 'missing_authorization_header') return this.options.key;
      if (code !== 'api_key_not_found') throw error;
    }
    try {
      const made = await this.admin.createKey({
        ...{ uid, name: 'Gwangmaek search', description: 'Searches and nothing else' },
        ...{ actions: ['search'], indexes: [`${this.prefix}_*`], expiresAt: null },
      });
      return read(shape, made).key;
    } catch (error) {
      // Another process was quicker.
      if (codeOf(error) !== 'api_key_already_exists') throw error;
      return read(shape, await this.admin.getKey(uid)).key;
    }
  }

  private async call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw typed(error);
    }
  }
}

/** An answer in the shape it should have, or {@link MeiliNonsense}. */
export function read<T>(shape: z.ZodType<T>, answer: unknown): T {
  const parsed = shape.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new MeiliNonsense(
    `Unexpected answer of the search server: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}

/** The server's own error, which the package wraps once more. */
function apiError(error: unknown): MeilisearchApiError | null {
  if (error instanceof MeilisearchApiError) return error;
  return error instanceof Error && error.cause instanceof MeilisearchApiError ? error.cause : null;
}

const codeOf = (error: unknown): string | null => apiError(error)?.cause?.code ?? null;

function typed(error: unknown): Error {
  if (error instanceof MeiliError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const told = apiError(error);
  if (told && told.response.status < 500)
    return new MeiliRefused(
      told.cause?.code ?? String(told.response.status),
      told.cause?.message ?? told.message,
      { cause },
    );
  // What is no JSON arrives as a SyntaxError.
  if (cause instanceof SyntaxError || cause.cause instanceof SyntaxError)
    return new MeiliNonsense('The search server answered with something that is no JSON.', { cause });
  return new MeiliUnavailable(`The search server did not answer: ${cause.message}`, { cause });
}
