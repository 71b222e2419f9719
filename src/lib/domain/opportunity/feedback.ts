import { z } from 'zod';
import { choice, optionalText } from '#lib/domain/form/fields.ts';

/** Why a suggestion is not relevant (DOMAIN 2.2, 59). Affects the list of the organisation that says so, no other. */
export const FEEDBACK_REASONS = [
  'not-our-work',
  'too-big',
  'too-small',
  'place',
  'timing',
  'known-already',
  'other',
] as const;
export type FeedbackReason = (typeof FEEDBACK_REASONS)[number];

export const feedbackForm = z.object({ reason: choice(FEEDBACK_REASONS), note: optionalText(500) });
