import { calendarDay } from '#lib/domain/form/day.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import { frameworkDetail } from '#lib/server/framework/queries.ts';
import { milestonesOfFramework } from '#lib/server/insight/milestone-queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  const asked = url.searchParams.get('on') ?? '';
  const day = calendarDay(asked);
  const framework = await frameworkDetail(ctx, params.id, day);
  if (!framework) notFound();
  return {
    framework,
    milestones: await milestonesOfFramework(ctx, framework.id),
    asked,
    wrong: asked !== '' && day === null,
  };
};
