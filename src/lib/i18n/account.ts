import type { Agency, Standing } from '#lib/domain/account/account.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Agencies by their official names (Korea's industry ministry under its name since October 2025). */
export const agencyName: Record<Agency, Message> = {
  mofa: msg({ ko: '외교부', en: 'Ministry of Foreign Affairs' }),
  motie: msg({ ko: '산업통상부', en: 'Ministry of Trade, Industry and Resources' }),
  komir: msg({
    ko: '한국광해광업공단',
    en: 'Korea Mine Rehabilitation and Mineral Resources Corporation',
  }),
};

/** A person's role in an organisation or office. */
export const roleName = {
  owner: msg({ ko: '관리자', en: 'owner' }),
  editor: msg({ ko: '편집자', en: 'editor' }),
  viewer: msg({ ko: '열람자', en: 'viewer' }),
  official: msg({ ko: '담당 공무원', en: 'official' }),
  administrator: msg({ ko: '운영자', en: 'administrator' }),
} as const;
export type RoleName = keyof typeof roleName;

/** What a role may do, in a sentence for the form that gives it. */
export const roleHint: Record<RoleName, Message> = {
  owner: msg({
    ko: '모든 내용을 고치고 구성원을 관리합니다.',
    en: 'Changes everything and manages people.',
  }),
  editor: msg({
    ko: '내용을 고치고 보냅니다. 구성원은 관리하지 않습니다.',
    en: 'Changes and sends things, but does not manage people.',
  }),
  viewer: msg({ ko: '보기만 합니다.', en: 'Only looks.' }),
  official: msg({ ko: '심사하고 공고를 게시합니다.', en: 'Vets organisations and publishes opportunities.' }),
  administrator: msg({
    ko: '공무원의 일을 하고, 공무원을 초대하고 내보냅니다.',
    en: 'Works as an official, and invites and removes officials.',
  }),
};

export const standingName: Record<Standing, Message> = {
  registered: msg({ ko: '등록됨', en: 'Registered' }),
  vetted: msg({ ko: '검증됨', en: 'Vetted' }),
  refused: msg({ ko: '심사 거절', en: 'Refused' }),
  suspended: msg({ ko: '참여 정지', en: 'Suspended' }),
};
