import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dictionary } from '#lib/server/match/dictionary.ts';
import { FoldedText, PART } from '#lib/server/match/folded-text.ts';
import { dayNumber, NO_DAY, NOTHING } from '#lib/server/match/segment-values.ts';

const word = fc.stringMatching(/^[a-zA-Z0-9가-힣 \t.-]{1,12}$/u);
const row = fc.record({
  id: word,
  country: fc.option(word),
  amount: fc.option(fc.oneof(fc.double({ min: 1e-12, max: 1e22, noNaN: true }), fc.nat())),
  year: fc.option(fc.integer({ min: 1950, max: 2100 })),
  day: fc.option(fc.constantFrom('2026-11-25', '2030-01-01', '0999-12-31')),
  confirmed: fc.boolean(),
});
const owners = fc.uniqueArray(
  fc.record({
    owner: fc.uuid(),
    there: fc.constantFrom('asked and has', 'asked', 'has'),
    rows: fc.array(row, { minLength: 1, maxLength: 4 }),
  }),
  { selector: ({ owner }) => owner, maxLength: 8 },
);

describe('FoldedText', () => {
  it('reads each owner’s rows as they were folded, past those nobody asks for', () => {
    fc.assert(
      fc.property(owners, (list) => {
        const sorted = list.toSorted((a, b) => (a.owner < b.owner ? -1 : 1));
        const folded = sorted
          .filter(({ there }) => there !== 'asked')
          .map(({ owner, rows }) => owner + PART.owner + rows.map(fold).join(PART.rows))
          .join(PART.owners);
        const text = new FoldedText(folded);
        const words = new Dictionary();
        for (const { owner, there, rows } of sorted.filter((one) => one.there !== 'has')) {
          const has = text.seek(owner);
          expect(has).toBe(there === 'asked and has');
          for (const [number, { id, country, amount, year, day, confirmed }] of has ? rows.entries() : []) {
            expect(words.word(text.word(words))).toBe(id);
            const named = text.wordOrNothing(words);
            expect(named === NOTHING ? null : words.word(named)).toBe(country);
            expect(text.number()).toBe(amount);
            expect(text.whole()).toBe(year);
            expect(text.day()).toBe(day === null ? NO_DAY : dayNumber(day));
            expect(text.flag()).toBe(confirmed);
            expect(text.another()).toBe(number + 1 < rows.length);
          }
        }
      }),
    );
  });

  it('names the place of a word among those there may be, the first for any other', () => {
    const levels = new Dictionary(['claimed', 'document', 'audited']);
    const text = new FoldedText(['audited', 'sworn', 'sworn', 'document'].join(PART.fields));
    expect([1, 2, 3, 4].map(() => text.one(levels))).toEqual([2, 0, 0, 1]);
  });
});

function fold({
  id,
  country,
  amount,
  year,
  day,
  confirmed,
}: typeof row extends fc.Arbitrary<infer T> ? T : never) {
  return [id, country ?? '', amount ?? '', year ?? '', day ?? '', confirmed ? 1 : 0].join(PART.fields);
}

describe('Dictionary', () => {
  it('numbers words in the order they come, each once, however many there are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (list) => {
        const dictionary = new Dictionary();
        const distinct = [...new Set(list)];
        for (const one of list) expect(dictionary.put(one)).toBe(distinct.indexOf(one));
        expect(dictionary.words).toEqual(distinct);
        const again = new Dictionary([...dictionary.words]);
        for (const one of list) expect(again.find(one)).toBe(distinct.indexOf(one));
        expect(again.find('none of them')).toBe(-1);
      }),
    );
  });
});
