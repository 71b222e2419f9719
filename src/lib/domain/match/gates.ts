import { certificateHolds, isAtLeast, meetsLeaf } from '#lib/domain/match/facts.ts';
import type { Need } from '#lib/domain/match/need.ts';
import type { MatchCompany, MatchOpportunity, MatchRequirement, SourceRow } from '#lib/domain/match/types.ts';

/** Rules that shut a company out of an opportunity whatever its score, in the order they are read. */
export const GATE_RULES = [
  'not-suspended',
  'not-screened',
  'published',
  'vetted',
  'visibility',
  'own-opportunity',
  'eligible-country',
  'company-exclusion',
  'must-size',
  'must-investment',
  'must-certificate',
  'must-country',
  'must-language',
  'must-capability',
] as const;
export type GateRule = (typeof GATE_RULES)[number];

export interface Gate {
  rule: GateRule;
  /** The must line, for rules of lines. */
  requirement: string | null;
  passed: boolean;
  /** The row that decided; null when it is the absence of any. */
  source: SourceRow | null;
}

export interface GateOptions {
  /** The publisher looks for companies to invite: who is not invited yet is not shut out. */
  inviting?: boolean;
}

const profile = (id: string): SourceRow => ({ kind: 'profile', id });

/** Every gate that applies to the pair, passed or not. */
export function gatesOf(need: Need, company: MatchCompany, options: GateOptions = {}): Gate[] {
  return [...companyGates(need, company, options), ...lineGates(need, company)];
}

/** Does the company pass them all? */
export function passesGates(gates: readonly Gate[]): boolean {
  return gates.every(({ passed }) => passed);
}

/** Is vetting valid to the end of the day? */
export function isVettedAt(company: MatchCompany, day: string): boolean {
  return company.status === 'vetted' && (company.vettedUntil === null || company.vettedUntil >= day);
}

/**
 * Is an open opportunity one the company knows of? One shut gate makes an opportunity near; those that the company
 * may not know of are not near, they are not there, not even in a count.
 */
export function isKnownTo(company: MatchCompany, opportunity: MatchOpportunity, today: string): boolean {
  return (
    opportunity.visibility === 'public' ||
    opportunity.invited.includes(company.id) ||
    (opportunity.visibility === 'vetted' && isVettedAt(company, today))
  );
}

function companyGates(need: Need, company: MatchCompany, options: GateOptions): Gate[] {
  const { opportunity, dueDay } = need;
  const gates: Gate[] = [];
  const add = (rule: GateRule, passed: boolean, source: string): void => {
    gates.push({ rule, requirement: null, passed, source: profile(source) });
  };
  // Who was refused is shown to nobody either, see the companies' `visibleTo`.
  add('not-suspended', company.status !== 'suspended' && company.status !== 'refused', 'status');
  add('not-screened', !company.screened, 'screening');
  add('published', company.published, 'published');
  if (opportunity.visibility === 'vetted' || opportunity.requiresVetted)
    add('vetted', isVettedAt(company, dueDay), 'status');
  if (opportunity.visibility === 'invited' && options.inviting !== true)
    add('visibility', opportunity.invited.includes(company.id), 'invitation');
  if (opportunity.publisherId !== null)
    add('own-opportunity', opportunity.publisherId !== company.id, 'organisation');
  if (opportunity.eligibleCountries !== null)
    add('eligible-country', opportunity.eligibleCountries.includes(company.country), 'country');
  if (company.excludes !== null) add('company-exclusion', unwantedBy(need, company).length === 0, 'excludes');
  return gates;
}

/** What of a company's own exclusions an opportunity meets. */
export type Unwanted = 'country' | 'type' | 'value';

/** Why a company does not want the opportunity; empty when it has excluded nothing of the kind. */
export function unwantedBy({ opportunity }: Need, { excludes }: MatchCompany): Unwanted[] {
  if (excludes === null) return [];
  const found: Unwanted[] = [];
  if (opportunity.country !== null && excludes.countries.includes(opportunity.country)) found.push('country');
  if (excludes.types.includes(opportunity.type)) found.push('type');
  const { minValueUsd } = excludes;
  if (minValueUsd !== null && opportunity.valueUsd !== null && opportunity.valueUsd < minValueUsd)
    found.push('value');
  return found;
}

function lineGates(need: Need, company: MatchCompany): Gate[] {
  return need.opportunity.requirements
    .filter(({ must }) => must)
    .map((line) => lineGate(need, company, line))
    .sort((a, b) => GATE_RULES.indexOf(a.rule) - GATE_RULES.indexOf(b.rule));
}

/** One must line as a gate. */
export function lineGate(need: Need, company: MatchCompany, line: MatchRequirement): Gate {
  const gate = (rule: GateRule, source: SourceRow | null): Gate => ({
    rule,
    requirement: line.id,
    passed: source !== null,
    source,
  });
  switch (line.kind) {
    case 'capability': {
      const rows = company.capabilities.filter((row) => meetsLeaf(need, line.capability, row.capability));
      const degree = (held: string) => need.basis.relations.capability(line.capability, held).degree;
      rows.sort((a, b) => degree(b.capability) - degree(a.capability) || (a.id < b.id ? -1 : 1));
      return gate('must-capability', rows[0] === undefined ? null : { kind: 'capability', id: rows[0].id });
    }
    case 'certifications_any': {
      const rows = company.certifications.filter(
        (row) =>
          line.certifications.includes(row.id) && certificateHolds(row, need.dueDay, line.verifiedOnly),
      );
      const [first] = rows.map(({ id }) => id).sort();
      return gate('must-certificate', first === undefined ? null : { kind: 'certification', id: first });
    }
    case 'country_experience':
      return gate('must-country', experienceIn(company, line.countries));
    case 'language':
      return gate(
        'must-language',
        company.languages.includes(line.language) ? { kind: 'language', id: line.language } : null,
      );
    case 'min_size':
      return gate('must-size', isAtLeast(company.size, line.minSize) ? profile('size') : null);
    case 'can_invest':
      return gate('must-investment', company.canInvest ? { kind: 'finance', id: 'can_invest' } : null);
  }
}

function experienceIn(company: MatchCompany, countries: readonly string[]): SourceRow | null {
  const [held] = company.countries
    .map(({ country }) => country)
    .filter((country) => countries.includes(country))
    .sort();
  if (held !== undefined) return { kind: 'country_experience', id: held };
  const [done] = company.references
    .filter(({ country }) => country !== null && countries.includes(country))
    .map(({ id }) => id)
    .sort();
  return done === undefined ? null : { kind: 'reference', id: done };
}
