import { describe, expect, it } from 'vitest';
import { matchLexicon } from '#lib/domain/match/concepts.ts';

const lexicon = matchLexicon([
  { id: 'graphite', names: ['Graphite', '흑연'] },
  { id: 'tin', names: ['Tin', '주석'] },
  { id: 'lithium', names: ['lithium', '리튬'] },
]);

const trade = matchLexicon(
  [],
  [
    { concept: 'anode-natural', kind: 'capability', term: '천연흑연 음극재' },
    { concept: 'anode-natural', kind: 'capability', term: 'natural graphite anode' },
    { concept: 'anode-any', kind: 'capability', term: '음극재' },
    { concept: 'esia', kind: 'capability', term: '환경사회영향평가' },
    { concept: 'esia', kind: 'capability', term: 'impact assessment' },
    { concept: 'graphite', kind: 'mineral', term: '흑연' },
  ],
);

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

  it('reads the work that titles name, the same in both languages, the longest name of it', () => {
    expect(trade.workOf(['천연흑연음극재 구매', null], [null])).toEqual(['anode-natural']);
    expect(trade.workOf([null, 'Natural graphite anodes wanted'], [])).toEqual(['anode-natural']);
    expect(trade.workOf(['음극재와 환경사회영향평가'], [])).toEqual(['anode-any', 'esia']);
  });

  it('reads the summaries where titles name no work, and never minerals', () => {
    expect(trade.workOf(['흑연 광산'], ['흑연 광산의 환경사회영향평가'])).toEqual(['esia']);
    expect(trade.workOf(['음극재'], ['Impact assessment'])).toEqual(['anode-any']);
    expect(trade.workOf(['흑연'], [null])).toEqual([]);
    expect(lexicon.workOf(['음극재'], [])).toEqual([]);
  });
});
