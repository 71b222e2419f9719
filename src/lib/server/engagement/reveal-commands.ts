import { isCompanyEditor, isLeadEditor, isMember, type Policy } from '#lib/domain/account/policy.ts';
import {
  revealBar,
  revealStep,
  type Party,
  type RevealBar,
  type RevealStep,
} from '#lib/domain/engagement/reveal.ts';
import type { ActingSide } from '#lib/domain/engagement/status.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { nameKept } from '#lib/i18n/company.ts';
import { publisherKept } from '#lib/i18n/opportunity.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';
import { setOnInvitations } from '#lib/server/engagement/invitation-repository.ts';
import {
  addEvent,
  holdStanding,
  lockInterest,
  partiesOf,
  type InterestParty,
  type LockedInterest,
} from '#lib/server/engagement/repository.ts';

/** Agreeing to show one's name to the other side of an expression of interest, and taking that back. */

const isEither: Policy = (actor) => isCompanyEditor(actor) || isLeadEditor(actor);

export type RevealRefusal = 'not-found' | 'nothing-kept' | 'shown' | 'wrong-state' | RevealBar;

export interface RevealInput {
  id: string;
  /** For whom the actor speaks; an organisation may be both company and lead. */
  side: ActingSide;
}

interface Found {
  ok: true;
  interest: LockedInterest;
  parties: InterestParty[];
  /** The organisation that acts. */
  own: string;
  /** Nothing is to be done: it is so already. */
  already: boolean;
}

const companyOf = (party: InterestParty): Party => ({
  keeps: party.company_keeps,
  agreed: party.company_agreed,
});

/** Agreed here, or on the invitation of every company the expression speaks for. */
function leadAgreed(interest: LockedInterest, parties: readonly InterestParty[]): boolean {
  return (
    interest.lead_reveals_at !== null || (parties.length > 0 && parties.every((party) => party.lead_agreed))
  );
}

/** The expression, locked, when the actor's side may take this step now. */
async function find(
  tx: WriteContext,
  { id, side }: RevealInput,
  step: RevealStep,
): Promise<Found | Refused<RevealRefusal>> {
  const interest = isUuid(id) ? await lockInterest(tx.db, id) : null;
  if (interest === null || !isMember(tx.actor)) return refuse('not-found');
  if (side === 'lead' ? !isLeadEditor(tx.actor) : !isCompanyEditor(tx.actor)) return refuse('not-found');
  const own = tx.actor.organisationId;
  const parties = await partiesOf(tx.db, interest.id);
  const mine = parties.find((party) => party.company_id === own);
  if (side === 'lead' ? interest.lead_id !== own : mine === undefined) return refuse('not-found');
  const lead: Party = { keeps: interest.lead_keeps, agreed: leadAgreed(interest, parties) };
  const self = side === 'company' && mine !== undefined ? companyOf(mine) : lead;
  const others = side === 'lead' ? parties.map(companyOf) : [lead];
  if (!self.keeps) return refuse('nothing-kept');
  if (self.agreed === (step === 'agree')) return { ok: true, interest, parties, own, already: true };
  const bar = revealBar(side, {
    own: await standingOf(tx, own),
    company: await standingOf(tx, interest.organisation_id),
    lead: interest.lead_id === null ? null : await standingOf(tx, interest.lead_id),
  });
  if (revealStep(self, others, { status: interest.status, suspended: bar !== null }) !== step)
    return refuse(step === 'take-back' ? 'shown' : (bar ?? 'wrong-state'));
  return { ok: true, interest, parties, own, already: false };
}

const standingOf = async (tx: WriteContext, id: string) => (await holdStanding(tx.db, id)).standing;

async function write(tx: WriteContext, found: Found, side: ActingSide, at: Date | null): Promise<void> {
  const { interest, own } = found;
  const team = side === 'company' ? interest.team_id : null;
  if (team !== null)
    await tx.db
      .updateTable('team_member')
      .set({ reveals_at: at })
      .where('team_id', '=', team)
      .where('organisation_id', '=', own)
      .execute();
  const columns = side === 'lead' ? { lead_reveals_at: at } : { company_reveals_at: at };
  await tx.db
    .updateTable('interest')
    .set({ ...(team === null ? columns : {}), updated_at: tx.now })
    .where('id', '=', interest.id)
    .execute();
  await setOnInvitations(
    tx.db,
    interest.opportunity_id,
    side === 'lead' ? found.parties.map((party) => party.company_id) : [own],
    columns,
  );
  await addEvent(tx.db, {
    interestId: interest.id,
    kind: at === null ? `${side}-disagreed` : `${side}-agreed`,
    by: side,
    at: tx.now,
    note: team === null ? '' : own,
  });
  await tx.audit({
    action: at === null ? 'interest.keep-name' : 'interest.show-name',
    object: { kind: 'interest', id: interest.id },
    after: { side, organisation: own },
  });
}

type Outcome = 'agreed' | 'taken-back' | 'shown';

/** Tells one organisation. `company`: of the pair; `name`: the other side as it may be known to whom is told. */
async function tell(
  tx: WriteContext,
  interest: LockedInterest,
  to: { organisationId: string; side: ActingSide },
  outcome: Outcome,
  company: string,
  name: { ko: string; en: string },
): Promise<void> {
  await tx.notify({
    kind: 'interest-names',
    key: `interest-names:${outcome}:${interest.id}:${company}:${to.side}:${tx.now.getTime()}`,
    to: { organisationId: to.organisationId, roles: ['owner', 'editor'] },
    except: tx.accountId,
    data: {
      number: interest.number,
      titleKo: interest.title_ko || interest.title_en,
      titleEn: interest.title_en || interest.title_ko,
      nameKo: name.ko || name.en,
      nameEn: name.en || name.ko,
      outcome,
    },
    path:
      to.side === 'lead'
        ? `/lead/opportunities/${interest.opportunity_id}/interests/${interest.id}`
        : `/company/interests/${interest.id}`,
  });
}

/** Tells the other side of a step that showed nobody's name; of a lead's step the companies that wait for it. */
async function tellStep(tx: WriteContext, found: Found, side: ActingSide, outcome: Outcome): Promise<void> {
  const { interest, parties, own } = found;
  if (side === 'company') {
    if (interest.lead_id === null) return;
    const to = { organisationId: interest.lead_id, side: 'lead' } as const;
    const party = parties.find((one) => one.company_id === own);
    await tell(tx, interest, to, outcome, own, companyName(party));
    return;
  }
  for (const party of parties)
    await tell(
      tx,
      interest,
      { organisationId: party.company_id, side: 'company' },
      outcome,
      party.company_id,
      leadName(interest, party),
    );
}

function leadName(interest: LockedInterest, party: InterestParty): { ko: string; en: string } {
  return party.lead_named
    ? { ko: interest.lead_ko ?? interest.publisher, en: interest.lead_en ?? interest.publisher }
    : { ko: publisherKept('ko'), en: publisherKept('en') };
}

function companyName(party: InterestParty | undefined): { ko: string; en: string } {
  return party?.company_named === true
    ? { ko: party.name_ko, en: party.name_en }
    : { ko: nameKept('ko'), en: nameKept('en') };
}

/** Who sees a name now that did not before: written into the timeline, and told to both. */
async function tellShown(tx: WriteContext, found: Found, now: readonly InterestParty[]): Promise<number> {
  const { interest, parties: before } = found;
  const seen = (party: InterestParty) => Number(party.company_named) + Number(party.lead_named);
  const changed = now.filter((party) => {
    const was = before.find((one) => one.company_id === party.company_id);
    return was !== undefined && seen(party) > seen(was);
  });
  for (const party of changed) {
    await addEvent(tx.db, {
      interestId: interest.id,
      kind: 'names-shown',
      by: interest.lead_id === found.own ? 'lead' : 'company',
      at: tx.now,
      note: interest.team_id === null ? '' : party.company_id,
    });
    const { company_id: company } = party;
    const toCompany = { organisationId: company, side: 'company' } as const;
    await tell(tx, interest, toCompany, 'shown', company, leadName(interest, party));
    if (interest.lead_id !== null) {
      const toLead = { organisationId: interest.lead_id, side: 'lead' } as const;
      await tell(tx, interest, toLead, 'shown', company, companyName(party));
    }
    await tx.changed('company', company);
  }
  return changed.length;
}

/**
 * Agrees to show the own name to the other side. It is shown once the other side has agreed as well, and at once where
 * that side keeps nothing back. Agreeing twice changes nothing. Answers whether somebody sees a name by it.
 */
export const agreeToReveal = command({
  name: 'interest.show-name',
  policy: isEither,
  async run(tx, input: RevealInput) {
    const found = await find(tx, input, 'agree');
    if (!found.ok) return found;
    const sees = (party: InterestParty) => (input.side === 'lead' ? party.lead_named : party.company_named);
    if (found.already) return done({ shown: found.parties.some(sees) });
    await write(tx, found, input.side, tx.now);
    const shown = await tellShown(tx, found, await partiesOf(tx.db, found.interest.id));
    if (shown === 0) await tellStep(tx, found, input.side, 'agreed');
    await tx.changed('opportunity', found.interest.opportunity_id);
    return done({ shown: shown > 0 });
  },
});

/** Takes the agreement back while nobody has seen the name by it. Refuses `shown` afterwards. */
export const takeRevealBack = command({
  name: 'interest.keep-name',
  policy: isEither,
  async run(tx, input: RevealInput) {
    const found = await find(tx, input, 'take-back');
    if (!found.ok) return found;
    if (found.already) return done();
    await write(tx, found, input.side, null);
    await tellStep(tx, found, input.side, 'taken-back');
    return done();
  },
});
