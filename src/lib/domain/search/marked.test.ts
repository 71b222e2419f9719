import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markedHtml } from '#lib/domain/search/marked.ts';

describe('marked text', () => {
  it('wraps the ranges and escapes everything', () => {
    expect(markedHtml('가온흑연 <b> & "C"', [[2, 4]])).toBe(
      '가온<mark>흑연</mark> &lt;b&gt; &amp; &quot;C&quot;',
    );
    expect(markedHtml('<i>', [[0, 1]])).toBe('<mark>&lt;</mark>i&gt;');
    expect(markedHtml('', [])).toBe('');
  });

  it('holds no tag but its own marks, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), fc.nat(20), (text, a, b) => {
        const html = markedHtml(text, [[Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)]]);
        expect(html.replace(/<\/?mark>/gu, '')).not.toMatch(/[<>]/u);
      }),
    );
  });
});
