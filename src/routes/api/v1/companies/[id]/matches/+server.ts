import { matchesQuery } from '#lib/domain/search/api.ts';
import { apiMatches } from '#lib/server/match/api-queries.ts';
import { apiRoute } from '#lib/server/platform/http/api.ts';

export const GET = apiRoute(matchesQuery, ({ ctx, query, params }) =>
  apiMatches(ctx, 'company', params.id ?? '', query.limit),
);
