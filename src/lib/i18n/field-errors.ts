import type { Lang } from '#lib/i18n/lang.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { formatBytes } from '#lib/i18n/quantity.ts';

/**
 * Words for the codes that our zod schemas give to a field (`message: 'too-long:255'`). A code is a
 * lower-case name, after a colon what it is about: a limit, an example, a list parted by commas.
 * Each sentence says what to do, not only what is wrong.
 */
type Wording = Record<Lang, (detail: string) => string>;

const WORDINGS: Record<string, Wording> = {
  required: { ko: () => '적거나 골라 주십시오.', en: () => 'Fill this in.' },
  'bad-choice': { ko: () => '목록에 있는 것을 골라 주십시오.', en: () => 'Choose one from the list.' },
  'too-long': {
    ko: (n) => `${figure('ko', n)}자 안으로 줄여 주십시오.`,
    en: (n) => `Shorten this to ${figure('en', n)} characters or fewer.`,
  },
  'too-short': {
    ko: (n) => `${figure('ko', n)}자 이상 적어 주십시오.`,
    en: (n) => `Write at least ${figure('en', n)} characters.`,
  },
  'too-few': {
    ko: (n) => `${figure('ko', n)}개 이상 골라 주십시오.`,
    en: (n) => `Choose at least ${figure('en', n)}.`,
  },
  'too-many': {
    ko: (n) => `${figure('ko', n)}개까지만 남겨 주십시오.`,
    en: (n) => `Keep at most ${figure('en', n)}.`,
  },
  'too-small': {
    ko: (n) => `${figure('ko', n)} 이상으로 적어 주십시오.`,
    en: (n) => `Enter ${figure('en', n)} or more.`,
  },
  'too-big': {
    ko: (n) => `${figure('ko', n)} 이하로 적어 주십시오.`,
    en: (n) => `Enter ${figure('en', n)} or less.`,
  },
  'must-above-should': {
    ko: () => '필수 조건은 우대 조건보다 무거워야 합니다. 1보다 큰 수를 적어 주십시오.',
    en: () => 'A must line weighs more than a should line. Enter a number above 1.',
  },
  'not-positive': { ko: () => '0보다 큰 수를 적어 주십시오.', en: () => 'Enter a number above 0.' },
  'tells-name': {
    ko: (names) => `감춘 이름이 들어 있습니다. 빼고 적어 주십시오: ${names}`,
    en: (names) => `This tells what you keep back. Take it out: ${names}`,
  },
  'tells-contact': {
    ko: (contacts) =>
      `이름을 감춘 동안에는 연락처나 웹 주소를 적을 수 없습니다. 빼고 적어 주십시오: ${contacts}`,
    en: (contacts) =>
      `While your name is kept back no contact or web address can be given. Take it out: ${contacts}`,
  },
  'bad-number': {
    ko: () => '숫자로 적어 주십시오. 보기: 60000',
    en: () => 'Write it as a number, for example 60000.',
  },
  'bad-integer': { ko: () => '소수점 없이 적어 주십시오.', en: () => 'Write a whole number.' },
  'bad-year': { ko: () => '연도를 네 자리로 적어 주십시오.', en: () => 'Write the year with four digits.' },
  'year-range': {
    ko: (years) => `${years.replace('-', '년부터 ')}년 사이로 적어 주십시오.`,
    en: (years) => `Enter a year from ${years.replace('-', ' to ')}.`,
  },
  'bad-email': {
    ko: () => '메일 주소를 확인해 주십시오. 보기: name@example.com',
    en: () => 'Check the e-mail address, for example name@example.com.',
  },
  'bad-url': {
    ko: () => '주소를 https://로 시작해 적어 주십시오.',
    en: () => 'Write the address starting with https://.',
  },
  'bad-phone': {
    ko: () => '전화번호를 나라 번호부터 적어 주십시오. 보기: +82 2 1234 5678',
    en: () => 'Write the telephone number with its country code, for example +82 2 1234 5678.',
  },
  'bad-date': {
    ko: () => '날짜를 연-월-일로 적어 주십시오. 보기: 2026-12-31',
    en: () => 'Write the date as year-month-day, for example 2026-12-31.',
  },
  'past-date': { ko: () => '오늘보다 뒤의 날짜로 적어 주십시오.', en: () => 'Choose a date after today.' },
  'no-members': {
    ko: () => '마감일에 회원국이 없습니다. 다른 협의체를 고르거나 모든 나라로 두십시오.',
    en: () => 'It has no members on the day of the deadline. Choose another framework, or any country.',
  },
  'future-date': {
    ko: () => '오늘이나 그 앞의 날짜로 적어 주십시오.',
    en: () => 'Choose today or an earlier date.',
  },
  'too-early': { ko: (d) => `${d} 뒤의 날짜로 적어 주십시오.`, en: (d) => `Choose a date after ${d}.` },
  'too-late': { ko: (d) => `${d} 앞의 날짜로 적어 주십시오.`, en: (d) => `Choose a date before ${d}.` },
  'end-before-start': {
    ko: () => '끝나는 날을 시작하는 날 뒤로 적어 주십시오.',
    en: () => 'Choose an end after the start.',
  },
  'bad-brn': {
    ko: () => '사업자등록번호 10자리를 확인해 주십시오. 마지막 자리가 맞지 않습니다.',
    en: () => 'Check the ten digits of the business registration number; the last digit does not fit.',
  },
  'bad-crn': {
    ko: () => '법인등록번호 13자리를 확인해 주십시오.',
    en: () => 'Check the thirteen digits of the corporate registration number.',
  },
  'bad-lei': {
    ko: () => 'LEI 20자리를 확인해 주십시오. 끝의 두 숫자가 맞지 않습니다.',
    en: () => 'Check the twenty characters of the LEI; the last two digits do not fit.',
  },
  'brn-format': {
    ko: () => '사업자등록번호 10자리를 000-00-00000처럼 적어 주십시오.',
    en: () => 'Write the ten digits of the business registration number as 000-00-00000.',
  },
  'brn-zero': {
    ko: () => '쓰이지 않는 번호입니다. 사업자등록증에 있는 번호를 적어 주십시오.',
    en: () => 'This number is not in use. Write the one on the registration certificate.',
  },
  'brn-checksum': {
    ko: () => '숫자 하나가 다릅니다. 사업자등록증과 견주어 고쳐 주십시오.',
    en: () => 'A digit is wrong. Compare it with the registration certificate.',
  },
  'crn-format': {
    ko: () => '법인등록번호 13자리를 000000-0000000처럼 적어 주십시오.',
    en: () => 'Write the thirteen digits of the corporate registration number as 000000-0000000.',
  },
  'crn-zero': {
    ko: () => '쓰이지 않는 번호입니다. 법인 등기에 있는 번호를 적어 주십시오.',
    en: () => 'This number is not in use. Write the one in the corporate register.',
  },
  'crn-checksum': {
    ko: () => '숫자 하나가 다르거나 설립 등기일이 다릅니다. 법인 등기와 견주어 고쳐 주십시오.',
    en: () => 'A digit or the date of incorporation is wrong. Compare both with the corporate register.',
  },
  'crn-resident-number': {
    ko: () => '주민등록번호로 보입니다. 주민등록번호는 받지 않습니다. 지워 주십시오.',
    en: () => 'This looks like a resident number of a person, which is never kept here. Remove it.',
  },
  'lei-format': {
    ko: () => 'LEI는 영문 대문자와 숫자 20자리이고 끝의 두 자리는 숫자입니다.',
    en: () => 'An LEI has twenty capitals and digits, the last two being digits.',
  },
  'lei-checksum': {
    ko: () => '글자 하나가 다릅니다. LEI 등록 내용과 견주어 고쳐 주십시오.',
    en: () => 'A character is wrong. Compare it with the LEI record.',
  },
  'number-taken': {
    ko: () => '다른 조직이 쓰고 있는 번호입니다. 같은 회사라면 그 조직에 참여를 요청해 주십시오.',
    en: () => 'Another organisation has this number. If it is the same firm, ask to join it.',
  },
  'evidence-needs-file': {
    ko: () => '고른 근거를 보여 줄 파일을 고르거나 올려 주십시오.',
    en: () => 'Choose or upload a file that shows the evidence you named.',
  },
  'evidence-needs-reference': {
    ko: () => '이 역량의 실적을 증빙 단계에 먼저 적거나 파일을 올려 주십시오.',
    en: () => 'First add a reference for this capability in the evidence step, or upload a file.',
  },
  'unknown-concept': {
    ko: () => '없는 개념입니다. 목록에 있는 개념의 번호나 이름을 적어 주십시오.',
    en: () => 'There is no such concept. Enter the id or name of one in the list.',
  },
  'term-duplicate': {
    ko: () => '이 개념에 이미 있는 말입니다. 띄어쓰기나 복수형만 다른 말은 더하지 않아도 됩니다.',
    en: () => 'The concept has this term already; spacing and plurals need no term of their own.',
  },
  'term-empty': {
    ko: () => '글자나 숫자가 있어야 합니다. 부호만으로는 찾을 수 없습니다.',
    en: () => 'It needs letters or digits; signs alone cannot be searched.',
  },
  'term-hs': {
    ko: () => '품목번호 여섯 자리를 점 없이 적어 주십시오. 보기: 250410',
    en: () => 'Write the six digits of the HS code without dots, for example 250410.',
  },
  'term-symbol': {
    ko: () => '원소 기호를 대문자로 시작해 적어 주십시오. 보기: Li',
    en: () => 'Write the symbol starting with a capital, for example Li.',
  },
  'term-last': {
    ko: () => '이 개념의 마지막 말입니다. 다른 말을 더한 뒤에 거두어 주십시오.',
    en: () => 'This is the last term of its concept. Add another before withdrawing it.',
  },
  'lang-script': {
    ko: () => '언어와 글자가 다릅니다. 말의 글자에 맞는 언어를 골라 주십시오.',
    en: () => 'The script is not that of the language. Choose the language the term is written in.',
  },
  'lang-form': {
    ko: () => '기호·번호는 원소 기호, 화학식, 품목번호에만 씁니다.',
    en: () => 'Symbol or number goes with symbols, formulas and HS codes only.',
  },
  'form-word': {
    ko: () => '건너뛰는 말과 나누지 않는 말은 종류를 ‘일반어’로 해 주십시오.',
    en: () => 'Words passed over and everyday words are of the form “Word”.',
  },
  'form-trap': {
    ko: () =>
      '동, 연, 은처럼 다른 말 속에 흔한 말입니다. 종류를 ‘태그로 적혔거나 홀로 선 말일 때만’으로 해 주십시오.',
    en: () =>
      'Like 동, 연 or lead, this stands inside many other words. Choose the form “Only as a tag or a word by itself”.',
  },
  'relation-self': { ko: () => '서로 다른 두 역량을 골라 주십시오.', en: () => 'Choose two different ones.' },
  'relation-duplicate': {
    ko: () => '이미 있는 관계입니다. 그 관계를 고쳐 주십시오.',
    en: () => 'This relation exists. Change that one.',
  },
  'relation-reverse': {
    ko: () => '거꾸로 된 관계가 양방향으로 있거나 되려 합니다. 그 관계를 고쳐 주십시오.',
    en: () => 'The reverse relation would say the same. Change that one.',
  },
  'relation-degree': {
    ko: () => '0보다 크고 1 이하인 수를 적어 주십시오. 보기: 0.6',
    en: () => 'Enter a number above 0 and up to 1, for example 0.6.',
  },
  'bad-id': {
    ko: () => '영문 소문자, 숫자, 붙임표로 적어 주십시오. 보기: battery-salts',
    en: () => 'Use small letters, digits and hyphens, for example battery-salts.',
  },
  taken: {
    ko: () => '이미 쓰이고 있습니다. 다른 것을 적어 주십시오.',
    en: () => 'This is already in use. Enter another.',
  },
  duplicate: {
    ko: () => '같은 것이 두 번 있습니다. 하나를 지워 주십시오.',
    en: () => 'This is there twice. Remove one.',
  },
  mismatch: { ko: () => '두 칸에 같은 값을 적어 주십시오.', en: () => 'Enter the same in both fields.' },
  'wrong-password': {
    ko: () => '비밀번호가 맞지 않습니다. 다시 적어 주십시오.',
    en: () => 'The password is not right. Enter it again.',
  },
  'weak-password': {
    ko: () => '너무 쉬운 비밀번호입니다. 여러 낱말을 이어 더 길게 적어 주십시오.',
    en: () => 'This password is too easy to guess. Join several words into a longer one.',
  },
  'bad-code': {
    ko: () => '코드가 맞지 않거나 시간이 지났습니다. 새 코드를 적어 주십시오.',
    en: () => 'The code is wrong or has expired. Enter a new one.',
  },
  'bad-unit': {
    ko: () => '단위를 고쳐 주십시오. 보기: t/yr, t LCE/yr, kg/h, MW',
    en: () => 'Correct the unit, for example t/yr, t LCE/yr, kg/h, MW.',
  },
  'needs-unit': { ko: () => '숫자의 단위를 적어 주십시오.', en: () => 'Give the unit of the number.' },
  'needs-year': {
    ko: () => '숫자의 기준 연도를 적어 주십시오.',
    en: () => 'Give the year the number is of.',
  },
  'needs-reason': { ko: () => '이유를 적어 주십시오.', en: () => 'Give the reason.' },
  'needs-one-name': {
    ko: () => '한국어나 영어 가운데 하나는 이름을 적어 주십시오.',
    en: () => 'Give the name in Korean or in English, at least one.',
  },
  'one-language': {
    ko: () => '한국어나 영어 가운데 하나는 적어 주십시오.',
    en: () => 'Write it in Korean or in English, at least one.',
  },
  'needs-consent': { ko: () => '읽고 동의해 주십시오.', en: () => 'Read this and agree to it.' },
  'bad-file': {
    ko: (kinds) => `${kinds === '' ? '정해진 형식' : kinds} 파일로 올려 주십시오.`,
    en: (kinds) => `Upload ${kinds === '' ? 'a file of the listed kinds' : `one of these kinds: ${kinds}`}.`,
  },
  'file-too-big': {
    ko: (bytes) => `파일을 ${size('ko', bytes)} 아래로 줄여 다시 골라 주십시오.`,
    en: (bytes) => `Choose a file smaller than ${size('en', bytes)}.`,
  },
  'files-full': {
    ko: (bytes) =>
      `조직의 파일이 모두 ${size('ko', bytes)}를 넘게 됩니다. 더 작은 파일을 고르거나 문서함에서 쓰지 않는 파일을 지운 뒤 다시 올려 주십시오.`,
    en: (bytes) =>
      `The files of your organisation would take more than ${size('en', bytes)}. Choose a smaller file, or delete files you no longer use from your documents, and upload it again.`,
  },
  'file-empty': {
    ko: () => '빈 파일입니다. 내용이 있는 파일을 골라 주십시오.',
    en: () => 'The file is empty. Choose one with content.',
  },
  'file-unsafe': {
    ko: () => '이 파일은 열 수 없습니다. 다시 저장해서 올려 주십시오.',
    en: () => 'This file cannot be opened. Save it anew and upload it again.',
  },
};

const GENERIC: Record<Lang, string> = {
  ko: '이 칸의 내용을 확인해 주십시오.',
  en: 'Check what is entered here.',
};

/** The sentence for a code, in the language of the page. An unknown code gives a general sentence, never the code. */
export function fieldError(lang: Lang, code: string): string {
  const [name = '', ...rest] = code.split(':');
  const wording = Object.hasOwn(WORDINGS, name) ? WORDINGS[name] : undefined;
  return wording ? wording[lang](rest.join(':').trim()) : GENERIC[lang];
}

/**
 * What `ErrorSummary` takes, from codes by field: the label, then the sentence. Fields without error are left
 * out; the order is that of `labels`, which is the order of the form.
 */
export function errorList(
  lang: Lang,
  codes: Readonly<Record<string, string | undefined>>,
  labels: Readonly<Record<string, string>>,
): { field: string; text: string }[] {
  const known = Object.keys(labels).filter((field) => codes[field]);
  const others = Object.keys(codes).filter((field) => codes[field] && !(field in labels));
  return [...known, ...others].map((field) => {
    const sentence = fieldError(lang, codes[field] ?? '');
    const label = labels[field];
    return { field, text: label === undefined ? sentence : `${label}: ${sentence}` };
  });
}

function figure(lang: Lang, detail: string): string {
  const n = Number(detail);
  return detail === '' || Number.isNaN(n) ? detail : formatNumber(lang, n);
}

function size(lang: Lang, detail: string): string {
  const n = Number(detail);
  return detail === '' || Number.isNaN(n) ? detail : formatBytes(lang, n);
}
