/**
 * Registration numbers of organisations (DOMAIN 3.1–3.3). A checksum says that a number was copied right, not that
 * the organisation exists. What the type digits say is a hint, never a reason to refuse.
 */

export type IdentifierFault =
  | 'brn-format'
  | 'brn-zero'
  | 'brn-checksum'
  | 'crn-format'
  | 'crn-zero'
  | 'crn-checksum'
  | 'crn-resident-number'
  | 'lei-format'
  | 'lei-checksum';

export type IdentifierHint =
  | 'brn-individual'
  | 'brn-corporation'
  | 'brn-non-profit'
  | 'brn-public'
  | 'brn-foreign'
  | 'brn-branch'
  | 'crn-commercial'
  | 'crn-civil'
  | 'crn-special'
  | 'crn-other'
  | 'crn-foreign';

/** Accepted, but somebody should look at it. */
export type IdentifierWarning = 'crn-checksum';

export type IdentifierCheck =
  | { ok: true; value: string; hints: IdentifierHint[]; warnings: IdentifierWarning[] }
  | { ok: false; code: IdentifierFault };

/** The first day on which corporate numbers were issued without a check digit (Supreme Court Rule 3173). */
export const CRN_WITHOUT_CHECK_DIGIT_FROM = '2025-01-31';

/** What people paste: full-width digits, long dashes and blanks around, small letters. Done before any check. */
export function tidyIdentifier(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Pd}|−/gu, '-')
    .trim()
    .toUpperCase();
}

/** 사업자등록번호, `NNN-NN-NNNNN` with or without hyphens. `value` is the ten digits. */
export function checkBrn(text: string): IdentifierCheck {
  if (!/^\d{3}[- ]?\d{2}[- ]?\d{5}$/.test(text)) return fault('brn-format');
  const value = text.replace(/[- ]/g, '');
  // All zeros satisfy the sum.
  if (/^0+$/.test(value)) return fault('brn-zero');
  const digits = digitsOf(value);
  const ninth = digits[8] ?? 0;
  const sum = weightedSum(digits.slice(0, 9), [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((ninth * 5) / 10);
  if (checkDigit(sum) !== digits[9]) return fault('brn-checksum');
  return accepted(value, brnHint(Number(value.slice(3, 5))));
}

/**
 * 법인등록번호, `NNNNNN-NNNNNNN` with or without a hyphen. `value` is the thirteen digits. Numbers issued from
 * 2025-01-31 on have no check digit: a wrong one is refused only when the company is known to be older.
 * @param incorporatedOn `YYYY-MM-DD`, or null when it is not known
 */
export function checkCrn(text: string, incorporatedOn: string | null): IdentifierCheck {
  if (!/^\d{6}[- ]?\d{7}$/.test(text)) return fault('crn-format');
  const value = text.replace(/[- ]/g, '');
  if (/^0+$/.test(value)) return fault('crn-zero');
  const digits = digitsOf(value);
  const hint = crnHint(Number(value.slice(4, 6)));
  const sum = weightedSum(digits.slice(0, 12), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
  if (checkDigit(sum) === digits[12]) return accepted(value, hint);
  if (isResidentNumber(value, digits)) return fault('crn-resident-number');
  if (incorporatedOn !== null && incorporatedOn < CRN_WITHOUT_CHECK_DIGIT_FROM) return fault('crn-checksum');
  return { ok: true, value, hints: hint ? [hint] : [], warnings: ['crn-checksum'] };
}

/** LEI (ISO 17442): twenty letters and digits, the whole read as a number leaves 1 modulo 97 (ISO 7064). */
export function checkLei(text: string): IdentifierCheck {
  if (!/^[0-9A-Za-z]{18}\d{2}$/.test(text)) return fault('lei-format');
  const value = text.toUpperCase();
  const remainder = [...value].reduce((rest, character) => {
    const number = Number.parseInt(character, 36);
    return (rest * (number > 9 ? 100 : 10) + number) % 97;
  }, 0);
  return remainder === 1 ? accepted(value, null) : fault('lei-checksum');
}

/** `124-81-00998`. */
export function formatBrn(digits: string): string {
  return `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
}

/** `130111-0006246`. */
export function formatCrn(digits: string): string {
  return `${digits.slice(0, 6)}-${digits.slice(6)}`;
}

function brnHint(type: number): IdentifierHint | null {
  if (type >= 1 && type <= 79) return 'brn-individual';
  if (type === 81 || (type >= 86 && type <= 88)) return 'brn-corporation';
  if (type === 82) return 'brn-non-profit';
  if (type === 83) return 'brn-public';
  if (type === 84) return 'brn-foreign';
  return type === 85 ? 'brn-branch' : null;
}

function crnHint(type: number): IdentifierHint | null {
  if (type >= 11 && type <= 15) return 'crn-commercial';
  if (type === 21 || type === 22) return 'crn-civil';
  if (type >= 31 && type <= 53) return 'crn-special';
  if (type === 71) return 'crn-other';
  return type >= 81 && type <= 86 ? 'crn-foreign' : null;
}

/**
 * Thirteen digits may also be a person's resident number (주민등록번호), which is never to be stored: a birth date,
 * a first digit of 1 to 4 and that number's own checksum. No corporate number has been seen to satisfy all three
 * and to fail its own checksum.
 */
function isResidentNumber(value: string, digits: readonly number[]): boolean {
  const born = /^\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[1-4]/.test(value);
  const sum = weightedSum(digits.slice(0, 12), [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
  return born && (11 - (sum % 11)) % 10 === digits[12];
}

function digitsOf(value: string): number[] {
  return Array.from(value, Number);
}

function weightedSum(digits: readonly number[], weights: readonly number[]): number {
  return digits.reduce((sum, digit, i) => sum + digit * (weights[i] ?? 0), 0);
}

/** The digit that fills a sum up to the next ten; the last remainder turns 10 into 0. */
function checkDigit(sum: number): number {
  return (10 - (sum % 10)) % 10;
}

function accepted(value: string, hint: IdentifierHint | null): IdentifierCheck {
  return { ok: true, value, hints: hint ? [hint] : [], warnings: [] };
}

function fault(code: IdentifierFault): IdentifierCheck {
  return { ok: false, code };
}
