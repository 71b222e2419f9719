import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import {
  expect,
  expectAccessible,
  expectNoWiderThan,
  openBrowser,
  openPage,
  type PageOptions,
  type WatchedPage,
} from '../support/browser.ts';
import { newBrn } from '../support/companies.ts';
import { untilJobsAreDone } from '../support/until.ts';
import { hashToken, newToken } from '#lib/server/platform/tokens.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** A page of the company of the demonstration. */
async function asDemoCompany(options: PageOptions = {}): Promise<WatchedPage> {
  const view = await openPage(browser, app.origin, options);
  await view.page.goto('/demo/sign-in');
  await view.page.locator('main form button').first().click();
  await view.page.waitForURL('**/company');
  return view;
}

/** A page of a company that has just registered, signed in by its session alone. */
async function asNewCompany(options: PageOptions = {}): Promise<WatchedPage & { id: string }> {
  const { db } = app.database;
  const token = newToken();
  const name = randomUUID().slice(0, 8);
  const account = await db
    .insertInto('account')
    .values({
      email: `${name}@example.test`,
      name: '한바다',
      password_hash: '-',
      email_verified_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('organisation')
    .values({ supplier: true, name_ko: `시험회사 ${name}` })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('membership')
    .values({ organisation_id: id, account_id: account.id, role: 'owner' })
    .execute();
  await db
    .insertInto('session')
    .values({
      id: hashToken(token),
      user_id: account.id,
      acting: id,
      expires_at: new Date(Date.now() + 86_400_000),
    })
    .execute();
  const view = await openPage(browser, app.origin, options);
  await view.context.addCookies([{ name: 'session', value: token, url: app.origin }]);
  return { ...view, id };
}

const PDF = { name: '성능시험서.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF') };
const press = (page: Page, act: string) => page.locator(`button[name="act"][value="${act}"]`).click();

test('what is typed before the script arrives stays when it does', async () => {
  const view = await asNewCompany({ javaScript: true });
  const { page } = view;
  let arrive = (): void => undefined;
  const late = new Promise<void>((resolve) => (arrive = resolve));
  await page.route('**/_app/**/*.js', async (route) => {
    await late;
    await route.continue();
  });
  const opened = page.goto('/company/profile/capabilities');
  await page.selectOption('#capability', 'dewatering-filters');
  await page.locator('input[name="minerals"][value="graphite"]').check();
  await page.fill('#amount', '42,000');
  await page.fill('#unit', '톤/년');
  await page.check('input[name="evidence"][value="document"]');
  expect(await page.locator('html').getAttribute('data-scripted')).toBeNull();
  arrive();
  await opened;
  await expect(page.locator('#capability')).toHaveValue('dewatering-filters');
  await expect(page.locator('input[name="minerals"][value="graphite"]')).toBeChecked();
  await expect(page.locator('#amount')).toHaveValue('42,000');
  await expect(page.locator('#unit')).toHaveValue('톤/년');
  await expect(page.locator('input[name="evidence"][value="document"]')).toBeChecked();
  view.check();
  await view.close();
});

describe.each([
  ['in Korean', '', { javaScript: true }],
  ['in English', '/en', { javaScript: true }],
  ['in Korean without JavaScript', '', { javaScript: false }],
] as const)('registration %s', (_how, prefix, options) => {
  test('in five steps, each saved by itself, seen by others once it is published', async () => {
    const view = await asNewCompany(options);
    const { page } = view;
    const step = (name: string) => page.waitForURL(`**${prefix}/company/profile/${name}**`);

    await page.goto(`${prefix}/company/profile`);
    await step('identity');
    await page.fill('#name_en', 'Sea Filters Co., Ltd.');
    await page.fill('#brn', newBrn());
    await page.check('input[name="size"][value="sme"]');
    await page.selectOption('#province', '경상남도');
    await page.fill('#representative', '한바다');
    await page.fill('#ksic_search', '여과기');
    await page.locator('button[formaction]').click();
    await page.locator('input[name="ksic"]').first().check();
    await expect(page.locator('#name_en')).toHaveValue('Sea Filters Co., Ltd.');
    await page.fill('#summary_ko', '거르는 설비를 만듭니다.');
    await page.fill('#summary_en', 'We make filters.');
    await press(page, 'continue');

    await step('capabilities');
    await expect(page.locator('[role="status"]').first()).toBeVisible();
    await page.selectOption('#capability', 'dewatering-filters');
    await page.locator('input[name="minerals"][value="graphite"]').check();
    await page.fill('#amount', '42,000');
    await page.fill('#unit', '톤/년');
    await page.fill('#year', '2026');
    await page.check('input[name="evidence"][value="document"]');
    await page.setInputFiles('#upload', PDF);
    await press(page, 'add');
    await expect(page.locator('.entry')).toHaveCount(1);
    await press(page, 'continue');

    await step('evidence');
    await page.selectOption('#certification', 'iso-9001');
    await page.fill('#valid_to', '2030-05-31');
    await page.locator('form[action="?/certificate"] button').last().click();
    await expect(page.locator('#certificates + .count, #certificates .count')).toContainText('1');

    await page.goto(`${prefix}/company/profile/reach`);
    await page.check('input[name="languages"][value="en"]');
    await press(page, 'continue');

    await step('review');
    const visitor = await openPage(browser, app.origin);
    visitor.expectError(/404/);
    expect((await visitor.page.goto(`/companies/${view.id}`))?.status()).toBe(404);
    await page.locator('form[action="?/publish"] button').click();
    await page.waitForURL('**done=published');
    expect((await visitor.page.goto(`/companies/${view.id}`))?.status()).toBe(200);
    await expect(visitor.page.locator('main')).not.toContainText('42,000');
    await expect(visitor.page.locator('main')).not.toContainText('4만 2천');
    await visitor.close();
    view.check();
    await view.close();
  });

  test('with faults: beside the field, the rest kept, nothing changed', async () => {
    const view = await asNewCompany(options);
    const { page } = view;
    view.expectError(/400/);
    await page.goto(`${prefix}/company/profile/capabilities`);
    await page.selectOption('#capability', 'dewatering-filters');
    await page.fill('#amount', '육만');
    await page.fill('#year', '2062');
    await page.fill('#note_en', 'kept');
    await page.setInputFiles('#upload', { ...PDF, buffer: Buffer.from('not a pdf') });
    await press(page, 'continue');
    await expect(page.locator('.error-summary li')).toHaveCount(3);
    for (const field of ['amount', 'year', 'upload']) {
      await expect(page.locator(`#${field}-error`)).toBeVisible();
    }
    await expect(page.locator('#amount')).toHaveValue('육만');
    await expect(page.locator('#note_en')).toHaveValue('kept');
    await expect(page.locator('#capability')).toHaveValue('dewatering-filters');
    if (options.javaScript) await expectAccessible(page);
    await page.goto(`${prefix}/company/profile/capabilities`);
    await expect(page.locator('.entry')).toHaveCount(0);
    view.check();
    await view.close();
  });
});

const PLACES = [
  '/company',
  '/company/matches',
  '/company/matches?group=near',
  '/company/alerts',
  '/company/profile/identity',
  '/company/profile/capabilities',
  '/company/profile/evidence',
  '/company/profile/reach',
  '/company/profile/review',
  '/company/profile/review?as=lead',
  '/companies',
  '/companies?q=여과&mineral=graphite',
  '/companies?mineral=gallium&certification=iso-45001&size=large',
];

describe('the pages of a company', () => {
  test('are accessible, fit a phone, and complain of nothing, in both languages', async () => {
    const view = await asDemoCompany();
    const { page } = view;
    for (const path of PLACES.flatMap((place) => [place, `/en${place}`])) {
      expect((await page.goto(path))?.status(), path).toBe(200);
      await expect(page.locator('h1')).toHaveCount(1);
      await expectAccessible(page);
      await page.setViewportSize({ width: 360, height: 800 });
      await expectNoWiderThan(page, 360);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
    view.check();
    await view.close();
  });

  test('from home, two clicks lead to the field that would raise a match', async () => {
    const view = await asDemoCompany({ javaScript: false });
    const { page } = view;
    await page.locator('.match h3 a').first().click(); // 1
    await page.waitForURL('**/company/matches/**');
    const raise = page.locator('.raise a').first();
    const target = await raise.getAttribute('href');
    await raise.click(); // 2
    const [, anchor = ''] = (target ?? '').split('#');
    await expect(page.locator(`[id="${anchor}"]`)).toHaveCount(1);
    view.check();
    await view.close();
  });

  test('a filter of the list finds as many as it says', async () => {
    const view = await openPage(browser, app.origin);
    const { page } = view;
    // Companies that other tests registered are counted before, not meanwhile.
    await untilJobsAreDone(app.database);
    await page.goto('/companies');
    for (const facet of ['mineral', 'stage', 'country', 'certification', 'size', 'status']) {
      const line = page.locator('.choice', { has: page.locator(`input[name="${facet}"]`) }).first();
      const value = await line.locator('input').getAttribute('value');
      const said = Number(/\d+/.exec((await line.locator('.count').textContent()) ?? '')?.[0]);
      await page.goto(`/companies?${facet}=${value}`);
      await expect(page.locator('#results strong')).toContainText(String(said));
      await page.goto('/companies');
    }
    view.check();
    await view.close();
  });
});

describe('what is sent', () => {
  test('files go to their own people only, to be saved, never shown', async () => {
    const view = await asNewCompany();
    const { page } = view;
    await page.goto('/company/profile/evidence');
    await page.setInputFiles('#document', PDF);
    await page.locator('form[action="?/upload"] button').click();
    const path = await page.locator('a[href^="/files/"]').first().getAttribute('href');
    const answer = await page.request.get(path ?? '');
    expect(answer.status()).toBe(200);
    expect(answer.headers()['content-disposition']).toContain("filename*=UTF-8''%EC%84%B1");
    expect(answer.headers()['content-security-policy']).toContain('sandbox');
    expect(answer.headers()['x-content-type-options']).toBe('nosniff');
    const other = await asNewCompany();
    expect((await other.page.request.get(path ?? '')).status()).toBe(404);
    await other.close();
    view.check();
    await view.close();
  });

  test('a file that is too big is told of before it is sent', async () => {
    const view = await asNewCompany();
    const { page } = view;
    await page.goto('/company/profile/capabilities');
    await page.fill('#note_en', 'kept');
    await page.setInputFiles('#upload', { ...PDF, buffer: Buffer.alloc(21 * 1024 * 1024) });
    await expect(page.locator('#upload-error')).toContainText('21MB');
    await expect(page.locator('#upload')).toHaveValue('');
    await expect(page.locator('#note_en')).toHaveValue('kept');
    view.check();
    await view.close();
  });

  test('a body larger than its page takes is refused', async () => {
    const view = await asNewCompany();
    const big = 'x'.repeat(600 * 1024);
    const post = (path: string) =>
      view.page.request.post(path, {
        // A connection of its own each: one whose body was refused unread may be closed by either end.
        headers: { origin: app.origin, accept: 'text/html', connection: 'close' },
        form: { note_ko: big },
      });
    expect((await post('/company/profile/identity?/save')).status()).toBe(413);
    expect((await post('/company/profile/capabilities?/save')).status()).toBe(400);
    await view.close();
  });
});
