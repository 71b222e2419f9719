import { explanationQuery } from '#lib/domain/search/api.ts';
import { apiExplanation } from '#lib/server/match/api-queries.ts';
import { apiRoute } from '#lib/server/platform/http/api.ts';

export const GET = apiRoute(explanationQuery, ({ ctx, query, params }) =>
  apiExplanation({ ...ctx, lang: query.lang }, params.id ?? '', params.company ?? ''),
);
