import { randomUUID } from 'node:crypto';
import { isCompanyEditor } from '#lib/domain/account/policy.ts';
import { stepDone } from '#lib/domain/company/completeness.ts';
import { PROFILE_STEPS, type AnswerStep, type ProfileStep } from '#lib/domain/company/profile.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { names } from '#lib/server/opportunity/present.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { FormValues } from '#lib/server/platform/http/forms.ts';
import { ownProfile, type OwnProfile } from '#lib/server/company/queries.ts';
import type { CapabilityRow, CertificationRow, ReferenceRow } from '#lib/server/company/repository.ts';

/** What the frame around every step shows. */
export interface ProfileFrame {
  name: Names;
  steps: { step: ProfileStep; done: boolean; savedAt: string | null; missing: number }[];
  published: boolean;
  version: number;
  changedSinceVetting: boolean;
  /** A viewer reads; the forms are for owners and editors. */
  editor: boolean;
}

export async function profileFrame(ctx: Context): Promise<ProfileFrame | null> {
  const profile = await ownProfile(ctx);
  if (profile === null) return null;
  const { identity } = profile.rows;
  return {
    name: names(identity.name_ko, identity.name_en),
    steps: PROFILE_STEPS.map((step) => ({
      step,
      done: step === 'review' ? profile.published : answered(profile, step),
      savedAt: step === 'review' ? null : (profile.savedSteps[step] ?? null),
      missing: profile.items.filter((item) => item.step === step && item.required && !item.done).length,
    })),
    published: profile.published,
    version: profile.version,
    changedSinceVetting: profile.changedSinceVetting,
    editor: isCompanyEditor(ctx.actor),
  };
}

/** Evidence has nothing that is required: it is done once there is some. */
function answered(profile: OwnProfile, step: AnswerStep): boolean {
  if (step === 'evidence') return profile.rows.certifications.length + profile.rows.references.length > 0;
  return stepDone(profile.items, step);
}

/** The first step on which something required is missing; the last when nothing is. */
export async function openStep(ctx: Context): Promise<ProfileStep | null> {
  const profile = await ownProfile(ctx);
  if (profile === null) return null;
  const steps: AnswerStep[] = ['identity', 'capabilities', 'reach'];
  return steps.find((step) => !stepDone(profile.items, step)) ?? 'review';
}

/** An entry's form as the page shows it: for a new entry under a fresh id, or for one that is there. */
export interface EntryForm {
  mode: 'add' | 'change';
  token: string;
  seen: string;
  values: FormValues;
}

export function newEntry(values: FormValues = {}): EntryForm {
  return { mode: 'add', token: randomUUID(), seen: '', values };
}

/** The row an address or a form names, if it is one of these. */
export function chosenRow<R extends { id: string }>(rows: readonly R[], id: string | null): R | null {
  return id !== null && isUuid(id) ? (rows.find((row) => row.id === id) ?? null) : null;
}

export function changedEntry(row: { id: string; updated_at: Date }, values: FormValues): EntryForm {
  return { mode: 'change', token: row.id, seen: row.updated_at.toISOString(), values };
}

/** The present year in Korea. */
export function yearOf(ctx: Context): number {
  return Number(koreanDay(ctx.now()).slice(0, 4));
}

/** A number as it stands in a field. */
export function fieldNumber(value: number | null): string {
  return value === null ? '' : String(value);
}

/** Saved entries as their forms hold them. */
export function capabilityValues(row: CapabilityRow): Record<string, string | string[]> {
  return {
    capability: row.capability,
    minerals: row.minerals,
    amount: fieldNumber(row.amount),
    unit: row.unit ?? '',
    year: fieldNumber(row.year),
    evidence: row.evidence,
    note_ko: row.note_ko,
    note_en: row.note_en,
    file: row.file_id ?? '',
  };
}

export function certificateValues(row: CertificationRow): Record<string, string> {
  return {
    certification: row.certification,
    number: row.number,
    scope: row.scope,
    valid_to: row.valid_to ?? '',
    file: row.file_id ?? '',
  };
}

export function referenceValues(row: ReferenceRow): Record<string, string | string[]> {
  return {
    title: row.title,
    client: row.client,
    country: row.country ?? '',
    minerals: row.minerals,
    capability: row.capability ?? '',
    year: fieldNumber(row.year),
    file: row.file_id ?? '',
  };
}
