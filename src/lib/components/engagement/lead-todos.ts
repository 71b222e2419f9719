import type { OpportunityCard } from '#lib/domain/opportunity/view.ts';
import { href } from '#lib/i18n/address.ts';
import { daysLeft } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';

/** What a lead has to do, as `Todo` takes it. */
interface TodoItem {
  title: string;
  href: string;
  action: string;
  due?: string | null;
  about?: string;
  text?: string;
}

interface Home {
  notices: {
    card: OpportunityCard;
    count: { waiting: number; unopened: number; oldest: string | null } | null;
    returned: string;
  }[];
}

const words = {
  answer: msg<{ n: number }>({
    ko: ({ n }) => `관심 표명 ${n}건에 답하기`,
    en: ({ n }) => (n === 1 ? 'Answer 1 expression of interest' : `Answer ${n} expressions of interest`),
  }),
  unread: msg<{ n: number }>({ ko: ({ n }) => `읽지 않은 것 ${n}건`, en: ({ n }) => `${n} not yet read` }),
  returned: msg<{ title: string }>({
    ko: ({ title }) => `돌아온 공고 고치기: ${title}`,
    en: ({ title }) => `Correct the returned notice: ${title}`,
  }),
  draft: msg<{ title: string }>({
    ko: ({ title }) => `초안 이어 쓰기: ${title}`,
    en: ({ title }) => `Go on with the draft: ${title}`,
  }),
  closing: msg<{ title: string }>({
    ko: ({ title }) => `곧 마감하는 공고 살펴보기: ${title}`,
    en: ({ title }) => `Look at the notice that closes soon: ${title}`,
  }),
  act: {
    answer: msg({ ko: '답하기', en: 'Answer' }),
    correct: msg({ ko: '고치기', en: 'Correct' }),
    goOn: msg({ ko: '이어 쓰기', en: 'Go on' }),
    look: msg({ ko: '보기', en: 'Look' }),
  },
};

/** Unanswered expressions and returned notices first, then what closes within a week, then drafts. */
export function leadTodos(lang: Lang, home: Home, now: Date): TodoItem[] {
  const waiting: TodoItem[] = [];
  const returned: TodoItem[] = [];
  const closing: TodoItem[] = [];
  const drafts: TodoItem[] = [];
  for (const { card, count, returned: note } of home.notices) {
    const title = nameIn(lang, card.title);
    const path = `/lead/opportunities/${card.id}`;
    if (count !== null && count.waiting > 0)
      waiting.push({
        title: words.answer(lang, { n: count.waiting }),
        href: href(lang, `${path}/interests`),
        action: words.act.answer(lang),
        due: card.status === 'published' ? card.deadline : null,
        about: title,
        ...(count.unopened > 0 ? { text: words.unread(lang, { n: count.unopened }) } : {}),
      });
    if (card.status === 'draft' && note !== '')
      returned.push({
        title: words.returned(lang, { title }),
        href: href(lang, `${path}/edit/basics`),
        action: words.act.correct(lang),
        about: card.number,
        text: note,
      });
    else if (card.status === 'draft')
      drafts.push({
        title: words.draft(lang, { title }),
        href: href(lang, path),
        action: words.act.goOn(lang),
        about: card.number,
      });
    else if (card.phase === 'closing' && card.deadline !== null && daysLeft(card.deadline, now) <= 7)
      closing.push({
        title: words.closing(lang, { title }),
        href: href(lang, path),
        action: words.act.look(lang),
        due: card.deadline,
        about: card.number,
      });
  }
  waiting.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
  closing.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9'));
  return [...waiting, ...returned, ...closing, ...drafts.slice(0, 3)];
}
