import type { Kysely } from 'kysely';
import { isOfficial } from '#lib/domain/account/policy.ts';
import { toldIssue, type Identity } from '#lib/domain/search/told.ts';
import { identitiesOf } from '#lib/server/company/identity-queries.ts';
import { isToldNames, keptWith, type KeptNotice } from '#lib/server/opportunity/repository.ts';
import type { WriteContext } from '#lib/server/platform/command.ts';
import { refuse, type Refused } from '#lib/server/platform/result.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Refusing texts that would tell what a notice keeps back, to one of those who read them. */

/** Who reads a text: everybody, or some companies. */
export type Readers = 'everybody' | readonly string[];

/** By what a notice that keeps its names back would be known: its publisher, its project, its place. */
export async function identityOfNotice(db: Kysely<Database>, notice: KeptNotice): Promise<Identity> {
  const own = notice.organisation_id;
  const publisher = own === null ? undefined : (await identitiesOf(db, [own])).get(own);
  return {
    names: [...(publisher?.names ?? []), ...(await keptWith(db, notice))],
    contacts: publisher?.contacts ?? [],
  };
}

/** Of the fields of a form, those whose text tells what is hidden, as a refusal beside each; null when none does. */
export function refuseTold(
  texts: Record<string, string>,
  hidden: readonly Identity[],
  options: { own: boolean },
): Refused<'invalid'> | null {
  const faults = Object.entries(texts).flatMap(([field, text]) => {
    const issue = toldIssue(text, hidden, options);
    return issue === null ? [] : [[field, issue] as const];
  });
  return faults.length === 0 ? null : refuse('invalid', Object.fromEntries(faults));
}

async function isHidden(db: Kysely<Database>, opportunityId: string, readers: Readers): Promise<boolean> {
  if (readers === 'everybody') return true;
  for (const reader of readers) if (!(await isToldNames(db, opportunityId, reader))) return true;
  return false;
}

/** What the publisher writes; there is no draft in which to take it out again. */
export async function toldByPublisher(
  tx: WriteContext,
  notice: KeptNotice & { id: string },
  texts: Record<string, string>,
  readers: Readers,
): Promise<Refused<'invalid'> | null> {
  if (!notice.pseudonymous || !(await isHidden(tx.db, notice.id, readers))) return null;
  return refuseTold(texts, [await identityOfNotice(tx.db, notice)], { own: true });
}

/**
 * What somebody else writes who knows the names, for readers who do not. Whoever does not know them is not checked: a
 * refusal would confirm a guess.
 * @param writer the company that writes; null: officials, who know everything
 */
export async function toldByOther(
  tx: WriteContext,
  opportunityId: string,
  writer: string | null,
  texts: Record<string, string>,
  readers: readonly string[],
): Promise<Refused<'invalid'> | null> {
  const notice = await tx.db
    .selectFrom('opportunity')
    .select(['id', 'pseudonymous', 'organisation_id', 'project_id', 'place', 'publisher'])
    .where('id', '=', opportunityId)
    .executeTakeFirst();
  if (notice === undefined || !notice.pseudonymous) return null;
  const knows = writer === null ? isOfficial(tx.actor) : await isToldNames(tx.db, opportunityId, writer);
  const others = readers.filter((reader) => reader !== notice.organisation_id);
  if (!knows || !(await isHidden(tx.db, opportunityId, others))) return null;
  return refuseTold(texts, [await identityOfNotice(tx.db, notice)], { own: false });
}

/**
 * The reason of an invitation for the company that reads it; null while it would tell what the notice keeps back: it was
 * written before the notice was to keep anything.
 */
export async function readableReason(
  db: Kysely<Database>,
  notice: KeptNotice & { id: string },
  companyId: string,
  reason: string,
): Promise<string | null> {
  if (!notice.pseudonymous || (await isToldNames(db, notice.id, companyId))) return reason;
  return toldIssue(reason, [await identityOfNotice(db, notice)], { own: true }) === null ? reason : null;
}
