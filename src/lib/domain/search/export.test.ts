import { describe, expect, it } from 'vitest';
import { exportName, safeCell } from '#lib/domain/search/export.ts';

describe('cells of a file', () => {
  it.each(['=1+1', '+82-2-1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n', ' =1', '＝1', '＠x', '\u00a0+1'])(
    '%j is no formula',
    (text) => {
      expect(safeCell(text)).toBe(`'${text}`);
    },
  );

  it.each(['가온', '1-2', 'a=b', '', '(주)가온', '2026-11-25', "'quoted"])('%j stays as it is', (text) => {
    expect(safeCell(text)).toBe(text);
  });

  it('stand in a file named by its day', () => {
    expect(exportName('companies', '2026-11-25', 'xlsx')).toBe('gwangmaek-companies-2026-11-25.xlsx');
  });
});
