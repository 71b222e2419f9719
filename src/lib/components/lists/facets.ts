/** A filter of a list and the values it offers, each with how many results it would leave. */
export interface FacetGroup {
  /** Name in the address: `mineral`. */
  key: string;
  label: string;
  values: FacetValue[];
  /** A long filter in sections. Every value stands in one of them, or names one of them as a whole. */
  sections?: FacetSection[] | undefined;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  selected: boolean;
}

export interface FacetSection {
  id: string;
  label: string;
  /** All of the section, as one choice. */
  whole: FacetValue | null;
  values: FacetValue[];
}

/** Lines shown before the rest is folded away. */
const SHOWN = 8;
/** From so many values on one may search among them. */
const LONG = 12;

const isUseful = (one: FacetValue): boolean => one.count > 0 || one.selected;

/**
 * The lines of one filter: zero counts are left out unless chosen; past eight the rest is folded,
 * chosen ones always stand in front of the fold.
 */
export function facetLines(group: Pick<FacetGroup, 'key' | 'label' | 'values'>): {
  shown: FacetValue[];
  folded: FacetValue[];
} {
  const useful = group.values.filter(isUseful);
  if (useful.length <= SHOWN + 1) return { shown: useful, folded: [] };
  const shown = useful.filter((one, i) => i < SHOWN || one.selected);
  return { shown, folded: useful.filter((one) => !shown.includes(one)) };
}

/** The sections that hold something, with what is useful in them. */
export function usefulSections(group: FacetGroup): FacetSection[] {
  return (group.sections ?? [])
    .map((section) => ({
      ...section,
      whole: section.whole && isUseful(section.whole) ? section.whole : null,
      values: section.values.filter(isUseful),
    }))
    .filter((section) => section.values.length > 0 || section.whole !== null);
}

/** Is a filter so long that one may search in it? */
export function isLong(group: FacetGroup): boolean {
  return group.values.filter(isUseful).length > LONG;
}

/**
 * Puts values into sections, in the order of the sections.
 * @param sectionOf the section of a value; null for one that stands nowhere else
 * @param wholeOf the value that stands for all of a section, if there is one
 */
export function inSections(
  values: readonly FacetValue[],
  sections: readonly { id: string; label: string }[],
  sectionOf: (value: string) => string | null,
  wholeOf: (section: string) => string | null,
  others: string,
): FacetSection[] {
  const wholes = new Set(sections.map(({ id }) => wholeOf(id)));
  const known = new Set(sections.map(({ id }) => id));
  const placed = (value: string): string => {
    const section = sectionOf(value);
    return section !== null && known.has(section) ? section : '';
  };
  return [...sections, { id: '', label: others }].map(({ id, label }) => ({
    id,
    label,
    whole: values.find((one) => one.value === wholeOf(id)) ?? null,
    values: values.filter((one) => !wholes.has(one.value) && placed(one.value) === id),
  }));
}
