import { describe, expect, it } from 'vitest';
import { INTEREST_STATUSES, type InterestStatus } from '#lib/domain/engagement/interest.ts';
import {
  actionsOf,
  afterAction,
  contactsShared,
  INTEREST_ACTIONS,
  isWaiting,
  type ActingSide,
} from '#lib/domain/engagement/status.ts';

const SIDES: ActingSide[] = ['company', 'lead'];

/** Every pair of states; what is not named here has no way. `!` marks what is also possible while suspended. */
const WAYS: Partial<Record<`${InterestStatus} ${InterestStatus}`, string>> = {
  'sent opened': 'lead open',
  'sent shortlisted': 'lead shortlist',
  'sent accepted': 'lead accept',
  'sent declined': 'lead decline!',
  'sent withdrawn': 'company withdraw!',
  'opened shortlisted': 'lead shortlist',
  'opened accepted': 'lead accept',
  'opened declined': 'lead decline!',
  'opened withdrawn': 'company withdraw!',
  'shortlisted accepted': 'lead accept',
  'shortlisted declined': 'lead decline!',
  'shortlisted withdrawn': 'company withdraw!',
};

function ways(from: InterestStatus, to: InterestStatus, suspended: boolean): string[] {
  return SIDES.flatMap((side) =>
    INTEREST_ACTIONS.filter((action) => afterAction({ status: from, suspended }, action, side) === to).map(
      (action) => `${side} ${action}`,
    ),
  );
}

describe('expression of interest', () => {
  for (const from of INTEREST_STATUSES)
    for (const to of INTEREST_STATUSES) {
      const way = WAYS[`${from} ${to}`];
      it(`${from} → ${to}: ${way ?? 'no way'}`, () => {
        expect(ways(from, to, false)).toEqual(way === undefined ? [] : [way.replace('!', '')]);
        expect(ways(from, to, true)).toEqual(way?.endsWith('!') ? [way.slice(0, -1)] : []);
      });
    }

  it('is over once accepted, declined or withdrawn', () => {
    for (const status of INTEREST_STATUSES)
      for (const side of SIDES)
        if (!isWaiting(status)) expect(actionsOf({ status, suspended: false }, side)).toEqual([]);
  });

  it('shows contacts from acceptance on only', () => {
    expect(INTEREST_STATUSES.filter(contactsShared)).toEqual(['accepted']);
  });
});
