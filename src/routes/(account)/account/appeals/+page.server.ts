import { ownAppeals } from '#lib/server/match/appeal-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ appeals: await ownAppeals(locals.ctx) });
