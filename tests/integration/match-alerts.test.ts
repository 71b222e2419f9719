import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { firm, stale } from '../support/teams.ts';
import { colleague, contextOf, NOW, organisation } from '../support/trade.ts';
import { VISITOR, type Actor, type Member } from '#lib/domain/account/actor.ts';
import type { Frequency } from '#lib/domain/search/saved.ts';
import { setMatchAlerts, stopMatchAlerts } from '#lib/server/match/alert-commands.ts';
import { sendMatchAlerts } from '#lib/server/match/alert-job.ts';
import { matchStopLink, ownMatchAlerts } from '#lib/server/match/alert-queries.ts';
import { sayNotRelevant } from '#lib/server/opportunity/feedback-commands.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { log } from '#lib/server/platform/log.ts';

/** New strong matches from the stored change to the mail: who is told, how often, and that nobody is told twice. */

let database: TestDatabase;
let company: Member;
let lead: Member;
let serial = 0;
let now = NOW;

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Mahenge', lead: true });
  company = await strong('가람');
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = new Date(now.getTime() + 3_600_000);
  await sql`truncate match_alert, match_alert_setting, mail, notice, match_feedback`.execute(database.db);
  // colleagues of an earlier test
  await sql`delete from membership m using account a where a.id = m.account_id and a.name like 'Colleague%'`.execute(
    database.db,
  );
});

const as = (actor: Actor) => contextOf(database, actor, now);

/** A company that fits every notice of this file well. */
const strong = (name: string) =>
  firm(database, name, { capabilities: ['dewatering-filters'], consent: null });

async function notice(set: Record<string, unknown> = {}): Promise<string> {
  serial += 1;
  const { id } = await database.db
    .insertInto('opportunity')
    .values({
      ...{ organisation_id: lead.organisationId, publisher: 'Lead', country: 'TZ', type: 'epc' },
      ...{ title_ko: `여과 설비 ${serial}`, title_en: `Filter plant ${serial}`, minerals: ['graphite'] },
      ...{ deadline: new Date(now.getTime() + 60 * 86_400_000), status: 'draft' },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('requirement')
    .values({
      ...{ opportunity_id: id, position: 1, must: true, kind: 'capability' },
      ...{ capability: 'dewatering-filters', minerals: ['graphite'] },
    })
    .execute();
  await change(id, { status: 'published', published_at: now, frozen_at: now, ...set });
  return id;
}

async function change(id: string, set: Record<string, unknown>): Promise<void> {
  await database.db.updateTable('opportunity').set(set).where('id', '=', id).execute();
  await stale(database, 'opportunity', id);
}

/** A change as the stored lists note it. */
async function became(opportunity: string, member = company, quiet = false): Promise<void> {
  await database.db
    .insertInto('match_change')
    .values({
      ...{ opportunity_id: opportunity, company_id: member.organisationId, group_before: null },
      ...{ group_after: 'strong', units: 12_000, model: 'test', quiet, at: now },
    })
    .execute();
}

const send = (frequency: Exclude<Frequency, 'none'> = 'daily') =>
  sendMatchAlerts(
    systemContext(database.db, 'test', () => now),
    { frequency },
  );
const mails = () => database.db.selectFrom('mail').selectAll().orderBy('id').execute();
const inbox = (who: Member) =>
  database.db.selectFrom('notice').selectAll().where('account_id', '=', who.accountId).execute();
const often = (who: Member, frequency: Frequency, side: 'company' | 'lead' = 'company') =>
  ok(setMatchAlerts(as(who), { side, frequency }));

describe('a new strong match', () => {
  it('is told by mail and in the app, with score, why, links and a way to stop', async () => {
    const id = await notice();
    await became(id);
    await send('at_once');
    expect(await mails()).toEqual([]);
    await send();
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to_email: company.email, lang: 'ko' });
    expect(mail?.subject).toBe(`잘 맞는 새 기회: 여과 설비 ${serial}`);
    expect(mail?.body).toMatch(/점수: 100점 가운데 [\d.]+점\n {2}맞는 이유: .*[가-힣]/);
    expect(mail?.body).toContain(`/company/matches/${id}`);
    expect(mail?.body).toContain(mail?.stop_url ?? 'no link');
    expect(mail?.stop_url).toMatch(/\/stop\/[\w-]{20,}$/);
    expect(await inbox(company)).toMatchObject([
      { kind: 'match-new', path: `/company/matches/${id}`, data: { count: '1' } },
    ]);
  });

  it('is told once ever, also when it leaves and comes again, and when the job is repeated', async () => {
    const id = await notice();
    await became(id);
    await Promise.all([send(), send()]);
    await became(id);
    await send();
    await send();
    expect(await mails()).toHaveLength(1);
  });

  it('of the first run of a portal or model is no news', async () => {
    await became(await notice(), company, true);
    await send();
    expect(await mails()).toEqual([]);
  });

  it('comes as often as each person asked, in their language', async () => {
    const second = await colleague(database, company);
    const third = await colleague(database, company);
    await database.db.updateTable('account').set({ lang: 'en' }).where('id', '=', second.accountId).execute();
    await often(second, 'weekly');
    await often(third, 'none');
    const ids = [await notice(), await notice()];
    for (const id of ids) await became(id);
    await send();
    expect((await mails()).map((one) => one.to_email)).toEqual([company.email]);
    await send('weekly');
    const mail = (await mails()).find((one) => one.to_email === second.email);
    expect(mail?.subject).toMatch(/^New strong matches: Filter plant \d+ and 1 more$/);
    expect(mail?.body).toContain('/en/company/matches/');
    await often(third, 'at_once');
    await send('at_once');
    expect(await mails()).toHaveLength(2);
    expect(await ownMatchAlerts(as(third), 'company')).toBe('at_once');
  });
});

describe('a pair is not told', () => {
  it('when it was put aside, and is told later when that is undone and it comes again', async () => {
    const id = await notice();
    await became(id);
    const pair = { opportunity: id, company: company.organisationId };
    await ok(sayNotRelevant(as(company), { ...pair, reason: 'place', note: '' }));
    await send();
    expect(await mails()).toEqual([]);
    await sql`truncate match_feedback`.execute(database.db);
    await send();
    expect(await mails()).toEqual([]);
    await became(id);
    await send();
    expect(await mails()).toHaveLength(1);
  });

  it('to a company that is suspended or may not see the notice', async () => {
    const other = await strong('나루');
    const shown = await notice();
    await became(shown, other);
    await database.db
      .updateTable('organisation')
      .set({ standing: 'suspended' })
      .where('id', '=', other.organisationId)
      .execute();
    await stale(database, 'company', other.organisationId);
    const [secret, closed, withdrawn] = [await notice(), await notice(), await notice()];
    for (const id of [secret, closed, withdrawn]) await became(id);
    await change(secret, { visibility: 'invited' });
    await change(closed, { status: 'closed', closed_at: now });
    await change(withdrawn, { status: 'withdrawn' });
    await send();
    expect(await mails()).toEqual([]);
    expect(await database.db.selectFrom('match_alert').selectAll().execute()).toEqual([]);
  });

  it('when it is no strong match any more, or the deadline is over', async () => {
    const [weak, over] = [await notice(), await notice()];
    for (const id of [weak, over]) await became(id);
    await change(over, { deadline: new Date(now.getTime() - 60_000) });
    await sql`update organisation set screened = true where id = ${company.organisationId}`.execute(
      database.db,
    );
    await stale(database, 'company', company.organisationId);
    await send();
    expect(await mails()).toEqual([]);
    await sql`update organisation set screened = false where id = ${company.organisationId}`.execute(
      database.db,
    );
    await stale(database, 'company', company.organisationId);
    await became(weak);
    await became(over);
    await send();
    expect(await mails()).toHaveLength(1);
  });

  it('to somebody who left the company', async () => {
    const gone = await colleague(database, company);
    const id = await notice();
    await became(id);
    await often(company, 'none');
    await send('at_once');
    await database.db.deleteFrom('membership').where('account_id', '=', gone.accountId).execute();
    await send();
    expect((await mails()).map((one) => one.to_email)).not.toContain(gone.email);
  });
});

describe('a failure', () => {
  it('tells nothing by half, keeps nobody else waiting, and is made good later, once', async () => {
    const other = await strong('다온');
    const id = await notice();
    await became(id);
    await became(id, other);
    await sql`create or replace function refuse_mail() returns trigger language plpgsql as $$ begin
      if new.to_email = ${sql.lit(company.email)} then raise exception 'no'; end if; return new; end $$`.execute(
      database.db,
    );
    await sql`create trigger refuse_mail before insert on mail for each row execute function refuse_mail()`.execute(
      database.db,
    );
    const said = vi.spyOn(log, 'error').mockReturnValue();
    await expect(send()).rejects.toThrow('1 match alerts');
    said.mockRestore();
    expect((await mails()).map((one) => one.to_email)).toEqual([other.email]);
    expect(await inbox(company)).toEqual([]);
    await sql`drop trigger refuse_mail on mail`.execute(database.db);
    await send();
    await send();
    expect((await mails()).map((one) => one.to_email).sort()).toEqual([company.email, other.email].sort());
  });

  it('while alerts are found loses and repeats none', async () => {
    const id = await notice();
    await became(id);
    await sql`create function refuse_alert() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`.execute(
      database.db,
    );
    await sql`create trigger refuse_alert before insert on match_alert for each row execute function refuse_alert()`.execute(
      database.db,
    );
    await expect(send()).rejects.toThrow('no');
    await sql`drop trigger refuse_alert on match_alert`.execute(database.db);
    await send();
    expect(await mails()).toHaveLength(1);
  });
});

describe('a publisher', () => {
  it('is told once a day in the app how many companies are new, and can turn it off', async () => {
    const first = await strong('라온');
    const [one, two] = [await notice(), await notice()];
    await often(company, 'none');
    await became(one);
    await became(one, first);
    await send();
    expect(await inbox(lead)).toMatchObject([
      {
        kind: 'match-companies',
        data: { count: '2' },
        path: `/lead/opportunities/${one}/matches`,
      },
    ]);
    expect((await mails()).map((mail) => mail.to_email)).not.toContain(lead.email);
    await became(one);
    await send();
    expect(await inbox(lead)).toHaveLength(1);
    await often(lead, 'none', 'lead');
    await became(two);
    await send();
    expect(await inbox(lead)).toHaveLength(1);
    expect(await codeOf(setMatchAlerts(as(company), { side: 'lead', frequency: 'none' }))).toBe('not-found');
  });
});

describe('the link of a mail', () => {
  it('stops the alerts without signing in, of this person only', async () => {
    const second = await colleague(database, company);
    const id = await notice();
    await became(id);
    await send();
    const [mail] = (await mails()).filter((one) => one.to_email === company.email);
    const token = mail?.stop_url?.split('/').at(-1) ?? '';
    expect(await matchStopLink(as(VISITOR), token)).toMatchObject({ side: 'company', active: true });
    const next = await notice();
    await became(next);
    await send('at_once');
    await ok(stopMatchAlerts(as(VISITOR), { token }));
    await ok(stopMatchAlerts(as(VISITOR), { token }));
    expect(await matchStopLink(as(VISITOR), token)).toMatchObject({ active: false });
    await send();
    const told = (await mails()).map((one) => one.to_email);
    expect(told.filter((to) => to === company.email)).toHaveLength(1);
    expect(told.filter((to) => to === second.email)).toHaveLength(2);
    expect(await codeOf(stopMatchAlerts(as(VISITOR), { token: 'nothing' }))).toBe('not-found');
  });
});
