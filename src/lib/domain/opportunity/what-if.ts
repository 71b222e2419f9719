import { z } from 'zod';
import { choice, optionalNumber } from '#lib/domain/form/fields.ts';
import type { RequirementView } from '#lib/domain/opportunity/view.ts';

/** What a lead tries on one line of a draft: whether it shuts out, and how much is asked for. */
export interface LineTry {
  /** Id of the requirement row. */
  line: string;
  must: boolean;
  /** In the line's own unit; null where the line asks for no quantity. */
  amount: number | null;
}

export const levelField = (line: string): string => `level_${line}`;
export const amountField = (line: string): string => `amount_${line}`;

/** The form of the what-if page: a level for each line, and an amount where the line asks for a quantity. */
export function whatIfForm(lines: readonly RequirementView[]) {
  const shape: Record<string, z.ZodType<string | number | null>> = {};
  for (const line of lines) {
    shape[levelField(line.id)] = choice(['must', 'should']);
    if (line.quantity !== null)
      shape[amountField(line.id)] = optionalNumber({ max: 1e12 })
        .refine((amount) => amount !== null, 'required')
        .refine((amount) => amount === null || amount > 0, 'not-positive');
  }
  return z.object(shape);
}

/** The lines as they are saved. */
export function savedTries(lines: readonly RequirementView[]): LineTry[] {
  return lines.map(({ id, must, quantity }) => ({ line: id, must, amount: quantity?.amount ?? null }));
}

/** What the form says of each line. */
export function triesOf(
  lines: readonly RequirementView[],
  form: Readonly<Record<string, string | number | null>>,
): LineTry[] {
  return lines.map(({ id, quantity }) => {
    const amount = form[amountField(id)];
    return {
      line: id,
      must: form[levelField(id)] === 'must',
      amount: quantity === null ? null : typeof amount === 'number' ? amount : quantity.amount,
    };
  });
}

/** The lines on which something other than what is saved is tried. */
export function changedTries(lines: readonly RequirementView[], tries: readonly LineTry[]): LineTry[] {
  const saved = new Map(savedTries(lines).map((one) => [one.line, one]));
  return tries.filter(({ line, must, amount }) => {
    const before = saved.get(line);
    return before !== undefined && (before.must !== must || before.amount !== amount);
  });
}
