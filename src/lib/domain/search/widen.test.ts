import { describe, expect, it } from 'vitest';
import { widenings, widerThan, type Asked } from '#lib/domain/search/widen.ts';

const steps = (asked: Asked) =>
  widenings(asked).map((step) =>
    step.map(({ without, dropped }) => [...without, dropped].filter(Boolean).join('+')),
  );

describe('wider searches', () => {
  it('leave out one thing first, then all of a kind', () => {
    expect(steps({ q: '흑연 음극재', filters: { mineral: ['tin'], country: ['TZ', 'KE'] } })).toEqual([
      ['mineral', 'country', '흑연', '음극재'],
      ['mineral+country', '흑연 음극재'],
    ]);
    expect(steps({ q: '흑연', filters: { country: ['TZ'] } })).toEqual([['country', '흑연']]);
    expect(steps({ q: '', filters: { a: ['1'], b: ['2'], c: ['3'] } })).toEqual([
      ['a', 'b', 'c'],
      ['b+c', 'a+c', 'a+b'],
    ]);
  });

  it('are none for a single word, and keep quoted and long queries whole', () => {
    expect(steps({ q: '흑연', filters: {} })).toEqual([]);
    expect(steps({ q: '"흑연 음극재"', filters: {} })).toEqual([]);
    expect(steps({ q: 'a b c d e f', filters: { x: ['1'] } })).toEqual([['x', 'a b c d e f']]);
  });

  it('are tried until something is found', async () => {
    const asked: string[] = [];
    const count = (one: Asked) => {
      asked.push(`${one.q}|${Object.keys(one.filters).join()}`);
      return Promise.resolve(one.q === '' ? 7 : 0);
    };
    const found = await widerThan({ q: '흑연 음극재', filters: { mineral: ['tin'] } }, 0, count);
    expect(found).toMatchObject([{ q: '', dropped: '흑연 음극재', total: 7 }]);
    expect(asked).toEqual(['흑연 음극재|', '음극재|mineral', '흑연|mineral', '|mineral']);
  });

  it('are not offered when they find no more', async () => {
    expect(await widerThan({ q: '', filters: { a: ['1'] } }, 3, () => Promise.resolve(3))).toEqual([]);
  });
});
