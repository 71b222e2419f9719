import { passesGates, type Gate } from '#lib/domain/match/gates.ts';
import { leafDegree } from '#lib/domain/match/facts.ts';
import type { Need } from '#lib/domain/match/need.ts';
import { toPoints, type Outline } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';

/**
 * How a match is shown to people: strong, near (one gate or one must line short), explore (the rest).
 */
export type MatchGroup = 'strong' | 'near' | 'explore';

/** From this score on a match without a weak must line is strong. */
const STRONG = 0.55;
/** A must line met only by a capability less related than this is short. */
const CLOSE = 0.6;
/** A must line met with less than this share of the quantity asked is short. */
const ENOUGH = 0.5;

/** Gates a company can do something about itself: all but those of its state or of others' decisions. */
const OWN_TO_OPEN = new Set<Gate['rule']>([
  'published',
  'vetted',
  'must-certificate',
  'must-language',
  'must-country',
  'must-investment',
  'must-capability',
]);

/** What a group is told by: a match, or its outline. */
type Grouped = Pick<Outline, 'units' | 'gates'> & {
  parts: readonly Pick<Outline['parts'][number], 'slot' | 'reading'>[];
};

export function groupOf(need: Need, company: MatchCompany, match: Grouped): MatchGroup | null {
  const failed = match.gates.filter(({ passed }) => !passed);
  if (!passesGates(match.gates)) {
    const [only] = failed;
    return failed.length === 1 && only !== undefined && OWN_TO_OPEN.has(only.rule) ? 'near' : null;
  }
  const short = weakMustLines(need, company, match);
  if (short === 0 && toPoints(match.units) >= STRONG) return 'strong';
  return short <= 1 && toPoints(match.units) >= STRONG / 2 ? 'near' : 'explore';
}

/** Must capability lines met only by a distant capability, or with far less than the quantity asked. */
function weakMustLines(need: Need, company: MatchCompany, match: Grouped): number {
  let short = 0;
  for (const slot of need.slots) {
    if (slot.kind !== 'capability' || !slot.must) continue;
    const reading = match.parts.find((part) => part.slot === slot && part.reading !== null)?.reading ?? null;
    const best = Math.max(0, ...company.capabilities.map((row) => leafDegree(need, slot, row.capability)));
    const amount = reading?.comparison === 'compared' ? reading.ratio : 1;
    if (best < CLOSE || amount < ENOUGH) short += 1;
  }
  return short;
}
