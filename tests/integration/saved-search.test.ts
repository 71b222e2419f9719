import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, jobs, NOW, official, organisation } from '../support/trade.ts';
import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';
import type { Frequency } from '#lib/domain/search/saved.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { log } from '#lib/server/platform/log.ts';
import { sendAlerts } from '#lib/server/search/alert-job.ts';
import { cleanUpSearches } from '#lib/server/search/clean-up-job.ts';
import { indexDocuments, reindex } from '#lib/server/search/index-job.ts';
import { percolate } from '#lib/server/search/percolate-job.ts';
import {
  openSearch,
  pauseSearch,
  removeSearch,
  renameSearch,
  restoreSearch,
  saveSearch,
  setFrequency,
  stopAlerts,
  type SaveSearch,
} from '#lib/server/search/saved-commands.ts';
import { removedSearch, savedSearches, stopLink } from '#lib/server/search/saved-queries.ts';

/** Saved searches from the wish to the mail: what is found, who is told, and that nobody is told twice. */

let database: TestDatabase;
let company: Member;
let stranger: Member;
let lead: Member;
let ministry: Official;
let serial = 0;
let now = NOW;

beforeAll(async () => {
  database = await createDatabase();
  company = await organisation(database, { name: '가람' });
  stranger = await organisation(database, { name: '나루', standing: 'registered', vettedUntil: null });
  lead = await organisation(database, { name: 'Mahenge', lead: true });
  ministry = await official(database);
});
afterAll(() => database.drop());
beforeEach(async () => {
  now = new Date(now.getTime() + 3_600_000);
  await sql`truncate saved_search, saved_search_hit, mail, notice`.execute(database.db);
});

const as = (actor: Actor) => contextOf(database, actor, now);
const system = () => systemContext(database.db, 'test', () => now);

interface Notice {
  title?: string;
  visibility?: string;
  status?: string;
  country?: string;
  owner?: Member | null;
}

/** An opportunity as it stands in the tables, published unless said otherwise. */
async function opportunity(changes: Notice = {}): Promise<string> {
  serial += 1;
  const { title = '흑연 선광 설비', visibility = 'public', status = 'published', country = 'TZ' } = changes;
  const { rows } = await sql<{ id: string }>`
    insert into opportunity (number, organisation_id, title_ko, title_en, type, country, status, visibility,
      minerals, published_at, frozen_at, deadline, deadline_zone)
    values (${`T-${serial}`}, ${lead.organisationId}, ${title}, ${`Plant ${serial}`}, 'equipment', ${country},
      ${status}, ${visibility}, '{}', ${now}, ${now}, ${new Date(now.getTime() + 30 * 86_400_000)}, 'Asia/Seoul')
    returning id`.execute(database.db);
  return rows[0]?.id ?? '';
}

const change = (id: string, set: Record<string, unknown>) =>
  database.db.updateTable('opportunity').set(set).where('id', '=', id).execute();

/** Index and percolate, as the two jobs do one after the other. */
async function settle(...ids: string[]): Promise<void> {
  now = new Date(now.getTime() + 1000);
  await reindex(database.db, 'opportunity', ids);
  await percolate(system(), { kind: 'opportunity', ids });
}

const save = (actor: Actor, changes: Partial<SaveSearch> = {}) =>
  ok(
    saveSearch(as(actor), {
      ...{ kind: 'opportunity', q: '흑연', filters: {}, name: '흑연 기회', frequency: 'at_once' },
      ...changes,
    }),
  );

async function found(searchId: string): Promise<string[]> {
  const rows = await database.db
    .selectFrom('saved_search_hit')
    .select('document_id')
    .where('saved_search_id', '=', searchId)
    .where('known', '=', false)
    .execute();
  return rows.map((row) => row.document_id);
}

const send = (frequency: Exclude<Frequency, 'none'> = 'at_once') => sendAlerts(system(), { frequency });
const mails = () => database.db.selectFrom('mail').selectAll().orderBy('id').execute();

describe('a saved search', () => {
  it('finds what is published after it was saved, not what was there', async () => {
    const before = await opportunity();
    await settle(before);
    const { id, known } = await save(company);
    expect(known).toBeGreaterThan(0);
    const after = await opportunity();
    const other = await opportunity({ title: '니켈 제련 설비' });
    await settle(before, after, other);
    expect(await found(id)).toEqual([after]);
    expect((await savedSearches(as(company)))[0]).toMatchObject({ id, fresh: 1 });
    now = new Date(now.getTime() + 1000);
    await ok(openSearch(as(company), { id }));
    expect((await savedSearches(as(company)))[0]?.fresh).toBe(0);
  });

  it('waits for a word that is nowhere yet, and for filters', async () => {
    const { id } = await save(company, { q: '흑연 지르코늄스펀지' });
    const { id: filtered } = await save(company, { q: '', filters: { country: ['AU'], status: ['open'] } });
    const plain = await opportunity();
    const special = await opportunity({ title: '흑연과 지르코늄스펀지 설비', country: 'AU' });
    await settle(plain, special);
    expect(await found(id)).toEqual([special]);
    expect(await found(filtered)).toEqual([special]);
  });

  it('is told of a document that begins to match, once, also when it stops and begins again', async () => {
    const { id } = await save(company);
    const one = await opportunity({ title: '니켈 제련' });
    await settle(one);
    expect(await found(id)).toEqual([]);
    await change(one, { title_ko: '흑연 제련' });
    await settle(one);
    await send();
    await change(one, { title_ko: '니켈 제련' });
    await settle(one);
    await change(one, { title_ko: '흑연 제련' });
    await settle(one);
    await send();
    expect(await mails()).toHaveLength(1);
  });

  it('takes back what stopped matching before it was told', async () => {
    const { id } = await save(company);
    const one = await opportunity();
    await settle(one);
    expect(await found(id)).toEqual([one]);
    await change(one, { title_ko: '니켈 제련' });
    await settle(one);
    await send();
    expect(await mails()).toEqual([]);
    expect(await found(id)).toEqual([]);
  });

  it('is asked for by the index job, in whatever process', async () => {
    await save(company);
    const one = await opportunity();
    await indexDocuments(system(), { kind: 'opportunity', ids: [one] });
    expect(await jobs(database, 'search.percolate')).toContainEqual({ kind: 'opportunity', ids: [one] });
  });
});

describe('who may see a document', () => {
  it('decides who is told of it', async () => {
    const searches: string[] = [];
    for (const actor of [company, stranger, lead, ministry]) searches.push((await save(actor)).id);
    const counts = async (id: string) => {
      await settle(id);
      const lists: boolean[] = [];
      for (const search of searches) lists.push((await found(search)).includes(id));
      return lists;
    };
    expect(await counts(await opportunity())).toEqual([true, true, true, true]);
    expect(await counts(await opportunity({ visibility: 'vetted' }))).toEqual([true, false, true, true]);
    expect(await counts(await opportunity({ visibility: 'invited' }))).toEqual([false, false, true, true]);
    expect(await counts(await opportunity({ status: 'draft' }))).toEqual([false, false, true, false]);
    const invited = await opportunity({ visibility: 'invited' });
    await database.db
      .insertInto('opportunity_invitation')
      .values({ opportunity_id: invited, organisation_id: stranger.organisationId, reason: '실적' })
      .execute();
    expect(await counts(invited)).toEqual([false, true, true, true]);
  });

  it('is asked again when the mail is written', async () => {
    const { id } = await save(company);
    const one = await opportunity();
    await settle(one);
    await change(one, { status: 'draft', published_at: null });
    await send();
    expect(await mails()).toEqual([]);
    expect(await found(id)).toEqual([]);
  });

  it('is asked of the person as they stand then, not as they stood when they saved', async () => {
    await save(company);
    const one = await opportunity({ visibility: 'vetted' });
    await settle(one);
    const standing = (to: 'suspended' | 'vetted') =>
      database.db
        .updateTable('organisation')
        .set({ standing: to })
        .where('id', '=', company.organisationId)
        .execute();
    await standing('suspended');
    await send();
    expect(await mails()).toEqual([]);
    const two = await opportunity({ visibility: 'vetted' });
    await settle(two);
    await standing('vetted');
    await send();
    expect(await mails()).toEqual([]);
  });
});

describe('an alert', () => {
  it('tells all that is new in one mail and one notice, with why, links and a way to stop', async () => {
    const { id } = await save(company);
    await save(company, { q: '', filters: { country: ['TZ'] }, name: '탄자니아' });
    const one = await opportunity({ title: '흑연 & <선광> 설비' });
    const two = await opportunity();
    await settle(one, two);
    await send();
    const [mail, ...rest] = await mails();
    expect(rest).toEqual([]);
    expect(mail?.to_email).toBe(company.email);
    expect(mail?.subject).toContain('흑연 기회');
    expect(mail?.body).toContain('흑연 & <선광> 설비');
    expect(mail?.body).toMatch(/‘흑연’ \(/);
    expect(mail?.body).toContain(`/opportunities/${one}`);
    expect(mail?.body).toContain('/account/searches');
    expect(mail?.stop_url).toMatch(/\/stop\/[\w-]{40,}$/);
    expect(mail?.body).toContain(mail?.stop_url ?? 'nothing');
    expect(await jobs(database, 'mail.send')).toContainEqual({ id: mail?.id });
    const notices = await database.db.selectFrom('notice').select(['kind', 'data']).execute();
    expect(notices).toMatchObject([{ kind: 'search-alert', data: { count: '4', search: '흑연 기회' } }]);
    expect(await found(id)).toHaveLength(2);
  });

  it('speaks the language of the account', async () => {
    const inLang = (lang: 'ko' | 'en') =>
      database.db.updateTable('account').set({ lang }).where('id', '=', company.accountId).execute();
    await inLang('en');
    await save(company);
    const one = await opportunity();
    await settle(one);
    await send();
    await inLang('ko');
    const [mail] = await mails();
    expect(mail?.lang).toBe('en');
    expect(mail?.body).toContain('Why: “흑연” (');
    expect(mail?.body).toContain('/en/stop/');
  });

  it('comes as often as it was asked for; an empty one does not come', async () => {
    await save(company, { frequency: 'daily' });
    await save(company, { q: '흑연 설비', frequency: 'weekly' });
    await save(company, { q: '설비', frequency: 'none' });
    await send('daily');
    expect(await mails()).toEqual([]);
    await settle(await opportunity());
    await send();
    expect(await mails()).toEqual([]);
    await send('daily');
    expect(await mails()).toHaveLength(1);
    await send('daily');
    await send('weekly');
    expect(await mails()).toHaveLength(2);
    expect((await savedSearches(as(company))).map((one) => one.fresh)).toEqual([1, 1, 1]);
  });

  it('is written once, whoever writes it and however often', async () => {
    await save(company);
    await settle(await opportunity(), await opportunity());
    await Promise.all([send(), send(), send()]);
    await send();
    expect(await mails()).toHaveLength(1);
  });

  it('that fails is told later, to others nevertheless at once', async () => {
    await save(company);
    await save(stranger);
    const one = await opportunity();
    await settle(one);
    // The mail to the company cannot be written: everything of it is taken back.
    await sql`create function refuse_mail() returns trigger language plpgsql as $$ begin
      if new.to_email = ${sql.lit(company.email)} then raise exception 'no'; end if; return new; end $$`.execute(
      database.db,
    );
    await sql`create trigger refuse_mail before insert on mail for each row execute function refuse_mail()`.execute(
      database.db,
    );
    const said = vi.spyOn(log, 'error').mockReturnValue();
    await expect(send()).rejects.toThrow('1 alerts');
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
    expect((await mails()).map((mail) => mail.to_email)).toEqual([stranger.email]);
    expect(await database.db.selectFrom('notice').select('account_id').execute()).toHaveLength(1);
    await sql`drop trigger refuse_mail on mail; drop function refuse_mail`.execute(database.db);
    await send();
    await send();
    expect((await mails()).map((mail) => mail.to_email)).toEqual([stranger.email, company.email]);
  });
});

describe('a person', () => {
  it('renames, pauses, resumes; what was found meanwhile is shown and not sent', async () => {
    const { id } = await save(company);
    await ok(renameSearch(as(company), { id, name: '내 흑연' }));
    await settle(await opportunity());
    await ok(pauseSearch(as(company), { id, paused: true }));
    await settle(await opportunity());
    await send();
    await ok(pauseSearch(as(company), { id, paused: false }));
    await send();
    expect(await mails()).toEqual([]);
    expect((await savedSearches(as(company)))[0]).toMatchObject({ name: '내 흑연', fresh: 2, paused: false });
    await settle(await opportunity());
    await send();
    expect(await mails()).toHaveLength(1);
  });

  it('is not told at once of everything found while alerts were off', async () => {
    const { id } = await save(company, { frequency: 'none' });
    await settle(await opportunity());
    await ok(setFrequency(as(company), { id, frequency: 'at_once' }));
    await send();
    expect(await mails()).toEqual([]);
  });

  it('removes a search and brings it back; later it is gone for good', async () => {
    const { id } = await save(company);
    await ok(removeSearch(as(company), { id }));
    await settle(await opportunity());
    expect(await savedSearches(as(company))).toEqual([]);
    expect(await removedSearch(as(company), id)).toMatchObject({ id });
    await ok(restoreSearch(as(company), { id }));
    const one = await opportunity();
    await settle(one);
    expect(await found(id)).toEqual([one]);
    await ok(removeSearch(as(company), { id }));
    now = new Date(now.getTime() + 8 * 86_400_000);
    await cleanUpSearches(system());
    expect(await removedSearch(as(company), id)).toBeNull();
    expect(await codeOf(restoreSearch(as(company), { id }))).toBe('not-found');
    expect(await database.db.selectFrom('search_reading').select('id').execute()).toEqual([]);
  });

  it('saves the same search once, a hundred at most, and none that asks for nothing', async () => {
    const { id } = await save(company);
    expect(await save(company)).toMatchObject({ id, made: false });
    for (let n = 1; n < 100; n += 1) await save(company, { q: `흑연 ${n}` });
    const one = { kind: 'opportunity', q: '하나 더', filters: {}, name: 'x', frequency: 'daily' } as const;
    expect(await codeOf(saveSearch(as(company), one))).toBe('too-many');
    expect(await codeOf(saveSearch(as(stranger), { ...one, q: '' }))).toBe('too-wide');
    expect(await codeOf(saveSearch(contextOf(database, { kind: 'visitor' }), one))).toBe('forbidden');
  });

  it('changes nothing of others', async () => {
    const { id } = await save(company);
    const acts = [
      renameSearch(as(stranger), { id, name: 'x' }),
      pauseSearch(as(stranger), { id, paused: true }),
      setFrequency(as(stranger), { id, frequency: 'none' }),
      removeSearch(as(stranger), { id }),
      restoreSearch(as(stranger), { id }),
      openSearch(as(stranger), { id }),
    ];
    for (const act of acts) expect(await codeOf(act)).toBe('not-found');
    expect(await savedSearches(as(stranger))).toEqual([]);
    expect(await removedSearch(as(stranger), id)).toBeNull();
  });

  it('stops by the link of a mail without signing in: one search, or all', async () => {
    const visitor = contextOf(database, { kind: 'visitor' }, now);
    await save(company);
    await save(company, { q: '설비', name: '설비' });
    await settle(await opportunity());
    await send();
    const [mail] = await mails();
    const links = [...(mail?.body ?? '').matchAll(/\/stop\/([\w-]+)/g)].map((match) => match[1] ?? '');
    const [first = '', , all = ''] = links;
    expect(links).toHaveLength(3);
    expect(mail?.stop_url).toContain(all);
    expect(await stopLink(visitor, first)).toEqual({ name: '흑연 기회', active: 1 });
    expect(await ok(stopAlerts(visitor, { token: first }))).toEqual({ count: 1 });
    expect(await stopLink(visitor, first)).toEqual({ name: '흑연 기회', active: 0 });
    expect(await stopLink(visitor, all)).toEqual({ name: null, active: 1 });
    await ok(stopAlerts(visitor, { token: all }));
    await ok(stopAlerts(visitor, { token: all }));
    await settle(await opportunity());
    await send();
    expect(await mails()).toHaveLength(1);
    expect(await codeOf(stopAlerts(visitor, { token: 'nobody' }))).toBe('not-found');
    expect(await stopLink(visitor, 'nobody')).toBeNull();
  });

  it('leaves what it looks for out of the audit trail', async () => {
    await save(company, { q: '비밀한낱말', name: '비밀한이름' });
    const { rows } = await sql<{ after: unknown }>`
      select after from audit_entry where action = 'search.save' order by id desc limit 1`.execute(
      database.db,
    );
    expect(JSON.stringify(rows)).not.toContain('비밀한');
  });
});
