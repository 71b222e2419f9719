import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/**
 * Speaks enough of the Meilisearch protocol to be written to and asked, and fails in the ways a server can. It finds
 * every document of an index whatever is asked: what matters is which engine answers, not what this one finds.
 */

export type Fault = 'refuses' | 'hangs' | '500' | 'nonsense' | 'slow' | 'lost-index' | 'old-settings';

export interface ScriptedMeili {
  readonly url: string;
  /** Fails from now on; null: is well again. Connections under way fail with it. */
  become(fault: Fault | null): Promise<void>;
  /** Says that an index has so many documents. */
  claim(uid: string, documents: number): void;
  stop(): Promise<void>;
}

interface Index {
  documents: Map<string, Record<string, unknown>>;
  settings: Record<string, unknown>;
}

/** The code of the server and the status it comes with. */
class Refusal extends Error {
  readonly status: number;
  constructor(code: string, status = 404) {
    super(code);
    this.status = status;
  }
}

/** How long a slow server takes for each answer: longer than anything that does not wait for it. */
export const SLOW_MS = 60_000;
const document = z.looseObject({ id: z.string() });
const query = z.looseObject({
  indexUid: z.string(),
  limit: z.int().default(20),
  offset: z.int().default(0),
  facets: z.array(z.string()).optional(),
});
const fetched = z.looseObject({
  ids: z.array(z.string()).optional(),
  limit: z.int().default(20),
  offset: z.int().default(0),
});
const swap = z.looseObject({
  indexes: z.tuple([z.string(), z.string()]),
  rename: z.boolean().default(false),
});
const json = z.record(z.string(), z.unknown());

/** The indexes and what can be done with them; every answer is what the real server sends. */
class Indexes {
  private readonly indexes = new Map<string, Index>();
  private tasks = 0;
  readonly claims = new Map<string, number>();
  lost = false;
  old = false;

  answer(method: string, path: string, body: () => unknown): unknown {
    const [head = '', uid = '', part = '', last = ''] = path.split('/').slice(1).map(decodeURIComponent);
    if (head === 'version') return { pkgVersion: '1.50.0', commitSha: '', commitDate: '' };
    if (head === 'health') return { status: 'available' };
    if (head === 'tasks') return this.task(Number(uid), 'succeeded');
    if (head === 'stats') return this.stats();
    if (head === 'multi-search')
      return this.search(z.object({ queries: z.array(query) }).parse(body()).queries);
    if (head === 'swap-indexes') return this.swap(z.array(swap).parse(body()));
    if (head === 'keys') throw new Refusal('missing_master_key', 401);
    if (head === 'indexes') return this.index(method, uid, [part, last], body);
    throw new Refusal('not_found');
  }

  private index(method: string, uid: string, [part, last]: [string, string], body: () => unknown): unknown {
    if (uid === '') {
      const made = z.looseObject({ uid: z.string() }).parse(body()).uid;
      this.indexes.set(made, { documents: new Map(), settings: {} });
      return this.task();
    }
    if (part === 'documents') return this.documents(method, uid, last, body);
    const found = this.found(uid);
    if (part === 'settings') {
      if (method === 'GET') return { ...found.settings, ...(this.old ? { rankingRules: ['words'] } : {}) };
      Object.assign(found.settings, json.parse(body()));
      return this.task();
    }
    if (method === 'DELETE') {
      this.indexes.delete(uid);
      return this.task();
    }
    return { uid, primaryKey: 'id', createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z' };
  }

  private documents(method: string, uid: string, last: string, body: () => unknown): unknown {
    if (last === '') {
      // The real server makes an index that is not there.
      const index = this.indexes.get(uid) ?? { documents: new Map(), settings: {} };
      this.indexes.set(uid, index);
      for (const one of z.array(document).parse(body())) index.documents.set(one.id, one);
      return this.task();
    }
    const index = this.found(uid);
    if (last === 'delete-batch') {
      for (const id of z.array(z.string()).parse(body())) index.documents.delete(id);
      return this.task();
    }
    if (last === 'fetch') {
      const { ids, limit, offset } = fetched.parse(body());
      const all = ids ? ids.flatMap((id) => index.documents.get(id) ?? []) : [...index.documents.values()];
      return { results: all.slice(offset, offset + limit), total: all.length, offset, limit };
    }
    const one = method === 'GET' ? index.documents.get(last) : undefined;
    if (!one) throw new Refusal('document_not_found');
    return one;
  }

  private found(uid: string): Index {
    const index = this.lost && !uid.endsWith('_state') ? undefined : this.indexes.get(uid);
    if (!index) throw new Refusal('index_not_found');
    return index;
  }

  private search(queries: z.infer<typeof query>[]): unknown {
    const results = queries.map(({ indexUid, limit, offset, facets }) => {
      const index = this.found(indexUid);
      const hits = [...index.documents.values()].slice(offset, offset + limit);
      const counted = facets
        ? { facetDistribution: Object.fromEntries(facets.map((facet) => [facet, {}])) }
        : {};
      return { indexUid, hits, estimatedTotalHits: index.documents.size, ...{ limit, offset }, ...counted };
    });
    return { results };
  }

  private stats(): unknown {
    const shown = this.lost ? [] : [...this.indexes];
    const indexes = shown.map(([uid, { documents }]) => {
      const numberOfDocuments = this.claims.get(uid) ?? documents.size;
      return [uid, { numberOfDocuments, isIndexing: false }];
    });
    return { databaseSize: 0, lastUpdate: null, indexes: Object.fromEntries(indexes) as unknown };
  }

  private swap(swaps: z.infer<typeof swap>[]): unknown {
    for (const { indexes, rename } of swaps) {
      const [a, b] = [this.found(indexes[0]), rename ? null : this.found(indexes[1])];
      this.indexes.set(indexes[1], a);
      if (b) this.indexes.set(indexes[0], b);
      else this.indexes.delete(indexes[0]);
    }
    return this.task();
  }

  /** Tasks are done at once. */
  private task(uid = (this.tasks += 1), status = 'enqueued'): unknown {
    const at = '2026-11-01T00:00:00Z';
    return {
      ...{ uid, taskUid: uid, status, indexUid: null, type: 'scripted', enqueuedAt: at },
      error: null,
    };
  }
}

export async function startScriptedMeili(): Promise<ScriptedMeili> {
  const indexes = new Indexes();
  let fault: Fault | null = null;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await bodyOf(request);
    if (fault === 'hangs') return;
    if (fault === 'slow') await sleep(SLOW_MS, undefined, { ref: false });
    if (fault === '500') return send(response, 500, errorOf('internal'));
    if (fault === 'nonsense') return send(response, 200, '<html><body>Welcome</body></html>');
    try {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      const answer = indexes.answer(request.method ?? 'GET', path, () => JSON.parse(text) as unknown);
      send(response, request.method === 'GET' ? 200 : 202, JSON.stringify(answer));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.status, errorOf(error.message));
    }
  }

  const listen = async (port: number): Promise<Server> => {
    const server = createServer((request, response) => {
      handle(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return server;
  };
  const close = (server: Server) =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });

  let server: Server | null = await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async become(next) {
      fault = next;
      indexes.lost = next === 'lost-index';
      indexes.old = next === 'old-settings';
      if (next === 'refuses' && server) {
        await close(server);
        server = null;
      } else if (next !== 'refuses') server ??= await listen(port);
    },
    claim: (uid, documents) => void indexes.claims.set(uid, documents),
    async stop() {
      if (server) await close(server);
      server = null;
    },
  };
}

const errorOf = (code: string): string =>
  JSON.stringify({ message: `The scripted server says ${code}.`, code, type: 'invalid_request', link: '' });

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
