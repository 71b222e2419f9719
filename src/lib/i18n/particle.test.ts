import { describe, expect, it } from 'vitest';
import { withParticle } from './particle.ts';

describe('withParticle', () => {
  it.each([
    ['리튬', '리튬을'],
    ['니켈', '니켈을'],
    ['흑연', '흑연을'],
    ['구리', '구리를'],
    ['텅스텐(W)', '텅스텐(W)을'],
    ['희토류 (REE)', '희토류 (REE)를'],
    ['‘흑연’', '‘흑연’을'],
    ['LG', 'LG를'],
    ['EPC', 'EPC를'],
    ['ISO 14001', 'ISO 14001을'],
    ['POSCO', 'POSCO를'],
    ['URL', 'URL을'],
    ['100', '100을'],
    ['60,000', '60,000을'],
    ['0', '0을'],
    ['2', '2를'],
    ['77.8%', '77.8%를'],
    ['Sandvik Mining', 'Sandvik Mining을'],
    ['Mahenge Mine', 'Mahenge Mine을(를)'],
  ])('%s → %s', (word, expected) => {
    expect(withParticle(word, '을/를')).toBe(expected);
  });

  it('hears ㄹ before 로', () => {
    expect(withParticle('니켈', '으로/로')).toBe('니켈로');
    expect(withParticle('7', '으로/로')).toBe('7로');
    expect(withParticle('흑연', '으로/로')).toBe('흑연으로');
    expect(withParticle('URL', '으로/로')).toBe('URL로');
  });

  it('writes both particles when the reading is not certain', () => {
    expect(withParticle('Lake', '으로/로')).toBe('Lake(으)로');
    expect(withParticle('重石', '은/는')).toBe('重石은(는)');
    expect(withParticle('', '이/가')).toBe('이(가)');
  });

  it('reads decomposed Hangul as composed', () => {
    expect(withParticle('리튬'.normalize('NFD'), '은/는').normalize('NFC')).toBe('리튬은');
  });
});
