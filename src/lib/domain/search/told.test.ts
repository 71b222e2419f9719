import { describe, expect, it } from 'vitest';
import { contactsIn, hostOf, toldIssue, type Identity } from './told.ts';

const OTTER: Identity = {
  names: ['(주)수달정련', 'Otterstone Refining', '1018100009'],
  contacts: ['otterstone.example', 'sales@otterstone.example'],
};

describe('a text that tells who an organisation is', () => {
  it.each([
    ['수달 정련에서 드립니다', 'tells-name:(주)수달정련'],
    ['We are Otterstone-Refining Co., Ltd.', 'tells-name:Otterstone Refining'],
    ['등록번호 101-81-00009', 'tells-name:1018100009'],
    ['보십시오: https://www.OTTERSTONE.example/kr', 'tells-name:otterstone.example'],
    ['ｓａｌｅｓ＠ｏｔｔｅｒｓｔｏｎｅ.example', 'tells-name:otterstone.example, sales@otterstone.example'],
  ])('%s', (text, issue) => {
    expect(toldIssue(text, [OTTER], { own: true })).toBe(issue);
    expect(toldIssue(text, [OTTER], { own: false })).toBe(issue);
  });

  it('is refused any address when it is the one who keeps its name back that writes', () => {
    const text = '전화 02-123-4567, 메일 someone@mail.example로 주십시오.';
    expect(toldIssue(text, [OTTER], { own: true })).toBe('tells-contact:02-123-4567, someone@mail.example');
    expect(toldIssue(text, [OTTER], { own: false })).toBeNull();
    expect(toldIssue(text, [], { own: true })).toBeNull();
  });
});

describe('addresses in a text', () => {
  it.each([
    ['메일은 kim@haesol.co.kr입니다', ['kim@haesol.co.kr']],
    ['see https://haesol.co.kr/plant?x=1, please', ['https://haesol.co.kr/plant?x=1']],
    ['www.haesol.kr에 있습니다', ['www.haesol.kr']],
    ['haesol-plant.com에서', ['haesol-plant.com']],
    ['+82 2 1234 5678', ['+82 2 1234 5678']],
    ['+255-754-123-456', ['+255-754-123-456']],
    ['010-1234-5678로', ['010-1234-5678']],
    ['01012345678', ['01012345678']],
    ['(02) 123-4567', ['02) 123-4567']],
    ['1588-1234', ['1588-1234']],
  ])('%s', (text, found) => expect(contactsIn(text)).toEqual(found));

  it.each([
    '연 60,000 t, 순도 99.95%, 1500-2000 kW, 2026-12-18까지',
    'Haesol Co., Ltd. builds filters.We need 3.5 mm; ISO 14001:2015, JORC 2012.',
    '입도 0.045-0.150 mm, 0.5 t/h, 10 000 t 20 000 t',
    'Phase 01-12-2026 to 30-06-2027, budget USD 1,250,000.',
    '정광 94.5 %, 회수율 88.2 %. 설비.그리고 시운전.',
  ])('none in: %s', (text) => expect(contactsIn(text)).toEqual([]));

  it('knows the host of a website', () => {
    expect(hostOf('https://www.haesol.co.kr/kr')).toBe('haesol.co.kr');
    expect(hostOf('haesol.example')).toBe('haesol.example');
    expect(hostOf('')).toBeNull();
    expect(hostOf('haesol')).toBeNull();
  });
});
