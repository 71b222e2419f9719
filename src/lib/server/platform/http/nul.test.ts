import { expect, it } from 'vitest';
import { holdsNul } from './nul.ts';

it.each([
  ['/companies?mineral=%00', true],
  ['/stop/%00', true],
  ['/companies?q=%2500', false],
  ['/companies?q=100%25', false],
])('%s', (address, expected) => {
  expect(holdsNul(new URL(address, 'http://localhost'))).toBe(expected);
});
