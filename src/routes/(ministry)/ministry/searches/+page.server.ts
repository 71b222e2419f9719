import { topSearches } from '#lib/server/search/asked-queries.ts';
import type { PageServerLoad } from './$types';

const WINDOWS = [7, 30] as const;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const asked = Number(url.searchParams.get('days') ?? '7');
  const days = WINDOWS.find((one) => one === asked) ?? 7;
  const [empty, top] = await Promise.all([topSearches(ctx, days, true), topSearches(ctx, days, false)]);
  return { days, windows: WINDOWS, empty, top };
};
