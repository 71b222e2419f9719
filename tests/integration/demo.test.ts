import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { quietIo } from '../support/quiet-io.ts';
import { Calendar } from '../../src/cli/seed/demo/days.ts';
import { loadDemo } from '../../src/cli/seed/demo/load.ts';
import type { Actor } from '#lib/domain/account/actor.ts';
import { verifyPassword } from '#lib/server/auth/password.ts';
import { DEMO_PEOPLE } from '#lib/server/account/sign-in-commands.ts';
import { briefOf } from '#lib/domain/match/brief.ts';
import { inboxCounts } from '#lib/server/engagement/queries.ts';
import {
  explainPair,
  matchCountsForCompany,
  matchesForCompany,
  matchesForOpportunity,
} from '#lib/server/match/queries.ts';
import { partnersFor } from '#lib/server/engagement/proposal-queries.ts';
import type { Reason } from '#lib/server/match/ranking-queries.ts';
import { teamsForOpportunity } from '#lib/server/match/team-queries.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { supplierPage } from '#lib/server/opportunity/supplier-pages.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';
import { recentSearches, topSearches } from '#lib/server/search/asked-queries.ts';
import { answerSearch, batchQuery } from '#lib/server/search/batch.ts';
import { searchEngine } from '#lib/server/search/engine.ts';
import { savedSearches } from '#lib/server/search/saved-queries.ts';
import { ministryTodos } from '#lib/server/vetting/home-queries.ts';
import { openRequestsOfOrganisation } from '#lib/server/vetting/queries.ts';

let database: TestDatabase;
let now: Date;
const io = () => quietIo({ connection: () => Promise.resolve(database), now: () => now });

beforeAll(async () => {
  database = await createDatabase();
  now = new Date();
  // A load that is broken off leaves nothing but the imported companies, and the next one begins anew.
  const broken = new AbortController();
  let steps = 0;
  const counting = () => {
    steps += 1;
    if (steps === 100) broken.abort();
  };
  const progress = () => ({ advance: counting, set: () => undefined, end: () => undefined });
  await expect(loadDemo('data/demo', { ...io(), progress, signal: broken.signal })).rejects.toThrow();
  expect(await rows('select id from account')).toEqual([]);
  await loadDemo('data/demo', io());
});
afterAll(async () => {
  await database.drop();
});

async function rows<T extends object>(query: string): Promise<T[]> {
  return (await database.pool.query<T>(query)).rows;
}
async function counts(query: string): Promise<Record<string, number>> {
  const found = await rows<{ key: string; n: number }>(query);
  return Object.fromEntries(found.map(({ key, n }) => [key, n]));
}

async function actorOf(who: string): Promise<Actor> {
  const email = `${who}@demo.gwangmaek.example`;
  const account = await database.db
    .selectFrom('account')
    .select(['id as accountId', 'name', 'email'])
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  const office = await database.db
    .selectFrom('office')
    .select(['agency', 'administrator'])
    .where('account_id', '=', account.accountId)
    .executeTakeFirst();
  if (office) return { kind: 'official', ...account, ...office };
  const hat = await database.db
    .selectFrom('membership')
    .innerJoin('organisation', 'organisation.id', 'membership.organisation_id')
    .select(['organisation_id as organisationId', 'role', 'supplier', 'lead', 'standing'])
    .select('vetted_until as vettedUntil')
    .where('account_id', '=', account.accountId)
    .executeTakeFirstOrThrow();
  return { kind: 'member', ...account, verified: true, ...hat };
}
async function as(who: string): Promise<Context> {
  return { ...systemContext(database.db, 'test', () => now), actor: await actorOf(who) };
}

describe('the demonstration', () => {
  it('has what a visitor is promised, all of it marked as invented', async () => {
    const [found] = await rows<Record<string, number>>(`
      select (select count(*) from organisation where supplier) as companies,
        (select count(*) from organisation where lead) as leads, (select count(*) from opportunity) as opportunities,
        (select count(*) from organisation where not demo) + (select count(*) from opportunity where not demo)
          + (select count(*) from account where not demo) as unmarked,
        (select count(*) from organisation where lead and (name_ko not like '%(시연)' or name_en not like '%(demo)'))
          as unnamed`);
    expect(found).toEqual({ companies: 81, leads: 3, opportunities: 28, unmarked: 0, unnamed: 0 });
  });

  it('has notices, cases and expressions in each state', async () => {
    const opportunities = await counts('select status as key, count(*) as n from opportunity group by 1');
    expect(opportunities).toEqual({ draft: 3, submitted: 2, published: 21, closed: 1, withdrawn: 1 });
    const cases = await counts('select status as key, count(*) as n from vetting_case group by 1');
    for (const status of ['submitted', 'reviewing', 'waiting', 'proposed', 'decided', 'withdrawn'])
      expect(cases[status] ?? 0, status).toBeGreaterThan(0);
    const interests = await counts('select status as key, count(*) as n from interest group by 1');
    for (const status of ['sent', 'opened', 'shortlisted', 'accepted', 'declined', 'withdrawn'])
      expect(interests[status] ?? 0, status).toBeGreaterThan(0);
    const standings = await counts('select standing as key, count(*) as n from organisation group by 1');
    for (const standing of ['registered', 'vetted', 'refused', 'suspended'])
      expect(standings[standing] ?? 0, standing).toBeGreaterThan(0);
  });

  it('has saved searches with something new for the company, the lead and the official', async () => {
    for (const who of ['company', 'lead', 'official-a']) {
      const searches = await savedSearches(await as(who));
      expect(searches.length, who).toBeGreaterThan(0);
      if (who === 'company') expect(Math.max(...searches.map(({ fresh }) => fresh))).toBeGreaterThan(0);
    }
    const waiting = await rows('select 1 from saved_search_hit where told_at is null');
    expect(waiting.length).toBeGreaterThan(0);
    expect((await recentSearches(await as('company'))).searches.length).toBeGreaterThan(0);
    const empty = await topSearches(await as('official-a'), 30, true);
    expect(empty.map(({ terms }) => terms)).toContain('테르븀 회수');
  });

  it('lets each of its people in by password, with something new to read', async () => {
    const people = await rows<{ email: string; password_hash: string; unread: number }>(`
      select email, password_hash, (select count(*) from notice where account_id = account.id and read_at is null) as unread
      from account order by email`);
    for (const { email } of DEMO_PEOPLE) {
      const person = people.find((one) => one.email === email);
      expect(person?.unread, email).toBeGreaterThan(0);
      expect(await verifyPassword(person?.password_hash ?? null, 'gwangmaek-demo')).toBe(true);
    }
  });

  it('gives every open notice companies that fit', async () => {
    // Those for teams are asked about below.
    const open = await rows<{ id: string; name: string }>(
      `select id, external_id as name from opportunity where status = 'published'
        and external_id not in ('demo-o-25', 'demo-o-26', 'demo-o-27') order by 2`,
    );
    const ctx = systemContext(database.db, 'test', () => now);
    for (const { id, name } of open) {
      const strong = (await matchesForOpportunity(ctx, id, { group: 'strong' }))?.total ?? 0;
      const near = (await matchesForOpportunity(ctx, id, { group: 'near' }))?.total ?? 0;
      expect(strong, name).toBeGreaterThan(0);
      expect(strong + near, name).toBeGreaterThanOrEqual(2);
      expect(strong, name).toBeLessThanOrEqual(20);
    }
  });

  it('has notices that only teams cover, a team that forms, one that sent and one that asks', async () => {
    const teams = await rows<{ name: string; state: string; members: number; asked: number }>(`
      select o.external_id as name, t.state, count(*) filter (where m.state = 'accepted') as members,
        count(*) filter (where m.state = 'invited') as asked
      from team t join opportunity o on o.id = t.opportunity_id join team_member m on m.team_id = t.id
      group by 1, 2 order by 1`);
    expect(teams).toEqual([
      { name: 'demo-o-03', state: 'forming', members: 1, asked: 1 },
      { name: 'demo-o-25', state: 'forming', members: 2, asked: 1 },
      { name: 'demo-o-26', state: 'sent', members: 2, asked: 0 },
    ]);
    const ctx = systemContext(database.db, 'test', () => now);
    for (const [name, size] of [
      ['demo-o-25', 3],
      ['demo-o-26', 2],
      ['demo-o-27', 2],
    ] as const) {
      const [row] = await rows<{ id: string }>(`select id from opportunity where external_id = '${name}'`);
      const found = await teamsForOpportunity(ctx, row?.id ?? '', 6);
      expect(found, name).toMatchObject({ alone: 0, nobody: [], proven: true, proof: { lowerBound: size } });
      expect(found?.teams[0]?.members, name).toHaveLength(size);
    }
    const company = await as('company');
    const [offer] = await rows<{ id: string }>(`select id from opportunity where external_id = 'demo-o-27'`);
    const view = await opportunityForViewer(company, offer?.id ?? '');
    expect(view === null ? null : await partnersFor(company, view)).toMatchObject({ all: 3, total: 3 });
  });

  it('has a new match that the company was told of, and one that waits', async () => {
    expect(
      await rows(`select told_at is not null as told, count(distinct opportunity_id) from match_alert where side = 'company'
        group by 1 order by 1`),
    ).toEqual([
      { told: false, count: 1 },
      { told: true, count: 1 },
    ]);
  });

  it('gives the company notices that fit it in every degree', async () => {
    const company = await as('company');
    const id = company.actor.kind === 'member' ? company.actor.organisationId : '';
    const matches = await matchesForCompany(company, id);
    const scores = matches?.items.map(({ score }) => Math.round(score * 100)) ?? [];
    expect(scores.length).toBeGreaterThanOrEqual(5);
    expect(Math.max(...scores) - Math.min(...scores)).toBeGreaterThan(25);
    const groups = await matchCountsForCompany(company, id);
    expect(groups?.near).toBeGreaterThan(0);
  });

  it('puts work before the company, the lead and both officials', async () => {
    expect(await openRequestsOfOrganisation(await as('company'))).toHaveLength(2);
    const inboxes = await inboxCounts(await as('lead'));
    expect(Math.max(...inboxes.map(({ waiting }) => waiting))).toBeGreaterThanOrEqual(20);
    for (const who of ['official-a', 'official-b']) {
      const todos = await ministryTodos(await as(who), 20);
      expect(new Set(todos.map(({ kind }) => kind))).toEqual(new Set(['case', 'confirm', 'publish']));
    }
  });

  it('is told in the order of time, nothing of it to come', async () => {
    const [late] = await rows<{ n: number }>(
      `select (select count(*) from audit_entry where at > now()) + (select count(*) from notice where created_at > now())
         + (select count(*) from interest_event where at > now()) as n`,
    );
    expect(late?.n).toBe(0);
    const [backwards] = await rows<{ n: number }>(
      `select count(*) as n from (select at < lag(at) over (partition by case_id order by id) as back from vetting_event) e
       where back`,
    );
    expect(backwards?.n).toBe(0);
  });

  it('is found by search at once, and sends no mail', async () => {
    const query = batchQuery.parse({ id: 's', index: 'companies', q: '흑연 여과', as: 'public' });
    const answer = await answerSearch(searchEngine(database.db), query);
    expect(answer.total).toBeGreaterThan(0);
    const [left] = await rows<{ n: number }>(`
      select count(*) as n from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier not in ('search.index', 'match.update')`);
    expect(left?.n).toBe(0);
  });

  it('changes nothing when it is loaded again, whatever people did since', async () => {
    await database.pool.query(`update interest set status = 'opened' where status = 'sent'`);
    const before = await rows(
      'select (select count(*) from audit_entry) as a, (select count(*) from notice) as n',
    );
    expect(await loadDemo('data/demo', io())).toBeNull();
    expect(
      await rows('select (select count(*) from audit_entry) as a, (select count(*) from notice) as n'),
    ).toEqual(before);
    expect(
      (await counts('select status as key, count(*) as n from interest group by 1'))['sent'],
    ).toBeUndefined();
  });
});

describe('the days of the stories', () => {
  it('count back in working days, over weekends and holidays', () => {
    const calendar = new Calendar(new Date('2027-01-04T03:00:00Z'));
    expect(calendar.today).toBe('2027-01-04');
    expect(calendar.moment('-1 09:30').toISOString()).toBe('2026-12-31T00:30:00.000Z');
    expect(calendar.moment('-5 18:00').toISOString()).toBe('2026-12-24T09:00:00.000Z');
  });

  it('set no deadline on a weekend', () => {
    const calendar = new Calendar(new Date('2026-11-24T03:00:00Z'));
    expect(calendar.deadline(25, '17:00')).toBe('2026-12-21T17:00');
  });
});

describe("a lead's list of suppliers", () => {
  it('says of each what the whole reckoning says: points, reasons, sentences; of kept names as well', async () => {
    await database.pool.query(
      `update company set pseudonymous = true
       where organisation_id in (select id from organisation where external_id like 'demo-0_%' order by external_id limit 30)`,
    );
    const ctx = await as('lead');
    const notices = await rows<{ id: string }>(
      `select o.id from opportunity o join membership m using (organisation_id) join account a on a.id = m.account_id
       where a.email = 'lead@demo.gwangmaek.example' and o.status = 'published'`,
    );
    const read = { rows: 0, masked: 0 };
    for (const { id } of notices)
      for (const lang of ['ko', 'en'] as const) {
        const reader = { ...ctx, lang };
        const { found } = await supplierPage(reader, new URLSearchParams('all=1'), id, null);
        expect(found?.suppliers.map(({ score }) => score)).toEqual(
          found?.suppliers.map(({ score }) => score).sort((a, b) => b - a),
        );
        for (const { company, score, reasons } of found?.suppliers ?? []) {
          const whole = await explainPair(reader, { opportunity: id, company: company.id });
          expect(score).toBe(whole?.score);
          const short = ({ name, label, points, max, sentence }: Reason) => ({
            name,
            label,
            points,
            max,
            sentence,
          });
          const { fits, lacks } = briefOf(whole?.parts ?? []);
          expect({ fits: reasons.fits.map(short), lacks: reasons.lacks.map(short) }).toEqual({
            fits: fits.map(short),
            lacks: lacks.map(short),
          });
          read.rows += 1;
          if (company.masked) read.masked += 1;
        }
      }
    expect(read.masked).toBeGreaterThan(0);
    expect(read.rows).toBeGreaterThan(read.masked);
  });
});
