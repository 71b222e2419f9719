import { isMember } from '#lib/domain/account/policy.ts';
import type { MatchGroup } from '#lib/domain/match/group.ts';
import { withOpportunities } from '#lib/server/company/home-queries.ts';
import { ownProfile } from '#lib/server/company/queries.ts';
import { partnerCounts } from '#lib/server/engagement/proposal-queries.ts';
import { matchCountsForCompany, matchesForCompany } from '#lib/server/match/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

const GROUPS: readonly MatchGroup[] = ['strong', 'near', 'explore'];
const PAGE = 20;

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  if (!isMember(ctx.actor)) notFound();
  const id = ctx.actor.organisationId;
  const counts = await matchCountsForCompany(ctx, id);
  const asked = GROUPS.find((one) => one === url.searchParams.get('group'));
  const group = asked ?? GROUPS.find((one) => (counts?.[one] ?? 0) > 0) ?? 'strong';
  const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1);
  const [list, profile] = await Promise.all([
    matchesForCompany(ctx, id, { group, limit: PAGE, offset: (page - 1) * PAGE }),
    ownProfile(ctx),
  ]);
  const matches = await withOpportunities(ctx, list?.items ?? []);
  // Where one gate of a line is missing, a partner may close it.
  const lacking = group === 'near' ? matches.filter(({ why }) => why.gates.some((one) => !one.passed)) : [];
  return {
    partners: await partnerCounts(
      ctx,
      lacking.map(({ opportunity }) => opportunity),
    ),
    group,
    counts,
    page,
    perPage: PAGE,
    matches,
    total: counts?.[group] ?? 0,
    published: profile?.published ?? false,
    now: ctx.now(),
  };
};
