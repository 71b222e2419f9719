import { z } from 'zod';
import { DECLINE_REASONS } from '#lib/domain/engagement/status.ts';
import { choice, list, optionalText, text, ticked } from '#lib/domain/form/fields.ts';
import { INTEREST_STATUSES } from '#lib/domain/engagement/interest.ts';

/** What a company sends. The non-binding text must be accepted. */
export const interestForm = z
  .object({
    message: text(5000),
    evidence: list(z.string().max(60), 100),
    terms: ticked(),
  })
  .superRefine((form, context) => {
    if (!form.terms) context.addIssue({ code: 'custom', path: ['terms'], message: 'needs-consent' });
  });
export type InterestInput = z.output<typeof interestForm>;

/** An answer of the lead. `seen` is the status the page showed: an answer to what has changed since is refused. */
export const answerForm = z.object({ seen: choice(INTEREST_STATUSES) });

export const declineForm = z.object({
  seen: choice(INTEREST_STATUSES),
  reason: choice(DECLINE_REASONS),
  note: optionalText(2000),
});
