import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareList, REVIEW_THRESHOLD, screen } from '#lib/domain/vetting/screening.ts';
import { listEntry, screeningQuestion } from '#lib/domain/vetting/screening-record.ts';

const entry = (id: string, names: string[], more: object = {}) =>
  listEntry.parse({ id, list: 'TEST', kind: 'person', names, ...more });
const question = (names: string[], more: object = {}) =>
  screeningQuestion.parse({ id: 'n1', kind: 'person', names, ...more });
const best = (listed: string, asked: string, kind = 'person') =>
  screen(prepareList([entry('L1', [listed], { kind })]), question([asked], { kind }))[0]?.score ?? 0;

describe('who on a restricted list somebody may be', () => {
  it.each([
    ['Hong Gil-dong', 'HONG Gildong'],
    ['Hong Gil-dong', 'Gil Dong Hong'],
    ['Hong Gil-dong', '홍길동'],
    ['Hong Kil-tong', '홍길동'],
    ['洪吉童', '홍길동'],
    ['Ri Mong-ryong', '이몽룡'],
    ['Ivan Sergeyevich Examplov', 'Ivan Examplov'],
    ['Ivan Examplov', 'Ivan Exampluv'],
  ])('%s may be %s', (listed, asked) => expect(best(listed, asked)).toBeGreaterThanOrEqual(REVIEW_THRESHOLD));

  it.each([
    ['Haesol Trading Corporation', '주식회사 해솔무역', false],
    ['Haesol Mulsan Co., Ltd.', '해솔물산', true],
    ['Haesol Mining Co., Ltd.', 'HAESOL MINING', true],
    ['A-B-C Company', 'D-E-F Company', false],
    ['General Trading Company', 'Moonbow General Trading Company', false],
    ['Moonbow Trading Corporation', 'Sunbow Trading Corporation', false],
  ])('%s and %s of organisations: %s', (listed, asked, found) =>
    expect(best(listed, asked, 'entity') >= REVIEW_THRESHOLD).toBe(found),
  );

  it.each([
    ['Hong Gil-dong', 'Kim Cheol-su'],
    ['Lee', 'Yu Li-na'],
    ['Hong Sa', 'Hong Co'],
    ['Ivan Examplov', 'Ivan Testov'],
  ])('%s is not %s', (listed, asked) => expect(best(listed, asked)).toBe(0));

  it('a birth date and a country speak for or against, and make no candidate without the name', () => {
    const list = prepareList([
      entry('L1', ['Ivan Examplov'], { birth_dates: ['1970-02-02'], countries: ['RU'] }),
    ]);
    const score = (asked: object, name = 'Ivan Exampluv') =>
      screen(list, question([name], asked))[0]?.score ?? 0;
    const plain = score({});
    expect(score({ birth_dates: ['1970'], countries: ['RU'] })).toBeGreaterThan(plain);
    expect(score({ countries: ['KR'] }, 'Ivan Examplov')).toBeLessThan(1);
    expect(score({ birth_dates: ['1981-05-05'] })).toBeLessThan(plain);
    expect(score({ birth_dates: ['1970-02-02'], countries: ['RU'] }, 'Ivan Testov')).toBe(0);
  });

  it('a weak alias needs something else that agrees; an identifier settles it', () => {
    const list = prepareList([
      entry('L1', ['Somebody Else'], {
        weak_aliases: ['Ivan'],
        birth_dates: ['1970-02-02'],
        identifiers: [{ scheme: 'passport', id: 'M-123' }],
      }),
    ]);
    expect(screen(list, question(['Ivan']))).toEqual([]);
    expect(screen(list, question(['Ivan'], { birth_dates: ['1970-02-02'] }))[0]?.matched_name).toBe('Ivan');
    const same = question(['Nobody'], { identifiers: [{ scheme: 'Passport', id: 'm123' }] });
    expect(screen(list, same)[0]?.score).toBe(1);
  });

  it('persons, organisations and ships are not taken for each other', () => {
    const list = prepareList([entry('L1', ['Hong Gil-dong'], { kind: 'vessel' })]);
    expect(screen(list, question(['Hong Gil-dong']))).toEqual([]);
  });

  it('the parts sum to a score from 0 to 1, best first', () => {
    const name = fc.array(fc.constantFrom('hong', 'gil', 'dong', '홍길동', 'kim', '철수', '-'), {
      minLength: 1,
      maxLength: 4,
    });
    const names = fc.array(
      name.map((words) => words.join(' ')),
      { minLength: 1, maxLength: 3 },
    );
    const dates = fc.array(fc.constantFrom('1970', '1970-02-02', '1981-05-05'), { maxLength: 2 });
    const countries = fc.array(fc.constantFrom('KR', 'KP'), { maxLength: 2 });
    fc.assert(
      fc.property(names, names, dates, dates, countries, (listed, asked, born, said, places) => {
        const list = prepareList([
          entry('L1', listed, { birth_dates: born, countries: ['KP'] }),
          entry('L2', listed, { weak_aliases: asked }),
        ]);
        const found = screen(list, question(asked, { birth_dates: said, countries: places }));
        for (const { score, parts } of found) {
          expect(score).toBeCloseTo(
            parts.reduce((sum, part) => sum + part.value, 0),
            8,
          );
          expect(score).toBeGreaterThanOrEqual(REVIEW_THRESHOLD);
          expect(score).toBeLessThanOrEqual(1);
        }
        expect(found.map(({ score }) => score)).toEqual(
          found.map(({ score }) => score).sort((a, b) => b - a),
        );
      }),
    );
  });
});
