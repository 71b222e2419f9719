import { experienceWords } from '#lib/i18n/company.ts';
import { evidenceLevelWords } from '#lib/i18n/engagement.ts';
import { formatDate } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { languageName, opportunityTypeWords, sizeWords } from '#lib/i18n/opportunity.ts';

/** Labels of a profile's fields, by the keys of `CompanySnapshot` and of a lead's identity. */
const FIELDS: Record<string, Message> = {
  nameKo: msg({ ko: '한글 이름', en: 'Name in Korean' }),
  nameEn: msg({ ko: '영문 이름', en: 'Name in English' }),
  formerNames: msg({ ko: '옛 이름', en: 'Former names' }),
  brn: msg({ ko: '사업자등록번호', en: 'Business registration number' }),
  crn: msg({ ko: '법인등록번호', en: 'Corporate registration number' }),
  lei: msg({ ko: 'LEI', en: 'LEI' }),
  country: msg({ ko: '국가', en: 'Country' }),
  size: msg({ ko: '규모', en: 'Size' }),
  incorporatedOn: msg({ ko: '설립 등기일', en: 'Incorporated on' }),
  founded: msg({ ko: '설립 연도', en: 'Founded' }),
  province: msg({ ko: '소재지', en: 'Province' }),
  employees: msg({ ko: '직원 수', en: 'Employees' }),
  representative: msg({ ko: '대표자', en: 'Representative' }),
  website: msg({ ko: '누리집', en: 'Website' }),
  ksic: msg({ ko: '표준산업분류', en: 'Industry (KSIC)' }),
  ksicRevision: msg({ ko: '분류 차수', en: 'KSIC revision' }),
  summaryKo: msg({ ko: '한글 소개', en: 'Summary in Korean' }),
  summaryEn: msg({ ko: '영문 소개', en: 'Summary in English' }),
  capability: msg({ ko: '역량', en: 'Capability' }),
  minerals: msg({ ko: '광물', en: 'Minerals' }),
  amount: msg({ ko: '처리 능력', en: 'Capacity' }),
  unit: msg({ ko: '단위', en: 'Unit' }),
  year: msg({ ko: '기준 연도', en: 'Year' }),
  evidence: msg({ ko: '근거 수준', en: 'Level of evidence' }),
  noteKo: msg({ ko: '한글 설명', en: 'Note in Korean' }),
  noteEn: msg({ ko: '영문 설명', en: 'Note in English' }),
  file: msg({ ko: '파일', en: 'File' }),
  certification: msg({ ko: '인증', en: 'Certificate' }),
  number: msg({ ko: '번호', en: 'Number' }),
  scope: msg({ ko: '범위', en: 'Scope' }),
  validTo: msg({ ko: '유효 기한', en: 'Valid to' }),
  title: msg({ ko: '제목', en: 'Title' }),
  client: msg({ ko: '발주처', en: 'Client' }),
  kind: msg({ ko: '종류', en: 'Kind' }),
  since: msg({ ko: '시작 연도', en: 'Since' }),
  languages: msg({ ko: '사용 언어', en: 'Languages' }),
  canInvest: msg({ ko: '투자 의향', en: 'Willing to invest' }),
  ownEquityUsd: msg({ ko: '자기 자본(미국 달러)', en: 'Own equity (USD)' }),
  pseudonymous: msg({ ko: '이름 가림', en: 'Name hidden' }),
  excludedCountries: msg({ ko: '원하지 않는 나라', en: 'Countries not wanted' }),
  excludedTypes: msg({ ko: '원하지 않는 종류', en: 'Types not wanted' }),
  minimumValueUsd: msg({ ko: '가장 작은 규모(미국 달러)', en: 'Smallest value (USD)' }),
};

/** Where a field stands among the others: the database keeps no order of its own. */
export function snapshotOrder(field: string): number {
  return Object.keys(FIELDS).indexOf(field);
}

/** The words of a value out of a fixed list (`sme`, `claimed`, `en`), or of a day; null when it stands for itself. */
export function snapshotValue(field: string, value: string, lang: Lang): string | null {
  if (field === 'languages') return languageName(lang, value);
  if (field === 'validTo' || field === 'incorporatedOn') return formatDate(lang, value);
  const word = CHOICES[field]?.[value];
  return word ? word(lang) : null;
}

const CHOICES: Record<string, Record<string, Message>> = {
  size: sizeWords,
  evidence: Object.fromEntries(Object.entries(evidenceLevelWords).map(([level, { word }]) => [level, word])),
  kind: experienceWords,
  excludedTypes: opportunityTypeWords,
};

/** The label of a snapshot's field. Every field of the snapshot type has one (tested). */
export function snapshotField(field: string): Message {
  const label = FIELDS[field];
  if (!label) throw new Error(`no words for the snapshot field ${field}`);
  return label;
}

export const SNAPSHOT_SECTIONS = {
  identity: msg({ ko: '기업 정보', en: 'Identity' }),
  capabilities: msg({ ko: '역량', en: 'Capabilities' }),
  certifications: msg({ ko: '인증', en: 'Certificates' }),
  references: msg({ ko: '실적', en: 'References' }),
  countries: msg({ ko: '나라 경험', en: 'Country experience' }),
  reach: msg({ ko: '언어와 투자', en: 'Languages and investment' }),
} as const;

export const YES_NO = { yes: msg({ ko: '예', en: 'Yes' }), no: msg({ ko: '아니요', en: 'No' }) };
export const NOTHING = msg({ ko: '없음', en: 'Nothing' });
