import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromKeys, isChoseong, splitClusters, toChoseong, toKeys, toLetters } from './hangul.ts';

const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCharCode(code));
/** Syllables whose keys are typed without shift: doubled keys are folded on purpose. */
const plain = syllable.filter((s) => !/[A-Z]/.test(toKeys(s)));
const word = fc.array(plain, { minLength: 1, maxLength: 8 }).map((s) => s.join(''));

describe('two-set letters', () => {
  it.each([
    ['리튬', 'flxba'],
    ['흑연', 'gmrdus'],
    ['NCM양극재', 'ncmdidrmrwo'],
    ['ㅣㅑ소ㅑㅕㅡ', 'lithium'],
    ['까치', 'rkcl'],
  ])('%s is typed %s', (text, letters) => {
    expect(toLetters(text)).toBe(letters);
  });

  it.each([
    ['flxba', '리튬'],
    ['FLXBA', '리튬'],
    ['dhkdrbah', '왕규모'],
    ['rk', '가'],
    ['r', 'ㄱ'],
  ])('%s in the Korean layout is %s', (keys, text) => {
    expect(fromKeys(keys)).toBe(text);
  });

  it('reads back what it wrote', () => {
    fc.assert(fc.property(word, (text) => fromKeys(toKeys(text)) === text));
  });
});

describe('first consonants', () => {
  it.each([
    ['흑연 음극재', 'ㅎㅇㅇㄱㅈ'],
    ['까마귀', 'ㄲㅁㄱ'],
    ['리튬(Li)', 'ㄹㅌ'],
  ])('%s → %s', (text, consonants) => {
    expect(toChoseong(text)).toBe(consonants);
  });

  it('are a query only when nothing else is typed', () => {
    expect(isChoseong('ㅎㅇ ㅇㄱㅈ')).toBe(true);
    expect(isChoseong('ㅎ연')).toBe(false);
    expect(isChoseong('ㅏㅎ')).toBe(false);
    expect(isChoseong(' ')).toBe(false);
  });

  it('that an input method has joined come apart', () => {
    expect(splitClusters('ㄳㄵㅎ')).toBe('ㄱㅅㄴㅈㅎ');
  });

  it('are one a syllable', () => {
    fc.assert(fc.property(word, (text) => toChoseong(text).length === text.length));
  });
});
