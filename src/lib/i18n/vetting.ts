import type { CaseKind, CaseStatus, Finding, Outcome } from '#lib/domain/vetting/vetting.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Words for everything a vetting case can be, the same on the ministry's and on the company's side. */
export const caseStatusWords: Record<CaseStatus, Message> = {
  submitted: msg({ ko: '접수됨', en: 'Submitted' }),
  reviewing: msg({ ko: '검토 중', en: 'Under review' }),
  waiting: msg({ ko: '보완 기다림', en: 'Waiting for the company' }),
  proposed: msg({ ko: '확인 기다림', en: 'Waiting for the second person' }),
  decided: msg({ ko: '결정됨', en: 'Decided' }),
  withdrawn: msg({ ko: '취하됨', en: 'Withdrawn' }),
};

export const caseKindWords: Record<CaseKind, Message> = {
  first: msg({ ko: '첫 심사', en: 'First vetting' }),
  renewal: msg({ ko: '재심사', en: 'Renewal' }),
  change: msg({ ko: '변경 심사', en: 'Change' }),
  suspension: msg({ ko: '정지 심사', en: 'Suspension' }),
  restoration: msg({ ko: '복귀 심사', en: 'Restoration' }),
};

export const findingWords: Record<Finding, Message> = {
  met: msg({ ko: '적합', en: 'Met' }),
  'not-met': msg({ ko: '부적합', en: 'Not met' }),
  'not-applicable': msg({ ko: '해당 없음', en: 'Does not apply' }),
};

export const outcomeWords: Record<Outcome, Message> = {
  vetted: msg({ ko: '검증', en: 'Vetted' }),
  refused: msg({ ko: '거절', en: 'Refused' }),
  suspended: msg({ ko: '참여 정지', en: 'Suspended' }),
  restored: msg({ ko: '복귀', en: 'Restored' }),
};

/** What happened in a case, by `vetting_event.kind`. */
export const caseEventWords: Record<string, Message> = {
  submitted: msg({ ko: '심사를 신청했습니다.', en: 'Vetting was requested.' }),
  opened: msg({ ko: '담당 부처가 심사를 열었습니다.', en: 'The ministry opened the case.' }),
  assigned: msg({ ko: '심사자를 정했습니다.', en: 'An official was assigned.' }),
  'information-requested': msg({
    ko: '보완을 요청했습니다. 시계를 멈췄습니다.',
    en: 'Information was requested; the clock stopped.',
  }),
  answered: msg({ ko: '보완 요청에 답했습니다.', en: 'An information request was answered.' }),
  'request-withdrawn': msg({ ko: '보완 요청을 거두었습니다.', en: 'An information request was taken back.' }),
  proposed: msg({ ko: '결정을 제안했습니다.', en: 'A decision was proposed.' }),
  returned: msg({ ko: '제안을 돌려보냈습니다.', en: 'The proposal was returned.' }),
  'decided-vetted': msg({ ko: '검증을 확정했습니다.', en: 'Vetting was confirmed.' }),
  'decided-refused': msg({ ko: '거절을 확정했습니다.', en: 'Refusal was confirmed.' }),
  'decided-suspended': msg({ ko: '참여 정지를 확정했습니다.', en: 'Suspension was confirmed.' }),
  'decided-restored': msg({ ko: '복귀를 확정했습니다.', en: 'Restoration was confirmed.' }),
  'screening-confirmed': msg({
    ko: '제한 명단에 있는 곳임을 확인했습니다.',
    en: 'A hit on a restricted list was confirmed.',
  }),
  'screening-cleared': msg({
    ko: '제한 명단과 다른 곳임을 확인했습니다.',
    en: 'A hit on a restricted list was cleared.',
  }),
  withdrawn: msg({ ko: '신청을 거두었습니다.', en: 'The request was withdrawn.' }),
};

/** Refusals of the vetting commands, as the page says them. */
export const vettingRefusals: Record<string, Message> = {
  'already-open': msg({
    ko: '진행 중인 심사가 이미 있습니다. 새로 만들지 않았습니다.',
    en: 'A case is already open. No second one was made.',
  }),
  'already-answered': msg({
    ko: '이미 답했거나 거둔 요청입니다. 바꾼 것이 없습니다.',
    en: 'This request was already answered or taken back. Nothing was changed.',
  }),
  'profile-not-published': msg({
    ko: '프로필을 먼저 게시해 주십시오. 심사는 게시한 내용을 봅니다.',
    en: 'Publish the profile first. Vetting looks at what is published.',
  }),
  suspended: msg({
    ko: '참여가 정지되어 있어 신청할 수 없습니다. 담당 부처에 문의해 주십시오.',
    en: 'Participation is suspended, so nothing can be requested. Please contact the ministry.',
  }),
  'not-allowed': msg({
    ko: '사건의 상태가 그새 바뀌어 할 수 없는 일입니다. 화면을 다시 보고 이어 가 주십시오.',
    en: 'The case has moved on and this is no longer possible. Look at the page again and go on from there.',
  }),
  'conflict-of-interest': msg({
    ko: '이 기관의 구성원이라 심사에 참여할 수 없습니다(이해충돌).',
    en: 'You belong to this organisation and cannot take part in its vetting (conflict of interest).',
  }),
  stale: msg({
    ko: '그새 다른 심사자가 이 항목을 판단했습니다. 쓴 내용은 아래에 그대로 있고 저장하지 않았습니다. 새 판단을 보고 다시 저장해 주십시오.',
    en: 'A colleague has found on this item meanwhile. What you wrote is below and not saved. Look at the new finding, then save again.',
  }),
  'same-person': msg({
    ko: '제안한 사람은 확인하거나 돌려보낼 수 없습니다. 다른 사람이 해야 합니다.',
    en: 'Whoever proposed a decision cannot confirm or return it. A second person must.',
  }),
  'validity-past': msg({
    ko: '제안한 유효 기한이 지났습니다. 돌려보내 새 기한으로 다시 제안하게 해 주십시오.',
    en: 'The proposed validity has passed. Return the proposal so that it is made again with a new date.',
  }),
  invalid: msg({ ko: '아래 칸을 고쳐 주십시오.', en: 'Please correct the fields below.' }),
};
