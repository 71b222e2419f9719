import { describe, expect, it } from 'vitest';
import { countedTerms, isRobot } from './asked.ts';

describe('what is looked for', () => {
  it.each([
    ['  흑연  음극재 ', '흑연 음극재'],
    ['Graphite ANODE', 'graphite anode'],
    ['ㅎㅇ', 'ㅎㅇ'],
    ['HS 2504.10', 'hs 2504.10'],
    ['250410', '250410'],
    ['NCM 811', 'ncm 811'],
  ])('%j is counted', (typed, counted) => expect(countedTerms(typed)).toBe(counted));

  it.each([
    ...[
      '',
      ' ',
      '?!',
      'han.bada@example.com',
      '한바다@example.com',
      'https://example.com/x',
      'www.example.com',
    ],
    ...['123-45-67890', '1234567890123', '110111-1234567', '010-1234-5678', '+82 10 1234 5678'],
    ...['5299009TEST00LEI0001', '5299009abcd00lei0001', '홍길동 900101-1234567', 'a'.repeat(61)],
    '하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉',
  ])('%j is not kept', (typed) => expect(countedTerms(typed)).toBeNull());

  it('is asked by people', () => {
    expect(isRobot('Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0')).toBe(false);
    for (const agent of ['', 'Googlebot/2.1', 'Yeti/1.1 (NHN; spider)', 'curl/8.5.0', 'python-requests/2.32'])
      expect(isRobot(agent)).toBe(true);
  });
});
