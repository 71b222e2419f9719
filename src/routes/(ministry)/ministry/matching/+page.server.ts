import { appealsForOfficials } from '#lib/server/match/appeal-queries.ts';
import { exposure } from '#lib/server/match/exposure-queries.ts';
import { matchHealth } from '#lib/server/match/health-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx } }) => ({
  health: await matchHealth(ctx),
  exposure: await exposure(ctx),
  appeals: (await appealsForOfficials(ctx, { open: true, limit: 0, offset: 0 })).total,
});
