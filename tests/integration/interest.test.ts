import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { colleague, contextOf, noticesOf, NOW, official, organisation } from '../support/trade.ts';
import type { Member, Official } from '#lib/domain/account/actor.ts';
import { interestForm } from '#lib/domain/engagement/form.ts';
import {
  acceptInterest,
  declineInterest,
  openInterest,
  sendInterest,
  shortlistInterest,
  withdrawInterest,
} from '#lib/server/engagement/commands.ts';
import {
  declineReasons,
  inboxCounts,
  inboxOf,
  interestCountsOfCompany,
  interestForCompany,
  interestForLead,
  interestsOfCompany,
  ownInterestIn,
} from '#lib/server/engagement/queries.ts';
import { agreeToReveal } from '#lib/server/engagement/reveal-commands.ts';
import { restoreInterests, suspendInterests } from '#lib/server/engagement/suspension-commands.ts';
import { withdrawOpportunity } from '#lib/server/opportunity/commands.ts';
import { readRows } from '#lib/server/search/source-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

let database: TestDatabase;
let lead: Member;
let company: Member;
let officer: Official;

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Lead', lead: true });
  company = await organisation(database, { name: 'Company' });
  officer = await official(database);
});
afterAll(() => database.drop());

const as = (actor: Context['actor'], now = NOW) => contextOf(database, actor, now);
const form = interestForm.parse({ message: 'We build filters.', terms: 'on' });

interface NoticeOptions {
  visibility?: 'public' | 'vetted' | 'invited';
  requiresVetted?: boolean;
  deadline?: string;
  opens?: string;
  by?: Member;
  pseudonymous?: boolean;
}

async function notice(options: NoticeOptions = {}): Promise<string> {
  const { id } = await database.db
    .insertInto('opportunity')
    .values({
      organisation_id: (options.by ?? lead).organisationId,
      publisher: 'Lead',
      country: 'TZ',
      type: 'equipment',
      title_en: 'Filters',
      minerals: ['graphite'],
      deadline: options.deadline ?? '2026-12-18T14:00:00Z',
      opens: options.opens ?? null,
      visibility: options.visibility ?? 'public',
      requires_vetted: options.requiresVetted ?? false,
      pseudonymous: options.pseudonymous ?? false,
      status: 'published',
      published_at: NOW,
      frozen_at: NOW,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function sent(opportunity: string, by: Member = company): Promise<string> {
  const outcome = await sendInterest(as(by), { opportunity, form });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.id;
}

const kindsOf = async (id: string, by: Member = company) =>
  (await interestForCompany(as(by), id))?.timeline.map((event) => event.kind);

describe('sending', () => {
  it('makes one expression of two clicks, two tabs and two colleagues', async () => {
    const opportunity = await notice();
    const other = await colleague(database, company);
    const outcomes = await Promise.all(
      [company, company, other].map((person) => sendInterest(as(person), { opportunity, form })),
    );
    const values = outcomes.map((outcome) => (outcome.ok ? outcome.value : null));
    expect(new Set(values.map((value) => value?.id)).size).toBe(1);
    expect(values.filter((value) => value?.already === false)).toHaveLength(1);
    const id = values[0]?.id ?? '';
    expect(await kindsOf(id)).toEqual(['sent']);
    expect(
      (await noticesOf(database, 'interest-received')).filter((one) => String(one['key']).endsWith(id)),
    ).toHaveLength(1);
    expect(await ownInterestIn(as(other), opportunity)).toMatchObject({ id, status: 'sent' });
  });

  it('is refused when the company or the notice does not allow it, and leaves nothing behind', async () => {
    const registered = await organisation(database, {
      name: 'Registered',
      standing: 'registered',
      vettedUntil: null,
    });
    const refusal = async (opportunity: string, actor: Member, now = NOW) => {
      const outcome = await sendInterest(as(actor, now), { opportunity, form });
      return outcome.ok ? 'sent' : outcome.code;
    };
    const open = await notice();
    expect(await refusal(open, lead)).toBe('forbidden');
    expect(await refusal(open, { ...company, role: 'viewer' })).toBe('forbidden');
    expect(await refusal(open, { ...company, verified: false })).toBe('unverified');
    const suspended = await organisation(database, { name: 'Suspended', standing: 'suspended' });
    expect(await refusal(open, suspended)).toBe('suspended');
    // The request began before the decision was confirmed: what counts is the standing now.
    expect(await refusal(open, { ...suspended, standing: 'vetted' })).toBe('suspended');
    const screened = await organisation(database, { name: 'Screened', standing: 'vetted' });
    await database.db
      .updateTable('organisation')
      .set({ screened: true })
      .where('id', '=', screened.organisationId)
      .execute();
    expect(await refusal(open, screened)).toBe('screened');
    expect(await refusal(open, company, new Date('2026-12-18T14:00:00Z'))).toBe('not-open');
    expect(await refusal(await notice({ opens: '2026-11-24' }), company)).toBe('not-open');
    expect(await refusal(await notice({ visibility: 'vetted' }), registered)).toBe('not-found');
    expect(await refusal(await notice({ requiresVetted: true }), registered)).toBe('not-vetted');
    expect(await refusal('nothing', company)).toBe('not-found');
    const both = await organisation(database, { name: 'Both', lead: true, supplier: true });
    expect(await refusal(await notice({ by: both }), both)).toBe('own');
    await database.db
      .updateTable('company')
      .set({ published_at: null })
      .where('organisation_id', '=', registered.organisationId)
      .execute();
    expect(await refusal(open, registered)).toBe('profile-unpublished');
    expect(await inboxOf(as(lead), open)).toEqual([]);
  });

  it('shows a company that keeps its name back in the lead’s search once it agreed, until it withdraws', async () => {
    const opportunity = await notice();
    const shy = await organisation(database, { name: 'Shy' });
    await database.db
      .updateTable('company')
      .set({ pseudonymous: true })
      .where('organisation_id', '=', shy.organisationId)
      .execute();
    const stale = async () =>
      (
        await database.db
          .selectFrom('entity_change')
          .select('kind')
          .where('id', '=', shy.organisationId)
          .execute()
      ).length;
    const knownTo = async () =>
      (await readRows.company(database.db, [shy.organisationId], 1)).map((row) => row.knownTo);
    const id = await sent(opportunity, shy);
    expect([await stale(), await knownTo()]).toEqual([1, [[]]]);
    expect(await agreeToReveal(as(shy), { id, side: 'company' })).toEqual({
      ok: true,
      value: { shown: true },
    });
    expect([await stale(), await knownTo()]).toEqual([2, [[lead.organisationId]]]);
    expect(await withdrawInterest(as(shy), { id, seen: 'sent' })).toMatchObject({ ok: true });
    expect([await stale(), await knownTo()]).toEqual([3, [[]]]);
  });

  it('shows only evidence that is the company’s own', async () => {
    const opportunity = await notice();
    const stranger = await organisation(database, { name: 'Stranger' });
    const add = async (of: Member) => {
      const { id } = await database.db
        .insertInto('company_reference')
        .values({ organisation_id: of.organisationId, title: `Delivery of ${of.name}` })
        .returning('id')
        .executeTakeFirstOrThrow();
      return `reference:${id}`;
    };
    const evidence = [await add(company), await add(stranger), 'reference:nothing', 'password:1'];
    const outcome = await sendInterest(as(company), { opportunity, form: { ...form, evidence } });
    if (!outcome.ok) throw new Error(outcome.code);
    const view = await interestForLead(as(lead), opportunity, outcome.value.id);
    expect(view?.evidence).toMatchObject([{ kind: 'reference', title: 'Delivery of Company owner' }]);
  });
});

describe('answering', () => {
  it('goes from read to accepted, with contacts from then on and one timeline for both', async () => {
    const opportunity = await notice();
    const id = await sent(opportunity);
    await Promise.all([openInterest(as(lead), { id }), openInterest(as(lead), { id })]);
    expect(await shortlistInterest(as(lead), { id, seen: 'opened' })).toMatchObject({ ok: true });
    const before = await interestForCompany(as(company), id);
    expect(before).toMatchObject({
      status: 'shortlisted',
      leadContact: null,
      companyContact: null,
      actions: ['withdraw'],
    });
    expect(await acceptInterest(as(lead), { id, seen: 'shortlisted' })).toMatchObject({ ok: true });
    const ours = await interestForCompany(as(company), id);
    const theirs = await interestForLead(as(lead), opportunity, id);
    expect(ours?.leadContact).toMatchObject({ email: lead.email });
    expect(theirs?.companyContact).toMatchObject({ email: company.email });
    expect(ours?.timeline.map((event) => event.kind)).toEqual(['sent', 'opened', 'shortlisted', 'accepted']);
    expect(theirs?.timeline).toEqual(ours?.timeline);
    expect(theirs?.actions).toEqual([]);
    expect(await noticesOf(database, 'interest-accepted')).toHaveLength(1);
  });

  it('refuses an answer to a state that is no longer so', async () => {
    const id = await sent(await notice());
    const answers = await Promise.all([
      acceptInterest(as(lead), { id, seen: 'sent' }),
      declineInterest(as(await colleague(database, lead)), { id, seen: 'sent', reason: 'timing', note: '' }),
      withdrawInterest(as(company), { id, seen: 'sent' }),
    ]);
    expect(answers.filter((outcome) => outcome.ok)).toHaveLength(1);
    for (const outcome of answers) if (!outcome.ok) expect(outcome.code).toBe('stale');
    expect(await kindsOf(id)).toHaveLength(2);
  });

  it('takes the same answer twice as one', async () => {
    const id = await sent(await notice());
    const answers = await Promise.all([1, 2].map(() => acceptInterest(as(lead), { id, seen: 'sent' })));
    expect(answers.every((outcome) => outcome.ok)).toBe(true);
    expect(await kindsOf(id)).toEqual(['sent', 'accepted']);
  });

  it('declines with a reason the company reads, and counts reasons for the publisher', async () => {
    const opportunity = await notice();
    const id = await sent(opportunity);
    await declineInterest(as(lead), { id, seen: 'sent', reason: 'capacity', note: 'Half the volume.' });
    expect(await interestForCompany(as(company), id)).toMatchObject({
      status: 'declined',
      decline: { reason: 'capacity', note: 'Half the volume.' },
      actions: [],
    });
    expect(await declineReasons(as(lead), opportunity)).toEqual([{ reason: 'capacity', n: 1 }]);
    expect(
      await declineInterest(as(lead), { id, seen: 'declined', reason: 'other', note: '' }),
    ).toMatchObject({
      code: 'wrong-state',
    });
    expect((await noticesOf(database, 'interest-declined')).at(-1)).toMatchObject({
      data: { reasonEn: 'Capacity or quantity is not enough. Half the volume.' },
    });
  });

  it('is not there for anybody else', async () => {
    const opportunity = await notice();
    const id = await sent(opportunity);
    const otherLead = await organisation(database, { name: 'Other', lead: true });
    const otherCompany = await organisation(database, { name: 'Elsewhere' });
    for (const command of [acceptInterest, shortlistInterest])
      expect(await command(as(otherLead), { id, seen: 'sent' })).toMatchObject({ code: 'not-found' });
    expect(await openInterest(as(otherLead), { id })).toMatchObject({ code: 'not-found' });
    expect(await withdrawInterest(as(otherCompany), { id, seen: 'sent' })).toMatchObject({
      code: 'not-found',
    });
    expect(await interestForLead(as(otherLead), opportunity, id)).toBeNull();
    expect(await interestForCompany(as(otherCompany), id)).toBeNull();
    expect(await inboxOf(as(otherLead), opportunity)).toBeNull();
    expect(await interestForLead(as(lead), await notice(), id)).toBeNull();
  });

  it('stays with the company after the notice was withdrawn', async () => {
    const opportunity = await notice();
    const id = await sent(opportunity);
    await withdrawOpportunity(as(lead), { id: opportunity });
    expect(await interestForCompany(as(company), id)).toMatchObject({ opportunity: { phase: 'withdrawn' } });
    expect((await interestsOfCompany(as(company))).some((card) => card.id === id)).toBe(true);
    expect((await noticesOf(database, 'opportunity-closed')).length).toBeGreaterThan(0);
  });
});

describe('a suspended company', () => {
  it('leaves the open inbox, keeps its page with the state only, and comes back', async () => {
    const opportunity = await notice();
    const firm = await organisation(database, { name: 'Firm' });
    const id = await sent(opportunity, firm);
    const stand = async (standing: 'suspended' | 'vetted') => {
      await database.db
        .updateTable('organisation')
        .set({ standing })
        .where('id', '=', firm.organisationId)
        .execute();
    };
    await stand('suspended');
    expect(await suspendInterests(as(officer), firm.organisationId)).toMatchObject({ value: 1 });
    expect(await inboxOf(as(lead), opportunity)).toEqual([]);
    expect((await inboxCounts(as(lead))).find((one) => one.opportunityId === opportunity)).toMatchObject({
      waiting: 0,
      all: 1,
    });
    const view = await interestForLead(as(lead), opportunity, id);
    expect(view).toMatchObject({ status: 'sent', suspended: true, actions: ['decline'] });
    expect(JSON.stringify(view)).not.toContain('reason');
    await openInterest(as(lead), { id });
    expect(await acceptInterest(as(lead), { id, seen: 'sent' })).toMatchObject({ code: 'suspended' });
    const told = (await noticesOf(database, 'counterparty-suspended')).at(-1);
    expect(told).toMatchObject({ to: { organisationId: lead.organisationId } });
    expect(JSON.stringify(told)).not.toContain('reason');
    await stand('vetted');
    await restoreInterests(as(officer), firm.organisationId);
    expect(await inboxOf(as(lead), opportunity, 'waiting')).toHaveLength(1);
    expect(await kindsOf(id, firm)).toEqual(['sent', 'company-suspended', 'company-restored']);
    expect(await suspendInterests(as(lead), firm.organisationId)).toMatchObject({ code: 'forbidden' });
  });
});

describe('a suspended lead', () => {
  it('takes no new expressions, and those who wait hear of the state', async () => {
    const other = await organisation(database, { name: 'Later suspended', lead: true });
    const opportunity = await notice({ by: other });
    await sent(opportunity);
    await database.db
      .updateTable('organisation')
      .set({ standing: 'suspended' })
      .where('id', '=', other.organisationId)
      .execute();
    await suspendInterests(as(officer), other.organisationId);
    expect((await noticesOf(database, 'counterparty-suspended')).at(-1)).toMatchObject({
      to: { organisationId: company.organisationId },
    });
    const late = await organisation(database, { name: 'Late' });
    expect(await sendInterest(as(late), { opportunity, form })).toMatchObject({
      code: 'publisher-suspended',
    });
  });
});

describe('names while one side is suspended', () => {
  it.each(['company', 'lead'] as const)('the %s: neither page offers what is refused', async (out) => {
    const publisher = await organisation(database, { name: `Publisher, ${out} out`, lead: true });
    const shy = await organisation(database, { name: `Shy, ${out} out` });
    const opportunity = await notice({ by: publisher, pseudonymous: true });
    await database.db
      .updateTable('company')
      .set({ pseudonymous: true })
      .where('organisation_id', '=', shy.organisationId)
      .execute();
    const id = await sent(opportunity, shy);
    const sides = { company: shy, lead: publisher };
    const actor = (side: 'company' | 'lead'): Member =>
      side === out ? { ...sides[side], standing: 'suspended' } : sides[side];
    const offered = async () =>
      [
        await interestForCompany(as(actor('company')), id),
        await interestForLead(as(actor('lead')), opportunity, id),
      ].map((view) => view?.reveal?.step);
    await database.db
      .updateTable('organisation')
      .set({ standing: 'suspended' })
      .where('id', '=', sides[out].organisationId)
      .execute();
    expect(await offered()).toEqual([null, null]);
    for (const side of ['company', 'lead'] as const)
      expect(await agreeToReveal(as(actor(side)), { id, side })).toMatchObject({
        code: side === 'lead' && out === 'lead' ? 'lead-suspended' : 'suspended',
      });
    await database.db
      .updateTable('organisation')
      .set({ standing: 'vetted' })
      .where('id', '=', sides[out].organisationId)
      .execute();
    expect(await agreeToReveal(as(shy), { id, side: 'company' })).toMatchObject({ ok: true });
  });
});

describe('counts', () => {
  it('say what waits', async () => {
    const opportunity = await notice();
    const one = await sent(opportunity);
    await sent(opportunity, await organisation(database, { name: 'Second' }));
    await openInterest(as(lead), { id: one });
    expect((await inboxCounts(as(lead))).find((count) => count.opportunityId === opportunity)).toEqual({
      opportunityId: opportunity,
      waiting: 2,
      unopened: 1,
      accepted: 0,
      all: 2,
      oldest: NOW.toISOString(),
    });
    expect((await interestCountsOfCompany(as(company))).opened).toBeGreaterThan(0);
  });
});
