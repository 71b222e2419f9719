import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { wordsOf } from './analyse.ts';
import { onePer, remembering } from './remembering.ts';

describe('what is remembered', () => {
  test('is worked out once, and anew when there was too much of it', () => {
    const length = vi.fn((text: string) => text.length);
    const of = remembering(2, length);
    expect([of('흑연'), of('흑연'), of('리튬염')]).toEqual([2, 2, 3]);
    expect(length).toHaveBeenCalledTimes(2);
    of('니켈');
    of('흑연');
    expect(length).toHaveBeenCalledTimes(4);
  });

  test('takes no more room for long texts than for as many short ones', () => {
    const length = vi.fn((text: string) => text.length);
    const of = remembering(10, length);
    const long = 'Graphit'.repeat(5);
    for (let n = 0; n < 8; n += 1) of(`${long}${n}`);
    of(`${long}0`);
    expect(length).toHaveBeenCalledTimes(9);
    for (let n = 0; n < 2; n += 1) of(long.repeat(3));
    expect(length).toHaveBeenCalledTimes(11);
  });

  test('does not keep the text that a word was cut out of', () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') throw new Error('memory cannot be freed at will');
    const held = () => {
      Reflect.apply(collect, undefined, []);
      return getHeapStatistics().used_heap_size;
    };
    const texts = 40;
    const size = 1_000_000;
    const text = (n: number) => `Purification${n}plant${' '.repeat(size)}`;
    const before = held();
    for (let n = 0; n < texts; n += 1) wordsOf(text(n));
    expect(held() - before).toBeLessThan((texts * size) / 4);
  });

  test('belongs to its object', () => {
    const of = onePer((lexicon: { name: string }) => ({ made: lexicon.name }));
    const one = { name: 'one' };
    expect(of(one)).toBe(of(one));
    expect(of({ name: 'one' })).not.toBe(of(one));
  });
});
