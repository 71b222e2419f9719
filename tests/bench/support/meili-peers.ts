import { Agent, createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kysely } from 'kysely';
import { Meilisearch, type EnqueuedTask } from 'meilisearch';
import type { MeiliProcess } from '../../support/meili-process.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { Held } from '#lib/server/search/held.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { createMeiliEngine } from '#lib/server/search/meili.ts';
import { storedDocument, storedWord } from '#lib/server/search/meili-document.ts';
import { SETTINGS, type IndexRole } from '#lib/server/search/meili-settings.ts';
import { drawVersion, idsAfter } from '#lib/server/search/source-queries.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** What the server does by itself with the very requests and documents of our engine: the difference is our own. */

const TASK_MS = 1_200_000;
const READ = 500;
/** Documents of a plain batch. */
const BATCH = 4000;

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
  agent: Agent,
): Promise<{ status: number; text: string }> {
  return new Promise((done, refuse) => {
    const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const call = ask(url, { method, agent, headers: { ...headers, ...length } }, (answer) => {
      textOf(answer).then((text) => done({ status: answer.statusCode ?? 0, text }), refuse);
    });
    call.on('error', refuse);
    call.end(body);
  });
}

/** The bodies of the search requests of one query: those that are sent at once together, one such group after the other. */
export type Recorded = readonly (readonly string[])[];

/** For each query the search requests that the engine sends for a first page. */
export async function recordRequests(
  db: Kysely<Database>,
  server: MeiliProcess,
  queries: readonly string[],
): Promise<Recorded[]> {
  const agent = new Agent({ keepAlive: true });
  let seen: string[][] = [];
  let open = 0;
  const between = createServer((asked, answer) => {
    const pass = async () => {
      const body = await textOf(asked);
      const isSearch = asked.url === '/multi-search';
      if (isSearch) {
        if (open > 0) seen.at(-1)?.push(body);
        else seen.push([body]);
        open += 1;
        answer.once('close', () => (open -= 1));
      }
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (asked.headers.authorization) headers['authorization'] = asked.headers.authorization;
      const { status, text } = await send(
        server.url + asked.url,
        asked.method ?? 'GET',
        headers,
        body,
        agent,
      );
      answer.writeHead(status, { 'content-type': 'application/json' }).end(text);
    };
    pass().catch(() => answer.destroy());
  });
  await new Promise<void>((done) => between.listen(0, '127.0.0.1', done));
  const { port } = between.address() as AddressInfo;
  const held = new Held(db);
  await held.warm();
  const engine = createMeiliEngine({
    ...{ url: `http://127.0.0.1:${port}`, key: server.key, timeouts: { queryMs: 30_000 } },
    known: async (kind) => {
      const view = await held.upToDate(kind);
      return view && { view, exact: true };
    },
  });
  const recorded: Recorded[] = [];
  for (const q of queries) {
    seen = [];
    await engine.query({ kind: 'company', q, audience: { kind: 'public' }, facets: true, limit: 20 });
    recorded.push(seen);
  }
  between.closeAllConnections();
  await new Promise((done) => between.close(done));
  agent.destroy();
  return recorded;
}

/** Sends the recorded requests of a query straight to the server, over connections that stay open. */
export function straightTo(server: MeiliProcess) {
  const agent = new Agent({ keepAlive: true });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.key}` };
  const one = async (body: string) => {
    const { status } = await send(`${server.url}/multi-search`, 'POST', headers, body, agent);
    if (status !== 200) throw new Error(`the server answered ${status}`);
  };
  return {
    async ask(recorded: Recorded): Promise<void> {
      for (const together of recorded) await Promise.all(together.map(one));
    },
    close: () => agent.destroy(),
  };
}

type Batches = Record<IndexRole, Buffer[]>;

/** The documents and words of a kind just as the engine stores them, in plain batches of JSON. */
async function storedBatches(db: Kysely<Database>, kind: IndexKind): Promise<Batches> {
  const batches: Batches = { documents: [], words: [] };
  const lines: Record<IndexRole, string[]> = { documents: [], words: [] };
  const seen = new Set<string>();
  const pack = (role: IndexRole, least: number) => {
    if (lines[role].length < least) return;
    batches[role].push(Buffer.from(`[${lines[role].join(',')}]`));
    lines[role] = [];
  };
  for (let last = ''; ;) {
    const ids = await idsAfter(db, kind, last, READ);
    const next = ids.at(-1);
    if (next === undefined) break;
    last = next;
    for (const document of await documentsOf(db, lexicon(), kind, ids, await drawVersion(db))) {
      lines.documents.push(JSON.stringify(storedDocument(document)));
      for (const word of document.vocabulary) {
        if (seen.has(word.field + word.word)) continue;
        seen.add(word.field + word.word);
        lines.words.push(JSON.stringify(storedWord(word)));
      }
    }
    pack('documents', BATCH);
    pack('words', BATCH);
  }
  pack('documents', 1);
  pack('words', 1);
  return batches;
}

/** Milliseconds of putting our documents and words into indexes with our settings, made ready beforehand. */
export async function loadSameDocuments(db: Kysely<Database>, server: MeiliProcess): Promise<number> {
  const batches = await storedBatches(db, 'company');
  const client = new Meilisearch({ host: server.url, apiKey: server.key });
  const began = performance.now();
  const last: EnqueuedTask[] = [];
  for (const role of ['words', 'documents'] as const) {
    const uid = `same_company_${role}`;
    const index = client.index(uid);
    await client.createIndex(uid, { primaryKey: 'id' });
    let task = await index.updateSettings(SETTINGS[role]);
    for (const batch of batches[role])
      task = await index.addDocumentsFromString(batch.toString('utf8'), 'application/json');
    last.push(task);
  }
  for (const task of last) await client.tasks.waitForTask(task, { timeout: TASK_MS });
  const took = performance.now() - began;
  for (const role of ['words', 'documents']) await client.deleteIndex(`same_company_${role}`).waitTask();
  return took;
}
