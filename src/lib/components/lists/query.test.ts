import { describe, expect, it } from 'vitest';
import { keptFields, pageAddress, pagerPages, withoutValue, withValues } from './query.ts';

const url = { pathname: '/en/opportunities', search: '?mineral=graphite&mineral=nickel&country=TZ&page=3' };

describe('addresses of a list', () => {
  it('lose one value and the page, and keep the rest', () => {
    expect(withoutValue(url, 'mineral', 'graphite')).toBe('/en/opportunities?mineral=nickel&country=TZ');
  });

  it('set and clear names', () => {
    expect(withValues(url, { sort: 'new', country: null })).toBe(
      '/en/opportunities?mineral=graphite&mineral=nickel&sort=new',
    );
  });

  it('name every page but the first', () => {
    expect(pageAddress(url, 4)).toContain('page=4');
    expect(pageAddress(url, 1)).not.toContain('page');
    expect(pageAddress({ pathname: '/', search: '' }, 1)).toBe('/');
  });

  it('become hidden fields', () => {
    expect(keptFields('?q=%ED%9D%91%EC%97%B0&sort=new&page=2', ['q', 'page'])).toEqual([
      { name: 'sort', value: 'new' },
    ]);
  });
});

describe('pagerPages', () => {
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [1, 12, [1, 2, null, 12]],
    [4, 12, [1, 2, 3, 4, 5, null, 12]],
    [6, 12, [1, null, 5, 6, 7, null, 12]],
    [12, 12, [1, null, 11, 12]],
  ])('page %d of %d', (page, pages, expected) => {
    expect(pagerPages(page, pages)).toEqual(expected);
  });
});
