import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { createApiKey } from '#lib/server/auth/api-key.ts';
import { startSession } from '#lib/server/auth/session.ts';
import { hashToken } from '#lib/server/platform/tokens.ts';

/** What is refused before it is read, as somebody from outside sees it, and what may be kept of the answers. */

const KIB = 1024;
/** Costs ten pages, so that it stays refused for a while after the last page was allowed. */
const FILE = '/companies/export.csv';

let app: App;
let company = '';

beforeAll(async () => {
  app = await startApp({ worker: false, env: { ADDRESS_HEADER: 'x-real-ip', PAGE_LIMIT: '1' } });
  company = await sessionOf('company');
});
afterAll(() => app?.stop());

async function person(who: string): Promise<{ account: string; organisation: string }> {
  const { rows } = await app.database.pool.query<{ account: string; organisation: string }>(
    `select account_id as account, organisation_id as organisation from membership m join account a on a.id = account_id
     where email = $1`,
    [`${who}@demo.gwangmaek.example`],
  );
  const [found] = rows;
  if (!found) throw new Error(`No ${who}`);
  return found;
}

async function sessionOf(who: string): Promise<string> {
  const { account, organisation } = await person(who);
  const browser = { agent: 'test', address: '203.0.113.1' };
  return startSession(app.database.db, account, browser, new Date(), organisation);
}

/** Asks from an address of its own; `::1` and the like are this machine, which is not counted. */
function ask(path: string, from: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('x-real-ip', from);
  return fetch(app.origin + path, { redirect: 'manual', ...init, headers });
}

/** Asks for pages until one is refused. Answers how many were not. */
async function askTooOften(from: string): Promise<number> {
  for (let allowed = 0; allowed < 1000;) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/en/frameworks', from)));
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    allowed += answers.filter(({ status }) => status === 200).length;
    if (answers.some(({ status }) => status === 429)) return allowed;
  }
  throw new Error('Nothing was refused');
}

/** Asks for a file as somebody who has just used up what they may: pages are given back one a second. */
async function askForFileTooOften(path: string, from: string, init: RequestInit = {}): Promise<Response> {
  await askTooOften(from);
  return ask(path, from, init);
}

const signedIn = () => ({ cookie: `session=${company}` });

describe('who asks too often', () => {
  test('sees a page in the language of the address, with when to come back; others see nothing of it', async () => {
    const from = '203.0.113.20';
    // A minute's worth at once.
    expect(await askTooOften(from)).toBeGreaterThanOrEqual(60);
    for (const [prefix, lang, words] of [
      ['', 'ko', '짧은 시간에 요청이 너무 많았습니다'],
      ['/en', 'en', 'Too many requests in a short time'],
    ] as const) {
      const refused = await askForFileTooOften(prefix + FILE, from);
      expect(refused.status).toBe(429);
      const seconds = Number(refused.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(refused.headers.get('cache-control')).toBe('no-store');
      const page = await refused.text();
      expect(page).toContain(`<html lang="${lang}">`);
      expect(page).toContain(words);
      expect(page).toContain(String(seconds));
    }
    const json = await askForFileTooOften(FILE, from, { headers: { accept: 'application/json' } });
    expect([json.status, await json.json()]).toEqual([429, { message: 'too-many-requests' }]);
    // The interface for programs has a limit of its own, and other addresses have theirs.
    expect((await ask('/api/v1/projects', from)).status).toBe(200);
    expect((await ask('/minerals', '203.0.113.21')).status).toBe(200);
    expect((await ask('/minerals', '2001:db8::7')).status).toBe(200);
  });

  test('of the interface for programs is told so in JSON', async () => {
    const from = '203.0.113.30';
    expect((await ask('/api/v1/projects', '203.0.113.31')).status).toBe(200);
    await app.database.pool.query(
      `insert into rate_limit (bucket, tokens, refilled_at) values ($1, 0, now() + interval '1 hour')`,
      [`api:${hashToken(from).slice(0, 32)}`],
    );
    const refused = await ask('/api/v1/projects', from);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
  });

  test('with keys that nobody has is refused, from that address only, and good keys go on elsewhere', async () => {
    const from = '203.0.113.40';
    const withKey = (key: string, address: string) =>
      ask('/api/v1/projects', address, { headers: { authorization: `Bearer ${key}` } });
    const { account, organisation } = await person('company');
    const good = await createApiKey(app.database.db, {
      accountId: account,
      acting: organisation,
      label: 'test',
    });
    expect((await withKey(good, from)).status).toBe(200);
    const codes = new Set<number>();
    let last: Response | null = null;
    for (let i = 0; i < 12 && !codes.has(429); i++) {
      const some = await Promise.all(
        Array.from({ length: 50 }, () => withKey(`gmk_${'x'.repeat(43)}`, from)),
      );
      for (const one of some) codes.add(one.status);
      last = some.find(({ status }) => status === 429) ?? null;
    }
    expect([...codes].sort()).toEqual([401, 429]);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await last?.json()).toMatchObject({ status: 429, code: 'too-many-requests' });
    expect((await withKey(good, '203.0.113.41')).status).toBe(200);
  });
});

describe('what is sent', () => {
  const post = (path: string, bytes: number, from: string, type = 'application/x-www-form-urlencoded') =>
    ask(path, from, {
      method: 'POST',
      body: new Uint8Array(bytes).fill(0x61),
      headers: { ...signedIn(), origin: app.origin, 'content-type': type },
    });

  test.each([
    ['600 KiB', 600 * KIB],
    ['20 MB', 20_000_000],
    ['30 MB, more than any form takes', 30_000_000],
  ])('%s to a form of texts: a page says so, and the form goes on working', async (_size, bytes) => {
    for (const [path, lang, words] of [
      ['/company/profile/identity', 'ko', '이 양식은 글만 받습니다'],
      ['/en/company/profile/identity', 'en', 'This form takes texts only'],
    ] as const) {
      const refused = await post(`${path}?/save`, bytes, '203.0.113.50');
      expect(refused.status).toBe(413);
      expect(refused.headers.get('content-type')).toContain('text/html');
      const page = await refused.text();
      expect(page).toContain(`<html lang="${lang}">`);
      expect(page).toContain(words);
      const form = await ask(path, '203.0.113.50', { headers: signedIn() });
      expect(form.status).toBe(200);
      expect(await form.text()).toContain('name="seen"');
    }
  });

  test('a file that is too large is refused with the size that is taken', async () => {
    const refused = await post('/en/company/profile/evidence?/certificate', 21_500_000, '203.0.113.51');
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain('Files may have up to 20 MB');
  });

  test('to a page that is not there, by somebody who may not, or too often: an answer, not a broken connection', async () => {
    for (const path of ['/not-there', '/ministry/people', '/api/v1/projects', '/livez'])
      expect((await post(path, 600 * KIB, '203.0.113.52')).status, path).toBe(413);
    const from = '203.0.113.53';
    await askTooOften(from);
    expect((await post(FILE, 600 * KIB, from)).status).toBe(429);
  });
});

describe('what may be kept of an answer', () => {
  const kept = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await ask(path, '203.0.113.60', { headers });
    await answer.arrayBuffer();
    return [answer.status, answer.headers.get('cache-control')];
  };
  const PRIVATE = /^private, no-(cache|store)$/u;

  test('pages and their data are nobody else’s, whoever asks; pages that are not there as well', async () => {
    for (const path of ['/', '/companies', '/company', '/company/__data.json', '/not-there', '/ministry'])
      for (const headers of [{}, signedIn()]) expect((await kept(path, headers))[1], path).toMatch(PRIVATE);
  });

  test('files are nobody else’s, but those of the rules and the interface’s description are everybody’s', async () => {
    for (const list of ['companies', 'opportunities', 'projects'])
      expect(await kept(`/${list}/export.csv`, signedIn())).toEqual([200, 'private, no-store']);
    expect((await kept('/api/v1/companies'))[1]).toMatch(PRIVATE);
    expect(await kept('/api/v1/openapi.json')).toEqual([200, 'public, max-age=3600']);
    expect((await kept('/about/data/capability_relations.csv'))[1]).toMatch(/^public, max-age=\d+$/u);
    for (const path of ['/livez', '/readyz']) expect(await kept(path)).toEqual([200, 'no-store']);
  });

  test('scripts and styles stay for good, since their names change with them', async () => {
    const page = await (await ask('/', '203.0.113.61')).text();
    const files = [...new Set(page.match(/\/_app\/immutable\/[\w./-]+/gu))];
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) expect(await kept(file)).toEqual([200, 'public,max-age=31536000,immutable']);
  });

  test('signing out empties what the browser kept', async () => {
    const headers = { cookie: `session=${await sessionOf('lead')}`, origin: app.origin };
    const form = new URLSearchParams();
    const answer = await ask('/sign-out', '203.0.113.62', { method: 'POST', body: form, headers });
    expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([303, '"cache"']);
  });
});
