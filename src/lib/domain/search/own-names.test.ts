import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesTold } from './own-names.ts';

describe('a text that tells a name kept back', () => {
  it.each([
    ['가온제련에서 일할 기업을 찾습니다', '(주)가온제련'],
    ['가온 제련은 매년', '주식회사 가온제련'],
    ['KAON  Smelting’s plant', 'Kaon Smelting Co., Ltd.'],
    ['제련소는 Kaon-Smelting이 짓습니다', 'Kaon Smelting'],
    ['등록번호 101-00-00005', '1010000005'],
    ['ＫＡＯＮ Smelting', 'Kaon Smelting'],
    ['the Silver-Fox mine', 'Silverfox Ltd'],
    ['S I L V E R fox', 'Silverfox'],
  ])('%s: %s', (text, name) => expect(namesTold(text, [name])).toEqual([name]));

  it.each([
    ['more copper ore', 'Ore Co.'.replace('Ore', 'Mor')],
    ['forest', 'Ore'],
    ['silver, foxes', 'Silverfox'],
    ['graphite anode', 'Kaon'],
    ['무엇이든', ''],
    ['a', 'A'],
  ])('not %s: %s', (text, name) => expect(namesTold(text, [name])).toEqual([]));

  it('says a name once that is given in two spellings', () => {
    const names = ['(주)가온제련', '가온제련', '가온제련'];
    expect(namesTold('가온제련의 공장', names)).toEqual(['(주)가온제련']);
  });

  it('finds any Korean name between any words', () => {
    const name = fc.string({
      unit: fc.constantFrom('가', '온', '해', '솔', '빛'),
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(name, fc.string(), fc.string(), (own, before, after) => {
        expect(namesTold(`${before} ${own} ${after}`, [own])).toEqual([own]);
      }),
    );
  });
});
