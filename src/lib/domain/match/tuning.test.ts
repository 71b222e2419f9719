import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleOpportunity } from '#lib/domain/match/example.ts';
import { tuningOf, type Dismissal } from '#lib/domain/match/tuning.ts';
import type { MatchOpportunity } from '#lib/domain/match/types.ts';
import { FEEDBACK_REASONS } from '#lib/domain/opportunity/feedback.ts';

const notice = (country: string | null, ...capabilities: string[]): MatchOpportunity => ({
  ...exampleOpportunity('2026-11-25'),
  country,
  requirements: capabilities.map((capability, i) => ({
    id: `q${i}`,
    must: true,
    weight: 1,
    kind: 'capability',
    capability,
    minerals: [],
    amount: null,
    unit: null,
  })),
});

describe('tuning', () => {
  it('puts back what is like something said to be in the wrong place or other work', () => {
    const later = tuningOf([
      { opportunity: notice('TZ', 'a', 'b'), reason: 'place' },
      { opportunity: notice('KZ', 'b', 'a'), reason: 'not-our-work' },
    ]);
    expect(later(notice('TZ', 'c'))).toBe('place');
    expect(later(notice('AU', 'a', 'b'))).toBe('not-our-work');
    // More or less than the same work is another matter, as is another country.
    expect(later(notice('AU', 'a'))).toBeNull();
    expect(later(notice('KZ', 'c'))).toBeNull();
    expect(later(notice(null))).toBeNull();
  });

  it('moves nothing for any other reason', () => {
    const others = FEEDBACK_REASONS.filter((reason) => reason !== 'place' && reason !== 'not-our-work');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...others)), (reasons) => {
        const said: Dismissal[] = reasons.map((reason) => ({ opportunity: notice('TZ', 'a'), reason }));
        expect(tuningOf(said)(notice('TZ', 'a'))).toBeNull();
      }),
    );
  });
});
