import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNamed } from '#lib/domain/engagement/reveal.ts';
import { invitationReveal, invitationSteps, type InvitationBar, type InvitedParty } from './invitation.ts';

const open: InvitedParty = { keeps: false, agreed: false, asked: false };
const kept: InvitedParty = { keeps: true, agreed: false, asked: false };
const agreed: InvitedParty = { keeps: true, agreed: true, asked: false };

const party = fc.record({ keeps: fc.boolean(), agreed: fc.boolean(), asked: fc.boolean() });
const bars: (InvitationBar | null)[] = [
  ...(['suspended', 'screened', 'other-out', 'over', 'not-published', 'interest-expressed'] as const),
  null,
];

describe('names on an invitation', () => {
  it('begins nothing where something bars it, and takes nothing back that was seen', () => {
    fc.assert(
      fc.property(party, party, fc.constantFrom(...bars), (own, other, bar) => {
        const steps = invitationSteps(own, other, bar);
        expect(steps.length).toBeLessThanOrEqual(1);
        if (bar !== null) expect(steps.filter((step) => step !== 'take-back')).toEqual([]);
        if (steps.includes('take-back')) expect(isNamed(own, other)).toBe(false);
        if (steps.includes('ask')) expect(own.keeps).toBe(false);
        if (steps.includes('agree')) expect(own.keeps && !own.agreed).toBe(true);
      }),
    );
  });

  it('asks where the own name is shown anyway, once, and only for what is kept back', () => {
    expect(invitationSteps(open, kept, null)).toEqual(['ask']);
    expect(invitationSteps({ ...open, asked: true }, kept, null)).toEqual([]);
    expect(invitationSteps(open, agreed, null)).toEqual([]);
    expect(invitationSteps(open, open, null)).toEqual([]);
    expect(invitationSteps(kept, open, null)).toEqual(['agree']);
    expect(invitationSteps(agreed, kept, null)).toEqual(['take-back']);
    expect(invitationSteps(agreed, kept, 'over')).toEqual(['take-back']);
    expect(invitationSteps(agreed, kept, 'interest-expressed')).toEqual([]);
  });

  it('is no matter where both show their names, and for viewers something to read', () => {
    expect(invitationReveal(open, open, { bar: null, mayAct: true })).toBeNull();
    expect(invitationReveal(agreed, open, { bar: null, mayAct: true })).toMatchObject({
      own: 'agreed',
      shown: true,
      step: null,
    });
    expect(invitationReveal(kept, agreed, { bar: null, mayAct: false })).toMatchObject({
      others: { kept: 1, agreed: 1 },
      shown: false,
      step: null,
    });
  });
});
