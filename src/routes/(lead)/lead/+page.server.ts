import { leadHome } from '#lib/server/engagement/home-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => await leadHome(locals.ctx);
