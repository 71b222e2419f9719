import { companiesQuery } from '#lib/domain/search/api.ts';
import { apiRoute } from '#lib/server/platform/http/api.ts';
import { listCompanies } from '#lib/server/search/api-queries.ts';

export const GET = apiRoute(companiesQuery, ({ ctx, query }) => listCompanies(ctx, query));
