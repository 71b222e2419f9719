import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { administer } from './template.ts';
import { connect, type Connection } from '#lib/server/platform/db.ts';

export interface TestDatabase extends Connection {
  url: string;
  /** Closes the pool and removes the database. */
  drop(): Promise<void>;
}

/**
 * A database of the test file's own: schema and reference data, in e2e the demo data as well. Call in
 * `beforeAll`, and `drop()` in `afterAll`.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const adminUrl = inject('adminUrl');
  const name = `gm_${randomBytes(6).toString('hex')}`;
  await copyTemplate(adminUrl, name);
  const url = adminUrl.replace(/\/postgres$/, `/${name}`);
  const connection = connect(url);
  return {
    ...connection,
    url,
    async drop() {
      await connection.close();
      await administer(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

/** Two files may copy at the same moment; the server refuses the second one while the first is at it. */
async function copyTemplate(adminUrl: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await administer(adminUrl, `create database ${name} template ${inject('template')}`);
      return;
    } catch (error) {
      if (attempt >= 600 || !(error instanceof Error && 'code' in error && error.code === '55006'))
        throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
