import type { Lang } from '#lib/i18n/lang.ts';
import { formatNumber, formatPoints } from '#lib/i18n/format.ts';
import { mailBody } from '#lib/i18n/mails.ts';

/** Words of the mails that tell a company of new strong matches. */

export interface MatchAlertItem {
  title: string;
  /** 0–1 */
  score: number;
  why: string;
  link: string;
}

export interface MatchAlertMail {
  items: MatchAlertItem[];
  /** New matches in all; those beyond the items are only counted. */
  total: number;
  /** The list of matches, the page of the setting, and the link that stops these mails. */
  page: string;
  settings: string;
  stop: string;
}

/** Subject; `name` is the title of the best match. */
export function matchAlertSubject(lang: Lang, { name, total }: { name: string; total: number }): string {
  const others = formatNumber(lang, total - 1);
  if (lang === 'ko') return `잘 맞는 새 기회: ${name}${total > 1 ? ` 외 ${others}건` : ''}`;
  return `${total === 1 ? 'A new strong match' : 'New strong matches'}: ${name}${total > 1 ? ` and ${others} more` : ''}`;
}

/** The text. */
export function matchAlertBody(lang: Lang, { items, total, page, settings, stop }: MatchAlertMail): string {
  const ko = lang === 'ko';
  const intro = ko
    ? '귀사와 잘 맞는 기회가 새로 나왔습니다. 같은 기회는 한 번만 알려 드립니다.'
    : 'There are new opportunities that fit your company well. You are told of each one only once.';
  const lines = items.map(({ title, score, why, link }) => {
    const points = formatPoints(lang, score);
    return ko
      ? `- ${title}\n  점수: 100점 가운데 ${points}점\n  맞는 이유: ${why}\n  ${link}`
      : `- ${title}\n  Score: ${points} of 100 points\n  Why: ${why}\n  ${link}`;
  });
  const rest = formatNumber(lang, total - items.length);
  const more = total > items.length ? [ko ? `그 밖에 ${rest}건이 더 있습니다.` : `And ${rest} more.`] : [];
  const foot = ko
    ? `모두 보기: ${page}\n알림 때 바꾸기: ${settings}\n이 알림 멈추기: ${stop}`
    : `See all: ${page}\nChange how often: ${settings}\nStop these alerts: ${stop}`;
  return mailBody(lang, [intro, ...lines, ...more, foot].join('\n\n'));
}
