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
    { concept: 'anode-natural', kind: 'capability', term: '천연흑연 음극재', form: 'alias' },
    { concept: 'anode-natural', kind: 'capability', term: 'natural graphite anode', form: 'alias' },
    { concept: 'anode-any', kind: 'capability', term: '음극재', form: 'alias' },
    { concept: 'esia', kind: 'capability', term: '환경사회영향평가', form: 'alias' },
    { concept: 'esia', kind: 'capability', term: 'impact assessment', form: 'alias' },
    { concept: 'graphite', kind: 'mineral', term: '흑연', form: 'alias' },
    { concept: 'titanium', kind: 'mineral', term: '타이타늄', form: 'alias' },
    { concept: 'aluminium', kind: 'mineral', term: '반토', form: 'alias' },
    { concept: 'graphite', kind: 'mineral', term: 'graphite', form: 'name' },
    { concept: 'graphite', kind: 'mineral', term: '250410', form: 'hs' },
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

  it('knows minerals by what the search lexicon calls them, but no codes and no aliases that short words hold', () => {
    expect(trade.idsOf('타이타늄 괴')).toEqual(['mineral:titanium']);
    expect(trade.idsOf('Graphite, HS 250410')).toEqual(['mineral:graphite']);
    expect(trade.idsOf('반토막')).toEqual([]);
  });
});
