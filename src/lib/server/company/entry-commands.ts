import { isCompanyEditor } from '#lib/domain/account/policy.ts';
import type { EvidenceLevel } from '#lib/domain/company/company.ts';
import {
  capacityFaults,
  yearFault,
  type CapabilityInput,
  type CertificationInput,
  type CountryInput,
  type ReferenceInput,
} from '#lib/domain/company/profile.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { filesOfOrganisation } from '#lib/server/document/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { refuse, type Refused } from '#lib/server/platform/result.ts';
import type { ProfileRows } from '#lib/server/company/present.ts';
import {
  deleteEntry,
  knownIds,
  putCapability,
  putCertification,
  putCountry,
  putReference,
} from '#lib/server/company/repository.ts';
import { writeProfile } from '#lib/server/company/write.ts';

/**
 * Adding and changing entries of a profile's lists. An entry's id is made when its form is shown: the same form
 * sent twice makes one entry. `mode` says whether the form was opened for an entry that is there: if a colleague
 * removed it meanwhile (`gone`) or changed it (`stale`), nothing is written.
 */
export type EntryMode = 'add' | 'change';
type Entry<T> = T & { mode: EntryMode };

type EntryRefusal = 'invalid' | 'gone' | 'stale';

interface Existing {
  id: string;
  updated_at: Date;
}

/** What to do with a form for an entry: write it, nothing (it came twice), or refuse. */
function placeOf<R extends Existing>(
  rows: readonly R[],
  input: { token: string; seen: string; mode: EntryMode },
): { write: boolean; existing: R | null; refusal: Refused<EntryRefusal> | null } {
  const existing = rows.find((row) => row.id === input.token) ?? null;
  if (input.mode === 'add') return { write: existing === null, existing, refusal: null };
  if (existing === null) return { write: false, existing, refusal: refuse('gone') };
  const stale = existing.updated_at.toISOString() !== input.seen;
  return { write: !stale, existing, refusal: stale ? refuse('stale') : null };
}

/** Faults of ids that are not those of the reference data, or of files that are not the organisation's. */
async function idFaults(
  tx: WriteContext,
  organisationId: string,
  ids: {
    capability?: string;
    certification?: string;
    country?: string;
    minerals?: readonly string[];
    file?: string;
  },
): Promise<Record<string, string>> {
  const faults: Record<string, string> = {};
  for (const kind of ['capability', 'certification', 'country'] as const) {
    const id = ids[kind] ?? '';
    if (id !== '' && !(await knownIds(tx.db, kind, [id])).has(id)) faults[kind] = 'bad-choice';
  }
  const minerals = ids.minerals ?? [];
  if ((await knownIds(tx.db, 'mineral', minerals)).size < minerals.length) faults['minerals'] = 'bad-choice';
  const file = ids.file ?? '';
  if (file !== '' && !(await filesOfOrganisation(tx, organisationId, [file])).has(file))
    faults['file'] = 'bad-choice';
  return faults;
}

function invalid(faults: Record<string, string>): Refused<'invalid'> | null {
  return Object.keys(faults).length > 0 ? refuse('invalid', faults) : null;
}

/** Writes a capability. A level of evidence above a claim needs something to rest on when it is first chosen. */
export const putCapabilityEntry = command({
  name: 'company.capability',
  policy: isCompanyEditor,
  async run(tx, input: Entry<CapabilityInput>) {
    const write = { step: 'capabilities', action: `company.capability.${input.mode}`, seen: null } as const;
    return await writeProfile<EntryRefusal>(tx, write, async (organisationId, rows) => {
      const { write: needed, existing, refusal } = placeOf(rows.capabilities, input);
      if (refusal || !needed) return refusal;
      const year = Number(koreanDay(tx.now).slice(0, 4));
      const faults = {
        ...(await idFaults(tx, organisationId, input)),
        ...capacityFaults(input, year),
        ...evidenceFault(input, existing?.evidence ?? null, rows),
      };
      const wrong = invalid(faults);
      if (wrong) return wrong;
      await putCapability(tx.db, {
        id: input.token,
        organisation_id: organisationId,
        capability: input.capability,
        minerals: input.minerals,
        amount: input.amount,
        unit: input.unit === '' ? null : input.unit,
        year: input.year,
        evidence: input.evidence,
        note_ko: input.note_ko,
        note_en: input.note_en,
        file_id: input.file === '' ? null : input.file,
        updated_at: tx.now,
      });
      return null;
    });
  },
});

function evidenceFault(
  input: CapabilityInput,
  before: EvidenceLevel | null,
  rows: ProfileRows,
): Record<string, string> {
  if (input.evidence === 'claimed' || input.evidence === before || input.file !== '') return {};
  if (input.evidence !== 'reference') return { file: 'evidence-needs-file' };
  const backed = rows.references.some((row) => row.capability === input.capability);
  return backed ? {} : { evidence: 'evidence-needs-reference' };
}

/** Writes a certificate. One that says something new has to be verified anew. */
export const putCertificationEntry = command({
  name: 'company.certification',
  policy: isCompanyEditor,
  async run(tx, input: Entry<CertificationInput>) {
    const write = { step: 'evidence', action: `company.certification.${input.mode}`, seen: null } as const;
    return await writeProfile<EntryRefusal>(tx, write, async (organisationId, rows) => {
      const { write: needed, existing, refusal } = placeOf(rows.certifications, input);
      if (refusal || !needed) return refusal;
      const wrong = invalid(await idFaults(tx, organisationId, input));
      if (wrong) return wrong;
      const values = {
        certification: input.certification,
        number: input.number,
        scope: input.scope,
        valid_to: input.valid_to,
        file_id: input.file === '' ? null : input.file,
      };
      await putCertification(tx.db, {
        id: input.token,
        organisation_id: organisationId,
        ...values,
        verified: existing !== null && existing.verified && sameValues(existing, values),
        updated_at: tx.now,
      });
      return null;
    });
  },
});

/** Writes a reference project. One that says something new has to be confirmed anew. */
export const putReferenceEntry = command({
  name: 'company.reference',
  policy: isCompanyEditor,
  async run(tx, input: Entry<ReferenceInput>) {
    const write = { step: 'evidence', action: `company.reference.${input.mode}`, seen: null } as const;
    return await writeProfile<EntryRefusal>(tx, write, async (organisationId, rows) => {
      const { write: needed, existing, refusal } = placeOf(rows.references, input);
      if (refusal || !needed) return refusal;
      const year = Number(koreanDay(tx.now).slice(0, 4));
      const faults = await idFaults(tx, organisationId, input);
      const late = yearFault('year', input.year, year);
      if (late !== undefined) faults['year'] = late;
      const wrong = invalid(faults);
      if (wrong) return wrong;
      const values = {
        title: input.title,
        client: input.client,
        country: input.country === '' ? null : input.country,
        capability: input.capability === '' ? null : input.capability,
        year: input.year,
      };
      const same =
        existing !== null && sameValues(existing, values) && sameList(existing.minerals, input.minerals);
      await putReference(tx.db, {
        id: input.token,
        organisation_id: organisationId,
        ...values,
        minerals: input.minerals,
        file_id: input.file === '' ? null : input.file,
        confirmed: same && existing.confirmed,
        updated_at: tx.now,
      });
      return null;
    });
  },
});

/** Writes a line of country experience; the same country and kind again changes its year. */
export const putCountryEntry = command({
  name: 'company.country',
  policy: isCompanyEditor,
  async run(tx, input: CountryInput) {
    const write = { step: 'reach', action: 'company.country.add', seen: null } as const;
    return await writeProfile<EntryRefusal>(tx, write, async (organisationId, rows) => {
      if (rows.countries.some((row) => row.id === input.token)) return null;
      const year = Number(koreanDay(tx.now).slice(0, 4));
      const faults = await idFaults(tx, organisationId, input);
      const late = yearFault('since', input.since, year);
      if (late !== undefined) faults['since'] = late;
      const wrong = invalid(faults);
      if (wrong) return wrong;
      await putCountry(tx.db, {
        id: input.token,
        organisation_id: organisationId,
        country: input.country,
        kind: input.kind,
        since: input.since,
      });
      return null;
    });
  },
});

const TABLES = {
  capability: { table: 'company_capability', step: 'capabilities' },
  certification: { table: 'company_certification', step: 'evidence' },
  reference: { table: 'company_reference', step: 'evidence' },
  country: { table: 'company_country', step: 'reach' },
} as const;
export type EntryKind = keyof typeof TABLES;

/** Removes an entry. What is gone already is fine; the file it rested on stays in the vault. */
export const removeEntry = command({
  name: 'company.entry.remove',
  policy: isCompanyEditor,
  async run(tx, input: { kind: EntryKind; id: string }) {
    const { table, step } = TABLES[input.kind];
    const write = { step, action: `company.${input.kind}.remove`, seen: null };
    return await writeProfile<EntryRefusal>(tx, write, async (organisationId) => {
      if (isUuid(input.id)) await deleteEntry(tx.db, table, organisationId, input.id);
      return null;
    });
  },
});

function sameValues<T extends object>(existing: T, values: Partial<T>): boolean {
  return Object.entries(values).every(([key, value]) => existing[key as keyof T] === value);
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value) => b.includes(value));
}
