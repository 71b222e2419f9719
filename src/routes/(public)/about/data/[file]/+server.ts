import { notFound } from '#lib/server/platform/http/refusals.ts';
import { publicDataFile } from '#lib/server/insight/file-queries.ts';
import type { RequestHandler } from './$types';

/** The reference data and the rules of matching as files. */
export const GET: RequestHandler = async ({ params }) => {
  const file = await publicDataFile(params.file);
  if (!file) notFound();
  return new Response(file, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${params.file}"`,
      'cache-control': 'public, max-age=3600',
    },
  });
};
