import { notFound } from '#lib/server/platform/http/refusals.ts';
import { publicDataFile } from '#lib/server/insight/file-queries.ts';
import { ruleFile } from '#lib/server/insight/rule-file-queries.ts';
import type { RequestHandler } from './$types';

/** The reference data, and the rules of search and matching as they are in effect, as files. */
export const GET: RequestHandler = async ({ params, locals }) => {
  const rules = await ruleFile(locals.ctx, params.file);
  if (rules) return answer(rules.body, params.file, rules.type, 60);
  const file = await publicDataFile(params.file);
  if (!file) notFound();
  return answer(file, params.file, 'text/csv; charset=utf-8; header=present', 3600);
};

function answer(body: BodyInit, name: string, type: string, seconds: number): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': `public, max-age=${seconds}`,
    },
  });
}
