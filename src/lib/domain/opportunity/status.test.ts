import { describe, expect, it } from 'vitest';
import { OPPORTUNITY_STATUSES, type OpportunityStatus } from '#lib/domain/opportunity/opportunity.ts';
import {
  actionsOf,
  afterAction,
  isFinal,
  OPPORTUNITY_ACTIONS,
  phaseAt,
  takesInterest,
  waysBetween,
} from '#lib/domain/opportunity/status.ts';

/** Every pair of states; what is not named here has no way. */
const WAYS: Partial<Record<`${OpportunityStatus} ${OpportunityStatus}`, string[]>> = {
  'draft draft': ['lead edit'],
  'draft submitted': ['lead submit'],
  'draft withdrawn': ['lead withdraw'],
  'submitted draft': ['lead take-back', 'ministry return'],
  'submitted published': ['ministry publish'],
  'submitted withdrawn': ['lead withdraw'],
  'published published': ['lead amend'],
  'published closed': ['lead close', 'clock close'],
  'published withdrawn': ['lead withdraw'],
};

describe('opportunity status', () => {
  for (const from of OPPORTUNITY_STATUSES)
    for (const to of OPPORTUNITY_STATUSES)
      it(`${from} → ${to}: ${WAYS[`${from} ${to}`]?.join(', ') ?? 'no way'}`, () => {
        const ways = waysBetween(from, to).map(({ side, action }) => `${side} ${action}`);
        expect(ways.toSorted()).toEqual((WAYS[`${from} ${to}`] ?? []).toSorted());
      });

  it('never moves anything but a published notice by the clock', () => {
    for (const status of OPPORTUNITY_STATUSES)
      expect(actionsOf(status, 'clock')).toEqual(status === 'published' ? ['close'] : []);
  });

  it('lets nobody publish their own notice', () => {
    for (const status of OPPORTUNITY_STATUSES) expect(afterAction(status, 'publish', 'lead')).toBeNull();
  });

  it('ends in closed and withdrawn', () => {
    expect(OPPORTUNITY_STATUSES.filter(isFinal)).toEqual(['closed', 'withdrawn']);
    for (const action of OPPORTUNITY_ACTIONS) expect(afterAction('withdrawn', action, 'lead')).toBeNull();
  });
});

describe('phase', () => {
  const now = new Date('2026-11-23T03:00:00Z');
  const at = (
    deadline: string | null,
    opens: string | null = null,
    status: OpportunityStatus = 'published',
  ) => phaseAt({ status, opens, deadline: deadline === null ? null : new Date(deadline) }, now, '2026-11-23');

  it('is over at the very moment of the deadline', () => {
    expect(at('2026-11-23T03:00:00Z')).toBe('closed');
    expect(at('2026-11-23T03:00:01Z')).toBe('closing');
  });
  it('closes soon in the last seven days', () => {
    expect(at('2026-11-30T03:00:00Z')).toBe('closing');
    expect(at('2026-11-30T03:00:01Z')).toBe('open');
    expect(at(null)).toBe('open');
  });
  it('waits for its first day', () => {
    expect(at('2026-12-30T03:00:00Z', '2026-11-24')).toBe('upcoming');
    expect(at('2026-12-30T03:00:00Z', '2026-11-23')).toBe('open');
  });
  it('is the status itself unless published, and takes interest only while open', () => {
    expect(at(null, null, 'withdrawn')).toBe('withdrawn');
    expect(
      (['draft', 'submitted', 'upcoming', 'open', 'closing', 'closed', 'withdrawn'] as const).filter(
        takesInterest,
      ),
    ).toEqual(['open', 'closing']);
  });
});
