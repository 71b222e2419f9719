import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { closingLine, withExitCode, type Counts } from './closing-line.ts';
import { line, seconds } from './steps.ts';
import { environmentWith } from '#lib/server/platform/config.ts';

interface Check {
  name: string;
  script: string;
  args: string[];
}

const bin = (...path: string[]) => join('node_modules', ...path);

/** Writes the types of routes, which lint and types read. */
const SYNC: Check = { name: 'sync', script: bin('@sveltejs', 'kit', 'svelte-kit.js'), args: ['sync'] };

const CHECKS: Check[] = [
  { name: 'format', script: bin('prettier', 'bin', 'prettier.cjs'), args: ['--check', '.'] },
  { name: 'lint', script: bin('eslint', 'bin', 'eslint.js'), args: ['.', '--max-warnings', '0'] },
  {
    name: 'types',
    script: bin('svelte-check', 'bin', 'svelte-check'),
    args: ['--tsconfig', './tsconfig.json', '--fail-on-warnings'],
  },
  {
    name: 'layers',
    script: bin('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
    args: ['--config', '.dependency-cruiser.js', 'src'],
  },
  { name: 'unused', script: bin('knip', 'bin', 'knip.js'), args: [] },
];

/**
 * `npm test`: the checks, then every test, then the closing line. A failed check counts as a failed test.
 * With arguments only Vitest runs, with these arguments.
 */
export async function runTests(args: string[]): Promise<number> {
  const checks = args.length > 0 ? [] : CHECKS;
  const results: boolean[] = [];
  if (checks.length > 0) {
    results.push(await runCheck(SYNC));
    // Two at a time, for two cores.
    const waiting = [...checks];
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await runCheck(next));
    };
    await Promise.all([lane(), lane()]);
  }
  const tests = await runVitest(args);
  const counts: Counts = {
    passed: tests.passed + results.filter((passed) => passed).length,
    failed: tests.failed + results.filter((passed) => !passed).length,
    skipped: tests.skipped,
  };
  line(`\n${closingLine(counts)}`);
  return counts.failed === 0 ? 0 : 1;
}

/** Runs one check and prints its line; its output only when it fails. */
function runCheck({ name, script, args }: Check): Promise<boolean> {
  const began = performance.now();
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environmentWith({ NODE_ENV: undefined }),
  });
  let output = '';
  const keep = (chunk: Buffer) => (output += chunk.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((done) => {
    child.on('error', (error) => keep(Buffer.from(error.message)));
    child.on('close', (code) => {
      const took = seconds(performance.now() - began);
      line(`  ${code === 0 ? '✓' : '✗'} ${name.padEnd(16)} ${took}`);
      if (code !== 0) line(output.trimEnd());
      done(code === 0);
    });
  });
}

/** Runs Vitest, whose reporter sends its counts. Settings of the machine must not reach the tests. */
function runVitest(args: string[]): Promise<Counts> {
  const child = spawn(process.execPath, [bin('vitest', 'vitest.mjs'), 'run', ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: environmentWith(Object.fromEntries(SETTINGS.map((name) => [name, undefined]))),
  });
  let counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  child.on('message', (message) => (counts = message as Counts));
  return new Promise((done) => {
    child.on('error', () => done({ ...counts, failed: counts.failed + 1 }));
    child.on('close', (code) => done(withExitCode(counts, code)));
  });
}

const SETTINGS = [
  ...['NODE_ENV', 'PORT', 'HOST', 'ORIGIN', 'DATA_DIR', 'DATABASE_URL', 'DATABASE_POOL', 'DEMO', 'LOG_LEVEL'],
  ...[
    'SMTP_URL',
    'MAIL_FROM',
    'FILES_URL',
    'FILES_QUOTA',
    'WORKER_JOBS',
    'WORKER_METRICS_PORT',
    'PAGE_LIMIT',
  ],
];
