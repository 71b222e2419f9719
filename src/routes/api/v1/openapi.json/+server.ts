import { openApiDocument } from '#lib/domain/search/openapi.ts';

/** The description of this interface, made from the schemas that check it. */
export const GET = () =>
  Response.json(openApiDocument(), { headers: { 'cache-control': 'public, max-age=3600' } });
