import { participationByProject } from '#lib/server/vetting/home-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  projects: await participationByProject(locals.ctx),
});
