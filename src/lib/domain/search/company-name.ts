import { fold, squash, toPlain } from './normalize.ts';

/**
 * Company names without their legal form, for comparing: 주식회사 해솔 = 해솔㈜ = (주) 해솔.
 * Forms are taken off at either end only, longest first: 주식회사 inside a name is part of the name.
 */

const FORMS_KO = [
  ...['유한책임회사', '농업회사법인', '어업회사법인', '사회적협동조합', '주식회사', '유한회사', '합자회사'],
  ...['합명회사', '재단법인', '사단법인', '학교법인', '의료법인', '협동조합', '영농조합법인'],
  ...['(유한)', '(주)', '(유)', '(합)', '(재)', '(사)', '주)', '(株)', '株式會社', '株式会社'],
].sort((a, b) => b.length - a.length);

const FORMS_EN = [
  ...['company limited', 'co limited', 'co ltd', 'coltd', 'company ltd', 'corporation', 'incorporated'],
  ...['limited', 'company', 'corp', 'inc', 'ltd', 'llc', 'lllp', 'llp', 'plc', 'pty ltd', 'pty', 'gmbh'],
  ...['jsc', 'sarl', 's a', 'sa', 'spa', 'bv', 'nv', 'ag', 'kk', 'co'],
].sort((a, b) => b.length - a.length);

const spaced = (text: string): string =>
  fold(text)
    .replace(/\bl\.l\.c\b/g, 'llc')
    .replace(/[.,]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function stripKo(name: string): string {
  for (const form of FORMS_KO) {
    if (name.startsWith(form) && name.length > form.length) return name.slice(form.length).trim();
    if (name.endsWith(form) && name.length > form.length) return name.slice(0, -form.length).trim();
  }
  return name;
}

function stripEn(name: string): string {
  for (const form of FORMS_EN) {
    if (name.endsWith(` ${form}`)) return name.slice(0, -form.length - 1).trim();
    if (name.endsWith(` (${form})`)) return name.slice(0, -form.length - 3).trim();
  }
  return name;
}

/** The folded name without legal forms, its spaces kept: "(주) 해솔 플랜트" → "해솔 플랜트". Never empty for a non-empty name. */
export function stripCompanyForm(name: string): string {
  let now = spaced(name);
  for (let round = 0; round < 4; round++) {
    const next = stripEn(stripKo(now));
    if (next === now || next === '') break;
    now = next;
  }
  return now;
}

/** The key under which two spellings of one company name are equal: form, case, spaces and punctuation aside. */
export function companyNameKey(name: string): string {
  return squash(stripCompanyForm(name)) || squash(name);
}

/** Ways of writing one legal form. */
const SAME_FORM: readonly (readonly [string, readonly string[]])[] = [
  ['주식회사', ['주식회사', '(주)', '주)', '(株)', '株式會社', '株式会社']],
  ['유한회사', ['유한회사', '(유)', '(유한)']],
  ['합자회사', ['합자회사', '(합)']],
  ['재단법인', ['재단법인', '(재)']],
  ['사단법인', ['사단법인', '(사)']],
  ['ltd', ['co ltd', 'coltd', 'company ltd', 'company limited', 'co limited', 'limited', 'ltd']],
  ['inc', ['inc', 'incorporated']],
  ['corp', ['corp', 'corporation']],
];

/**
 * The name together with its legal form, where it has one, however that is written and at whichever end: what tells
 * 주식회사 해솔 from 유한회사 해솔. Empty without a form, or where the form is the name.
 */
export function formTokens(name: string): string[] {
  const whole = spaced(toPlain(name));
  const bare = stripEn(stripKo(whole));
  const key = companyNameKey(name);
  const form = whole.replace(bare, '').trim();
  if (form === '' || key === '' || bare === whole) return [];
  const kind = SAME_FORM.find(([, ways]) => ways.includes(form))?.[0] ?? squash(form);
  return kind === '' ? [] : [`${key} ${kind}`];
}

/** Whether a text carries a legal form at either end, so that it is surely meant as a company's name. */
export function hasCompanyForm(text: string): boolean {
  const plain = spaced(toPlain(text));
  return stripCompanyForm(text) !== plain;
}
