import { isUuid } from '#lib/domain/form/uuid.ts';
import { answerMatch, type MatchAnswer } from '#lib/server/match/batch.ts';
import { maySeeMatchesOfCompany, maySeeMatchesOfOpportunity } from '#lib/server/match/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

type Noun = 'opportunity' | 'company';

/**
 * The match answer of a batch, in camel case: for the publisher of the opportunity or the company itself, and for
 * officials. Null when the actor may not see it or it is not there.
 */
export async function apiMatches(ctx: Context, noun: Noun, id: string, limit: number) {
  if (!isUuid(id)) return null;
  const allowed =
    noun === 'opportunity' ? await maySeeMatchesOfOpportunity(ctx, id) : maySeeMatchesOfCompany(ctx, id);
  if (!allowed) return null;
  // What is hidden was decided above; the batch itself answers the portal alone.
  const system: Context = { ...ctx, actor: { kind: 'system', name: 'api' } };
  const asked = noun === 'opportunity' ? { opportunity: id } : { company: id };
  const outcome = await answerMatch(system, { id, ...asked, team: false, limit, members: 5 });
  return outcome.ok ? camelCase(outcome.answer) : null;
}

function camelCase(answer: MatchAnswer) {
  return {
    ...answer,
    items: answer.items.flatMap((item) => {
      if (!('external_id' in item)) return [];
      const { external_id: externalId, ...rest } = item;
      return [{ externalId, ...rest }];
    }),
  };
}
