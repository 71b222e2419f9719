import type { InterestInput } from '#lib/domain/engagement/form.ts';
import { readEvidence, type InterestStatus } from '#lib/domain/engagement/interest.ts';
import {
  afterAction,
  type ActingSide,
  type DeclineReason,
  type InterestAction,
} from '#lib/domain/engagement/status.ts';
import { isCompanyEditor, isLeadEditor, isLeadMember, isMember } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import type { NoticeKind } from '#lib/domain/notice/notice.ts';
import { nameKept } from '#lib/i18n/company.ts';
import { declineReasonWords } from '#lib/i18n/engagement.ts';
import { INTEREST_TERMS_VERSION } from '#lib/i18n/interest-terms.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';
import { companiesKeptBack, identitiesOf } from '#lib/server/company/identity-queries.ts';
import { publisherKept } from '#lib/i18n/opportunity.ts';
import { isVisible } from '#lib/server/opportunity/queries.ts';
import { refuseTold, toldByPublisher } from '#lib/server/opportunity/told-names.ts';
import { hindrance, type Hindrance } from '#lib/server/engagement/hindrance.ts';
import {
  addEvent,
  holdStanding,
  lockInterest,
  lockOpportunityForInterest,
  membersOfTeam,
  ownEvidence,
  partiesOf,
  profileVersion,
  type LockedInterest,
} from '#lib/server/engagement/repository.ts';
import { ownTeamIn } from '#lib/server/engagement/team-repository.ts';
import { endTeam, freezeTeam, teamToSend, type SendingTeam } from '#lib/server/engagement/team-send.ts';

export type SendRefusal =
  'not-found' | Hindrance | 'profile-unpublished' | 'in-team' | 'alone' | 'member-out' | 'lines-open';

/**
 * A company expresses interest. There is one expression per company and notice: two clicks, two tabs or two
 * colleagues at once make the same one, and the later ones are told so (`already`). With `team` it speaks for the
 * team that the company leads: all members are recorded, with the evidence of each frozen as its own is. Refuses
 * `invalid` when the message tells who a company is that keeps it back and is not known to the publisher yet.
 */
export const sendInterest = command({
  name: 'interest.send',
  policy: isCompanyEditor,
  async run(tx, input: { opportunity: string; form: InterestInput; team?: string | null }) {
    const { actor } = tx;
    if (!isMember(actor)) return refuse('forbidden');
    if (!(await isVisible(tx, input.opportunity))) return refuse('not-found');
    const opportunity = await lockOpportunityForInterest(tx.db, input.opportunity);
    if (opportunity === null) return refuse('not-found');
    const known = await tx.db
      .selectFrom('interest')
      .select('id')
      .where('opportunity_id', '=', opportunity.id)
      .where('organisation_id', '=', actor.organisationId)
      .executeTakeFirst();
    if (known !== undefined) return done({ id: known.id, already: true });
    // The request began with the standing of then; what counts is the one at the moment of writing.
    const standing = await holdStanding(tx.db, actor.organisationId);
    const hindered = hindrance({ ...actor, ...standing }, opportunity, tx.now);
    if (hindered !== null) return refuse(hindered);
    const asTeam = input.team ?? null;
    let sending: SendingTeam | null = null;
    if (asTeam !== null) {
      const found = await teamToSend(tx, asTeam, opportunity, { ...actor, ...standing });
      if (!found.ok) return found;
      sending = found.sending;
    } else if ((await ownTeamIn(tx.db, opportunity.id, actor.organisationId)) !== null)
      return refuse('in-team');
    const members = sending?.covers.map(({ id }) => id) ?? [actor.organisationId];
    const kept = await companiesKeptBack(tx.db, members, opportunity.organisation_id);
    const unknown = kept.filter(({ known }) => !known).map(({ id }) => id);
    const hidden = await identitiesOf(tx.db, unknown);
    const told = refuseTold({ message: input.form.message }, [...hidden.values()], { own: true });
    if (told !== null) return told;
    const version = await profileVersion(tx.db, actor.organisationId);
    if (version === null) return refuse('profile-unpublished');
    const evidence = await ownEvidence(
      tx.db,
      actor.organisationId,
      input.form.evidence.flatMap((one) => readEvidence(one) ?? []),
    );
    const added = await tx.db
      .insertInto('interest')
      .values({
        opportunity_id: opportunity.id,
        organisation_id: actor.organisationId,
        team_id: asTeam,
        message: input.form.message,
        lang: tx.lang,
        terms_version: INTEREST_TERMS_VERSION,
        profile_version: version,
        evidence: JSON.stringify(evidence),
        sent_by: tx.accountId,
        contact_name: actor.name,
        contact_email: actor.email,
        // Whoever keeps no name back has agreed by taking part.
        company_reveals_at: kept.some(({ id }) => id === actor.organisationId) ? null : tx.now,
        lead_reveals_at: opportunity.pseudonymous ? null : tx.now,
        created_at: tx.now,
        updated_at: tx.now,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await addEvent(tx.db, { interestId: added.id, kind: 'sent', by: 'company', at: tx.now });
    await tx.audit({
      action: 'interest.send',
      object: { kind: 'interest', id: added.id },
      after: {
        opportunity: opportunity.id,
        terms: INTEREST_TERMS_VERSION,
        profile: version,
        evidence,
        ...(sending === null ? {} : { team: asTeam, members: sending.covers }),
      },
    });
    if (sending !== null) {
      const leader = { evidence, name: actor.name, email: actor.email };
      await freezeTeam(tx, sending, leader, added.id);
    }
    // The company keeps finding the notice, and the lead the company unless it keeps its name back.
    await tx.changed('company', actor.organisationId);
    await tx.changed('opportunity', opportunity.id);
    const interest = await lockInterest(tx.db, added.id);
    if (interest !== null) await tell(tx, interest, 'interest-received', 'lead');
    return done({ id: added.id, already: false });
  },
});

/** The companies an expression speaks for: its own, or all members of its team. */
async function companiesOf(tx: WriteContext, interest: LockedInterest): Promise<string[]> {
  if (interest.team_id === null) return [interest.organisation_id];
  const members = await membersOfTeam(tx.db, interest.team_id);
  return [...new Set([interest.organisation_id, ...members])];
}

/** Tells one side of what the other did; the event's key is its own, so that a person hears of it once. */
async function tell(
  tx: WriteContext,
  interest: LockedInterest,
  kind: NoticeKind,
  to: ActingSide,
  extra: Record<string, string> = {},
): Promise<void> {
  const companies = await companiesOf(tx, interest);
  const audience = to === 'lead' ? [interest.lead_id] : companies;
  const partners = companies.length - 1;
  const parties = new Map((await partiesOf(tx.db, interest.id)).map((party) => [party.company_id, party]));
  const company =
    parties.get(interest.organisation_id)?.company_named === true
      ? { ko: interest.company_ko, en: interest.company_en }
      : { ko: nameKept('ko'), en: nameKept('en') };
  const lead = { ko: interest.lead_ko ?? interest.publisher, en: interest.lead_en ?? interest.publisher };
  for (const organisationId of audience) {
    if (organisationId === null) continue;
    const party = parties.get(organisationId);
    const told = party?.lead_named === true ? lead : { ko: publisherKept('ko'), en: publisherKept('en') };
    const other = to === 'lead' ? withPartners(company.ko, company.en, partners) : told;
    const kept = kind === 'interest-accepted' && !(party?.company_named === true && party.lead_named);
    const single = organisationId === interest.organisation_id || to === 'lead';
    await tx.notify({
      kind,
      key: single ? `${kind}:${interest.id}` : `${kind}:${interest.id}:${organisationId}`,
      to: { organisationId, roles: ['owner', 'editor'] },
      except: tx.accountId,
      data: {
        number: interest.number,
        titleKo: interest.title_ko || interest.title_en,
        titleEn: interest.title_en || interest.title_ko,
        nameKo: other.ko || other.en,
        nameEn: other.en || other.ko,
        ...(kept ? { outcome: 'kept' } : {}),
        ...extra,
      },
      path:
        to === 'lead'
          ? `/lead/opportunities/${interest.opportunity_id}/interests/${interest.id}`
          : `/company/interests/${interest.id}`,
    });
  }
}

/** `가온 외 2곳`: a team under the name of its leader. */
function withPartners(ko: string, en: string, partners: number): { ko: string; en: string } {
  if (partners === 0) return { ko, en };
  const more = partners === 1 ? '1 partner' : `${partners} partners`;
  return { ko: `${ko || en} 외 ${partners}곳`, en: `${en || ko} and ${more}` };
}

type StepRefusal = 'not-found' | 'stale' | 'suspended' | 'lead-suspended' | 'wrong-state';

/** What a lead may no longer do while its own participation is suspended: take up contact. */
const CONTACTS: readonly InterestAction[] = ['shortlist', 'accept'];

/** Is the actor on this side of this expression? */
function onSide(tx: WriteContext, interest: LockedInterest, side: ActingSide): boolean {
  if (!isMember(tx.actor)) return false;
  return tx.actor.organisationId === (side === 'lead' ? interest.lead_id : interest.organisation_id);
}

/**
 * The expression, locked, when this side may take the step. `seen` is the status its page showed: whoever answers to
 * a state that is no longer so is refused `stale`. The same answer given twice is `repeated`, not an error.
 */
async function step(
  tx: WriteContext,
  input: { id: string; seen: InterestStatus },
  action: InterestAction,
  side: ActingSide,
): Promise<
  { ok: true; interest: LockedInterest; to: InterestStatus; repeated: boolean } | Refused<StepRefusal>
> {
  const interest = isUuid(input.id) ? await lockInterest(tx.db, input.id) : null;
  if (interest === null || !onSide(tx, interest, side)) return refuse('not-found');
  const { status } = interest;
  const suspended = interest.standing === 'suspended';
  const to = afterAction({ status, suspended }, action, side);
  const target = afterAction({ status: input.seen, suspended: false }, action, side);
  if (status !== input.seen) {
    const same = target === status && action !== 'decline';
    return same ? { ok: true, interest, to: status, repeated: true } : refuse('stale');
  }
  if (to === null) return refuse(suspended && target !== null ? 'suspended' : 'wrong-state');
  if (interest.lead_standing === 'suspended' && CONTACTS.includes(action)) return refuse('lead-suspended');
  return { ok: true, interest, to, repeated: false };
}

const NOTICE_OF: Record<InterestAction, NoticeKind> = {
  open: 'interest-opened',
  shortlist: 'interest-shortlisted',
  accept: 'interest-accepted',
  decline: 'interest-declined',
  withdraw: 'interest-withdrawn',
};

async function move(
  tx: WriteContext,
  interest: LockedInterest,
  action: InterestAction,
  to: Exclude<InterestStatus, 'sent'>,
  set: {
    decline_reason?: DeclineReason;
    decline_note?: string;
    lead_contact_name?: string;
    lead_contact_email?: string;
  } = {},
): Promise<void> {
  const side: ActingSide = action === 'withdraw' ? 'company' : 'lead';
  await tx.db
    .updateTable('interest')
    .set({ status: to, ...set, updated_at: tx.now })
    .where('id', '=', interest.id)
    .execute();
  await addEvent(tx.db, {
    interestId: interest.id,
    kind: to,
    by: side,
    at: tx.now,
    note: set.decline_note ?? '',
  });
  await tx.audit({
    action: `interest.${action}`,
    object: { kind: 'interest', id: interest.id },
    before: { status: interest.status },
    after: { status: to, reason: set.decline_reason },
  });
  const extra =
    set.decline_reason === undefined ? {} : declineWords(set.decline_reason, set.decline_note ?? '');
  await tell(tx, interest, NOTICE_OF[action], side === 'lead' ? 'company' : 'lead', extra);
}

function declineWords(reason: DeclineReason, note: string): Record<string, string> {
  const own = note === '' ? '' : ` ${note}`;
  return {
    reasonKo: declineReasonWords[reason]('ko') + own,
    reasonEn: declineReasonWords[reason]('en') + own,
  };
}

/** A person of the lead looks at an expression for the first time. Later looks change nothing. */
export const openInterest = command({
  name: 'interest.open',
  policy: isLeadMember,
  async run(tx, input: { id: string }) {
    const interest = isUuid(input.id) ? await lockInterest(tx.db, input.id) : null;
    if (interest === null || !onSide(tx, interest, 'lead')) return refuse('not-found');
    const state = { status: interest.status, suspended: interest.standing === 'suspended' };
    if (afterAction(state, 'open', 'lead') === null) return done();
    await move(tx, interest, 'open', 'opened');
    return done();
  },
});

export const shortlistInterest = command({
  name: 'interest.shortlist',
  policy: isLeadEditor,
  async run(tx, input: { id: string; seen: InterestStatus }) {
    const found = await step(tx, input, 'shortlist', 'lead');
    if (!found.ok) return found;
    if (!found.repeated) await move(tx, found.interest, 'shortlist', 'shortlisted');
    return done();
  },
});

/** From now on both sides see each other's contact; where a name is kept back, once both agreed to show it. */
export const acceptInterest = command({
  name: 'interest.accept',
  policy: isLeadEditor,
  async run(tx, input: { id: string; seen: InterestStatus }) {
    const found = await step(tx, input, 'accept', 'lead');
    if (!found.ok) return found;
    if (!found.repeated && isMember(tx.actor))
      await move(tx, found.interest, 'accept', 'accepted', {
        lead_contact_name: tx.actor.name,
        lead_contact_email: tx.actor.email,
      });
    return done();
  },
});

/** The reason and the words are read by the company; words that tell a name still kept back are refused. */
export const declineInterest = command({
  name: 'interest.decline',
  policy: isLeadEditor,
  async run(tx, input: { id: string; seen: InterestStatus; reason: DeclineReason; note: string }) {
    const found = await step(tx, input, 'decline', 'lead');
    if (!found.ok) return found;
    const { interest } = found;
    const { opportunity_id: id, lead_id, lead_keeps, project_id, place, publisher } = interest;
    const notice = { id, organisation_id: lead_id, pseudonymous: lead_keeps, project_id, place, publisher };
    const readers = (await partiesOf(tx.db, interest.id)).map((party) => party.company_id);
    const told = await toldByPublisher(tx, notice, { note: input.note }, readers);
    if (told !== null) return told;
    await move(tx, interest, 'decline', 'declined', {
      decline_reason: input.reason,
      decline_note: input.note,
    });
    return done();
  },
});

/** The company takes its expression back, for good; its leader that of a team. */
export const withdrawInterest = command({
  name: 'interest.withdraw',
  policy: isCompanyEditor,
  async run(tx, input: { id: string; seen: InterestStatus }) {
    const found = await step(tx, input, 'withdraw', 'company');
    if (!found.ok) return found;
    if (found.repeated) return done();
    await move(tx, found.interest, 'withdraw', 'withdrawn');
    await tx.changed('company', found.interest.organisation_id);
    if (found.interest.team_id !== null) await endTeam(tx, found.interest.team_id);
    return done();
  },
});
