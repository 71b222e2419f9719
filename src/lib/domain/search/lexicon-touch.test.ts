import { expect, it } from 'vitest';
import { touchOf } from './lexicon-touch.ts';
import { squash } from './normalize.ts';

/** Whether a text is looked through when a term changes: LIKE over its letters and digits. */
const isTouched = (term: string, text: string): boolean =>
  touchOf([term]).patterns.some((pattern) =>
    new RegExp(`^${pattern.replaceAll('%', '.*')}$`, 'u').test(squash(text)),
  );

it.each([
  ['배터리소재', '배터리용 소재를 만듭니다'],
  ['rare earth magnet', 'Rare-earths magnets'],
  ['흑연 음극재', '음극재 흑연'],
  ['lithium carbonate', 'carbonate of battery-grade lithium'],
  ['rare earth magnet recycling', 'recycling of rare earth magnets'],
  ['폐자석', '버려진 네오디뮴 자석'],
  ['폐배터리', '수명다한 배터리'],
  ['spent battery', 'used batteries'],
  ['magnet scrap', 'discarded NdFeB magnets'],
  ['EPC', '이피씨 계약'],
])('%s: is looked for in "%s"', (term, text) => expect(isTouched(term, text)).toBe(true));

it.each([
  ['magnet recycling', 'recycling of graphite'],
  ['폐자석', '폐수 처리'],
  ['EPC', '에너지'],
])('%s: is not looked for in "%s"', (term, text) => expect(isTouched(term, text)).toBe(false));
