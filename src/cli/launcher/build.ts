import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBuild, holdBuild, makeCurrent, placeBuild, removeOldBuilds } from './builds.ts';
import { withLock } from './file-lock.ts';
import { LaunchError } from './launch-error.ts';
import { environmentWith } from '#lib/server/platform/config.ts';

const FILES = ['package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];
const FOLDERS = ['src', 'static'];

/** Sources that are being edited are not built for ever. */
const MOST_BUILDS = 3;

export interface Build {
  /** Relative to the root of the clone. Stays as it is for as long as this process runs. */
  folder: string;
  made: boolean;
}

/**
 * Builds the web application unless there is a build of the very same sources. Builds of other sources, and who runs
 * from them, are left alone. `signal` breaks it off.
 */
export async function ensureBuilt(signal?: AbortSignal): Promise<Build> {
  return withLock(join('node_modules', '.build-lock.json'), async () => {
    const { hash, folder, made } = await buildOf(signal);
    makeCurrent(hash);
    holdBuild(folder);
    removeOldBuilds();
    return { folder, made };
  });
}

async function buildOf(signal?: AbortSignal): Promise<Build & { hash: string }> {
  let hash = hashOfSources();
  for (let builds = 0; builds < MOST_BUILDS; builds += 1) {
    const known = findBuild(hash);
    if (known !== null) return { hash, folder: known, made: false };
    await runVite(signal);
    const after = hashOfSources();
    if (after === hash) return { hash, folder: placeBuild(hash), made: true };
    // Sources that changed under the build: nobody knows which of both it was made from.
    hash = after;
  }
  throw new LaunchError('The sources kept changing while they were built. Start again when they rest.');
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
