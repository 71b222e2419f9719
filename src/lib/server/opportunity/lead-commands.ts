import { isLeadEditor, isMember } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { phaseAt } from '#lib/domain/opportunity/status.ts';
import { isKnown } from '#lib/server/company/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';
import { tellInvited } from '#lib/server/opportunity/commands.ts';
import {
  lockOpportunity,
  publishedCompany,
  type OpportunityRow,
} from '#lib/server/opportunity/repository.ts';
import { toldByPublisher } from '#lib/server/opportunity/told-names.ts';

type Found = { ok: true; row: OpportunityRow } | Refused<'not-found'>;

async function ownOpportunity(tx: WriteContext, id: string): Promise<Found> {
  const row = isUuid(id) ? await lockOpportunity(tx.db, id) : null;
  if (row === null || !isMember(tx.actor) || row.organisation_id !== tx.actor.organisationId)
    return refuse('not-found');
  return { ok: true, row };
}

/**
 * Invites one company to a notice, with the reason that is kept (DOMAIN 2.2, 40). Inviting it again changes nothing.
 * Refuses `suspended`: nobody is invited whose participation is suspended, where the publisher knows that it is. As one
 * that is not there it refuses a company that does not show itself, one on a confirmed restricted entry and the own
 * organisation: no list of matches has them, and nobody learns more from this. Refuses a reason that tells a name which the
 * notice keeps back from the company, or an address at which to ask for it.
 */
export const inviteCompany = command({
  name: 'opportunity.invite',
  policy: isLeadEditor,
  async run(tx, input: { opportunity: string; company: string; reason: string }) {
    const found = await ownOpportunity(tx, input.opportunity);
    if (!found.ok) return found;
    const { row } = found;
    // A notice whose deadline is over is closed in all but name.
    const phase = phaseAt(row, tx.now, koreanDay(tx.now));
    if (phase === 'closed' || phase === 'withdrawn') return refuse('wrong-state');
    const company = (await isKnown(tx, input.company)) ? await publishedCompany(tx.db, input.company) : null;
    if (company === null || company.screened || company.id === row.organisation_id)
      return refuse('not-found');
    if (company.standing === 'suspended') return refuse('suspended');
    const told = await toldByPublisher(tx, row, { reason: input.reason }, [company.id]);
    if (told !== null) return told;
    const added = await tx.db
      .insertInto('opportunity_invitation')
      .values({
        opportunity_id: row.id,
        organisation_id: company.id,
        reason: input.reason,
        invited_by: tx.accountId,
        created_at: tx.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('organisation_id')
      .executeTakeFirst();
    if (added === undefined) return done({ already: true });
    await tx.audit({
      action: 'opportunity.invite',
      object: { kind: 'opportunity', id: row.id },
      after: { company: company.id, reason: input.reason },
    });
    await tx.changed('opportunity', row.id);
    if (row.status === 'published') await tellInvited(tx, row, company.id, input.reason);
    return done({ already: false });
  },
});

/** The list of a notice, made when it is first needed. The organisation's row is locked so that two clicks make one. */
async function shortlistOf(tx: WriteContext, organisationId: string, row: OpportunityRow): Promise<string> {
  await lockRow(tx.db, 'organisation', organisationId);
  const known = await tx.db
    .selectFrom('shortlist')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .where('opportunity_id', '=', row.id)
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
  if (known !== undefined) return known.id;
  const made = await tx.db
    .insertInto('shortlist')
    .values({
      organisation_id: organisationId,
      opportunity_id: row.id,
      name: row.title_ko || row.title_en,
      created_by: tx.accountId,
      created_at: tx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

/** Puts companies on the notice's list. Those already there stay as they are. */
export const addToShortlist = command({
  name: 'shortlist.add',
  policy: isLeadEditor,
  async run(tx, input: { opportunity: string; companies: string[]; note: string }) {
    const found = await ownOpportunity(tx, input.opportunity);
    if (!found.ok) return found;
    if (!isMember(tx.actor)) return refuse('forbidden');
    const id = await shortlistOf(tx, tx.actor.organisationId, found.row);
    for (const company of input.companies) {
      const known = isUuid(company) ? await publishedCompany(tx.db, company) : null;
      if (known === null) return refuse('not-found');
      await tx.db
        .insertInto('shortlist_entry')
        .values({
          shortlist_id: id,
          company_id: company,
          note: input.note,
          added_by: tx.accountId,
          created_at: tx.now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    await tx.audit({
      action: 'shortlist.add',
      object: { kind: 'shortlist', id },
      after: { companies: input.companies, note: input.note },
    });
    return done({ id });
  },
});

async function ownShortlist(tx: WriteContext, id: string): Promise<boolean> {
  if (!isMember(tx.actor) || !isUuid(id)) return false;
  const row = await tx.db
    .selectFrom('shortlist')
    .select('id')
    .where('id', '=', id)
    .where('organisation_id', '=', tx.actor.organisationId)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** Writes the note beside a company on a list; seen by the own organisation only. */
export const noteOnShortlist = command({
  name: 'shortlist.note',
  policy: isLeadEditor,
  async run(tx, input: { id: string; company: string; note: string }) {
    if (!isUuid(input.company) || !(await ownShortlist(tx, input.id))) return refuse('not-found');
    const changed = await tx.db
      .updateTable('shortlist_entry')
      .set({ note: input.note })
      .where('shortlist_id', '=', input.id)
      .where('company_id', '=', input.company)
      .returning('company_id')
      .executeTakeFirst();
    if (changed === undefined) return refuse('not-found');
    await tx.audit({
      action: 'shortlist.note',
      object: { kind: 'shortlist', id: input.id },
      after: { company: input.company, note: input.note },
    });
    return done();
  },
});

/** Takes a company off a list; one that is gone already is fine. */
export const removeFromShortlist = command({
  name: 'shortlist.remove',
  policy: isLeadEditor,
  async run(tx, input: { id: string; company: string }) {
    if (!isUuid(input.company) || !(await ownShortlist(tx, input.id))) return refuse('not-found');
    await tx.db
      .deleteFrom('shortlist_entry')
      .where('shortlist_id', '=', input.id)
      .where('company_id', '=', input.company)
      .execute();
    await tx.audit({
      action: 'shortlist.remove',
      object: { kind: 'shortlist', id: input.id },
      before: { company: input.company },
    });
    return done();
  },
});
