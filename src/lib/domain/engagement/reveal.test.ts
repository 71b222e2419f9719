import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bothNamed, isNamed, revealBar, revealStep, revealView, type Party } from './reveal.ts';

const open: Party = { keeps: false, agreed: false };
const kept: Party = { keeps: true, agreed: false };
const agreed: Party = { keeps: true, agreed: true };
const live = { status: 'opened', suspended: false } as const;

const party = fc.record({ keeps: fc.boolean(), agreed: fc.boolean() });

describe('names shown once both sides agree', () => {
  it('shows a name that is kept back only by an agreement of both', () => {
    fc.assert(
      fc.property(party, party, (own, other) => {
        expect(isNamed(own, other)).toBe(!own.keeps || (own.agreed && (other.agreed || !other.keeps)));
        expect(bothNamed(own, other)).toBe(bothNamed(other, own));
        if (own.keeps && other.keeps) expect(isNamed(own, other)).toBe(isNamed(other, own));
      }),
    );
  });

  it('asks nothing of two that show their names', () => {
    expect(revealView(open, [open], { ...live, mayAct: true })).toBeNull();
  });

  it('is agreed to, taken back, and final once the other side has agreed', () => {
    expect(revealStep(kept, [kept], live)).toBe('agree');
    expect(revealStep(agreed, [kept], live)).toBe('take-back');
    expect(revealStep(agreed, [agreed], live)).toBeNull();
    expect(revealStep(agreed, [open], live)).toBeNull();
    expect(revealStep(open, [kept], live)).toBeNull();
    expect(revealStep(agreed, [kept, agreed], live)).toBeNull();
  });

  it.each(['withdrawn', 'declined'] as const)(
    'is not begun after it was %s, but can be taken back',
    (status) => {
      expect(revealStep(kept, [kept], { status, suspended: false })).toBeNull();
      expect(revealStep(agreed, [kept], { status, suspended: false })).toBe('take-back');
    },
  );

  it('is not begun while suspended', () => {
    expect(revealStep(kept, [kept], { status: 'opened', suspended: true })).toBeNull();
  });

  it.each([
    ['lead', 'vetted', 'suspended', 'vetted', 'suspended'],
    ['lead', 'suspended', 'suspended', 'suspended', 'lead-suspended'],
    ['company', 'vetted', 'vetted', 'suspended', 'suspended'],
    ['company', 'suspended', 'vetted', 'vetted', 'suspended'],
    ['company', 'vetted', 'suspended', null, 'suspended'],
    ['company', 'registered', 'registered', null, null],
    ['lead', 'vetted', 'refused', 'vetted', null],
  ] as const)('is barred for the %s that is %s with %s and %s: %s', (side, own, company, publisher, bar) => {
    expect(revealBar(side, { own, company, lead: publisher })).toBe(bar);
  });

  it('counts the companies of a team', () => {
    expect(revealView(open, [kept, agreed, open], { ...live, mayAct: true })).toEqual({
      own: 'open',
      others: { kept: 2, agreed: 1 },
      shown: false,
      step: null,
    });
    expect(revealView(agreed, [open], { ...live, mayAct: false })).toMatchObject({ shown: true, step: null });
  });
});
