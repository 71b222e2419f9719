import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { expect, expectAccessible, openBrowser, openPage } from '../support/browser.ts';
import { official, organisation, signIn } from '../support/trade.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { addJob } from '#lib/server/platform/job-queue.ts';
import { sendAlerts } from '#lib/server/search/alert-job.ts';

/** Saving a search, being told of what is new, stopping it; recent searches and what officials see of them. */

let app: App;
let browser: Browser;
let company: Member;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  company = await organisation(app.database, { name: '검색 회사' });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function publish(title: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into opportunity (number, title_ko, title_en, type, country, status, minerals, published_at, frozen_at,
      deadline)
    values (${title}, ${title}, ${title}, 'equipment', 'TZ', 'published', '{}', now(), now(), now() + interval '9 days')
    returning id`.execute(app.database.db);
  await addJob(app.database.db, 'search.index', { kind: 'opportunity', ids: rows.map(({ id }) => id) });
}

test('a visitor signs in to save a search, is told of what is new, and stops it from the mail', async () => {
  const view = await openPage(browser, app.origin, { javaScript: false });
  const { page } = view;
  await page.goto('/en/opportunities?q=flotation&country=TZ');
  await page.getByRole('link', { name: 'Sign in to save this search' }).click();
  await page.waitForURL('**/en/sign-in?**');
  const next = new URL(page.url()).searchParams.get('next') ?? '';
  await signIn(app, view.context, company);
  await page.goto(next);
  await page.getByLabel('Name').fill('');
  await page.getByRole('button', { name: 'Save the search' }).click();
  await expect(
    page.getByRole('alert').or(page.locator('.error-summary, [role=alert]')).first(),
  ).toBeVisible();
  await page.getByLabel('Name').fill('Flotation plants');
  await page.getByLabel('Alerts').selectOption('daily');
  await page.getByRole('button', { name: 'Save the search' }).click();
  await page.waitForURL('**/account/searches?done=saved');
  await expect(page.getByRole('status')).toContainText('Search saved');
  await expect(page.getByRole('heading', { name: 'Flotation plants' })).toBeVisible();
  await expect(page.getByText('Nothing new').first()).toBeVisible();

  await publish('Flotation line for a new mine');
  await expect(async () => {
    await page.goto('/en/account/searches');
    await expect(page.getByText('1 new').first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await sendAlerts(
    systemContext(app.database.db, 'test', () => new Date()),
    { frequency: 'daily' },
  );
  const mail = await app.database.db
    .selectFrom('mail')
    .select(['body', 'stop_url'])
    .where('to_email', '=', company.email)
    .executeTakeFirstOrThrow();
  expect(mail.body).toContain('Flotation line for a new mine');

  await page.getByRole('button', { name: /See results.*Flotation plants/ }).click();
  await page.waitForURL('**/en/opportunities?q=flotation&country=TZ');
  await expect(page.getByText('Flotation line for a new mine').first()).toBeVisible();
  await page.goto('/en/account/searches');
  await expect(page.getByText('Nothing new').first()).toBeVisible();
  await view.close();

  const stranger = await openPage(browser, app.origin);
  await stranger.page.goto(new URL(mail.stop_url ?? '').pathname);
  await expectAccessible(stranger.page);
  await expect(stranger.page.locator('main')).toContainText('Flotation plants');
  await stranger.page.locator('main form button').click();
  await stranger.page.waitForURL('**?done=stopped');
  await expect(stranger.page.getByRole('status')).toBeVisible();
  await stranger.close();
});

test('a search is saved on its list, renamed, paused, removed and brought back', async () => {
  const view = await openPage(browser, app.origin);
  const { page } = view;
  await signIn(app, view.context, await organisation(app.database, { name: '둘째 회사' }));
  await page.goto('/companies?q=여과&mineral=graphite');
  await page.getByText('이 검색 저장하기').click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '검색 저장하기' }).click();
  await page.waitForURL('**/account/searches?done=saved');
  await expect(page.getByRole('status')).toContainText('검색을 저장했습니다');
  const entry = page.locator('.saved-search').first();
  await expect(entry).toContainText('‘여과’ · 흑연');
  await entry.getByText('고치거나 지우기').click();
  await expectAccessible(page);
  await entry.getByLabel('이름').fill('흑연 여과');
  await entry.getByRole('button', { name: '이름 바꾸기' }).click();
  await expect(page.getByRole('heading', { name: '흑연 여과' })).toBeVisible();
  await entry.getByText('고치거나 지우기').click();
  await entry.getByRole('button', { name: '알림 멈추기' }).click();
  await expect(entry).toContainText('알림 멈춤');
  await entry.getByText('고치거나 지우기').click();
  await entry.getByRole('button', { name: '검색 지우기' }).click();
  await page.waitForURL('**/account/searches?done=removed**');
  await expect(page.getByRole('status')).toContainText('검색을 지웠습니다: 흑연 여과');
  await page.getByRole('button', { name: '지운 검색 되살리기' }).click();
  await expect(page.getByRole('heading', { name: '흑연 여과' })).toBeVisible();
  await view.close();
});

test('recent searches are listed, removed, switched off; officials see words that two asked for', async () => {
  const view = await openPage(browser, app.origin);
  const { page } = view;
  await signIn(app, view.context, await organisation(app.database, { name: '셋째 회사' }));
  await page.goto('/companies?q=없는낱말입니다');
  await page.goto('/projects');
  await page.locator('#list-q').fill('흑연');
  await page.locator('#list').getByRole('button', { name: '찾기' }).click();
  await expect(page.getByText('‘흑연’ 프로젝트').first()).toBeVisible();
  await expect(async () => {
    await page.goto('/account/searches');
    await expect(page.getByRole('link', { name: '‘없는낱말입니다’' })).toBeVisible({ timeout: 500 });
    await expect(page.getByRole('link', { name: '‘흑연’' })).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.getByRole('button', { name: /지우기.*‘흑연’/ }).click();
  await expect(page.getByRole('link', { name: '‘흑연’' })).toHaveCount(0);
  await page.getByRole('button', { name: '최근 검색 남기지 않기' }).click();
  await expect(page.getByRole('link', { name: '‘없는낱말입니다’' })).toHaveCount(0);
  await expectAccessible(page);

  const words = async () => {
    await page.goto('/ministry/searches');
    return page.locator('main').innerText();
  };
  await view.context.clearCookies();
  await signIn(app, view.context, await official(app.database));
  expect(await words()).not.toContain('없는낱말입니다');
  const other = await openPage(browser, app.origin);
  await signIn(app, other.context, company);
  await other.page.goto('/companies?q=없는낱말입니다');
  await other.close();
  await expect.poll(words).toContain('없는낱말입니다');
  await expectAccessible(page);
  await view.close();
});
