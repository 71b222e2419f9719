import { isCompanyEditor, isLeadEditor, isMember, type Policy } from '#lib/domain/account/policy.ts';
import {
  invitationSteps,
  type InvitationBar,
  type InvitationStep,
  type InvitedParty,
} from '#lib/domain/engagement/invitation.ts';
import { isNamed } from '#lib/domain/engagement/reveal.ts';
import type { ActingSide } from '#lib/domain/engagement/status.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { nameKept } from '#lib/i18n/company.ts';
import { publisherKept } from '#lib/i18n/opportunity.ts';
import {
  addInvitationEvent,
  barOf,
  interestOfPair,
  lockInvitation,
  sidesOf,
  type InvitationRow,
} from '#lib/server/engagement/invitation-repository.ts';
import { holdStanding } from '#lib/server/engagement/repository.ts';
import { isVisible } from '#lib/server/opportunity/queries.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';

/** Showing names to each other on an invitation: asking, agreeing, taking an agreement back. */

const isEither: Policy = (actor) => isCompanyEditor(actor) || isLeadEditor(actor);

export interface InvitationInput {
  opportunity: string;
  company: string;
  /** For whom the actor speaks. */
  side: ActingSide;
}

export type InvitationRefusal = 'not-found' | 'nothing-kept' | 'shown' | InvitationBar;

interface Found {
  ok: true;
  row: InvitationRow;
  own: InvitedParty;
  other: InvitedParty;
  /** Nothing is to be done: it is so already. */
  already: boolean;
}

/** Is it so already, whoever did it first? */
const isDone: Record<InvitationStep, (own: InvitedParty, other: InvitedParty) => boolean> = {
  agree: (own) => own.keeps && own.agreed,
  'take-back': (own) => own.keeps && !own.agreed,
  ask: (own, other) => !own.keeps && (own.asked || (other.keeps && other.agreed)),
};

/** The invitation, locked, when the actor's side may take this step now. */
async function find(
  tx: WriteContext,
  { opportunity, company, side }: InvitationInput,
  step: InvitationStep,
): Promise<Found | Refused<InvitationRefusal>> {
  const { actor } = tx;
  if (!isUuid(opportunity) || !isUuid(company) || !isMember(actor)) return refuse('not-found');
  if (side === 'lead' ? !isLeadEditor(actor) : !isCompanyEditor(actor)) return refuse('not-found');
  if (side === 'company' && (company !== actor.organisationId || !(await isVisible(tx, opportunity))))
    return refuse('not-found');
  // Decisions on either side that are under way are waited for; what counts is how both stand when this is written.
  const locked = await lockInvitation(tx.db, opportunity, company);
  if (locked === null || (side === 'lead' && locked.lead_id !== actor.organisationId))
    return refuse('not-found');
  const standing = await holdStanding(tx.db, company);
  const lead = await holdStanding(tx.db, locked.lead_id);
  const row: InvitationRow = {
    ...locked,
    standing: standing.standing,
    screened: standing.screened,
    lead_standing: lead.standing,
    lead_screened: lead.screened,
  };
  const sides = sidesOf(row);
  const [own, other] = side === 'company' ? [sides.company, sides.lead] : [sides.lead, sides.company];
  if (step !== 'ask' && !own.keeps) return refuse('nothing-kept');
  if (isDone[step](own, other)) return { ok: true, row, own, other, already: true };
  const interest = await interestOfPair(tx.db, opportunity, company);
  const bar = barOf(row, side, { now: tx.now, interest: interest !== null });
  if (invitationSteps(own, other, bar).includes(step)) return { ok: true, row, own, other, already: false };
  return refuse(step === 'take-back' && bar !== 'interest-expressed' ? 'shown' : (bar ?? 'nothing-kept'));
}

type Outcome = 'asked' | 'agreed' | 'taken-back' | 'shown';

/** Tells one side; the other is named as far as it may be known there. */
async function tell(
  tx: WriteContext,
  row: InvitationRow,
  to: ActingSide,
  outcome: Outcome,
  named: boolean,
): Promise<void> {
  const company = named
    ? { ko: row.company_ko, en: row.company_en }
    : { ko: nameKept('ko'), en: nameKept('en') };
  const lead = named
    ? { ko: row.lead_ko || row.publisher, en: row.lead_en || row.publisher }
    : { ko: publisherKept('ko'), en: publisherKept('en') };
  const name = to === 'lead' ? company : lead;
  const { opportunity_id: opportunity, organisation_id: invited } = row;
  await tx.notify({
    kind: 'opportunity-names',
    key: `opportunity-names:${outcome}:${opportunity}:${invited}:${to}:${tx.now.getTime()}`,
    to: { organisationId: to === 'lead' ? row.lead_id : invited, roles: ['owner', 'editor'] },
    except: tx.accountId,
    data: {
      number: row.number,
      titleKo: row.title_ko || row.title_en,
      titleEn: row.title_en || row.title_ko,
      nameKo: name.ko || name.en,
      nameEn: name.en || name.ko,
      outcome,
    },
    path:
      to === 'lead'
        ? `/lead/opportunities/${opportunity}/invitations/${invited}`
        : `/company/invitations/${opportunity}`,
  });
}

const otherSide = (side: ActingSide): ActingSide => (side === 'lead' ? 'company' : 'lead');

/** Writes when something was agreed or asked, and the trail of it. */
async function write(
  tx: WriteContext,
  { row }: Found,
  side: ActingSide,
  set: Partial<
    Record<'company_reveals_at' | 'lead_reveals_at' | 'company_asked_at' | 'lead_asked_at', Date | null>
  >,
  said: { event: 'asked' | 'agreed' | 'disagreed'; action: string },
): Promise<void> {
  await tx.db
    .updateTable('opportunity_invitation')
    .set(set)
    .where('opportunity_id', '=', row.opportunity_id)
    .where('organisation_id', '=', row.organisation_id)
    .execute();
  await addInvitationEvent(tx.db, row, `${side}-${said.event}`, tx.now);
  await tx.audit({
    action: `invitation.${said.action}`,
    object: { kind: 'opportunity', id: row.opportunity_id },
    after: { side, company: row.organisation_id },
  });
}

const revealColumn = (side: ActingSide) => (side === 'lead' ? 'lead_reveals_at' : 'company_reveals_at');

/**
 * Agrees on an invitation to show the own name. It is shown once the other side has agreed as well, and at once where
 * that side keeps nothing back; until then the other side is told, which asks it to agree. Agreeing twice changes
 * nothing. Refuses, with what bars it, when the notice is over, a side is suspended or on a confirmed restricted
 * entry, or interest was expressed: then names are shown there. Answers whether somebody sees a name by it.
 */
export const agreeOnInvitation = command({
  name: 'invitation.show-name',
  policy: isEither,
  async run(tx, input: InvitationInput) {
    const { side } = input;
    const found = await find(tx, input, 'agree');
    if (!found.ok) return found;
    const { row, own, other } = found;
    if (found.already) return done({ shown: isNamed(own, other) });
    await write(tx, found, side, { [revealColumn(side)]: tx.now }, { event: 'agreed', action: 'show-name' });
    const now: InvitedParty = { ...own, agreed: true };
    const shown = isNamed(now, other);
    if (!shown) {
      await tell(tx, row, otherSide(side), 'agreed', false);
      return done({ shown });
    }
    await addInvitationEvent(tx.db, row, 'names-shown', tx.now);
    // Shown to the other side; and the other's to this one, where it was kept back as well.
    await tell(tx, row, otherSide(side), 'shown', true);
    await tell(tx, row, side, 'shown', true);
    await tx.changed('company', row.organisation_id);
    await tx.changed('opportunity', row.opportunity_id);
    return done({ shown });
  },
});

/** Takes an agreement back while nobody has seen the name by it. Refuses `shown` afterwards. */
export const takeBackOnInvitation = command({
  name: 'invitation.keep-name',
  policy: isEither,
  async run(tx, input: InvitationInput) {
    const { side } = input;
    const found = await find(tx, input, 'take-back');
    if (!found.ok) return found;
    if (found.already) return done();
    await write(tx, found, side, { [revealColumn(side)]: null }, { event: 'disagreed', action: 'keep-name' });
    await tell(tx, found.row, otherSide(side), 'taken-back', isNamed(found.own, found.other));
    return done();
  },
});

/** Asks the other side to show its name, once: for whoever keeps nothing back itself. */
export const askOnInvitation = command({
  name: 'invitation.ask-name',
  policy: isEither,
  async run(tx, input: InvitationInput) {
    const { side } = input;
    const found = await find(tx, input, 'ask');
    if (!found.ok) return found;
    if (found.already) return done();
    const column = side === 'lead' ? 'lead_asked_at' : 'company_asked_at';
    await write(tx, found, side, { [column]: tx.now }, { event: 'asked', action: 'ask-name' });
    // Whoever asks shows its own name anyway.
    await tell(tx, found.row, otherSide(side), 'asked', true);
    return done();
  },
});
