import type { MemberState, PartnerAudience, TeamEventKind, TeamState } from '#lib/domain/engagement/team.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { withParticle } from '#lib/i18n/particle.ts';

/** Words for teams of companies, the same on every page. */
type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'idle';

const upTo = msg<{ n: string }>({
  ko: ({ n }) => `팀으로도 참여할 수 있음(${n}곳까지)`,
  en: ({ n }) => `Teams of up to ${n} companies may take part`,
});
const single = msg({ ko: '한 기업씩만 참여함', en: 'Single companies only' });

/** What a publisher takes: single companies, or teams of so many. */
export function teamMaxText(lang: Lang, most: number): string {
  return most < 2 ? single(lang) : upTo(lang, { n: formatNumber(lang, most) });
}

/** `ready`: forming, and every must line is covered. */
export const teamStateWords: Record<TeamState | 'ready', { word: Message; tone: Tone }> = {
  forming: { word: msg({ ko: '꾸리는 중', en: 'Forming' }), tone: 'info' },
  ready: { word: msg({ ko: '보낼 수 있음', en: 'Ready to send' }), tone: 'ok' },
  sent: { word: msg({ ko: '관심 표명을 보냄', en: 'Interest sent' }), tone: 'ok' },
  withdrawn: { word: msg({ ko: '관심 표명을 거둠', en: 'Interest withdrawn' }), tone: 'idle' },
  disbanded: { word: msg({ ko: '해산함', en: 'Given up' }), tone: 'idle' },
  expired: { word: msg({ ko: '마감으로 끝남', en: 'Over: the notice closed' }), tone: 'idle' },
};

export const memberStateWords: Record<MemberState, { word: Message; tone: Tone }> = {
  invited: { word: msg({ ko: '답을 기다림', en: 'Asked, no answer yet' }), tone: 'warn' },
  accepted: { word: msg({ ko: '함께함', en: 'In the team' }), tone: 'ok' },
  declined: { word: msg({ ko: '함께하지 않기로 함', en: 'Declined' }), tone: 'idle' },
  cancelled: { word: msg({ ko: '제안을 거둠', en: 'Invitation taken back' }), tone: 'idle' },
  expired: { word: msg({ ko: '제안이 마감됨', en: 'Invitation ran out' }), tone: 'idle' },
  left: { word: msg({ ko: '나감', en: 'Left' }), tone: 'idle' },
  removed: { word: msg({ ko: '제외됨', en: 'Taken out' }), tone: 'idle' },
  dropped: { word: msg({ ko: '참여할 수 없어 빠짐', en: 'Out: cannot take part' }), tone: 'bad' },
  ended: { word: msg({ ko: '함께했음', en: 'Was in the team' }), tone: 'idle' },
};

export const leaderWord = msg({ ko: '대표', en: 'Leader' });

/** What happened, in a sentence; `name` is the company it is about. */
export const teamEventWords: Record<TeamEventKind, Message<{ name: string }>> = {
  invited: msg<{ name: string }>({
    ko: ({ name }) => `${name}에 함께하자고 했습니다.`,
    en: ({ name }) => `${name} was asked to join.`,
  }),
  accepted: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '이/가')} 들어왔습니다.`,
    en: ({ name }) => `${name} joined.`,
  }),
  declined: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '은/는')} 함께하지 않기로 했습니다.`,
    en: ({ name }) => `${name} declined.`,
  }),
  cancelled: msg<{ name: string }>({
    ko: ({ name }) => `${name}에 한 제안을 거두었습니다.`,
    en: ({ name }) => `The invitation of ${name} was taken back.`,
  }),
  expired: msg<{ name: string }>({
    ko: () => '공고가 마감되어 팀이 끝났습니다.',
    en: () => 'The notice closed, and the team with it.',
  }),
  left: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '이/가')} 나갔습니다.`,
    en: ({ name }) => `${name} left.`,
  }),
  removed: msg<{ name: string }>({
    ko: ({ name }) => `대표가 ${withParticle(name, '을/를')} 제외했습니다.`,
    en: ({ name }) => `The leader took ${name} out.`,
  }),
  dropped: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '은/는')} 지금 참여할 수 없어 빠졌습니다.`,
    en: ({ name }) => `${name} cannot take part now and is out.`,
  }),
  leader: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '이/가')} 대표가 되었습니다.`,
    en: ({ name }) => `${name} became leader.`,
  }),
  sent: msg<{ name: string }>({
    ko: () => '팀의 관심 표명을 보냈습니다.',
    en: () => 'The team’s expression of interest was sent.',
  }),
  withdrawn: msg<{ name: string }>({
    ko: () => '팀의 관심 표명을 거두었습니다.',
    en: () => 'The team’s expression of interest was withdrawn.',
  }),
  disbanded: msg<{ name: string }>({ ko: () => '팀을 해산했습니다.', en: () => 'The team was given up.' }),
  message: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '이/가')} 남긴 글`,
    en: ({ name }) => `${name} wrote`,
  }),
};

export const audienceWords: Record<PartnerAudience, Message> = {
  vetted: msg({ ko: '검증된 기업에만', en: 'To vetted companies only' }),
  all: msg({ ko: '등록된 모든 기업에', en: 'To every registered company' }),
};

interface Said {
  title: Message;
  text: Message;
}
const nothing = msg({ ko: '바뀐 것은 없습니다.', en: 'Nothing was changed.' });

/** Refusals: what happened, what is kept, what to do. */
export const teamRefusals: Record<string, Said> = {
  'not-agreed': {
    title: msg({ ko: '지금은 이 기업에 제안할 수 없습니다', en: 'This company cannot be asked now' }),
    text: msg({
      ko: '팀 제안을 받겠다는 동의를 거두었거나 참여 상태가 바뀌었습니다. 보내지 않았으며, 다른 기업을 골라 주십시오.',
      en: 'It has withdrawn its agreement to be proposed, or its standing has changed. Nothing was sent; choose another company.',
    }),
  },
  'no-teams': {
    title: msg({ ko: '이 공고는 팀을 받지 않습니다', en: 'This notice takes no teams' }),
    text: msg({ ko: '한 기업씩만 참여할 수 있습니다.', en: 'Only single companies may take part.' }),
  },
  'interest-sent': {
    title: msg({ ko: '이미 따로 관심 표명을 보냈습니다', en: 'You have already expressed interest alone' }),
    text: msg({
      ko: '기업마다 공고 하나에 한 번만 보냅니다. 그래서 팀에 들 수 없습니다.',
      en: 'There is one per company and notice, so you cannot take part in a team.',
    }),
  },
  'in-team': {
    title: msg({
      ko: '이미 이 공고의 다른 팀에 들어 있습니다',
      en: 'You are in another team for this notice',
    }),
    text: msg({
      ko: '먼저 그 팀에서 나가야 합니다. 바뀐 것은 없습니다.',
      en: 'Leave that team first. Nothing was changed.',
    }),
  },
  'self-gated': {
    title: msg({ ko: '지금은 이 공고에 참여할 수 없습니다', en: 'You cannot take part in this notice now' }),
    text: msg({
      ko: '우리 회사가 통과하지 못한 조건이 있습니다. 맞는 이유 화면에서 확인해 주십시오.',
      en: 'A condition about your own company is not met. See why on the page of the match.',
    }),
  },
  'partner-gated': {
    title: msg({ ko: '이 기업은 지금 참여할 수 없습니다', en: 'This company cannot take part now' }),
    text: msg({
      ko: '공고의 조건을 통과하지 못합니다. 보내지 않았으며, 다른 기업을 골라 주십시오.',
      en: 'It does not pass the conditions of the notice. Nothing was sent; choose another company.',
    }),
  },
  'self-covers-nothing': {
    title: msg({ ko: '우리가 채우는 필수 조건이 없습니다', en: 'You cover no must requirement' }),
    text: msg({
      ko: '하나라도 채워야 팀에 들 수 있습니다. 역량과 인증을 확인해 주십시오.',
      en: 'A member covers at least one. Check your capabilities and certificates.',
    }),
  },
  'partner-covers-nothing': {
    title: msg({
      ko: '이 기업이 채우는 필수 조건이 없습니다',
      en: 'This company covers no must requirement',
    }),
    text: nothing,
  },
  'declined-before': {
    title: msg({ ko: '함께하지 않겠다고 답한 기업입니다', en: 'This company has declined' }),
    text: msg({ ko: '같은 팀에는 다시 제안할 수 없습니다.', en: 'It cannot be asked again for this team.' }),
  },
  full: {
    title: msg({ ko: '팀이 가득 찼습니다', en: 'The team is full' }),
    text: msg({
      ko: '이 공고가 받는 수만큼 이미 모였습니다. 바뀐 것은 없습니다.',
      en: 'It has as many companies as this notice takes. Nothing was changed.',
    }),
  },
  'too-many-asked': {
    title: msg({ ko: '답을 기다리는 제안이 많습니다', en: 'Too many invitations wait' }),
    text: msg({
      ko: '한 팀에서 다섯 곳까지 물을 수 있습니다. 답을 기다리거나 제안을 거둔 뒤에 다시 해 주십시오.',
      en: 'A team can ask five at a time. Wait for an answer, or take one back first.',
    }),
  },
  over: {
    title: msg({ ko: '이미 끝난 팀입니다', en: 'This team is over' }),
    text: msg({ ko: '해산했거나 이미 보냈습니다.', en: 'It was given up, or has sent already.' }),
  },
  'needs-consent': {
    title: msg({ ko: '동의가 필요합니다', en: 'Your agreement is needed' }),
    text: nothing,
  },
};

/** After a success, by the `done` of the address. */
export const teamDone: Record<string, Said> = {
  asked: {
    title: msg({ ko: '함께하자고 했습니다', en: 'The invitation is sent' }),
    text: msg({
      ko: '상대가 답하면 알려 드립니다. 답하기 전에는 거둘 수 있습니다.',
      en: 'You will be told of the answer. Until then you can take it back.',
    }),
  },
  'asked-already': {
    title: msg({ ko: '이미 물어본 기업입니다', en: 'This company was asked already' }),
    text: msg({ ko: '새로 보내지 않았습니다.', en: 'Nothing new was sent.' }),
  },
  joined: {
    title: msg({ ko: '팀에 들어왔습니다', en: 'You are in the team' }),
    text: msg({ ko: '팀의 다른 기업에 알렸습니다.', en: 'The other companies have been told.' }),
  },
  declined: {
    title: msg({ ko: '함께하지 않겠다고 답했습니다', en: 'You have declined' }),
    text: msg({ ko: '대표 기업에 알렸습니다.', en: 'The leader has been told.' }),
  },
  cancelled: {
    title: msg({ ko: '제안을 거두었습니다', en: 'The invitation is taken back' }),
    text: msg({ ko: '다시 제안할 수 있습니다.', en: 'You can ask again.' }),
  },
  removed: {
    title: msg({ ko: '팀에서 제외했습니다', en: 'Taken out of the team' }),
    text: msg({
      ko: '그 기업에 알렸습니다. 다시 제안할 수 있습니다.',
      en: 'It has been told. You can ask again.',
    }),
  },
  left: {
    title: msg({ ko: '팀에서 나왔습니다', en: 'You have left the team' }),
    text: msg({ ko: '남은 기업에 알렸습니다.', en: 'The others have been told.' }),
  },
  'handed-over': {
    title: msg({ ko: '대표를 넘겼습니다', en: 'Leadership is handed over' }),
    text: msg({ ko: '새 대표가 다시 넘겨줄 수 있습니다.', en: 'The new leader can hand it back.' }),
  },
  disbanded: {
    title: msg({ ko: '팀을 해산했습니다', en: 'The team is given up' }),
    text: msg({ ko: '모두에게 알렸습니다.', en: 'Everybody has been told.' }),
  },
  written: {
    title: msg({ ko: '글을 남겼습니다', en: 'Your message is sent' }),
    text: msg({ ko: '팀의 다른 기업에 알렸습니다.', en: 'The other companies have been told.' }),
  },
  consent: {
    title: msg({ ko: '팀 제안을 받습니다', en: 'You may be proposed as a partner' }),
    text: msg({ ko: '언제든 거둘 수 있습니다.', en: 'You can withdraw this at any time.' }),
  },
  'consent-withdrawn': {
    title: msg({ ko: '동의를 거두었습니다', en: 'Your agreement is withdrawn' }),
    text: msg({
      ko: '이제 함께할 상대로 보여 주지 않습니다. 이미 받은 제안은 남아 있습니다.',
      en: 'You are no longer proposed. Invitations you already have stay.',
    }),
  },
};
