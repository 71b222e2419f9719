import { describe, expect, it } from 'vitest';
import { renderAt } from '#lib/components/render-for-tests.ts';
import Chips from './Chips.svelte';
import Facets from './Facets.svelte';
import { facetLines } from './facets.ts';
import Pagination from './Pagination.svelte';
import ResultCount from './ResultCount.svelte';
import SearchBox from './SearchBox.svelte';
import SortSelect from './SortSelect.svelte';
import { nextActive } from './suggest.ts';

describe('the search box', () => {
  it('is a plain search form without script', () => {
    const html = renderAt(SearchBox, { action: '/opportunities', label: '찾기', value: '흑연 "음극재"' });
    expect(html).toMatch(/<form [^>]*role="search" method="GET" action="\/opportunities" id="list"/u);
    expect(html).toMatch(/<input[^>]*type="search"[^>]*name="q"[^>]*value="흑연 &quot;음극재&quot;"/u);
    expect(html).not.toContain('combobox');
    expect(html).not.toContain('listbox');
  });

  it('keeps what no field stands for', () => {
    const html = renderAt(SearchBox, { action: '/x', label: 'L', keep: [{ name: 'view', value: 'map' }] });
    expect(html).toContain('<input type="hidden" name="view" value="map"');
  });
});

describe('suggestions', () => {
  it('are walked through and back into the field', () => {
    expect(nextActive('ArrowDown', -1, 3)).toBe(0);
    expect(nextActive('ArrowDown', 2, 3)).toBe(-1);
    expect(nextActive('ArrowUp', -1, 3)).toBe(2);
    expect(nextActive('ArrowUp', 0, 3)).toBe(-1);
    expect(nextActive('ArrowDown', -1, 0)).toBe(-1);
  });
});

describe('the order of a list', () => {
  const options = ['name', 'newest'].map((value) => ({ value, label: value }));

  it('stands in the address only when it is not the usual one, so that a first search is ordered by fit', () => {
    const usual = renderAt(SortSelect, { options, value: 'name' });
    expect(usual).toMatch(/<option value="" selected[^>]*>name/u);
    expect(usual).toMatch(/<option value="newest">newest/u);
    expect(renderAt(SortSelect, { options, value: 'newest' })).toMatch(/value="newest" selected/u);
  });
});

describe('facets', () => {
  const value = (n: number, count: number, selected = false) => ({
    value: `v${n}`,
    label: `L${n}`,
    count,
    selected,
  });

  it('hide zero counts unless chosen, and fold a long tail', () => {
    const values = [
      value(0, 0),
      value(1, 0, true),
      ...Array.from({ length: 12 }, (_, i) => value(i + 2, 9, i === 11)),
    ];
    const { shown, folded } = facetLines({ key: 'k', label: 'K', values });
    expect(shown.map((one) => one.value)).not.toContain('v0');
    expect(shown.map((one) => one.value)).toContain('v1');
    expect(shown.map((one) => one.value)).toContain('v13');
    expect(shown.length + folded.length).toBe(13);
  });

  it('join the form of the search box', () => {
    const groups = [
      {
        key: 'mineral',
        label: '광물',
        values: [{ value: 'graphite', label: '흑연', count: 7, selected: true }],
      },
    ];
    const html = renderAt(Facets, { groups });
    expect(html).toMatch(/form="list" name="mineral" value="graphite" checked/u);
    expect(html).toContain('1개 적용');
  });

  it('are not there when they would be empty', () => {
    expect(renderAt(Facets, { groups: [{ key: 'k', label: 'K', values: [value(1, 0)] }] }).trim()).toBe('');
  });
});

describe('around the results', () => {
  it('chips say what they do', () => {
    const html = renderAt(Chips, { items: [{ label: '흑연', href: '/x?country=TZ' }], clearHref: '/x' });
    expect(html).toMatch(/href="\/x\?country=TZ">흑연<span class="vh"> 조건 지우기/u);
  });

  it('the count is said in words', () => {
    expect(renderAt(ResultCount, { subject: '기회', total: 1234 })).toContain(
      '기회 <strong>1,234건</strong>',
    );
    expect(renderAt(ResultCount, { subject: 'opportunities', total: 7 }, '/en')).toContain(
      '<strong>7</strong> opportunities',
    );
  });

  it('pages keep the query', () => {
    const html = renderAt(Pagination, { page: 2, total: 25, perPage: 10 }, '/x?mineral=graphite&page=2');
    expect(html).toContain('href="/x?mineral=graphite"');
    expect(html).toContain('href="/x?mineral=graphite&amp;page=3"');
    expect(html).toContain('25건 가운데 11–20번째');
    expect(renderAt(Pagination, { page: 1, total: 5, perPage: 10 })).not.toContain('<nav');
  });
});
