import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import {
  expect,
  expectAccessible,
  openBrowser,
  openPage,
  type PageOptions,
  type WatchedPage,
} from '../support/browser.ts';
import { official, organisation, signIn } from '../support/trade.ts';
import type { Member, Official } from '#lib/domain/account/actor.ts';

/** Officials change the lexicon and, two of them, a relation: from the preview to the undoing. */

let app: App;
let browser: Browser;
let first: Official;
let second: Official;
let company: Member;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  first = await official(app.database);
  second = await official(app.database, 'mofa');
  company = await organisation(app.database, { name: 'Amendment' });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function openAs(actor: Member | Official, options: PageOptions = {}): Promise<WatchedPage> {
  const view = await openPage(browser, app.origin, options);
  await signIn(app, view.context, actor);
  return view;
}

async function end(view: WatchedPage): Promise<void> {
  view.check();
  await view.close();
}

test('the pages are closed to companies', async () => {
  const view = await openAs(company);
  view.expectError(/404/);
  for (const path of ['/ministry/lexicon', '/ministry/lexicon/term', '/ministry/relations'])
    expect((await view.page.goto(path))?.status()).toBe(404);
  await end(view);
});

describe.each([
  ['in Korean', '', true, '시험용낱말', 'ti-sponge'],
  ['in English without JavaScript, on a phone', '/en', false, '연습용낱말', 'mine-rescue'],
] as const)('%s', (_how, prefix, javaScript, word, held) => {
  const options = { javaScript, ...(prefix === '' ? {} : { viewport: { width: 360, height: 800 } }) };

  // axe needs the page to run scripts.
  const accessible = async (page: WatchedPage['page']) => {
    if (javaScript) await expectAccessible(page);
  };

  test('a term is previewed, saved, found by search, and undone', async () => {
    const view = await openAs(first, options);
    const { page } = view;
    await page.goto(`${prefix}/ministry/lexicon?q=${word}`);
    await page.getByRole('link', { name: word }).click();
    view.expectError(/400/);
    await page.fill('#concept', '없는 개념');
    await page.selectOption('#lang', 'ko');
    await page.selectOption('#form', 'alias');
    await page.fill('#source', 'e2e');
    await page.fill('#note', '시험입니다.');
    await page.fill('#queries', `${word} 회사`);
    await page.locator('form.form button[type=submit]').click();
    await expect(page.locator('#concept-error')).toBeVisible();
    await accessible(page);
    // A name is as good as an id.
    await page.fill('#concept', '흑연');
    await page.locator('form.form button[type=submit]').click();
    const preview = page.locator('section', { has: page.locator('#preview') });
    await expect(preview).toContainText('graphite');
    await expect(preview.locator('summary').first()).toContainText(`${word} 회사`);
    await accessible(page);
    await preview.locator('form button').click();
    await page.waitForURL('**done=saved**');
    await expect(page.locator('[role=status]')).toBeVisible();
    await expect(page.locator('table')).toContainText(word);
    await accessible(page);

    await page.goto(`${prefix}/companies?q=${encodeURIComponent(word)}`);
    await expect(page.locator('.result').first()).toBeVisible();

    await page.goto(`${prefix}/ministry/lexicon/history`);
    const latest = page.locator('ol.results > li').first();
    await expect(latest).toContainText(word);
    await latest.locator('summary').click();
    await latest.locator('textarea').fill('시험이 끝났습니다.');
    await latest.locator('form button').click();
    await page.waitForURL('**done=undone**');
    await expect(page.locator('[role=status]')).toBeVisible();
    await accessible(page);
    await page.goto(`${prefix}/ministry/lexicon?q=${word}`);
    await expect(page.locator('table')).toHaveCount(0);
    await end(view);
  });

  test('a relation is proposed by one and agreed to by another', async () => {
    const view = await openAs(first, options);
    const { page } = view;
    await page.goto(`${prefix}/ministry/relations/edit?kind=capability`);
    await page.selectOption('#from', 'dewatering-filters');
    await page.selectOption('#to', held);
    await page.fill('#degree', '0.5');
    await page.fill('#reason_ko', '시험용 관계입니다.');
    await page.fill('#reason_en', 'A relation of a test.');
    await page.fill('#source', 'e2e');
    await page.fill('#note', '시험입니다.');
    await page.locator('form.form button[type=submit]').click();
    const preview = page.locator('section', { has: page.locator('#preview') });
    await expect(preview).toBeVisible();
    await accessible(page);
    await preview.locator('form button').click();
    await page.waitForURL('**done=proposed**');
    await expect(page.locator('[role=status]')).toBeVisible();
    await page.locator('[role=status] a').click();
    await page.waitForURL(/\/proposals\/\d+$/);
    const path = new URL(page.url()).pathname;
    await expect(page.locator('form[action="?/confirm"]')).toHaveCount(0);
    await end(view);

    const other = await openAs(second, options);
    await other.page.goto(path);
    await accessible(other.page);
    await other.page.locator('form[action="?/confirm"] button').click();
    await other.page.waitForURL('**?done=*');
    await expect(other.page.locator('[role=status]')).toBeVisible();
    await other.page.goto(`${prefix}/about/data`);
    await expect(other.page.locator('a[href$="relation_changes.csv"]')).toBeVisible();
    const history = await other.page.request.get('/about/data/relation_changes.json');
    expect(JSON.stringify(await history.json())).toContain(held);
    await end(other);
  });
});
