import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Frequency } from '#lib/domain/search/saved.ts';
import type { Field } from '#lib/domain/search/tokens.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { mailBody } from '#lib/i18n/mails.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Words of saved searches and of the mails that tell of new matches. */

export const frequencyName: Record<Frequency, Message> = {
  at_once: msg({ ko: '나올 때마다', en: 'At once' }),
  daily: msg({ ko: '하루 한 번 (08:00)', en: 'Once a day (08:00 KST)' }),
  weekly: msg({ ko: '월요일마다 (08:00)', en: 'On Mondays (08:00 KST)' }),
  none: msg({ ko: '알리지 않음', en: 'No alerts' }),
};

export const searchKindName: Record<IndexKind, Message> = {
  company: msg({ ko: '기업', en: 'Companies' }),
  opportunity: msg({ ko: '기회', en: 'Opportunities' }),
  project: msg({ ko: '프로젝트', en: 'Projects' }),
};

/** Where in a document the words of a search were found. */
const PLACES: Partial<Record<Field, Record<Lang, string>>> = {
  identifier: { ko: '등록 번호', en: 'number' },
  name: { ko: '이름', en: 'name' },
  former: { ko: '옛 이름', en: 'former name' },
  nameWord: { ko: '이름', en: 'name' },
  choseong: { ko: '이름', en: 'name' },
  choseongWord: { ko: '이름', en: 'name' },
  sound: { ko: '이름', en: 'name' },
  soundWord: { ko: '이름', en: 'name' },
  nameConcept: { ko: '이름', en: 'name' },
  tag: { ko: '분류', en: 'classification' },
  tagBroader: { ko: '분류', en: 'classification' },
  experience: { ko: '실적', en: 'references' },
};
const IN_TEXT: Record<Lang, string> = { ko: '본문', en: 'text' };

/** Where in a document a word was found, in words. */
export const placeName = (lang: Lang, field: Field): string => (PLACES[field] ?? IN_TEXT)[lang];

export interface AlertReason {
  text: string;
  field: Field;
}

/** Why a document is told of: `흑연(분류), 탄자니아(본문)`; empty when only filters were set. */
export function reasonLine(lang: Lang, reasons: readonly AlertReason[]): string {
  const said = reasons.map(({ text, field }) => {
    const place = placeName(lang, field);
    return lang === 'ko' ? `‘${text}’ (${place})` : `“${text}” (${place})`;
  });
  return [...new Set(said)].slice(0, 4).join(', ');
}

export interface AlertItem {
  title: string;
  why: string;
  link: string;
}

export interface AlertSection {
  name: string;
  kind: IndexKind;
  items: AlertItem[];
  /** New matches in all; those beyond the items are only counted. */
  total: number;
  /** The list of the search. */
  link: string;
  stop: string;
}

export interface AlertMail {
  sections: AlertSection[];
  /** Page of the saved searches, and the link that stops all of them. */
  page: string;
  stopAll: string;
}

const onlyFilters: Record<Lang, string> = { ko: '고른 조건에 맞습니다', en: 'it meets the filters' };

function sectionText(lang: Lang, section: AlertSection): string {
  const { name, kind, items, total, link, stop } = section;
  const n = formatNumber(lang, total);
  const head =
    lang === 'ko'
      ? `■ ${name} (${searchKindName[kind](lang)}, 새 결과 ${n}건)`
      : `■ ${name} (${searchKindName[kind](lang).toLowerCase()}, ${n} new)`;
  const lines = items.map(({ title, why, link: to }) => {
    const because = why || onlyFilters[lang];
    return lang === 'ko'
      ? `- ${title}\n  맞는 까닭: ${because}\n  ${to}`
      : `- ${title}\n  Why: ${because}\n  ${to}`;
  });
  const more = total - items.length;
  const rest =
    more > 0
      ? [
          lang === 'ko'
            ? `그 밖에 ${formatNumber(lang, more)}건이 더 있습니다.`
            : `And ${formatNumber(lang, more)} more.`,
        ]
      : [];
  const foot =
    lang === 'ko'
      ? `모두 보기: ${link}\n이 검색의 알림 멈추기: ${stop}`
      : `See all: ${link}\nStop alerts of this search: ${stop}`;
  return [head, ...lines, ...rest, foot].join('\n\n');
}

/** Subject of an alert. `name` is that of the first search. */
export function alertSubject(lang: Lang, of: { name: string; total: number; searches: number }): string {
  const n = formatNumber(lang, of.total);
  const others = of.searches - 1;
  if (lang === 'ko') return `새 검색 결과 ${n}건: ${of.name}${others > 0 ? ` 외 ${others}개 검색` : ''}`;
  const more = others > 0 ? ` and ${others} more ${others === 1 ? 'search' : 'searches'}` : '';
  return `${n} new ${of.total === 1 ? 'result' : 'results'}: ${of.name}${more}`;
}

/** The text of an alert. */
export function alertBody(lang: Lang, mail: AlertMail): string {
  const intro =
    lang === 'ko'
      ? '저장하신 검색에 새로 맞는 것이 나왔습니다. 같은 것은 한 번만 알려 드립니다.'
      : 'There are new matches for your saved searches. You are told of each one only once.';
  const foot =
    lang === 'ko'
      ? `저장한 검색 고치기: ${mail.page}\n모든 검색 알림 멈추기: ${mail.stopAll}`
      : `Change your saved searches: ${mail.page}\nStop all search alerts: ${mail.stopAll}`;
  return mailBody(lang, [intro, ...mail.sections.map((one) => sectionText(lang, one)), foot].join('\n\n'));
}
