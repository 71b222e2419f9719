import type { OpportunityCard, OpportunityView } from '#lib/domain/opportunity/view.ts';
import { KOREAN_ZONE } from '#lib/domain/opportunity/zones.ts';

/**
 * A notice whose publisher keeps its name back, for those who may not know it: neither the publisher nor the project,
 * the place no finer than the country, and no clock but Korea's, since a country's clocks tell its regions apart.
 */
export function keptCard(card: OpportunityCard): OpportunityCard {
  return { ...card, named: false, project: null, place: '', deadlineZone: KOREAN_ZONE };
}

/** The same of everything a notice's page says. What officials think of the publisher stays, without its last day. */
export function keptView(view: OpportunityView): OpportunityView {
  return {
    ...view,
    ...keptCard(view),
    publisher: { id: null, name: { ko: '', en: '' }, standing: view.publisher.standing, vettedUntil: null },
    sourcedProject: null,
  };
}

/** The texts of a notice that everybody in its audience reads. */
export const OPEN_TEXTS = ['title_ko', 'title_en', 'summary_ko', 'summary_en'] as const;
export type OpenText = (typeof OPEN_TEXTS)[number];

/** Names that an open text gives away although they are kept back. */
export interface Giveaway {
  field: OpenText;
  words: string[];
}

/** What was warned of, as a form hands it back: whoever hands a notice in has seen exactly this. */
export function told(giveaways: readonly Giveaway[]): string {
  return giveaways.map(({ field, words }) => `${field}: ${words.join(', ')}`).join('; ');
}
