import type { TestProject } from 'vitest/node';
import { startTestServer } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    adminUrl: string;
    template: string;
  }
}

/** Integration tests: a template with the schema and the reference data. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = 'gm_template';
  const server = await startTestServer(template, ['reference']);
  project.provide('adminUrl', server.adminUrl);
  project.provide('template', template);
  return server.stop;
}
