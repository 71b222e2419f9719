import type { Selectable, Transaction } from 'kysely';
import type { MatchAppealTable } from '#lib/server/match/trust-tables.ts';
import { lockRow } from '#lib/server/platform/command.ts';
import type { Database } from '#lib/server/platform/schema.ts';

export type AppealRow = Selectable<MatchAppealTable> & { publisher_id: string | null };

/** The objection, locked, with the publisher of its notice. */
export async function lockAppeal(db: Transaction<Database>, id: string): Promise<AppealRow | null> {
  if (!(await lockRow(db, 'match_appeal', id))) return null;
  const row = await db
    .selectFrom('match_appeal')
    .innerJoin('opportunity', 'opportunity.id', 'match_appeal.opportunity_id')
    .selectAll('match_appeal')
    .select('opportunity.organisation_id as publisher_id')
    .where('match_appeal.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

export async function openAppealOf(
  db: Transaction<Database>,
  pair: { organisationId: string; opportunity: string; company: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('match_appeal')
    .select('id')
    .where('organisation_id', '=', pair.organisationId)
    .where('opportunity_id', '=', pair.opportunity)
    .where('company_id', '=', pair.company)
    .where('status', '=', 'open')
    .executeTakeFirst();
  return row !== undefined;
}

/** The title of a notice as events carry it. */
export async function titleOf(
  db: Transaction<Database>,
  opportunity: string,
): Promise<{ titleKo: string; titleEn: string }> {
  const row = await db
    .selectFrom('opportunity')
    .select(['title_ko', 'title_en'])
    .where('id', '=', opportunity)
    .executeTakeFirst();
  return { titleKo: row?.title_ko ?? '', titleEn: row?.title_en ?? '' };
}
