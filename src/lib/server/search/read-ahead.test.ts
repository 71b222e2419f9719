import { expect, test, vi } from 'vitest';
import { readAhead } from './read-ahead.ts';

const reading = () => vi.fn((ids: readonly string[]) => Promise.resolve(ids.join('+')));

test('what was foreseen is read once', async () => {
  const read = reading();
  const ahead = readAhead(read);
  ahead.foreseen(['a', 'b']);
  expect(await ahead.read(['a', 'b'])).toBe('a+b');
  expect(read).toHaveBeenCalledTimes(1);
});

test('what was found otherwise is read anew', async () => {
  const read = reading();
  const ahead = readAhead(read);
  ahead.foreseen(['a', 'b']);
  expect(await ahead.read(['b', 'a'])).toBe('b+a');
  expect(await readAhead(read).read(['c'])).toBe('c');
});

test('a failure is the reader’s, not the search’s', async () => {
  const ahead = readAhead(() => Promise.reject(new Error('away')));
  ahead.foreseen(['a']);
  await expect(ahead.read(['a'])).rejects.toThrow('away');
});
