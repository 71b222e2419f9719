import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { LaunchError } from './launch-error.ts';

/** Creates DATA_DIR when absent and proves that it can be written. Throws {@link LaunchError}. */
export function requireWritable(dataDir: string): void {
  const probe = join(dataDir, `.write-test-${process.pid}`);
  try {
    // 0711: as root the database server runs as another user, who must be able to pass through.
    mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new LaunchError(
      `DATA_DIR ${dataDir} cannot be written: ${messageOf(error)}.\n` +
        'Give this user the right to write there, or set DATA_DIR to another folder.',
    );
  }
}

/** Proves that the address is free by listening on it for a moment. Throws {@link LaunchError}. */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | null>((done) => {
    const server = createServer();
    server.once('error', done);
    server.listen({ host, port }, () => server.close(() => done(null)));
  });
  if (error === null) return;
  const reasons: Record<string, string> = {
    EADDRINUSE: `PORT ${port} on ${host} is taken by another program.\nStop that program, or set another PORT, such as PORT=${port + 1}.`,
    EACCES: `PORT ${port} may not be used by this user.\nSet a PORT from 1024 on.`,
    EADDRNOTAVAIL: `HOST ${host} is not an address of this machine.\nSet HOST to 127.0.0.1, or to 0.0.0.0 for all addresses.`,
    ENOTFOUND: `HOST ${host} is not known.\nSet HOST to 127.0.0.1, or to 0.0.0.0 for all addresses.`,
  };
  throw new LaunchError(
    reasons[error.code ?? ''] ?? `PORT ${port} on ${host} cannot be used: ${error.message}.`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
