import { createServer } from 'vite';
import { followLauncher, reportReady } from './child-life.ts';
import { config } from '#lib/server/platform/config.ts';

// Vite's server with reload on change, below the launcher.
const { host, port } = config();
const server = await createServer({ server: { host, port, strictPort: true } });
let stopping = false;
const stop = () => {
  if (stopping) return;
  stopping = true;
  void server.close().finally(() => process.exit(0));
};
followLauncher(stop);
process.on('SIGTERM', stop);
await server.listen();
reportReady();
