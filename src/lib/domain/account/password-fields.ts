import { z } from 'zod';
import { passwordIssue } from '#lib/domain/account/password.ts';

/** A new password as typed; neither trimmed nor changed. */
export const newPassword = () =>
  z.string({ error: 'required' }).superRefine((value, ctx) => {
    const issue = value === '' ? 'required' : passwordIssue(value);
    if (issue) ctx.addIssue({ code: 'custom', message: issue });
  });

/** A password that is only compared. */
export const givenPassword = () =>
  z.string({ error: 'required' }).min(1, 'required').max(1000, 'too-long:1000');
