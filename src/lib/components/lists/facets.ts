/** A filter of a list and the values it offers, each with how many results it would leave. */
export interface FacetGroup {
  /** Name in the address: `mineral`. */
  key: string;
  label: string;
  values: FacetValue[];
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  selected: boolean;
}

/** Lines shown before the rest is folded away. */
const SHOWN = 8;

/**
 * The lines of one filter: zero counts are left out unless chosen; past eight the rest is folded,
 * chosen ones always stand in front of the fold.
 */
export function facetLines(group: FacetGroup): { shown: FacetValue[]; folded: FacetValue[] } {
  const useful = group.values.filter((one) => one.count > 0 || one.selected);
  if (useful.length <= SHOWN + 1) return { shown: useful, folded: [] };
  const shown = useful.filter((one, i) => i < SHOWN || one.selected);
  return { shown, folded: useful.filter((one) => !shown.includes(one)) };
}
