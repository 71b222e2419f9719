import type { AnswerStep } from '#lib/domain/company/profile.ts';
import type { CompanySnapshot } from '#lib/domain/company/snapshot.ts';

/** What a full profile answers. Required ones must be there before the first publication. */
export const PROFILE_ITEMS = [
  'names',
  'brn',
  'size',
  'province',
  'representative',
  'ksic',
  'summary-ko',
  'summary-en',
  'capability',
  'capability-minerals',
  'capacity',
  'capacity-year',
  'capability-evidence',
  'certificate',
  'certificate-file',
  'reference',
  'country',
  'languages',
] as const;
export type ProfileItemId = (typeof PROFILE_ITEMS)[number];

export interface ProfileItem {
  id: ProfileItemId;
  step: AnswerStep;
  /** Id of the field on the step's page, for a link that leads straight to it. */
  field: string;
  required: boolean;
  done: boolean;
}

interface Rule {
  step: AnswerStep;
  field: string;
  required: boolean;
  done(profile: CompanySnapshot): boolean;
}

const filled = (value: string) => value.trim() !== '';

const RULES: Readonly<Record<ProfileItemId, Rule>> = {
  names: identity('name_ko', true, ({ identity: i }) => filled(i.nameKo) && filled(i.nameEn)),
  brn: identity('brn', true, ({ identity: i }) => i.brn !== null || i.country !== 'KR'),
  size: identity('size', true, ({ identity: i }) => i.size !== null),
  province: identity('province', true, ({ identity: i }) => filled(i.province)),
  representative: identity('representative', true, ({ identity: i }) => filled(i.representative)),
  ksic: identity('ksic_search', false, ({ identity: i }) => i.ksic.length > 0),
  'summary-ko': identity('summary_ko', true, ({ identity: i }) => filled(i.summaryKo)),
  'summary-en': identity('summary_en', true, ({ identity: i }) => filled(i.summaryEn)),
  capability: {
    step: 'capabilities',
    field: 'capability',
    required: true,
    done: ({ capabilities }) => capabilities.length > 0,
  },
  'capability-minerals': capabilities('minerals', (entry) => entry.minerals.length > 0),
  capacity: capabilities('amount', (entry) => entry.amount !== null),
  'capacity-year': capabilities('year', (entry) => entry.amount === null || entry.year !== null),
  'capability-evidence': capabilities('evidence', (entry) => entry.evidence !== 'claimed'),
  certificate: {
    step: 'evidence',
    field: 'certification',
    required: false,
    done: ({ certifications }) => certifications.length > 0,
  },
  'certificate-file': {
    step: 'evidence',
    field: 'certificates',
    required: false,
    done: ({ certifications }) =>
      certifications.length > 0 && certifications.every((entry) => entry.file !== null),
  },
  reference: {
    step: 'evidence',
    field: 'title',
    required: false,
    done: ({ references }) => references.length > 0,
  },
  country: {
    step: 'reach',
    field: 'country',
    required: false,
    done: ({ countries }) => countries.length > 0,
  },
  languages: {
    step: 'reach',
    field: 'languages',
    required: true,
    done: ({ reach }) => reach.languages.length > 0,
  },
};

function identity(field: string, required: boolean, done: Rule['done']): Rule {
  return { step: 'identity', field, required, done };
}

/** An item that every entry of the list of capabilities must satisfy; without entries it is still open. */
function capabilities(
  field: string,
  done: (entry: CompanySnapshot['capabilities'][number]) => boolean,
): Rule {
  return {
    step: 'capabilities',
    field,
    required: false,
    done: (profile) => profile.capabilities.length > 0 && profile.capabilities.every(done),
  };
}

/** Every item of a profile with its state, in the order of the steps. */
export function profileItems(profile: CompanySnapshot): ProfileItem[] {
  return PROFILE_ITEMS.map((id) => {
    const { step, field, required, done } = RULES[id];
    return { id, step, field, required, done: done(profile) };
  });
}

/** Required items that are missing: as long as there is one, the profile cannot be published. */
export function missingForPublication(profile: CompanySnapshot): ProfileItem[] {
  return profileItems(profile).filter((item) => item.required && !item.done);
}

/** Is nothing required missing on a step? */
export function stepDone(items: readonly ProfileItem[], step: AnswerStep): boolean {
  return items.every((item) => item.step !== step || !item.required || item.done);
}

/**
 * The one thing to do next: first what keeps the profile from being published, in order; after that the open item
 * that brings the most open opportunities into reach, the earlier one of equals. Null when all is done.
 * @param gains item → open opportunities whose score it would raise or whose gate it would open
 */
export function nextItem(
  items: readonly ProfileItem[],
  gains: ReadonlyMap<ProfileItemId, number>,
): ProfileItem | null {
  const open = items.filter((item) => !item.done);
  const blocking = open.find((item) => item.required);
  if (blocking) return blocking;
  const gain = (item: ProfileItem) => gains.get(item.id) ?? 0;
  return open.reduce<ProfileItem | null>(
    (best, item) => (best === null || gain(item) > gain(best) ? item : best),
    null,
  );
}
