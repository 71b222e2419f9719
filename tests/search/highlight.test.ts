import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyDocument } from '#lib/domain/search/document.ts';
import { highlight, highlightTerms } from '#lib/domain/search/highlight.ts';
import { parseQuery } from '#lib/domain/search/query.ts';
import { resolveQuery } from '#lib/domain/search/resolve.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';

const words = lexicon();

/** What is marked in a name when a query is read by the vocabulary of its document. */
function marked(q: string, name: string): string[] {
  const document = companyDocument(words, {
    ...{ id: 'x', source: '', externalId: 'x', version: 1, updatedAt: new Date(0), formerNames: [] },
    ...{
      nameKo: name.normalize('NFC'),
      nameEn: '',
      brn: null,
      crn: null,
      lei: null,
      website: '',
      size: null,
    },
    ...{ province: '', summaryKo: '', summaryEn: '', capabilities: [], certifications: [], references: [] },
    ...{ countries: [], status: 'vetted', published: true, masked: false, knownTo: [] },
  });
  const query = resolveQuery(words, parseQuery(words, q, 'company'), document.vocabulary);
  const text = name.normalize('NFC');
  return highlight(words, highlightTerms(query), text).map((range) => text.slice(...range));
}

describe('highlights', () => {
  it.each([
    ['리튬', '수산화리튬 공장', ['리튬']],
    ['lithium', '수산화리튬 공장', ['수산화리튬']],
    ['중석', 'Sangdong tungsten 상동텅스텐', ['tungsten', '텅스텐']],
    ['흑연 음극재', '인조흑연음극재 생산', ['흑연음극재']],
    ['흑연을', '흑연은 흑연이', ['흑연', '흑연']],
    ['플랜트', '해솔플랜트', ['플랜트']],
    ['랜트', '해솔플랜트', ['랜트']],
    ['한솔', '한솔케미칼', ['한솔']],
    ['GRAPHITE', 'Ｇｒａｐｈｉｔｅ anode', ['Ｇｒａｐｈｉｔｅ']],
  ])('%s in %s: the part that was asked for', (q, name, parts) => {
    expect(marked(q, name)).toEqual(parts);
  });

  it.each([
    ['ㅎㅅ', '해솔플랜트', ['해솔']],
    ['ㅎㅅㅍㄹㅌ', '주식회사 해솔 플랜트', ['해솔 플랜트']],
    ['ㅎㅅ', '해𠀀솔플랜트', ['해𠀀솔']],
    ['ㅅㅍㄹ', '해솔플랜트', []],
  ])('%s in %s: first consonants, from the beginning of a word', (q, name, parts) => {
    expect(marked(q, name)).toEqual(parts);
  });

  it.each([
    ['리툼', '가온리튬 공장', ['리튬']],
    ['네오디윰', '네오디뮴 영구자석', ['네오디뮴']],
    ['해솔플렌트', '주식회사 해솔플랜트', ['해솔플랜트']],
    ['인터내셔날', '가온인터내셔널', ['인터내셔널']],
  ])('%s in %s: what was meant by a slip', (q, name, parts) => {
    expect(marked(q, name)).toEqual(parts);
  });

  it.each([
    ['flxba', '가온리튬 공장', ['리튬']],
    ['gothf', '해솔플랜트', ['해솔']],
    ['gothfvmffosxm', '(주)해솔플랜트', ['해솔플랜트']],
    ['"flxba"', '가온리튬 공장', []],
  ])('%s in %s: the other keyboard layout', (q, name, parts) => {
    expect(marked(q, name)).toEqual(parts);
  });

  it.each([
    ['해소', '해솔플랜트', ['해솔']],
    ['해솔ㅍ', '해솔플랜트', ['해솔플']],
    ['해솔프', '해솔플랜트', ['해솔플']],
  ])('%s in %s: half-typed, whole syllables', (q, name, parts) => {
    expect(marked(q, name)).toEqual(parts);
  });

  it('are the same for decomposed text', () => {
    for (const [q, name] of [
      ['리튬', '수산화리튬 공장'],
      ['ㅎㅅ', '해솔플랜트'],
      ['리툼', '가온리튬'],
    ] as const)
      expect(marked(q.normalize('NFD'), name.normalize('NFD'))).toEqual(marked(q, name));
  });

  it('never cut a syllable or a pair of surrogates, and never overlap', () => {
    const pieces = fc.constantFrom(
      ...['리튬', '수산화리튬', '해솔', '𠮷', ' ', '(주)', 'graphite', 'é', '공장', '·'],
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
        fc.constantFrom('리튬', 'ㅎㅅ', '해소', 'graphite', 'Haesol', '리툼'),
        (text, q) => {
          const nfc = text.normalize('NFC');
          const ranges = highlight(words, highlightTerms(parseQuery(words, q, 'company')), nfc);
          let end = 0;
          for (const [from, to] of ranges) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThan(from);
            expect(to).toBeLessThanOrEqual(nfc.length);
            expect(nfc.slice(from, to).isWellFormed()).toBe(true);
            end = to;
          }
        },
      ),
    );
  });
});
