import type { Lang } from '#lib/i18n/lang.ts';
import { name, title, type Build, type NoticeData } from '#lib/i18n/notice-data.ts';
import { withParticle } from '#lib/i18n/particle.ts';

/** Names that are shown once both sides agree: subject in Korean and English. */
export const NAME_CHANGES: Record<string, { ko: Build; en: Build }> = {
  agreed: {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 이름을 밝히기로 했습니다`,
    en: (d) => `${name(d, 'en')} agrees to show its name`,
  },
  'taken-back': {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 이름을 밝히기로 한 것을 거두었습니다`,
    en: (d) => `${name(d, 'en')} took its agreement back`,
  },
  shown: {
    ko: (d) => `이제 서로의 이름이 보입니다: ${name(d, 'ko')}`,
    en: (d) => `Names are shown now: ${name(d, 'en')}`,
  },
};

/** The same on an invitation, where a side that shows its own name may ask for the other's. */
export const INVITATION_NAMES: Record<string, { ko: Build; en: Build }> = {
  ...NAME_CHANGES,
  asked: {
    ko: (d) => `${withParticle(name(d, 'ko'), '이/가')} 이름을 밝혀 달라고 합니다`,
    en: (d) => `${name(d, 'en')} asks you to show your name`,
  },
};

/** What it is about, and the rule while nothing is shown. */
export const namesText = (data: NoticeData, lang: Lang): string => {
  if (data['outcome'] === 'shown')
    return lang === 'ko'
      ? `${title(data, 'ko')}에 관한 관심 표명입니다.`
      : `It is about ${title(data, 'en')}.`;
  return lang === 'ko'
    ? `${title(data, 'ko')}에 관한 관심 표명입니다. 양쪽이 동의해야 서로의 이름이 보입니다.`
    : `It is about ${title(data, 'en')}. Names are shown once both sides agree.`;
};
