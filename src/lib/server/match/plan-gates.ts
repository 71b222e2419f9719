import { COMPANY_SIZES } from '#lib/domain/company/company.ts';
import { isAtLeast } from '#lib/domain/match/facts.ts';
import { GATE_RULES, type GateOptions, type GateRule } from '#lib/domain/match/gates.ts';
import type { Need } from '#lib/domain/match/need.ts';
import type { CertificateRequirement, MatchExclusions, MatchRequirement } from '#lib/domain/match/types.ts';
import { noBits, setBit, unite, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { dayNumber } from '#lib/server/match/segment-values.ts';

/** One gate of a need: the companies of a segment that it lets through. */
export interface GatePlan {
  rule: GateRule;
  requirement: string | null;
  /** Not to be changed: the set may be the segment's own. */
  passing(segment: Segment): Bits;
}

/** The gates of a need in the order they are read. */
export function planGates(need: Need, words: Dictionaries, options: GateOptions): GatePlan[] {
  const lines = need.opportunity.requirements
    .filter(({ must }) => must)
    .map((line) => lineGate(need, line, words));
  lines.sort((a, b) => GATE_RULES.indexOf(a.rule) - GATE_RULES.indexOf(b.rule));
  return [...companyGates(need, words, options), ...lines];
}

function companyGates(need: Need, words: Dictionaries, options: GateOptions): GatePlan[] {
  const { opportunity } = need;
  const due = dayNumber(need.dueDay);
  const gates: GatePlan[] = [];
  const add = (rule: GateRule, passing: GatePlan['passing']): void => {
    gates.push({ rule, requirement: null, passing });
  };
  add('not-suspended', ({ sets }) => sets.notSuspended);
  add('not-screened', ({ sets }) => sets.notScreened);
  add('published', ({ sets }) => sets.published);
  if (opportunity.visibility === 'vetted' || opportunity.requiresVetted)
    add('vetted', ({ sets }) => sets.vettedAt(due));
  if (opportunity.visibility === 'invited' && options.inviting !== true)
    add('visibility', (segment) => placesOf(segment, opportunity.invited));
  const { publisherId, eligibleCountries } = opportunity;
  if (publisherId !== null)
    add('own-opportunity', ({ sets, index }) => {
      const at = index.get(publisherId);
      return sets.allBut(at === undefined ? [] : [at]);
    });
  if (eligibleCountries !== null)
    add('eligible-country', (segment) => {
      const eligible = new Set(eligibleCountries.map((country) => words.countries.find(country)));
      const bits = noBits(segment.size);
      segment.seat.forEach((seat, at) => {
        if (eligible.has(seat)) setBit(bits, at);
      });
      return bits;
    });
  add('company-exclusion', ({ sets, excludes }) =>
    sets.allBut([...excludes].filter(([, excluded]) => isExcluded(need, excluded)).map(([at]) => at)),
  );
  return gates;
}

function isExcluded({ opportunity }: Need, { countries, types, minValueUsd }: MatchExclusions): boolean {
  if (opportunity.country !== null && countries.includes(opportunity.country)) return true;
  if (types.includes(opportunity.type)) return true;
  return minValueUsd !== null && opportunity.valueUsd !== null && opportunity.valueUsd < minValueUsd;
}

function lineGate(need: Need, line: MatchRequirement, words: Dictionaries): GatePlan {
  const gate = (rule: GateRule, passing: GatePlan['passing']): GatePlan => ({
    rule,
    requirement: line.id,
    passing,
  });
  switch (line.kind) {
    case 'capability': {
      const meets = words.table(
        need.basis.relations,
        `meets ${line.capability}`,
        words.leaves.words,
        (held) => need.basis.relations.capability(line.capability, held).degree,
      );
      return gate('must-capability', ({ sets, size }) =>
        anyOf(sets.leaves, size, (leaf) => (meets[leaf] ?? 0) > 0),
      );
    }
    case 'certifications_any':
      return gate('must-certificate', (segment) => holdersOf(segment, line, dayNumber(need.dueDay), words));
    case 'country_experience': {
      const wanted = new Set(line.countries.map((country) => words.countries.find(country)));
      return gate('must-country', ({ sets, size }) =>
        anyOf(sets.countries, size, (country) => wanted.has(country)),
      );
    }
    case 'language':
      return gate('must-language', ({ sets, size }) => sets.languages.get(line.language) ?? noBits(size));
    case 'min_size':
      return gate('must-size', ({ sets, size }) =>
        anyOf(sets.sizes, size, (number) => isAtLeast(COMPANY_SIZES[number] ?? 'sme', line.minSize)),
      );
    case 'can_invest':
      return gate('must-investment', ({ sets }) => sets.canInvest);
  }
}

function holdersOf(segment: Segment, line: CertificateRequirement, due: number, words: Dictionaries): Bits {
  const bits = noBits(segment.size);
  for (const id of line.certifications)
    for (const row of segment.certificateRows[words.certificates.find(id)] ?? []) {
      if ((segment.certificateUntil[row] ?? 0) < due) continue;
      if (line.verifiedOnly && segment.certificateVerified[row] !== 1) continue;
      setBit(bits, segment.certificateOwner[row] ?? 0);
    }
  return bits;
}

function placesOf(segment: Segment, ids: readonly string[]): Bits {
  const bits = noBits(segment.size);
  for (const id of ids) {
    const at = segment.index.get(id);
    if (at !== undefined) setBit(bits, at);
  }
  return bits;
}

function anyOf(sets: readonly Bits[], size: number, wanted: (number: number) => boolean): Bits {
  const bits = noBits(size);
  sets.forEach((set, number) => {
    if (wanted(number)) unite(bits, set);
  });
  return bits;
}
