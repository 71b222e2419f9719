import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToken, sortKey, storedToken } from './meili-text.ts';

/** What the server does to a value before it compares it. */
const compared = (value: string): string => value.trim().normalize('NFKD').toLowerCase();

const word = fc.string({
  unit: fc.constantFrom(...'해소솔리튬ㅎㅇabz09-+&重石"\\'.split('')),
  minLength: 1,
  maxLength: 12,
});
const text = fc.string({ unit: fc.constantFrom(...'가각해Zaé중㈜ 9重'.split('')), maxLength: 12 });

describe('a stored token', () => {
  it('is compared as it is', () => {
    fc.assert(fc.property(word, (w) => compared(storedToken(`n:${w}`) ?? '') === storedToken(`n:${w}`)));
  });

  it('is read back as the token', () => {
    fc.assert(fc.property(word, (w) => readToken(storedToken(`n:${w}`) ?? '') === `n:${w}`));
  });

  it('is equal or begins so exactly when the token does', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const [x, y] = [storedToken(`n:${a}`) ?? '', storedToken(`n:${b}`) ?? ''];
        return x.startsWith(y) === a.startsWith(b) && (x === y) === (a === b);
      }),
    );
  });

  it('does not find 해솔 by 해소, which the server would', () => {
    expect(compared('n:해솔').startsWith(compared('n:해소'))).toBe(true);
    expect(storedToken('n:해솔')?.startsWith(storedToken('n:해소') ?? '')).toBe(false);
  });

  it('is left out when the server would cut it', () => {
    expect(storedToken('t:' + '흑'.repeat(200))).toBeNull();
    expect(storedToken('t:' + 'a'.repeat(470))).toBeNull();
  });
});

describe('a sort key', () => {
  const byCodePoint = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

  it('sorts by code points, whatever the server does to it', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y] = [compared(sortKey(a)), compared(sortKey(b))];
        return Math.sign(byCodePoint(x, y)) === Math.sign(byCodePoint(a, b));
      }),
    );
  });
});
