import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { startApp, type App } from '../support/app.ts';
import { idOf, takeRecords } from '../support/records.ts';
import { contextOf, official, organisation } from '../support/trade.ts';
import { VISITOR, type Actor, type Member } from '#lib/domain/account/actor.ts';
import type { CompanyRecordInput } from '#lib/domain/company/record.ts';
import type { OpportunityRecordInput } from '#lib/domain/opportunity/record.ts';
import { toChoseong } from '#lib/domain/search/hangul.ts';
import { deadlineFilter } from '#lib/domain/search/deadline.ts';
import { FACETS } from '#lib/domain/search/document.ts';
import { startSession } from '#lib/server/auth/session.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import {
  matchCountsForCompany,
  matchesForCompany,
  matchesForOpportunity,
} from '#lib/server/match/queries.ts';
import {
  closingSoonest,
  openCountsByMineral,
  opportunitiesOfCountry,
  opportunitiesOfMineral,
  opportunitiesOfProject,
  opportunityCards,
  opportunityCounts,
} from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { listCompanies, listOpportunities, suggestions } from '#lib/server/search/api-queries.ts';
import { reindex } from '#lib/server/search/index-job.ts';
import { didYouMean, widerSearches } from '#lib/server/search/list-queries.ts';
import { mapCountries, resultCounts } from '#lib/server/search/map-queries.ts';
import { searchCompanies, searchOpportunities, type SearchPage } from '#lib/server/search/queries.ts';

/** Nobody finds, counts or is offered what they may not see; what is hidden answers as what is not there. */

const ROLES = ['visitor', 'unvetted', 'vetted', 'invited', 'publisher', 'lead', 'official'] as const;
type Role = (typeof ROLES)[number];

const line = { id: 'q', must: true, capability: 'graphite-flake-plant', minerals: ['graphite'] };
const opportunity = (id: string, title: string, more: Partial<OpportunityRecordInput> = {}) => ({
  ...{ id, project: 'mahenge', country: 'TZ', type: 'equipment' as const, minerals: ['graphite'] },
  ...{ title_ko: title, title_en: `${id} Zebrawood`, summary_ko: `${title} 상세 설명`, requirements: [line] },
  ...{ deadline: '2099-12-31T18:00:00+03:00', ...more },
});
/** Which notices there are, and who may know of them. */
const OPPORTUNITIES: Record<string, { record: OpportunityRecordInput; seenBy: readonly Role[] }> = {
  public: { record: opportunity('o-public', '얼룩말 공개'), seenBy: ROLES },
  vetted: {
    record: opportunity('o-vetted', '코뿔소 검증', { visibility: 'vetted' }),
    seenBy: ['vetted', 'publisher', 'official'],
  },
  invited: {
    record: opportunity('o-invited', '다람쥐 초대', { visibility: 'invited' }),
    seenBy: ['invited', 'publisher', 'official'],
  },
  submitted: {
    record: opportunity('o-submitted', '너구리 제출', { status: 'draft' }),
    seenBy: ['publisher', 'official'],
  },
  draft: { record: opportunity('o-draft', '두루미 초안', { status: 'draft' }), seenBy: ['publisher'] },
};

const company = (id: string, name: string, brn: string, more: Partial<CompanyRecordInput> = {}) => ({
  ...{
    id,
    name_ko: `${name}선광`,
    name_en: `${id} Quokka`,
    size: 'sme' as const,
    brn,
    status: 'vetted' as const,
  },
  ...{ summary_ko: `${name} 여과 설비`, languages: ['ko'] },
  capabilities: [
    { id: 'k', capability: 'graphite-flake-plant', minerals: ['graphite'], evidence: 'audited' as const },
  ],
  ...more,
});
const COMPANIES: Record<string, { record: CompanyRecordInput; seenBy: readonly Role[] }> = {
  published: { record: company('c-published', '바다표범', '1010000001'), seenBy: ROLES },
  unpublished: {
    record: company('c-unpublished', '고슴도치', '1010000002', { published: false }),
    seenBy: [],
  },
  suspended: {
    record: company('c-suspended', '딱따구리', '1010000003', { status: 'suspended' }),
    seenBy: ['official'],
  },
  refused: { record: company('c-refused', '오소리털', '1010000004'), seenBy: ['official'] },
  pseudonymous: { record: company('c-masked', '청설모꼬리', '1010000005'), seenBy: ['official'] },
};

let app: App;
let actors: Record<Role, Actor>;
const cookies: Partial<Record<Role, string>> = {};
const opportunityIds = new Map<string, string>();
const companyIds = new Map<string, string>();

beforeAll(async () => {
  await ensureBuilt();
  app = await startApp({ worker: false, env: { DEMO: '0' } });
  const { database } = app;
  await takeRecords(database, 'leak', {
    companies: Object.values(COMPANIES).map(({ record }) => record),
    opportunities: Object.values(OPPORTUNITIES).map(({ record }) => record),
  });
  for (const [key, { record }] of Object.entries(OPPORTUNITIES))
    opportunityIds.set(key, await idOf(database, 'opportunity', 'leak', record.id));
  for (const [key, { record }] of Object.entries(COMPANIES))
    companyIds.set(key, await idOf(database, 'organisation', 'leak', record.id));
  actors = await people();
  await hide();
  for (const role of ROLES) cookies[role] = await cookieOf(actors[role]);
});
afterAll(async () => {
  await app?.stop();
});

/** People whose own companies are not published, so that every row there is is one of the corpus. */
async function people(): Promise<Record<Role, Actor>> {
  const { database } = app;
  const supplier = async (name: string, standing: 'registered' | 'vetted') => {
    const vettedUntil = standing === 'vetted' ? '2099-12-31' : null;
    const made = await organisation(database, { name, standing, vettedUntil });
    await database.db
      .updateTable('company')
      .set({ published_at: null })
      .where('organisation_id', '=', made.organisationId)
      .execute();
    return made;
  };
  const lead = (name: string) => organisation(database, { name, lead: true, vettedUntil: '2099-12-31' });
  return {
    visitor: VISITOR,
    unvetted: await supplier('Unvetted', 'registered'),
    vetted: await supplier('Vetted', 'vetted'),
    invited: await supplier('Invited', 'registered'),
    publisher: await lead('Publisher'),
    lead: await lead('Other lead'),
    official: await official(database),
  };
}

/** Brings the corpus into the states that no file can name, and search up to date. */
async function hide(): Promise<void> {
  const { pool, db } = app.database;
  const [publisher, invited] = [actors.publisher as Member, actors.invited as Member];
  await pool.query(`update opportunity set organisation_id = $1`, [publisher.organisationId]);
  await pool.query(`update opportunity set status = 'submitted' where id = $1`, [
    opportunityIds.get('submitted'),
  ]);
  await pool.query(
    `insert into opportunity_invitation (opportunity_id, organisation_id, reason) values ($1, $2, 'profile')`,
    [opportunityIds.get('invited'), invited.organisationId],
  );
  await pool.query(`update organisation set standing = 'refused' where id = $1`, [companyIds.get('refused')]);
  await pool.query(`update company set pseudonymous = true where organisation_id = $1`, [
    companyIds.get('pseudonymous'),
  ]);
  for (const [kind, ids] of [
    ['opportunity', opportunityIds],
    ['company', companyIds],
  ] as const) {
    await pool.query(`insert into entity_change (kind, id) select $1, unnest($2::text[])`, [
      kind,
      [...ids.values()],
    ]);
    await reindex(db, kind, [...ids.values()]);
  }
}

async function cookieOf(actor: Actor): Promise<string> {
  if (actor.kind !== 'member' && actor.kind !== 'official') return '';
  const acting = actor.kind === 'member' ? actor.organisationId : 'office';
  const browser = { agent: 'test', address: '127.0.0.1' };
  return `session=${await startSession(app.database.db, actor.accountId, browser, new Date(), acting)}`;
}

const as = (role: Role): Context => contextOf(app.database, actors[role], new Date());
const allowed = (of: Record<string, { seenBy: readonly Role[] }>, ids: Map<string, string>, role: Role) =>
  Object.entries(of)
    .filter(([, { seenBy }]) => seenBy.includes(role))
    .map(([key]) => ids.get(key) ?? '')
    .sort();

/** All the ways in which somebody who knows of a document would look for it. */
function queriesFor(
  record: { id: string; brn?: string | null | undefined; summary_ko?: string | null | undefined },
  name: string,
  nameEn: string,
) {
  const [word = '', ...rest] = name.split(' ');
  const typo = word.slice(0, -1) + String.fromCharCode((word.codePointAt(word.length - 1) ?? 0) + 1);
  return [
    ...[name, name.replaceAll(' ', ''), word, word.slice(0, 2), toChoseong(word), typo, ...rest, nameEn],
    ...[nameEn.split(' ')[1] ?? '', record.id, record.brn ?? '', record.summary_ko ?? ''],
    ...['흑연', 'graphite', 'graphite-flake-plant', ''],
  ];
}

const ALL_QUERIES = [
  ...Object.values(OPPORTUNITIES).flatMap(({ record }) =>
    queriesFor(record, record.title_ko ?? '', record.title_en ?? ''),
  ),
  ...Object.values(COMPANIES).flatMap(({ record }) =>
    queriesFor(record, record.name_ko ?? '', record.name_en ?? ''),
  ),
];
const QUERIES = [...new Set(ALL_QUERIES)];

function expectOnly(found: SearchPage, seen: readonly string[], q: string): void {
  expect(
    found.ids.filter((id) => !seen.includes(id)),
    q,
  ).toEqual([]);
  expect(found.total, q).toBe(found.ids.length);
  for (const counts of Object.values(found.facets))
    for (const [value, n] of Object.entries(counts))
      expect(n, `${q} ${value}`).toBeLessThanOrEqual(found.total);
}

describe.each(ROLES)('%s', (role) => {
  it('finds, counts and is offered only what it may see, whatever it types', async () => {
    const ctx = as(role);
    const notices = allowed(OPPORTUNITIES, opportunityIds, role);
    const companies = allowed(COMPANIES, companyIds, role);
    for (const q of QUERIES) {
      expectOnly(await searchOpportunities(ctx, { q, limit: 100 }), notices, q);
      expectOnly(await searchCompanies(ctx, { q, limit: 100 }), companies, q);
      const offered = (await suggestions(ctx, { q, lang: 'ko' })).items;
      for (const { kind, id } of offered) {
        if (kind === 'opportunity') expect(notices, q).toContain(id);
        if (kind === 'company') expect(companies, q).toContain(id);
      }
    }
    const page = { q: '', sort: 'name', page: 1, limit: 100 } as const;
    const list = await listOpportunities(ctx, { ...page });
    expect(list.items.map(({ id }) => id).sort()).toEqual(notices);
    expect(list).toMatchObject({ total: notices.length, facets: { mineral: { graphite: notices.length } } });
    const found = await listCompanies(ctx, { ...page });
    expect(found.items.map(({ id }) => id).sort()).toEqual(companies);
    const counted = companies.length === 0 ? {} : { graphite: companies.length };
    expect(found).toMatchObject({ total: companies.length, facets: { mineral: counted } });
  });

  it('still finds by name what it may see', async () => {
    const ctx = as(role);
    for (const [key, { record, seenBy }] of Object.entries(OPPORTUNITIES)) {
      const { ids } = await searchOpportunities(ctx, { q: record.title_ko ?? '' });
      expect(ids.includes(opportunityIds.get(key) ?? ''), key).toBe(seenBy.includes(role));
    }
    for (const [key, { record, seenBy }] of Object.entries(COMPANIES)) {
      const { ids } = await searchCompanies(ctx, { q: record.name_ko ?? '' });
      expect(ids.includes(companyIds.get(key) ?? ''), key).toBe(seenBy.includes(role));
    }
  });

  it('meets nothing more in the lists and counts of pages', async () => {
    const ctx = as(role);
    const notices = allowed(OPPORTUNITIES, opportunityIds, role);
    const open = notices.filter((id) =>
      ['public', 'vetted', 'invited'].some((key) => opportunityIds.get(key) === id),
    );
    const ids = (cards: readonly { id: string }[]) => cards.map(({ id }) => id).sort();
    expect(ids(await opportunityCards(ctx, [...opportunityIds.values()]))).toEqual(notices);
    expect(ids(await closingSoonest(ctx, 50))).toEqual(open);
    expect(ids(await opportunitiesOfProject(ctx, 'mahenge'))).toEqual(open);
    expect(ids(await opportunitiesOfCountry(ctx, 'TZ'))).toEqual(open);
    expect(ids(await opportunitiesOfMineral(ctx, 'graphite'))).toEqual(open);
    expect((await opportunityCounts(ctx)).open).toBe(open.length);
    expect((await openCountsByMineral(ctx)).get('graphite')).toBe(open.length);
    const cards = await companyCards(ctx, [...companyIds.values()]);
    const named = cards.filter(({ masked }) => !masked);
    expect(ids(named)).toEqual(allowed(COMPANIES, companyIds, role));
    for (const masked of cards.filter((card) => card.masked)) {
      expect(masked.id).toBe(companyIds.get('pseudonymous'));
      expect(masked.name).toMatchObject({ ko: '', en: '' });
    }
  });

  it('is answered for a hidden page as for one that is not there', async () => {
    const places: [string, string, boolean][] = [];
    const notice = (key: string, path: string, open: boolean) =>
      places.push([path, opportunityIds.get(key) ?? '', open]);
    for (const [key, { seenBy }] of Object.entries(OPPORTUNITIES)) {
      const seen = seenBy.includes(role);
      notice(key, '/opportunities/ID', seen);
      notice(key, '/api/v1/opportunities/ID/matches', role === 'publisher' || (role === 'official' && seen));
      if (role === 'publisher' || role === 'lead') {
        notice(key, '/lead/opportunities/ID', role === 'publisher');
        notice(key, '/lead/opportunities/ID/matches', role === 'publisher');
        notice(key, '/lead/opportunities/ID/interests', role === 'publisher');
      }
      if (role === 'official') notice(key, '/ministry/opportunities/ID', seen);
      if (['unvetted', 'vetted', 'invited'].includes(role) && !seen)
        notice(key, '/company/matches/ID', false);
      if (['unvetted', 'vetted', 'invited'].includes(role) && !seen)
        notice(key, '/company/interests/new/ID', false);
    }
    const vettedLead = role === 'publisher' || role === 'lead';
    for (const [key, { seenBy }] of Object.entries(COMPANIES)) {
      const id = companyIds.get(key) ?? '';
      const masked = key === 'pseudonymous' && vettedLead;
      places.push(['/companies/ID', id, seenBy.includes(role) || masked]);
      places.push(['/api/v1/companies/ID/matches', id, role === 'official' && seenBy.includes(role)]);
    }
    for (const [path, id, open] of places) {
      const answer = await get(role, path, id);
      expect([path, nameOf(id), answer.status]).toEqual([path, nameOf(id), open ? 200 : 404]);
      if (!open) expect(answer).toEqual(await get(role, path, ABSENT));
    }
  });
});

/** Whatever a reader may write behind a list, also what only the server decides. */
const PROBES = [
  ...['visibility=private', 'visibility=hidden', 'visibility=vetted', 'status=draft', 'status=submitted'],
  ...['status=suspended', 'status=refused', 'owner=x', 'audience=official', 'as=official'],
  ...['mineral=%40battery-minerals', 'country=%40africa', 'deadline=later', 'province='],
];
const LISTS = ['companies', 'opportunities'] as const;

/** Words by which a hidden document would be known. */
function secretsFor(role: Role): string[] {
  const hidden = <R>(of: Record<string, { record: R; seenBy: readonly Role[] }>) =>
    Object.values(of).flatMap(({ record, seenBy }) => (seenBy.includes(role) ? [] : [record]));
  return [
    ...hidden(OPPORTUNITIES).flatMap(({ title_ko, title_en }) => [title_ko ?? '', title_en ?? '']),
    ...hidden(COMPANIES).flatMap(({ name_ko, name_en, brn }) => [name_ko ?? '', name_en ?? '', brn ?? '']),
  ];
}

async function read(role: Role, path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(app.origin + path, { headers: { cookie: cookies[role] ?? '' } });
  return { status: response.status, text: await response.text() };
}

describe.each(ROLES)('%s', (role) => {
  it('gets no more by filters of its own making', async () => {
    const secrets = secretsFor(role);
    for (const list of LISTS)
      for (const probe of PROBES) {
        for (const path of [
          `/${list}?${probe}`,
          `/en/${list}?${probe}&view=map`,
          `/api/v1/${list}?${probe}`,
        ]) {
          const { status, text } = await read(role, path);
          expect([path, [200, 400].includes(status)]).toEqual([path, true]);
          for (const secret of secrets) expect(text.includes(secret), `${path} ${secret}`).toBe(false);
        }
      }
  });

  it('takes away in a file what its list shows, and nothing else', async () => {
    await app.database.pool.query('delete from rate_limit');
    const seen = {
      companies: allowed(COMPANIES, companyIds, role),
      opportunities: allowed(OPPORTUNITIES, opportunityIds, role),
    };
    for (const list of LISTS)
      for (const query of [
        '',
        '?q=%ED%9D%91%EC%97%B0',
        '?status=draft&status=submitted&status=suspended&status=refused',
      ]) {
        const { status, text } = await read(role, `/${list}/export.csv${query}`);
        expect(status).toBe(200);
        const ids = [...text.matchAll(new RegExp(`/${list}/([0-9a-f-]{36})`, 'gu'))].map(
          ([, id]) => id ?? '',
        );
        expect(
          ids.filter((id) => !seen[list].includes(id)),
          `${list}${query}`,
        ).toEqual([]);
        if (query === '') expect(ids.sort()).toEqual(seen[list]);
        for (const secret of secretsFor(role)) expect(text.includes(secret), secret).toBe(false);
      }
    if (role === 'visitor') return;
    const { rows } = await app.database.pool.query<{ after: unknown }>(
      `select after from audit_entry where action = 'search.export' order by id desc limit 6`,
    );
    // Who took how much; what was searched for is not kept with a person.
    expect(rows).toHaveLength(6);
    for (const { after } of rows) expect(after).toEqual({ format: 'csv', rows: expect.any(Number) });
  });

  it('is shown on maps, in ranges of deadlines and in wider searches what it may see', async () => {
    const ctx = as(role);
    const [notices, companies] = [
      allowed(OPPORTUNITIES, opportunityIds, role),
      allowed(COMPANIES, companyIds, role),
    ];
    for (const q of QUERIES) {
      const found = await searchOpportunities(ctx, {
        q,
        limit: 100,
        deadline: deadlineFilter(new Date(), []),
      });
      expect(found.deadlines?.later ?? 0, q).toBe(found.total);
      const places = await mapCountries(ctx, found.facets.country);
      expect(
        places.reduce((sum, place) => sum + place.count, 0),
        q,
      ).toBe(found.total);
      const firms = await searchCompanies(ctx, { q, limit: 100 });
      const provinces = resultCounts('province', firms.facets.province, []);
      expect(
        Object.values(provinces).reduce((sum, n) => sum + n, 0),
        q,
      ).toBeLessThanOrEqual(companies.length);
      for (const facet of FACETS)
        for (const n of Object.values(firms.facets[facet]))
          expect(n, q).toBeLessThanOrEqual(companies.length);
      const filters = { country: ['KR'], mineral: ['tin'] };
      for (const { total } of await widerSearches(ctx, 'opportunity', { q, filters }, 0))
        expect(total, q).toBeLessThanOrEqual(notices.length);
      const meant = await didYouMean(ctx, q);
      for (const secret of secretsFor(role)) expect(meant, q).not.toContain(secret);
    }
  });
});

const ABSENT = '01a20000-0000-7000-8000-000000000000';

function nameOf(id: string): string {
  return [...opportunityIds, ...companyIds].find(([, one]) => one === id)?.[0] ?? 'absent';
}

/** An answer without what differs from request to request. */
async function get(role: Role, path: string, id: string): Promise<{ status: number; body: string }> {
  const headers = { cookie: cookies[role] ?? '', accept: 'text/html' };
  const response = await fetch(app.origin + path.replace('ID', id), { headers, redirect: 'manual' });
  const body = (await response.text())
    .replaceAll(id, 'ID')
    .replaceAll(/nonce="[^"]*"/gu, '')
    .replaceAll(/"requestId":"[^"]*"/gu, '');
  return { status: response.status, body: response.status === 404 ? body : '' };
}

describe('matching', () => {
  it('names a lead no company that keeps its name back, and none that left', async () => {
    const list = await matchesForOpportunity(as('publisher'), opportunityIds.get('public') ?? '', {
      limit: 100,
    });
    const found = list?.items.map(({ id }) => nameOf(id)).sort();
    expect(found).toEqual(['pseudonymous', 'published']);
    const page = await get(
      'publisher',
      `/lead/opportunities/${opportunityIds.get('public')}/matches?all=1`,
      'x',
    );
    expect(page.status).toBe(200);
    const masked = await fetch(`${app.origin}/companies/${companyIds.get('pseudonymous')}`, {
      headers: { cookie: cookies.publisher ?? '' },
    });
    const text = await masked.text();
    for (const secret of ['청설모꼬리', 'Quokka', '1010000005', '101-00-00005'])
      expect(text).not.toContain(secret);
  });

  it('tells a company of no notice that it may not see', async () => {
    for (const role of ['unvetted', 'vetted', 'invited'] as const) {
      const ctx = as(role);
      const { organisationId } = actors[role] as Member;
      await app.database.pool.query(
        `insert into company_capability (organisation_id, capability, minerals, evidence)
         values ($1, 'graphite-flake-plant', '{graphite}', 'audited')`,
        [organisationId],
      );
      await app.database.pool.query(`insert into entity_change (kind, id) values ('company', $1)`, [
        organisationId,
      ]);
      const seen = allowed(OPPORTUNITIES, opportunityIds, role);
      const list = await matchesForCompany(ctx, organisationId, { limit: 100 });
      expect(list?.items.map(({ id }) => id).filter((id) => !seen.includes(id))).toEqual([]);
      const counts = await matchCountsForCompany(ctx, organisationId);
      const sum = (counts?.strong ?? 0) + (counts?.near ?? 0) + (counts?.explore ?? 0);
      expect(sum).toBeLessThanOrEqual(seen.length);
      for (const other of companyIds.values()) expect(await matchesForCompany(ctx, other)).toBeNull();
    }
  });
});
