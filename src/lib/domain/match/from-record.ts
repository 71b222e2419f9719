import type { CompanyRecord } from '#lib/domain/company/record.ts';
import type { ConceptLexicon } from '#lib/domain/match/concepts.ts';
import type { MatchCompany, MatchOpportunity, MatchRequirement } from '#lib/domain/match/types.ts';
import type { OpportunityRecord } from '#lib/domain/opportunity/record.ts';
import type { RequirementRecord } from '#lib/domain/opportunity/requirement.ts';

/** A company as a file describes it, for matching. What the file does not say is taken as not there. */
export function companyFromRecord(record: CompanyRecord, lexicon: ConceptLexicon): MatchCompany {
  return {
    id: record.id,
    size: record.size,
    country: 'KR',
    status: record.status ?? 'registered',
    vettedUntil: null,
    screened: false,
    published: record.published,
    capabilities: record.capabilities.map(({ id, capability, minerals, capacity, evidence }) => ({
      id,
      capability,
      minerals,
      amount: capacity?.amount ?? null,
      unit: capacity?.unit ?? null,
      year: capacity?.year ?? null,
      evidence,
    })),
    certifications: record.certifications.map(({ id, valid_to, verified }) => ({
      id,
      validTo: valid_to,
      verified,
    })),
    references: record.references.map(({ id, country, minerals, capability, year, confirmed }) => ({
      id,
      country,
      minerals,
      capability,
      year,
      confirmed,
    })),
    countries: record.country_experience.map(({ country, kind }) => ({ country, kind })),
    languages: record.languages,
    canInvest: record.finance?.can_invest ?? false,
    updatedOn: null,
    concepts: lexicon.idsOf(record.summary_ko, record.summary_en),
    excludes: null,
  };
}

/** An opportunity as a file describes it, for matching. */
export function opportunityFromRecord(record: OpportunityRecord, lexicon: ConceptLexicon): MatchOpportunity {
  return {
    id: record.id,
    publisherId: null,
    open: record.status === 'open',
    country: record.country,
    type: record.type,
    minerals: record.minerals,
    requirements: record.requirements.map(requirementFromRecord),
    deadlineDay: record.deadline?.slice(0, 10) ?? null,
    visibility: record.visibility,
    requiresVetted: false,
    invited: [],
    eligibleCountries: null,
    valueUsd: null,
    concepts: lexicon.idsOf(record.title_ko, record.title_en, record.summary_ko, record.summary_en),
    work: record.requirements.some(({ capability }) => capability !== undefined)
      ? []
      : lexicon.workOf([record.title_ko, record.title_en], [record.summary_ko, record.summary_en]),
  };
}

/** A requirement line of a file as one of the six kinds. */
export function requirementFromRecord(line: RequirementRecord): MatchRequirement {
  const common = { id: line.id, must: line.must, weight: line.weight };
  if (line.certifications_any !== undefined)
    return {
      ...common,
      kind: 'certifications_any',
      certifications: line.certifications_any,
      verifiedOnly: false,
    };
  if (line.country_experience !== undefined)
    return { ...common, kind: 'country_experience', countries: line.country_experience };
  if (line.language !== undefined) return { ...common, kind: 'language', language: line.language };
  if (line.min_size !== undefined) return { ...common, kind: 'min_size', minSize: line.min_size };
  if (line.can_invest !== undefined) return { ...common, kind: 'can_invest' };
  return {
    ...common,
    kind: 'capability',
    capability: line.capability ?? '',
    minerals: line.minerals ?? [],
    amount: line.quantity?.amount ?? null,
    unit: line.quantity?.unit ?? null,
  };
}
