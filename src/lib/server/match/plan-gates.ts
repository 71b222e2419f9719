import { COMPANY_SIZES } from '#lib/domain/company/company.ts';
import { isAtLeast } from '#lib/domain/match/facts.ts';
import { GATE_RULES, type GateOptions, type GateRule } from '#lib/domain/match/gates.ts';
import type { Need } from '#lib/domain/match/need.ts';
import type { MatchRequirement } from '#lib/domain/match/types.ts';
import type { Dictionaries } from '#lib/server/match/dictionary.ts';
import { meetingLeaves, wantedOf } from '#lib/server/match/plan.ts';
import { dayNumber, FLAG, NOTHING, STATUSES, type Segment } from '#lib/server/match/segment.ts';

/** One gate of a need over the columns of a segment. */
export interface GatePlan {
  rule: GateRule;
  requirement: string | null;
  passes(segment: Segment, at: number): boolean;
  /** must-capability only: leaves that meet the line, and how far. */
  leaves: Float64Array | null;
  /** Passed by every company that is `plain`. */
  plain: boolean;
}

const SUSPENDED = STATUSES.indexOf('suspended');
const VETTED = STATUSES.indexOf('vetted');
const PLAIN = new Set<GateRule>(['not-suspended', 'not-screened', 'published', 'company-exclusion']);

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
  const add = (rule: GateRule, passes: GatePlan['passes']): void => {
    gates.push({ rule, requirement: null, passes, leaves: null, plain: PLAIN.has(rule) });
  };
  add('not-suspended', (segment, at) => segment.status[at] !== SUSPENDED);
  add('not-screened', (segment, at) => ((segment.flags[at] ?? 0) & FLAG.screened) === 0);
  add('published', (segment, at) => ((segment.flags[at] ?? 0) & FLAG.published) !== 0);
  if (opportunity.visibility === 'vetted' || opportunity.requiresVetted)
    add('vetted', (segment, at) => segment.status[at] === VETTED && (segment.vettedUntil[at] ?? 0) >= due);
  if (opportunity.visibility === 'invited' && options.inviting !== true) {
    const invited = new Set(opportunity.invited);
    add('visibility', (segment, at) => invited.has(segment.ids[at] ?? ''));
  }
  if (opportunity.publisherId !== null)
    add('own-opportunity', (segment, at) => segment.ids[at] !== opportunity.publisherId);
  if (opportunity.eligibleCountries !== null) {
    const eligible = wantedOf(words.countries.words, opportunity.eligibleCountries);
    add('eligible-country', (segment, at) => eligible[segment.seat[at] ?? 0] === 1);
  }
  add('company-exclusion', (segment, at) => {
    if (((segment.flags[at] ?? 0) & FLAG.excludes) === 0) return true;
    const excludes = segment.excludes.get(at);
    if (excludes === undefined) return true;
    if (opportunity.country !== null && excludes.countries.includes(opportunity.country)) return false;
    if (excludes.types.includes(opportunity.type)) return false;
    const { minValueUsd } = excludes;
    return !(minValueUsd !== null && opportunity.valueUsd !== null && opportunity.valueUsd < minValueUsd);
  });
  return gates;
}

function lineGate(need: Need, line: MatchRequirement, words: Dictionaries): GatePlan {
  const gate = (
    rule: GateRule,
    passes: GatePlan['passes'],
    leaves: Float64Array | null = null,
  ): GatePlan => ({
    rule,
    requirement: line.id,
    passes,
    leaves,
    plain: false,
  });
  switch (line.kind) {
    case 'capability': {
      const leaves = meetingLeaves(need, line.capability, words);
      const passes = (segment: Segment, at: number): boolean => {
        for (let row = segment.rowStart[at] ?? 0; row < (segment.rowStart[at + 1] ?? 0); row += 1)
          if ((leaves[segment.rowLeaf[row] ?? 0] ?? 0) > 0) return true;
        return false;
      };
      return gate('must-capability', passes, leaves);
    }
    case 'certifications_any': {
      const wanted = wantedOf(words.certificates.words, line.certifications);
      const due = dayNumber(need.dueDay);
      return gate('must-certificate', (segment, at) => {
        for (
          let row = segment.certificateStart[at] ?? 0;
          row < (segment.certificateStart[at + 1] ?? 0);
          row += 1
        )
          if (
            wanted[segment.certificate[row] ?? 0] === 1 &&
            (segment.certificateUntil[row] ?? 0) >= due &&
            (!line.verifiedOnly || segment.certificateVerified[row] === 1)
          )
            return true;
        return false;
      });
    }
    case 'country_experience': {
      const wanted = wantedOf(words.countries.words, line.countries);
      return gate('must-country', (segment, at) => {
        for (let row = segment.countryStart[at] ?? 0; row < (segment.countryStart[at + 1] ?? 0); row += 1)
          if (wanted[segment.country[row] ?? 0] === 1) return true;
        for (
          let row = segment.referenceStart[at] ?? 0;
          row < (segment.referenceStart[at + 1] ?? 0);
          row += 1
        ) {
          const country = segment.referenceCountry[row] ?? NOTHING;
          if (country !== NOTHING && wanted[country] === 1) return true;
        }
        return false;
      });
    }
    case 'language': {
      const sets = Uint8Array.from(words.languages.sets, (set) => (set.includes(line.language) ? 1 : 0));
      return gate('must-language', (segment, at) => sets[segment.languages[at] ?? 0] === 1);
    }
    case 'min_size': {
      const sizes = Uint8Array.from(COMPANY_SIZES, (size) => (isAtLeast(size, line.minSize) ? 1 : 0));
      return gate('must-size', (segment, at) => sizes[segment.sizes[at] ?? 0] === 1);
    }
    case 'can_invest':
      return gate('must-investment', (segment, at) => ((segment.flags[at] ?? 0) & FLAG.canInvest) !== 0);
  }
}
