import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkBrn,
  checkCrn,
  checkLei,
  formatBrn,
  formatCrn,
  tidyIdentifier,
} from '#lib/domain/company/identifiers.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

/** The one check digit that a business number of these nine digits has. */
function brnOf(nine: string): string {
  const found = [...'0123456789'].filter((digit) => checkBrn(nine + digit).ok);
  expect(found).toHaveLength(1);
  return nine + (found[0] ?? '');
}

describe('business registration number', () => {
  it.each([
    ['124-81-00998', '1248100998'],
    ['609-81-09210', '6098109210'], // check digit 0: the last remainder must not be forgotten
    ['615-86-08278', '6158608278'],
    ['123-45-67891', '1234567891'], // right, though no such company exists
    ['1248100998', '1248100998'],
    ['124 81 00998', '1248100998'],
  ])('%s passes', (text, value) => {
    expect(checkBrn(text)).toMatchObject({ ok: true, value });
  });

  it.each([
    ['123-45-67890', 'brn-checksum'],
    ['101-81-34618', 'brn-checksum'],
    ['000-00-00000', 'brn-zero'], // the sum of nothing is right
    ['0000000000', 'brn-zero'],
    ['1248100998\n', 'brn-format'], // a line end must not slip through
    ['x1248100998', 'brn-format'],
    ['124-81-0099', 'brn-format'],
    ['124-8100-998', 'brn-format'],
    ['１２４-81-00998', 'brn-format'],
    ['', 'brn-format'],
  ])('%j is refused: %s', (text, code) => {
    expect(checkBrn(text)).toEqual({ ok: false, code });
  });

  it('reads the ninth digit twice: with its weight and with the tens of five times it', () => {
    // A loop over eight digits, or a tenth weight, accepts other check digits than these.
    expect(brnOf('124810099')).toBe('1248100998');
    expect(brnOf('609810921')).toBe('6098109210');
    expect(brnOf('615860827')).toBe('6158608278');
  });

  it('has exactly one right check digit for any nine digits', () => {
    fc.assert(
      fc.property(
        digits(9).filter((nine) => !/^0+$/.test(nine)),
        (nine) => brnOf(nine).length === 10,
      ),
    );
  });

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(digits(9), fc.nat(9), fc.integer({ min: 1, max: 9 }), (nine, at, by) => {
        fc.pre(!/^0+$/.test(nine));
        const right = brnOf(nine);
        const wrong = [...right].map((d, i) => (i === at ? String((Number(d) + by) % 10) : d)).join('');
        return !checkBrn(wrong).ok;
      }),
    );
  });

  it.each([
    ['124-81-00998', ['brn-corporation']],
    ['615-86-08278', ['brn-corporation']],
    ['123-45-67891', ['brn-individual']],
  ])('%s hints at %j', (text, hints) => {
    expect(checkBrn(text)).toMatchObject({ ok: true, hints });
  });

  it('never refuses on the type digits', () => {
    fc.assert(
      fc.property(digits(3), fc.integer({ min: 0, max: 99 }), digits(4), (office, type, serial) => {
        const nine = office + String(type).padStart(2, '0') + serial;
        fc.pre(!/^0+$/.test(nine));
        return checkBrn(brnOf(nine)).ok;
      }),
    );
  });
});

describe('corporate registration number', () => {
  it.each(['130111-0006246', '195511-0170400', '190111-0012514'])('%s passes', (text) => {
    expect(checkCrn(text, null)).toMatchObject({
      ok: true,
      value: text.replace('-', ''),
      hints: ['crn-commercial'],
      warnings: [],
    });
  });

  it('warns of a wrong check digit when the age is not known or after the rule changed', () => {
    expect(checkCrn('130111-0006247', null)).toMatchObject({ ok: true, warnings: ['crn-checksum'] });
    expect(checkCrn('130111-0006247', '2025-01-31')).toMatchObject({ ok: true, warnings: ['crn-checksum'] });
    expect(checkCrn('130111-0006247', '2026-03-02')).toMatchObject({ ok: true, warnings: ['crn-checksum'] });
  });

  it('refuses a wrong check digit of a company from before the rule changed', () => {
    expect(checkCrn('130111-0006247', '2025-01-30')).toEqual({ ok: false, code: 'crn-checksum' });
    expect(checkCrn('130111-0006246', '1969-01-13').ok).toBe(true);
  });

  it('is not Luhn: products are added whole', () => {
    // With digit sums 12 → 3 the check digit of this number would differ.
    expect(checkCrn('195511-0170400', '2000-01-01').ok).toBe(true);
    expect(checkCrn('195511-0170404', '2000-01-01').ok).toBe(false);
  });

  it.each([
    ['130111-000624', 'crn-format'],
    ['1301110006246\n', 'crn-format'],
    ['13011-10006246', 'crn-format'],
    ['000000-0000000', 'crn-zero'],
  ])('%j is refused: %s', (text, code) => {
    expect(checkCrn(text, null)).toEqual({ ok: false, code });
  });

  it('refuses what can only be a resident number of a person', () => {
    // Made up: 1 Jan 1900 with the checksum of resident numbers, failing that of corporate ones.
    const resident = [...'0123456789'].map((d) => `000101-100000${d}`).map((text) => checkCrn(text, null));
    expect(resident.filter((check) => !check.ok)).toEqual([{ ok: false, code: 'crn-resident-number' }]);
  });

  it('never refuses on the type digits', () => {
    fc.assert(
      fc.property(digits(4), fc.integer({ min: 0, max: 99 }), digits(6), (office, type, serial) => {
        const text = `${office}${String(type).padStart(2, '0')}-0${serial}`;
        fc.pre(!/^[0-]+$/.test(text));
        return checkCrn(text, null).ok;
      }),
    );
  });
});

describe('LEI', () => {
  it.each(['5493001KJTIIGC8Y1R12', 'W38RGI023J3WT1HWRP32', 'HWUPKR0MPOU8FGXBT394'])('%s passes', (lei) => {
    expect(checkLei(lei)).toEqual({ ok: true, value: lei, hints: [], warnings: [] });
  });

  it('takes small letters for capitals', () => {
    expect(checkLei('5493001kjtiigc8y1r12')).toMatchObject({ ok: true, value: '5493001KJTIIGC8Y1R12' });
  });

  it.each([
    ['5493001KJTIIGC8Y1R13', 'lei-checksum'],
    ['5493001KJTIIGC8Y1R1', 'lei-format'],
    ['5493001KJTIIGC8Y1RAB', 'lei-format'],
    ['5493001KJTIIGC8Y1R12\n', 'lei-format'],
    ['5493001KJTıIGC8Y1R12', 'lei-format'], // a dotless i would become an I
  ])('%j is refused: %s', (text, code) => {
    expect(checkLei(text)).toEqual({ ok: false, code });
  });

  it('agrees with the number taken modulo 97 as a whole', () => {
    const letters = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ');
    fc.assert(
      fc.property(fc.array(letters, { minLength: 18, maxLength: 18 }), digits(2), (head, tail) => {
        const lei = head.join('') + tail;
        const number = BigInt([...lei].map((c) => Number.parseInt(c, 36)).join(''));
        return checkLei(lei).ok === (number % 97n === 1n);
      }),
    );
  });
});

describe('typing', () => {
  it('is tidied before the check', () => {
    expect(tidyIdentifier(' １２４–81−00998 ')).toBe('124-81-00998');
    expect(tidyIdentifier('5493001kjtiigc8y1r12')).toBe('5493001KJTIIGC8Y1R12');
  });

  it('is shown in groups', () => {
    expect(formatBrn('1248100998')).toBe('124-81-00998');
    expect(formatCrn('1301110006246')).toBe('130111-0006246');
  });
});
