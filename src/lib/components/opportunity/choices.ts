import type { Named } from '#lib/domain/opportunity/view.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { sortKo } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Choice } from '#lib/components/forms/control.ts';

/** What the forms of a draft choose from, as the server hands it. */
export interface DraftChoices {
  minerals: (Named & { symbol: string; critical: boolean })[];
  countries: (Named & { region: string })[];
  projects: {
    id: string;
    ko: string | null;
    en: string;
    country: string;
    country_ko: string;
    country_en: string;
  }[];
  stages: Named[];
  capabilities: (Named & { stage: string })[];
  certifications: { id: string; name: string; category: string }[];
  finance: Named[];
  /** Those with members now, and how many. */
  frameworks: (Named & { members: number })[];
}

interface Group {
  label: string;
  options: Choice[];
  open?: boolean;
}

const words = {
  critical: msg({ ko: '한국 핵심광물', en: 'Korea’s critical minerals' }),
  others: msg({ ko: '그 밖의 광물', en: 'Other minerals' }),
};

const regions: Record<string, Message> = {
  Africa: msg({ ko: '아프리카', en: 'Africa' }),
  Americas: msg({ ko: '미주', en: 'Americas' }),
  Asia: msg({ ko: '아시아', en: 'Asia' }),
  Europe: msg({ ko: '유럽', en: 'Europe' }),
  Oceania: msg({ ko: '오세아니아', en: 'Oceania' }),
};

const categories: Record<string, Message> = {
  quality: msg({ ko: '품질', en: 'Quality' }),
  environment: msg({ ko: '환경', en: 'Environment' }),
  safety: msg({ ko: '안전보건', en: 'Health and safety' }),
  energy: msg({ ko: '에너지', en: 'Energy' }),
  'responsible-sourcing': msg({ ko: '책임 있는 조달', en: 'Responsible sourcing' }),
  mine: msg({ ko: '광산', en: 'Mines' }),
  climate: msg({ ko: '기후', en: 'Climate' }),
  metal: msg({ ko: '금속별', en: 'By metal' }),
  product: msg({ ko: '제품', en: 'Products' }),
  governance: msg({ ko: '지배구조', en: 'Governance' }),
  security: msg({ ko: '보안', en: 'Security' }),
  social: msg({ ko: '사회', en: 'Social' }),
  circular: msg({ ko: '순환', en: 'Circular economy' }),
  company: msg({ ko: '기업 인증', en: 'Company marks' }),
  laboratory: msg({ ko: '시험기관', en: 'Laboratories' }),
  trade: msg({ ko: '통관·무역', en: 'Trade' }),
  technology: msg({ ko: '기술', en: 'Technology' }),
  regulatory: msg({ ko: '규제', en: 'Regulation' }),
  building: msg({ ko: '건축', en: 'Buildings' }),
};

const option = (lang: Lang, one: Named): Choice => ({ value: one.id, label: nameIn(lang, one) });

/** Minerals in two folds, Korea's critical ones open; a symbol stands behind the name. */
export function mineralGroups(lang: Lang, choices: Pick<DraftChoices, 'minerals'>, open = true): Group[] {
  const of = (critical: boolean) =>
    sortKo(
      choices.minerals.filter((one) => one.critical === critical),
      (one) => nameIn(lang, one),
    ).map((one) => ({
      value: one.id,
      label: one.symbol ? `${nameIn(lang, one)} (${one.symbol})` : nameIn(lang, one),
    }));
  return [
    { label: words.critical(lang), options: of(true), open },
    { label: words.others(lang), options: of(false) },
  ];
}

/** Countries by region. */
export function countryGroups(lang: Lang, choices: Pick<DraftChoices, 'countries'>): Group[] {
  return Object.entries(regions).map(([region, label]) => ({
    label: label(lang),
    options: sortKo(
      choices.countries.filter((one) => one.region === region).map((one) => option(lang, one)),
      (one) => one.label,
    ),
  }));
}

/** Certificates by category. */
export function certificateGroups(lang: Lang, choices: Pick<DraftChoices, 'certifications'>): Group[] {
  const kinds = [...new Set(choices.certifications.map((one) => one.category))];
  return kinds.map((kind) => ({
    label: categories[kind]?.(lang) ?? kind,
    options: choices.certifications
      .filter((one) => one.category === kind)
      .map((one) => ({ value: one.id, label: one.name })),
    open: kind === 'quality' || kind === 'environment' || kind === 'safety',
  }));
}

/** Capabilities under their stages, for a menu. */
export function capabilityGroups(
  lang: Lang,
  choices: Pick<DraftChoices, 'stages' | 'capabilities'>,
): Group[] {
  return choices.stages.map((stage) => ({
    label: nameIn(lang, stage),
    options: choices.capabilities.filter((one) => one.stage === stage.id).map((one) => option(lang, one)),
  }));
}

/** Projects under their countries, for a menu. */
export function projectGroups(lang: Lang, choices: Pick<DraftChoices, 'projects'>): Group[] {
  const countries = new Map<string, Group>();
  for (const one of choices.projects) {
    const label = lang === 'ko' ? one.country_ko : one.country_en;
    const group = countries.get(one.country) ?? { label, options: [] };
    group.options.push({ value: one.id, label: nameIn(lang, { ko: one.ko ?? '', en: one.en }) });
    countries.set(one.country, group);
  }
  return sortKo([...countries.values()], (group) => group.label);
}

/** Countries for a menu. */
export function countryOptions(lang: Lang, choices: Pick<DraftChoices, 'countries'>): Choice[] {
  return sortKo(
    choices.countries.map((one) => option(lang, one)),
    (one) => one.label,
  );
}
