import { isOfficial } from '#lib/domain/account/policy.ts';
import type { ExplanationAnswer } from '#lib/domain/search/api.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { companyCards, maskedAmong, pseudonymousAmong } from '#lib/server/company/queries.ts';
import { answerMatch, type MatchAnswer } from '#lib/server/match/batch.ts';
import {
  explainPair,
  maySeeMatchesOfCompany,
  maySeeMatchesOfOpportunity,
  shownTo,
} from '#lib/server/match/queries.ts';
import { namesKeptAmong, opportunityCards } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

type Noun = 'opportunity' | 'company';

/**
 * The match answer of a batch, in camel case: for the publisher of the opportunity or the company itself, and for
 * officials. As on its page, a notice by invitation is answered with whoever could be invited; what the reader may not
 * know of is in no count. Null when the actor may not see it or it is not there.
 */
export async function apiMatches(ctx: Context, noun: Noun, id: string, limit: number) {
  if (!isUuid(id)) return null;
  const allowed =
    noun === 'opportunity' ? await maySeeMatchesOfOpportunity(ctx, id) : maySeeMatchesOfCompany(ctx, id);
  if (!allowed || !(await isThere(ctx, noun, id))) return null;
  // What is hidden was decided above; the batch itself answers the portal alone.
  const system: Context = { ...ctx, actor: { kind: 'system', name: 'api' } };
  const asked = noun === 'opportunity' ? { opportunity: id } : { company: id };
  const question = { id, ...asked, team: false, limit, members: 5 };
  const outcome = await answerMatch(system, question, {
    keptAmong: (ids) => maskedAmong(ctx, ids),
    shown: await shownTo(ctx),
  });
  if (!outcome.ok) return null;
  const kept = isOfficial(ctx.actor) ? NOTHING_KEPT : await namesKeptBack(ctx, noun, outcome.answer);
  return camelCase(outcome.answer, kept);
}

/**
 * The whole reckoning of one pair, as `match explain` prints it: for the publisher of the opportunity, the company
 * itself and officials. Null for others, and when either is not there for the reader: a company that does not show
 * itself is not told of by its gates either.
 */
export async function apiExplanation(
  ctx: Context,
  opportunity: string,
  company: string,
): Promise<ExplanationAnswer | null> {
  if (!isUuid(opportunity) || !isUuid(company)) return null;
  const itself = !isOfficial(ctx.actor) && maySeeMatchesOfCompany(ctx, company);
  if (!itself && !(await maySeeMatchesOfOpportunity(ctx, opportunity))) return null;
  if (!itself && (await companyCards(ctx, [company])).length === 0) return null;
  return explainPair(ctx, { opportunity, company });
}

/** External id → what stands in its place. */
type Kept = ReadonlyMap<string, string | null>;
const NOTHING_KEPT: Kept = new Map();

/**
 * What is listed and keeps its name back until both sides agree; a partner's own id would tell it. A notice is called
 * by its id on this portal, a company by nothing.
 */
async function namesKeptBack(ctx: Context, noun: Noun, answer: MatchAnswer): Promise<Kept> {
  const ids = answer.items.flatMap((item) => ('external_id' in item ? [item.external_id] : []));
  if (ids.length === 0) return NOTHING_KEPT;
  if (noun === 'company') return await namesKeptAmong(ctx, ids);
  return new Map([...(await pseudonymousAmong(ctx.db, ids))].map((id) => [id, null]));
}

/** Officials may see the matches of whatever they may see, which is no draft and no unpublished profile. */
async function isThere(ctx: Context, noun: Noun, id: string): Promise<boolean> {
  if (!isOfficial(ctx.actor)) return true;
  const cards = noun === 'opportunity' ? await opportunityCards(ctx, [id]) : await companyCards(ctx, [id]);
  return cards.length > 0;
}

function camelCase(answer: MatchAnswer, kept: Kept) {
  return {
    ...answer,
    items: answer.items.flatMap((item) => {
      if (!('external_id' in item)) return [];
      const { external_id: externalId, ...rest } = item;
      return [{ externalId: kept.has(externalId) ? (kept.get(externalId) ?? null) : externalId, ...rest }];
    }),
  };
}
