import { msg } from '#lib/i18n/msg.ts';

/** Words that several parts of the page use. */
export const ENGINE_NAMES = { postgres: 'PostgreSQL', meilisearch: 'Meilisearch' } as const;

export const KINDS = ['company', 'opportunity', 'project'] as const;

export const kindName = {
  company: msg({ ko: '기업', en: 'Companies' }),
  opportunity: msg({ ko: '공고', en: 'Opportunities' }),
  project: msg({ ko: '프로젝트', en: 'Projects' }),
};
