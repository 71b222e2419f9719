import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, afterEach, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { expect, expectAccessible, openBrowser, openPage, type WatchedPage } from '../support/browser.ts';

/** The lists as people use them: suggestions, filters, map, file, and what is said when little is found. */

let app: App;
let browser: Browser;
let view: WatchedPage;
let field: Locator;
let lines: Locator;
/** What was asked for lines, in order. */
let asked: string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp({ worker: false }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function openList(path: string, javaScript = true): Promise<void> {
  view = await openPage(browser, app.origin, { javaScript });
  asked = [];
  view.page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.pathname === '/api/v1/suggest') asked.push(url.searchParams.get('q') ?? '');
  });
  await view.page.goto(path);
  field = view.page.locator('#list-q');
  lines = view.page.locator('.combo__option');
}

describe('suggestions', () => {
  beforeEach(async () => {
    await openList('/companies');
    await expect(field).toHaveAttribute('role', 'combobox');
  });
  afterEach(async () => {
    view.check();
    await view.close();
  });

  test('come after the second letter, at most five, and are announced', async () => {
    await field.pressSequentially('L');
    await view.page.waitForTimeout(400);
    expect(asked).toEqual([]);
    await field.pressSequentially('i');
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    expect(await lines.count()).toBeLessThanOrEqual(5);
    const announced = view.page.locator('.combo [role="status"]');
    await expect(announced).toContainText(`추천 ${await lines.count()}개`);
    await expectAccessible(view.page);
    await field.fill('흑');
    await expect(lines.first()).toContainText('흑연');
  });

  test('are asked once for quick typing, and a late answer is dropped', async () => {
    let arrive = (): void => undefined;
    const late = new Promise<void>((resolve) => (arrive = resolve));
    let pass = (): void => undefined;
    const passed = new Promise<void>((resolve) => (pass = resolve));
    await view.page.route('**/api/v1/suggest**', async (route) => {
      const slow = new URL(route.request().url()).searchParams.get('q') === '흑연';
      if (slow) await late;
      await route.continue().catch(() => undefined);
      if (slow) pass();
    });
    await field.fill('흑연');
    await expect.poll(() => asked).toEqual(['흑연']);
    await field.fill('니켈');
    await expect(lines.first()).toContainText('니켈');
    arrive();
    await passed;
    // Were it taken, it would be shown at once.
    await view.page.waitForTimeout(200);
    await expect(lines.first()).toContainText('니켈');
    expect(asked).toEqual(['흑연', '니켈']);
  });

  test('are walked by the keyboard, as the pattern of a combobox asks', async () => {
    await field.fill('리튬');
    await expect(lines.first()).toBeVisible();
    const count = await lines.count();
    await field.press('ArrowDown');
    await expect(field).toHaveAttribute('aria-activedescendant', 'list-q-list-0');
    await expect(lines.first()).toHaveAttribute('aria-selected', 'true');
    await field.press('Home');
    await expect(field).not.toHaveAttribute('aria-activedescendant');
    await field.press('ArrowUp');
    await expect(field).toHaveAttribute('aria-activedescendant', `list-q-list-${count - 1}`);
    await field.press('End');
    await expect(field).not.toHaveAttribute('aria-activedescendant');
    await expect(field).toHaveValue('리튬');
    await field.press('Escape');
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    await expect(field).toHaveValue('리튬');
    await field.press('ArrowDown');
    await expect(field).toHaveAttribute('aria-expanded', 'true');
    await field.press('Tab');
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    await expect(view.page.getByRole('button', { name: '찾기', exact: true })).toBeFocused();
  });

  test('are chosen by Enter or a click; Enter without a choice searches what was typed', async () => {
    await field.fill('흑여');
    await expect(lines.first()).toBeVisible();
    await field.press('Enter');
    await expect(view.page).toHaveURL(/q=%ED%9D%91%EC%97%AC/);
    await field.fill('니켈');
    await expect(lines.first()).toBeVisible();
    const text = (await lines.first().locator('span').first().textContent()) ?? '';
    await field.press('ArrowDown');
    await field.press('Enter');
    await expect(field).toHaveValue(text);
    await expect(view.page).toHaveURL(new RegExp(encodeURIComponent(text).replaceAll('%20', '(\\+|%20)')));
    await field.fill('코발');
    await lines.first().click();
    await expect(view.page).toHaveURL(/q=%EC%BD%94%EB%B0%9C/);
  });

  test('are never asked for while a syllable is put together', async () => {
    const ime = await view.page.context().newCDPSession(view.page);
    const compose = (text: string) =>
      ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
    await field.focus();
    for (const text of ['ㅎ', '흐', '흑']) await compose(text);
    await view.page.waitForTimeout(400);
    await expect(field).toHaveValue('흑');
    expect(asked).toEqual([]);
    // Both at once: the next syllable begins before a pause in typing can be seen.
    await Promise.all([ime.send('Input.insertText', { text: '흑' }), compose('ㅇ')]);
    await view.page.waitForTimeout(400);
    expect(asked).toEqual([]);
    for (const text of ['여', '연']) await compose(text);
    await ime.send('Input.insertText', { text: '연' });
    await expect(lines.first()).toContainText('흑연');
    expect(asked).toEqual(['흑연']);
  });

  test('that cannot be had leave a field that searches', async () => {
    view.expectError(/suggest/);
    await view.page.route('**/api/v1/suggest**', (route) => route.abort());
    await field.fill('리튬');
    await expect.poll(() => asked.length).toBe(1);
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    await field.press('Enter');
    await expect(view.page.locator('#results')).toContainText('리튬');
  });
});

describe('the language of suggestions', () => {
  test('is that of the page', async () => {
    await openList('/en/projects');
    await expect(field).toHaveAttribute('role', 'combobox');
    await field.fill('흑연');
    await expect(lines.first()).toContainText(/graphite/i);
    view.check();
    await view.close();
  });
});

describe('without a script', () => {
  test('the field searches, filters apply, the drawer opens, the file is a link', async () => {
    await openList('/companies', false);
    await expect(field).not.toHaveAttribute('role', 'combobox');
    await field.fill('리튬');
    await field.press('Enter');
    await expect(view.page.locator('#results')).toContainText('리튬');
    await view.page.setViewportSize({ width: 360, height: 740 });
    await view.page.locator('.facets > summary').click();
    const shelf = view.page.locator('input[value="@battery-minerals"]');
    await shelf.check();
    await view.page.getByRole('button', { name: '거르기 적용' }).click();
    await expect(view.page).toHaveURL(/mineral=%40battery-minerals/);
    await expect(view.page.locator('.chip', { hasText: '배터리 광물' })).toBeVisible();
    const link = await view.page.getByRole('link', { name: 'CSV 받기' }).getAttribute('href');
    expect(link).toMatch(/^\/companies\/export\.csv\?q=/);
    await view.close();
  });
});

describe('what is found', () => {
  afterEach(async () => {
    view.check();
    await view.close();
  });

  test('is marked, and another reading is said with a way to search for exactly what was typed', async () => {
    await openList('/projects?q=gmrdus');
    await expect(view.page.locator('mark').first()).toHaveText('흑연');
    await expect(view.page.getByText('한/영이 바뀐 것으로 보고')).toContainText('‘흑연’으로');
    await view.page.getByRole('link', { name: '적은 그대로 ‘gmrdus’ 찾기' }).click();
    await expect(view.page).toHaveURL(/q=%22gmrdus%22/);
    await expect(view.page.getByText('적은 그대로 ‘gmrdus’만 찾았습니다.')).toBeVisible();
    await expect(view.page.locator('.state__title')).toBeVisible();
  });

  test('is widened step by step when it is nothing, saying what was left out', async () => {
    await openList('/opportunities?q=흑연&country=KR');
    await expect(view.page.locator('.state')).toContainText('‘흑연’, 모든 나라');
    await expect(view.page.locator('#nearest')).toBeVisible();
    await expect(view.page.locator('.result').first()).toBeVisible();
    await view.page.locator('.state').getByRole('link', { name: '‘흑연’, 모든 나라' }).click();
    await expect(view.page).toHaveURL(/\?q=%ED%9D%91%EC%97%B0$/);
  });

  test('is counted by deadline, each count what one gets', async () => {
    await openList('/opportunities');
    for (const range of ['30d', '90d']) {
      const line = view.page.locator('.choice', { has: view.page.locator(`input[value="${range}"]`) });
      const count = Number(/\d+/.exec((await line.locator('.count').textContent()) ?? '')?.[0]);
      await view.page.goto(`/opportunities?deadline=${range}`);
      await expect(view.page.locator('#results')).toContainText(`${count}건`);
      await view.page.goto('/opportunities');
    }
  });

  test('a long filter can be searched in, also by first consonants', async () => {
    await openList('/companies');
    const find = view.page.getByRole('searchbox', { name: '역량 안에서 찾기' });
    await find.fill('ㅊㄱ');
    const shown = view.page.locator('.facet', { has: find }).locator('.choice:visible');
    await expect.poll(() => shown.count()).toBeLessThan(20);
    await find.fill('없는 역량');
    await expect(view.page.getByText('맞는 값이 없습니다.')).toBeVisible();
    await expectAccessible(view.page);
  });

  test.each(['/companies', '/opportunities', '/en/projects'])(
    'is shown on a map with the same filters: %s',
    async (path) => {
      await openList(`${path}?view=map&mineral=graphite`);
      await expect(view.page.locator('svg.map').first()).toBeVisible();
      const row = view.page.getByRole('rowheader').getByRole('link').first();
      await expectAccessible(view.page);
      await row.click();
      await expect(view.page).toHaveURL(/mineral=graphite&(country|province)=/);
      await expect(view.page.locator('.result').first()).toBeVisible();
    },
  );

  test('is taken as a file, or told why not', async () => {
    await openList('/en/companies?mineral=graphite');
    const [file] = await Promise.all([
      view.page.waitForEvent('download'),
      view.page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^gwangmaek-companies-\d{4}-\d\d-\d\d\.csv$/);
    await expect(view.page.getByText('The file is downloaded.')).toBeVisible();
    view.expectError(/429|export/);
    await view.page.route('**/export.xlsx**', (route) =>
      route.fulfill({ status: 429, headers: { 'retry-after': '42' }, body: '' }),
    );
    await view.page.getByRole('link', { name: 'Download Excel (XLSX)' }).click();
    await expect(view.page.getByRole('status').getByText('in 42 seconds')).toBeVisible();
  });
});

test('the drawer of a narrow page closes by Escape and gives the focus back', async () => {
  await openList('/companies');
  await view.page.setViewportSize({ width: 360, height: 740 });
  const summary = view.page.locator('.facets > summary');
  await summary.click();
  await expect(view.page.getByRole('button', { name: '거르기 적용' })).toBeVisible();
  await expectAccessible(view.page);
  await view.page.keyboard.press('Escape');
  await expect(view.page.getByRole('button', { name: '거르기 적용' })).toBeHidden();
  await expect(summary).toBeFocused();
  view.check();
  await view.close();
});
