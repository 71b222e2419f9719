import { describe, expect, it } from 'vitest';
import { pageNumber, pageOf } from './paging.ts';

describe('paging', () => {
  it.each([
    [null, 57, 1],
    ['2', 57, 2],
    ['3', 57, 3],
    ['4', 57, 3],
    ['0', 57, 1],
    ['-1', 57, 1],
    ['2.5', 57, 1],
    ['many', 57, 1],
    ['9', 0, 1],
  ])('%s of %d results is page %d', (text, total, page) => {
    expect(pageNumber(text, total)).toBe(page);
  });

  it('cuts pages that hold everything once', () => {
    const all = Array.from({ length: 57 }, (_, i) => i);
    expect([1, 2, 3].flatMap((page) => pageOf(all, page))).toEqual(all);
  });
});
