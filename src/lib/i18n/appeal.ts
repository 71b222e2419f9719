import type { AppealOutcome, AppealStatus } from '#lib/domain/match/appeal.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

type Tone = 'ok' | 'info' | 'warn' | 'idle';

/** How an objection to a match stands. */
export const appealStatusWords: Record<AppealStatus, { tone: Tone; word: Message }> = {
  open: { tone: 'info', word: msg({ ko: '검토 중', en: 'Under review' }) },
  withdrawn: { tone: 'idle', word: msg({ ko: '거둠', en: 'Taken back' }) },
  kept: { tone: 'warn', word: msg({ ko: '결과 유지', en: 'Result stands' }) },
  data: { tone: 'ok', word: msg({ ko: '기록을 바로잡음', en: 'Record corrected' }) },
  rules: { tone: 'ok', word: msg({ ko: '규칙을 고치기로 함', en: 'Rules to be changed' }) },
};

/** What an official can answer, with what it means. */
export const appealOutcomeHints: Record<AppealOutcome, Message> = {
  kept: msg({
    ko: '규칙과 기록이 맞습니다. 왜 그런지 적어 주십시오.',
    en: 'Rules and records are right. Say why.',
  }),
  data: msg({
    ko: '기록이 틀렸습니다. 무엇을 바로잡았는지 적어 주십시오.',
    en: 'A record was wrong. Say what was put right.',
  }),
  rules: msg({
    ko: '규칙이나 가까운 역량 표가 틀렸습니다. 무엇을 고칠지 적어 주십시오.',
    en: 'The rules or the tables of relations are wrong. Say what will change.',
  }),
};

interface Said {
  title: Message;
  text: Message;
}

export const appealRefusals: Record<string, Said> = {
  already: {
    title: msg({ ko: '이미 검토하고 있습니다', en: 'Already under review' }),
    text: msg({
      ko: '이 결과에 낸 이의가 아직 열려 있습니다. 목록에서 확인해 주십시오.',
      en: 'An objection of yours to this result is still open. See your list.',
    }),
  },
  'wrong-state': {
    title: msg({ ko: '이미 끝난 이의입니다', en: 'It is closed already' }),
    text: msg({ ko: '그새 답했거나 거두었습니다.', en: 'It was answered or taken back meanwhile.' }),
  },
  'conflict-of-interest': {
    title: msg({ ko: '이해충돌로 답할 수 없습니다', en: 'Conflict of interest' }),
    text: msg({
      ko: '이 결과의 한쪽 조직에 속해 계십니다. 다른 담당자가 답해야 합니다.',
      en: 'You belong to a side of this result. A colleague must answer.',
    }),
  },
  forbidden: {
    title: msg({ ko: '권한이 없습니다', en: 'Not permitted' }),
    text: msg({
      ko: '보기만 할 수 있는 구성원은 이의를 낼 수 없습니다.',
      en: 'Members who may only look cannot object.',
    }),
  },
};
