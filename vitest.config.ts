import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { PlainReporter } from './tests/support/reporter.ts';

/** A search server that is set is written to only by the tests that are about it. */
const NO_SEARCH_SERVER = { MEILI_URL: '', MEILI_KEY: '' };

/** Unit tests beside their subject; integration on a real PostgreSQL; e2e in a real browser. */
export default defineConfig({
  plugins: [sveltekit()],
  test: {
    reporters: ['default', new PlainReporter()],
    maxWorkers: 2,
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'tests/architecture/**/*.test.ts', 'tests/match/**/*.test.ts'],
          // hundreds of tries of a property may wait for a core on a busy machine
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/search/**/*.test.ts'],
          globalSetup: ['tests/support/global-postgres.ts'],
          env: NO_SEARCH_SERVER,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/support/global-e2e.ts'],
          env: NO_SEARCH_SERVER,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
