import { z } from 'zod';
import { choice, text } from '#lib/domain/form/fields.ts';

/**
 * How an objection to a match stands: open, taken back, or answered: kept (the result is right), data (a record was
 * wrong and is put right), rules (the rules or relations are to change).
 */
export const APPEAL_STATUSES = ['open', 'withdrawn', 'kept', 'data', 'rules'] as const;
export type AppealStatus = (typeof APPEAL_STATUSES)[number];

export const APPEAL_OUTCOMES = ['kept', 'data', 'rules'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

/** Days within which an objection is answered, as of an administrative act (행정기본법 §36 (2)). */
export const APPEAL_DAYS = 14;

export const appealForm = z.object({
  opportunity: text(40),
  company: text(40),
  statement: text(2000),
});

export const appealAnswerForm = z.object({ outcome: choice(APPEAL_OUTCOMES), answer: text(2000) });

/** The calendar day (`YYYY-MM-DD`) by which an objection of `day` is answered. */
export function appealDue(day: string): string {
  const due = new Date(`${day}T00:00:00Z`);
  due.setUTCDate(due.getUTCDate() + APPEAL_DAYS);
  return due.toISOString().slice(0, 10);
}
