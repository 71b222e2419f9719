import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

export interface RunningServer {
  origin: string;
  pid: number;
  stop(): Promise<void>;
}

/** Starts a built server on a free port of the loopback and waits until it answers. */
export async function startServer(
  script: string,
  env: Record<string, string>,
  ready: string,
): Promise<RunningServer> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      ORIGIN: origin,
      LOG_LEVEL: 'error',
      ...env,
    },
  });
  const stop = () =>
    new Promise<void>((done) => {
      if (child.exitCode !== null) return done();
      child.once('exit', () => done());
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    });
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${script} ended with code ${child.exitCode}`);
    const answered = await fetch(origin + ready).then(
      (response) => response.ok,
      () => false,
    );
    if (answered && child.pid !== undefined) return { origin, pid: child.pid, stop };
    await new Promise((done) => setTimeout(done, 100));
  }
  await stop();
  throw new Error(`${script} did not answer on ${ready}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
