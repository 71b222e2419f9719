import { notFound } from '#lib/server/platform/http/refusals.ts';
import { publicDataFile } from '#lib/server/insight/file-queries.ts';
import { ruleFile } from '#lib/server/insight/rule-file-queries.ts';
import { modelInUse } from '#lib/server/match/example-queries.ts';
import type { RequestHandler } from './$types';

const MODEL_FILE = 'matching-model.json';

/** The reference data and the rules of matching as files; the model is the one in use, with every number of it. */
export const GET: RequestHandler = async ({ params, locals }) => {
  if (params.file === MODEL_FILE) {
    const model = await modelInUse(locals.ctx);
    return answer(`${JSON.stringify(model, null, 2)}\n`, MODEL_FILE, 'application/json', 300);
  }
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
