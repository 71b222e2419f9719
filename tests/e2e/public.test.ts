import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { expect, expectAccessible, expectNoWiderThan, openBrowser, openPage } from '../support/browser.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const PLACES = [
  '/',
  '/projects',
  '/projects?mineral=graphite&country=TZ',
  '/projects?mineral=graphite&phase=recycling',
  '/projects/mahenge',
  '/projects/kz-us-smelter',
  '/minerals',
  '/minerals/graphite',
  '/minerals/chromium',
  '/minerals/cerium',
  '/minerals/germanium',
  '/countries',
  '/countries/TZ',
  '/countries/EU',
  '/frameworks',
  '/frameworks/msp',
  '/frameworks/forge?on=2026-09-01',
  '/frameworks/msp?on=never',
  '/about/matching',
  '/about/vetting',
  '/about/data',
  '/about/accessibility',
  '/about/privacy',
];

describe('the public pages', () => {
  test.each(PLACES.flatMap((path) => [path, path === '/' ? '/en' : `/en${path}`]))(
    '%s is accessible, complains of nothing and loads nothing from elsewhere',
    async (path) => {
      const view = await openPage(browser, app.origin);
      const response = await view.page.goto(path);
      expect(response?.status()).toBe(200);
      await expect(view.page.locator('html')).toHaveAttribute('lang', path.startsWith('/en') ? 'en' : 'ko');
      await expect(view.page.locator('h1')).toHaveCount(1);
      await expectAccessible(view.page);
      view.check();
      await view.close();
    },
  );

  test.each(['/projects/mahenge', '/minerals/chromium', '/frameworks/msp', '/countries/KR', '/projects'])(
    '%s fits a phone',
    async (path) => {
      const view = await openPage(browser, app.origin, { viewport: { width: 320, height: 640 } });
      await view.page.goto(path);
      await expectNoWiderThan(view.page, 320);
      await view.close();
    },
  );

  test('show the same page in the other language, its query kept', async () => {
    const view = await openPage(browser, app.origin);
    await view.page.goto('/frameworks/msp?on=2024-06-30');
    await view.page.getByRole('link', { name: 'English' }).click();
    await expect(view.page).toHaveURL(/\/en\/frameworks\/msp\?on=2024-06-30$/);
    await expect(view.page.getByText('14 countries and the European Union')).toBeVisible();
    view.check();
    await view.close();
  });
});

describe.each([{ javaScript: true }, { javaScript: false }])('with %o', ({ javaScript }) => {
  test('on a phone the menu of one’s role shows the place one is at', async () => {
    const view = await openPage(browser, app.origin, { javaScript, viewport: { width: 360, height: 800 } });
    await view.page.goto('/demo/sign-in');
    await view.page.click('button[value="official-a"]');
    await view.page.waitForURL('**/ministry');
    for (const [path, name] of [
      ['/ministry/system', '시스템'],
      ['/ministry/vetting', '심사'],
    ] as const) {
      await view.page.goto(path);
      const place = view.page.locator('.rolebar__nav [aria-current]');
      await expect(place).toContainText(name);
      await expect(place).toBeInViewport({ ratio: 0.9 });
    }
    view.check();
    await view.close();
  });

  test('the source of a figure is one click away', async () => {
    const view = await openPage(browser, app.origin, { javaScript });
    await view.page.goto('/minerals/graphite');
    await view.page.locator('.figures summary').first().click();
    const source = view.page.locator('.source__pop:visible');
    await expect(source).toContainText('USGS MCS 2026');
    await expect(source).toContainText('확인됨');
    await expect(source).toContainText('2026. 11. 23.');
    await view.close();
  });

  test('a chart has the same figures as a table', async () => {
    const view = await openPage(browser, app.origin, { javaScript });
    await view.page.goto('/en/minerals/graphite');
    const producers = view.page.locator('#producers-mine').locator('xpath=ancestor::section');
    await producers.getByText('See as a table').click();
    await expect(producers.getByRole('row', { name: /^China/ })).toContainText('1,400,000');
    await expect(producers.getByRole('row', { name: /^China/ })).toContainText('77.8%');
    await view.close();
  });

  test('filters are boxes, chips remove them, and counts are what one gets', async () => {
    const view = await openPage(browser, app.origin, { javaScript });
    await view.page.goto('/projects');
    const graphite = view.page.locator('.choice', { has: view.page.locator('input[value="graphite"]') });
    const count = Number(/\d+/.exec((await graphite.locator('.count').textContent()) ?? '')?.[0]);
    await graphite.getByRole('checkbox').check();
    await view.page.getByRole('button', { name: '거르기 적용' }).click();
    await expect(view.page).toHaveURL(/mineral=graphite/);
    await expect(view.page.locator('#results')).toContainText(`${count}개`);
    await expect(view.page.locator('.result')).toHaveCount(count);
    await view.page.locator('.chip', { hasText: '흑연' }).click();
    await expect(view.page.locator('#results')).toContainText('57개');
    await view.close();
  });

  test('projects are found by first consonants and by other names of a mineral', async () => {
    const view = await openPage(browser, app.origin, { javaScript });
    await view.page.goto('/projects?q=ㅁㅎㄱ');
    await expect(view.page.locator('.result__title')).toHaveText(['마헹게 흑연']);
    await view.page.goto('/projects?q=중석');
    await expect(view.page.getByRole('link', { name: '상동 텅스텐' }).first()).toBeVisible();
    await view.close();
  });

  test('members and chairs are answered by day, and what is unknown is said so', async () => {
    const view = await openPage(browser, app.origin, { javaScript });
    await view.page.goto('/frameworks/msp');
    await view.page.getByLabel('어느 날의 회원과 의장인지').fill('2025-11-18');
    await view.page.getByRole('button', { name: '보기', exact: true }).click();
    await expect(view.page.getByText('회원은 15개국과 유럽연합입니다')).toBeVisible();
    await view.page.goto('/frameworks/msp?on=2025-01-01');
    await expect(view.page.locator('.panel--vein')).toContainText('대한민국(의장');
    await view.page.goto('/frameworks/forge?on=2026-09-01');
    await expect(view.page.locator('.panel--vein')).toContainText('알려지지 않았습니다');
    await view.page.goto('/frameworks/msp?on=2025-02-30');
    await expect(view.page.locator('#on-error')).toContainText('달력에 있는 날짜');
    await view.close();
  });
});

test('addresses of the other language and of the page itself are named', async () => {
  const html = await (await fetch(`${app.origin}/en/minerals/graphite?x=1`)).text();
  expect(html).toContain(`<link rel="canonical" href="${app.origin}/en/minerals/graphite"`);
  expect(html).toContain(`hreflang="ko" href="${app.origin}/minerals/graphite"`);
});

test('data files can be downloaded, and nothing else of that folder', async () => {
  const file = await fetch(`${app.origin}/about/data/minerals.csv`);
  expect(file.headers.get('content-type')).toContain('text/csv');
  expect(await file.text()).toContain('graphite');
  for (const name of ['README.md', '..%2Fpackage.json', 'demo'])
    expect((await fetch(`${app.origin}/about/data/${name}`)).status).toBe(404);
});
