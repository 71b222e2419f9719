import { expect, it } from 'vitest';
import { costOf } from './page-limit.ts';

it.each([
  ['/', 1],
  ['/companies?q=', 1],
  ['/companies?mineral=graphite', 1],
  ['/en/companies?q=graphite', 2],
  ['/en/companies/export.csv?q=graphite', 10],
  ['/api/v1/companies?q=graphite', 0],
  ['/readyz', 0],
])('%s costs %i', (path, cost) => {
  expect(costOf(new URL(path, 'http://localhost'))).toBe(cost);
});
