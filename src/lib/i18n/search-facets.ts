import type { DeadlineRange } from '#lib/domain/search/deadline.ts';
import { shelfNamed, type MineralShelf, type RegionShelf } from '#lib/domain/search/groups.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Shelves of long filters: groups of minerals and regions of the world. */
const shelfWords: Record<MineralShelf | RegionShelf, Message> = {
  'battery-minerals': msg({ ko: '배터리 광물', en: 'Battery minerals' }),
  'rare-earths': msg({ ko: '희토류 원소', en: 'Rare earths' }),
  'base-metals': msg({ ko: '비철금속', en: 'Base metals' }),
  'refractory-metals': msg({ ko: '고융점·합금 금속', en: 'Refractory and alloy metals' }),
  'minor-metals': msg({ ko: '희소·반도체 금속', en: 'Minor and semiconductor metals' }),
  'precious-metals': msg({ ko: '귀금속·백금족', en: 'Precious and platinum-group metals' }),
  'industrial-minerals': msg({ ko: '산업 광물·연료', en: 'Industrial and fuel minerals' }),
  africa: msg({ ko: '아프리카', en: 'Africa' }),
  americas: msg({ ko: '아메리카', en: 'Americas' }),
  asia: msg({ ko: '아시아', en: 'Asia' }),
  europe: msg({ ko: '유럽', en: 'Europe' }),
  oceania: msg({ ko: '오세아니아', en: 'Oceania' }),
};

/** The name of a shelf; one that is not known stands for itself. */
export function shelfName(lang: Lang, shelf: string): string {
  return shelf in shelfWords ? shelfWords[shelf as keyof typeof shelfWords](lang) : shelf;
}

/** The name of a value that is a whole shelf, as in `@africa`; null for a single value. */
export function shelfLabel(lang: Lang, value: string): string | null {
  const shelf = shelfNamed(value);
  return shelf === null ? null : shelfName(lang, shelf);
}

export const deadlineWords: Record<DeadlineRange, Message> = {
  '7d': msg({ ko: '7일 안', en: 'Within 7 days' }),
  '30d': msg({ ko: '30일 안', en: 'Within 30 days' }),
  '90d': msg({ ko: '90일 안', en: 'Within 90 days' }),
  later: msg({ ko: '90일 뒤', en: 'In more than 90 days' }),
  none: msg({ ko: '마감 없음', en: 'No deadline' }),
};
