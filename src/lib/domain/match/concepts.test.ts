import { describe, expect, it } from 'vitest';
import { matchLexicon } from '#lib/domain/match/concepts.ts';

const lexicon = matchLexicon([
  { id: 'graphite', names: ['Graphite', '흑연'] },
  { id: 'tin', names: ['Tin', '주석'] },
  { id: 'lithium', names: ['lithium', '리튬'] },
]);

describe('ConceptLexicon', () => {
  it('finds the same in Korean and in English', () => {
    const ko = lexicon.idsOf('구형 흑연을 만드는 파일럿 설비와 수처리');
    const en = lexicon.idsOf('Spherical graphite pilot plants with water treatment');
    expect(ko).toEqual(en);
    expect(ko).toEqual(['mineral:graphite', 'pilot', 'spherical', 'water-treatment']);
  });

  it('does not mind decomposed letters, spaces or plurals', () => {
    expect(lexicon.idsOf('흑연 정광'.normalize('NFD'))).toEqual(['concentrate', 'mineral:graphite']);
    expect(lexicon.idsOf('pumps, filter  presses')).toEqual(['filtration', 'pump']);
  });

  it('leaves everyday words alone', () => {
    expect(lexicon.idsOf('주석: 그림의 설명입니다', 'lead contractor', null)).toEqual([]);
  });

  it('quotes the words it found', () => {
    expect(lexicon.find('리튬 염호').get('brine')).toBe('염호');
  });
});
