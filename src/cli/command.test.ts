import { expect, test } from 'vitest';
import { parseCommandLine, UsageError, wholeNumber } from './command.ts';

test('options and positionals are read', () => {
  const { values, positionals } = parseCommandLine(
    ['companies', 'a.jsonl', '--source', 'KOMIR'],
    { source: { type: 'string' } },
    [2, 2],
  );
  expect(values.source).toBe('KOMIR');
  expect(positionals).toEqual(['companies', 'a.jsonl']);
});

test.each([
  [['--nonsense'], /nonsense/],
  [['--source'], /source/],
  [['one', 'two'], /Unexpected argument: two/],
  [[], /1 more argument/],
])('%j is explained', (args, message) => {
  const parse = () => parseCommandLine(args, { source: { type: 'string' } }, [1, 1]);
  expect(parse).toThrow(UsageError);
  expect(parse).toThrow(message);
});

test('a whole number within bounds', () => {
  expect(wholeNumber('--scale', '1000')).toBe(1000);
  for (const wrong of ['', '-1', '1.5', '1e3', 'x', '11']) {
    expect(() => wholeNumber('--scale', wrong, 0, 10)).toThrow(UsageError);
  }
});
