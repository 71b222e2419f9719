import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect as playwrightExpect, type Expect } from '@playwright/test';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { inject } from 'vitest';

/** Ends what hangs; a slow machine that does other work besides takes a small part of it. */
const PATIENCE_MS = 60_000;

/** Waits for what it is told to find on a page. */
export const expect: Expect = playwrightExpect.configure({ timeout: PATIENCE_MS });

export interface PageOptions {
  /** Language of the browser; the page's own language is in its address. */
  locale?: string;
  javaScript?: boolean;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

/** A page that is watched: see {@link WatchedPage.check}. */
export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  /** Fails on any console error, page error, or request that left the origin since the start. */
  check(): void;
  /** Console errors that match are expected from now on, such as the 404 of a page under test. */
  expectError(pattern: RegExp): void;
  close(): Promise<void>;
}

/** Starts the browser of this run. Call in `beforeAll`, `close()` in `afterAll`. */
export async function openBrowser(): Promise<Browser> {
  const { executablePath, env } = inject('browser');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
    timeout: 3 * PATIENCE_MS,
    ...(env ? { env: { ...process.env, ...env } } : {}),
  });
}

/** Opens a page of its own session on the portal at `origin`. Addresses given to it may start with `/`. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: PageOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    baseURL: origin,
    locale: options.locale ?? 'ko-KR',
    timezoneId: 'Asia/Seoul',
    javaScriptEnabled: options.javaScript ?? true,
    colorScheme: options.colorScheme ?? 'light',
    viewport: options.viewport ?? { width: 1280, height: 900 },
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  if (options.javaScript !== false) waitForScript(page);
  const faults: string[] = [];
  const expected: RegExp[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`page: ${error.error().message}`));
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url))
      faults.push(`foreign request: ${url}`);
  });
  return {
    page,
    context,
    check: () =>
      expect(faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)))).toEqual([]),
    expectError: (pattern) => void expected.push(pattern),
    close: () => context.close(),
  };
}

/**
 * Lets `goto`, `reload` and `waitForURL` end only when the page answers by script. Before that a click does what
 * it does without a script: right for a person, but not what a test of the script is about.
 */
function waitForScript(page: Page): void {
  const ready = () => untilScripted(page);
  const [goto, reload, waitForURL] = [
    page.goto.bind(page),
    page.reload.bind(page),
    page.waitForURL.bind(page),
  ];
  page.goto = async (...address) => {
    const answer = await goto(...address);
    await ready();
    return answer;
  };
  page.reload = async (...options) => {
    const answer = await reload(...options);
    await ready();
    return answer;
  };
  page.waitForURL = async (...address) => {
    await waitForURL(...address);
    await ready();
  };
}

/** Waits until the page is there and, if it has a script, answers by it. */
async function untilScripted(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      // a page that is only beginning to arrive has no body yet
      document.readyState === 'complete' &&
      (document.body.dataset['sveltekitPreloadData'] === undefined ||
        document.documentElement.dataset['scripted'] !== undefined),
  );
}

/** Fails when the page is wider than so many pixels. */
export async function expectNoWiderThan(page: Page, pixels: number): Promise<void> {
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  await expect.poll(width, page.url()).toBeLessThanOrEqual(pixels);
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The rules of WCAG 2.2 A and AA, and axe's good practices. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What can differ between the schemes: colours. Everything else is the same page. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Fails on any violation that axe finds, in the light and in the dark colour scheme. */
export async function expectAccessible(page: Page): Promise<void> {
  // A form that was sent may have been answered by a page whose script is still on its way.
  await untilScripted(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours that are still on their way from one scheme to the other would be measured as they pass.
    await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
    const violations = await runAxe(page, colorScheme === 'light');
    expect(violations, `${page.url()} in ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}

async function runAxe(page: Page, all: boolean): Promise<string[]> {
  // Evaluated, not added as a script: the page's content policy would refuse that.
  await page.evaluate(`if (!window.axe) { ${AXE} }`);
  return page.evaluate(
    async (runOnly) => {
      const { axe } = window as Window & {
        axe: {
          run(
            root: Document,
            options: unknown,
          ): Promise<{
            violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
          }>;
        };
      } & typeof globalThis;
      const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
      return violations.flatMap((violation) =>
        violation.nodes.map(
          (node) => `${violation.id}: ${violation.help}: ${node.html} ${node.failureSummary ?? ''}`,
        ),
      );
    },
    all ? { type: 'tag', values: TAGS } : { type: 'rule', values: COLOUR_RULES },
  );
}
