import { isAboutPage } from '#lib/components/about/about.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import { referenceFiles } from '#lib/server/insight/file-queries.ts';
import { modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { workedExample } from '#lib/server/match/example-queries.ts';
import { exposure } from '#lib/server/match/exposure-queries.ts';
import { medianDaysToDecide } from '#lib/server/vetting/queries.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params }) => {
  if (!isAboutPage(params.page)) notFound();
  return {
    page: params.page,
    files: params.page === 'data' ? await referenceFiles(ctx) : [],
    model: params.page === 'matching' ? await modelInEffect(ctx.db) : null,
    example: params.page === 'matching' ? await workedExample(ctx) : null,
    exposure: params.page === 'exposure' ? await exposure(ctx) : null,
    now: ctx.now(),
    median: params.page === 'vetting' ? await medianDaysToDecide(ctx) : null,
  };
};
