import { isMember } from '#lib/domain/account/policy.ts';
import { ownNotice, ownRequirements } from '#lib/server/opportunity/lead-queries.ts';
import { supplierPage } from '#lib/server/opportunity/supplier-pages.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { ctx } = locals;
  if (!isMember(ctx.actor)) notFound();
  const options = await ownRequirements(ctx);
  const asked = url.searchParams.get('requirement');
  const chosen = options.find((one) => one.line.id === asked) ?? options[0] ?? null;
  const view = chosen === null ? null : await ownNotice(ctx, chosen.opportunity.id);
  return {
    options,
    chosen:
      chosen === null || view === null
        ? null
        : { line: chosen.line, view, ...(await supplierPage(ctx, url.searchParams, view.id, chosen.line)) },
    mayEdit: ctx.actor.role !== 'viewer',
    done: url.searchParams.get('done'),
  };
};
