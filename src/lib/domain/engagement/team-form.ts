import { z } from 'zod';
import { PARTNER_AUDIENCES } from '#lib/domain/engagement/team.ts';
import { choice, list, optionalText, text, ticked } from '#lib/domain/form/fields.ts';

const needsTerms = (form: { terms: boolean }, context: z.RefinementCtx): void => {
  if (!form.terms) context.addIssue({ code: 'custom', path: ['terms'], message: 'needs-consent' });
};

/** Asks a company to take part together. */
export const askForm = z.object({ message: text(2000), terms: ticked() }).superRefine(needsTerms);

/** Joins a team. */
export const joinForm = z
  .object({ evidence: list(z.string().max(60), 100), terms: ticked() })
  .superRefine(needsTerms);

/** Declines, leaves or gives up; the words are read by the others. */
export const reasonForm = z.object({ reason: optionalText(1000) });

/** Names a company of the team, with words where one is taken out. */
export const memberForm = z.object({ company: text(40), reason: optionalText(1000) });

export const messageForm = z.object({ text: text(2000) });

/** To whom a company agrees to be proposed. */
export const partnerForm = z
  .object({ audience: choice(PARTNER_AUDIENCES), terms: ticked() })
  .superRefine(needsTerms);
