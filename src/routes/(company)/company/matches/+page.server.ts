import { redirect } from '@sveltejs/kit';
import { isMember } from '#lib/domain/account/policy.ts';
import type { MatchGroup } from '#lib/domain/match/group.ts';
import { href } from '#lib/i18n/address.ts';
import { withOpportunities } from '#lib/server/company/home-queries.ts';
import { isPublished } from '#lib/server/company/queries.ts';
import { partnerCounts } from '#lib/server/engagement/proposal-queries.ts';
import { dismissedMatches } from '#lib/server/match/dismissed-queries.ts';
import { matchCountsForCompany, matchesForCompany } from '#lib/server/match/queries.ts';
import { sayRelevantAgain } from '#lib/server/opportunity/feedback-commands.ts';
import { filterChoices } from '#lib/server/opportunity/name-queries.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

const GROUPS: readonly MatchGroup[] = ['strong', 'near', 'explore'];
const PAGE = 20;

/** One value of each filter: the lists are short. */
function filtersOf(parameters: URLSearchParams) {
  const chosen = (name: string) => parameters.getAll(name).filter((value) => value !== '');
  return { mineral: chosen('mineral'), country: chosen('country'), capability: chosen('capability') };
}

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  if (!isMember(ctx.actor)) notFound();
  const id = ctx.actor.organisationId;
  const filters = filtersOf(url.searchParams);
  const counts = await matchCountsForCompany(ctx, id, { filters });
  const asked = GROUPS.find((one) => one === url.searchParams.get('group'));
  const group = asked ?? GROUPS.find((one) => (counts?.[one] ?? 0) > 0) ?? 'strong';
  const page = Math.max(1, Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1);
  const [list, published, dismissed, choices] = await Promise.all([
    matchesForCompany(ctx, id, { group, filters, limit: PAGE, offset: (page - 1) * PAGE }),
    isPublished(ctx, id),
    dismissedMatches(ctx),
    filterChoices(ctx),
  ]);
  const matches = await withOpportunities(ctx, list?.items ?? []);
  // Where one gate of a line is missing, a partner may close it.
  const lacking = group === 'near' ? matches.filter(({ short }) => short.shut.length > 0) : [];
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
    filters,
    choices,
    dismissed,
    mayEdit: ctx.actor.role !== 'viewer',
    total: counts?.[group] ?? 0,
    published,
    now: ctx.now(),
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  /** Takes "not relevant" back. */
  again: async ({ locals: { ctx, lang }, request }) => {
    if (!isMember(ctx.actor)) notFound();
    const opportunity = String((await request.formData()).get('opportunity') ?? '');
    const outcome = await sayRelevantAgain(ctx, { opportunity, company: ctx.actor.organisationId });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(lang, '/company/matches?done=again'));
  },
};
