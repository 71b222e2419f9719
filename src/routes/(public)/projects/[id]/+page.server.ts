import { notFound } from '#lib/server/platform/http/refusals.ts';
import { countryDetail } from '#lib/server/insight/country-queries.ts';
import { milestonesOfProject } from '#lib/server/insight/milestone-queries.ts';
import { opportunitiesOfProject } from '#lib/server/opportunity/queries.ts';
import { projectDetail, projectsOfMinerals } from '#lib/server/project/queries.ts';
import type { PageServerLoad } from './$types';

/** Lines of the country's production beside the project. */
const PRODUCTS = 3;

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  const project = await projectDetail(ctx, params.id);
  if (!project) notFound();
  const mineral = project.minerals[0];
  const [opportunities, milestones, alike, country] = await Promise.all([
    opportunitiesOfProject(ctx, project.id),
    milestonesOfProject(ctx, project.id),
    mineral ? projectsOfMinerals(ctx, [mineral.id]) : [],
    countryDetail(ctx, project.country.id, null),
  ]);
  return {
    now: ctx.now(),
    project,
    opportunities,
    milestones,
    others: alike
      .filter((one) => one.id !== project.id)
      .map(({ id, name, country: host, lat, lon }) => ({ id, name, country: host, lat, lon })),
    country: country && {
      ...country,
      production: country.production.slice(0, PRODUCTS),
      memberships: country.memberships.filter((one) => one.framework.id.startsWith('korea-')),
    },
  };
};
