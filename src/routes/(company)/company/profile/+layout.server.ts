import { profileFrame } from '#lib/server/company/profile-pages.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals }) => {
  const frame = await profileFrame(locals.ctx);
  return { frame: frame ?? notFound() };
};
