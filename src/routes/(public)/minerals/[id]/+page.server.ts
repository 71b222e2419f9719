import { notFound } from '#lib/server/platform/http/refusals.ts';
import { mineralDetail } from '#lib/server/insight/mineral-queries.ts';
import { projectsOfMinerals } from '#lib/server/project/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const mineral = await mineralDetail(ctx, params.id);
  if (!mineral) notFound();
  const own = await projectsOfMinerals(ctx, [mineral.id]);
  const group = own.length === 0 ? mineral.group : null;
  return {
    mineral,
    projects: group ? await projectsOfMinerals(ctx, [group.id]) : own,
    /** the projects are those of the mineral's group, none naming it alone */
    projectsOf: group,
  };
};
