import type { AmendmentDecision } from '#lib/domain/amendment/amendment.ts';
import { hasHangul } from '#lib/domain/search/hangul.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** What the pages of the lexicon and of relations show of a change. */

export interface AmendmentLine {
  id: number;
  before: unknown;
  after: unknown;
  source: string;
  note: string;
  undoes: number | null;
  undoneBy: number | null;
  proposedBy: string | null;
  proposedAt: Date;
  decision: AmendmentDecision | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  returnNote: string;
  reading: { total: number; done: number; changed: number; finishedAt: Date | null } | null;
}

/** One field of a row, before and after; null where the row is not there. */
export interface RowField {
  label: string;
  before: string | null;
  after: string | null;
}

/** What WhyFields asks, for summaries of errors as well. */
export const whyWords = {
  source: msg({ ko: '출처', en: 'Source' }),
  note: msg({ ko: '바꾸는 이유', en: 'Why' }),
};

export const amendmentWords = {
  add: msg({ ko: '더함', en: 'Added' }),
  change: msg({ ko: '고침', en: 'Changed' }),
  withdraw: msg({ ko: '거둠', en: 'Withdrawn' }),
  refused: {
    'changed-meanwhile': msg({
      ko: '그 사이에 다른 변경이 있었습니다. 지금의 내용을 보고 다시 하십시오.',
      en: 'It was changed meanwhile. Look at it as it is now and try again.',
    }),
    undone: msg({
      ko: '이미 되돌렸거나 되돌리기를 기다립니다.',
      en: 'It is undone already, or waits to be.',
    }),
    decided: msg({ ko: '이미 결정된 제안입니다.', en: 'This proposal has been decided.' }),
    'same-person': msg({
      ko: '본인이 제안한 것은 다른 담당자가 동의하거나 돌려보냅니다.',
      en: 'Another official agrees to or returns what you proposed.',
    }),
    'not-yours': msg({ ko: '제안한 사람만 거둘 수 있습니다.', en: 'Only who proposed it can withdraw it.' }),
  } as Record<string, Message>,
};

/** Language of what officials and files write, for screen readers: Korean as soon as there is Hangul in it. */
export function langOf(text: string): 'ko' | undefined {
  return hasHangul(text) ? 'ko' : undefined;
}

/** The address of a form action that keeps what the page's own address names. */
export function actionAt(search: string, name: string): string {
  const query = new URLSearchParams(search);
  for (const key of [...query.keys()]) if (key.startsWith('/')) query.delete(key);
  return `?${query.size > 0 ? `${query}&` : ''}/${name}`;
}
