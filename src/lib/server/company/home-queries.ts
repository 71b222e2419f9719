import { isMember } from '#lib/domain/account/policy.ts';
import type { ProfileItem } from '#lib/domain/company/completeness.ts';
import type { CompanyTasks } from '#lib/domain/company/home.ts';
import { nextStep, type Gain, type NextStep } from '#lib/domain/company/next-step.ts';
import type { InterestCard } from '#lib/domain/engagement/view.ts';
import { briefOf } from '#lib/domain/match/brief.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import type { MatchGroup } from '#lib/domain/match/group.ts';
import type { Later } from '#lib/domain/match/tuning.ts';
import type { Names, OpportunityCard } from '#lib/domain/opportunity/view.ts';
import { interestsOfCompany } from '#lib/server/engagement/queries.ts';
import { openInvitations } from '#lib/server/engagement/invitation-queries.ts';
import { waitingInvitations } from '#lib/server/engagement/team-queries.ts';
import { dismissedMatches } from '#lib/server/match/dismissed-queries.ts';
import { matchCountsForCompany, matchesForCompany, type MatchItem } from '#lib/server/match/queries.ts';
import { names } from '#lib/server/opportunity/present.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { openRequestsOfOrganisation, ownVetting, type OwnVetting } from '#lib/server/vetting/queries.ts';
import { certificatesUntil, ownProfile } from '#lib/server/company/queries.ts';

/** A match with the opportunity it is about. */
export interface OwnMatch {
  id: string;
  score: number;
  group: MatchGroup;
  short: MatchInShort;
  later: Later | null;
  opportunity: OpportunityCard;
}

/** A match in a line of a list; the whole reckoning stands on its own page. */
export interface MatchInShort {
  fits: string[];
  lacks: string[];
  /** What the gates say that shut the company out. */
  shut: string[];
  /** How much could be gained, 0–1. */
  reach: number;
}

function inShort(score: number, why: Explanation): MatchInShort {
  const { fits, lacks } = briefOf(why.parts);
  const gain = why.raise.reduce((sum, one) => sum + one.points, 0);
  return {
    fits: fits.map(({ label }) => label),
    lacks: lacks.map(({ label }) => label),
    shut: why.gates.filter(({ passed }) => !passed).map(({ sentence }) => sentence),
    reach: Math.min(gain, 1 - score),
  };
}

export interface CompanyHome {
  name: Names;
  tasks: CompanyTasks;
  /** Those published since the visit before are counted; a few of each are shown. */
  matches: { fresh: OwnMatch[]; freshCount: number; best: OwnMatch[]; total: number };
  interests: InterestCard[];
  vetting: OwnVetting | null;
  next: NextStep;
  items: ProfileItem[];
  published: boolean;
}

/** Days ahead in which certificates and vetting are brought up. */
const SOON_DAYS = 60;
/** Days ahead in which the deadline of a strong match is brought up. */
const CLOSING_DAYS = 14;
/** Matches that are looked at for what is new and what would raise them. */
const LOOKED_AT = 60;
/** Matches that the home shows. */
const SHOWN = 3;

/** Everything on the home of a company; null when the actor acts for none. */
export async function companyHome(ctx: Context, previousVisit: Date | null): Promise<CompanyHome | null> {
  if (!isMember(ctx.actor)) return null;
  const profile = await ownProfile(ctx);
  if (profile === null) return null;
  const organisationId = ctx.actor.organisationId;
  const soon = dayIn(ctx.now(), SOON_DAYS);
  const [
    interests,
    asked,
    dismissed,
    requests,
    certificates,
    vetting,
    strong,
    near,
    counts,
    teamInvitations,
  ] = await Promise.all([
    interestsOfCompany(ctx),
    openInvitations(ctx),
    dismissedMatches(ctx),
    openRequestsOfOrganisation(ctx),
    certificatesUntil(ctx, soon),
    ownVetting(ctx),
    matchesForCompany(ctx, organisationId, { limit: LOOKED_AT }),
    matchesForCompany(ctx, organisationId, { limit: LOOKED_AT, group: 'near' }),
    matchCountsForCompany(ctx, organisationId),
    waitingInvitations(ctx),
  ]);
  const matches = await withOpportunities(ctx, strong?.items ?? []);
  const answered = new Set(interests.map((one) => one.opportunity.id));
  const unanswered = matches.filter((match) => !answered.has(match.id));
  const notRelevant = new Set(dismissed.map((one) => one.opportunity.id));
  const invitations = asked.filter(({ opportunity }) => !notRelevant.has(opportunity));
  const invited = new Set(invitations.map(({ opportunity }) => opportunity));
  const fresh = unanswered.filter((match) => isNew(match, previousVisit));
  return {
    name: names(profile.rows.identity.name_ko, profile.rows.identity.name_en),
    tasks: {
      requests: requests.map(({ id, question, due_at: dueAt }) => ({
        id,
        question,
        dueAt: dueAt.toISOString(),
      })),
      teamInvitations,
      invitations,
      certificates,
      vettingEnds: vettingEnds(vetting, soon),
      closing: closingSoon(
        unanswered.filter(({ id }) => !invited.has(id)),
        ctx.now(),
      ),
      profile: profileTask(profile.published, vetting),
    },
    matches: {
      fresh: fresh.slice(0, SHOWN),
      freshCount: fresh.length,
      best: unanswered.slice(0, SHOWN),
      total: counts === null ? 0 : counts.strong + counts.near + counts.explore,
    },
    interests,
    vetting,
    next: nextStep(profile.items, gainsOf([...(strong?.items ?? []), ...(near?.items ?? [])])),
    items: profile.items,
    published: profile.published,
  };
}

/** Matches in their order with their opportunities; those the actor may not see are left out. */
export async function withOpportunities(ctx: Context, items: readonly MatchItem[]): Promise<OwnMatch[]> {
  const cards = await opportunityCards(
    ctx,
    items.map(({ id }) => id),
  );
  const byId = new Map(cards.map((card) => [card.id, card]));
  return items.flatMap(({ id, score, group, why, later }) => {
    const opportunity = byId.get(id);
    return opportunity === undefined
      ? []
      : [{ id, score, group, short: inShort(score, why), later, opportunity }];
  });
}

function gainsOf(items: readonly MatchItem[]): Gain[] {
  return items.flatMap((item) => item.why.raise.map((raise) => ({ opportunity: item.id, ...raise })));
}

/** Published after the visit before this one; at the first visit nothing counts as new. */
function isNew({ opportunity }: OwnMatch, previousVisit: Date | null): boolean {
  if (previousVisit === null || opportunity.publishedAt === null) return false;
  return new Date(opportunity.publishedAt) > previousVisit;
}

function closingSoon(matches: readonly OwnMatch[], now: Date): CompanyTasks['closing'] {
  const until = now.getTime() + CLOSING_DAYS * 86_400_000;
  return matches.flatMap(({ id, group, opportunity }) => {
    const { deadline, title } = opportunity;
    if (group !== 'strong' || deadline === null || Date.parse(deadline) > until) return [];
    return [{ id, title, deadline }];
  });
}

function vettingEnds(vetting: OwnVetting | null, soon: string): string | null {
  if (vetting === null || vetting.standing !== 'vetted' || vetting.case !== null) return null;
  return vetting.vetted_until !== null && vetting.vetted_until <= soon ? vetting.vetted_until : null;
}

function profileTask(published: boolean, vetting: OwnVetting | null): CompanyTasks['profile'] {
  if (!published) return 'unpublished';
  return vetting?.standing === 'registered' && vetting.case === null ? 'unvetted' : null;
}

function dayIn(now: Date, days: number): string {
  return koreanDay(new Date(now.getTime() + days * 86_400_000));
}
