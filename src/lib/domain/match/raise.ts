import { slotMineral, unitFactor } from '#lib/domain/match/facts.ts';
import { gatesOf, passesGates, unwantedBy, type GateOptions } from '#lib/domain/match/gates.ts';
import type { CapabilitySlot, Need } from '#lib/domain/match/need.ts';
import { contributions, scoreUnits } from '#lib/domain/match/score.ts';
import type { MatchCapability, MatchCertification, MatchCompany } from '#lib/domain/match/types.ts';

/**
 * What would raise the score, found by scoring again with one thing added or renewed. Only what a company
 * can truthfully bring about: better evidence, a figure or year it left out, a valid certificate, a client's
 * confirmation, a language, an exclusion of its own taken back. Never a capability, a country or a size it does not
 * have.
 */
export type Change =
  | { kind: 'evidence'; capability: string; to: 'audited' | 'reference' | 'document' }
  | { kind: 'capacity'; capability: string; amount: number; unit: string }
  | { kind: 'unit'; capability: string; unit: string }
  | { kind: 'year'; capability: string; year: number }
  | { kind: 'minerals'; capability: string; minerals: readonly string[] }
  | { kind: 'renew-certificate'; certification: string; until: string }
  | { kind: 'verify-certificate'; certification: string }
  | { kind: 'add-certificate'; certification: string }
  | { kind: 'confirm-reference'; reference: string }
  | { kind: 'language'; language: string }
  | { kind: 'want' }
  | { kind: 'publish' }
  | { kind: 'vetting' };

export interface Raise {
  change: Change;
  /** Units gained; with `opens`, the score the company would then have. */
  units: number;
  /** The change opens a gate that shuts the company out now. */
  opens: boolean;
}

interface Candidate {
  change: Change;
  company: MatchCompany;
}

/** The best changes, most points first; changes that open a gate come before all others. */
export function raisesOf(need: Need, company: MatchCompany, options: GateOptions = {}, most = 3): Raise[] {
  const before = scoreUnits(need, company);
  const shut = !passesGates(gatesOf(need, company, options));
  const raises: Raise[] = [];
  for (const { change, company: better } of candidates(need, company)) {
    // a change for the better never closes a gate: who is let through needs no second look
    const opens = shut && passesGates(gatesOf(need, better, options));
    const units = scoreUnits(need, better) - before;
    if (units > 0 || opens) raises.push({ change, units, opens });
  }
  return bestPerRow(raises).slice(0, most);
}

function bestPerRow(raises: Raise[]): Raise[] {
  const sorted = raises.sort(
    (a, b) =>
      Number(b.opens) - Number(a.opens) ||
      b.units - a.units ||
      (changeKey(a.change) < changeKey(b.change) ? -1 : 1),
  );
  const seen = new Set<string>();
  return sorted.filter(({ change }) => {
    const key = `${change.kind} ${rowOf(change)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function rowOf(change: Change): string {
  if ('capability' in change) return change.capability;
  if (change.kind === 'add-certificate') return '';
  if ('certification' in change) return change.certification;
  if ('reference' in change) return change.reference;
  return 'language' in change ? change.language : '';
}

function changeKey(change: Change): string {
  return `${change.kind} ${rowOf(change)} ${'certification' in change ? change.certification : ''}`;
}

function candidates(need: Need, company: MatchCompany): Candidate[] {
  return [
    ...need.slots.flatMap((slot) => (slot.kind === 'capability' ? rowCandidates(need, slot, company) : [])),
    ...certificateCandidates(need, company),
    ...referenceCandidates(company),
    ...languageCandidates(need, company),
    ...profileCandidates(need, company),
  ];
}

/** The row that counts most on the slot, made better in one respect. */
function rowCandidates(need: Need, slot: CapabilitySlot, company: MatchCompany): Candidate[] {
  const [best] = contributions(need, slot, company);
  const row = company.capabilities.find(({ id }) => id === best?.source.id);
  if (row === undefined) return [];
  const better = (change: Change, changed: Partial<MatchCapability>): Candidate => ({
    change,
    company: {
      ...company,
      capabilities: company.capabilities.map((other) =>
        other.id === row.id ? { ...row, ...changed } : other,
      ),
    },
  });
  return [
    ...evidenceSteps(row).map((to) => better({ kind: 'evidence', capability: row.id, to }, { evidence: to })),
    ...quantityStep(need, slot, row).map(({ change, changed }) => better(change, changed)),
    ...(row.year === null
      ? [better({ kind: 'year', capability: row.id, year: need.year }, { year: need.year })]
      : []),
    ...(slot.mineralsFrom !== 'none' && row.minerals.length === 0
      ? [
          better(
            { kind: 'minerals', capability: row.id, minerals: slot.minerals },
            { minerals: slot.minerals },
          ),
        ]
      : []),
  ];
}

function evidenceSteps(row: MatchCapability): ('audited' | 'document')[] {
  if (row.evidence === 'audited') return [];
  return row.evidence === 'claimed' ? ['audited', 'document'] : ['audited'];
}

/** Only of the work that is asked, with a mineral that counts: of other work there is no such quantity to state. */
function quantityStep(
  need: Need,
  slot: CapabilitySlot,
  row: MatchCapability,
): { change: Change; changed: Partial<MatchCapability> }[] {
  if (slot.unit === null || row.capability !== slot.leaf || slotMineral(need, slot, row.minerals) === 0)
    return [];
  const unit = slot.unit.text;
  const stated = { amount: slot.amount, unit };
  if (row.amount === null || row.unit === null)
    return [{ change: { kind: 'capacity', capability: row.id, ...stated }, changed: stated }];
  if (unitFactor(row.unit, slot.unit) === null)
    return [{ change: { kind: 'unit', capability: row.id, unit }, changed: stated }];
  return [];
}

function certificateCandidates(need: Need, company: MatchCompany): Candidate[] {
  const wanted = new Set(
    need.slots.flatMap((slot) => (slot.kind === 'certificate' ? slot.certifications : [])),
  );
  const until = `${String(need.year + 1)}${need.dueDay.slice(4)}`;
  return [...wanted].flatMap((certification): Candidate[] => {
    const held = company.certifications.find(({ id }) => id === certification);
    const replace = (row: MatchCertification): MatchCompany => ({
      ...company,
      certifications: [...company.certifications.filter(({ id }) => id !== certification), row],
    });
    if (held === undefined)
      return [
        {
          change: { kind: 'add-certificate', certification },
          company: replace({ id: certification, validTo: until, verified: false }),
        },
      ];
    if (held.validTo !== null && held.validTo < need.dueDay)
      return [
        {
          change: { kind: 'renew-certificate', certification, until: need.dueDay },
          company: replace({ ...held, validTo: until }),
        },
      ];
    return held.verified
      ? []
      : [
          {
            change: { kind: 'verify-certificate', certification },
            company: replace({ ...held, verified: true }),
          },
        ];
  });
}

function referenceCandidates(company: MatchCompany): Candidate[] {
  return company.references
    .filter(({ confirmed }) => !confirmed)
    .map((row) => ({
      change: { kind: 'confirm-reference', reference: row.id },
      company: {
        ...company,
        references: company.references.map((other) =>
          other.id === row.id ? { ...row, confirmed: true } : other,
        ),
      },
    }));
}

function languageCandidates(need: Need, company: MatchCompany): Candidate[] {
  return need.slots.flatMap((slot): Candidate[] =>
    slot.kind === 'language' && !company.languages.includes(slot.language)
      ? [
          {
            change: { kind: 'language', language: slot.language },
            company: { ...company, languages: [...company.languages, slot.language] },
          },
        ]
      : [],
  );
}

function profileCandidates(need: Need, company: MatchCompany): Candidate[] {
  const found: Candidate[] = [];
  if (unwantedBy(need, company).length > 0)
    found.push({ change: { kind: 'want' }, company: { ...company, excludes: null } });
  if (!company.published)
    found.push({ change: { kind: 'publish' }, company: { ...company, published: true } });
  if (company.status === 'registered' || company.status === 'refused' || company.vettedUntil !== null)
    if (company.status !== 'suspended')
      found.push({
        change: { kind: 'vetting' },
        company: { ...company, status: 'vetted', vettedUntil: null },
      });
  return found;
}
