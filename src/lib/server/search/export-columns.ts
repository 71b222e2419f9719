import type { Standing } from '#lib/domain/account/account.ts';
import type { CompanyCard } from '#lib/domain/company/view.ts';
import type { OpportunityCard } from '#lib/domain/opportunity/view.ts';
import type { ProjectCard } from '#lib/domain/project/view.ts';
import { href } from '#lib/i18n/address.ts';
import { provinceName } from '#lib/i18n/company.ts';
import { formatQuantity } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { nameIn, opportunityTypeWords, phaseWords, sizeWords } from '#lib/i18n/opportunity.ts';
import { mspStatusName, phaseName, stageName } from '#lib/i18n/projects.ts';

/** The columns of a result taken away as a file: what its cards show, in the language of the page. */

/** What a column needs besides its row. */
export interface Sheet {
  lang: Lang;
  /** Before paths, so that the addresses in a file lead somewhere. */
  origin: string;
}

export interface ExportColumn<T> {
  label: Message;
  /** Roughly how wide, in letters. */
  width: number;
  cell(row: T, sheet: Sheet): string | number;
}

type Named = { ko: string; en: string };

const listed = (names: readonly Named[], lang: Lang): string =>
  names.map((one) => nameIn(lang, one)).join(' | ');

const words = {
  nameKo: msg({ ko: '이름(한국어)', en: 'Name (Korean)' }),
  nameEn: msg({ ko: '이름(영어)', en: 'Name (English)' }),
  titleKo: msg({ ko: '제목(한국어)', en: 'Title (Korean)' }),
  titleEn: msg({ ko: '제목(영어)', en: 'Title (English)' }),
  standing: msg({ ko: '심사', en: 'Vetting' }),
  vettedUntil: msg({ ko: '검증 유효일', en: 'Vetted until' }),
  size: msg({ ko: '규모', en: 'Size' }),
  province: msg({ ko: '소재지', en: 'Province' }),
  capabilities: msg({ ko: '역량', en: 'Capabilities' }),
  minerals: msg({ ko: '광물', en: 'Minerals' }),
  certificates: msg({ ko: '인증', en: 'Certificates' }),
  experience: msg({ ko: '나라 경험', en: 'Country experience' }),
  address: msg({ ko: '주소', en: 'Address' }),
  number: msg({ ko: '공고 번호', en: 'Notice number' }),
  type: msg({ ko: '유형', en: 'Type' }),
  status: msg({ ko: '상태', en: 'Status' }),
  country: msg({ ko: '나라', en: 'Country' }),
  place: msg({ ko: '곳', en: 'Place' }),
  project: msg({ ko: '프로젝트', en: 'Project' }),
  quantity: msg({ ko: '수량', en: 'Quantity' }),
  opens: msg({ ko: '시작일', en: 'Opens' }),
  deadline: msg({ ko: '마감(한국 시간)', en: 'Deadline (Korean time)' }),
  phase: msg({ ko: '진행 단계', en: 'Phase' }),
  stages: msg({ ko: '가치사슬', en: 'Value chain' }),
  msp: msg({ ko: '협력체', en: 'Framework' }),
  korean: msg({ ko: '한국 참여', en: 'Korean participants' }),
  lat: msg({ ko: '위도(대략)', en: 'Latitude (approximate)' }),
  lon: msg({ ko: '경도(대략)', en: 'Longitude (approximate)' }),
  source: msg({ ko: '출처', en: 'Source' }),
  asOf: msg({ ko: '출처 확인일', en: 'Source as of' }),
};

const standings: Record<Standing, Message> = {
  registered: msg({ ko: '심사 전', en: 'Not yet vetted' }),
  vetted: msg({ ko: '검증됨', en: 'Vetted' }),
  refused: msg({ ko: '심사 거절', en: 'Refused' }),
  suspended: msg({ ko: '참여 정지', en: 'Suspended' }),
};

const KOREA_MS = 9 * 3_600_000;

/** `2026-12-31 18:00` on a Korean clock: sorts as text, and every spreadsheet reads it. */
function koreanTime(iso: string): string {
  return new Date(Date.parse(iso) + KOREA_MS).toISOString().slice(0, 16).replace('T', ' ');
}

const column = <T>(label: Message, width: number, cell: ExportColumn<T>['cell']): ExportColumn<T> => ({
  label,
  width,
  cell,
});

export const COMPANY_COLUMNS: readonly ExportColumn<CompanyCard>[] = [
  column(words.nameKo, 28, (card) => card.name.ko),
  column(words.nameEn, 28, (card) => card.name.en),
  column(words.standing, 12, (card, { lang }) => standings[card.standing](lang)),
  column(words.vettedUntil, 12, (card) => card.vettedUntil ?? ''),
  column(words.size, 12, (card, { lang }) => (card.size === null ? '' : sizeWords[card.size](lang))),
  column(words.province, 16, (card, { lang }) => provinceName(lang, card.province)),
  column(words.capabilities, 40, (card, { lang }) => listed(card.capabilities, lang)),
  column(words.minerals, 24, (card, { lang }) => listed(card.minerals, lang)),
  column(words.certificates, 24, (card) => card.certificates.join(' | ')),
  column(words.experience, 24, (card, { lang }) => listed(card.countries, lang)),
  column(words.address, 40, (card, { lang, origin }) => origin + href(lang, `/companies/${card.id}`)),
];

export const OPPORTUNITY_COLUMNS: readonly ExportColumn<OpportunityCard>[] = [
  column(words.number, 14, (card) => card.number),
  column(words.titleKo, 40, (card) => card.title.ko),
  column(words.titleEn, 40, (card) => card.title.en),
  column(words.type, 14, (card, { lang }) => opportunityTypeWords[card.type](lang)),
  column(words.status, 12, (card, { lang }) => phaseWords[card.phase].word(lang)),
  column(words.country, 16, (card, { lang }) => nameIn(lang, card.country)),
  column(words.place, 20, (card) => card.place),
  column(words.project, 24, (card, { lang }) => (card.project === null ? '' : nameIn(lang, card.project))),
  column(words.minerals, 24, (card, { lang }) => listed(card.minerals, lang)),
  column(words.quantity, 14, (card, { lang }) =>
    card.quantity === null ? '' : formatQuantity(lang, card.quantity.amount, card.quantity.unit),
  ),
  column(words.opens, 12, (card) => card.opens ?? ''),
  column(words.deadline, 18, (card) => (card.deadline === null ? '' : koreanTime(card.deadline))),
  column(words.address, 40, (card, { lang, origin }) => origin + href(lang, `/opportunities/${card.id}`)),
];

export const PROJECT_COLUMNS: readonly ExportColumn<ProjectCard>[] = [
  column(words.nameKo, 28, (card) => card.name.ko),
  column(words.nameEn, 28, (card) => card.name.en),
  column(words.country, 16, (card, { lang }) => nameIn(lang, card.country)),
  column(words.phase, 16, (card, { lang }) => phaseName[card.phase](lang)),
  column(words.stages, 24, (card, { lang }) => card.stages.map((one) => stageName[one](lang)).join(' | ')),
  column(words.minerals, 24, (card, { lang }) => listed(card.minerals, lang)),
  column(words.msp, 16, (card, { lang }) => (card.msp === 'no' ? '' : mspStatusName[card.msp](lang))),
  column(words.korean, 32, (card, { lang }) => card.korean[lang].join(' | ')),
  column(words.lat, 12, (card) => card.lat ?? ''),
  column(words.lon, 12, (card) => card.lon ?? ''),
  column(words.source, 32, (card) => card.sourced.source),
  column(words.asOf, 12, (card) => card.sourced.asOf),
  column(words.address, 40, (card, { lang, origin }) => origin + href(lang, `/projects/${card.id}`)),
];
