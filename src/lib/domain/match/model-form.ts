import { z } from 'zod';
import { optionalNumber, text } from '#lib/domain/form/fields.ts';
import type { MatchModel } from '#lib/domain/match/model.ts';

/**
 * The numbers of a model that officials may set: its weights. What the other numbers mean (evidence, distance, age) is
 * part of the program, so they come with a release.
 */
export const WEIGHT_FIELDS = [
  'must',
  'lines_capability',
  'lines_certificate',
  'lines_country',
  'lines_language',
  'lines_size',
  'lines_investment',
  'context_reference',
  'context_country',
  'context_investment',
  'context_text',
  'context_freshness',
  'shares_capability',
  'shares_mineral',
  'shares_capacity',
  'shares_evidence',
  'shares_recency',
] as const;
export type WeightField = (typeof WEIGHT_FIELDS)[number];

const weight = () => optionalNumber({ min: 0, max: 20 }).refine((value) => value !== null, 'required');

/** A model in the making. A must line weighs more than a should line; some share and some line must count at all. */
export const modelForm = z
  .object({
    ...(Object.fromEntries(WEIGHT_FIELDS.map((field) => [field, weight()])) as Record<
      WeightField,
      ReturnType<typeof weight>
    >),
    note: text(1000),
  })
  .superRefine((form, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (form.must !== null && form.must <= 1) issue('must', 'must-above-should');
    if (form.lines_capability === 0) issue('lines_capability', 'not-positive');
    if (form.shares_capability === 0) issue('shares_capability', 'not-positive');
  });
export type ModelInput = z.output<typeof modelForm>;

/** The weights of a model as the form's fields. */
export function weightsOf(model: MatchModel): Record<WeightField, number> {
  return Object.fromEntries(WEIGHT_FIELDS.map((field) => [field, weightOf(model, field)])) as Record<
    WeightField,
    number
  >;
}

function weightOf({ must, lines, context, shares }: MatchModel, field: WeightField): number {
  if (field === 'must') return must;
  const [group, name = ''] = field.split('_');
  const weights: Record<string, number> =
    group === 'lines' ? { ...lines } : group === 'context' ? { ...context } : { ...shares };
  return weights[name] ?? 0;
}

/** A model with other weights under an id of its own. */
export function modelFrom(base: MatchModel, id: string, input: ModelInput): MatchModel {
  const of = (field: WeightField) => input[field] ?? 0;
  return {
    ...base,
    id,
    must: of('must'),
    lines: {
      capability: of('lines_capability'),
      certificate: of('lines_certificate'),
      country: of('lines_country'),
      language: of('lines_language'),
      size: of('lines_size'),
      investment: of('lines_investment'),
    },
    context: {
      country: of('context_country'),
      reference: of('context_reference'),
      investment: of('context_investment'),
      text: of('context_text'),
      freshness: of('context_freshness'),
    },
    shares: {
      capability: of('shares_capability'),
      mineral: of('shares_mineral'),
      capacity: of('shares_capacity'),
      evidence: of('shares_evidence'),
      recency: of('shares_recency'),
    },
  };
}

/** The next id for a model made in a month: `2026-11.1`, `2026-11.2`, … */
export function nextModelId(month: string, taken: readonly string[]): string {
  const numbers = taken
    .filter((id) => id.startsWith(`${month}.`))
    .map((id) => Number(id.slice(month.length + 1)));
  return `${month}.${Math.max(0, ...numbers) + 1}`;
}

export const switchForm = z.object({ seen: text(40), reason: text(1000) });
