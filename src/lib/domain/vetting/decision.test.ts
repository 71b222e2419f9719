import { describe, expect, it } from 'vitest';
import { missingForProposal, outcomesFor, standingAfter } from '#lib/domain/vetting/decision.ts';
import { reasonsFor } from '#lib/domain/vetting/reasons.ts';
import {
  CASE_KINDS,
  OUTCOMES,
  type CaseKind,
  type Finding,
  type Outcome,
} from '#lib/domain/vetting/vetting.ts';

const today = '2026-11-24';
const proposal = (outcome: Outcome, validTo: string | null = '2027-11-23', kind: CaseKind = 'first') => ({
  kind,
  outcome,
  validTo,
  today,
});
const MET: Finding[] = ['met', 'met', 'not-applicable'];

describe('proposing a decision', () => {
  it('vets when everything is found and met, to a date ahead', () => {
    expect(missingForProposal(proposal('vetted'), MET)).toEqual({});
  });

  it('does not vet with an open or failed item', () => {
    expect(missingForProposal(proposal('vetted'), ['met', null])).toEqual({ outcome: 'findings-missing' });
    expect(missingForProposal(proposal('vetted'), ['met', 'not-met'])).toEqual({
      outcome: 'findings-not-met',
    });
  });

  it('refuses with a failed item, but not with an open one', () => {
    expect(missingForProposal(proposal('refused', null), ['met', 'not-met'])).toEqual({});
    expect(missingForProposal(proposal('refused', null), [null, 'not-met'])).toEqual({
      outcome: 'findings-missing',
    });
  });

  it('suspends at once', () => {
    expect(missingForProposal(proposal('suspended', null, 'suspension'), [null, null])).toEqual({});
  });

  it('wants a last day ahead, at most two years', () => {
    expect(missingForProposal(proposal('vetted', null), MET)).toEqual({ valid_to: 'required' });
    expect(missingForProposal(proposal('vetted', today), MET)).toEqual({ valid_to: 'past-date' });
    expect(missingForProposal(proposal('vetted', '2028-11-23'), MET)).toEqual({});
    expect(missingForProposal(proposal('vetted', '2028-11-24'), MET)).toEqual({ valid_to: 'too-late' });
  });

  it('ends each kind of case only in its own outcomes', () => {
    for (const kind of CASE_KINDS) {
      for (const outcome of OUTCOMES) {
        const fields = missingForProposal(proposal(outcome, '2027-11-23', kind), MET);
        expect(fields.outcome === 'bad-choice').toBe(!outcomesFor(kind).includes(outcome));
      }
    }
  });

  it('has a reason code for every outcome, and a standing', () => {
    for (const outcome of OUTCOMES) expect(reasonsFor(outcome).length).toBeGreaterThan(0);
    expect(OUTCOMES.map(standingAfter)).toEqual(['vetted', 'refused', 'suspended', 'vetted']);
  });
});
