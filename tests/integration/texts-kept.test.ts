import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { firm, stale, teamNotice } from '../support/teams.ts';
import { contextOf, noticesOf, NOW, official, organisation } from '../support/trade.ts';
import type { Actor, Member } from '#lib/domain/account/actor.ts';
import { declineInterest, sendInterest } from '#lib/server/engagement/commands.ts';
import { agreeOnInvitation } from '#lib/server/engagement/invitation-commands.ts';
import { invitationForCompany } from '#lib/server/engagement/invitation-queries.ts';
import { disbandTeam, leaveTeam, removeMember } from '#lib/server/engagement/team-change-commands.ts';
import { acceptTeam, askPartner, declineTeam, writeToTeam } from '#lib/server/engagement/team-commands.ts';
import { answerAppeal, openAppeal } from '#lib/server/match/appeal-commands.ts';
import { addAddendum } from '#lib/server/opportunity/commands.ts';
import { giveawaysOf } from '#lib/server/opportunity/kept-queries.ts';
import { inviteCompany } from '#lib/server/opportunity/lead-commands.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';

/**
 * Texts that people write to each other where a side keeps its name back: what tells it is refused beside the field, for
 * whoever knows it and whoever reads it does not. Nobody's guess is confirmed.
 */

let database: TestDatabase;
let lead: Member;
/** Invited, and told the publisher's name by agreement. */
let told: Member;
let partner: Member;
let other: Member;
/** Keeps its name back. */
let shy: Member;
let officer: Actor;
let notice = '';

const as = (actor: Actor) => contextOf(database, actor);
const tells = (field: string, what: string) => ({
  code: 'invalid',
  fields: { [field]: expect.stringContaining(what) },
});

async function value<T>(outcome: Promise<{ ok: true; value: T } | { ok: false; code: string }>): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.code);
  return settled.value;
}

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Silverfox', lead: true, vettedUntil: '2099-12-31' });
  told = await firm(database, 'Toldfirm', { capabilities: ['dewatering-filters'] });
  partner = await firm(database, 'Partnerfirm', { capabilities: ['shaft-sinking'] });
  other = await firm(database, 'Otherfirm', { certifications: ['iso-14001'] });
  shy = await firm(database, 'Otterstone', { capabilities: ['dewatering-filters'], pseudonymous: true });
  officer = await official(database);
  await database.pool.query(
    `update company set website = 'https://www.otterstone.example', representative = '강수달래' where organisation_id = $1`,
    [shy.organisationId],
  );
  await database.pool.query(
    `update organisation set brn = '1018100009', former_names = '{옛수달상사}' where id = $1`,
    [shy.organisationId],
  );
  notice = await teamNotice(database, lead);
  await database.pool.query('alter table opportunity disable trigger opportunity_pseudonymous_frozen');
  await database.pool.query(`update opportunity set pseudonymous = true, place = 'Foxvalley' where id = $1`, [
    notice,
  ]);
  await stale(database, 'opportunity', notice);
  for (const one of [told, shy])
    await value(
      inviteCompany(as(lead), { opportunity: notice, company: one.organisationId, reason: 'It fits.' }),
    );
  const pair = { opportunity: notice, company: told.organisationId };
  await value(agreeOnInvitation(as(lead), { ...pair, side: 'lead' }));
});
afterAll(() => database.drop());

describe('the publisher keeps its name back', () => {
  it('refuses its own invitation, addendum and refusal, and any address in them', async () => {
    const company = other.organisationId;
    const invite = (reason: string) => inviteCompany(as(lead), { opportunity: notice, company, reason });
    expect(await invite('Silverfox asks you.')).toMatchObject(tells('reason', 'tells-name:Silverfox'));
    expect(await invite(`Write to ${lead.email}.`)).toMatchObject(tells('reason', 'tells-name'));
    expect(await invite('Call +255 754 123 456.')).toMatchObject(
      tells('reason', 'tells-contact:+255 754 123 456'),
    );
    const texts = { id: notice, deadline: '', zone: '', textKo: '', textEn: 'See www.fox-mine.com' };
    expect(await addAddendum(as(lead), texts)).toMatchObject(tells('text_en', 'tells-contact'));
    const form = { message: 'We build filters.', evidence: [], terms: true };
    const { id } = await value(sendInterest(as(partner), { opportunity: notice, form }));
    const decline = (note: string) => declineInterest(as(lead), { id, seen: 'sent', reason: 'other', note });
    expect(await decline('Foxvalley is too far.')).toMatchObject(tells('note', 'tells-name:Foxvalley'));
    await database.pool.query('delete from interest_event');
    await database.pool.query('delete from interest where id = $1', [id]);
  });

  it('its own words are free to whom it is known', async () => {
    await database.pool.query('delete from invitation_event where organisation_id = $1; ', [
      told.organisationId,
    ]);
    await database.pool.query('delete from opportunity_invitation where organisation_id = $1', [
      told.organisationId,
    ]);
    const pair = { opportunity: notice, company: told.organisationId };
    expect(await inviteCompany(as(lead), { ...pair, reason: 'Silverfox again.' })).toMatchObject({
      code: 'invalid',
    });
    await value(inviteCompany(as(lead), { ...pair, reason: 'It fits.' }));
    await value(agreeOnInvitation(as(lead), { ...pair, side: 'lead' }));
    expect(await inviteCompany(as(lead), { ...pair, reason: 'Silverfox again.' })).toMatchObject({
      ok: true,
    });
  });

  it('whoever knows it does not tell its team, whose guesses nobody confirms', async () => {
    const ask = (message: string) =>
      askPartner(as(told), { opportunity: notice, company: partner.organisationId, message });
    expect(await ask('It is the Silver-Fox mine.')).toMatchObject(tells('message', 'Silverfox'));
    expect(await ask('It is the Silverfox mine in Foxvalley.')).toMatchObject(
      tells('message', 'tells-name:Silverfox'),
    );
    expect(await ask(`Ask ${lead.email}`)).toMatchObject(tells('message', lead.email));
    // Its own address is its own business: in a team names are known.
    const { team } = await value(ask(`Toldfirm asks; call 02-123-4567 or ${told.email}.`));
    // Does not know it: no refusal tells whether it is right.
    expect(await declineTeam(as(partner), { team, reason: 'Not for Silverfox.' })).toMatchObject({
      ok: true,
    });
    const again = await value(
      askPartner(as(told), { opportunity: notice, company: other.organisationId, message: 'Join us.' }),
    );
    await value(acceptTeam(as(other), { team: again.team, evidence: [] }));
    expect(await writeToTeam(as(told), { team, text: 'Silverfox it is' })).toMatchObject(
      tells('text', 'Silverfox'),
    );
    expect(await writeToTeam(as(other), { team, text: 'Is it Silverfox?' })).toMatchObject({ ok: true });
    const reason = 'Silverfox does not want it.';
    const company = other.organisationId;
    for (const outcome of [
      removeMember(as(told), { team, company, reason }),
      disbandTeam(as(told), { team, reason }),
      leaveTeam(as(told), { team, reason }),
    ])
      expect(await outcome).toMatchObject(tells('reason', 'Silverfox'));
    // Once the others are told as well, it may be said.
    const agreed = { opportunity: notice, company, side: 'lead' } as const;
    await value(inviteCompany(as(lead), { opportunity: notice, company, reason: 'It fits.' }));
    await value(agreeOnInvitation(as(lead), agreed));
    expect(await writeToTeam(as(told), { team, text: 'Silverfox it is' })).toMatchObject({ ok: true });
  });

  it('a reason written before it kept anything back is not read', async () => {
    await database.pool.query(
      `update opportunity_invitation set reason = 'Silverfox invites you.' where organisation_id = $1`,
      [shy.organisationId],
    );
    expect((await invitationForCompany(as(shy), notice))?.reason).toBe('');
    await database.pool.query(
      `update opportunity_invitation set reason = 'It fits.' where organisation_id = $1`,
      [shy.organisationId],
    );
    expect((await invitationForCompany(as(shy), notice))?.reason).toBe('It fits.');
    expect(JSON.stringify(await noticesOf(database, 'opportunity-invitation'))).not.toContain('Silverfox');
  });

  it('a draft is told of addresses in its texts as well', async () => {
    await database.pool.query(`update opportunity set summary_ko = '문의 055-123-4567' where id = $1`, [
      notice,
    ]);
    expect(await giveawaysOf(as(lead), notice)).toEqual([{ field: 'summary_ko', words: ['055-123-4567'] }]);
  });
});

describe('a company keeps its name back', () => {
  const send = (message: string) =>
    sendInterest(as(shy), { opportunity: notice, form: { message, evidence: [], terms: true } });

  it.each([
    ['오터스톤 아닌 옛 수달 상사입니다', 'tells-name:옛수달상사'],
    ['OTTERSTONE Co., Ltd.', 'tells-name:Otterstone'],
    ['101 81 00009', 'tells-name:1018100009'],
    ['대표 강수달래', 'tells-name:강수달래'],
    ['otterstone.example을 보십시오', 'otterstone.example'],
    ['다른 주소 http://blog.example/otters', 'tells-contact'],
    ['someone@else.example', 'tells-contact'],
    ['전화 010-1234-5678', 'tells-contact'],
  ])('%s is refused', async (text, what) => {
    expect(await send(text)).toMatchObject(tells('message', what));
  });

  it('an official’s answer does not tell it either', async () => {
    const pair = { opportunity: notice, company: shy.organisationId };
    const { id } = await value(openAppeal(as(lead), { ...pair, statement: 'Why is it not in our list?' }));
    const answer = (text: string) => answerAppeal(as(officer), { id, outcome: 'kept', answer: text });
    expect(await answer('Otterstone is in it.')).toMatchObject(tells('answer', 'Otterstone'));
    expect(await answer('It is in it; ask portal@ministry.example.')).toMatchObject({ ok: true });
    const own = await value(openAppeal(as(shy), { ...pair, statement: 'Why so few points?' }));
    const reply = { id: own.id, outcome: 'kept', answer: 'Silverfox asks for more.' } as const;
    expect(await answerAppeal(as(officer), reply)).toMatchObject(tells('answer', 'Silverfox'));
  });

  it('says what it likes once the publisher knows it', async () => {
    const pair = { opportunity: notice, company: shy.organisationId };
    for (const [by, side] of [
      [lead, 'lead'],
      [shy, 'company'],
    ] as const)
      await value(agreeOnInvitation(as(by), { ...pair, side }));
    expect(koreanDay(NOW)).toMatch(/^2026/u);
    expect(await send('Otterstone writes: https://www.otterstone.example')).toMatchObject({ ok: true });
  });
});
