import type { MatchOpportunity } from '#lib/domain/match/types.ts';
import type { FeedbackReason } from '#lib/domain/opportunity/feedback.ts';

/** Something an organisation said is not relevant to it, because. */
export interface Dismissal {
  opportunity: MatchOpportunity;
  reason: FeedbackReason;
}

/** Why a match stands further down in one organisation's list: what it said of others like it. */
export type Later = 'place' | 'not-our-work';

/**
 * What an organisation said is not relevant tunes its own order, and no other's: notices in a country that did not
 * suit, or asking for just the work that was said to be another's, come after the rest of their group. Scores stay as
 * they are, and each such match says why it stands where it does; taking the word back undoes it.
 */
export function tuningOf(dismissals: readonly Dismissal[]): (opportunity: MatchOpportunity) => Later | null {
  const places = new Set<string>();
  const works = new Set<string>();
  for (const { opportunity, reason } of dismissals) {
    if (reason === 'place' && opportunity.country !== null) places.add(opportunity.country);
    const work = workOf(opportunity);
    if (reason === 'not-our-work' && work !== null) works.add(work);
  }
  return (opportunity) => {
    if (opportunity.country !== null && places.has(opportunity.country)) return 'place';
    const work = workOf(opportunity);
    return work !== null && works.has(work) ? 'not-our-work' : null;
  };
}

/** The kinds of work that a notice demands, as one text; null when it demands none. */
function workOf({ requirements }: MatchOpportunity): string | null {
  const leaves = requirements.flatMap((line) =>
    line.kind === 'capability' && line.must ? [line.capability] : [],
  );
  return leaves.length === 0 ? null : [...new Set(leaves)].sort().join(' ');
}
