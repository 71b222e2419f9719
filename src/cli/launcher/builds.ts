import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isRunning, ownMark, type ProcessMark } from './process-mark.ts';

/**
 * The builds of this clone: `build/<hash of what it was made from>/`, complete from the moment it has its name and
 * never written to again, so that a server which runs from one can load the rest of it at any time.
 * `build/current` names the one made or asked for last, `build/.users/` who runs from which.
 */

const ROOT = 'build';
/** Where a build is made (svelte.config.js says so too); one at a time, under the lock of build.ts. */
const UNFINISHED = join(ROOT, 'unfinished');
const CURRENT = join(ROOT, 'current');
const USERS = join(ROOT, '.users');
const NAME = /^[0-9a-f]{64}$/;
const REMOVED = '.removed';
/** The last builds stay, so that going back and forth between two versions builds nothing. */
const KEPT = 3;

/** The folder of a build by its hash; null when it was not made. */
export function findBuild(hash: string): string | null {
  const folder = join(ROOT, hash);
  return existsSync(folder) ? folder : null;
}

/** Puts the build just made in place, at once and whole. */
export function placeBuild(hash: string): string {
  const folder = join(ROOT, hash);
  renameSync(UNFINISHED, folder);
  return folder;
}

/** Makes a build the one that a web process runs which is not told of any. */
export function makeCurrent(hash: string): void {
  const now = new Date();
  utimesSync(join(ROOT, hash), now, now);
  const own = `${CURRENT}.${process.pid}`;
  writeFileSync(own, `${hash}\n`);
  renameSync(own, CURRENT);
}

/** The folder of the current build; null when nothing was built. */
export function currentBuild(): string | null {
  try {
    return findBuild(readFileSync(CURRENT, 'utf8').trim());
  } catch {
    return null;
  }
}

/** Keeps a build from being removed for as long as this process runs. */
export function holdBuild(folder: string): void {
  const mark = join(USERS, `${folder.slice(ROOT.length + 1)}.${process.pid}`);
  try {
    mkdirSync(USERS, { recursive: true });
    writeFileSync(mark, JSON.stringify(ownMark()));
  } catch {
    // Whoever may not write here, as in a container, runs from what nobody builds anew.
    return;
  }
  process.once('exit', () => rmSync(mark, { force: true }));
}

/** Removes builds beyond the last ones that no process runs from. */
export function removeOldBuilds(): void {
  const used = usedBuilds();
  const names = readdirSync(ROOT).filter((name) => NAME.test(name));
  const made = new Map(names.map((name) => [name, statSync(join(ROOT, name)).mtimeMs]));
  const newestFirst = names.sort((a, b) => (made.get(b) ?? 0) - (made.get(a) ?? 0));
  for (const name of newestFirst.slice(KEPT)) {
    // By another name first: half a build must not be taken for a whole one.
    if (!used.has(name)) renameSync(join(ROOT, name), join(ROOT, name + REMOVED));
  }
  for (const name of readdirSync(ROOT)) {
    if (name.endsWith(REMOVED)) rmSync(join(ROOT, name), { recursive: true, force: true });
  }
}

/** Names of the builds that processes run from; marks of those that have ended are cleared away. */
function usedBuilds(): Set<string> {
  const used = new Set<string>();
  if (!existsSync(USERS)) return used;
  for (const file of readdirSync(USERS)) {
    const holder = readMark(join(USERS, file));
    if (holder === null || isRunning(holder)) used.add(file.split('.')[0] ?? '');
    else rmSync(join(USERS, file), { force: true });
  }
  return used;
}

/** Null while the mark is being written, or when its process has just ended. */
function readMark(path: string): ProcessMark | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessMark;
  } catch {
    return null;
  }
}
