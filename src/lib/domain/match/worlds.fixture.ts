import fc from 'fast-check';
import { COMPANY_SIZES, COUNTRY_EXPERIENCE_KINDS, EVIDENCE_LEVELS } from '#lib/domain/company/company.ts';
import { Geography } from '#lib/domain/match/geography.ts';
import { MODEL } from '#lib/domain/match/model.ts';
import type { MatchBasis } from '#lib/domain/match/need.ts';
import { Relations } from '#lib/domain/match/relations.ts';
import type {
  MatchCapability,
  MatchCertification,
  MatchCompany,
  MatchCountry,
  MatchOpportunity,
  MatchReferenceRow,
  MatchRequirement,
} from '#lib/domain/match/types.ts';
import { OPPORTUNITY_TYPES, VISIBILITIES } from '#lib/domain/opportunity/opportunity.ts';

/** Small random worlds for property tests: few ids, so that rows meet often. */

const REASON = { reasonKo: '가깝습니다.', reasonEn: 'They are close.' };
const relation = (from: string, to: string, degree: number, symmetric: boolean) => ({
  from,
  to,
  degree,
  symmetric,
  ...REASON,
});
export const LEAVES = ['flotation', 'flake', 'filters', 'smelting', 'sx', 'ree', 'shipping', 'esia'];
const STAGE: Record<string, string> = {
  flotation: 'mill',
  flake: 'mill',
  filters: 'mill',
  smelting: 'refine',
  sx: 'refine',
  ree: 'refine',
  esia: 'esg-community-closure',
  shipping: 'logistics',
};
export const MINERALS = ['graphite', 'nickel', 'cobalt', 'copper', 'neodymium', 'dysprosium', 'rare-earths'];
export const COUNTRIES = ['TZ', 'KE', 'MZ', 'AU', 'CL', 'KZ', 'KR'];
export const CERTIFICATES = ['iso-9001', 'iso-14001', 'iso-45001', 'rmap'];
const LANGUAGES = ['ko', 'en', 'fr', 'es'];
const CONCEPTS = ['jorc', 'pilot', 'dry-stack', 'epc', 'mhp'];
const UNIT_TEXTS = [
  't/yr',
  'kt/yr',
  'kg/h',
  't/month',
  't Ni/yr',
  't NiSO4·6H2O/yr',
  't LCE/yr',
  'MW',
  'samples/yr',
  'nonsense unit',
];

export const BASIS: MatchBasis = {
  model: MODEL,
  relations: new Relations(
    LEAVES.map((id) => ({ id, stage: STAGE[id] ?? id })),
    [
      relation('flotation', 'flake', 0.7, false),
      relation('flake', 'flotation', 0.6, false),
      relation('sx', 'ree', 0.7, true),
      relation('shipping', 'filters', 0.3, false),
    ],
    [
      { id: 'ni-co', kind: 'family', minerals: ['nickel', 'cobalt', 'copper'], degree: 0.6, ...REASON },
      {
        id: 'ree',
        kind: 'whole',
        minerals: ['rare-earths', 'neodymium', 'dysprosium'],
        degree: 0.85,
        ...REASON,
      },
      { id: 'light-heavy', kind: 'group', minerals: ['neodymium', 'dysprosium'], degree: 0.65, ...REASON },
    ],
  ),
  geography: new Geography(
    [
      { iso2: 'TZ', region: 'Africa', subregion: 'Eastern Africa' },
      { iso2: 'KE', region: 'Africa', subregion: 'Eastern Africa' },
      { iso2: 'MZ', region: 'Africa', subregion: 'Southern Africa' },
      { iso2: 'AU', region: 'Oceania', subregion: 'Oceania' },
      { iso2: 'CL', region: 'Americas', subregion: 'South America' },
      { iso2: 'KZ', region: 'Asia', subregion: 'Central Asia' },
      { iso2: 'KR', region: 'Asia', subregion: 'Eastern Asia' },
    ],
    [
      {
        id: 'msp',
        members: ['AU', 'CL', 'KR'].map((country) => ({
          country,
          from: null,
          until: country === 'CL' ? '2027-01-01' : null,
        })),
      },
    ],
  ),
};

const some = <T>(values: readonly T[], max: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: max });
const atLeastOne = <T>(values: readonly T[], max: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: max });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const day = fc.constantFrom('2025-06-30', '2026-11-24', '2026-12-31', '2027-05-31', '2030-01-01');
const amount = fc.oneof(
  fc.constantFrom(1000, 15000, 20000),
  fc.double({ min: 0.001, max: 1e9, noNaN: true }),
);

const rowId = fc.integer({ min: 1, max: 60 }).map((n) => `k${n}`);

export const capabilityRow: fc.Arbitrary<MatchCapability> = fc
  .record({
    id: rowId,
    capability: fc.constantFrom(...LEAVES),
    minerals: some(MINERALS, 3),
    quantity: maybe(fc.record({ amount, unit: fc.constantFrom(...UNIT_TEXTS) })),
    year: maybe(fc.integer({ min: 2005, max: 2030 })),
    evidence: fc.constantFrom(...EVIDENCE_LEVELS),
  })
  .map(({ quantity, ...row }) => ({
    ...row,
    amount: quantity?.amount ?? null,
    unit: quantity?.unit ?? null,
  }));

export const certificateRow: fc.Arbitrary<MatchCertification> = fc.record({
  id: fc.constantFrom(...CERTIFICATES),
  validTo: maybe(day),
  verified: fc.boolean(),
});

export const referenceRow: fc.Arbitrary<MatchReferenceRow> = fc.record({
  id: rowId,
  country: maybe(fc.constantFrom(...COUNTRIES)),
  minerals: some(MINERALS, 2),
  capability: maybe(fc.constantFrom(...LEAVES)),
  year: maybe(fc.integer({ min: 2005, max: 2027 })),
  confirmed: fc.boolean(),
});

export const countryRow: fc.Arbitrary<MatchCountry> = fc.record({
  country: fc.constantFrom(...COUNTRIES),
  kind: fc.constantFrom(...COUNTRY_EXPERIENCE_KINDS),
});

const often = <T>(value: T, other: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(value), weight: 6 }, other);

export const matchCompany: fc.Arbitrary<MatchCompany> = fc.record({
  id: fc.integer({ min: 1, max: 999_999 }).map((n) => `c-${n}`),
  size: fc.constantFrom(...COMPANY_SIZES),
  country: often('KR', fc.constant('AU')),
  status: often<MatchCompany['status']>('vetted', fc.constantFrom('registered', 'refused', 'suspended')),
  vettedUntil: maybe(day),
  screened: often(false, fc.boolean()),
  published: often(true, fc.boolean()),
  capabilities: fc.uniqueArray(capabilityRow, { maxLength: 5, selector: ({ id }) => id }),
  certifications: fc.uniqueArray(certificateRow, { maxLength: 4, selector: ({ id }) => id }),
  references: fc.uniqueArray(referenceRow, { maxLength: 3, selector: ({ id }) => id }),
  countries: fc.uniqueArray(countryRow, { maxLength: 3, selector: (row) => row.country + row.kind }),
  languages: some(LANGUAGES, 3),
  canInvest: fc.boolean(),
  updatedOn: maybe(fc.constantFrom('2026-11-01', '2025-03-01', '2023-01-01')),
  concepts: some(CONCEPTS, 4),
  excludes: often(
    null,
    fc.record({
      countries: some(COUNTRIES, 2),
      types: some(OPPORTUNITY_TYPES, 2),
      minValueUsd: maybe(fc.constant(1e6)),
    }),
  ),
});

const line = { must: fc.boolean(), weight: often(1, fc.constantFrom(0.5, 2, 3)) };
const requirement: fc.Arbitrary<Omit<MatchRequirement, 'id'>> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        ...line,
        kind: fc.constant('capability' as const),
        capability: fc.constantFrom(...LEAVES),
        minerals: some(MINERALS, 2),
        quantity: maybe(fc.record({ amount, unit: fc.constantFrom(...UNIT_TEXTS) })),
      })
      .map(({ quantity, ...row }) => ({
        ...row,
        amount: quantity?.amount ?? null,
        unit: quantity?.unit ?? null,
      })),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...line,
      kind: fc.constant('certifications_any' as const),
      certifications: atLeastOne(CERTIFICATES, 2),
      verifiedOnly: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...line,
      kind: fc.constant('country_experience' as const),
      countries: atLeastOne(COUNTRIES, 3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...line,
      kind: fc.constant('language' as const),
      language: fc.constantFrom(...LANGUAGES),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...line,
      kind: fc.constant('min_size' as const),
      minSize: fc.constantFrom('sme' as const, 'midsize' as const, 'large' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...line, kind: fc.constant('can_invest' as const) }) },
);

export const matchOpportunity: fc.Arbitrary<MatchOpportunity> = fc.record({
  id: fc.integer({ min: 1, max: 9999 }).map((n) => `o-${n}`),
  publisherId: often<string | null>(
    null,
    fc.integer({ min: 1, max: 50 }).map((n) => `c-${n}`),
  ),
  open: often(true, fc.boolean()),
  country: maybe(fc.constantFrom(...COUNTRIES)),
  type: fc.constantFrom(...OPPORTUNITY_TYPES),
  minerals: some(MINERALS, 2),
  requirements: fc
    .array(requirement, { maxLength: 5 })
    .map((lines) => lines.map((row, index) => ({ ...row, id: `q${index + 1}` }) as MatchRequirement)),
  deadlineDay: maybe(fc.constantFrom('2026-12-31', '2027-05-31', '2026-11-24')),
  visibility: often<MatchOpportunity['visibility']>('public', fc.constantFrom(...VISIBILITIES)),
  requiresVetted: often(false, fc.boolean()),
  invited: fc.array(
    fc.integer({ min: 1, max: 50 }).map((n) => `c-${n}`),
    { maxLength: 3 },
  ),
  eligibleCountries: often<string[] | null>(null, some(COUNTRIES, 3)),
  valueUsd: maybe(fc.constantFrom(5e5, 5e6)),
  concepts: some(CONCEPTS, 4),
  work: some(LEAVES, 2),
});

export const TODAY = '2026-11-24';
