import { opportunitiesQuery } from '#lib/domain/search/api.ts';
import { apiRoute } from '#lib/server/platform/http/api.ts';
import { listOpportunities } from '#lib/server/search/api-queries.ts';

export const GET = apiRoute(opportunitiesQuery, ({ ctx, query }) => listOpportunities(ctx, query));
