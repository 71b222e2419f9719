import { spawn } from 'node:child_process';
import { environmentWith } from '#lib/server/platform/config.ts';

export interface RunningWorker {
  stop(): Promise<void>;
}

/** Starts the worker process and waits until it takes jobs. */
export async function startWorker(env: Record<string, string>): Promise<RunningWorker> {
  const child = spawn(process.execPath, ['src/worker.ts'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: environmentWith({ NODE_ENV: 'production', LOG_LEVEL: 'error', ...env }),
  });
  await new Promise<void>((done, refuse) => {
    child.once('message', () => done());
    child.once('exit', (code) => refuse(new Error(`The worker ended with code ${code}.`)));
  });
  return {
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null) return done();
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}
