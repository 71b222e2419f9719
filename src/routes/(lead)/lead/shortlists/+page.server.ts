import { shortlists } from '#lib/server/opportunity/shortlist-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ lists: await shortlists(locals.ctx) });
