import { z } from 'zod';
import { parseUnit } from '#lib/domain/capability/quantity.ts';
import {
  choice,
  list,
  optionalChoice,
  optionalDay,
  optionalNumber,
  optionalText,
  text,
  ticked,
} from '#lib/domain/form/fields.ts';
import {
  OPPORTUNITY_TYPES,
  REQUIREMENT_KINDS,
  VISIBILITIES,
  type RequirementKind,
} from '#lib/domain/opportunity/opportunity.ts';
import { MOST_TEAM } from '#lib/domain/engagement/team.ts';
import { MIN_SIZES } from '#lib/domain/opportunity/requirement.ts';
import { isKnownZone, isLocalTime } from '#lib/domain/opportunity/zones.ts';

/** The screens of a draft, in their order; each is saved by itself. */
export const DRAFT_STEPS = ['basics', 'requirements', 'terms'] as const;
export type DraftStep = (typeof DRAFT_STEPS)[number];

export function isDraftStep(value: string): value is DraftStep {
  return DRAFT_STEPS.some((step) => step === value);
}

const id = () => z.string().max(100);
/** When the row was last changed as the form knew it; guards against overwriting a colleague. */
const seen = () => optionalText(40);

/** Screen 1: what is wanted and where. One language is enough for each text; the place follows the project. */
export const basicsForm = z
  .object({
    seen: seen(),
    type: choice(OPPORTUNITY_TYPES),
    project: optionalText(100),
    country: optionalText(2),
    place: optionalText(200),
    minerals: list(id(), 30),
    title_ko: optionalText(200),
    title_en: optionalText(200),
    summary_ko: optionalText(5000),
    summary_en: optionalText(5000),
  })
  .superRefine((form, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (form.title_ko === '' && form.title_en === '') {
      issue('title_ko', 'one-language');
      issue('title_en', 'one-language');
    }
    if (form.project === '' && form.country === '') issue('country', 'required');
  });
export type Basics = z.output<typeof basicsForm>;

/** Screen 2: one requirement line; `kind` decides which of the fields count. */
export const requirementForm = z
  .object({
    /** The line as the form knew it (see line-version.ts); empty for a new one. */
    seen: optionalText(20_000),
    kind: choice(REQUIREMENT_KINDS),
    level: choice(['must', 'should']),
    weight: optionalNumber({ min: 0.1, max: 100 }),
    capability: optionalText(100),
    minerals: list(id(), 30),
    amount: optionalNumber({ max: 1e12 }),
    unit: optionalText(60),
    certifications: list(id(), 30),
    verified_only: ticked(),
    countries: list(id(), 60),
    language: optionalText(3),
    min_size: optionalChoice(MIN_SIZES),
  })
  .superRefine((form, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (form.kind === 'capability') {
      if (form.capability === '') issue('capability', 'required');
      if (form.amount !== null && form.amount <= 0) issue('amount', 'not-positive');
      if (form.amount !== null && form.unit === '') issue('unit', 'required');
      if (form.amount === null && form.unit !== '') issue('amount', 'required');
      if (form.unit !== '' && !parseUnit(form.unit).ok) issue('unit', 'bad-unit');
    }
    if (form.kind === 'certifications_any' && form.certifications.length === 0)
      issue('certifications', 'required');
    if (form.kind === 'country_experience' && form.countries.length === 0) issue('countries', 'required');
    if (form.kind === 'language' && !/^[a-z]{2,3}$/.test(form.language)) issue('language', 'required');
    if (form.kind === 'min_size' && form.min_size === null) issue('min_size', 'required');
  });
export type RequirementInput = z.output<typeof requirementForm>;

/** A requirement as its columns: only what belongs to its kind is kept. */
export interface RequirementColumns {
  kind: RequirementKind;
  must: boolean;
  weight: number;
  capability: string | null;
  minerals: string[];
  amount: number | null;
  unit: string | null;
  certifications: string[];
  verified_only: boolean;
  countries: string[];
  language: string | null;
  min_size: (typeof MIN_SIZES)[number] | null;
}

export function requirementColumns(form: RequirementInput): RequirementColumns {
  const is = (kind: RequirementKind) => form.kind === kind;
  const unit = parseUnit(form.unit);
  const quantity = is('capability') && form.amount !== null && unit.ok;
  return {
    kind: form.kind,
    must: form.level === 'must',
    weight: form.weight ?? 1,
    capability: is('capability') ? form.capability : null,
    minerals: is('capability') ? form.minerals : [],
    amount: quantity ? form.amount : null,
    unit: quantity ? unit.unit.text : null,
    certifications: is('certifications_any') ? form.certifications : [],
    verified_only: is('certifications_any') && form.verified_only,
    countries: is('country_experience') ? form.countries : [],
    language: is('language') ? form.language : null,
    min_size: is('min_size') ? form.min_size : null,
  };
}

/** Most lines of one notice; beyond it nobody reads them. */
export const MAX_REQUIREMENTS = 30;

const localTime = () => optionalText(16).refine((value) => value === '' || isLocalTime(value), 'bad-date');
const zone = () => text(60).refine(isKnownZone, 'bad-choice');

/** Screen 3: money, dates and who may see it. The deadline may wait until the notice is handed in. */
export const termsForm = z.object({
  seen: seen(),
  finance: list(id(), 20),
  deadline: localTime(),
  deadline_zone: zone(),
  opens: optionalDay(),
  visibility: choice(VISIBILITIES),
  /** Publisher, project and place stay hidden until both sides agree. */
  pseudonymous: ticked(),
  requires_vetted: ticked(),
  /** Most companies in a team; nothing: as it is. */
  team_max: optionalNumber({ min: 1, max: MOST_TEAM, whole: true }),
  /** The publisher's own estimate. */
  estimated_value_usd: optionalNumber({ min: 1, max: 1e13 }),
  /** Open to companies of its members only; empty: of any country. */
  eligible_framework: optionalText(100),
});
export type Terms = z.output<typeof termsForm>;

/** A change after publication: words, and a new deadline if there is one. */
export const addendumForm = z
  .object({
    text_ko: optionalText(3000),
    text_en: optionalText(3000),
    deadline: localTime(),
    deadline_zone: zone(),
  })
  .superRefine((form, context) => {
    if (form.text_ko === '' && form.text_en === '')
      for (const path of ['text_ko', 'text_en'])
        context.addIssue({ code: 'custom', path: [path], message: 'one-language' });
  });

export const returnForm = z.object({ note: text(2000) });

export const invitationForm = z.object({ company: text(40), reason: text(1000) });

/** What keeps a draft from being handed in, with the screen where it is put right. */
export type Gap = 'no-title' | 'no-requirements' | 'no-deadline' | 'deadline-past' | 'opens-after-deadline';
export const GAP_STEP: Record<Gap, DraftStep> = {
  'no-title': 'basics',
  'no-requirements': 'requirements',
  'no-deadline': 'terms',
  'deadline-past': 'terms',
  'opens-after-deadline': 'terms',
};

export interface DraftState {
  hasTitle: boolean;
  requirements: number;
  deadline: Date | null;
  /** `YYYY-MM-DD` */
  opens: string | null;
}

/** The gaps of a draft at `now`; `deadlineDay` is the deadline's calendar day in Korea. */
export function gapsOf(draft: DraftState, now: Date, deadlineDay: string | null): Gap[] {
  const gaps: Gap[] = [];
  if (!draft.hasTitle) gaps.push('no-title');
  if (draft.requirements === 0) gaps.push('no-requirements');
  if (draft.deadline === null) gaps.push('no-deadline');
  else if (draft.deadline.getTime() <= now.getTime()) gaps.push('deadline-past');
  if (draft.opens !== null && deadlineDay !== null && draft.opens > deadlineDay)
    gaps.push('opens-after-deadline');
  return gaps;
}

export const noteForm = z.object({ company: text(40), note: optionalText(1000) });
