import { redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { openStep } from '#lib/server/company/profile-pages.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

/** The profile opens where something is still missing. */
export const load: PageServerLoad = async ({ locals }) => {
  const step = (await openStep(locals.ctx)) ?? notFound();
  redirect(303, href(locals.lang, `/company/profile/${step}`));
};
