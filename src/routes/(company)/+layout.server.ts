import { isMember } from '#lib/domain/account/policy.ts';
import type { LayoutServerLoad } from './$types';

/** Whether the company may take part is said on every page of its area. */
export const load: LayoutServerLoad = ({ locals }) => ({
  standing: isMember(locals.ctx.actor) ? locals.ctx.actor.standing : null,
});
