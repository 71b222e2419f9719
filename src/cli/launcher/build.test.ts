import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../../tests/support/free-port.ts';
import { environmentWith } from '#lib/server/platform/config.ts';

/** A small application in a clone of its own, built and served by the very files that build and serve ours. */

const BUILD = pathToFileURL(resolve('src/cli/launcher/build.ts')).href;
const WEB = resolve('src/cli/launcher/web.ts');
const NAMED = /^[0-9a-f]{64}$/;

let clone: string;
const stops: (() => Promise<void>)[] = [];

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'gm-build-'));
  for (const file of [
    'package.json',
    'package-lock.json',
    'svelte.config.js',
    'vite.config.ts',
    'tsconfig.json',
  ])
    cpSync(file, join(clone, file));
  symlinkSync(resolve('node_modules'), join(clone, 'node_modules'));
  write('src/app.html', '<html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>');
  write('src/routes/readyz/+server.ts', `export const GET = () => new Response('ok');`);
  write('src/routes/+page.svelte', '<p>first</p>');
  write('src/routes/later/+page.svelte', '<p>later, as it was</p>');
});

afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()));
  rmSync(clone, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

const builds = () => readdirSync(join(clone, 'build')).filter((name) => NAMED.test(name));

/** `ensureBuilt` in a process of its own, as a start, a test run and a bench have. */
async function build(): Promise<{ folder: string; made: boolean }> {
  const script = `import { ensureBuilt } from ${JSON.stringify(BUILD)}; console.log(JSON.stringify(await ensureBuilt()))`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const code = await new Promise((done) => child.once('close', done));
  expect(code, errors).toBe(0);
  return JSON.parse(output) as { folder: string; made: boolean };
}

/** Serves the current build; answers its address. */
async function serve(): Promise<string> {
  const port = await freePort();
  const child = spawn(process.execPath, [WEB], {
    cwd: clone,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: environmentWith({
      HOST: '127.0.0.1',
      PORT: String(port),
      ORIGIN: `http://127.0.0.1:${port}`,
    }),
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  stops.push(() => (child.kill('SIGKILL'), ended));
  await new Promise<void>((done, refuse) => {
    child.once('message', () => done());
    child.once('exit', (code) => refuse(new Error(`The server ended with code ${code}.`)));
  });
  return `http://127.0.0.1:${port}`;
}

test('a running server answers with pages it had not loaded yet, however often the clone is built anew', async () => {
  await build();
  const origin = await serve();
  expect(await (await fetch(`${origin}/`)).text()).toContain('first');
  for (const words of ['one', 'two', 'three']) {
    write('src/routes/+page.svelte', `<p>${words}</p>`);
    write('src/routes/later/+page.svelte', `<p>later, ${words}</p>`);
    await build();
  }
  const later = await fetch(`${origin}/later`);
  expect(later.status).toBe(200);
  expect(await later.text()).toContain('later, as it was');
  expect(builds(), 'the three last ones, and the one that a server runs from').toHaveLength(4);

  const [stop] = stops.splice(0);
  await stop?.();
  write('src/routes/+page.svelte', '<p>four</p>');
  await build();
  expect(builds(), 'nobody runs from the older ones').toHaveLength(3);
  expect(await (await fetch(`${await serve()}/`)).text(), 'the latest is served').toContain('four');
});

test('two starts at once build once; going back to what was built before builds nothing', async () => {
  const before = await build();
  write('src/routes/+page.svelte', '<p>five</p>');
  const both = await Promise.all([build(), build()]);
  expect(both.map(({ made }) => made).sort()).toEqual([false, true]);
  expect(both[0].folder).toBe(both[1].folder);
  write('src/routes/+page.svelte', '<p>four</p>');
  expect(await build()).toEqual({ folder: before.folder, made: false });
  expect(await (await fetch(`${await serve()}/`)).text(), 'what was asked for last is served').toContain(
    'four',
  );
});
