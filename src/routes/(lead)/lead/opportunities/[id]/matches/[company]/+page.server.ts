import { isMember } from '#lib/domain/account/policy.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { ownNotice } from '#lib/server/opportunity/lead-queries.ts';
import { supplierOf } from '#lib/server/opportunity/supplier-queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, params, url }) => {
  if (!isMember(ctx.actor)) notFound();
  const view = (await ownNotice(ctx, params.id)) ?? notFound();
  const pair = { opportunity: view.id, company: params.company };
  const why = (await explainPair(ctx, pair)) ?? notFound();
  const supplier = (await supplierOf(ctx, view.id, params.company)) ?? notFound();
  return {
    view,
    why,
    supplier,
    mayEdit: ctx.actor.role !== 'viewer',
    now: ctx.now().toISOString(),
    done: url.searchParams.get('done'),
  };
};
