import { describe, expect, it } from 'vitest';
import { renderAt } from '#lib/components/render-for-tests.ts';
import ExportLinks from './ExportLinks.svelte';
import Facets from './Facets.svelte';
import Marked from './Marked.svelte';
import { marksFor } from './marks.ts';
import SearchNotes from './SearchNotes.svelte';
import { shelfSections, stageSections } from './shelves.ts';
import ViewSwitch from './ViewSwitch.svelte';
import { widerAddress, widerLabel } from './wider.ts';

const value = (id: string, count: number, selected = false) => ({ value: id, label: id, count, selected });

describe('filters in sections', () => {
  it('put values on their shelves, the shelf itself a choice', () => {
    const values = [
      value('@rare-earths', 3),
      value('neodymium', 2),
      value('cerium', 2),
      value('unobtainium', 1),
    ];
    const sections = shelfSections('ko', 'mineral', values).filter((one) => one.values.length > 0);
    expect(sections.map(({ id, whole, values: held }) => [id, whole?.value, held.length])).toEqual([
      ['rare-earths', '@rare-earths', 2],
      ['', undefined, 1],
    ]);
    const group = { key: 'mineral', label: '광물', values, sections: shelfSections('ko', 'mineral', values) };
    const html = renderAt(Facets, { groups: [group] });
    expect(html).toMatch(/name="mineral" value="@rare-earths"/u);
    expect(html).toContain('희토류 원소 전체');
  });

  it('put capabilities under their stages, in the order of the stages', () => {
    const stages = [
      { id: 'mining', label: '채광' },
      { id: 'recycling', label: '재활용' },
    ];
    const stageOf = (id: string) => (id === 'crush' ? 'mining' : 'recycling');
    const sections = stageSections('ko', [value('shred', 1), value('crush', 1)], stages, stageOf);
    expect(sections.map(({ label, values }) => [label, values.map((one) => one.value)])).toEqual([
      ['채광', ['crush']],
      ['재활용', ['shred']],
      ['그 밖', []],
    ]);
  });
});

describe('marked names', () => {
  it('are marked where they were found, and nothing of them is HTML', () => {
    expect(renderAt(Marked, { text: '<b>해솔플랜트', ranges: [[3, 5]] }).trim()).toBe(
      '&lt;b><mark>해솔</mark>플랜트',
    );
  });

  it('carry the marks of the language that is shown', () => {
    const marks = { ko: [[0, 1]], en: [[2, 3]] } as const;
    expect(marksFor('ko', { ko: '가', en: 'abc' }, marks)).toEqual({ title: [[0, 1]], other: [[2, 3]] });
    expect(marksFor('ko', { ko: '', en: 'abc' }, marks).title).toEqual([[2, 3]]);
  });
});

describe('what is said of a search', () => {
  it('names the other layout and leads to exactly what was typed', () => {
    const notes = [{ kind: 'keyboard', from: 'flxba', to: '리튬' }] as const;
    const html = renderAt(SearchNotes, { q: 'flxba', notes }, '/companies?q=flxba&page=3&size=large');
    expect(html).toContain('‘리튬’으로 찾았습니다');
    expect(html).toContain('href="/companies?q=%22flxba%22&amp;size=large"');
    expect(html).toContain('href="/companies?q=%EB%A6%AC%ED%8A%AC&amp;size=large"');
  });

  it('leads back from a quoted search', () => {
    const html = renderAt(SearchNotes, { q: '"flxba"', notes: [] }, '/en/companies?q=%22flxba%22');
    expect(html).toContain('Searched for exactly “flxba”.');
    expect(html).toContain('href="/en/companies?q=flxba"');
  });

  it('names a wider search by what stays and what was left out', () => {
    const wider = { q: '흑연', filters: {}, without: ['country'], dropped: '음극재', total: 3 };
    const active = [
      { facet: 'country', label: '탄자니아' },
      { facet: 'stage', label: '선광' },
    ];
    expect(widerLabel('ko', wider, active, () => '모든 나라')).toBe('‘흑연’, 선광, 모든 나라, ‘음극재’ 없이');
    const url = { pathname: '/opportunities', search: '?q=흑연+음극재&country=TZ&stage=s&page=2' };
    expect(decodeURIComponent(widerAddress(url, wider))).toBe('/opportunities?stage=s&q=흑연');
  });
});

describe('other shapes of a result', () => {
  it('are one click away and keep the filters', () => {
    const html = renderAt(ViewSwitch, { view: 'list' }, '/companies?size=large&page=2');
    expect(html).toContain('href="/companies?size=large&amp;view=map"');
    expect(html).toMatch(/href="\/companies\?size=large" aria-current="page"/u);
  });

  it('as files say how much of the result they hold', () => {
    const links = (total: number) =>
      renderAt(
        ExportLinks,
        { path: '/companies', total, counter: '곳' },
        '/companies?size=large&page=2&view=map',
      );
    expect(links(79)).toContain('href="/companies/export.xlsx?size=large"');
    expect(links(79)).toContain('79곳 모두');
    expect(links(20_000)).toContain('20,000곳 가운데 앞의 10,000곳만');
  });
});
