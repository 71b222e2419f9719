import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { expect, expectAccessible, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { GATES } from '#lib/server/account/gates.ts';
import { startSession } from '#lib/server/auth/session.ts';
import { hashToken, newToken } from '#lib/server/platform/tokens.ts';

/** Every page there is, in both languages and colour schemes, wide and narrow, as somebody who may see it. */

/** Routes that answer no page. */
const NO_PAGE = [
  ...['/(public)/not-here', '/(public)/about/data/[file]', '/(account)/files/[id]', '/sign-out'],
  ...['/livez', '/readyz', '/metrics'],
  ...['companies', 'opportunities', 'projects'].map((list) => `/(public)/${list}/export.[format]`),
];
/** Routes that only lead on to another. */
const LEADS_ON: Record<string, RegExp> = { '/(company)/company/profile': /^\/company\/profile\/\w+$/ };

const ROUTES = Object.keys(GATES).filter((id) => !NO_PAGE.includes(id) && !id.startsWith('/api/'));

type Who = 'visitor' | 'company' | 'lead' | 'official-a' | 'admin';

/** As whom a route is opened: by its group. */
function whoFor(id: string): Who {
  if (id === '/(ministry)/ministry/people') return 'admin';
  if (id.startsWith('/(ministry)')) return 'official-a';
  if (id.startsWith('/(lead)')) return 'lead';
  return id.startsWith('/(public)') ? 'visitor' : 'company';
}

const ABOUT = ['matching', 'vetting', 'exposure', 'data', 'accessibility', 'privacy'];
const OWN = `(select organisation_id from membership m join account a on a.id = m.account_id
  where a.email = 'WHO@demo.gwangmaek.example')`;
const LEAD = OWN.replace('WHO', 'lead');
const COMPANY = OWN.replace('WHO', 'company');

/** What stands in the brackets of a route, or after it: statements that answer it, one address for each row. */
const PARAMETERS: Record<string, string> = {
  '/(public)/opportunities/[id]': `(select id from opportunity where status = 'published' and visibility = 'public'
    and not pseudonymous limit 1) union all (select id from opportunity where pseudonymous limit 1)`,
  '/(public)/projects/[id]': `select project_id as id from opportunity where project_id is not null limit 1`,
  '/(public)/companies/[id]': `select organisation_id as id from company c join organisation o on o.id = organisation_id
    where published_at is not null and standing = 'vetted' and not pseudonymous limit 1`,
  '/(public)/minerals/[id]': `select 'graphite' as id`,
  '/(public)/countries/[iso2]': `select 'TZ' as id`,
  '/(public)/frameworks/[id]': `select 'msp' as id union all select 'forge'`,
  '/(public)/about/[page]': ABOUT.map((page) => `select '${page}' as id`).join(' union all '),
  '/(public)/dev/mail/[id]': `select id from mail limit 1`,
  '/(company)/company/matches/[id]': `select id from opportunity where status = 'published' and visibility = 'public'
    and deadline > now() limit 1`,
  '/(company)/company/interests/[id]': `select id from interest where organisation_id = ${COMPANY}`,
  '/(company)/company/interests/new/[opportunity]': `select id from opportunity o where status = 'published'
    and visibility = 'public' and deadline > now() and coalesce(opens, current_date) <= current_date and not exists
    (select from interest i where i.opportunity_id = o.id and i.organisation_id = ${COMPANY}) limit 1`,
  '/(company)/company/invitations/[opportunity]': `select opportunity_id as id from opportunity_invitation
    where organisation_id = ${COMPANY}`,
  '/(company)/company/teams/[id]': `select team_id as id from team_member where organisation_id = ${COMPANY}`,
  '/(company)/company/teams/new/[opportunity]/[company]': `select o.id || '/' || c.id as id from opportunity o, organisation c
    where o.external_id = 'demo-o-27' and c.external_id = 'demo-041'`,
  '/(company)/company/vetting/requests/[id]': `select r.id from information_request r join vetting_case c on c.id = case_id
    where organisation_id = ${COMPANY} and answered_at is null limit 1`,
  '/(lead)/lead/opportunities/[id]': `select distinct on (status) id from opportunity where organisation_id = ${LEAD}`,
  '/(lead)/lead/opportunities/[id]/edit/[step]': `select id || '/edit/' || step as id from opportunity,
    unnest('{basics,requirements,terms}'::text[]) step where organisation_id = ${LEAD} and status = 'draft' limit 3`,
  '/(lead)/lead/opportunities/[id]/matches': `select id from opportunity where organisation_id = ${LEAD}
    and status = 'published' limit 1`,
  '/(lead)/lead/opportunities/[id]/matches/[company]': `select o.id || '/matches/' || c.id as id
    from opportunity o, organisation c where o.organisation_id = ${LEAD} and o.status = 'published'
    and c.external_id = 'demo-041' limit 1`,
  '/(lead)/lead/opportunities/[id]/what-if': `select distinct on (status) id from opportunity
    where organisation_id = ${LEAD} and status in ('draft', 'published')`,
  '/(account)/account/appeals/new': `select '?opportunity=' || opportunity_id as id from match_appeal limit 1`,
  '/(account)/account/appeals/[id]': `select distinct on (status) id from match_appeal
    where organisation_id = ${COMPANY}`,
  '/(lead)/lead/opportunities/[id]/interests': `select opportunity_id as id from interest i
    join opportunity o on o.id = opportunity_id where o.organisation_id = ${LEAD} limit 1`,
  '/(lead)/lead/opportunities/[id]/interests/[interest]': `select distinct on (i.status, o.pseudonymous) opportunity_id || '/interests/' || i.id as id
    from interest i join opportunity o on o.id = opportunity_id where o.organisation_id = ${LEAD} and i.status <> 'withdrawn'`,
  '/(lead)/lead/opportunities/[id]/invitations/[company]': `select opportunity_id || '/invitations/' || v.organisation_id as id
    from opportunity_invitation v join opportunity o on o.id = v.opportunity_id where o.organisation_id = ${LEAD}`,
  '/(lead)/lead/shortlists/[id]': `select id from shortlist where organisation_id = ${LEAD} limit 1`,
  '/(lead)/lead/vetting/requests/[id]': `select r.id from information_request r join vetting_case c on c.id = case_id
    where organisation_id = ${LEAD} and answered_at is null limit 1`,
  '/(ministry)/ministry/matching/appeals/[id]': `select distinct on (status) id from match_appeal`,
  '/(ministry)/ministry/matching/models/[id]': `select id from match_model union all select '2026-11'`,
  '/(ministry)/ministry/matching/models/new': `select '?base=2026-11' as id`,
  '/(ministry)/ministry/relations/proposals/[id]': `select id from amendment where subject <> 'term'`,
  '/(ministry)/ministry/vetting/[case]': `select distinct on (status) id from vetting_case`,
  '/(ministry)/ministry/opportunities/[id]': `select distinct on (status) id from opportunity
    where status in ('submitted', 'published')`,
};

let app: App;
let browser: Browser;
let view: WatchedPage;
const sessions: Partial<Record<Who, string>> = {};
const tokens: Record<string, string> = { verify: newToken(), reset: newToken(), invitation: newToken() };

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ worker: false }), openBrowser()]);
  await addWhatTheDemonstrationHasNot();
  for (const who of ['company', 'lead', 'official-a', 'admin'] as const) sessions[who] = await sessionOf(who);
  view = await openPage(browser, app.origin);
});
afterAll(async () => {
  await view?.close();
  await browser?.close();
  await app?.stop();
});

async function rows<T extends object>(statement: string, values: unknown[] = []): Promise<T[]> {
  return (await app.database.pool.query<T>(statement, values)).rows;
}

/** Links of mails, and a question about a lead's own vetting. */
async function addWhatTheDemonstrationHasNot(): Promise<void> {
  for (const [purpose, token] of [
    ['verify-email', tokens['verify']],
    ['reset-password', tokens['reset']],
  ])
    await rows(
      `insert into one_time_link (id_hash, purpose, account_id, expires_at)
       select $1, $2, id, now() + interval '1 day' from account limit 1`,
      [hashToken(token ?? ''), purpose],
    );
  await rows(
    `insert into invitation (id_hash, organisation_id, email, role, expires_at)
     values ($1, ${COMPANY}, 'guest@example.test', 'editor', now() + interval '1 day')`,
    [hashToken(tokens['invitation'] ?? '')],
  );
  const [saved] = await rows<{ token: string }>(`select stop_token as token from saved_search limit 1`);
  tokens['stop'] = saved?.token ?? '';
  await rows(`insert into mail (event_key, to_email, lang, subject, body)
    values ('pages', 'guest@example.test', 'en', 'Hello', 'Open ${app.origin}/en/verify/x')`);
  await rows(`with made as (insert into vetting_case
      (organisation_id, kind, status, snapshot, snapshot_version, rules_version, due_at, paused_since)
      select ${LEAD}, 'renewal', 'waiting', snapshot, snapshot_version, rules_version, now() + interval '9 days', now()
      from vetting_case limit 1 returning id)
    insert into information_request (case_id, item, question, due_at)
    select id, (select item from vetting_item limit 1), 'Which?', now() + interval '3 days' from made`);
}

async function sessionOf(who: Who): Promise<string> {
  const [person] = await rows<{ id: string; acting: string | null }>(
    `select a.id, m.organisation_id as acting from account a left join membership m on m.account_id = a.id
     where a.email = $1`,
    [`${who}@demo.gwangmaek.example`],
  );
  const browserSeen = { agent: 'test', address: '127.0.0.1' };
  const acting = person?.acting ?? 'office';
  return startSession(app.database.db, person?.id ?? '', browserSeen, new Date(), acting);
}

/** The paths of a route. */
async function pathsOf(id: string): Promise<string[]> {
  const path = id.replaceAll(/\/\([^)]*\)/gu, '') || '/';
  if (!path.includes('[')) {
    const after = PARAMETERS[id];
    return after === undefined ? [path] : (await rows<{ id: string }>(after)).map((row) => path + row.id);
  }
  const [before = ''] = path.split('/[');
  if (path.endsWith('[token]')) return [`${before}/${tokens[before.slice(1)]}`];
  const statement = PARAMETERS[id];
  if (statement === undefined) throw new Error(`What stands in the brackets of ${id}? Add it to PARAMETERS.`);
  const after = /^\/\[\w+\]((?:\/[a-z]+)*)$/u.exec(path.slice(before.length))?.[1] ?? '';
  const found = await rows<{ id: string }>(statement);
  return found.map((row) => `${before}/${row.id}${after}`);
}

async function become(who: Who): Promise<void> {
  await view.context.clearCookies();
  const value = sessions[who];
  if (value) await view.context.addCookies([{ name: 'session', value, url: app.origin }]);
}

/**
 * Texts and labels in nothing but Hangul that do not say that they are Korean, apart from what people wrote: their
 * names and messages, and the values they gave.
 */
async function strayHangul(page: Page): Promise<string[]> {
  const written = (
    await rows<{ text: string }>(`select name as text from account union select message from join_request
      union select question from information_request union select answer from information_request
      union select note from vetting_event union select message from interest
      union select reason from opportunity_invitation union select note from vetting_item
      union select message from team_member union select note from team_event
      union select statement from match_appeal union select answer from match_appeal
      union select note from match_model union select reason from match_model_switch
      union select note from match_feedback union select name from saved_search
      union select q from saved_search union select q from recent_search union select terms from search_term`)
  ).map(({ text }) => text);
  return page.evaluate((known) => {
    const hangul = (text: string) =>
      /[\u3131-\u318e\uac00-\ud7a3]/u.test(text) &&
      !/[a-z]{2}/iu.test(text) &&
      !known.some((one) => one !== '' && text.includes(one));
    const isKorean = (element: Element | null) => element?.closest('[lang]')?.getAttribute('lang') === 'ko';
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!parent || parent.closest('script, style, textarea, dd, ins, del')) continue;
      if (hangul(text) && !isKorean(parent)) found.push(`<${parent.tagName} ${parent.className}> ${text}`);
    }
    for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const text = element.getAttribute(name) ?? '';
        if (hangul(text) && !isKorean(element)) found.push(`${name}: ${text}`);
      }
    return found.slice(0, 5);
  }, written);
}

/** No sideways scroll; what sticks out is named. */
async function expectFits(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  const stickingOut = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.body.querySelectorAll('*')]
      .filter((element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }))
      .filter(
        (element) =>
          element.getBoundingClientRect().right > room && !element.closest('.table-wrap, .rolebar'),
      )
      .map(
        (element) => `<${element.tagName} ${element.className}> ${element.textContent.trim().slice(0, 40)}`,
      );
  });
  expect(stickingOut, `at ${width}`).toEqual([]);
  const place = page.locator('.rolebar__nav [aria-current]');
  if ((await place.count()) > 0) await expect(place, 'the place in the menu').toBeInViewport({ ratio: 0.9 });
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe.each([
  ['ko', '', 360],
  ['en', '/en', 320],
] as const)('in %s', (lang, prefix, narrow) => {
  test.each(ROUTES)('%s', async (id) => {
    const { page } = view;
    await become(whoFor(id));
    const paths = await pathsOf(id);
    expect(paths.length, 'addresses of this route').toBeGreaterThan(0);
    for (const path of paths) {
      const response = await page.goto(path === '/' ? prefix || '/' : prefix + path);
      expect(response?.status(), path).toBe(200);
      expect(response?.headers()['cache-control'], path).toMatch(/^private, no-(cache|store)$/u);
      const arrived = new URL(page.url()).pathname.slice(prefix.length) || '/';
      expect(arrived, path).toMatch(LEADS_ON[id] ?? new RegExp(`^${path.split('?', 1)[0] ?? ''}$`));
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('h1'), path).toHaveCount(1);
      await expect(page).toHaveTitle(
        lang === 'ko' ? /^\S.* \| 광맥$|^광맥/ : /^\S.* \| Gwangmaek$|^Gwangmaek/,
      );
      if (lang === 'en') expect(await strayHangul(page), path).toEqual([]);
      await expectAccessible(page);
      await expectFits(page, narrow);
    }
    view.check();
  });
});
