import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, noticesOf, organisation } from '../support/trade.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import { acceptInterest } from '#lib/server/engagement/commands.ts';
import { interestForCompany, interestForLead } from '#lib/server/engagement/queries.ts';
import { agreeToReveal, takeRevealBack } from '#lib/server/engagement/reveal-commands.ts';
import { leaveTeam } from '#lib/server/engagement/team-change-commands.ts';

/** Of a team each company agrees for itself to show its name to the publisher; among themselves they know it. */

let database: TestDatabase;
let lead: Member;
let leader: Member;
let shy: Member;
let open: Member;
let notice = '';
let interest = '';
let team = '';

const as = (actor: Member) => contextOf(database, actor);

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Silverfox', lead: true });
  leader = await organisation(database, { name: 'Otterstone' });
  shy = await organisation(database, { name: 'Badgerhill' });
  open = await organisation(database, { name: 'Openfield' });
  const { pool } = database;
  const insert = async (text: string, values: unknown[]) =>
    (await pool.query<{ id: string }>(text, values)).rows[0]?.id ?? '';
  await pool.query('update company set pseudonymous = true where organisation_id = any($1)', [
    [leader.organisationId, shy.organisationId],
  ]);
  notice = await insert(
    `insert into opportunity (organisation_id, publisher, country, type, title_en, minerals, deadline, status, published_at,
       frozen_at, pseudonymous) values ($1, 'Silverfox', 'TZ', 'equipment', 'Filters', '{graphite}', '2026-12-18', 'published',
       $2, $2, true) returning id`,
    [lead.organisationId, NOW],
  );
  team = await insert(
    `insert into team (opportunity_id, leader_id, state) values ($1, $2, 'sent') returning id`,
    [notice, leader.organisationId],
  );
  for (const one of [leader, shy, open])
    await pool.query(
      `insert into team_member (team_id, organisation_id, opportunity_id, state, lang, profile_version, contact_name,
         contact_email, reveals_at) values ($1, $2, $3, 'accepted', 'en', 1, $4, $5, $6)`,
      [team, one.organisationId, notice, one.name, one.email, one === open ? NOW : null],
    );
  interest = await insert(
    `insert into interest (opportunity_id, organisation_id, team_id, message, lang, terms_version, profile_version)
     values ($1, $2, $3, 'We build filters.', 'en', '2026-11', 1) returning id`,
    [notice, leader.organisationId, team],
  );
});
afterAll(() => database.drop());

const forLead = async () => {
  const view = await interestForLead(as(lead), notice, interest);
  return {
    company: view?.company.name.en,
    members: new Map(view?.team?.members.map(({ id, name, contact }) => [id, { name: name.en, contact }])),
    reveal: view?.reveal,
    text: JSON.stringify(view),
  };
};
const nameFor = async (company: Member) => (await interestForCompany(as(company), interest))?.publisher.en;
const agree = (by: Member, side: 'company' | 'lead') => agreeToReveal(as(by), { id: interest, side });

it('hides the names of those that keep them back, and shows the others', async () => {
  const { company, members, reveal, text } = await forLead();
  expect(company).toBe('');
  expect([...members.values()].map(({ name }) => name).sort()).toEqual(['', '', 'Openfield Co.']);
  expect(reveal).toEqual({ own: 'kept', others: { kept: 2, agreed: 0 }, shown: false, step: 'agree' });
  for (const secret of ['Otterstone', 'Badgerhill']) expect(text).not.toContain(secret);
  expect([await nameFor(open), await nameFor(shy)]).toEqual(['', '']);
  const inTeam = await interestForCompany(as(open), interest);
  expect(inTeam?.team?.members.map(({ name }) => name.en)).toContain('Badgerhill Co.');
});

it('shows each pair that agreed, and only those; contacts of those after acceptance', async () => {
  expect(await agree(shy, 'company')).toEqual({ ok: true, value: { shown: false } });
  expect((await forLead()).text).not.toContain('Badgerhill');
  expect(await agree(lead, 'lead')).toEqual({ ok: true, value: { shown: true } });
  expect(await takeRevealBack(as(lead), { id: interest, side: 'lead' })).toMatchObject({ code: 'shown' });
  expect([await nameFor(open), await nameFor(shy), await nameFor(leader)]).toEqual([
    'Silverfox Co.',
    'Silverfox Co.',
    '',
  ]);
  expect(await acceptInterest(as(lead), { id: interest, seen: 'sent' })).toMatchObject({ ok: true });
  const { members, text } = await forLead();
  expect(members.get(shy.organisationId)).toMatchObject({
    name: 'Badgerhill Co.',
    contact: { email: shy.email },
  });
  expect(members.get(leader.organisationId)).toEqual({ name: '', contact: null });
  expect(text).not.toContain('Otterstone');
  expect((await interestForCompany(as(leader), interest))?.leadContact).toBeNull();
  expect((await interestForCompany(as(shy), interest))?.leadContact).not.toBeNull();
  const told = JSON.stringify(await noticesOf(database, 'interest-names'));
  expect(told).toContain('Badgerhill');
  expect(told).not.toContain('Otterstone');
});

it('gives over the contact of a member that agreed on its invitation, with which the publisher agreed there', async () => {
  const { pool } = database;
  const invited = await organisation(database, { name: 'Invitedhill' });
  await pool.query('update company set pseudonymous = true where organisation_id = $1', [
    invited.organisationId,
  ]);
  await pool.query(
    `insert into opportunity_invitation (opportunity_id, organisation_id, reason, company_reveals_at, lead_reveals_at)
     values ($1, $2, 'It fits.', $3, $3)`,
    [notice, invited.organisationId, NOW],
  );
  await pool.query(
    `insert into team_member (team_id, organisation_id, opportunity_id, state, lang, profile_version, contact_name,
       contact_email) values ($1, $2, $3, 'accepted', 'en', 1, $4, $5)`,
    [team, invited.organisationId, notice, invited.name, invited.email],
  );
  expect((await interestForCompany(as(invited), interest))?.leadContact).not.toBeNull();
  expect((await forLead()).members.get(invited.organisationId)).toMatchObject({
    name: 'Invitedhill Co.',
    contact: { email: invited.email },
  });
});

it('agrees for itself only, never for a company that is not in the team', async () => {
  expect(await agree(open, 'company')).toMatchObject({ code: 'nothing-kept' });
  expect(await agree(leader, 'company')).toEqual({ ok: true, value: { shown: true } });
  expect((await forLead()).company).toBe('Otterstone Co.');
  expect(await leaveTeam(as(open), { team, reason: '' })).toMatchObject({ ok: false });
  const stranger = await organisation(database, { name: 'Stranger' });
  expect(await agree(stranger, 'company')).toMatchObject({ code: 'not-found' });
});
