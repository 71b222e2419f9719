import { organisationOf } from '#lib/domain/account/actor.ts';
import { isCompanyEditor } from '#lib/domain/account/policy.ts';
import { missingForPublication } from '#lib/domain/company/completeness.ts';
import {
  checkBrn,
  checkCrn,
  checkLei,
  tidyIdentifier,
  type IdentifierCheck,
  type IdentifierHint,
  type IdentifierWarning,
} from '#lib/domain/company/identifiers.ts';
import { yearFault, type IdentityInput, type ReachInput } from '#lib/domain/company/profile.ts';
import { OPPORTUNITY_TYPES } from '#lib/domain/opportunity/opportunity.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, lockRow } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import {
  holdIdentifiers,
  isSure,
  nameKeys,
  possibleDuplicates,
  type PossibleDuplicate,
} from '#lib/server/company/duplicate-queries.ts';
import { readProfile, snapshotOf } from '#lib/server/company/present.ts';
import { knownIds, knownKsic, updateOrganisation, writeCompany } from '#lib/server/company/repository.ts';
import { nextVersion, writeProfile, type Saved } from '#lib/server/company/write.ts';

/** The revision of KSIC that the reference data holds and that codes are chosen from. */
export const KSIC_REVISION = 10;

export interface IdentitySaved extends Saved {
  /** What the type digits say; shown, never refused on. */
  hints: IdentifierHint[];
  warnings: IdentifierWarning[];
  /** Organisations of the same name, for a second look. */
  sameName: PossibleDuplicate[];
}

/** Step 1: who the company is. Refuses with `invalid`, or `duplicate` when a number belongs to another organisation. */
export const saveIdentity = command({
  name: 'company.identity',
  policy: isCompanyEditor,
  async run(tx, input: IdentityInput) {
    const numbers = checkNumbers(input);
    const faults = { ...numbers.faults, ...dateFaults(input, koreanDay(tx.now)) };
    if (Object.keys(faults).length > 0) return refuse('invalid', faults);
    const candidate = {
      nameKo: input.name_ko,
      nameEn: input.name_en,
      formerNames: input.former_names,
      ...numbers.values,
    };
    let sameName: PossibleDuplicate[] = [];
    const write = { step: 'identity', action: 'company.identity.saved', seen: input.seen } as const;
    const outcome = await writeProfile(tx, write, async (organisationId) => {
      await holdIdentifiers(tx.db, candidate);
      const others = await possibleDuplicates(tx.db, candidate, organisationId);
      const taken = takenFields(others);
      if (Object.keys(taken).length > 0) return refuse('duplicate', taken);
      sameName = others.filter((other) => !isSure(other));
      const known = await knownKsic(tx.db, KSIC_REVISION, input.ksic);
      if (known.size < input.ksic.length) return refuse('invalid', { ksic: 'bad-choice' });
      await updateOrganisation(tx.db, organisationId, {
        name_ko: input.name_ko,
        name_en: input.name_en,
        former_names: input.former_names,
        ...nameKeys(input.name_ko, input.name_en),
        ...numbers.values,
        updated_at: tx.now,
      });
      await writeCompany(tx.db, organisationId, {
        size: input.size,
        founded: input.founded,
        incorporated_on: input.incorporated_on,
        province: input.province,
        employees: input.employees,
        representative: input.representative,
        website: input.website,
        ksic: input.ksic,
        ksic_revision: KSIC_REVISION,
        summary_ko: input.summary_ko,
        summary_en: input.summary_en,
      });
      return null;
    });
    if (!outcome.ok) return outcome;
    const value: IdentitySaved = {
      ...outcome.value,
      hints: numbers.hints,
      warnings: numbers.warnings,
      sameName,
    };
    return done(value);
  },
});

interface Numbers {
  values: { brn: string | null; crn: string | null; lei: string | null };
  faults: Record<string, string>;
  hints: IdentifierHint[];
  warnings: IdentifierWarning[];
}

function checkNumbers(input: Pick<IdentityInput, 'brn' | 'crn' | 'lei' | 'incorporated_on'>): Numbers {
  const result: Numbers = {
    values: { brn: null, crn: null, lei: null },
    faults: {},
    hints: [],
    warnings: [],
  };
  const checks: Record<'brn' | 'crn' | 'lei', (text: string) => IdentifierCheck> = {
    brn: checkBrn,
    crn: (text) => checkCrn(text, input.incorporated_on),
    lei: checkLei,
  };
  for (const field of ['brn', 'crn', 'lei'] as const) {
    const typed = tidyIdentifier(input[field]);
    if (typed === '') continue;
    const check = checks[field](typed);
    if (check.ok) {
      result.values[field] = check.value;
      result.hints.push(...check.hints);
      result.warnings.push(...check.warnings);
    } else {
      result.faults[field] = check.code;
    }
  }
  return result;
}

function dateFaults(input: IdentityInput, today: string): Record<string, string> {
  const faults: Record<string, string> = {};
  if (input.incorporated_on !== null && input.incorporated_on > today)
    faults['incorporated_on'] = 'future-date';
  const founded = yearFault('founded', input.founded, Number(today.slice(0, 4)));
  if (founded !== undefined) faults['founded'] = founded;
  return faults;
}

/** The number fields that another organisation has already. */
function takenFields(others: readonly PossibleDuplicate[]): Record<string, string> {
  const signs = others.flatMap((other) => other.signs).filter((sign) => sign !== 'name');
  return Object.fromEntries(signs.map((sign) => [sign, 'number-taken']));
}

/** Step 4, its single values: languages, investment, whether the name is kept back, what is not wanted. */
export const saveReach = command({
  name: 'company.reach',
  policy: isCompanyEditor,
  async run(tx, input: ReachInput) {
    const write = { step: 'reach', action: 'company.reach.saved', seen: input.seen } as const;
    return await writeProfile(tx, write, async (organisationId) => {
      const known = await knownIds(tx.db, 'country', input.excluded_countries);
      if (known.size < input.excluded_countries.length)
        return refuse('invalid', { excluded_countries: 'bad-choice' });
      await writeCompany(tx.db, organisationId, {
        languages: input.languages,
        can_invest: input.can_invest,
        own_equity_usd: input.own_equity_usd,
        pseudonymous: input.pseudonymous,
        excluded_countries: input.excluded_countries.toSorted(),
        excluded_types: OPPORTUNITY_TYPES.filter((type) => input.excluded_types.includes(type)),
        minimum_value_usd: input.minimum_value_usd,
      });
      return null;
    });
  },
});

/**
 * Shows the profile to others for the first time. Everything is validated once more; refuses with `incomplete`.
 * Publishing what is published changes nothing.
 */
export const publishProfile = command({
  name: 'company.publish',
  policy: isCompanyEditor,
  async run(tx, _input: Record<string, never>) {
    const organisationId = organisationOf(tx.actor);
    if (organisationId === null || !(await lockRow(tx.db, 'organisation', organisationId)))
      return refuse('not-found');
    const rows = await readProfile(tx.db, organisationId);
    if (!rows) return refuse('not-found');
    const snapshot = snapshotOf(rows);
    if (rows.identity.published_at !== null)
      return done({ version: rows.identity.version ?? 0, first: false });
    if (missingForPublication(snapshot).length > 0) return refuse('incomplete');
    await writeCompany(tx.db, organisationId, { published_at: tx.now, updated_at: tx.now });
    await nextVersion(tx, organisationId, 1, snapshot);
    await tx.audit({
      action: 'company.published',
      object: { kind: 'company', id: organisationId },
      after: { version: 1 },
    });
    await tx.changed('company', organisationId);
    return done({ version: 1, first: true });
  },
});
