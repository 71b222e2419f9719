// The first thing any of our commands runs: plain JavaScript without dependencies, so that it works on a
// bare clone under the machine's own Node. It installs the packages when they are not those of the lock
// file, then hands over to run.ts on the pinned Node (the npm package `node`).
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const lockFile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.installed');
const modules = join(root, 'node_modules');

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** @param {string} message @returns {never} */
function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

const lockHash = () => createHash('sha256').update(read(lockFile)).digest('hex');

/**
 * Whether npm's own record of what it installed agrees with the lock file. Covers trees installed by hand
 * (`npm ci`, `npm install`), which carry no stamp of ours. npm writes the record last, after the install
 * scripts, so a broken-off installation has none.
 */
function installedByHand() {
  try {
    const wanted = JSON.parse(read(lockFile)).packages;
    const present = JSON.parse(read(join(modules, '.package-lock.json'))).packages;
    return Object.keys(wanted).every((path) => {
      if (path === '') return true;
      if (!present[path]) return wanted[path].optional === true || wanted[path].devOptional === true;
      return present[path].version === wanted[path].version;
    });
  } catch {
    return false;
  }
}

function isInstalled() {
  if (!existsSync(modules)) return false;
  const hash = lockHash();
  if (read(stamp) === hash) return true;
  if (!installedByHand()) return false;
  writeFileSync(stamp, hash);
  return true;
}

/**
 * The machine's own node and npm. Never the node inside node_modules: `npm ci` deletes that folder, and
 * with it the program that is running.
 * @returns {[string, string[]]}
 */
function npmCommand() {
  const npm = process.env.npm_execpath;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((dir) => dir && !dir.startsWith(modules));
  const outside = [
    process.env.npm_node_execpath,
    process.execPath,
    ...folders.map((dir) => join(dir, 'node')),
  ];
  const node = outside.find((path) => path && !path.startsWith(modules) && existsSync(path));
  if (node && npm && npm.endsWith('.js')) return [node, [npm]];
  const found = folders.map((dir) => join(dir, 'npm')).find((path) => existsSync(path));
  return [found ?? 'npm', []];
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** Two commands on one bare clone must not install at once: the later one waits for the earlier one. */
async function takeInstallLock() {
  const path = join(
    tmpdir(),
    `gwangmaek-install-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`,
  );
  for (let told = false; ;) {
    try {
      writeSync(openSync(path, 'wx'), String(process.pid));
      return path;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') return null;
      const owner = Number(read(path));
      if (owner > 0 && !isAlive(owner)) rmSync(path, { force: true });
      if (!told)
        process.stderr.write(`  … Packages: waiting for process ${owner}, which is installing them\n`);
      told = true;
      await new Promise((done) => setTimeout(done, 300));
    }
  }
}

/** Runs `npm ci`, showing the time it takes. Resolves to null, or to the end of npm's output on failure. */
function runNpmCi() {
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(0);
  const terminal = process.stderr.isTTY === true;
  const [program, first] = npmCommand();
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--ignore-scripts=false',
    '--no-audit',
    '--no-fund',
  ];
  const child = spawn(program, [...first, ...args, '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => (output = (output + chunk.toString()).slice(-8000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const stop = () => {
    child.kill('SIGTERM');
    process.exit(143);
  };
  process.on('SIGTERM', stop);
  process.stderr.write(`  … Packages: installing those of package-lock.json\n`);
  const timer = setInterval(
    () =>
      process.stderr.write(terminal ? `\r  … ${seconds()} s` : `  … Packages: installing, ${seconds()} s\n`),
    terminal ? 1000 : 10_000,
  );
  return new Promise((/** @type {(output: string | null) => void} */ done) => {
    const end = (/** @type {string | null} */ result) => {
      clearInterval(timer);
      process.off('SIGTERM', stop);
      if (terminal) process.stderr.write('\r\x1b[K');
      done(result);
    };
    child.on('error', (error) => end(`${program}: ${error.message}`));
    child.on('close', (code) => end(code === 0 ? null : output.trim() || `npm ended with code ${code}`));
  });
}

async function install() {
  const lock = await takeInstallLock();
  try {
    if (isInstalled()) return;
    const began = Date.now();
    rmSync(stamp, { force: true });
    const failure = await runNpmCi();
    if (failure !== null) {
      process.stderr.write(`${failure}\n`);
      fail(
        'The packages could not be installed (npm ci). Nothing else was started. See npm’s message above.',
      );
    }
    writeFileSync(stamp, lockHash());
    process.stderr.write(
      `  ✓ ${'Packages'.padEnd(16)} installed  ${((Date.now() - began) / 1000).toFixed(1)} s\n`,
    );
  } finally {
    if (lock) rmSync(lock, { force: true });
  }
}

/** The pinned Node, or the running one when it is new enough to run our TypeScript. */
function pinnedNode() {
  const path = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const check = spawnSync(path, ['--version'], { encoding: 'utf8' });
  if (check.status === 0) return { path, version: check.stdout.trim() };
  if (Number(process.versions.node.split('.')[0]) >= 24)
    return { path: process.execPath, version: process.version };
  return fail(
    'The pinned Node (npm package "node") is not usable: its install script did not run.\n' +
      'Delete node_modules and start again, or use a Node of version 24 or later.',
  );
}

/** Files of any size go through these commands: a small heap collects often instead of growing. */
const LEAN_COMMANDS = ['import', 'seed'];
const LEAN_FLAGS = ['--optimize-for-size', '--max-semi-space-size=4'];

/**
 * Runs run.ts on the pinned Node and passes signals and the exit code on.
 * @param {string} node @param {string[]} flags
 */
function handOver(node, flags) {
  const child = spawn(node, [...flags, join(root, 'src', 'cli', 'run.ts'), ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  // A terminal sends Ctrl-C to both of us; run.ts takes the second one as a repetition.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
  child.on('error', (error) => fail(`${node}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  fail(`Node ${OLDEST_NODE} or later is needed; this is ${process.version}.`);
}
const began = Date.now();
if (!isInstalled()) await install();
else if (['start', 'dev'].includes(process.argv[2] ?? '')) {
  const took = ((Date.now() - began) / 1000).toFixed(1);
  process.stdout.write(`  ✓ ${'Packages'.padEnd(16)} up to date  ${took} s\n`);
}
const pinned = pinnedNode();
process.chdir(root);
const lean = process.argv[2] === 'cli' && LEAN_COMMANDS.includes(process.argv[3] ?? '');
// Node of the pinned version carries on in this process, which saves a second one.
if (pinned.version === process.version && !lean) await import('./run.ts');
else handOver(pinned.path, lean ? LEAN_FLAGS : []);
