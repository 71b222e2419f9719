import { get, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { currentBuild, holdBuild } from './builds.ts';
import { followLauncher, reportReady } from './child-life.ts';
import { requireFileStore } from './file-check.ts';
import { treatLoopbackNamesAlike } from './loopback.ts';
import { config } from '#lib/server/platform/config.ts';

// The built web application below the launcher (or alone, in a container). adapter-node listens, and on
// SIGTERM answers the open requests before it ends.
followLauncher(() => process.kill(process.pid, 'SIGTERM'));
const { host, port, origin, originIsLocal } = config();
// Aside: a bucket that takes its time does not hold up the start.
void requireFileStore();
if (originIsLocal) treatLoopbackNamesAlike(origin);
const folder = process.argv[2] ?? currentBuild();
if (folder === null) {
  process.stderr.write('There is no build yet. Make one with: npm run build\n');
  process.exit(1);
}
// Pages are loaded from it when they are first asked for.
holdBuild(folder);
const built = (await import(pathToFileURL(resolve(join(folder, 'index.js'))).href)) as {
  server: { server: Server };
};
// adapter-node closes idle connections when a request ends, which misses those whose body came in late.
process.once('SIGTERM', () => setInterval(() => built.server.server.closeIdleConnections(), 200).unref());

const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
const address = `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}/readyz`;
let ends = false;
process.once('SIGTERM', () => (ends = true));
while (!ends && !(await isReady())) await new Promise((done) => setTimeout(done, 50));
if (!ends) reportReady();

/** Answers once the database is there and migrated, which also warms up the first page. */
function isReady(): Promise<boolean> {
  return new Promise((done) => {
    // Without keep-alive: an open connection would hold up the stop.
    get(address, { agent: false }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    }).on('error', () => done(false));
  });
}
