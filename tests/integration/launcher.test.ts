import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { markOf } from '../../src/cli/launcher/process-mark.ts';
import { freePort } from '../support/free-port.ts';
import { administer } from '../support/template.ts';
import { until } from '../support/until.ts';
import { findEmbedded } from '#lib/server/platform/embedded-postgres.ts';

/** The real launcher on a DATA_DIR and a port of its own, as a person would start and kill it. */

interface Run {
  child: ChildProcess;
  output(): string;
  exit: Promise<number | null>;
  /** The code of the exit, once all that was said is in `output`. For a start that leaves no child behind. */
  closed: Promise<number | null>;
}

const dataDir = mkdtempSync(join(tmpdir(), 'gm-launch-'));
const runs: Run[] = [];
let port = 0;

beforeAll(async () => {
  // Else the first start waits for as long as it takes to build.
  await ensureBuilt();
  port = await freePort();
});

// A test that fails half way leaves its portal to nobody else.
afterEach(async () => {
  const left = runs.filter((run) => run.child.exitCode === null && run.child.signalCode === null);
  for (const run of left) run.child.kill('SIGTERM');
  await Promise.all(left.map((run) => run.exit));
});

afterAll(async () => {
  for (const run of runs) run.child.kill('SIGKILL');
  await Promise.all(runs.map((run) => run.exit));
  await (await findEmbedded(dataDir))?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function launch(args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, ['src/cli/launch.mjs', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATA_DIR: dataDir,
      PORT: String(port),
      // What the start loads is looked at elsewhere; here it would only take time.
      DEMO: '0',
      ...env,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exit = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const closed = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  const run = { child, output: () => output, exit, closed };
  runs.push(run);
  return run;
}

/** Starts the portal and waits for the closing line of the start. */
async function startPortal(): Promise<Run> {
  const run = launch(['start']);
  await until(
    'the portal is ready',
    () => run.output().includes('is ready after') || run.child.exitCode !== null,
  );
  expect(run.output()).toContain(`http://localhost:${port}`);
  return run;
}

async function answers(path = '/readyz'): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`)).ok;
  } catch {
    return false;
  }
}

/** Process ids of web and worker, as the launcher notes them. */
function childPids(): number[] {
  const portal = JSON.parse(readFileSync(join(dataDir, 'locks', 'portal.json'), 'utf8')) as {
    children: { pid: number }[];
  };
  return portal.children.map((child) => child.pid);
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A zombie that nobody has collected yet does not count. */
function isAlive(pid: number): boolean {
  return markOf(pid) !== null;
}

async function openDatabase(): Promise<pg.Client> {
  const server = await findEmbedded(dataDir);
  const client = new pg.Client(server?.url('gwangmaek'));
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

describe('one command', () => {
  test('starts everything, names the address, and stops everything', async () => {
    const run = await startPortal();
    for (const name of ['Database', 'Migrations', 'Reference data', 'Web', 'Worker']) {
      expect(run.output()).toMatch(new RegExp(`✓ ${name} .* \\d+\\.\\d s`));
    }
    expect(await answers()).toBe(true);
    const pids = [...childPids(), postmasterPid()];
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  test('has nothing left to do at the second start', async () => {
    const run = await startPortal();
    for (const name of ['Packages', 'Build', 'Migrations'])
      expect(run.output()).toMatch(new RegExp(`✓ ${name} +up to date`));
    expect(run.output()).toMatch(/✓ Reference data +unchanged/);

    const second = launch(['start'], { PORT: String(await freePort()) });
    expect(await second.closed).toBe(1);
    expect(second.output()).toContain(`already running on ${dataDir}: process ${run.child.pid}`);
    expect(second.output()).toContain(`http://localhost:${port}, started at 20`);
    expect(await answers()).toBe(true);

    const command = launch(['cli', 'migrate', '--check']);
    expect(await command.exit).toBe(0);
    expect(await answers(), 'a command leaves the running server alone').toBe(true);
    run.child.kill('SIGINT');
    expect(await run.exit).toBe(0);
  });

  test('answers a request that is under way when it stops', async () => {
    const run = await startPortal();
    const body = 'email=a%40example.org&password=x';
    const answered = new Promise<number | undefined>((done, refuse) => {
      const post = request(
        {
          host: '127.0.0.1',
          port,
          path: '/sign-in',
          method: 'POST',
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': body.length,
            // The answer to this says that the request is under way.
            expect: '100-continue',
            origin: `http://127.0.0.1:${port}`,
          },
        },
        (response) => (response.resume(), done(response.statusCode)),
      );
      post.on('error', refuse);
      post.once('continue', () => {
        post.write(body.slice(0, 5));
        run.child.kill('SIGTERM');
        until('it takes no more', async () => !(await answers('/livez'))).then(
          () => post.end(body.slice(5)),
          refuse,
        );
      });
      post.flushHeaders();
    });
    expect(await answered).toBeLessThan(500);
    expect(await run.exit).toBe(0);
  });

  test('a command starts the database for itself and stops it after', async () => {
    const command = launch(['cli', 'migrate', '--check']);
    expect(await command.exit).toBe(0);
    expect(await findEmbedded(dataDir)).toBeNull();
  });

  test('a stop in the middle of the start leaves nothing running', async () => {
    for (const moment of ['✓ Build', '✓ Database', '✓ Worker']) {
      const run = launch(['start']);
      await until(moment, () => run.output().includes(moment) || run.child.exitCode !== null);
      run.child.kill('SIGTERM');
      expect(await run.exit, moment).toBe(0);
      expect(await findEmbedded(dataDir), moment).toBeNull();
      expect(await answers('/livez'), moment).toBe(false);
    }
  });

  test('a second Ctrl-C does not break the orderly stop', async () => {
    const run = await startPortal();
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect(await run.exit).toBe(0);
    expect(await findEmbedded(dataDir)).toBeNull();
  });
});

describe('kill -9', () => {
  test('of the web process or the worker: each is started again', async () => {
    const run = await startPortal();
    const before = childPids();
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await until('both are new', () => {
      const now = childPids();
      return now.length === 2 && now.every((pid) => !before.includes(pid));
    });
    await until('it answers', () => answers());
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
  });

  test('of the database server: it is started again and nothing acknowledged is missing', async () => {
    const run = await startPortal();
    const written = await writeUntilBroken(() => process.kill(postmasterPid(), 'SIGKILL'));
    await until('it answers', () => answers());
    expect(await readBack()).toEqual(expect.arrayContaining(written));
    run.child.kill('SIGTERM');
    expect(await run.exit).toBe(0);
  });

  test('of the launcher: its children end, the next start finds the database', async () => {
    const run = await startPortal();
    const children = childPids();
    run.child.kill('SIGKILL');
    await run.exit;
    const next = await startPortal();
    expect(next.output()).toContain('was running already');
    expect(children.filter(isAlive)).toEqual([]);
    next.child.kill('SIGTERM');
    expect(await next.exit).toBe(0);
  });

  test('of everything at once: the next start recovers every acknowledged write', async () => {
    const run = await startPortal();
    const pids = [postmasterPid(), ...childPids()];
    const written = await writeUntilBroken(() => {
      run.child.kill('SIGKILL');
      for (const pid of pids) process.kill(pid, 'SIGKILL');
    });
    const next = await startPortal();
    expect(written.length).toBeGreaterThan(0);
    expect(await readBack()).toEqual(expect.arrayContaining(written));
    next.child.kill('SIGTERM');
    expect(await next.exit).toBe(0);
  });
});

const KILLED_AFTER = 100;

/** Writes one row after the other until the connection breaks; returns those that were acknowledged. */
async function writeUntilBroken(kill: () => void): Promise<string[]> {
  const client = await openDatabase();
  const written: string[] = [];
  try {
    for (;;) {
      if (written.length === KILLED_AFTER) kill();
      const name = `write ${process.hrtime.bigint()}`;
      await client.query(`insert into loaded_data (name, version) values ($1, 'test')`, [name]);
      written.push(name);
    }
  } catch {
    return written;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function readBack(): Promise<string[]> {
  const client = await openDatabase();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select name from loaded_data where version = 'test'`,
    );
    return rows.map((row) => row.name);
  } finally {
    await client.end();
  }
}

describe('what cannot work is refused with a reason', () => {
  async function refused(env: Record<string, string>, ...expected: (string | RegExp)[]) {
    const run = launch(['start'], env);
    expect(await run.closed).toBe(1);
    for (const text of expected) expect(run.output()).toMatch(text);
    expect(run.output(), 'no stack').not.toMatch(/^\s+at /m);
  }

  test('a taken port', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    await refused({ PORT: String(taken) }, `PORT ${taken} on 127.0.0.1 is taken`, 'another PORT');
    server.close();
    expect(await findEmbedded(dataDir), 'nothing is left running').toBeNull();
  });

  test('a DATA_DIR that cannot be written', async () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');
    await refused({ DATA_DIR: join(file, 'below') }, /DATA_DIR .*below cannot be written/);
  });

  test('wrong settings, each named with what is allowed', async () => {
    await refused(
      { PORT: '0', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://u:secret@h/d', ORIGIN: 'localhost' },
      'PORT: "0" is not allowed. Allowed: a number from 1 to 65535',
      'LOG_LEVEL: "loud" is not allowed. Allowed: fatal, error',
      'DATABASE_URL: the given value is not allowed. Allowed: an address such as postgresql://',
      'ORIGIN: "localhost" is not allowed. Allowed: scheme, host and port only',
    );
    await refused(
      { DEMO: '1', NODE_ENV: 'production', ORIGIN: 'https://portal.example.org' },
      'DEMO: 1 is refused with NODE_ENV=production',
    );
  });

  test('a database that does not answer, without its password', async () => {
    const run = launch(['start'], { DATABASE_URL: 'postgresql://user:hush@127.0.0.1:1/gm' });
    expect(await run.closed).toBe(1);
    expect(run.output()).toContain('The database 127.0.0.1:1/gm cannot be reached');
    expect(run.output()).not.toContain('hush');
  });

  test('a database that sees no Hangul', async () => {
    const adminUrl = inject('adminUrl');
    await administer(
      adminUrl,
      `create database gm_blind template template0 encoding 'UTF8' locale_provider libc locale 'C'`,
    );
    await refused(
      { DATABASE_URL: adminUrl.replace(/\/postgres$/, '/gm_blind') },
      'does not see Korean letters',
    );
    await administer(adminUrl, 'drop database gm_blind');
  });

  test('a migration that was edited after it ran', async () => {
    const adminUrl = inject('adminUrl');
    await administer(adminUrl, `create database gm_edited template ${inject('template')}`);
    const url = adminUrl.replace(/\/postgres$/, '/gm_edited');
    await administer(url, `update migration_file set sha256 = 'other' where name like '%-account'`);
    await refused({ DATABASE_URL: url }, /Migration \S+-account was edited after it ran/);
    await administer(adminUrl, 'drop database gm_edited');
  });
});

describe('web and worker on their own, as in containers', () => {
  test.each(['src/cli/launcher/web.ts', 'src/worker.ts'])(
    'a bucket that does not answer ends %s, without its secret',
    async (script) => {
      const name = 'gm_bucket_away';
      const bucket = `127.0.0.1:${await freePort()}/files`;
      await administer(inject('adminUrl'), `create database ${name} template ${inject('template')}`);
      const child = spawn(process.execPath, [script], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          DATA_DIR: dataDir,
          PORT: String(await freePort()),
          DATABASE_URL: inject('adminUrl').replace(/\/postgres$/, `/${name}`),
          FILES_URL: `s3+http://key:hush@${bucket}`,
          LOG_LEVEL: 'silent',
        },
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
      try {
        const code = await new Promise((done) => child.once('close', done));
        expect(code, output).toBe(1);
        expect(output).toContain(`FILES_URL: http://${bucket} does not answer: connect ECONNREFUSED`);
        expect(output).not.toContain('hush');
        expect(output, 'no stack').not.toMatch(/^\s+at /m);
      } finally {
        child.kill('SIGKILL');
        await administer(inject('adminUrl'), `drop database ${name} with (force)`);
      }
    },
  );
});

describe('web on its own', () => {
  test('ends when asked to, also while it waits for a database', async () => {
    const own = await freePort();
    const child = spawn(process.execPath, ['src/cli/launcher/web.ts'], {
      stdio: 'ignore',
      env: {
        DATA_DIR: dataDir,
        PORT: String(own),
        DATABASE_URL: `postgresql://nobody@127.0.0.1:${await freePort()}/nothing`,
        LOG_LEVEL: 'silent',
      },
    });
    const ended = new Promise((done) => child.once('exit', (code, signal) => done(signal ?? code)));
    try {
      await until('it says that it is not ready', async () => {
        const answer = await fetch(`http://localhost:${own}/readyz`).catch(() => null);
        return answer?.status === 503;
      });
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('the command line', () => {
  test('lists the commands when it does not know one', async () => {
    const run = launch(['cli', 'nonsense']);
    expect(await run.closed).toBe(2);
    expect(run.output()).toMatch(/Unknown command "nonsense"[\s\S]* backup +saves[\s\S]* migrate +brings/);
  });
});
