import { msg } from '#lib/i18n/msg.ts';

/**
 * The text a company accepts when it expresses interest. A changed text gets a new version; what was accepted is
 * stored with the expression, so old versions stay here.
 */
export const INTEREST_TERMS_VERSION = '2026-11';

export const interestTerms = {
  nonBinding: msg({
    ko: '관심 표명은 구속력이 없습니다. 계약이나 입찰이 아니며, 어느 쪽도 거래할 의무를 지지 않습니다.',
    en: 'An expression of interest is not binding. It is neither a contract nor a bid, and neither side has to do business.',
  }),
  profile: msg({
    ko: '지금의 회사 프로필과 고른 증빙을 올린 곳이 봅니다. 보낸 뒤 프로필을 고치면 고친 내용이 보입니다.',
    en: 'The publisher sees your present profile and the evidence you chose. Later changes of the profile are seen as well.',
  }),
  contacts: msg({
    ko: '올린 곳이 수락하면 보낸 사람의 이름과 전자우편을 그 기관(국외일 수 있음)에 제공하고, 그쪽 담당자의 것을 받습니다. 이 기회의 협의에만 쓰며 협의가 끝나면 지웁니다. 동의하지 않으려면 보내지 않으면 됩니다.',
    en: 'When the publisher accepts, your name and e-mail address are given to that organisation (which may be outside Korea), and you receive theirs. They are used for talks on this opportunity only and erased when the talks end. If you do not agree, do not send.',
  }),
  money: msg({
    ko: '광맥에서는 참가비나 보증금을 받지 않습니다.',
    en: 'Nobody on Gwangmaek may ask for a fee or a deposit.',
  }),
};
