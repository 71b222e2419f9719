import { expect, test } from 'vitest';
import { pauseBefore } from './supervisor.ts';

test('the pause before a restart doubles, up to half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map(pauseBefore)).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
});
