import type { OpportunityView } from '#lib/domain/opportunity/view.ts';
import { formatDate, formatDateTime } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';

const words = {
  published: msg({ ko: '공고를 게시했습니다.', en: 'Notice published.' }),
  opens: msg({ ko: '관심 표명을 받기 시작합니다.', en: 'Expressions of interest open.' }),
  addendum: msg<{ text: string }>({
    ko: ({ text }) => `변경 공고: ${text}`,
    en: ({ text }) => `Notice changed: ${text}`,
  }),
  moved: msg<{ from: string; to: string }>({
    ko: ({ from, to }) => `마감을 ${from}에서 ${to}(으)로 바꾸었습니다.`,
    en: ({ from, to }) => `The deadline moves from ${from} to ${to}.`,
  }),
  deadline: msg({ ko: '관심 표명을 마감합니다.', en: 'Expressions of interest close.' }),
  closed: msg({ ko: '마감했습니다.', en: 'Closed.' }),
  withdrawn: msg({ ko: '공고를 거두었습니다.', en: 'Notice withdrawn.' }),
};

interface DateItem {
  state: 'done' | 'now' | 'next';
  time: string;
  at: string;
  text: string;
}

/** The dates of a notice in order of time; what comes next is marked as the present place. */
export function datesOf(lang: Lang, view: OpportunityView, now: Date): DateItem[] {
  const items: Omit<DateItem, 'state'>[] = [];
  const at = (instant: string, text: string) =>
    items.push({ at: instant, time: formatDateTime(lang, instant), text });
  if (view.publishedAt) at(view.publishedAt, words.published(lang));
  if (view.opens)
    items.push({
      at: `${view.opens}T00:00:00+09:00`,
      time: formatDate(lang, view.opens),
      text: words.opens(lang),
    });
  for (const one of view.addenda) {
    const moved =
      one.deadlineBefore && one.deadlineAfter
        ? ` ${words.moved(lang, { from: formatDateTime(lang, one.deadlineBefore), to: formatDateTime(lang, one.deadlineAfter) })}`
        : '';
    at(one.at, words.addendum(lang, { text: nameIn(lang, one.text) }) + moved);
  }
  const over = view.status === 'closed' || view.status === 'withdrawn';
  if (view.closedAt && over)
    at(view.closedAt, view.status === 'closed' ? words.closed(lang) : words.withdrawn(lang));
  else if (view.deadline) at(view.deadline, words.deadline(lang));
  items.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const next = items.findIndex((item) => Date.parse(item.at) > now.getTime());
  return items.map((item, i) => ({
    ...item,
    state: next < 0 || i < next ? 'done' : i === next ? 'now' : 'next',
  }));
}
