import type { Standing } from '#lib/domain/account/account.ts';
import type { CaseKind, Finding, Outcome } from '#lib/domain/vetting/vetting.ts';

/** The outcomes that a kind of case can end in. */
const OUTCOMES_OF: Record<CaseKind, readonly Outcome[]> = {
  first: ['vetted', 'refused'],
  renewal: ['vetted', 'refused', 'suspended'],
  change: ['vetted', 'refused', 'suspended'],
  suspension: ['suspended', 'vetted'],
  restoration: ['restored', 'suspended'],
};

export function outcomesFor(kind: CaseKind): readonly Outcome[] {
  return OUTCOMES_OF[kind];
}

/** Longest validity of a decision, in days. */
export const LONGEST_VALIDITY_DAYS = 730;

interface Proposal {
  kind: CaseKind;
  outcome: Outcome;
  /** `YYYY-MM-DD` */
  validTo: string | null;
  /** `YYYY-MM-DD` in Korea */
  today: string;
}

/**
 * What keeps a decision from being proposed: field → issue code; empty when nothing does.
 * To vet, every item must be found and none "not met". To refuse, every item must be found. A suspension may be
 * proposed at once.
 */
export function missingForProposal(
  proposal: Proposal,
  findings: readonly (Finding | null)[],
): Record<string, string> {
  const fields: Record<string, string> = {};
  const { kind, outcome, validTo, today } = proposal;
  const vets = outcome === 'vetted' || outcome === 'restored';
  if (!outcomesFor(kind).includes(outcome)) fields.outcome = 'bad-choice';
  else if (outcome !== 'suspended' && findings.some((finding) => finding === null))
    fields.outcome = 'findings-missing';
  else if (vets && findings.includes('not-met')) fields.outcome = 'findings-not-met';
  if (vets) {
    if (validTo === null) fields.valid_to = 'required';
    else if (validTo <= today) fields.valid_to = 'past-date';
    else if (Date.parse(validTo) - Date.parse(today) > LONGEST_VALIDITY_DAYS * 86_400_000)
      fields.valid_to = 'too-late';
  }
  return fields;
}

/** The standing an organisation has once the outcome is confirmed. */
export function standingAfter(outcome: Outcome): Standing {
  return outcome === 'restored' ? 'vetted' : outcome;
}
