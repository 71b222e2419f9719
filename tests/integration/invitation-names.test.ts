import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, noticesOf, organisation } from '../support/trade.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import { companyHome } from '#lib/server/company/home-queries.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { sendInterest, withdrawInterest } from '#lib/server/engagement/commands.ts';
import {
  agreeOnInvitation,
  askOnInvitation,
  takeBackOnInvitation,
} from '#lib/server/engagement/invitation-commands.ts';
import {
  invitationForCompany,
  invitationForLead,
  openInvitations,
} from '#lib/server/engagement/invitation-queries.ts';
import { interestForCompany, interestForLead } from '#lib/server/engagement/queries.ts';
import { takeRevealBack } from '#lib/server/engagement/reveal-commands.ts';
import { inviteCompany } from '#lib/server/opportunity/lead-commands.ts';
import { sayNotRelevant, sayRelevantAgain } from '#lib/server/opportunity/feedback-commands.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';

/** Names agreed to on an invitation, before any interest: who may, what each side sees, what ends it. */

let database: TestDatabase;
let lead: Member;
let shy: Member;
let open: Member;
let stranger: Member;
let kept = '';
let plain = '';

const as = (actor: Member) => contextOf(database, actor);
const viewer = (actor: Member): Member => ({ ...actor, role: 'viewer' });
const company = (member: Member, opportunity: string) =>
  ({ opportunity, company: member.organisationId, side: 'company' }) as const;
const fromLead = (member: Member, opportunity: string) =>
  ({ opportunity, company: member.organisationId, side: 'lead' }) as const;
const forLead = (member: Member, opportunity: string) =>
  invitationForLead(as(lead), opportunity, member.organisationId);
const namesTold = async () =>
  (await noticesOf(database, 'opportunity-names')).filter(({ path }) =>
    [kept, plain].some((id) => String(path).includes(id)),
  );
const sql = (text: string, values: unknown[]) => database.pool.query(text, values);

async function code(outcome: Promise<{ ok: boolean; code?: string }>): Promise<string> {
  return (await outcome).code ?? 'ok';
}

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** Four organisations; two notices of the lead, one of them without its names, and both companies invited to each. */
beforeEach(async () => {
  const vettedUntil = '2099-12-31';
  lead = await organisation(database, { name: 'Silverfox', lead: true, vettedUntil });
  shy = await organisation(database, { name: 'Otterstone' });
  open = await organisation(database, { name: 'Openfield' });
  stranger = await organisation(database, { name: 'Stranger', lead: true, vettedUntil });
  await sql('update company set pseudonymous = true where organisation_id = $1', [shy.organisationId]);
  const notice = async (pseudonymous: boolean) =>
    (
      await database.pool.query<{ id: string }>(
        `insert into opportunity (organisation_id, publisher, country, place, type, title_en, minerals, deadline, status,
           published_at, frozen_at, pseudonymous) values ($1, 'Silverfox', 'TZ', 'Foxvalley', 'equipment', 'Filters',
           '{graphite}', '2026-12-18', 'published', $2, $2, $3) returning id`,
        [lead.organisationId, NOW, pseudonymous],
      )
    ).rows[0]?.id ?? '';
  kept = await notice(true);
  plain = await notice(false);
  for (const opportunity of [kept, plain])
    for (const one of [shy, open])
      expect(
        await inviteCompany(as(lead), { opportunity, company: one.organisationId, reason: 'It fits.' }),
      ).toMatchObject({ ok: true });
});

describe('both keep their names back', () => {
  it('shows nothing until both agreed, then both at once, to nobody else, and for good', async () => {
    expect((await forLead(shy, kept))?.company).toMatchObject({ masked: true, name: { ko: '', en: '' } });
    expect((await invitationForCompany(as(shy), kept))?.reveal).toEqual({
      own: 'kept',
      others: { kept: 1, agreed: 0 },
      shown: false,
      step: 'agree',
      asked: { own: false, other: false },
    });
    expect(await agreeOnInvitation(as(lead), fromLead(shy, kept))).toEqual({
      ok: true,
      value: { shown: false },
    });
    const [told] = await namesTold();
    expect(told).toMatchObject({ path: `/company/invitations/${kept}` });
    expect(JSON.stringify(told)).not.toMatch(/Silverfox|Otterstone|Foxvalley/u);
    expect((await invitationForCompany(as(shy), kept))?.publisher).toEqual({ ko: '', en: '' });
    expect((await invitationForCompany(as(shy), kept))?.reveal).toMatchObject({
      others: { kept: 1, agreed: 1 },
      step: 'agree',
    });
    // Agreed with one company, not with the other that was invited.
    expect((await invitationForCompany(as(open), kept))?.reveal).toMatchObject({
      others: { kept: 1, agreed: 0 },
    });
    expect(await agreeOnInvitation(as(shy), company(shy, kept))).toEqual({
      ok: true,
      value: { shown: true },
    });
    expect((await invitationForCompany(as(shy), kept))?.publisher.en).toBe('Silverfox Co.');
    expect((await opportunityForViewer(as(shy), kept))?.place).toBe('Foxvalley');
    expect((await opportunityForViewer(as(open), kept))?.named).toBe(false);
    expect((await forLead(shy, kept))?.company).toMatchObject({
      masked: false,
      profile: true,
      name: { en: 'Otterstone Co.' },
    });
    const cards = await companyCards(as(lead), [shy.organisationId]);
    expect(cards[0]).toMatchObject({ masked: false, name: { en: 'Otterstone Co.' } });
    expect(await companyCards(as(stranger), [shy.organisationId])).toMatchObject([{ masked: true }]);
    for (const [by, at] of [
      [shy, company(shy, kept)],
      [lead, fromLead(shy, kept)],
    ] as const)
      expect(await code(takeBackOnInvitation(as(by), at))).toBe('shown');
    expect((await invitationForCompany(as(shy), kept))?.reveal).toMatchObject({ shown: true, step: null });
    expect((await forLead(shy, kept))?.timeline.map(({ kind }) => kind)).toEqual([
      'invited',
      'lead-agreed',
      'company-agreed',
      'names-shown',
    ]);
    const shown = JSON.stringify(await namesTold());
    for (const name of ['Silverfox Co.', 'Otterstone Co.']) expect(shown).toContain(name);
  });

  it('is taken back while nothing was seen; twice changes nothing', async () => {
    const own = company(shy, kept);
    expect(await code(agreeOnInvitation(as(shy), own))).toBe('ok');
    expect(await code(agreeOnInvitation(as(shy), own))).toBe('ok');
    expect(await code(takeBackOnInvitation(as(shy), own))).toBe('ok');
    expect(await code(takeBackOnInvitation(as(shy), own))).toBe('ok');
    expect(await agreeOnInvitation(as(lead), fromLead(shy, kept))).toMatchObject({ value: { shown: false } });
    expect((await forLead(shy, kept))?.timeline.map(({ kind }) => kind)).toEqual([
      'invited',
      'company-agreed',
      'company-disagreed',
      'lead-agreed',
    ]);
    const { rows } = await database.pool.query<{ action: string }>(
      `select action from audit_entry where object_id = $1 and action like 'invitation.%' order by id`,
      [kept],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'invitation.show-name',
      'invitation.keep-name',
      'invitation.show-name',
    ]);
  });

  it('two that agree at once show their names once', async () => {
    const both = await Promise.all([
      agreeOnInvitation(as(shy), company(shy, kept)),
      agreeOnInvitation(as(lead), fromLead(shy, kept)),
    ]);
    expect(both.map((one) => one.ok && one.value.shown).sort()).toEqual([false, true]);
    const kinds = (await forLead(shy, kept))?.timeline.map(({ kind }) => kind) ?? [];
    expect(kinds.filter((kind) => kind === 'names-shown')).toHaveLength(1);
  });
});

describe('one of them keeps its name back', () => {
  it('the other asks once, and the name is shown as soon as it agrees', async () => {
    expect((await forLead(shy, plain))?.reveal).toMatchObject({ own: 'open', step: 'ask' });
    expect(await code(agreeOnInvitation(as(lead), fromLead(shy, plain)))).toBe('nothing-kept');
    expect(await code(askOnInvitation(as(lead), fromLead(shy, plain)))).toBe('ok');
    expect(await code(askOnInvitation(as(lead), fromLead(shy, plain)))).toBe('ok');
    expect(await namesTold()).toHaveLength(1);
    expect((await invitationForCompany(as(shy), plain))?.reveal).toMatchObject({
      asked: { own: false, other: true },
      step: 'agree',
    });
    expect((await forLead(shy, plain))?.company.masked).toBe(true);
    expect(await agreeOnInvitation(as(shy), company(shy, plain))).toMatchObject({ value: { shown: true } });
    expect((await forLead(shy, plain))?.company.name.en).toBe('Otterstone Co.');
  });

  it('a company that shows its name asks a publisher that does not', async () => {
    expect(await code(askOnInvitation(as(open), company(open, kept)))).toBe('ok');
    expect(await code(takeBackOnInvitation(as(open), company(open, kept)))).toBe('nothing-kept');
    expect((await forLead(open, kept))?.reveal).toMatchObject({ own: 'kept', asked: { other: true } });
    expect(await agreeOnInvitation(as(lead), fromLead(open, kept))).toMatchObject({ value: { shown: true } });
    expect((await invitationForCompany(as(open), kept))?.publisher.en).toBe('Silverfox Co.');
  });

  it('there is nothing to agree to where both show their names', async () => {
    expect(await forLead(open, plain)).toMatchObject({ reveal: null, company: { masked: false } });
    expect(await code(agreeOnInvitation(as(open), company(open, plain)))).toBe('nothing-kept');
    expect(await code(askOnInvitation(as(open), company(open, plain)))).toBe('nothing-kept');
  });
});

describe('who may, and when', () => {
  it('only editors of the two sides', async () => {
    const at = company(shy, kept);
    const { organisationId } = shy;
    expect(await code(agreeOnInvitation(as(viewer(shy)), at))).toBe('forbidden');
    expect(await code(agreeOnInvitation(as(viewer(lead)), fromLead(shy, kept)))).toBe('forbidden');
    expect(await code(agreeOnInvitation(as(open), at))).toBe('not-found');
    expect(await code(agreeOnInvitation(as(stranger), fromLead(shy, kept)))).toBe('not-found');
    expect(await code(agreeOnInvitation(as(lead), company(shy, kept)))).toBe('not-found');
    for (const opportunity of ['no-uuid', organisationId])
      expect(await code(agreeOnInvitation(as(shy), company(shy, opportunity)))).toBe('not-found');
    expect((await invitationForCompany(as(viewer(shy)), kept))?.reveal?.step).toBeNull();
    expect(await invitationForLead(as(stranger), kept, organisationId)).toBeNull();
    expect(await invitationForLead(as(lead), kept, stranger.organisationId)).toBeNull();
    expect(await invitationForCompany(as(stranger), kept)).toBeNull();
    expect(await forLead(shy, 'no-uuid')).toBeNull();
  });

  it.each(['suspended', 'screened'] as const)('not while the company is %s', async (how) => {
    await agreeOnInvitation(as(lead), fromLead(shy, kept));
    await sql(
      how === 'screened'
        ? 'update organisation set screened = true where id = $1'
        : `update organisation set standing = 'suspended' where id = $1`,
      [shy.organisationId],
    );
    try {
      expect(await code(agreeOnInvitation(as(shy), company(shy, kept)))).toBe(how);
      expect(await code(agreeOnInvitation(as(lead), fromLead(shy, plain)))).toBe('nothing-kept');
      expect(await code(askOnInvitation(as(lead), fromLead(shy, plain)))).toBe('other-out');
      expect((await forLead(shy, kept))?.company.name.en).toBe('');
      // What was agreed can still be taken back.
      expect(await code(takeBackOnInvitation(as(lead), fromLead(shy, kept)))).toBe('ok');
    } finally {
      await sql(`update organisation set screened = false, standing = 'registered' where id = $1`, [
        shy.organisationId,
      ]);
    }
  });

  it('not while the publisher is suspended', async () => {
    await sql(`update organisation set standing = 'suspended' where id = $1`, [lead.organisationId]);
    try {
      expect(await code(agreeOnInvitation(as(lead), fromLead(shy, kept)))).toBe('suspended');
      expect(await code(agreeOnInvitation(as(shy), company(shy, kept)))).toBe('other-out');
    } finally {
      await sql(`update organisation set standing = 'vetted' where id = $1`, [lead.organisationId]);
    }
  });

  it('not after the notice is over', async () => {
    await agreeOnInvitation(as(lead), fromLead(shy, kept));
    await sql(`update opportunity set status = 'closed', closed_at = $2 where id = $1`, [kept, NOW]);
    expect(await code(agreeOnInvitation(as(shy), company(shy, kept)))).toBe('over');
    expect(await invitationForCompany(as(shy), kept)).toMatchObject({ bar: 'over', reveal: { step: null } });
    expect(await code(takeBackOnInvitation(as(lead), fromLead(shy, kept)))).toBe('ok');
  });
});

describe('as something that waits on the home of the company', () => {
  const waiting = async (member: Member) =>
    ((await companyHome(as(member), null))?.tasks.invitations ?? []).map(({ opportunity }) => opportunity);

  it('stands there, without a name that is kept back, for those who are invited only', async () => {
    expect(new Set(await waiting(shy))).toEqual(new Set([kept, plain]));
    const named = new Map((await openInvitations(as(shy))).map((one) => [one.opportunity, one.publisher.en]));
    expect(named).toEqual(
      new Map([
        [kept, ''],
        [plain, 'Silverfox Co.'],
      ]),
    );
    expect(await waiting(stranger)).toEqual([]);
  });

  it('goes when an interest was sent, and does not come back when that is withdrawn', async () => {
    const form = { message: 'We build filters.', evidence: [], terms: true as const };
    const sent = await sendInterest(as(shy), { opportunity: plain, form });
    if (!sent.ok) throw new Error(sent.code);
    expect(await waiting(shy)).toEqual([kept]);
    expect(await withdrawInterest(as(shy), { id: sent.value.id, seen: 'sent' })).toMatchObject({ ok: true });
    expect(await waiting(shy)).toEqual([kept]);
  });

  it('goes when it is said to be not relevant, and comes back when that is undone', async () => {
    const pair = { opportunity: plain, company: shy.organisationId };
    expect(await sayNotRelevant(as(shy), { ...pair, reason: 'other', note: '' })).toMatchObject({ ok: true });
    expect(await waiting(shy)).toEqual([kept]);
    expect(await sayRelevantAgain(as(shy), pair)).toMatchObject({ ok: true });
    expect(await waiting(shy)).toHaveLength(2);
  });

  it('goes with the notice', async () => {
    await sql(`update opportunity set status = 'closed', closed_at = $2 where id = $1`, [kept, NOW]);
    await sql(`update opportunity set deadline = $2 where id = $1`, [plain, NOW]);
    expect(await waiting(shy)).toEqual([]);
  });
});

describe('with an expression of interest', () => {
  const send = async () => {
    const form = { message: 'We build filters.', evidence: [], terms: true as const };
    const outcome = await sendInterest(as(shy), { opportunity: kept, form });
    if (!outcome.ok) throw new Error(outcome.code);
    return outcome.value.id;
  };

  it('goes on there, with what was agreed; taken back there it is taken back here', async () => {
    await agreeOnInvitation(as(shy), company(shy, kept));
    const interest = await send();
    expect(await invitationForCompany(as(shy), kept)).toMatchObject({
      bar: 'interest-expressed',
      interest: { id: interest, status: 'sent' },
      reveal: { step: null },
    });
    expect(await code(takeBackOnInvitation(as(shy), company(shy, kept)))).toBe('interest-expressed');
    expect(await code(agreeOnInvitation(as(lead), fromLead(shy, kept)))).toBe('interest-expressed');
    expect((await interestForCompany(as(shy), interest))?.reveal).toMatchObject({
      own: 'agreed',
      step: 'take-back',
    });
    expect(await code(takeRevealBack(as(shy), { id: interest, side: 'company' }))).toBe('ok');
    expect((await invitationForCompany(as(shy), kept))?.reveal?.own).toBe('kept');
    expect((await forLead(shy, kept))?.company.masked).toBe(true);
  });

  it('names shown on the invitation are shown there too, and stay after a withdrawal', async () => {
    await agreeOnInvitation(as(shy), company(shy, kept));
    await agreeOnInvitation(as(lead), fromLead(shy, kept));
    const interest = await send();
    expect(await interestForLead(as(lead), kept, interest)).toMatchObject({
      company: { masked: false, name: { en: 'Otterstone Co.' } },
      reveal: { shown: true, step: null },
    });
    expect(await code(withdrawInterest(as(shy), { id: interest, seen: 'sent' }))).toBe('ok');
    expect(await code(agreeOnInvitation(as(lead), fromLead(shy, kept)))).toBe('ok');
    expect((await forLead(shy, kept))?.company.name.en).toBe('Otterstone Co.');
  });

  it('declined or withdrawn, nothing is begun on the invitation any more', async () => {
    const interest = await send();
    expect(await code(withdrawInterest(as(shy), { id: interest, seen: 'sent' }))).toBe('ok');
    expect(await code(agreeOnInvitation(as(shy), company(shy, kept)))).toBe('interest-expressed');
    expect(await code(agreeOnInvitation(as(lead), fromLead(shy, kept)))).toBe('interest-expressed');
  });
});
