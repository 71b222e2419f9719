import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { expect, expectAccessible, openBrowser, openPage, type PageOptions } from '../support/browser.ts';

const PASSWORD = 'four wet lizards sing';
let app: App;
let browser: Browser;
let serial = 0;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const newEmail = () => `person${Date.now()}x${(serial += 1)}@example.test`;
const open = (options?: PageOptions) => openPage(browser, app.origin, options);

/** Opens the newest mail to an address and follows its link. */
async function followMail(page: Page, prefix: string, email: string, link: string): Promise<void> {
  await page.goto(`${prefix}/dev/mail?to=${encodeURIComponent(email)}`);
  await page.locator('main table a').first().click();
  await page.locator(`main a[href*="${link}"]`).first().click();
  await page.waitForURL(`**${link}**`);
}

async function signUp(page: Page, prefix: string, email: string, name: string): Promise<void> {
  await page.goto(`${prefix}/sign-up`);
  await page.fill('#name', name);
  await page.fill('#email', email);
  await page.fill('#password', PASSWORD);
  await page.check('#consent_terms');
  await page.check('#consent_privacy');
  await page.locator('main button.btn--primary').click();
  await page.waitForURL('**/sign-up/check-mail');
}

async function confirm(page: Page, prefix: string, email: string): Promise<void> {
  await followMail(page, prefix, email, '/verify/');
  await page.locator('main button.btn--primary').click();
  await page.waitForURL('**/account/organisation');
}

async function register(page: Page, name: string): Promise<void> {
  await page.fill('#name_ko', `주식회사 ${name}`);
  await page.fill('#name_en', `${name} Co., Ltd.`);
  await page.locator('form[action="?/register"] button').click();
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.fill('#email', email);
  await page.fill('#password', PASSWORD);
  await page.locator('main button.btn--primary').click();
}

describe.each([
  ['in Korean', '', { javaScript: true }],
  ['in English', '/en', { javaScript: true }],
  ['in Korean without JavaScript', '', { javaScript: false }],
] as const)('%s', (_how, prefix, options) => {
  test('from sign-up to the first capability in four screens', async () => {
    const view = await open(options);
    const { page } = view;
    const email = newEmail();
    await signUp(page, prefix, email, '한바다'); // screen 1
    await confirm(page, prefix, email); // screen 2, from the mail
    await register(page, `Errand ${serial}`); // screen 3
    await page.waitForURL(`**${prefix}/company/profile/capabilities**`); // screen 4
    await expect(page.locator('h1')).toBeVisible();
    view.check();
    await view.close();
  });

  test('a form with faults says what to do, keeps what was typed, and changes nothing', async () => {
    const view = await open(options);
    const { page } = view;
    view.expectError(/400/);
    await page.goto(`${prefix}/sign-up`);
    await page.fill('#name', '한바다');
    await page.fill('#password', 'short');
    await page.locator('main button.btn--primary').click();
    await expect(page.locator('.error-summary li')).toHaveCount(4);
    await expect(page.locator('#name')).toHaveValue('한바다');
    await expect(page.locator('#password')).toHaveValue('');
    await expect(page.locator('#email-error')).toBeVisible();
    await expect(page.locator('#email')).toHaveAttribute('aria-describedby', /email-error/);
    view.check();
    await view.close();
  });

  test('sign-in, from a page that needs it and back to it; sign-out', async () => {
    const view = await open(options);
    const { page } = view;
    const email = newEmail();
    await signUp(page, prefix, email, '한바다');
    await confirm(page, prefix, email);
    await register(page, `Way ${serial}`);
    await page.waitForURL('**/company/**');
    await page.locator('details.account > summary').click();
    await page.locator('details.account form button').click();
    await page.waitForURL('**/sign-in?done=signed-out');
    await page.goto(`${prefix}/company/people?from=mail`);
    await page.waitForURL('**/sign-in?next=**');
    await signIn(page, email);
    await page.waitForURL(`**${prefix}/company/people?from=mail`);
    view.check();
    await view.close();
  });
});

test('a new password by mail; every device is signed out', async () => {
  const view = await open();
  const { page } = view;
  const email = newEmail();
  await signUp(page, '', email, '한바다');
  await confirm(page, '', email);
  const elsewhere = await open();
  await elsewhere.page.goto('/reset');
  await elsewhere.page.fill('#email', email);
  await elsewhere.page.locator('main button.btn--primary').click();
  await elsewhere.page.waitForURL('**/reset?done=sent');
  await followMail(elsewhere.page, '', email, '/reset/');
  await elsewhere.page.fill('#password', 'entirely other words');
  await elsewhere.page.locator('main button.btn--primary').click();
  await elsewhere.page.waitForURL('**/sign-in?done=reset');
  await page.goto('/account');
  await page.waitForURL('**/sign-in?next=**');
  view.check();
  elsewhere.check();
  await view.close();
  await elsewhere.close();
});

test('an owner invites by mail; the guest joins in one screen; the owner is told', async () => {
  const owner = await open();
  const { page } = owner;
  const [email, guest] = [newEmail(), newEmail()];
  await signUp(page, '', email, '주인');
  await confirm(page, '', email);
  await register(page, `Invite ${serial}`);
  await page.waitForURL('**/company/**');
  await page.goto('/company/people');
  await page.fill('#email', guest);
  await page.locator('section[aria-labelledby="invite"] button.btn--primary').click();
  await page.waitForURL('**/company/people?done=invited');
  const other = await open({ locale: 'en-US' });
  await followMail(other.page, '/en', guest, '/invitation/');
  await other.page.fill('#name', 'Guest');
  await other.page.fill('#password', PASSWORD);
  await other.page.check('#consent_terms');
  await other.page.check('#consent_privacy');
  await other.page.locator('main button.btn--primary').click();
  await other.page.waitForURL('**/company');
  await expect(async () => {
    await page.goto('/account/notices');
    await expect(page.locator('main .result')).toHaveCount(1, { timeout: 500 });
  }).toPass();
  // Visiting the page by itself is reading what leads there.
  await page.goto('/company/people');
  await expect(page.locator('tbody tr')).toHaveCount(2);
  await page.goto('/account/notices');
  await expect(page.locator('main .page-head__lead')).toHaveText('모두 읽으셨습니다.');
  owner.check();
  other.check();
  await owner.close();
  await other.close();
});

test('the same company again leads to asking to join', async () => {
  const first = await open();
  const [email, second] = [newEmail(), newEmail()];
  const name = `Twice ${serial}`;
  await signUp(first.page, '', email, '먼저');
  await confirm(first.page, '', email);
  await register(first.page, name);
  await first.page.waitForURL('**/company/**');
  const later = await open();
  later.expectError(/409/);
  await signUp(later.page, '', second, '나중');
  await confirm(later.page, '', second);
  await register(later.page, name);
  await later.page.locator('form[action="?/join"] textarea').fill('같은 회사의 영업팀입니다.');
  await later.page.locator('form[action="?/join"] button').click();
  await later.page.waitForURL('**/account/organisation?done=asked');
  await first.page.goto('/company/people');
  await first.page.locator('button[formaction="?/accept"]').click();
  await first.page.waitForURL('**/company/people?done=accepted');
  await later.page.goto('/company/people');
  await expect(later.page.locator('tbody tr')).toHaveCount(2);
  first.check();
  later.check();
  await first.close();
  await later.close();
});

describe('what is hidden', () => {
  const get = (path: string, cookie = '') =>
    fetch(app.origin + path, { redirect: 'manual', headers: { cookie, accept: 'text/html' } });
  const post = (path: string) =>
    fetch(app.origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: app.origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    });

  test('is shown to visitors as a way in, never as content', async () => {
    for (const [path, next] of [
      ['/company/people?x=1', '/company/people?x=1'],
      ['/en/ministry/audit', '/en/ministry/audit'],
    ] as const) {
      const response = await get(path);
      expect(response.status).toBe(303);
      const location = new URL(response.headers.get('location') ?? '', app.origin);
      expect(location.pathname).toMatch(/\/sign-in$/);
      expect(location.searchParams.get('next')).toBe(next);
    }
    const posted = await post('/company/people?/invite');
    expect(posted.status).toBe(303);
    expect(posted.headers.get('location')).toBe('/sign-in?next=%2Fcompany%2Fpeople&ended=1');
  });

  test('looks like what does not exist', async () => {
    const view = await open();
    view.expectError(/404/);
    const { page } = view;
    const email = newEmail();
    await signUp(page, '', email, '한바다');
    await confirm(page, '', email);
    await register(page, `Hidden ${serial}`);
    await page.waitForURL('**/company/**');
    const text = async (path: string) => {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(404);
      // A line that holds nothing depends on whether the script has arrived.
      return (await page.locator('main').innerText()).replace(/\n\s*\n/gu, '\n');
    };
    expect(await text('/ministry/audit')).toBe(await text('/no-such-page'));
    view.check();
    await view.close();
  });

  test('never sends anyone to another host', async () => {
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      const response = await fetch(`${app.origin}/demo/sign-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: app.origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ who: 'company', next }).toString(),
      });
      const location = response.headers.get('location') ?? '/';
      expect(new URL(location, app.origin).origin).toBe(app.origin);
    }
  });

  test('takes no post from another site', async () => {
    const response = await fetch(`${app.origin}/sign-in`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'email=a%40b.example&password=x',
    });
    expect(response.status).toBe(403);
  });

  test('answers an unknown key with a problem document', async () => {
    const response = await fetch(`${app.origin}/api/v1/companies`, {
      headers: { authorization: 'Bearer gmk_x' },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'bad-key' });
  });
});

test('every page of the account is accessible, in both languages', async () => {
  const view = await open();
  const { page } = view;
  const email = newEmail();
  await signUp(page, '', email, '한바다');
  await expectAccessible(page);
  await followMail(page, '', email, '/verify/');
  await expectAccessible(page);
  await page.locator('main button.btn--primary').click();
  await page.waitForURL('**/account/organisation');
  await register(page, `Access ${serial}`);
  await page.waitForURL('**/company/**');
  for (const prefix of ['', '/en']) {
    for (const path of ['', '/security', '/sessions', '/notices', '/language', '/organisation', '/acting']) {
      await page.goto(`${prefix}/account${path}`);
      await expectAccessible(page);
    }
    await page.goto(`${prefix}/company/people`);
    await expectAccessible(page);
    await page.goto(`${prefix}/dev/mail`);
    await expectAccessible(page);
  }
  await page.context().clearCookies();
  for (const path of [
    '/sign-in',
    '/en/sign-in',
    '/sign-up',
    '/en/sign-up',
    '/reset',
    '/en/reset',
    '/demo/sign-in',
  ]) {
    await page.goto(path);
    await expectAccessible(page);
  }
  view.check();
  await view.close();
});
