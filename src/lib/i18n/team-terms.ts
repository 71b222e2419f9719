import { msg } from '#lib/i18n/msg.ts';

/** The text a company accepts when it agrees to be proposed as a partner. A changed text gets a new version. */
export const PARTNER_TERMS_VERSION = '2026-11';

export const partnerTerms = {
  what: msg({
    ko: '우리가 채우는 조건을 다른 기업이 채우지 못할 때, 함께할 상대로 우리 이름과 공개된 정보만 보여 줍니다. 점수와 증빙은 보여 주지 않습니다.',
    en: 'Where another company lacks a requirement that you meet, it sees your name and your public facts as a possible partner. It sees neither scores nor evidence.',
  }),
  free: msg({
    ko: '제안을 받아도 답할 의무는 없고, 이 동의는 언제든 거둘 수 있습니다. 거두면 그때부터 제안하지 않습니다.',
    en: 'You need not answer any invitation, and you can withdraw this at any time. From then on you are not proposed.',
  }),
};

/** The text a company accepts when it asks a partner or joins a team; the version is stored with its membership. */
export const TEAM_TERMS_VERSION = '2026-11';

export const teamTerms = {
  nonBinding: msg({
    ko: '팀은 구속력이 없습니다. 계약이 아니며, 관심 표명을 보낸 뒤에도 답이 오기 전에는 나갈 수 있습니다.',
    en: 'A team is not binding. It is no contract, and you can leave it until the publisher has answered.',
  }),
  contacts: msg({
    ko: '이름과 전자우편을 팀에 든 기업에 제공합니다. 올린 곳이 수락하면 그 기관(국외일 수 있음)에도 제공합니다. 이 기회의 협의에만 쓰며 끝나면 지웁니다. 동의하지 않으려면 함께하지 않으면 됩니다.',
    en: 'Your name and e-mail address are given to the companies of the team, and to the publisher (which may be outside Korea) once it accepts. They are used for talks on this opportunity only and erased when those end. If you do not agree, do not take part.',
  }),
  profile: msg({
    ko: '팀이 관심을 표명하면 게시한 회사 프로필과 고른 증빙을 올린 곳이 봅니다. 고른 증빙은 팀의 다른 기업이 볼 수 없습니다.',
    en: 'When the team expresses interest the publisher sees your published profile and the evidence you chose. Other companies of the team do not see that evidence.',
  }),
};
