import type { Actor } from '#lib/domain/account/actor.ts';
import { isMemberOf } from '#lib/server/account/queries.ts';
import { isLeadEditor, isMember, isOfficial, isSystem } from '#lib/domain/account/policy.ts';
import type { NoticeKind } from '#lib/domain/notice/notice.ts';
import { gapsOf } from '#lib/domain/opportunity/draft.ts';
import { afterAction, type OpportunityAction, type OpportunitySide } from '#lib/domain/opportunity/status.ts';
import { instantIn } from '#lib/domain/opportunity/zones.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { publisherKept } from '#lib/i18n/opportunity.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';
import { eligibleAt } from '#lib/server/opportunity/eligibility.ts';
import {
  interestedOrganisations,
  invitedOrganisations,
  isToldNames,
  lockOpportunity,
  publisherOf,
  requirementsOf,
  type OpportunityRow,
} from '#lib/server/opportunity/repository.ts';
import { readableReason, toldByPublisher } from '#lib/server/opportunity/told-names.ts';

function maySee(actor: Actor, row: OpportunityRow): boolean {
  if (isMember(actor)) return row.organisation_id === actor.organisationId;
  return isOfficial(actor) ? row.status !== 'draft' : actor.kind === 'system';
}

/** The notice, locked, when the actor's side may take this step now. */
async function step(
  tx: WriteContext,
  id: string,
  action: OpportunityAction,
  side: OpportunitySide,
): Promise<
  | { ok: true; row: OpportunityRow; to: OpportunityRow['status'] }
  | Refused<'not-found' | 'wrong-state' | 'conflict-of-interest'>
> {
  const row = isUuid(id) ? await lockOpportunity(tx.db, id) : null;
  if (row === null || !maySee(tx.actor, row)) return refuse('not-found');
  if (side === 'ministry' && (await isMemberOf(tx.db, tx.accountId, row.organisation_id))) {
    return refuse('conflict-of-interest');
  }
  const to = afterAction(row.status, action, side);
  return to === null ? refuse('wrong-state') : { ok: true, row, to };
}

/** Writes the new status with its audit row, and tells search and matching. */
async function move(
  tx: WriteContext,
  row: OpportunityRow,
  action: OpportunityAction,
  set: Partial<
    Pick<
      OpportunityRow,
      | 'status'
      | 'returned_note'
      | 'submitted_by'
      | 'submitted_at'
      | 'published_by'
      | 'published_at'
      | 'frozen_at'
      | 'closed_at'
      | 'deadline'
      | 'deadline_zone'
      | 'eligible_countries'
      | 'eligible_on'
    >
  >,
): Promise<void> {
  await tx.db
    .updateTable('opportunity')
    .set({ ...set, updated_at: tx.now })
    .where('id', '=', row.id)
    .execute();
  await tx.audit({
    action: `opportunity.${action}`,
    object: { kind: 'opportunity', id: row.id },
    before: { status: row.status, deadline: row.deadline },
    after: set,
  });
  await tx.changed('opportunity', row.id);
}

/**
 * Values every notice about an opportunity carries. `name…` is its publisher; where that is kept back from the
 * company told, a neutral word.
 * @param company who is told; null: the publisher itself or officials
 */
async function opportunityWords(
  tx: WriteContext,
  row: OpportunityRow,
  company: string | null = null,
): Promise<Record<string, string>> {
  const kept = row.pseudonymous && company !== null && !(await isToldNames(tx.db, row.id, company));
  const publisher =
    row.organisation_id === null || kept ? undefined : await publisherOf(tx.db, row.organisation_id);
  return {
    number: row.number,
    titleKo: row.title_ko || row.title_en,
    titleEn: row.title_en || row.title_ko,
    nameKo: kept ? publisherKept('ko') : publisher?.name_ko || publisher?.name_en || row.publisher,
    nameEn: kept ? publisherKept('en') : publisher?.name_en || publisher?.name_ko || row.publisher,
  };
}

async function tellPublisher(
  tx: WriteContext,
  row: OpportunityRow,
  kind: NoticeKind,
  extra: Record<string, string> = {},
) {
  if (row.organisation_id === null) return;
  await tx.notify({
    kind,
    key: `${kind}:${row.id}:${tx.now.getTime()}`,
    to: { organisationId: row.organisation_id, roles: ['owner', 'editor'] },
    except: tx.accountId,
    data: { ...(await opportunityWords(tx, row)), ...extra },
    path: `/lead/opportunities/${row.id}`,
  });
}

async function tellInterested(
  tx: WriteContext,
  row: OpportunityRow,
  kind: NoticeKind,
  key: string,
  extra: Record<string, string> = {},
) {
  for (const organisationId of await interestedOrganisations(tx.db, row.id))
    await tx.notify({
      kind,
      key: `${kind}:${key}:${organisationId}`,
      to: { organisationId, roles: ['owner', 'editor'] },
      data: { ...(await opportunityWords(tx, row, organisationId)), ...extra },
      path: `/opportunities/${row.id}`,
    });
}

/** A draft is handed in for publication. Refuses `incomplete` with the gaps as field names. */
export const submitOpportunity = command({
  name: 'opportunity.submit',
  policy: isLeadEditor,
  async run(tx, input: { id: string }) {
    const found = await step(tx, input.id, 'submit', 'lead');
    if (!found.ok) return found;
    const { row, to } = found;
    const gaps = gapsOf(
      {
        hasTitle: row.title_ko !== '' || row.title_en !== '',
        requirements: (await requirementsOf(tx.db, row.id)).length,
        deadline: row.deadline,
        opens: row.opens,
      },
      tx.now,
      row.deadline === null ? null : koreanDay(row.deadline),
    );
    if (gaps.length > 0) return refuse('incomplete', Object.fromEntries(gaps.map((gap) => [gap, gap])));
    await move(tx, row, 'submit', {
      status: to,
      returned_note: '',
      submitted_by: tx.accountId,
      submitted_at: tx.now,
    });
    await tx.notify({
      kind: 'opportunity-submitted',
      key: `opportunity-submitted:${row.id}:${tx.now.getTime()}`,
      to: { officials: true },
      data: await opportunityWords(tx, row),
      path: `/ministry/opportunities/${row.id}`,
    });
    return done();
  },
});

/** The publisher takes a notice back that was handed in but not yet published. */
export const takeBackOpportunity = command({
  name: 'opportunity.take-back',
  policy: isLeadEditor,
  async run(tx, input: { id: string }) {
    const found = await step(tx, input.id, 'take-back', 'lead');
    if (!found.ok) return found;
    await move(tx, found.row, 'take-back', { status: found.to });
    return done();
  },
});

/** An official gives a draft back with a note that says what to put right. */
export const returnOpportunity = command({
  name: 'opportunity.return',
  policy: isOfficial,
  async run(tx, input: { id: string; note: string }) {
    const found = await step(tx, input.id, 'return', 'ministry');
    if (!found.ok) return found;
    await move(tx, found.row, 'return', { status: found.to, returned_note: input.note });
    await tellPublisher(tx, found.row, 'opportunity-returned', { note: input.note });
    return done();
  },
});

/**
 * An official publishes. The publisher itself must be vetted on the day (DOMAIN 2.2, 31 and 33), the deadline still
 * ahead. Requirement lines and weights are frozen from now on (39).
 */
export const publishOpportunity = command({
  name: 'opportunity.publish',
  policy: isOfficial,
  async run(tx, input: { id: string }) {
    const found = await step(tx, input.id, 'publish', 'ministry');
    if (!found.ok) return found;
    const { row, to } = found;
    // A suspension that is being confirmed at this moment is waited for.
    if (row.organisation_id !== null) await lockRow(tx.db, 'organisation', row.organisation_id);
    const publisher =
      row.organisation_id === null ? undefined : await publisherOf(tx.db, row.organisation_id);
    const vetted =
      publisher?.standing === 'vetted' &&
      publisher.vetted_until !== null &&
      publisher.vetted_until >= koreanDay(tx.now);
    if (!vetted) return refuse('publisher-not-vetted');
    if (row.deadline === null || row.deadline <= tx.now) return refuse('deadline-past');
    if ((await requirementsOf(tx.db, row.id)).length === 0) return refuse('incomplete');
    const eligible = await eligibleAt(tx.db, row, row.deadline);
    if (eligible.eligible_countries?.length === 0) return refuse('no-members');
    await move(tx, row, 'publish', {
      ...eligible,
      status: to,
      returned_note: '',
      published_by: tx.accountId,
      published_at: tx.now,
      frozen_at: tx.now,
    });
    await tellPublisher(tx, row, 'opportunity-published');
    for (const one of await invitedOrganisations(tx.db, row.id))
      await tellInvited(tx, row, one.organisation_id, one.reason);
    return done();
  },
});

/** One invitation is told once, as soon as the invited company can read the notice. */
export async function tellInvited(
  tx: WriteContext,
  row: OpportunityRow,
  organisationId: string,
  reason: string,
): Promise<void> {
  const note = await readableReason(tx.db, row, organisationId, reason);
  await tx.notify({
    kind: 'opportunity-invitation',
    key: `opportunity-invitation:${row.id}:${organisationId}`,
    to: { organisationId, roles: ['owner', 'editor'] },
    data: { ...(await opportunityWords(tx, row, organisationId)), ...(note === null ? {} : { note }) },
    path: `/company/invitations/${row.id}`,
  });
}

/**
 * A change after publication; never moves the deadline into the past. All who expressed interest are told. Refuses
 * words that tell a name which the notice keeps back.
 */
export const addAddendum = command({
  name: 'opportunity.amend',
  policy: isLeadEditor,
  async run(tx, input: { id: string; textKo: string; textEn: string; deadline: string; zone: string }) {
    const found = await step(tx, input.id, 'amend', 'lead');
    if (!found.ok) return found;
    const { row } = found;
    const deadline = input.deadline === '' ? null : instantIn(input.deadline, input.zone);
    if (deadline !== null && deadline <= tx.now) return refuse('invalid', { deadline: 'past-date' });
    // A notice whose deadline is over is closed in all but name: the clock closes it within the minute.
    if (row.deadline !== null && row.deadline <= tx.now) return refuse('wrong-state');
    const texts = { text_ko: input.textKo, text_en: input.textEn };
    const told = await toldByPublisher(tx, row, texts, 'everybody');
    if (told !== null) return told;
    const added = await tx.db
      .insertInto('addendum')
      .values({
        opportunity_id: row.id,
        text_ko: input.textKo,
        text_en: input.textEn,
        deadline_before: deadline === null ? null : row.deadline,
        deadline_after: deadline,
        created_by: tx.accountId,
        created_at: tx.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await move(tx, row, 'amend', deadline === null ? {} : { deadline, deadline_zone: input.zone });
    await tellInterested(tx, row, 'opportunity-addendum', added.id, {
      reasonKo: input.textKo || input.textEn,
      reasonEn: input.textEn || input.textKo,
    });
    return done({ id: added.id });
  },
});

async function close(tx: WriteContext, id: string, side: OpportunitySide) {
  const found = await step(tx, id, 'close', side);
  if (!found.ok) return found;
  const { row, to } = found;
  if (side === 'clock' && (row.deadline === null || row.deadline > tx.now)) return refuse('wrong-state');
  await move(tx, row, 'close', { status: to, closed_at: tx.now });
  await tellInterested(tx, row, 'opportunity-closed', row.id, { outcome: 'closed' });
  return done();
}

/** The publisher closes before the deadline. Expressions received stay in the inbox. */
export const closeOpportunity = command({
  name: 'opportunity.close',
  policy: isLeadEditor,
  run: (tx, input: { id: string }) => close(tx, input.id, 'lead'),
});

/** The clock closes what is past its deadline; anything else is refused, so it may run any number of times. */
export const closeByClock = command({
  name: 'opportunity.close-by-clock',
  policy: isSystem,
  run: (tx, input: { id: string }) => close(tx, input.id, 'clock'),
});

/** The publisher withdraws a notice, or drops a draft. Nothing is deleted. */
export const withdrawOpportunity = command({
  name: 'opportunity.withdraw',
  policy: isLeadEditor,
  async run(tx, input: { id: string }) {
    const found = await step(tx, input.id, 'withdraw', 'lead');
    if (!found.ok) return found;
    const { row, to } = found;
    await move(tx, row, 'withdraw', { status: to, closed_at: tx.now });
    if (row.status === 'published')
      await tellInterested(tx, row, 'opportunity-closed', row.id, { outcome: 'withdrawn' });
    return done();
  },
});
