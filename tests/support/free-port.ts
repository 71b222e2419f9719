import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections, so that none takes a port before it is listened on, and
 * above the last one that browsers refuse to open (10080).
 */
const LOWEST = 11_000;
/** Ports of one worker of the test run; those of another are never handed out. */
const ROOM = 1000;
const ROOMS = 20;

/** A port that nobody listens on, and that no other worker of this run is given. */
export async function freePort(): Promise<number> {
  const room = Number(process.env['VITEST_POOL_ID'] ?? 0) % ROOMS;
  for (let tries = 0; tries < ROOM; tries += 1) {
    const port = LOWEST + room * ROOM + Math.floor(Math.random() * ROOM);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free.');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
