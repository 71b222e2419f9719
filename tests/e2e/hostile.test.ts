import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { formsIn, linksIn, type PageForm } from '../support/page-forms.ts';
import { stripLang } from '#lib/i18n/address.ts';
import { GATES } from '#lib/server/account/gates.ts';
import { startSession } from '#lib/server/auth/session.ts';
import { newToken } from '#lib/server/platform/tokens.ts';

/**
 * The people of the demonstration look through all their pages. Then strangers open each of these addresses, and send
 * each form found there as its owner would, with its real ids: nothing of it may be seen or changed.
 */

const OWNERS = ['company', 'lead', 'official-a', 'admin'] as const;
/** `both` is an organisation on both sides of the market: every gate of companies and leads lets it in. */
const STRANGERS = ['visitor', 'person', 'both'] as const;
type Stranger = (typeof STRANGERS)[number];
/** Addresses of one kind that are looked through. */
const MOST = 2;
const PATIENCE = 600_000;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gu;

/** Pages that only lead on, and those that the demonstration has nothing for; their like on the other side is tried. */
const NOT_LED_TO = new Set([
  '/(account)/account/acting',
  '/(account)/files/[id]',
  '/(company)/company/profile',
  '/(lead)/lead/vetting/requests/[id]',
]);

/** What changes when anybody opens a page, or is about the stranger's own visit. */
const VOLATILE = ['rate_limit', 'session', 'recent_search', 'search_term', 'api_key', 'schema_migration'];

interface Address {
  path: string;
  route: string;
  forms: PageForm[];
}

let app: App;
const found = new Map<string, Address>();
/** Ids that anybody may know: published notices, companies and projects. */
const open = new Set<string>();
/** Every id that stands anywhere in the database before strangers come. */
const real = new Set<string>();
const strangers = new Map<Stranger, { account: string; organisation: string | null }>();

beforeAll(async () => {
  app = await startApp({ worker: false });
  for (const who of OWNERS) await lookThrough(who);
  for (const { id } of await rows<{ id: string }>(
    `select id::text from opportunity where status = 'published' and visibility = 'public'
     union select organisation_id::text from company where published_at is not null and not pseudonymous`,
  ))
    open.add(id);
  for (const who of STRANGERS) await makeStranger(who);
  await keepState();
}, PATIENCE);
afterAll(() => app?.stop());

async function rows<T extends object>(statement: string, values: unknown[] = []): Promise<T[]> {
  return (await app.database.pool.query<T>(statement, values)).rows;
}

async function begin(account: string, acting: string | null): Promise<string> {
  const browser = { agent: 'test', address: '127.0.0.1' };
  return startSession(app.database.db, account, browser, new Date(), acting ?? 'office');
}

const ROUTES = Object.keys(GATES).map((id) => ({
  id,
  pattern: new RegExp(
    `^${(id.replaceAll(/\/\([^)]*\)/gu, '') || '/').replaceAll(/\[[^\]]+\]/gu, '[^/]+')}$`,
    'u',
  ),
}));
function routeOf(path: string): string | null {
  const plain = path.split('?', 1)[0] ?? '';
  const fits = ROUTES.filter(({ pattern }) => pattern.test(plain));
  return fits.sort((a, b) => a.id.split('[').length - b.id.split('[').length)[0]?.id ?? null;
}

function get(path: string, session: string): Promise<Response> {
  return fetch(app.origin + path, { redirect: 'manual', headers: { cookie: `session=${session}` } });
}

/** Opens the pages of somebody, as far as they lead to each other, some of each kind. */
async function lookThrough(who: string): Promise<void> {
  const [person] = await rows<{ id: string; acting: string | null }>(
    `select a.id, m.organisation_id as acting from account a left join membership m on m.account_id = a.id
     where a.email = $1`,
    [`${who}@demo.gwangmaek.example`],
  );
  const session = await begin(person?.id ?? '', person?.acting ?? null);
  const seen = new Map<string, number>();
  const [pair] = await rows<{ path: string }>(
    `select o.id || '/' || c.id as path from opportunity o, organisation c
     where o.external_id = 'demo-o-27' and c.external_id = 'demo-041'`,
  );
  const waiting = ['/company', '/lead', '/ministry', '/account', `/company/teams/new/${pair?.path}`];
  const known = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const route = routeOf(path);
    if (
      route === null ||
      route.includes('export.') ||
      !/^\/\((company|lead|ministry|account|public)\)/u.test(route)
    )
      continue;
    const [, query = ''] = path.split('?');
    const kind = `${route}?${[...new URLSearchParams(query).keys()].sort().join('&')}`;
    if ((seen.get(kind) ?? 0) >= MOST) continue;
    const answer = await get(path, session);
    const html = await answer.text();
    if (answer.status !== 200) {
      const next = stripLang(answer.headers.get('location') ?? '');
      if (answer.status === 303 && !known.has(next)) waiting.push(next);
      continue;
    }
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    found.set(path, { path, route, forms: formsIn(html) });
    for (const link of linksIn(html).map(stripLang))
      if (!known.has(link)) {
        known.add(link);
        waiting.push(link);
      }
  }
}

async function makeStranger(who: Stranger): Promise<void> {
  const [made] = await rows<{ id: string }>(
    `insert into account (email, name, password_hash, email_verified_at)
     select $1, 'Stranger', password_hash, now() from account where email = 'company@demo.gwangmaek.example'
     returning id`,
    [`${randomBytes(6).toString('hex')}@example.test`],
  );
  const account = made?.id ?? '';
  let organisation: string | null = null;
  if (who === 'both') {
    const [own] = await rows<{ id: string }>(
      `insert into organisation (name_ko, name_en, lead, supplier, standing, country)
       values ('나그네', 'Stranger', true, true, 'registered', 'KR') returning id`,
    );
    organisation = own?.id ?? null;
    await rows(`insert into company (organisation_id, size) values ($1, 'sme')`, [organisation]);
  }
  strangers.set(who, { account, organisation });
}

/** A session, and the membership which the stranger may have given up by one of the forms. */
async function renew(who: Stranger): Promise<{ session: string; ids: string[] }> {
  const stranger = strangers.get(who);
  if (!stranger) throw new Error(who);
  const { account, organisation } = stranger;
  if (organisation !== null)
    await rows(
      `insert into membership (account_id, organisation_id, role) values ($1, $2, 'owner') on conflict do nothing`,
      [account, organisation],
    );
  const session = who === 'visitor' ? newToken() : await begin(account, organisation);
  return { session, ids: [account, ...(organisation === null ? [] : [organisation])] };
}

let tables: string[] = [];
async function keepState(): Promise<void> {
  tables = (
    await rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'
       and table_type = 'BASE TABLE' and table_name <> all($1) order by 1`,
      [VOLATILE],
    )
  ).map(({ name }) => name);
  await rows(`create schema kept`);
  for (const name of tables) {
    await rows(`create table kept."${name}" as select to_jsonb(t)::text as content from public."${name}" t`);
    const ids = `select distinct m[1] as id from kept."${name}", regexp_matches(content, $1, 'g') m`;
    for (const { id } of await rows<{ id: string }>(ids, [UUID.source])) real.add(id);
  }
}

/** Rows that are gone or another and not a stranger's, and new rows that name what is not a stranger's to name. */
async function changes(foreign: readonly string[]): Promise<string[]> {
  const mine = [...strangers.values()]
    .flatMap(({ account, organisation }) => [account, organisation ?? account])
    .join('|');
  const theirs = foreign.join('|') || 'nothing';
  const found: string[] = [];
  for (const name of tables) {
    const now = `select to_jsonb(t)::text as content from public."${name}" t`;
    const changed = await rows<{ content: string }>(
      `(select 'was: ' || content as content from (select content from kept."${name}" except all ${now}) gone
          where content !~ $1 limit 3)
       union all (select 'is: ' || content from (${now} except all select content from kept."${name}") came
          where content ~ $2 limit 3)`,
      [mine, theirs],
    );
    found.push(...changed.map(({ content }) => `${name} ${content.slice(0, 300)}`));
  }
  return found;
}

/** Ids in a text that are in the database and not for everybody. */
const secretsIn = (text: string, own: readonly string[] = []): string[] =>
  [...new Set(text.match(UUID))].filter((id) => real.has(id) && !open.has(id) && !own.includes(id));

/** Where those who may not are led: to sign in. */
const isRefusal = (answer: Response): boolean =>
  (answer.status >= 400 && answer.status < 500) ||
  (answer.status === 303 && /\/(sign-in|account\/acting)\?/u.test(answer.headers.get('location') ?? ''));

test('the pages of all are looked through', () => {
  const reached = new Set([...found.values()].map(({ route }) => route));
  const pages = Object.keys(GATES).filter((id) => /^\/\((company|lead|ministry|account)\)/u.test(id));
  expect(pages.filter((id) => !reached.has(id) && !NOT_LED_TO.has(id))).toEqual([]);
});

test.each(STRANGERS)(
  'what is others’ is not there for a stranger: %s',
  async (who) => {
    const { session } = await renew(who);
    const wrong: string[] = [];
    for (const { path } of found.values()) {
      const secrets = secretsIn(path);
      if (secrets.length === 0) continue;
      const answer = await get(path, session);
      const forms = formsIn(await answer.text());
      const known = forms.flatMap(({ fields }) => fields).some(([, value]) => secrets.includes(value));
      const named = secretsIn(path.split('?', 1)[0] ?? '').length > 0;
      if ((named && !isRefusal(answer)) || known) wrong.push(`${answer.status} ${path}`);
    }
    expect(wrong).toEqual([]);
  },
  PATIENCE,
);

test.each(STRANGERS)(
  'nothing of others is changed by the forms of their pages, sent by a stranger: %s',
  async (who) => {
    const wrong: string[] = [];
    const foreign = new Set<string>();
    let sent = 0;
    for (const { path, forms } of found.values()) {
      const { session, ids } = await renew(who);
      for (const form of forms) {
        if (/\/(sign-out|account\/acting)$/u.test(form.action)) continue;
        const url = new URL(form.action, app.origin + path);
        const body = new URLSearchParams(form.fields);
        for (const id of secretsIn(`${url.href} ${body}`, ids)) foreign.add(id);
        const headers = { cookie: `session=${session}`, origin: app.origin, accept: 'text/html' };
        const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
        await answer.arrayBuffer();
        sent += 1;
        if (answer.status >= 500 || (!isRefusal(answer) && secretsIn(url.pathname, ids).length > 0))
          wrong.push(`${answer.status} ${url.pathname}${url.search} ${body}`);
      }
      if (wrong.length > 10) break;
    }
    // What was not refused was the stranger's own affair, or did nothing.
    wrong.push(...(await changes([...foreign])));
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(100);
  },
  PATIENCE,
);

test('programs of a stranger are answered nothing of others, and links that nobody was sent stop nothing', async () => {
  const { session } = await renew('both');
  const [hidden] = await rows<{ opportunity: string; company: string }>(
    `select o.id as opportunity, c.organisation_id as company from opportunity o, company c
     where o.status = 'draft' and c.published_at is not null limit 1`,
  );
  for (const path of [
    `companies/${hidden?.company}/matches`,
    `opportunities/${hidden?.opportunity}/matches`,
    `opportunities/${hidden?.opportunity}/matches/${hidden?.company}`,
  ])
    expect((await get(`/api/v1/${path}`, session)).status, path).toBe(404);
  for (const link of ['stop', 'invitation', 'verify', 'reset']) {
    const path = `/${link}/${newToken()}`;
    const page = await get(path, session);
    expect(
      formsIn(await page.text()).filter(({ action }) => action.startsWith('?')),
      path,
    ).toEqual([]);
    const headers = { cookie: `session=${session}`, origin: app.origin, accept: 'text/html' };
    const body = new URLSearchParams({ all: 'on', password: 'four wet lizards sing' });
    const answer = await fetch(app.origin + path, { method: 'POST', body, headers, redirect: 'manual' });
    // Some say on their page that the link is none.
    expect(answer.status === 200 || isRefusal(answer), `${answer.status} ${path}`).toBe(true);
  }
  expect(await changes([])).toEqual([]);
});
