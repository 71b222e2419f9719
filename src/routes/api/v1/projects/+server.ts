import { projectsQuery } from '#lib/domain/search/api.ts';
import { apiRoute } from '#lib/server/platform/http/api.ts';
import { listProjects } from '#lib/server/search/api-queries.ts';

export const GET = apiRoute(projectsQuery, ({ ctx, query }) => listProjects(ctx, query));
