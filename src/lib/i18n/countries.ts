import { msg, type Message } from '#lib/i18n/msg.ts';

const regions: Record<string, Message> = {
  Africa: msg({ ko: '아프리카', en: 'Africa' }),
  Americas: msg({ ko: '아메리카', en: 'Americas' }),
  Asia: msg({ ko: '아시아', en: 'Asia' }),
  Europe: msg({ ko: '유럽', en: 'Europe' }),
  Oceania: msg({ ko: '오세아니아', en: 'Oceania' }),
};

const subregions: Record<string, Message> = {
  'Australia and New Zealand': msg({ ko: '호주와 뉴질랜드', en: 'Australia and New Zealand' }),
  Caribbean: msg({ ko: '카리브해', en: 'Caribbean' }),
  'Central America': msg({ ko: '중앙아메리카', en: 'Central America' }),
  'Central Asia': msg({ ko: '중앙아시아', en: 'Central Asia' }),
  'Central Europe': msg({ ko: '중앙유럽', en: 'Central Europe' }),
  'Eastern Africa': msg({ ko: '동아프리카', en: 'Eastern Africa' }),
  'Eastern Asia': msg({ ko: '동아시아', en: 'Eastern Asia' }),
  'Eastern Europe': msg({ ko: '동유럽', en: 'Eastern Europe' }),
  Melanesia: msg({ ko: '멜라네시아', en: 'Melanesia' }),
  'Middle Africa': msg({ ko: '중앙아프리카', en: 'Middle Africa' }),
  'North America': msg({ ko: '북아메리카', en: 'North America' }),
  'Northern Africa': msg({ ko: '북아프리카', en: 'Northern Africa' }),
  'Northern Europe': msg({ ko: '북유럽', en: 'Northern Europe' }),
  'South America': msg({ ko: '남아메리카', en: 'South America' }),
  'South-Eastern Asia': msg({ ko: '동남아시아', en: 'South-Eastern Asia' }),
  'Southeast Europe': msg({ ko: '남동유럽', en: 'Southeast Europe' }),
  'Southern Africa': msg({ ko: '남아프리카 지역', en: 'Southern Africa' }),
  'Southern Asia': msg({ ko: '남아시아', en: 'Southern Asia' }),
  'Southern Europe': msg({ ko: '남유럽', en: 'Southern Europe' }),
  Supranational: msg({ ko: '초국가 기구', en: 'Supranational' }),
  'Western Africa': msg({ ko: '서아프리카', en: 'Western Africa' }),
  'Western Asia': msg({ ko: '서아시아', en: 'Western Asia' }),
  'Western Europe': msg({ ko: '서유럽', en: 'Western Europe' }),
};

export function regionName(region: string): Message {
  return regions[region] ?? (() => region);
}

export function subregionName(subregion: string): Message {
  return subregions[subregion] ?? (() => subregion);
}

const eiti: Record<string, Message> = {
  implementing: msg({ ko: '이행국', en: 'Implementing' }),
  supporting: msg({ ko: '지원국', en: 'Supporting' }),
  withdrawn_or_delisted: msg({ ko: '탈퇴 또는 제외', en: 'Withdrawn or delisted' }),
  none: msg({ ko: '참여하지 않음', en: 'Not taking part' }),
};

/** A country's part in the Extractive Industries Transparency Initiative. */
export function eitiName(status: string): Message {
  return eiti[status] ?? (() => status);
}
