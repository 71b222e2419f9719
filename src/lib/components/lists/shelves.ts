import {
  MINERAL_SHELVES,
  REGION_SHELVES,
  shelfOf,
  shelfValue,
  type ShelvedFacet,
} from '#lib/domain/search/groups.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { shelfName } from '#lib/i18n/search-facets.ts';
import { inSections, type FacetSection, type FacetValue } from './facets.ts';

const others = msg({ ko: '그 밖', en: 'Others' });

/** Minerals by group or countries by region, each group also a choice of its own. */
export function shelfSections(
  lang: Lang,
  facet: ShelvedFacet,
  values: readonly FacetValue[],
): FacetSection[] {
  const shelves = Object.keys(facet === 'mineral' ? MINERAL_SHELVES : REGION_SHELVES);
  return inSections(
    values,
    shelves.map((id) => ({ id, label: shelfName(lang, id) })),
    (value) => shelfOf(facet, value),
    (id) => (id === '' ? null : shelfValue(id)),
    others(lang),
  );
}

/** Capabilities under their stages of the value chain. */
export function stageSections(
  lang: Lang,
  values: readonly FacetValue[],
  stages: readonly { id: string; label: string }[],
  stageOf: (capability: string) => string | null,
): FacetSection[] {
  return inSections(values, stages, stageOf, () => null, others(lang));
}
