import { expect, it } from 'vitest';
import { eachApart } from './each-apart.ts';

it('goes on after a row that fails, and fails at the end', async () => {
  const done: string[] = [];
  const row = (id: string, fails = false) => ({
    id,
    work: async () => (fails ? Promise.reject(new Error(id)) : done.push(id)),
  });
  await expect(eachApart('some.job', [row('a'), row('b', true), row('c')])).rejects.toThrow(
    'some.job: 1 of 3 rows failed',
  );
  expect(done).toEqual(['a', 'c']);
  await eachApart('some.job', [row('d')]);
  expect(done).toEqual(['a', 'c', 'd']);
});
