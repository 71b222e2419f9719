import type { MineralList } from '#lib/domain/insight/mineral-listing.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

export const mineralListName: Record<MineralList, Message> = {
  korea: msg({ ko: '한국 핵심광물 33종', en: 'Korea’s 33 critical minerals' }),
  strategic: msg({ ko: '한국 전략광물 10종', en: 'Korea’s strategic ten' }),
  eu: msg({ ko: 'EU 핵심 원자재', en: 'EU critical raw materials' }),
  'eu-strategic': msg({ ko: 'EU 전략 원자재', en: 'EU strategic raw materials' }),
  us: msg({ ko: '미국 핵심광물(2025년)', en: 'US critical minerals (2025)' }),
};
