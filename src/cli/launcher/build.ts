import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './file-lock.ts';
import { LaunchError } from './launch-error.ts';
import { environmentWith } from '#lib/server/platform/config.ts';

const STAMP = join('build', '.sources');
const FILES = ['package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];
const FOLDERS = ['src', 'static'];

/** Builds the web application unless `build/` was made from the very same sources. `signal` breaks it off. */
export async function ensureBuilt(signal?: AbortSignal): Promise<'built' | 'reused'> {
  return withLock(join('node_modules', '.build-lock.json'), async () => {
    const hash = hashOfSources();
    if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return 'reused';
    rmSync(STAMP, { force: true });
    await runVite(signal);
    writeFileSync(STAMP, hash);
    return 'built';
  });
}

/** Command line, worker and tests run from their sources and do not enter the build. */
function isBuilt(path: string): boolean {
  return (
    !path.startsWith(join('src', 'cli')) && path !== join('src', 'worker.ts') && !path.endsWith('.test.ts')
  );
}

function hashOfSources(): string {
  const found = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const hash = createHash('sha256');
  for (const path of [...FILES, ...found.filter(isBuilt).sort()]) {
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function runVite(signal?: AbortSignal): Promise<void> {
  const child = spawn(process.execPath, [join('node_modules', 'vite', 'bin', 'vite.js'), 'build'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentWith({ NODE_ENV: 'production', FORCE_COLOR: undefined }),
    ...(signal ? { signal } : {}),
  });
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-8000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((done, refuse) => {
    child.on('error', (error) => refuse(signal?.aborted ? signal.reason : error));
    child.on('close', (code) => {
      if (code === 0) done();
      else refuse(new LaunchError(`The build failed:\n${output.trim()}`));
    });
  });
}
