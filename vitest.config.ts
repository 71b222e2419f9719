import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './tests/support/reporter.ts';

/** A search server that is set is written to only by the tests that are about it. */
const NO_SEARCH_SERVER = { MEILI_URL: '', MEILI_KEY: '' };

/**
 * Unit tests beside their subject; integration on a real PostgreSQL; e2e in a real browser. The limits end what hangs:
 * they are far beyond what anything takes, also on a machine several times slower that does other work besides.
 */
export default defineConfig({
  plugins: [sveltekit()],
  test: {
    reporters: ['default', new PlainReporter()],
    maxWorkers: 2,
    passWithNoTests: true,
    expect: { poll: { timeout: 60_000 } },
    // PostgreSQL is stopped in it
    teardownTimeout: 60_000,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/architecture/**/*.test.ts', 'tests/match/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/search/**/*.test.ts'],
          globalSetup: ['tests/support/global-postgres.ts'],
          env: NO_SEARCH_SERVER,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/global-e2e.ts'],
          env: NO_SEARCH_SERVER,
        },
      },
    ],
  },
});
