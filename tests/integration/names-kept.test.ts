import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { startApp, type App } from '../support/app.ts';
import { contextOf, official, organisation } from '../support/trade.ts';
import { untilJobsAreDone } from '../support/until.ts';
import type { Actor, Member } from '#lib/domain/account/actor.ts';
import { fileForDownload } from '#lib/server/document/queries.ts';
import {
  acceptInterest,
  declineInterest,
  sendInterest,
  shortlistInterest,
} from '#lib/server/engagement/commands.ts';
import { agreeToReveal, takeRevealBack } from '#lib/server/engagement/reveal-commands.ts';
import { addAddendum } from '#lib/server/opportunity/commands.ts';
import { inviteCompany } from '#lib/server/opportunity/lead-commands.ts';
import { startSession } from '#lib/server/auth/session.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { reindex } from '#lib/server/search/index-job.ts';
import { suggestions } from '#lib/server/search/api-queries.ts';
import { searchCompanies, searchOpportunities } from '#lib/server/search/queries.ts';

/**
 * A notice that keeps its publisher, project and place back, and a company that keeps its name back: before both
 * sides agreed nobody reads what they hide, on no page, in no answer, file or mail, and no search confirms it.
 */

const LEAD = ['은여우', 'Silverfox', '옛여우광산', '달무지개', 'Moonbow', '무지개골짜기', 'partner-fox-77'];
const COMPANY = [
  '수달정련',
  'Otterstone',
  '1018100009',
  '101-81-00009',
  'otterstone.example',
  '물레방아',
  'partner-otter-88',
];
/** By these the company would be recognised as well: reasons, profile and evidence go without them. */
const MARKS = [
  ...['43,210', '43210', '2031', '강원특별자치도', 'row-otter', '24219'],
  ...['2017년', '2013년', ' 2017', ' 2013', ':2017', ':2013'],
];
/** Where it worked; looked for where no list of all countries stands. */
const PLACES = ['모잠비크', 'Mozambique', '칠레', 'Chile'];
/** Pages about the pair, and those that list it among others. */
const ABOUT_COMPANY = /COMPANY|INTEREST|\/matches$|\/interests$/u;
const TITLE = '흑연 정광 설비를 함께 지을 기업';

type Role = 'visitor' | 'company' | 'rival' | 'lead' | 'stranger';
const ROLES: readonly Role[] = ['visitor', 'company', 'rival', 'lead', 'stranger'];

let app: App;
let actors: Record<Exclude<Role, 'visitor'>, Member>;
let officer: Actor;
const cookies: Partial<Record<Role, string>> = {};
let notice = '';
let file = '';
let interest = '';

const at = () => new Date();
const as = (actor: Actor): Context => contextOf(app.database, actor, at());
const own = (role: Exclude<Role, 'visitor'>): Context => as(actors[role]);

async function value<T>(outcome: Promise<{ ok: true; value: T } | { ok: false; code: string }>): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.code);
  return settled.value;
}

async function code(outcome: Promise<{ ok: boolean; code?: string }>): Promise<string> {
  return (await outcome).code ?? 'ok';
}

beforeAll(async () => {
  await ensureBuilt();
  app = await startApp({ env: { DEMO: '0' } });
  const { database } = app;
  const vettedUntil = '2099-12-31';
  actors = {
    lead: await organisation(database, { name: 'Lead', lead: true, vettedUntil }),
    stranger: await organisation(database, { name: 'Stranger', lead: true, vettedUntil }),
    company: await organisation(database, { name: 'Company', vettedUntil }),
    rival: await organisation(database, { name: 'Rival', vettedUntil }),
  };
  officer = await official(database);
  await people();
  await write();
  for (const role of ROLES) {
    if (role === 'visitor') continue;
    const { accountId, organisationId } = actors[role];
    const browser = { agent: 'test', address: '127.0.0.1' };
    cookies[role] = `session=${await startSession(database.db, accountId, browser, at(), organisationId)}`;
  }
});
afterAll(async () => {
  await app?.stop();
});

/** The names that are kept back, and everything else that would tell them. */
async function people(): Promise<void> {
  const { pool } = app.database;
  await pool.query(
    `update organisation set name_ko = '은여우광업 주식회사', name_en = 'Silverfox Mining Ltd', former_names = '{옛여우광산}'
     where id = $1`,
    [actors.lead.organisationId],
  );
  await pool.query(
    `update organisation set name_ko = '(주)수달정련', name_en = 'Otterstone Refining', brn = '1018100009',
       external_id = 'partner-otter-88' where id = $1`,
    [actors.company.organisationId],
  );
  await pool.query(
    `update company set pseudonymous = true, website = 'https://otterstone.example', summary_ko = '수달정련 소개',
       province = '강원특별자치도', ksic = '{24219}' where organisation_id = $1`,
    [actors.company.organisationId],
  );
  const { rows } = await pool.query<{ id: string }>(
    `insert into file (organisation_id, name, media_type, size, sha256, storage_key)
     values ($1, '수달정련-실적.pdf', 'application/pdf', 10, repeat('a', 64), 'nowhere') returning id`,
    [actors.company.organisationId],
  );
  file = rows[0]?.id ?? '';
  for (const [organisationId, note] of [
    [actors.company.organisationId, '수달정련 제2공장'],
    [actors.rival.organisationId, ''],
  ])
    await pool.query(
      `insert into company_capability (organisation_id, capability, minerals, evidence, note_ko, amount, unit, year, external_id)
       values ($1, 'graphite-flake-plant', '{graphite}', 'audited', $2, $4, 't/y', $5, $3)`,
      [
        organisationId,
        note,
        ...(note === '' ? ['row-rival-1', 50_000, 2022] : ['row-otter-1', 43_210, 2013]),
      ],
    );
  await pool.query(
    `insert into company_reference (organisation_id, title, client, country, capability, minerals, year, external_id)
     values ($1, '물레방아 정광 공장', '물레방아전지', 'CL', 'graphite-flake-plant', '{graphite}', 2017, 'row-otter-2')`,
    [actors.company.organisationId],
  );
  await pool.query(
    `insert into company_country (organisation_id, country, kind, since) values ($1, 'MZ', 'project', 2013)`,
    [actors.company.organisationId],
  );
  await pool.query(
    `insert into company_certification (organisation_id, certification, number, valid_to)
     values ($1, 'iso-14001', 'row-otter-4', '2031-07-17')`,
    [actors.company.organisationId],
  );
}

async function write(): Promise<void> {
  const { pool, db } = app.database;
  await pool.query(
    `insert into project (id, external_id, import_source, name_ko, name_en, country, phase, operator, summary_en, source,
       confidence, as_of, msp_status)
     values ('moonbow', 'moonbow', 'test', '달무지개 광산', 'Moonbow Mine', 'AU', 'construction', 'Moonbow Holdings', 'A mine.',
       'test', 'recalled', '2026-01-01', 'no')`,
  );
  const { rows } = await pool.query<{ id: string }>(
    `insert into opportunity (organisation_id, publisher, project_id, place, country, type, title_ko, title_en, summary_ko,
       minerals, deadline, deadline_zone, pseudonymous, external_id)
     values ($1, '은여우광업', 'moonbow', '무지개골짜기', 'AU', 'equipment', $2, 'A partner for a graphite plant', '설명입니다.',
       '{graphite}', '2099-12-31T00:00:00Z', 'Australia/Darwin', true, 'partner-fox-77')
     returning id`,
    [actors.lead.organisationId, TITLE],
  );
  notice = rows[0]?.id ?? '';
  await pool.query(
    `insert into requirement (opportunity_id, position, must, kind, capability, minerals, external_id)
     values ($1, 1, true, 'capability', 'graphite-flake-plant', '{graphite}', 'line-1')`,
    [notice],
  );
  await pool.query(
    `update opportunity set published_at = now(), frozen_at = now(), status = 'published' where id = $1`,
    [notice],
  );
  await changed(db);
}

async function changed(db: App['database']['db']): Promise<void> {
  const ids = [actors.company.organisationId, actors.rival.organisationId];
  for (const [kind, list] of [['company', ids] as const, ['opportunity', [notice]] as const]) {
    await app.database.pool.query(`insert into entity_change (kind, id) select $1, unnest($2::text[])`, [
      kind,
      list,
    ]);
    await reindex(db, kind, list);
  }
  await reindex(db, 'project', ['moonbow']);
}

async function read(role: Role, path: string): Promise<{ status: number; text: string; head: string }> {
  await app.database.pool.query('delete from rate_limit');
  const response = await fetch(app.origin + path, {
    headers: {
      cookie: cookies[role] ?? '',
      accept: path.startsWith('/api') ? 'application/json' : 'text/html',
    },
    redirect: 'manual',
  });
  const head = [...response.headers].map(([name, text]) => `${name}: ${decodeURIComponent(text)}`).join('\n');
  if (!path.includes('.xlsx')) return { status: response.status, text: await response.text(), head };
  const book = await readXlsx(new Uint8Array(await response.arrayBuffer()));
  return { status: response.status, text: JSON.stringify(book), head };
}

const PUBLIC = [
  ...[
    '/',
    '/opportunities',
    '/opportunities?view=map',
    '/opportunities?country=AU',
    '/companies',
    '/companies?view=map',
  ],
  ...[
    '/countries/AU',
    '/minerals/graphite',
    '/opportunities/NOTICE',
    '/projects/moonbow',
    '/companies/COMPANY',
  ],
  ...['/api/v1/opportunities', '/api/v1/companies', '/api/v1/companies/COMPANY/matches'],
  ...[
    '/opportunities/export.csv',
    '/opportunities/export.xlsx',
    '/companies/export.csv',
    '/companies/export.xlsx',
  ],
];
const PAGES: Record<Role, readonly string[]> = {
  visitor: PUBLIC,
  rival: [
    ...PUBLIC,
    ...['/company', '/company/matches', '/company/matches/NOTICE', '/company/interests/new/NOTICE'],
    ...['/account/notices', '/company/interests/INTEREST', '/company/invitations/NOTICE'],
  ],
  company: [
    ...PUBLIC,
    ...[
      '/company',
      '/company/matches',
      '/company/matches/NOTICE',
      '/company/interests',
      '/company/interests/INTEREST',
    ],
    ...['/account/notices', '/company/teams', '/company/invitations/NOTICE'],
  ],
  lead: [
    ...PUBLIC,
    ...['/lead', '/lead/opportunities', '/lead/opportunities/NOTICE', '/lead/opportunities/NOTICE/interests'],
    ...[
      '/lead/opportunities/NOTICE/interests/INTEREST',
      '/lead/opportunities/NOTICE/matches',
      '/lead/suppliers',
    ],
    ...['/lead/opportunities/NOTICE/matches?compare=COMPANY', '/account/notices'],
    ...[
      '/lead/opportunities/NOTICE/matches/COMPANY',
      '/lead/opportunities/NOTICE/matches/COMPANY?done=invited',
    ],
    ...[
      '/lead/opportunities/NOTICE/invitations/COMPANY',
      '/lead/shortlists',
      '/lead/opportunities/NOTICE/what-if',
      '/account/appeals/new?opportunity=NOTICE&company=COMPANY',
    ],
    '/api/v1/opportunities/NOTICE/matches',
    ...[
      '/api/v1/opportunities/NOTICE/matches/COMPANY',
      '/api/v1/opportunities/NOTICE/matches/COMPANY?lang=en',
    ],
  ],
  stranger: [
    ...PUBLIC,
    '/lead',
    '/lead/suppliers',
    '/account/notices',
    ...[
      '/lead/opportunities/NOTICE/interests/INTEREST',
      '/lead/opportunities/NOTICE/invitations/COMPANY',
      '/lead/opportunities/NOTICE/matches/COMPANY',
      '/api/v1/opportunities/NOTICE/matches/COMPANY',
    ],
  ],
};

const fill = (path: string) =>
  path
    .replace('NOTICE', notice)
    .replace('COMPANY', actors.company.organisationId)
    .replace('INTEREST', interest);

/** What a role must not read: names that are its own or that it was told are left out. */
function secretsOf(role: Role): string[] {
  return [
    ...(role === 'lead' ? [] : [...LEAD, actors.lead.organisationId]),
    ...(role === 'company' ? [] : COMPANY),
    // known to vetted leads without its name
    ...(role === 'visitor' || role === 'rival' ? [actors.company.organisationId] : []),
  ];
}

/** Places where the project speaks for itself; the notice must not be named there. */
const ABOUT_PROJECT = '/projects/moonbow';
/** The country's page and the home list projects: what is looked for there is the publisher. */
const WITH_PROJECTS = ['/', '/countries/AU', '/minerals/graphite'];

async function expectKept(role: Role): Promise<void> {
  for (const page of PAGES[role]) {
    for (const path of page.startsWith('/api') ? [fill(page)] : [fill(page), `/en${fill(page)}`]) {
      const { status, text, head } = await read(role, path);
      expect([path, status < 500], `${path} ${status}`).toEqual([path, true]);
      if (path.includes(ABOUT_PROJECT)) {
        if (role !== 'lead')
          expect([path, text.includes(notice), text.includes(TITLE)]).toEqual([path, false, false]);
        continue;
      }
      const projects = WITH_PROJECTS.some((one) => path === one || path === `/en${one}` || path === '/en/');
      const asked = path.includes(actors.company.organisationId);
      for (const secret of secretsOf(role)) {
        if (projects && ['달무지개', 'Moonbow'].includes(secret)) continue;
        if (asked && secret === actors.company.organisationId) continue;
        expect(`${head}\n${text}`.includes(secret), `${role} ${path}: ${secret}`).toBe(false);
      }
      if (role === 'company' || !ABOUT_COMPANY.test(page)) continue;
      // The list of all countries, for filters, is in what this page carries.
      const places = page === '/company/matches' ? [] : PLACES;
      for (const mark of [...MARKS, ...places])
        expect(text.includes(mark), `${role} ${path}: ${mark}`).toBe(false);
    }
  }
}

async function expectUnfound(role: Role): Promise<void> {
  const ctx = role === 'visitor' ? as({ kind: 'visitor' }) : own(role);
  for (const q of [
    ...LEAD,
    '은여우광업',
    'Silverfox Mining',
    '달무지개 광산',
    'ㅇㅇㅇㄱㅇ',
    'Moonbow Holdings',
    'Darwin',
  ]) {
    const { ids } = await searchOpportunities(ctx, { q, limit: 50 });
    expect([q, ids.includes(notice)]).toEqual([q, false]);
    const { items } = await suggestions(ctx, { q, lang: 'ko' });
    expect([q, items.some(({ id }) => id === notice)]).toEqual([q, false]);
  }
  if (role === 'company') return;
  for (const q of [...COMPANY, '수달', 'Otterstone Refining', 'ㅅㄷㅈㄹ', actors.company.organisationId]) {
    const { ids, total } = await searchCompanies(ctx, { q, limit: 50 });
    expect([q, ids.includes(actors.company.organisationId), total]).toEqual([q, false, ids.length]);
    const { items } = await suggestions(ctx, { q, lang: 'ko' });
    expect([q, items.some(({ id }) => id === actors.company.organisationId)]).toEqual([q, false]);
  }
}

/** Everything that was put into somebody's inbox or mail. */
async function told(role: Exclude<Role, 'visitor'>): Promise<string> {
  await untilJobsAreDone(app.database);
  const { accountId, email } = actors[role];
  const notices = await app.database.pool.query<{ text: string }>(
    'select to_jsonb(n)::text as text from notice n where account_id = $1',
    [accountId],
  );
  const mails = await app.database.pool.query<{ text: string }>(
    'select to_jsonb(m)::text as text from mail m where to_jsonb(m)::text like $1',
    [`%${email}%`],
  );
  return [...notices.rows, ...mails.rows].map(({ text }) => text).join('\n');
}

async function expectToldNothing(): Promise<void> {
  for (const role of ['company', 'rival', 'lead', 'stranger'] as const) {
    const text = await told(role);
    for (const secret of secretsOf(role)) expect(text.includes(secret), `${role}: ${secret}`).toBe(false);
  }
}

async function send(message: string) {
  const { rows } = await app.database.pool.query<{ evidence: string }>(
    `select 'capability:' || id as evidence from company_capability where organisation_id = $1
     union all select 'certification:' || id from company_certification where organisation_id = $1
     union all select 'reference:' || id from company_reference where organisation_id = $1`,
    [actors.company.organisationId],
  );
  const evidence = [`file:${file}`, ...rows.map((row) => row.evidence)];
  return await sendInterest(own('company'), {
    opportunity: notice,
    form: { message, evidence, terms: true },
  });
}
const agree = (role: 'company' | 'lead', side: 'company' | 'lead' = role) =>
  agreeToReveal(own(role), { id: interest, side });
const takeBack = (role: 'company' | 'lead') => takeRevealBack(own(role), { id: interest, side: role });

describe('before both sides agreed', () => {
  it('an invitation and an expression of interest tell no name', async () => {
    const reason = { reason: '역량이 맞습니다.' };
    const company = actors.company.organisationId;
    const named = { reason: 'Silverfox Mining의 초대입니다' };
    expect(await inviteCompany(own('lead'), { opportunity: notice, company, ...named })).toMatchObject({
      code: 'invalid',
      fields: { reason: expect.stringContaining('Silverfox') },
    });
    await value(inviteCompany(own('lead'), { opportunity: notice, company, ...reason }));
    await value(
      inviteCompany(own('lead'), { opportunity: notice, company: actors.rival.organisationId, ...reason }),
    );
    expect(await send('수달 정련입니다.')).toMatchObject({
      code: 'invalid',
      fields: { message: expect.any(String) },
    });
    expect(await code(send('등록번호는 101-81-00009입니다.'))).toBe('invalid');
    interest = (await value(send('정광 설비를 짓습니다.'))).id;
    await changed(app.database.db);
  });

  it('an addendum and a refusal that would tell a name are refused', async () => {
    const texts = {
      id: notice,
      textKo: '달무지개 광산의 일정이 바뀝니다',
      textEn: '',
      deadline: '',
      zone: '',
    };
    expect(await addAddendum(own('lead'), texts)).toMatchObject({
      code: 'invalid',
      fields: { text_ko: expect.stringContaining('달무지개') },
    });
    const note = { seen: 'sent', reason: 'other', note: 'Moonbow Mine waits' } as const;
    expect(await declineInterest(own('lead'), { id: interest, ...note })).toMatchObject({ code: 'invalid' });
  });

  it.each(ROLES)(
    '%s reads nothing that is kept back',
    async (role) => {
      await expectKept(role);
      await expectUnfound(role);
    },
    120_000,
  );

  it('everything is there all the same, under neutral words', async () => {
    const inbox = `/lead/opportunities/${notice}/interests`;
    const seen: [Role, string, string][] = [
      ['visitor', '/opportunities', TITLE],
      ['visitor', `/opportunities/${notice}`, '이름을 밝히지 않은 공고 주체'],
      ['visitor', `/en/opportunities/${notice}`, 'A project lead that keeps its name back'],
      ['visitor', '/api/v1/opportunities', notice],
      ['visitor', '/opportunities/export.csv', TITLE],
      ['visitor', '/opportunities/export.xlsx', TITLE],
      ['company', '/company/matches', TITLE],
      ['company', `/company/interests/${interest}`, '이름을 밝히지 않은 공고 주체'],
      ['lead', inbox, '이름을 밝히지 않은 기업'],
      ['lead', `/en${inbox}/${interest}`, 'A company that keeps its name back'],
      ['lead', `${inbox}/${interest}`, 'evidence-'],
      ['lead', `/lead/opportunities/${notice}/matches`, actors.company.organisationId],
      ['lead', `/api/v1/opportunities/${notice}/matches`, '"externalId":null'],
    ];
    for (const [role, path, text] of seen)
      expect([path, (await read(role, path)).text.includes(text)]).toEqual([path, true]);
  });

  it('the file goes out under a neutral name', async () => {
    expect((await fileForDownload(own('lead'), file))?.name).toMatch(/^evidence-[0-9a-f]{6}\.pdf$/u);
    expect((await fileForDownload(own('company'), file))?.name).toBe('수달정련-실적.pdf');
    expect((await fileForDownload(as(officer), file))?.name).toBe('수달정련-실적.pdf');
    expect(await fileForDownload(own('stranger'), file)).toBeNull();
  });

  it('officials and each side itself read everything', async () => {
    expect((await read('lead', `/lead/opportunities/${notice}`)).text).toContain('은여우광업');
    expect((await read('company', '/companies/' + actors.company.organisationId)).text).toContain('수달정련');
  });

  it('one side alone shows nothing, and may take it back', async () => {
    expect(await code(agreeToReveal(own('rival'), { id: interest, side: 'company' }))).toBe('not-found');
    expect(await code(agreeToReveal(own('stranger'), { id: interest, side: 'lead' }))).toBe('not-found');
    expect(await code(agree('company', 'lead'))).toBe('not-found');
    expect(await code(agreeToReveal(own('lead'), { id: 'no-uuid', side: 'lead' }))).toBe('not-found');
    expect(await value(agree('company'))).toEqual({ shown: false });
    expect(await value(agree('company'))).toEqual({ shown: false });
    expect(await code(takeBack('company'))).toBe('ok');
    expect(await code(takeBack('company'))).toBe('ok');
    expect(await value(agree('lead'))).toEqual({ shown: false });
    await value(shortlistInterest(own('lead'), { id: interest, seen: 'opened' }));
    await value(acceptInterest(own('lead'), { id: interest, seen: 'shortlisted' }));
    await changed(app.database.db);
    await expectToldNothing();
    for (const role of ['company', 'lead'] as const) await expectKept(role);
    const page = (await read('lead', `/lead/opportunities/${notice}/interests/${interest}`)).text;
    expect(page).not.toContain(actors.company.email);
    expect((await read('company', `/company/interests/${interest}`)).text).not.toContain(actors.lead.email);
  });
});

describe('after both sides agreed', () => {
  it('each reads the other, with contacts, and cannot take it back', async () => {
    expect(await value(agree('company'))).toEqual({ shown: true });
    expect(await value(agree('company'))).toEqual({ shown: true });
    expect([await code(takeBack('company')), await code(takeBack('lead'))]).toEqual(['shown', 'shown']);
    await changed(app.database.db);
    const lead = (await read('lead', `/lead/opportunities/${notice}/interests/${interest}`)).text;
    for (const text of ['수달정련', '수달정련-실적.pdf', actors.company.email]) expect(lead).toContain(text);
    const company = (await read('company', `/company/interests/${interest}`)).text;
    for (const text of ['은여우광업', actors.lead.email]) expect(company).toContain(text);
    const page = (await read('company', `/opportunities/${notice}`)).text;
    for (const text of ['은여우광업', '달무지개', '무지개골짜기']) expect(page).toContain(text);
    expect((await read('lead', `/companies/${actors.company.organisationId}`)).text).toContain('수달정련');
    expect((await fileForDownload(own('lead'), file))?.name).toBe('수달정련-실적.pdf');
    expect((await searchCompanies(own('lead'), { q: '수달정련' })).ids).toContain(
      actors.company.organisationId,
    );
    expect(await told('lead')).toContain('수달정련');
  });

  it.each(['visitor', 'rival', 'stranger'] as const)(
    '%s reads as little as before',
    async (role) => {
      await expectKept(role);
      await expectUnfound(role);
    },
    120_000,
  );

  it('says so on both sides in one timeline, and nobody else is asked', async () => {
    const { rows } = await app.database.pool.query<{ kind: string }>(
      'select kind from interest_event where interest_id = $1 order by id',
      [interest],
    );
    expect(rows.map(({ kind }) => kind).filter((kind) => /agreed|names/u.test(kind))).toEqual([
      'company-agreed',
      'company-disagreed',
      'lead-agreed',
      'company-agreed',
      'names-shown',
    ]);
    const form = { message: 'We build plants.', evidence: [], terms: true };
    const { id } = await value(sendInterest(own('rival'), { opportunity: notice, form }));
    expect(await code(agreeToReveal(own('rival'), { id, side: 'company' }))).toBe('nothing-kept');
  });
});
