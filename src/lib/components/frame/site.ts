import { msg } from '#lib/i18n/msg.ts';

const site = msg({ ko: '광맥', en: 'Gwangmaek' });

/** Title of a page's tab: `로그인 | 광맥`. */
export function tabTitle(lang: 'ko' | 'en', title: string): string {
  return `${title} | ${site(lang)}`;
}
