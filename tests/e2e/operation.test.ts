import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { expect, expectAccessible, openBrowser, openPage } from '../support/browser.ts';

let app: App;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test('the addresses for operation answer', async () => {
  for (const path of ['/livez', '/readyz', '/metrics']) {
    const response = await fetch(app.origin + path);
    expect(response.status, path).toBe(200);
  }
  const metrics = await (await fetch(`${app.origin}/metrics`)).text();
  expect(metrics).toContain('gwangmaek_http_request_duration_seconds_bucket');
  expect(metrics).toContain('gwangmaek_database_connections{state="idle"}');
  expect(metrics).toContain('gwangmaek_jobs_queued{state="waiting"}');
});

test('an address that nobody has answers in the language of the address, accessibly', async () => {
  for (const [path, lang] of [
    ['/no-such-page', 'ko'],
    ['/en/no-such-page', 'en'],
  ] as const) {
    const view = await openPage(browser, app.origin);
    view.expectError(/404/);
    const response = await view.page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(view.page.locator('html')).toHaveAttribute('lang', lang);
    await expectAccessible(view.page);
    view.check();
    await view.close();
  }
});

test('the log holds no line of an error', () => {
  const lines = app.log().split('\n');
  const errors = lines
    .filter((line) => /"level":"(error|fatal)"/.test(line))
    .map((line) => line.slice(0, 300));
  expect([...new Set(errors)]).toEqual([]);
});
