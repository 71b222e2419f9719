import type { TestProject } from 'vitest/node';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { findBrowser, type BrowserPath } from './browser-path.ts';
import { startTestServer } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    browser: BrowserPath;
  }
}

/** Browser tests: the built application, and a template with reference and demo data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browser', await findBrowser());
  await ensureBuilt();
  const template = 'gm_demo';
  const server = await startTestServer(template, ['reference', 'demo']);
  project.provide('adminUrl', server.adminUrl);
  project.provide('template', template);
  return server.stop;
}
