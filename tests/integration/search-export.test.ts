import { readXlsx } from 'hucre/xlsx';
import { parseCsv } from 'hucre/csv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { startApp, type App } from '../support/app.ts';
import { takeRecords } from '../support/records.ts';
import { GATES } from '#lib/server/account/gates.ts';
import type { CompanyRecordInput } from '#lib/domain/company/record.ts';

/** A result as a file: what a spreadsheet makes of it, and what it refuses. */

const company = (
  id: string,
  name_ko: string,
  more: Partial<CompanyRecordInput> = {},
): CompanyRecordInput => ({
  ...{ id, name_ko, name_en: `${id} Ltd`, size: 'sme', province: '경상북도', languages: ['ko'] },
  capabilities: [
    { id: 'k', capability: 'graphite-flake-plant', minerals: ['graphite'], evidence: 'claimed' },
  ],
  ...more,
});
const COMPANIES = [
  company('a', '=HYPERLINK("http://x.test","가온")'),
  company('b', '+82 나루', { name_en: '@SUM(1+1)' }),
  company('c', '다온, "주식회사"'),
  ...Array.from({ length: 1203 }, (_, i) => company(`n${i}`, `무리${String(i).padStart(4, '0')}`)),
];

let app: App;

beforeAll(async () => {
  await ensureBuilt();
  app = await startApp({ worker: false, env: { DEMO: '0' } });
  await takeRecords(app.database, 'export', { companies: COMPANIES });
});
afterAll(() => app?.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.origin + path, { redirect: 'manual', headers });
const forget = () => app.database.pool.query('delete from rate_limit');

describe('a file of a result', () => {
  it('is read by Excel as UTF-8, with no cell that is a formula', async () => {
    const answer = await get('/companies/export.csv');
    expect(answer.headers.get('content-type')).toContain('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="gwangmaek-companies-\d{4}-\d\d-\d\d\.csv"$/,
    );
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = parseCsv(new TextDecoder().decode(bytes));
    expect(rows[0]?.slice(0, 3)).toEqual(['이름(한국어)', '이름(영어)', '심사']);
    expect(rows).toHaveLength(COMPANIES.length + 1);
    expect(new Set(rows.map((row) => row[1])).size).toBe(COMPANIES.length + 1);
    for (const cell of rows.flat()) expect(String(cell)).not.toMatch(/^[=+\-@\t\r]/u);
    const names = rows.map((row) => row[0]);
    expect(names).toContain(`'=HYPERLINK("http://x.test","가온")`);
    expect(names).toContain('다온, "주식회사"');
  });

  it('is a workbook of text cells, in the language of the page', async () => {
    const answer = await get('/en/companies/export.xlsx?q=%EB%8B%A4%EC%98%A8');
    const book = await readXlsx(new Uint8Array(await answer.arrayBuffer()));
    const rows = book.sheets[0]?.rows ?? [];
    expect(rows[0]?.[0]).toBe('Name (Korean)');
    const named = rows.find((row) => row[1] === 'c Ltd') ?? [];
    expect([named[0], named[2], named[5]]).toEqual([
      '다온, "주식회사"',
      'Not yet vetted',
      'North Gyeongsang',
    ]);
    const formulas = await get('/companies/export.xlsx?q=HYPERLINK');
    const first = (await readXlsx(new Uint8Array(await formulas.arrayBuffer()))).sheets[0];
    expect(first?.rows.flat()).toContain('=HYPERLINK("http://x.test","가온")');
  });

  it('keeps to the filters of the page', async () => {
    const answer = await get('/companies/export.csv?mineral=tin');
    expect(parseCsv(await answer.text())).toHaveLength(1);
  });

  it('is there for each list, and in no other format', async () => {
    await forget();
    for (const list of ['opportunities', 'projects'])
      for (const format of ['csv', 'xlsx']) expect((await get(`/${list}/export.${format}`)).status).toBe(200);
    expect((await get('/companies/export.pdf')).status).toBe(404);
  });

  it('has no formula in it, whichever list and whatever people wrote', async () => {
    await forget();
    const text = `concat((array['=1', '+1', '-1', '@A', chr(9) || '=1'])[1 + mod(abs(hashtext(NAME)), 5)], NAME)`;
    const set = (column: string) => `${column} = ${text.replaceAll('NAME', column)}`;
    await app.database.pool.query(
      `update project set ${['name_en', 'name_ko', 'operator'].map(set).join(', ')}`,
    );
    await takeRecords(app.database, 'export', {
      opportunities: ['=1', '+1', '-1', '@A', '\t=1'].map((title, i) => ({
        ...{
          id: `o${i}`,
          title_en: title,
          title_ko: title,
          type: 'equipment',
          country: 'TZ',
          minerals: ['graphite'],
        },
        ...{ publisher: title, deadline: '2030-01-01T00:00:00Z', visibility: 'public' },
        requirements: [{ id: 'r', capability: 'graphite-flake-plant', must: true, weight: 1 }],
      })),
    });
    const routes = Object.keys(GATES).filter((id) => id.includes('/export.'));
    for (const id of routes) {
      const list = id.replace('/(public)', '').replace('[format]', 'csv');
      const rows = parseCsv(await (await get(list)).text());
      expect(rows.length, list).toBeGreaterThan(5);
      for (const cell of rows.flat()) expect(String(cell), list).not.toMatch(/^\s*[=+\-@](?![\d.]+$)/u);
    }
    expect(routes).toHaveLength(3);
  });

  it('is not taken too often; the reader is led back to the list and told', async () => {
    await forget();
    let last = await get('/projects/export.csv');
    for (let i = 0; i < 12 && last.status === 200; i++) last = await get('/projects/export.csv?mineral=tin');
    expect(last.status).toBe(303);
    expect(last.headers.get('location')).toBe('/projects?mineral=tin&export=too-many');
    const told = await get('/projects/export.csv', { accept: 'application/problem+json, */*' });
    expect([told.status, Number(told.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await (await get('/projects?export=too-many')).text()).toContain('파일을 너무 자주 받았습니다');
  });
});
