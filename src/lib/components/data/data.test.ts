import { describe, expect, it } from 'vitest';
import { htmlSnippet, renderAt } from '#lib/components/render-for-tests.ts';
import LineChart from '#lib/components/charts/LineChart.svelte';
import WorldMap from '#lib/components/charts/WorldMap.svelte';
import DataTable from './DataTable.svelte';
import Fact from './Fact.svelte';
import SourceMark from './SourceMark.svelte';

describe('a source mark', () => {
  it('opens source, confidence and date without script', () => {
    const html = renderAt(SourceMark, {
      about: '생산량',
      source: { name: 'USGS MCS 2026', lang: 'en', confidence: 'verified', date: '2026-11-23', url: 'https://usgs.test' },
    });
    expect(html).toMatch(/<details class="source" name="source"> ?<summary>/u);
    expect(html).toContain('출처: 생산량');
    expect(html).toMatch(/<a href="https:\/\/usgs\.test" lang="en"/u);
    expect(html).toContain('확인됨');
    expect(html).toContain('2026. 11. 23.(월) 기록');
  });

  it('never calls an unknown confidence verified', () => {
    const html = renderAt(SourceMark, { about: 'A', source: { name: 'B', confidence: 'approximate' } }, '/en');
    expect(html).toContain('Not verified');
    expect(html).not.toContain('Recorded');
  });
});

describe('a fact', () => {
  it('without value says that it is not known', () => {
    expect(renderAt(Fact, { label: '생산 기간', value: null })).toContain('아직 알려지지 않았습니다');
    expect(renderAt(Fact, { label: '지분', value: 0 })).toContain('>0<');
  });
});

describe('a table', () => {
  const columns = [
    { key: 'name', label: '나라' },
    { key: 'amount', label: '톤', numeric: true },
  ];

  it('heads rows and columns, and scrolls by keyboard', () => {
    const html = renderAt(DataTable, { caption: '생산', columns, rows: [{ name: '중국', amount: '1,400,000' }] });
    expect(html).toContain('role="region" aria-label="생산" tabindex="0"');
    expect(html).toMatch(/<th scope="row"[^>]*>중국<\/th>/u);
    expect(html).toMatch(/<td data-label="톤" class="num">/u);
  });

  it('keeps its meaning when rows become blocks', () => {
    const html = renderAt(DataTable, { caption: '생산', columns, rows: [{ name: '중국', amount: 0 }], stack: true });
    expect(html).toContain('role="rowheader"');
    expect(html).toContain('<span>0</span>');
  });
});

describe('drawings', () => {
  const table = htmlSnippet('<p>표</p>');

  it('show a gap where nothing was published', () => {
    const points = [10, null, 30, 40].map((y, i) => ({ x: 2020 + i, y }));
    const html = renderAt(LineChart, { id: 'p', title: '가격', desc: '올랐습니다.', series: [{ label: 'A', points }], table });
    const path = /class="line line--main" d="([^"]+)"/u.exec(html)?.[1] ?? '';
    expect(path.match(/M/gu)).toHaveLength(2);
    expect(html).toContain('<title id="p-t">가격</title>');
    expect(html).toContain('표로 보기');
    expect(html).not.toContain('style=');
  });

  it('survive an empty series', () => {
    const html = renderAt(LineChart, { id: 'p', title: 'T', desc: 'D', series: [{ label: 'A', points: [] }], table });
    expect(html).not.toContain('NaN');
  });

  it('are a group once they hold links, so that these can be reached', () => {
    const point = { lon: 36.7, lat: -8.6, label: '마헹게' };
    expect(renderAt(WorldMap, { id: 'w', title: 'T', desc: 'D', points: [point] })).toContain('role="img"');
    const linked = renderAt(WorldMap, { id: 'w', title: 'T', desc: 'D', points: [{ ...point, href: '/projects/1' }] });
    expect(linked).toContain('role="group"');
    expect(linked).toContain('aria-label="마헹게"');
  });
});
