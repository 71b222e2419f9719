import { COMPANY_SIZES } from '#lib/domain/company/company.ts';
import { isAtLeast } from '#lib/domain/match/facts.ts';
import { GATE_RULES, type GateOptions, type GateRule } from '#lib/domain/match/gates.ts';
import type { Need } from '#lib/domain/match/need.ts';
import type { MatchExclusions, MatchRequirement } from '#lib/domain/match/types.ts';
import { clearBit, intersect, setBit, type Bits } from '#lib/server/match/bits.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import type { Segment } from '#lib/server/match/segment.ts';
import { dayNumber } from '#lib/server/match/segment-values.ts';

/** One gate of a need: the companies of a segment that it lets through. */
export interface GatePlan {
  rule: GateRule;
  requirement: string | null;
  /** Takes out of a set of companies of a segment those that do not pass. */
  narrow(segment: Segment, companies: Bits): void;
}

/** Rules about the company alone; `SegmentMemo.base` has who passes all three. */
export const OPEN_RULES: readonly GateRule[] = ['not-suspended', 'not-screened', 'published'];

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
  const gates: GatePlan[] = [];
  const add = (rule: GateRule, narrow: GatePlan['narrow']): void => {
    gates.push({ rule, requirement: null, narrow });
  };
  add('not-suspended', ({ sets }, companies) => intersect(companies, sets.notSuspended));
  add('not-screened', ({ sets }, companies) => intersect(companies, sets.notScreened));
  add('published', ({ sets }, companies) => intersect(companies, sets.published));
  if (opportunity.visibility === 'vetted' || opportunity.requiresVetted)
    add('vetted', ({ memo }, companies) => {
      const vetted = memo.scratch('gate').fill(0);
      memo.addVettedAt(dayNumber(need.dueDay), vetted);
      intersect(companies, vetted);
    });
  if (opportunity.visibility === 'invited' && options.inviting !== true)
    add('visibility', (segment, companies) => {
      const invited = segment.memo.scratch('gate').fill(0);
      for (const at of placesOf(segment, opportunity.invited)) setBit(invited, at);
      intersect(companies, invited);
    });
  const { publisherId, eligibleCountries } = opportunity;
  if (publisherId !== null)
    add('own-opportunity', (segment, companies) => {
      for (const at of placesOf(segment, [publisherId])) clearBit(companies, at);
    });
  if (eligibleCountries !== null)
    add('eligible-country', ({ memo }, companies) => {
      const key = `seat ${words.countries.words.length} ${eligibleCountries.join('|')}`;
      const wanted = new Set(eligibleCountries.map((country) => words.countries.find(country)));
      intersect(companies, memo.seatedIn(key, wanted));
    });
  add('company-exclusion', ({ excludes }, companies) => {
    for (const [at, excluded] of excludes) if (isExcluded(need, excluded)) clearBit(companies, at);
  });
  return gates;
}

function isExcluded({ opportunity }: Need, { countries, types, minValueUsd }: MatchExclusions): boolean {
  if (opportunity.country !== null && countries.includes(opportunity.country)) return true;
  if (types.includes(opportunity.type)) return true;
  return minValueUsd !== null && opportunity.valueUsd !== null && opportunity.valueUsd < minValueUsd;
}

/** The gate of a must line. */
function lineGate(need: Need, line: MatchRequirement, words: Dictionaries): GatePlan {
  const gate = (rule: GateRule, narrow: GatePlan['narrow']): GatePlan => ({
    rule,
    requirement: line.id,
    narrow,
  });
  switch (line.kind) {
    case 'capability':
      return gate('must-capability', (segment, companies) =>
        intersect(companies, holdersOf(segment, need, line.capability, words)),
      );
    case 'certifications_any':
      return gate('must-certificate', ({ memo }, companies) => {
        const holders = memo.scratch('gate').fill(0);
        for (const id of line.certifications) {
          const number = words.certificates.find(id);
          if (number >= 0) memo.addHolders(number, dayNumber(need.dueDay), line.verifiedOnly, holders);
        }
        intersect(companies, holders);
      });
    case 'country_experience':
      return gate('must-country', ({ sets, memo }, companies) => {
        const wanted = new Set(line.countries.map((country) => words.countries.find(country)));
        const key = `country ${line.countries.join('|')}`;
        intersect(
          companies,
          memo.union(key, sets.countries, (one) => wanted.has(one)),
        );
      });
    case 'language':
      return gate('must-language', ({ sets }, companies) => {
        const speakers = sets.languages.get(line.language);
        if (speakers === undefined) companies.fill(0);
        else intersect(companies, speakers);
      });
    case 'min_size':
      return gate('must-size', ({ sets, memo }, companies) =>
        intersect(
          companies,
          memo.union(`size ${line.minSize}`, sets.sizes, (number) =>
            isAtLeast(COMPANY_SIZES[number] ?? 'sme', line.minSize),
          ),
        ),
      );
    case 'can_invest':
      return gate('must-investment', ({ sets }, companies) => intersect(companies, sets.canInvest));
  }
}

/** Who holds a capability or a related one. */
export function holdersOf({ memo, sets }: Segment, need: Need, leaf: string, words: Dictionaries): Bits {
  return memo.union(
    `leaf ${words.numberOf(need.basis.relations)} ${leaf}`,
    sets.leaves,
    (held) => degreesOf(need, leaf, words)[held] !== 0,
  );
}

/** Who has a reference project of a capability or a related one. */
export function referredTo({ memo, sets }: Segment, need: Need, leaf: string, words: Dictionaries): Bits {
  return memo.union(
    `reference ${words.numberOf(need.basis.relations)} ${leaf}`,
    sets.referenceLeaves,
    (held) => degreesOf(need, leaf, words)[held] !== 0,
  );
}

function degreesOf(need: Need, leaf: string, words: Dictionaries): Float64Array {
  return words.table(
    need.basis.relations,
    `meets ${leaf}`,
    words.leaves.words,
    (held) => need.basis.relations.capability(leaf, held).degree,
  );
}

function placesOf(segment: Segment, ids: readonly string[]): number[] {
  return ids.map((id) => segment.find(id)).filter((at) => at >= 0);
}
