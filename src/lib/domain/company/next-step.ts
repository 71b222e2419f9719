import { nextItem, type ProfileItem, type ProfileItemId } from '#lib/domain/company/completeness.ts';
import type { ProfileField } from '#lib/domain/match/explain-raise.ts';

/** Something that would raise the match with one open opportunity, as the matching engine computed it. */
export interface Gain {
  opportunity: string;
  /** Share of one. */
  points: number;
  /** It would open a gate that shuts the company out now. */
  opens: boolean;
  text: string;
  field: ProfileField;
}

export type NextStep =
  /** An answer of the profile is missing. */
  | { kind: 'item'; item: ProfileItem; opportunities: number; opens: number }
  /** The profile is answered; this would still raise it. */
  | { kind: 'raise'; text: string; field: ProfileField; opportunities: number; opens: number }
  | { kind: 'done' };

/** Which answer of the profile a change is about; changes that belong to none are left out. */
const ITEM_OF: Readonly<Record<string, ProfileItemId>> = {
  'capabilities.evidence': 'capability-evidence',
  'capabilities.amount': 'capacity',
  'capabilities.unit': 'capacity',
  'capabilities.year': 'capacity-year',
  'capabilities.minerals': 'capability-minerals',
  'evidence.certification': 'certificate',
  'evidence.valid_to': 'certificate',
  'reach.languages': 'languages',
};

interface Reached {
  opportunities: Set<string>;
  opens: Set<string>;
}

/**
 * The one thing to do next and how many open opportunities it brings into reach: those whose score it raises or
 * whose gate it opens, counted by re-scoring, not guessed. What keeps the profile from being published comes first;
 * then the change that reaches most, gates before points.
 */
export function nextStep(items: readonly ProfileItem[], gains: readonly Gain[]): NextStep {
  const byItem = new Map<ProfileItemId, Reached>();
  for (const gain of gains) {
    const item = ITEM_OF[`${gain.field.step}.${gain.field.key}`];
    if (item !== undefined) add(byItem, item, gain);
  }
  const counts = new Map([...byItem].map(([id, reached]) => [id, reached.opportunities.size]));
  const item = nextItem(items, counts);
  if (item !== null && (item.required || counts.has(item.id))) return asItem(item, byItem.get(item.id));
  const best = bestRaise(gains);
  if (best !== null) return best;
  return item === null ? { kind: 'done' } : asItem(item, undefined);
}

function asItem(item: ProfileItem, reached: Reached | undefined): NextStep {
  return {
    kind: 'item',
    item,
    opportunities: reached?.opportunities.size ?? 0,
    opens: reached?.opens.size ?? 0,
  };
}

function bestRaise(gains: readonly Gain[]): NextStep | null {
  const byField = new Map<string, Reached>();
  const first = new Map<string, Gain>();
  for (const gain of gains) {
    const key = `${gain.field.step}?${gain.field.row ?? ''}#${gain.field.key}`;
    add(byField, key, gain);
    if (!first.has(key)) first.set(key, gain);
  }
  const ranked = [...byField].sort(
    ([, a], [, b]) => b.opens.size - a.opens.size || b.opportunities.size - a.opportunities.size,
  );
  const [top] = ranked;
  const gain = top === undefined ? undefined : first.get(top[0]);
  if (top === undefined || gain === undefined) return null;
  return {
    kind: 'raise',
    text: gain.text,
    field: gain.field,
    opportunities: top[1].opportunities.size,
    opens: top[1].opens.size,
  };
}

function add<K>(map: Map<K, Reached>, key: K, gain: Gain): void {
  const reached = map.get(key) ?? { opportunities: new Set(), opens: new Set() };
  reached.opportunities.add(gain.opportunity);
  if (gain.opens) reached.opens.add(gain.opportunity);
  map.set(key, reached);
}
