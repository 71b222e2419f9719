import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '#lib/domain/search/analyse.ts';
import { segment } from '#lib/domain/search/compound.ts';
import { readHanja } from '#lib/domain/search/hanja.ts';
import { highlight, highlightTerms } from '#lib/domain/search/highlight.ts';
import { conceptsOfHs } from '#lib/domain/search/lexicon.ts';
import { parseQuery } from '#lib/domain/search/query.ts';
import { editDistance, withinOneEdit } from '#lib/domain/search/spelling.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';

const words = lexicon();
const concepts = (q: string) => parseQuery(words, q, 'company').units.flatMap((u) => [...u.concepts]);

describe('compounds', () => {
  it.each([
    ['수산화리튬공장', '수산화리튬 공장'],
    ['포스코인터내셔널', '포스코 인터내셔널'],
    ['고순도니켈분말', '고순도 니켈 분말'],
    ['염호리튬개발', '염호리튬 개발'],
    ['너구리', '너구리'],
    ['확인산정', '확인산정'],
    ['구리시', '구리시'],
    ['은행나무', '은행나무'],
    ['동해항', '동해항'],
  ])('%s is %s', (word, parts) => {
    expect(
      segment(words, word)
        .map((p) => p.text)
        .join(' '),
    ).toBe(parts);
  });

  it('cover the word, whatever it is', () => {
    const hangul = fc.array(fc.integer({ min: 0xac00, max: 0xd7a3 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(hangul, (codes) => {
        const word = String.fromCharCode(...codes);
        return (
          segment(words, word)
            .map((p) => p.text)
            .join('') === word
        );
      }),
    );
  });
});

describe('what a query means', () => {
  it.each([
    ['중석', 'tungsten'],
    ['重石', 'tungsten'],
    ['wolfram', 'tungsten'],
    ['W', 'tungsten'],
    ['2611', 'tungsten'],
    ['錫', 'tin'],
    ['흑연을', 'graphite'],
    ['flxba', 'lithium'],
    ['ㅣㅑ소ㅑㅕㅡ', 'lithium'],
    ['흑연 음극재', 'graphite-anode'],
    ['흑연음극재', 'graphite-anode'],
    ['graphite anodes', 'graphite-anode'],
    ['수산화리튬', 'li-hydroxide'],
    ['LiOH', 'li-hydroxide'],
    ['배터리용 소재', 'battery-materials'],
    ['연 제련', 'zn-pb-smelting'],
    ['lead smelting', 'zn-pb-smelting'],
    ['동', 'copper'],
  ])('%s → %s', (q, concept) => {
    expect(concepts(q)).toContain(concept);
  });

  it.each(['동해', '연구', '은행', '연간', '강동', 'lead time', 'leadership', 'tinder'])(
    '%s is no mineral',
    (q) => {
      const minerals = concepts(q).filter((id) => words.concepts.get(id)?.kind === 'mineral');
      expect(minerals).toEqual([]);
    },
  );

  it('keeps the subject of a sentence and lets the rest go', () => {
    const { units } = parseQuery(
      words,
      '탄자니아에서 흑연 음극재를 생산할 수 있는 업체를 찾고 있습니다',
      'company',
    );
    expect(units.map((u) => [u.concepts[0], u.required])).toEqual([
      ['country-TZ', false],
      ['graphite-anode', true],
    ]);
  });

  it('does not stumble over anything typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        (q) => parseQuery(words, q, 'company') !== null,
      ),
    );
  });

  it('knows HS codes by their beginning', () => {
    expect(conceptsOfHs(words, '2504.10')).toEqual(['graphite']);
    expect(conceptsOfHs(words, '9999')).toEqual([]);
  });

  it('reads Hanja', () => {
    expect(readHanja('大韓鑛業')).toBe('대한광업');
  });
});

describe('texts', () => {
  it('hold terms where they stand, not inside everyday words', () => {
    const text = '동해 연구소에서 인상흑연을 부유선별합니다. Lead time is short; lithium hydroxide.';
    const found = analyse(words, text).terms.filter((t) => t.hits.some((h) => h.form !== 'trap'));
    const kinds = found.flatMap((t) => t.hits.map((h) => h.concept)).filter((id) => !/^(w|size)-/.test(id));
    expect(kinds).toEqual(['graphite', 'froth-flotation', 'li-hydroxide', 'lithium']);
  });

  it('are marked at whole syllables', () => {
    const marked = (q: string, text: string) =>
      highlight(words, highlightTerms(parseQuery(words, q, 'company')), text).map(([a, b]) =>
        text.slice(a, b),
      );
    expect(marked('리튬', '수산화리튬 공장과 리튬을')).toEqual(['리튬', '리튬']);
    expect(marked('graphite', '고순도흑연과 흑연은 다릅니다')).toEqual(['고순도흑연', '흑연']);
    expect(marked('해솔', '주식회사 해솔플랜트')).toEqual(['해솔']);
    expect(marked('ㅎㅅ', '해솔플랜트')).toEqual(['해솔']);
    expect(marked('동', '동해의 동')).toEqual(['동']);
  });
});

describe('slips of the finger', () => {
  it('one edit is one edit', () => {
    expect(withinOneEdit('flxba', 'flxna')).toBe(true);
    expect(withinOneEdit('abcd', 'abdc')).toBe(true);
    expect(withinOneEdit('abcd', 'badc')).toBe(false);
  });

  it('is what the edit distance says', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(fc.property(text, text, (a, b) => withinOneEdit(a, b) === editDistance(a, b, 1) <= 1));
  });
});
