import type { ProjectFilterName } from '#lib/domain/project/listing.ts';
import { MSP_STAGES, MSP_STATUSES, PROJECT_PHASES } from '#lib/domain/project/project.ts';
import type { Named } from '#lib/domain/opportunity/view.ts';
import { sortKo } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { mspStatusName, phaseName, stageName } from '#lib/i18n/projects.ts';
import { shelfLabel } from '#lib/i18n/search-facets.ts';
import type { FacetGroup } from '#lib/components/lists/facets.ts';
import { shelfSections } from '#lib/components/lists/shelves.ts';

/** The same without this filter, as a wider search says it. */
export const allOfFilter: Record<ProjectFilterName, Message> = {
  mineral: msg({ ko: '모든 광물', en: 'all minerals' }),
  stage: msg({ ko: '모든 가치사슬 단계', en: 'the whole value chain' }),
  phase: msg({ ko: '모든 진행 단계', en: 'all phases' }),
  country: msg({ ko: '모든 나라', en: 'all countries' }),
  msp: msg({ ko: '협력체 관계없이', en: 'any framework' }),
  korean: msg({ ko: '한국 참여 관계없이', en: 'with or without Korean participants' }),
};

export const filterName: Record<ProjectFilterName, Message> = {
  mineral: msg({ ko: '광물', en: 'Mineral' }),
  stage: msg({ ko: '가치사슬', en: 'Value chain' }),
  phase: msg({ ko: '진행 단계', en: 'Phase' }),
  country: msg({ ko: '나라', en: 'Country' }),
  msp: msg({ ko: '협력체', en: 'Framework' }),
  korean: msg({ ko: '한국 참여', en: 'Korean participation' }),
};

const korean: Record<string, Message> = {
  yes: msg({ ko: '한국 참여 있음', en: 'With Korean participants' }),
  no: msg({ ko: '한국 참여 없음', en: 'Without Korean participants' }),
};

export interface FilterNames {
  minerals: ReadonlyMap<string, Named>;
  countries: ReadonlyMap<string, Named>;
}

/** A value of a filter in words; a value that nothing has is shown as written. */
export function filterValue(lang: Lang, name: ProjectFilterName, value: string, names: FilterNames): string {
  const shelf = shelfLabel(lang, value);
  if (shelf !== null) return shelf;
  if (name === 'mineral' || name === 'country') {
    const named = (name === 'mineral' ? names.minerals : names.countries).get(value);
    return named ? nameIn(lang, named) : value;
  }
  const words: Record<string, Message> = { ...phaseName, ...mspStatusName };
  const said = name === 'stage' ? stageName[value as keyof typeof stageName] : (words[value] ?? undefined);
  return (name === 'korean' ? korean[value] : said)?.(lang) ?? value;
}

const ORDER: Partial<Record<ProjectFilterName, readonly string[]>> = {
  stage: MSP_STAGES,
  phase: PROJECT_PHASES,
  msp: MSP_STATUSES,
  korean: ['yes', 'no'],
};

/** The filters as boxes: fixed values in their own order, minerals and countries by how many they leave. */
export function filterGroups(
  lang: Lang,
  counts: Record<ProjectFilterName, ReadonlyMap<string, number>>,
  chosen: Record<ProjectFilterName, string[]>,
  names: FilterNames,
): FacetGroup[] {
  const keys: ProjectFilterName[] = ['mineral', 'country', 'phase', 'stage', 'msp', 'korean'];
  return keys.map((key) => {
    const present = [...new Set([...counts[key].keys(), ...chosen[key]])];
    const count = (value: string) => counts[key].get(value) ?? 0;
    const byName = sortKo(present, (value) => filterValue(lang, key, value, names));
    const ordered = ORDER[key]?.filter((value) => present.includes(value));
    const values = (ordered ?? byName.sort((a, b) => count(b) - count(a))).map((value) => ({
      value,
      label: filterValue(lang, key, value, names),
      count: count(value),
      selected: chosen[key].includes(value),
    }));
    const shelved = key === 'mineral' || key === 'country';
    return {
      ...{ key, label: filterName[key](lang), values },
      sections: shelved ? shelfSections(lang, key, values) : undefined,
    };
  });
}
