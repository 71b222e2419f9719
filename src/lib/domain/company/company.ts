/** 중소기업, 중견기업, 대기업, 공공기관, 연구기관. */
export const COMPANY_SIZES = ['sme', 'midsize', 'large', 'public', 'research'] as const;
export type CompanySize = (typeof COMPANY_SIZES)[number];

/** What a capability rests on, weakest first. A claim never equals an audit (DOMAIN 3.8). */
export const EVIDENCE_LEVELS = ['claimed', 'document', 'reference', 'audited'] as const;
export type EvidenceLevel = (typeof EVIDENCE_LEVELS)[number];

export const COUNTRY_EXPERIENCE_KINDS = ['office', 'project', 'export', 'jv'] as const;
export type CountryExperienceKind = (typeof COUNTRY_EXPERIENCE_KINDS)[number];
