import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeNext } from './next.ts';

describe('the address to go on to', () => {
  it('keeps path, query and anchor of our own pages', () => {
    expect(safeNext('/company/vetting/requests/1?from=mail#answer')).toBe(
      '/company/vetting/requests/1?from=mail#answer',
    );
    expect(safeNext('/en/lead')).toBe('/en/lead');
    expect(safeNext('/opportunities?q=흑연')).toBe('/opportunities?q=%ED%9D%91%EC%97%B0');
  });

  it.each([
    ['nothing', null],
    ['empty', ''],
    ['another host', 'https://evil.example/'],
    ['another host without scheme', '//evil.example/'],
    ['another host by backslash', '/\\evil.example/'],
    ['backslashes', '\\\\evil.example'],
    ['a tab that browsers drop', '/\t/evil.example'],
    ['a line break', '/\n/evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a path that climbs to another host', '/.//evil.example'],
    ['a relative path', 'company'],
  ])('refuses %s', (_what, value) => {
    expect(safeNext(value)).toBeNull();
  });

  it('never leads off the site, whatever is given', () => {
    const origin = 'https://portal.example';
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((tail) => `/${tail}`),
          fc.webPath(),
        ),
        (value) => {
          const next = safeNext(value);
          if (next !== null) expect(new URL(next, origin).origin).toBe(origin);
        },
      ),
    );
  });
});
