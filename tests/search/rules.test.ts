import { describe, expect, it } from 'vitest';
import { companyDocument, type CompanyRow } from '#lib/domain/search/document.ts';
import { toLetters } from '#lib/domain/search/hangul.ts';
import { loanTerms, sureLoan } from '#lib/domain/search/loanword.ts';
import { planQuery } from '#lib/domain/search/plan.ts';
import { parseQuery, type Unit } from '#lib/domain/search/query.ts';
import { rankDocuments } from '#lib/domain/search/rank.ts';
import { resolveQuery, type Vocabulary } from '#lib/domain/search/resolve.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { isSettled } from '#lib/server/search/answer.ts';

const words = lexicon();
const units = (q: string): readonly Unit[] => parseQuery(words, q, 'company').units;
const required = (q: string): string[] => units(q).flatMap((u) => (u.required ? [...u.concepts] : []));

const EMPTY: CompanyRow = {
  ...{ id: '1', source: 't', externalId: '1', version: 1, updatedAt: new Date(0) },
  ...{ nameKo: '', nameEn: '', formerNames: [], brn: null, crn: null, lei: null, website: '' },
  ...{ size: null, province: '', summaryKo: '', summaryEn: '', capabilities: [], certifications: [] },
  ...{ references: [], countries: [], status: 'registered', published: true, masked: false, knownTo: [] },
};
const company = (row: Partial<CompanyRow>) => companyDocument(words, { ...EMPTY, ...row });
const tokens = (row: Partial<CompanyRow>): readonly string[] => company(row).tokens;

const word = (text: string, field: 'n' | 'w' | 't'): Vocabulary[number] => ({
  ...{ word: text, letters: toLetters(text), field },
});
const read = (q: string, vocabulary: Vocabulary) =>
  resolveQuery(words, parseQuery(words, q, 'company'), vocabulary);

describe('English terms in Hangul', () => {
  it.each([
    ['그래파이트', 'graphite'],
    ['리튬하이드록사이드모노하이드레이트', 'lithium hydroxide monohydrate'],
    ['스칸디움', 'scandium'],
    ['솔벤트익스트랙션', 'solvent extraction'],
    ['플로테이션', 'flotation'],
    ['세퍼레이터', 'separator'],
    ['지오피직스', 'geophysic'],
    ['크루서블', 'crucible'],
  ])('%s is %s', (hangul, term) => {
    expect(sureLoan(words, hangul)).toBe(term);
  });

  it.each(['피아노', '컴퓨터', '트레이너', '프로토', '텔레비전', '마케팅', '한빛금속', '떡볶이'])(
    '%s is none',
    (hangul) => {
      expect(loanTerms(words, hangul)).toEqual([]);
    },
  );

  it('may be two words', () => {
    expect(required('솔벤트 익스트랙션')).toContain('solvent-extraction');
  });

  it('are read on both sides, particles aside', () => {
    expect(required('그래파이트를')).toContain('graphite');
    expect(tokens({ summaryKo: '그래파이트를 가공합니다' })).toContain('m:graphite');
  });

  it('may be abbreviations, letter by letter', () => {
    expect(required('엘에프피')).toEqual(required('LFP'));
    expect(required('이피씨')).toEqual(required('EPC'));
  });
});

describe('parts of a term in another order', () => {
  it.each([
    ['리튬 수산화', 'li-hydroxide'],
    ['음극재 흑연', 'graphite-anode'],
    ['recycling of old magnets', 'magnet-recycling'],
    ['재활용 가능한 폐배터리', 'battery-recycling'],
  ])('%s → %s', (q, concept) => {
    expect(units(q).flatMap((u) => u.concepts)).toContain(concept);
  });

  it('hold what is said of used things', () => {
    expect(required('다 쓴 전기차 배터리')).toContain('battery-recycling');
    expect(required('버려진 자석')).toContain('magnet-recycling');
    expect(required('discarded magnets')).toContain('magnet-recycling');
  });

  it('are no other English noun turned round', () => {
    const asked = units('mining contracts').flatMap((u) => (u.text === 'mining contracts' ? [] : [u.text]));
    expect(asked).not.toContain('mining contracts');
  });

  it('stand in texts too, within a clause', () => {
    expect(tokens({ summaryEn: 'Metals from scrapped motor magnets' })).toContain('m:magnet-recycling');
    expect(tokens({ summaryKo: '광산 설비를 설계합니다' })).not.toContain('m:mine-planning');
    expect(tokens({ summaryEn: 'Scrapped cars. Motor magnets' })).not.toContain('m:magnet-recycling');
  });

  it('make a part that is nothing by itself a wish', () => {
    const [, rest] = units('리튬 수산화');
    expect(rest?.required).toBe(false);
  });
});

describe('words of everyday', () => {
  it.each(['주석', '납', 'lead', 'tin', 'He', 'In'])('%s is not looked for in texts', (q) => {
    const atoms = units(q).flatMap((u) => [...u.direct, ...u.extended]);
    expect(atoms.filter((a) => a.token.startsWith('t:'))).toEqual([]);
  });

  it('are minerals beside other minerals', () => {
    expect(tokens({ summaryKo: '아연과 납 정광을 팝니다' })).toContain('m:lead');
    expect(tokens({ summaryEn: 'Trader of tin and tungsten' })).toContain('m:tin');
    expect(tokens({ summaryKo: '계약서의 주석을 참고하십시오' })).not.toContain('m:tin');
    expect(tokens({ summaryEn: 'We take the lead in each contract' })).not.toContain('m:lead');
  });

  it('of an English sentence are no sounds of names', () => {
    const [carry] = units('a company that could carry our nickel ore').filter((u) => u.text === 'carry');
    expect(carry?.guess).toBeNull();
    expect(carry?.direct.some((a) => /^[sq]:/.test(a.token))).toBe(false);
  });

  it('of two syllables have no sound worth asking for', () => {
    const atoms = units('조율').flatMap((u) => [...u.direct, ...u.extended]);
    expect(atoms.filter((a) => /^[sq]:/.test(a.token))).toEqual([]);
  });
});

describe('slips and beginnings', () => {
  it('a stem that is a word does not hide the slip', () => {
    const [unit] = read('전구제', [word('전구', 't')]).units;
    expect(unit?.extended.some((a) => a.token === 'g:pcam')).toBe(true);
  });

  it('an unfinished syllable finds what goes on from its strokes', () => {
    const atoms = (q: string) => read(q, [word('울주소재', 'n')]).units.flatMap((u) => u.direct);
    expect(atoms('울ㅈ')).toContainEqual({ token: 'n:울주', prefix: true, weight: 0.7 });
    expect(read('한수', [word('한술', 'w')]).units[0]?.direct).toContainEqual(
      expect.objectContaining({ token: 'w:한술' }),
    );
  });

  it('half a term is not settled by names that begin so', () => {
    const prefixed = [{ id: '1', score: 100, rule: 'prefix', reasons: [] }] as const;
    expect(isSettled(parseQuery(words, 'tungs', 'company'), prefixed)).toBe(false);
    expect(isSettled(parseQuery(words, '포랑', 'company'), prefixed)).toBe(true);
  });

  it('a word of Korean is no wrong layout', () => {
    expect(parseQuery(words, '은 정련', 'company').text).toBe('은 정련');
  });

  it('words in the wrong layout may be a term only together', () => {
    expect(parseQuery(words, 'ㄱㅁㄱㄷ ㄷㅁㄱ소', 'company').text).toBe('rare earth');
  });
});

describe('names', () => {
  it('of two alike the one with the legal form asked for comes first', () => {
    const docs = ['주식회사 해솔', '해솔 유한회사', '해솔'].map((nameKo, i) => ({
      ...{ id: String(i), vetted: false, updatedAt: 0 },
      tokens: tokens({ nameKo }).toSorted(),
    }));
    const first = (q: string) => rankDocuments(parseQuery(words, q, 'company'), [], docs)[0]?.id;
    expect(first('㈜해솔')).toBe('0');
    expect(first('(유)해솔')).toBe('1');
    expect(rankDocuments(parseQuery(words, '해솔', 'company'), [], docs).map((d) => d.rule)).toEqual([
      ...['name', 'name', 'name'],
    ]);
  });

  it('that begin with a place are found by it, however it is spelled', () => {
    const named = tokens({ nameKo: '제천광물시험원' });
    for (const q of ["Chech'on", 'Jecheon'])
      expect(units(q).some((u) => u.direct.some((a) => named.includes(a.token)))).toBe(true);
  });

  it('a surname may be a stop word', () => {
    const { prefix } = parseQuery(words, 'No Yeongsu', 'company');
    const named = tokens({ nameKo: '노영수지질' });
    expect(prefix.some((a) => named.some((t) => t.startsWith(a.token)))).toBe(true);
  });
});

describe('a person at the head of a name', () => {
  it('is found with what the firm does behind it', () => {
    const { prefix } = parseQuery(words, 'Noh Kyungtae Rock', 'company');
    const named = tokens({ nameKo: '노경태암반공학' });
    expect(prefix.some((a) => named.some((t) => t.startsWith(a.token)))).toBe(true);
  });
});

describe('sentences', () => {
  const asked = '흑연 음극재 공장을 새로 크게 지어 본 업체가 혹시';
  const vocabulary = [word('크게', 't'), word('지어', 't')];

  it('do not ask for words that only texts have', () => {
    const must = read(asked, vocabulary).units.filter((u) => u.required);
    expect(must.flatMap((u) => u.concepts)).toEqual(['graphite-anode']);
  });

  it('ask for the stage when all else is unknown', () => {
    const must = read('제련 뷁쉙뷁', []).units.filter((u) => u.required);
    expect(must.map((u) => u.concepts[0])).toEqual(['smelting-refining']);
    // A Latin word may be the sound of a name: there the stage is the last resort.
    const { levels } = planQuery(read('smelting blorpery', []));
    expect(levels.map((level) => level.last === true)).toEqual([false, false, true]);
  });
});

describe('services', () => {
  it('for a mineral are asked of those who do them for any', () => {
    expect(required('shipping nickel')).toEqual(expect.arrayContaining(['logistics', 'nickel']));
    expect(required('니켈 제련')).not.toContain('smelting-refining');
    const weight = (q: string) => units(q).find((u) => u.concepts.includes('nickel'))?.weight ?? 0;
    expect(weight('니켈 해운')).toBeLessThan(weight('니켈 도금'));
  });
});
