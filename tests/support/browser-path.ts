import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

export interface BrowserPath {
  executablePath: string;
  /** Extra environment of a browser that brings its own libraries. */
  env?: Record<string, string>;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * A Chromium: CHROMIUM_PATH, the machine's, Playwright's, or the one of @sparticuz/chromium. Throws when
 * none is there, so that the browser tests can never be skipped unnoticed.
 */
export async function findBrowser(): Promise<BrowserPath> {
  const chosen = process.env['CHROMIUM_PATH'];
  if (chosen) {
    if (!isExecutable(chosen)) throw new Error(`CHROMIUM_PATH ${chosen} is not a program that can be run.`);
    return { executablePath: chosen };
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = [...installed, chromium.executablePath()].find(isExecutable);
  if (found) return { executablePath: found };
  return packagedBrowser();
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** On a machine without the libraries that Chromium needs, the package unpacks its own, when told so. */
async function packagedBrowser(): Promise<BrowserPath> {
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    const executablePath = await packaged.executablePath();
    const libraries = process.env['LD_LIBRARY_PATH'] ?? '';
    const env = { LD_LIBRARY_PATH: libraries };
    execFileSync(executablePath, ['--version'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    if (existsSync(executablePath)) return { executablePath, env };
  } catch (error) {
    throw new Error(noBrowser(error instanceof Error ? error.message : String(error)), { cause: error });
  }
  throw new Error(noBrowser('not unpacked'));
}

function noBrowser(reason: string): string {
  return (
    `No Chromium was found (the packaged one: ${reason}). ` +
    'Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.'
  );
}
