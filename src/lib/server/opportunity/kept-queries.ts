import { isMember, isOfficial } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { OPEN_TEXTS, type Giveaway } from '#lib/domain/opportunity/kept.ts';
import { namesTold } from '#lib/domain/search/own-names.ts';
import { contactsIn } from '#lib/domain/search/told.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { identityOfNotice } from '#lib/server/opportunity/told-names.ts';

/**
 * Where the open texts of a notice that keeps its names back tell them all the same, for its publisher and officials.
 * Empty for everybody else, and where nothing is kept back.
 */
export async function giveawaysOf(ctx: Context, id: string): Promise<Giveaway[]> {
  const { actor } = ctx;
  if (!isUuid(id) || !(isMember(actor) || isOfficial(actor))) return [];
  const row = await ctx.db
    .selectFrom('opportunity')
    .select(['organisation_id', 'project_id', 'place', 'publisher', ...OPEN_TEXTS])
    .where('id', '=', id)
    .where('pseudonymous', '=', true)
    .executeTakeFirst();
  if (row === undefined || (isMember(actor) && row.organisation_id !== actor.organisationId)) return [];
  const hidden = await identityOfNotice(ctx.db, { ...row, pseudonymous: true });
  return OPEN_TEXTS.flatMap((field): Giveaway[] => {
    const words = [...namesTold(row[field], hidden.names), ...contactsIn(row[field])];
    return words.length === 0 ? [] : [{ field, words }];
  });
}
