import { redirect } from '@sveltejs/kit';
import { href } from '#lib/i18n/address.ts';
import { publishProfile } from '#lib/server/company/commands.ts';
import { ownProfile, previewCompany } from '#lib/server/company/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const audience = url.searchParams.get('as') === 'lead' ? 'lead' : 'public';
  const [profile, company] = await Promise.all([ownProfile(ctx), previewCompany(ctx, audience)]);
  if (profile === null || company === null) notFound();
  return {
    audience,
    company,
    items: profile.items,
    now: ctx.now(),
    today: koreanDay(ctx.now()),
    id: profile.rows.identity.id,
  };
};

export const actions: Actions = {
  publish: async ({ locals: { ctx, lang } }) => {
    const outcome = await publishProfile(ctx, {});
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(lang, '/company/profile/review?done=published'));
  },
};
