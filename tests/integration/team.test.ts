import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { code, firm, must, stale, teamNotice, teamOf } from '../support/teams.ts';
import { colleague, contextOf, noticesOf, NOW, official, organisation } from '../support/trade.ts';
import type { Member, Official } from '#lib/domain/account/actor.ts';
import { interestForm } from '#lib/domain/engagement/form.ts';
import {
  acceptInterest,
  declineInterest,
  openInterest,
  sendInterest,
  withdrawInterest,
} from '#lib/server/engagement/commands.ts';
import { sweepTeams } from '#lib/server/engagement/jobs.ts';
import { setPartnerConsent } from '#lib/server/engagement/partner-commands.ts';
import { partnersFor } from '#lib/server/engagement/proposal-queries.ts';
import {
  inboxOf,
  interestForCompany,
  interestForLead,
  interestsOfCompany,
  ownInterestIn,
} from '#lib/server/engagement/queries.ts';
import { suspendInterests } from '#lib/server/engagement/suspension-commands.ts';
import {
  cancelInvitation,
  disbandTeam,
  handOverTeam,
  leaveTeam,
  removeMember,
} from '#lib/server/engagement/team-change-commands.ts';
import { acceptTeam, askPartner, declineTeam, writeToTeam } from '#lib/server/engagement/team-commands.ts';
import { teamForCompany, teamsOfCompany, waitingInvitations } from '#lib/server/engagement/team-queries.ts';
import { teamsForOpportunity } from '#lib/server/match/team-queries.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

let database: TestDatabase;
let lead: Member;
let officer: Official;
let filters: Member;
let shafts: Member;
let labs: Member;
let all: Member;

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Lead', lead: true });
  officer = await official(database);
  filters = await firm(database, 'Filters', {
    capabilities: ['dewatering-filters'],
    certifications: ['iso-14001'],
  });
  shafts = await firm(database, 'Shafts', { capabilities: ['shaft-sinking'] });
  labs = await firm(database, 'Labs', { capabilities: ['assay-lab'] });
  all = await firm(database, 'Both', { capabilities: ['shaft-sinking', 'assay-lab'] });
});
afterAll(() => database.drop());

const as = (actor: Context['actor'], now = NOW) => contextOf(database, actor, now);
const form = interestForm.parse({ message: 'We do it together.', terms: 'on' });
const ask = (by: Member, opportunity: string, company: Member, now = NOW) =>
  askPartner(as(by, now), { opportunity, company: company.organisationId, message: 'Shall we?' });
const join = (by: Member, team: string, now = NOW) => acceptTeam(as(by, now), { team, evidence: [] });
const asked = async (by: Member, opportunity: string, company: Member) =>
  (await must(ask(by, opportunity, company))).team;

async function send(by: Member, opportunity: string, team: string) {
  return await sendInterest(as(by), { opportunity, form, team });
}
async function sent(opportunity: string, leader: Member, partners: readonly Member[]) {
  const team = await teamOf(database, opportunity, leader, partners);
  const { id } = await must(send(leader, opportunity, team));
  return { team, id };
}

async function proposals(by: Member, opportunity: string) {
  const view = await opportunityForViewer(as(by), opportunity);
  return view === null ? null : await partnersFor(as(by), view);
}

describe('who is proposed', () => {
  it('one partner that closes all open lines, else the smallest group, of those who agreed', async () => {
    const opportunity = await teamNotice(database, lead);
    const found = await proposals(filters, opportunity);
    expect(found).toMatchObject({ all: 4, total: 1, groups: [] });
    expect(found?.open.map(({ externalId }) => externalId)).toEqual(['q2', 'q3']);
    expect(found?.partners.map(({ id }) => id)).toEqual([all.organisationId]);
    expect(JSON.stringify(found)).not.toContain('score');
    await must(setPartnerConsent(as(all), { audience: null }));
    const without = await proposals(filters, opportunity);
    expect(without?.partners).toEqual([]);
    expect(without?.groups[0]?.map(({ id }) => id).sort()).toEqual(
      [shafts.organisationId, labs.organisationId].sort(),
    );
    await must(setPartnerConsent(as(all), { audience: 'all' }));
    expect(await proposals(filters, await teamNotice(database, lead, { teamMax: 1 }))).toBeNull();
    // with two places only a group of three is none
    await must(setPartnerConsent(as(all), { audience: null }));
    expect(await proposals(filters, await teamNotice(database, lead, { teamMax: 2 }))).toMatchObject({
      partners: [],
      groups: [],
    });
    await must(setPartnerConsent(as(all), { audience: 'all' }));
  });

  it('nobody who keeps its name back, or who agreed for vetted companies only', async () => {
    const opportunity = await teamNotice(database, lead);
    const both = ['shaft-sinking', 'assay-lab'];
    const shy = await firm(database, 'Shy', { capabilities: both, pseudonymous: true });
    const choosy = await firm(database, 'Choosy', { capabilities: both, consent: 'vetted' });
    const fresh = await firm(database, 'Fresh', {
      capabilities: ['dewatering-filters'],
      certifications: ['iso-14001'],
      standing: 'registered',
    });
    const ids = async (by: Member) => (await proposals(by, opportunity))?.partners.map(({ id }) => id);
    expect(await ids(filters)).toContain(choosy.organisationId);
    expect(await ids(filters)).not.toContain(shy.organisationId);
    expect(await ids(fresh)).toEqual([all.organisationId]);
    expect(await code(ask(fresh, opportunity, choosy))).toBe('not-agreed');
    expect(await code(ask(filters, opportunity, shy))).toBe('not-agreed');
    for (const one of [shy, choosy]) await must(setPartnerConsent(as(one), { audience: null }));
  });

  it('the publisher sees the smallest teams with their proof', async () => {
    const opportunity = await teamNotice(database, lead);
    const found = await teamsForOpportunity(as(lead), opportunity, 3);
    expect(found).toMatchObject({ lines: ['q1', 'q2', 'q3', 'q4'], alone: 0, nobody: [], proven: true });
    expect(found?.proof).toMatchObject({ ruledOut: 1, lowerBound: 2, gap: 0 });
    expect(found?.teams[0]?.members).toHaveLength(2);
    for (const actor of [filters, await organisation(database, { name: 'Elsewhere', lead: true })])
      expect(await teamsForOpportunity(as(actor), opportunity, 3)).toBeNull();
  });
});

describe('asking and answering', () => {
  it('founds one team of two colleagues at once, and tells the asked', async () => {
    const opportunity = await teamNotice(database, lead);
    const other = await colleague(database, filters);
    const outcomes = await Promise.all([
      ask(filters, opportunity, all),
      ask(other, opportunity, all),
      ask(filters, opportunity, shafts),
    ]);
    const teams = outcomes.map((one) => (one.ok ? one.value.team : ''));
    expect(new Set(teams).size).toBe(1);
    expect(outcomes.filter((one) => one.ok && one.value.already)).toHaveLength(1);
    const told = await noticesOf(database, 'team-invited');
    expect(told.at(-1)).toMatchObject({ data: { note: 'Shall we?' }, path: `/company/teams/${teams[0]}` });
    expect(await waitingInvitations(as(all))).toMatchObject([{ team: teams[0] }]);
    const view = await teamForCompany(as(all), teams[0] ?? '');
    expect(view).toMatchObject({ role: 'invited', actions: ['accept', 'decline'], events: [] });
    expect(view?.invitation?.message).toBe('Shall we?');
    expect(view?.members.map(({ id }) => id)).toEqual([filters.organisationId, all.organisationId]);
    expect(view?.members.every(({ contact }) => contact === null)).toBe(true);
  });

  it('is refused where the notice, the company or the partner does not allow it', async () => {
    const opportunity = await teamNotice(database, lead);
    const silent = await firm(database, 'Silent', { capabilities: ['assay-lab'], consent: null });
    const idle = await firm(database, 'Idle');
    expect(await code(ask(filters, opportunity, silent))).toBe('not-agreed');
    expect(await code(ask(filters, opportunity, filters))).toBe('not-agreed');
    expect(await code(ask(filters, opportunity, idle))).toBe('partner-covers-nothing');
    expect(await code(ask(idle, opportunity, labs))).toBe('self-covers-nothing');
    expect(await code(ask({ ...filters, role: 'viewer' }, opportunity, labs))).toBe('forbidden');
    expect(await code(ask(lead, opportunity, labs))).toBe('forbidden');
    expect(await code(ask(filters, opportunity, labs, new Date('2027-12-18T14:00:00Z')))).toBe('not-open');
    expect(await code(ask(filters, await teamNotice(database, lead, { teamMax: 1 }), labs))).toBe('no-teams');
    const vettedOnly = await teamNotice(database, lead, { requiresVetted: true });
    const fresh = await firm(database, 'New', { capabilities: ['assay-lab'], standing: 'registered' });
    expect(await code(ask(filters, vettedOnly, fresh))).toBe('partner-gated');
    const single = await teamNotice(database, lead);
    await must(sendInterest(as(filters), { opportunity: single, form }));
    expect(await code(ask(filters, single, labs))).toBe('interest-sent');
    expect(await proposals(filters, single)).toBeNull();
  });

  it('takes two acceptances as one, and gives the last place once', async () => {
    const opportunity = await teamNotice(database, lead, { teamMax: 2 });
    const team = await asked(filters, opportunity, shafts);
    await must(ask(filters, opportunity, labs));
    const twice = await Promise.all([join(shafts, team), join(shafts, team)]);
    expect(twice.map((one) => (one.ok ? one.value.already : null)).sort()).toEqual([false, true]);
    expect(await code(join(labs, team))).toBe('full');
    const races = await teamNotice(database, lead, { teamMax: 2 });
    const other = await asked(filters, races, shafts);
    await must(ask(filters, races, labs));
    const outcomes = await Promise.all([code(join(shafts, other)), code(join(labs, other))]);
    expect(outcomes.sort()).toEqual(['done', 'full']);
  });

  it('keeps a company to one team of a notice, two at once too', async () => {
    const opportunity = await teamNotice(database, lead);
    const rival = await firm(database, 'Rival', {
      capabilities: ['dewatering-filters'],
      certifications: ['iso-14001'],
    });
    const [one, two] = [await asked(filters, opportunity, all), await asked(rival, opportunity, all)];
    const other = await colleague(database, all);
    const outcomes = await Promise.all([code(join(all, one)), code(join(other, two))]);
    expect(outcomes.sort()).toEqual(['done', 'in-team']);
    // a member neither leads another team nor sends alone
    expect(await code(ask(all, opportunity, labs))).toBe('in-team');
    expect(await code(sendInterest(as(all), { opportunity, form }))).toBe('in-team');
  });

  it('cannot be accepted after the deadline, after the invitation was taken back, or by outsiders', async () => {
    const opportunity = await teamNotice(database, lead);
    const team = await asked(filters, opportunity, all);
    expect(await code(join(all, team, new Date('2027-12-18T14:00:01Z')))).toBe('not-open');
    expect(await code(join(labs, team))).toBe('not-found');
    expect(await code(declineTeam(as(labs), { team, reason: '' }))).toBe('not-found');
    expect(await code(writeToTeam(as(all), { team, text: 'Hello' }))).toBe('wrong-state');
    for (const outsider of [labs, lead]) expect(await teamForCompany(as(outsider), team)).toBeNull();
    expect(await teamForCompany(as(filters), 'nothing')).toBeNull();
    await must(cancelInvitation(as(filters), { team, company: all.organisationId }));
    expect(await code(join(all, team))).toBe('not-found');
    expect(await teamForCompany(as(all), team)).toBeNull();
    expect((await must(ask(filters, opportunity, all))).already).toBe(false);
    await must(declineTeam(as(all), { team, reason: 'No time' }));
    expect(await code(ask(filters, opportunity, all))).toBe('declined-before');
    expect((await noticesOf(database, 'team-answered')).at(-1)).toMatchObject({
      to: { organisationId: filters.organisationId },
      data: { outcome: 'declined', note: 'No time' },
    });
  });

  it('shows contacts and words to members only', async () => {
    const opportunity = await teamNotice(database, lead);
    const team = await teamOf(database, opportunity, filters, [shafts]);
    await must(ask(filters, opportunity, labs));
    await must(writeToTeam(as(shafts), { team, text: 'Let us meet.' }));
    const inside = await teamForCompany(as(shafts), team);
    expect(inside?.members.find(({ leader }) => leader)?.contact).toMatchObject({ email: filters.email });
    expect(inside?.events.at(-1)).toMatchObject({ kind: 'message', note: 'Let us meet.' });
    expect(JSON.stringify(await teamForCompany(as(labs), team))).not.toContain('Let us meet.');
    expect(JSON.stringify(await teamForCompany(as(labs), team))).not.toContain(filters.email);
  });
});

describe('expressing interest as one', () => {
  it('needs every must line covered by those who accepted', async () => {
    const opportunity = await teamNotice(database, lead);
    const team = await asked(filters, opportunity, shafts);
    await must(ask(filters, opportunity, labs));
    expect(await code(send(filters, opportunity, team))).toBe('alone');
    await must(join(shafts, team));
    expect(await teamForCompany(as(filters), team)).toMatchObject({ state: 'forming', open: 1 });
    expect(await code(send(filters, opportunity, team))).toBe('lines-open');
    expect(await code(send(shafts, opportunity, team))).toBe('not-found');
    await must(join(labs, team));
    const ready = await teamForCompany(as(filters), team);
    expect(ready).toMatchObject({ state: 'ready', open: 0 });
    expect(ready?.actions).toContain('send');
    expect((await teamForCompany(as(labs), team))?.actions).not.toContain('send');
    expect(await code(sendInterest(as(filters), { opportunity, form }))).toBe('in-team');
  });

  it('records all members with what each covers and shows, frozen, and both sides see it', async () => {
    const opportunity = await teamNotice(database, lead);
    const team = await asked(filters, opportunity, all);
    const { id: row } = await database.db
      .selectFrom('company_capability')
      .select('id')
      .where('organisation_id', '=', all.organisationId)
      .limit(1)
      .executeTakeFirstOrThrow();
    const evidence = [`capability:${row}`, `capability:${team}`];
    await must(acceptTeam(as(all), { team, evidence }));
    await must(ask(filters, opportunity, shafts));
    const [first, second] = await Promise.all([
      send(filters, opportunity, team),
      send(filters, opportunity, team),
    ]);
    expect([first, second].map((one) => (one.ok ? one.value.already : one.code)).sort()).toEqual([
      false,
      true,
    ]);
    const id = first.ok ? first.value.id : '';
    const view = await interestForLead(as(lead), opportunity, id);
    expect(view?.team?.members).toMatchObject([
      { id: filters.organisationId, leader: true, here: true, contact: null },
      { id: all.organisationId, leader: false, here: true, contact: null },
    ]);
    expect(view?.team?.members.map((one) => one.lines.map(({ externalId }) => externalId))).toEqual([
      ['q1', 'q4'],
      ['q2', 'q3'],
    ]);
    expect(view?.team?.members[1]?.evidence).toMatchObject([{ kind: 'capability', id: row }]);
    expect(view?.team?.open).toEqual([]);
    // whoever had not answered is out
    expect(await teamForCompany(as(shafts), team)).toBeNull();
    // what a member holds later changes nothing of what was sent
    await database.db.deleteFrom('company_capability').where('id', '=', row).execute();
    await stale(database, 'company', all.organisationId);
    expect((await interestForLead(as(lead), opportunity, id))?.team?.open).toEqual([]);
    const theirs = await interestForCompany(as(all), id);
    expect(theirs).toMatchObject({ actions: [], team: { members: [{}, {}] } });
    expect((await interestsOfCompany(as(all))).find((one) => one.id === id)?.team).toBe(true);
    expect(await ownInterestIn(as(all), opportunity)).toMatchObject({ id });
    expect(await inboxOf(as(lead), opportunity)).toMatchObject([{ id, partners: 1 }]);
    expect((await noticesOf(database, 'interest-received')).at(-1)).toMatchObject({
      data: { nameEn: 'Filters Co. and 1 partner' },
    });
    await database.db
      .insertInto('company_capability')
      .values(
        ['shaft-sinking', 'assay-lab'].map((capability) => ({
          organisation_id: all.organisationId,
          capability,
        })),
      )
      .execute();
    await stale(database, 'company', all.organisationId);
  });

  it('is answered once to all: contacts of each, with a refusal its reason', async () => {
    const opportunity = await teamNotice(database, lead);
    const { id } = await sent(opportunity, filters, [all]);
    await openInterest(as(lead), { id });
    await must(acceptInterest(as(lead), { id, seen: 'opened' }));
    const told = (await noticesOf(database, 'interest-accepted')).slice(-2);
    expect(told.map((one) => one['to'])).toMatchObject([
      { organisationId: filters.organisationId },
      { organisationId: all.organisationId },
    ]);
    const view = await interestForLead(as(lead), opportunity, id);
    expect(view?.team?.members.map((one) => one.contact?.email)).toEqual([filters.email, all.email]);
    expect((await interestForCompany(as(all), id))?.leadContact).toMatchObject({ email: lead.email });
    const other = await teamNotice(database, lead);
    const no = await sent(other, filters, [all]);
    await must(declineInterest(as(lead), { id: no.id, seen: 'sent', reason: 'timing', note: '' }));
    expect((await interestForCompany(as(all), no.id))?.decline).toMatchObject({ reason: 'timing' });
    expect((await noticesOf(database, 'interest-declined')).length).toBeGreaterThanOrEqual(2);
  });

  it('is taken back by the leader for all, and its members are free again', async () => {
    const opportunity = await teamNotice(database, lead);
    const { team, id } = await sent(opportunity, filters, [all]);
    expect(await code(withdrawInterest(as(all), { id, seen: 'sent' }))).toBe('not-found');
    await must(withdrawInterest(as(filters), { id, seen: 'sent' }));
    expect(await teamForCompany(as(all), team)).toMatchObject({
      state: 'withdrawn',
      actions: [],
    });
    expect(await code(sendInterest(as(all), { opportunity, form }))).toBe('done');
  });
});

describe('members who go', () => {
  it('before sending: left, removed, and everybody is told', async () => {
    const opportunity = await teamNotice(database, lead);
    const team = await teamOf(database, opportunity, filters, [shafts, labs]);
    await must(leaveTeam(as(labs), { team, reason: 'Too busy' }));
    expect(await teamForCompany(as(labs), team)).toBeNull();
    expect(await teamForCompany(as(filters), team)).toMatchObject({ state: 'forming', open: 1 });
    expect(await code(removeMember(as(shafts), { team, company: filters.organisationId, reason: '' }))).toBe(
      'wrong-state',
    );
    await must(removeMember(as(filters), { team, company: shafts.organisationId, reason: 'Plan changed' }));
    const outcomes = (await noticesOf(database, 'team-changed')).map(
      (one) => (one['data'] as Record<string, string>)['outcome'],
    );
    expect(outcomes).toEqual(expect.arrayContaining(['left', 'removed']));
    expect((await must(ask(filters, opportunity, shafts))).already).toBe(false);
  });

  it('a leader hands over, or its place passes on when it leaves; an empty team is given up', async () => {
    const opportunity = await teamNotice(database, lead);
    const team = await teamOf(database, opportunity, filters, [shafts, labs]);
    await must(handOverTeam(as(filters), { team, company: labs.organisationId }));
    expect(await code(handOverTeam(as(filters), { team, company: shafts.organisationId }))).toBe(
      'wrong-state',
    );
    expect((await teamForCompany(as(labs), team))?.role).toBe('leader');
    await must(leaveTeam(as(labs), { team, reason: '' }));
    expect((await teamForCompany(as(filters), team))?.role).toBe('leader');
    await must(leaveTeam(as(shafts), { team, reason: '' }));
    expect(await code(leaveTeam(as(filters), { team, reason: '' }))).toBe('wrong-state');
    await must(disbandTeam(as(filters), { team, reason: '' }));
    expect(await teamForCompany(as(filters), team)).toMatchObject({ state: 'disbanded', actions: [] });
    expect((await teamsOfCompany(as(filters))).some((one) => one.id === team)).toBe(true);
    // and a new one can be founded
    expect(await asked(filters, opportunity, labs)).not.toBe(team);
  });

  it('after sending: the publisher is told and sees what is open; the leader’s place passes on', async () => {
    const opportunity = await teamNotice(database, lead);
    const { team, id } = await sent(opportunity, filters, [shafts, labs]);
    await must(leaveTeam(as(shafts), { team, reason: 'Bankrupt' }));
    const view = await interestForLead(as(lead), opportunity, id);
    expect(view?.team?.open.map(({ externalId }) => externalId)).toEqual(['q2']);
    expect(view?.team?.members.find((one) => one.id === shafts.organisationId)).toMatchObject({
      here: false,
    });
    expect(view?.timeline.at(-1)).toMatchObject({ kind: 'member-left', about: { en: 'Shafts Co.' } });
    expect((await noticesOf(database, 'interest-team-changed')).at(-1)).toMatchObject({
      to: { organisationId: lead.organisationId },
      data: { outcome: 'short', nameEn: 'Shafts Co.' },
    });
    expect(await interestForCompany(as(shafts), id)).toBeNull();
    await must(handOverTeam(as(filters), { team, company: labs.organisationId }));
    expect((await interestForLead(as(lead), opportunity, id))?.company.id).toBe(labs.organisationId);
    await must(leaveTeam(as(filters), { team, reason: '' }));
    expect(await code(leaveTeam(as(labs), { team, reason: '' }))).toBe('wrong-state');
    await must(withdrawInterest(as(labs), { id, seen: 'sent' }));
  });

  it('stays short of what an earlier member took with it, whoever goes next', async () => {
    const opportunity = await teamNotice(database, lead, { teamMax: 4 });
    const spare = await firm(database, 'Spare', { capabilities: ['assay-lab'] });
    const { team } = await sent(opportunity, filters, [shafts, labs, spare]);
    await must(leaveTeam(as(shafts), { team, reason: '' }));
    // the laboratory is covered still, the shaft is not
    await must(leaveTeam(as(spare), { team, reason: '' }));
    expect((await noticesOf(database, 'interest-team-changed')).at(-1)).toMatchObject({
      data: { outcome: 'short', nameEn: 'Spare Co.' },
    });
  });

  it('every company of a team hears that the publisher is suspended', async () => {
    const publisher = await organisation(database, { name: 'Halted', lead: true });
    const opportunity = await teamNotice(database, publisher);
    const { id } = await sent(opportunity, filters, [shafts, labs]);
    await must(suspendInterests(as(officer), publisher.organisationId));
    const told = (await noticesOf(database, 'counterparty-suspended')).filter(
      ({ path }) => path === `/company/interests/${id}`,
    );
    expect(told.map(({ to }) => to)).toEqual(
      expect.arrayContaining(
        [filters, shafts, labs].map(({ organisationId }) => expect.objectContaining({ organisationId })),
      ),
    );
    expect(told).toHaveLength(3);
  });
});

describe('the portal takes out who may take part no longer', () => {
  async function suspend(member: Member): Promise<void> {
    await database.db
      .updateTable('organisation')
      .set({ standing: 'suspended' })
      .where('id', '=', member.organisationId)
      .execute();
    await must(suspendInterests(as(officer), member.organisationId));
  }

  it('a suspended member, from teams that form and that wait; a suspended leader’s place passes on', async () => {
    const opportunity = await teamNotice(database, lead);
    const boss = await firm(database, 'Boss', {
      capabilities: ['dewatering-filters'],
      certifications: ['iso-14001'],
    });
    const digger = await firm(database, 'Digger', { capabilities: ['shaft-sinking', 'assay-lab'] });
    const forming = await teamOf(database, await teamNotice(database, lead), boss, [digger]);
    const { team, id } = await sent(opportunity, boss, [digger]);
    await suspend(boss);
    for (const one of [team, forming])
      expect(await teamForCompany(as(digger), one)).toMatchObject({ role: 'leader' });
    expect((await teamForCompany(as(digger), team))?.events.map(({ kind }) => kind)).toContain('dropped');
    const view = await interestForLead(as(lead), opportunity, id);
    expect(view?.company.id).toBe(digger.organisationId);
    expect(view?.team?.open.map(({ externalId }) => externalId)).toEqual(['q1', 'q4']);
    expect(JSON.stringify(await noticesOf(database, 'team-changed'))).toContain('self-dropped');
    // whoever is left alone rests like any single company
    await suspend(digger);
    expect(await interestForLead(as(lead), opportunity, id)).toMatchObject({ suspended: true });
    expect(await teamForCompany(as(digger), forming)).toMatchObject({ state: 'disbanded' });
  });

  it('cannot be sent with a member who was suspended at the same moment', async () => {
    const opportunity = await teamNotice(database, lead);
    const digger = await firm(database, 'Second digger', { capabilities: ['shaft-sinking', 'assay-lab'] });
    const team = await teamOf(database, opportunity, filters, [digger]);
    await database.db
      .updateTable('organisation')
      .set({ standing: 'suspended' })
      .where('id', '=', digger.organisationId)
      .execute();
    expect(await code(send(filters, opportunity, team))).toBe('member-out');
    await sweepTeams({ ...as({ kind: 'system', name: 'team.sweep' }) });
    expect((await teamForCompany(as(filters), team))?.members.at(-1)).toMatchObject({ state: 'dropped' });
  });

  it('a company on a confirmed restricted entry, as one that is suspended', async () => {
    const opportunity = await teamNotice(database, lead);
    const digger = await firm(database, 'Screened digger', { capabilities: ['shaft-sinking', 'assay-lab'] });
    const { team, id } = await sent(opportunity, filters, [digger]);
    await database.db
      .updateTable('organisation')
      .set({ screened: true })
      .where('id', '=', digger.organisationId)
      .execute();
    await sweepTeams(as({ kind: 'system', name: 'team.sweep' }));
    expect((await teamForCompany(as(filters), team))?.members.at(-1)).toMatchObject({ state: 'dropped' });
    const view = await interestForLead(as(lead), opportunity, id);
    expect(view?.company.id).toBe(filters.organisationId);
    // the others learn the state, not the reason
    expect(JSON.stringify(await noticesOf(database, 'team-changed'))).not.toMatch(/screen|restricted/);
  });

  it('an unvetted member where vetting is asked, and every team at the deadline', async () => {
    const opportunity = await teamNotice(database, lead, { requiresVetted: true });
    const brief = await firm(database, 'Brief', { capabilities: ['shaft-sinking', 'assay-lab'] });
    const team = await teamOf(database, opportunity, filters, [brief]);
    await database.db
      .updateTable('organisation')
      .set({ standing: 'registered', vetted_until: '2026-11-22' })
      .where('id', '=', brief.organisationId)
      .execute();
    const system = { kind: 'system', name: 'team.sweep' } as const;
    await sweepTeams(as(system));
    await sweepTeams(as(system));
    expect((await teamForCompany(as(filters), team))?.members.map(({ state }) => state)).toEqual([
      'accepted',
      'dropped',
    ]);
    const late = await teamNotice(database, lead, { deadline: '2026-12-01T00:00:00Z' });
    const second = await asked(filters, late, all);
    await sweepTeams(as(system, new Date('2026-12-01T00:00:01Z')));
    expect(await teamForCompany(as(filters), second)).toMatchObject({ state: 'expired' });
    expect(await teamForCompany(as(all), second)).toBeNull();
  });
});
