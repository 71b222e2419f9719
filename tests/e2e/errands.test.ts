import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { expect, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';

/**
 * The errands of UX §1 on the data of the demonstration, with the actions of the person counted. Registration, notices,
 * suppliers and vetting are followed step by step in the files beside this one.
 */

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** Follows a link or presses a button, and counts it. */
function counting(page: Page) {
  let n = 0;
  return {
    count: () => n,
    click: async (selector: string) => {
      n += 1;
      await page.locator(selector).first().click();
    },
    find: async (words: string) => {
      n += 1;
      await page.locator('main input[type=search]').first().fill(words);
      await page
        .locator('main form[role=search] button, main form:has(input[type=search]) button')
        .first()
        .click();
    },
  };
}

describe.each([
  ['in Korean', '', true],
  ['in English', '/en', true],
  ['in Korean without JavaScript', '', false],
] as const)('%s', (_how, prefix, javaScript) => {
  const open = () => openPage(browser, app.origin, { javaScript });
  const end = async (view: WatchedPage) => {
    view.check();
    await view.close();
  };

  async function signedIn(who: 'company' | 'lead'): Promise<WatchedPage> {
    const view = await open();
    await view.page.goto(`${prefix}/demo/sign-in`);
    await view.page.locator(`button[name=who][value=${who}]`).click();
    await view.page.waitForURL(`**${prefix}/${who}`);
    return view;
  }

  test('open opportunities in graphite in Tanzania: two actions from home, at an address to share', async () => {
    const view = await open();
    const { page } = view;
    await page.goto(prefix || '/');
    const person = counting(page);
    await person.find(prefix === '' ? '탄자니아 흑연' : 'graphite Tanzania');
    await page.waitForURL('**/opportunities?**');
    await expect(page.locator('#results')).toBeVisible();
    const found = page.locator('.result__title a');
    await expect(found.first()).toBeVisible();
    expect(person.count()).toBeLessThanOrEqual(2);
    const seen = await found.evaluateAll((links) => links.map((link) => link.getAttribute('href')));

    const shared = await open();
    await shared.page.goto(`${prefix}/opportunities?mineral=graphite&country=TZ&status=open`);
    const those = shared.page.locator('.result__title a');
    await expect(those.first()).toBeVisible();
    const exact = await those.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(exact.length).toBeGreaterThan(0);
    for (const address of exact) expect(seen).toContain(address);
    await end(shared);
    await end(view);
  });

  test('from sign-up to the first saved capability in four screens', async () => {
    const view = await open();
    const { page } = view;
    const email = `errand${Date.now()}${prefix.length}${Number(javaScript)}@example.test`;
    const screens: string[] = [];
    const screen = (name: string) => screens.push(name);
    await page.goto(`${prefix}/sign-up`);
    screen('sign-up');
    await page.fill('#name', '한바다');
    await page.fill('#email', email);
    await page.fill('#password', 'four wet lizards sing');
    await page.check('#consent_terms');
    await page.check('#consent_privacy');
    await page.locator('main button.btn--primary').click();
    await page.waitForURL('**/sign-up/check-mail');
    await page.goto(`${prefix}/dev/mail?to=${encodeURIComponent(email)}`);
    await page.locator('main table a').first().click();
    await page.locator('main a[href*="/verify/"]').first().click();
    await page.waitForURL('**/verify/**');
    screen('verify');
    await page.locator('main button.btn--primary').click();
    await page.waitForURL('**/account/organisation');
    screen('organisation');
    await page.fill('#name_ko', `주식회사 심부름${email.replace(/\D/gu, '')}`);
    await page.locator('form[action="?/register"] button').click();
    await page.waitForURL(`**${prefix}/company/profile/capabilities**`);
    screen('capability');
    await page.selectOption('#capability', 'froth-flotation');
    await page.locator('input[name="minerals"][value="graphite"]').check();
    await page.locator('button[name="act"][value="add"]').click();
    await expect(page.locator('.entry')).toHaveCount(1);
    expect(screens).toHaveLength(4);
    await end(view);
  });

  test('why a notice fits, and the piece that would raise it: two clicks from the home of a company', async () => {
    const view = await signedIn('company');
    const { page } = view;
    const person = counting(page);
    await person.click('.match h3 a');
    await page.waitForURL('**/company/matches/**');
    await expect(page.locator('#why, [aria-labelledby=why]').first()).toBeVisible();
    const anchor = ((await page.locator('.raise a').first().getAttribute('href')) ?? '').split('#')[1] ?? '';
    await person.click('.raise a');
    await expect(page.locator(`[id="${anchor}"]`)).toBeVisible();
    expect(person.count()).toBeLessThanOrEqual(2);
    await end(view);
  });

  test('expressing interest takes one screen, and its state stands on the home of the company', async () => {
    const [notice] = (
      await app.database.pool.query<{ id: string }>(
        `select id from opportunity o where status = 'published' and visibility = 'public' and deadline > now()
         and coalesce(opens, current_date) <= current_date and not exists (select from interest i
           join membership m on m.organisation_id = i.organisation_id join account a on a.id = m.account_id
           where i.opportunity_id = o.id and a.email = 'company@demo.gwangmaek.example') order by id limit 1`,
      )
    ).rows;
    const view = await signedIn('company');
    const { page } = view;
    await page.goto(`${prefix}/opportunities/${notice?.id}`);
    await page.locator('.detail__next a.btn--primary').click();
    await page.waitForURL('**/company/interests/new/**');
    await page.fill('#message', 'We can do this.');
    await page.check('#terms');
    await page.locator('main form button.btn--primary').click();
    await page.waitForURL('**?done=sent');
    const address = new URL(page.url()).pathname;
    await page.goto(`${prefix}/company`);
    await expect(page.locator(`main a[href="${address}"]`)).toBeVisible();
    await end(view);
  });

  test('an inbox of twenty is worked through one screen each', async () => {
    const view = await signedIn('lead');
    const { page } = view;
    const [inbox] = (
      await app.database.pool.query<{ id: string; n: number }>(
        `select opportunity_id as id, count(*)::int as n from interest i join opportunity o on o.id = opportunity_id
         join membership m on m.organisation_id = o.organisation_id join account a on a.id = m.account_id
         where a.email = 'lead@demo.gwangmaek.example' and i.status <> 'withdrawn' group by 1 order by 2 desc limit 1`,
      )
    ).rows;
    expect(inbox?.n).toBeGreaterThanOrEqual(20);
    const path = `${prefix}/lead/opportunities/${inbox?.id}/interests`;
    const person = counting(page);
    await person.click(`main a[href^="${path}"]`);
    await page.waitForURL(`**${path}**`);
    const seen = new Set<string>();
    if (!/interests\/[0-9a-f-]{36}/u.test(page.url())) await person.click('.result__title a');
    await page.waitForURL(/\/interests\/[0-9a-f-]{36}/u);
    // Back to the first, wherever the list was entered.
    const turn = async (way: 'next' | 'prev') => {
      const before = page.url();
      if (javaScript) await page.keyboard.press(way === 'next' ? 'j' : 'k');
      else await page.locator(`a[rel=${way}]`).first().click();
      await page.waitForURL((url) => url.href !== before);
      // The way back is there once the page is that of the address.
      const back = way === 'next' ? 'prev' : 'next';
      await expect(page.locator(`a[rel=${back}]`)).toHaveAttribute(
        'href',
        new RegExp(`^${new URL(before).pathname}`, 'u'),
      );
    };
    while ((await page.locator('a[rel=prev]').count()) > 0) await turn('prev');
    for (;;) {
      seen.add(page.url());
      await expect(page.locator('#answer')).toBeVisible();
      if ((await page.locator('a[rel=next]').count()) === 0) break;
      await turn('next');
    }
    expect(seen.size).toBeGreaterThanOrEqual(20);
    await turn('prev');
    expect(seen).toContain(page.url());
    await end(view);
  });

  test('the source of a figure is one click away', async () => {
    const view = await open();
    const { page } = view;
    await page.goto(`${prefix}/minerals/lithium`);
    const person = counting(page);
    await person.click('.figures summary');
    const source = page.locator('.source__pop:visible');
    await expect(source).toContainText('USGS');
    await expect(source).toContainText(/20\d\d/u);
    expect(person.count()).toBe(1);
    await end(view);
  });
});
