import type { TERM_FORMS, TERM_LANGS } from '#lib/domain/search/lexicon-check.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Kinds, languages and forms of terms of the lexicon in words. */

export const kindNames: Record<string, Message> = {
  mineral: msg({ ko: '광물', en: 'Mineral' }),
  group: msg({ ko: '광물 묶음', en: 'Group of minerals' }),
  product: msg({ ko: '제품', en: 'Product' }),
  process: msg({ ko: '공정', en: 'Process' }),
  capability: msg({ ko: '역량', en: 'Capability' }),
  stage: msg({ ko: '단계', en: 'Stage' }),
  country: msg({ ko: '국가', en: 'Country' }),
  region: msg({ ko: '지역', en: 'Region' }),
  certificate: msg({ ko: '인증', en: 'Certificate' }),
  size: msg({ ko: '기업 규모', en: 'Size' }),
  status: msg({ ko: '상태', en: 'Status' }),
  type: msg({ ko: '공고 종류', en: 'Type of notice' }),
  word: msg({ ko: '일반어', en: 'General word' }),
  stop: msg({ ko: '건너뛰는 말', en: 'Word passed over' }),
  everyday: msg({ ko: '나누지 않는 말', en: 'Everyday word' }),
};

export const langNames: Record<(typeof TERM_LANGS)[number], Message> = {
  ko: msg({ ko: '한국어', en: 'Korean' }),
  en: msg({ ko: '영어', en: 'English' }),
  hanja: msg({ ko: '한자', en: 'Hanja' }),
  zz: msg({ ko: '기호·번호', en: 'Symbol or number' }),
};

export const formNames: Record<(typeof TERM_FORMS)[number], Message> = {
  name: msg({ ko: '이름', en: 'Name' }),
  alias: msg({ ko: '다른 이름', en: 'Alias' }),
  old: msg({ ko: '옛 이름', en: 'Old name' }),
  hanja: msg({ ko: '한자', en: 'Hanja' }),
  symbol: msg({ ko: '원소 기호', en: 'Symbol' }),
  formula: msg({ ko: '화학식', en: 'Formula' }),
  hs: msg({ ko: '품목번호(HS)', en: 'HS code' }),
  trap: msg({
    ko: '태그로 적혔거나 홀로 선 말일 때만',
    en: 'Only as a tag or a word by itself',
  }),
  word: msg({ ko: '일반어', en: 'Word' }),
};

/** Names of what is outside the lists is the stored code itself. */
export const nameOf = (names: Record<string, Message>, code: string, lang: 'ko' | 'en'): string =>
  Object.hasOwn(names, code) ? (names[code]?.(lang) ?? code) : code;
