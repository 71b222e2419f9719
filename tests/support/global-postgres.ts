import type { TestProject } from 'vitest/node';
import { startTestServer } from './template.ts';
import { config } from '#lib/server/platform/config.ts';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    template: string;
    /** The search server of MEILI_URL, for the tests that are about it; no other test may write to it. */
    meili: { url: string; key: string | null } | null;
  }
}

/** Integration tests: a template with the schema and the reference data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = 'gm_template';
  const server = await startTestServer(template, ['reference']);
  project.provide('adminUrl', server.adminUrl);
  project.provide('template', template);
  project.provide('meili', config().meili);
  return server.stop;
}
