import { Agent, request } from 'node:http';

export interface Shot {
  ms: number;
  status: number;
  bytes: number;
}

/** The same for all requests, or of the n-th one. */
type Headers = Record<string, string> | ((n: number) => Record<string, string>);

const headersOf = (headers: Headers | undefined, n: number) =>
  typeof headers === 'function' ? headers(n) : headers;

interface Load {
  /** Requests a second, started on the second's clock whatever the answers do (open loop). */
  rate: number;
  seconds: number;
  /** Address of the n-th request; always on the loopback. */
  url(n: number): string;
  headers?: Headers;
  signal?: AbortSignal;
}

/**
 * Sends a steady rate and measures each answer from the moment it was due, so that a slow server cannot hide behind
 * a slow client. Bounded in count and time.
 */
export async function steadyLoad(load: Load): Promise<Shot[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const shots: Promise<Shot>[] = [];
  const began = performance.now();
  const total = Math.round(load.rate * load.seconds);
  for (let n = 0; n < total; n += 1) {
    load.signal?.throwIfAborted();
    const due = began + (n * 1000) / load.rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    shots.push(shoot(load.url(n), agent, due, headersOf(load.headers, n)));
  }
  const results = await Promise.all(shots);
  agent.destroy();
  return results;
}

/** One after the other, as fast as the answers come. */
export async function oneByOne(
  count: number,
  url: (n: number) => string,
  headers?: Headers,
): Promise<Shot[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const shots: Shot[] = [];
  for (let n = 0; n < count; n += 1)
    shots.push(await shoot(url(n), agent, performance.now(), headersOf(headers, n)));
  agent.destroy();
  return shots;
}

/** Requests one after the other, each when it is asked for, over a connection that stays open. Every answer must be a 200. */
export function oneAtATime() {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    /** Milliseconds to the end of the answer. */
    async shoot(url: string, headers?: Record<string, string>): Promise<number> {
      const shot = await shoot(url, agent, performance.now(), headers);
      requireOk([shot], url);
      return shot.ms;
    },
    close: () => agent.destroy(),
  };
}

function shoot(url: string, agent: Agent, due: number, headers: Record<string, string> = {}): Promise<Shot> {
  return new Promise((done, refuse) => {
    const call = request(url, { agent, headers, timeout: 30_000 }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () =>
        done({ ms: performance.now() - due, status: response.statusCode ?? 0, bytes }),
      );
      response.on('error', refuse);
    });
    call.on('timeout', () => call.destroy(new Error(`no answer in time: ${url}`)));
    call.on('error', refuse);
    call.end();
  });
}

/** Throws when an answer was not a 200: a fast error is no result. */
export function requireOk(shots: readonly Shot[], what: string): void {
  const bad = shots.filter(({ status }) => status !== 200);
  if (bad.length > 0)
    throw new Error(`${what}: ${bad.length} of ${shots.length} answers were ${bad[0]?.status}`);
}
