import type { EvidenceLevel } from '#lib/domain/company/company.ts';
import type { InterestEventKind, InterestStatus } from '#lib/domain/engagement/interest.ts';
import type { DeclineReason } from '#lib/domain/engagement/status.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Words for expressions of interest, the same on the company's and on the lead's side. */
type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'idle';

export const interestStatusWords: Record<InterestStatus, { word: Message; tone: Tone }> = {
  sent: { word: msg({ ko: '보냄', en: 'Sent' }), tone: 'idle' },
  opened: { word: msg({ ko: '읽음', en: 'Read' }), tone: 'info' },
  shortlisted: { word: msg({ ko: '후보', en: 'Shortlisted' }), tone: 'info' },
  accepted: { word: msg({ ko: '수락', en: 'Accepted' }), tone: 'ok' },
  declined: { word: msg({ ko: '거절', en: 'Declined' }), tone: 'bad' },
  withdrawn: { word: msg({ ko: '거둠', en: 'Withdrawn' }), tone: 'idle' },
};

/** The same as `sent`, seen by the lead who has not opened it yet. */
export const receivedWords: { word: Message; tone: Tone } = {
  word: msg({ ko: '새로 옴', en: 'New' }),
  tone: 'info',
};

/** What happened, as both sides read it. */
export const interestEventWords: Record<InterestEventKind, Message> = {
  sent: msg({ ko: '기업이 관심 표명을 보냈습니다.', en: 'The company sent its expression of interest.' }),
  opened: msg({ ko: '올린 곳이 읽었습니다.', en: 'The publisher read it.' }),
  shortlisted: msg({ ko: '후보로 올렸습니다.', en: 'The company was shortlisted.' }),
  accepted: msg({
    ko: '수락했습니다. 서로의 연락처가 보입니다.',
    en: 'It was accepted. Each side sees the other’s contact.',
  }),
  declined: msg({ ko: '거절했습니다.', en: 'It was declined.' }),
  withdrawn: msg({ ko: '기업이 거두었습니다.', en: 'The company withdrew it.' }),
  'company-suspended': msg({
    ko: '기업의 참여가 정지되어 절차를 멈췄습니다.',
    en: 'The company’s participation was suspended; this rests.',
  }),
  'company-restored': msg({
    ko: '참여 정지가 풀려 절차를 이어 갑니다.',
    en: 'The suspension was lifted; this goes on.',
  }),
  'member-left': msg({ ko: '팀에서 한 기업이 나갔습니다.', en: 'A company left the team.' }),
  'leader-changed': msg({ ko: '팀의 대표 기업이 바뀌었습니다.', en: 'The team has another leader.' }),
  'company-agreed': msg({
    ko: '기업이 이름을 밝히기로 했습니다.',
    en: 'The company agreed to show its name.',
  }),
  'company-disagreed': msg({
    ko: '기업이 이름을 밝히기로 한 것을 거두었습니다.',
    en: 'The company took back its agreement to show its name.',
  }),
  'lead-agreed': msg({
    ko: '올린 곳이 이름을 밝히기로 했습니다.',
    en: 'The publisher agreed to show its name.',
  }),
  'lead-disagreed': msg({
    ko: '올린 곳이 이름을 밝히기로 한 것을 거두었습니다.',
    en: 'The publisher took back its agreement to show its name.',
  }),
  'names-shown': msg({
    ko: '양쪽이 동의해 서로의 이름이 보입니다.',
    en: 'Both agreed: each side sees the other’s name.',
  }),
};

/** Accepted while a side keeps its name back. */
export const acceptedKept = msg({
  ko: '수락했습니다. 서로 이름을 밝히면 연락처가 보입니다.',
  en: 'It was accepted. Contacts are shown once both show their names.',
});

export const declineReasonWords: Record<DeclineReason, Message> = {
  capacity: msg({ ko: '처리 능력이나 물량이 모자랍니다.', en: 'Capacity or quantity is not enough.' }),
  'requirement-missing': msg({ ko: '필수 조건을 채우지 못합니다.', en: 'A must requirement is not met.' }),
  evidence: msg({ ko: '증빙이 부족합니다.', en: 'The evidence is not enough.' }),
  timing: msg({ ko: '일정이 맞지 않습니다.', en: 'The timing does not fit.' }),
  filled: msg({ ko: '다른 기업으로 정해졌습니다.', en: 'Another company was chosen.' }),
  'changed-plan': msg({ ko: '사업 계획이 바뀌었습니다.', en: 'The project’s plan has changed.' }),
  other: msg({ ko: '그 밖의 이유입니다.', en: 'Another reason.' }),
};

/** A stored reason in words; one that this version does not know is shown as it is. */
export function declineReasonText(reason: string): Message {
  return (
    Object.entries(declineReasonWords).find(([known]) => known === reason)?.[1] ??
    msg({ ko: reason, en: reason })
  );
}

export const evidenceLevelWords: Record<EvidenceLevel, { word: Message; tone: Tone }> = {
  claimed: { word: msg({ ko: '회사가 적음', en: 'Stated by the company' }), tone: 'idle' },
  document: { word: msg({ ko: '문서', en: 'Document' }), tone: 'info' },
  reference: { word: msg({ ko: '실적 확인', en: 'Reference' }), tone: 'ok' },
  audited: { word: msg({ ko: '제3자 감사', en: 'Third-party audit' }), tone: 'ok' },
};

interface Said {
  title: Message;
  text: Message;
}

/** Refusals, as the pages say them: what happened, what is kept, what to do. */
export const interestRefusals: Record<string, Said> = {
  stale: {
    title: msg({ ko: '그새 상태가 바뀌었습니다', en: 'The state has changed meanwhile' }),
    text: msg({
      ko: '다른 사람이 먼저 답했거나 상대가 바꾸었습니다. 방금 누른 것은 반영하지 않았습니다. 지금 상태를 보고 다시 정해 주십시오.',
      en: 'A colleague answered first, or the other side changed it. What you just pressed was not applied. Look at the present state and decide again.',
    }),
  },
  suspended: {
    title: msg({ ko: '참여가 정지되어 할 수 없습니다', en: 'Not possible while participation is suspended' }),
    text: msg({
      ko: '바뀐 것은 없습니다. 정지가 풀리면 이어 갈 수 있습니다.',
      en: 'Nothing was changed. It can go on when the suspension is lifted.',
    }),
  },
  'lead-suspended': {
    title: msg({ ko: '우리 조직의 참여가 정지되어 있습니다', en: 'Your own participation is suspended' }),
    text: msg({
      ko: '정지되어 있는 동안에는 후보로 두거나 수락할 수 없습니다. 바뀐 것은 없습니다.',
      en: 'Until it is lifted nothing can be shortlisted or accepted. Nothing was changed.',
    }),
  },
  'wrong-state': {
    title: msg({ ko: '지금 상태에서는 할 수 없습니다', en: 'Not possible in the present state' }),
    text: msg({
      ko: '바뀐 것은 없습니다. 지금 상태를 확인해 주십시오.',
      en: 'Nothing was changed. Please check the present state.',
    }),
  },
  'nothing-kept': {
    title: msg({ ko: '이미 이름을 밝히고 있습니다', en: 'Your name is shown anyway' }),
    text: msg({
      ko: '이름을 감추지 않았으므로 따로 동의할 것이 없습니다.',
      en: 'You keep nothing back, so there is nothing to agree to.',
    }),
  },
  shown: {
    title: msg({ ko: '이미 서로의 이름이 보입니다', en: 'Names are shown already' }),
    text: msg({
      ko: '양쪽이 동의한 뒤에는 거둘 수 없습니다. 바뀐 것은 없습니다.',
      en: 'Once both have agreed it cannot be taken back. Nothing was changed.',
    }),
  },
  own: {
    title: msg({ ko: '우리 조직이 올린 기회입니다', en: 'Your own organisation published this' }),
    text: msg({ ko: '스스로에게는 보낼 수 없습니다.', en: 'An organisation cannot write to itself.' }),
  },
  screened: {
    title: msg({ ko: '지금은 참여할 수 없습니다', en: 'You cannot take part now' }),
    text: msg({
      ko: '제한 명단 확인 결과 때문입니다. 사유는 받은 알림과 심사 화면에 있습니다. 보내지 않았으며, 쓴 내용은 아래에 있습니다.',
      en: 'The outcome of a restricted-party check stands in the way: see the notice you received and your vetting page. Nothing was sent; what you wrote is below.',
    }),
  },
  unverified: {
    title: msg({ ko: '메일 주소를 먼저 확인해 주십시오', en: 'Confirm your e-mail address first' }),
    text: msg({
      ko: '쓴 내용은 아래에 그대로 있습니다. 받은 메일의 링크를 누른 뒤 다시 보내 주십시오.',
      en: 'What you wrote is kept below. Follow the link in the mail you received, then send again.',
    }),
  },
  'not-open': {
    title: msg({ ko: '지금은 관심 표명을 받지 않습니다', en: 'No expressions of interest are taken now' }),
    text: msg({
      ko: '마감이 지났거나 아직 시작하지 않았습니다. 보내지 않았으며, 쓴 내용은 아래에 있습니다.',
      en: 'The deadline is over or it has not begun. Nothing was sent; what you wrote is below.',
    }),
  },
  'publisher-suspended': {
    title: msg({ ko: '올린 곳의 참여가 정지되어 있습니다', en: 'The publisher is suspended' }),
    text: msg({
      ko: '정지가 풀릴 때까지 보낼 수 없습니다.',
      en: 'Nothing can be sent until the suspension is lifted.',
    }),
  },
  'not-vetted': {
    title: msg({ ko: '검증된 기업만 참여할 수 있습니다', en: 'Only vetted companies may take part' }),
    text: msg({
      ko: '심사를 신청하고 검증된 뒤에 보낼 수 있습니다. 쓴 내용은 아래에 있습니다.',
      en: 'Ask for vetting; once vetted you can send. What you wrote is below.',
    }),
  },
  'in-team': {
    title: msg({ ko: '이 기회에는 팀으로 참여하고 있습니다', en: 'You take part in this in a team' }),
    text: msg({
      ko: '팀의 대표가 팀 이름으로 보냅니다. 따로 보내려면 먼저 팀에서 나가야 합니다. 쓴 내용은 아래에 있습니다.',
      en: 'The leader sends for the team. To send alone, leave the team first. What you wrote is below.',
    }),
  },
  alone: {
    title: msg({ ko: '팀에 아직 다른 기업이 없습니다', en: 'Nobody else is in the team yet' }),
    text: msg({
      ko: '함께하기로 한 기업이 있어야 팀으로 보낼 수 있습니다. 쓴 내용은 아래에 있습니다.',
      en: 'A team needs at least one company that has agreed. What you wrote is below.',
    }),
  },
  'member-out': {
    title: msg({
      ko: '지금 참여할 수 없는 기업이 팀에 있습니다',
      en: 'A company of the team cannot take part now',
    }),
    text: msg({
      ko: '심사나 참여 상태가 바뀐 기업이 있습니다. 팀 화면에서 확인해 주십시오. 보내지 않았으며, 쓴 내용은 아래에 있습니다.',
      en: 'Its vetting or standing has changed; see the team page. Nothing was sent; what you wrote is below.',
    }),
  },
  'lines-open': {
    title: msg({ ko: '아직 채우지 못한 필수 조건이 있습니다', en: 'A must requirement is still open' }),
    text: msg({
      ko: '팀이 모든 필수 조건을 채워야 보낼 수 있습니다. 팀 화면에서 확인해 주십시오. 쓴 내용은 아래에 있습니다.',
      en: 'The team has to cover every must requirement; see the team page. What you wrote is below.',
    }),
  },
  'profile-unpublished': {
    title: msg({ ko: '회사 프로필을 먼저 게시해 주십시오', en: 'Publish your company profile first' }),
    text: msg({
      ko: '관심 표명은 게시한 프로필을 함께 보냅니다. 쓴 내용은 아래에 있습니다.',
      en: 'An expression of interest carries the published profile. What you wrote is below.',
    }),
  },
};

/** After a success, by the `done` of the address. */
export const interestDone: Record<string, Said> = {
  sent: {
    title: msg({ ko: '관심 표명을 보냈습니다', en: 'Your expression of interest is sent' }),
    text: msg({
      ko: '상대가 읽거나 답하면 알려 드립니다. 답이 오기 전에는 거둘 수 있습니다.',
      en: 'You will be told when it is read or answered. Until then you can withdraw it.',
    }),
  },
  already: {
    title: msg({ ko: '이미 보낸 관심 표명이 있습니다', en: 'Your company has already sent one' }),
    text: msg({
      ko: '회사마다 한 번만 보냅니다. 먼저 보낸 것을 그대로 두었고, 새로 보내지 않았습니다.',
      en: 'There is one per company. The earlier one is kept as it is; nothing new was sent.',
    }),
  },
  withdrawn: {
    title: msg({ ko: '관심 표명을 거두었습니다', en: 'Your expression of interest is withdrawn' }),
    text: msg({ ko: '상대에게 알렸습니다.', en: 'The other side has been told.' }),
  },
  shortlisted: {
    title: msg({ ko: '후보로 올렸습니다', en: 'Shortlisted' }),
    text: msg({ ko: '기업에 알렸습니다.', en: 'The company has been told.' }),
  },
  accepted: {
    title: msg({ ko: '수락했습니다', en: 'Accepted' }),
    text: msg({ ko: '이제 서로의 연락처를 볼 수 있습니다.', en: 'Each side now sees the other’s contact.' }),
  },
  'accepted-kept': {
    title: msg({ ko: '수락했습니다', en: 'Accepted' }),
    text: msg({
      ko: '기업에 알렸습니다. 양쪽이 이름을 밝히기로 하면 서로의 연락처가 보입니다.',
      en: 'The company has been told. Each side sees the other’s contact once both show their names.',
    }),
  },
  agreed: {
    title: msg({ ko: '이름을 밝히기로 했습니다', en: 'You agreed to show your name' }),
    text: msg({
      ko: '상대에게 알렸습니다. 상대도 동의하면 서로의 이름이 보입니다.',
      en: 'The other side has been told. Names are shown once it agrees as well.',
    }),
  },
  shown: {
    title: msg({ ko: '이제 서로의 이름이 보입니다', en: 'Names are shown now' }),
    text: msg({ ko: '상대에게도 알렸습니다.', en: 'The other side has been told as well.' }),
  },
  asked: {
    title: msg({ ko: '이름을 밝혀 달라고 했습니다', en: 'You asked for the name' }),
    text: msg({
      ko: '상대에게 알렸습니다. 상대가 동의하면 이름이 보입니다.',
      en: 'The other side has been told. Its name is shown once it agrees.',
    }),
  },
  'taken-back': {
    title: msg({ ko: '이름을 밝히기로 한 것을 거두었습니다', en: 'Your agreement is taken back' }),
    text: msg({
      ko: '이름은 보이지 않았습니다. 다시 동의할 수 있습니다.',
      en: 'Your name was not shown. You can agree again.',
    }),
  },
  declined: {
    title: msg({ ko: '거절했습니다', en: 'Declined' }),
    text: msg({ ko: '이유와 함께 기업에 알렸습니다.', en: 'The company has been told, with the reason.' }),
  },
};
