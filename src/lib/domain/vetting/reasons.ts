import type { Outcome } from '#lib/domain/vetting/vetting.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

interface Reason {
  outcomes: readonly Outcome[];
  label: Message;
}

/** Reason codes of decisions: a refusal always names one, with words in both languages (행정기본법 §36, 행정절차법 §23). */
export const REASONS = {
  'all-met': {
    outcomes: ['vetted', 'restored'],
    label: msg({ ko: '모든 항목 충족', en: 'All items met' }),
  },
  'met-with-note': {
    outcomes: ['vetted', 'restored'],
    label: msg({ ko: '조건부 충족(설명 참조)', en: 'Met, with a note' }),
  },
  'not-identified': {
    outcomes: ['refused', 'suspended'],
    label: msg({ ko: '실재를 확인하지 못함', en: 'Existence could not be confirmed' }),
  },
  'evidence-insufficient': {
    outcomes: ['refused'],
    label: msg({ ko: '근거 부족', en: 'Evidence is insufficient' }),
  },
  'request-unanswered': {
    outcomes: ['refused', 'suspended'],
    label: msg({ ko: '보완 요청에 답하지 않음', en: 'Information request not answered' }),
  },
  'list-match': {
    outcomes: ['refused', 'suspended'],
    label: msg({ ko: '제한 명단과 일치', en: 'Match on a restricted list' }),
  },
  'false-statement': {
    outcomes: ['refused', 'suspended'],
    label: msg({ ko: '사실과 다른 기재', en: 'False statement' }),
  },
  'business-closed': {
    outcomes: ['refused', 'suspended'],
    label: msg({ ko: '휴업 또는 폐업', en: 'Business suspended or closed' }),
  },
  'fraud-report': {
    outcomes: ['suspended'],
    label: msg({ ko: '사기 신고 확인 중', en: 'Fraud report under examination' }),
  },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof REASONS;

/** The reason codes that fit an outcome. */
export function reasonsFor(outcome: Outcome): ReasonCode[] {
  return (Object.keys(REASONS) as ReasonCode[]).filter((code) =>
    (REASONS[code].outcomes as readonly Outcome[]).includes(outcome),
  );
}
