import { suggestQuery } from '#lib/domain/search/api.ts';
import { apiRoute } from '#lib/server/platform/http/api.ts';
import { suggestions } from '#lib/server/search/api-queries.ts';

export const GET = apiRoute(suggestQuery, ({ ctx, query }) => suggestions(ctx, query));
