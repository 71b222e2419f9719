import { describe, expect, it } from 'vitest';
import type { ProfileItem } from '#lib/domain/company/completeness.ts';
import { nextStep, type Gain } from '#lib/domain/company/next-step.ts';

function item(changes: Partial<ProfileItem>): ProfileItem {
  return { id: 'ksic', step: 'identity', field: 'ksic_search', required: false, done: false, ...changes };
}

function gain(opportunity: string, key: string, changes: Partial<Gain> = {}): Gain {
  return {
    opportunity,
    points: 0.1,
    opens: false,
    text: key,
    field: { step: 'capabilities', row: 'k1', key },
    ...changes,
  };
}

const YEAR = item({ id: 'capacity-year', step: 'capabilities', field: 'year' });

describe('the next step', () => {
  it('is what keeps the profile from being published', () => {
    const items = [YEAR, item({ id: 'languages', step: 'reach', field: 'languages', required: true })];
    expect(nextStep(items, [gain('a', 'year')])).toMatchObject({ kind: 'item', item: { id: 'languages' } });
  });

  it('then the missing answer that reaches most, each opportunity counted once', () => {
    const gains = [
      gain('a', 'year'),
      gain('a', 'year'),
      gain('b', 'year', { opens: true }),
      gain('a', 'evidence'),
    ];
    expect(nextStep([item({}), YEAR], gains)).toMatchObject({
      kind: 'item',
      item: { id: 'capacity-year' },
      opportunities: 2,
      opens: 1,
    });
  });

  it('then what would still raise it, opened gates before points', () => {
    const gains = [
      gain('a', 'amount'),
      gain('b', 'amount'),
      gain('c', 'submit', { opens: true, field: { step: 'vetting', row: null, key: 'submit' } }),
    ];
    expect(nextStep([], gains)).toMatchObject({ kind: 'raise', text: 'submit', opportunities: 1, opens: 1 });
    expect(nextStep([item({})], gains)).toMatchObject({ kind: 'raise' });
  });

  it('then any open answer, then none', () => {
    expect(nextStep([item({})], [])).toMatchObject({ kind: 'item', opportunities: 0 });
    expect(nextStep([item({ done: true })], [])).toEqual({ kind: 'done' });
  });
});
