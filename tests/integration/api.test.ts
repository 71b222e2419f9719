import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { startApp, type App } from '../support/app.ts';
import { idOf, takeRecords } from '../support/records.ts';
import { official, organisation } from '../support/trade.ts';
import { MINERAL_SHELVES } from '#lib/domain/search/groups.ts';
import type { Member } from '#lib/domain/account/actor.ts';
import {
  companyItem,
  listAnswer,
  explanationAnswer,
  matchesAnswer,
  MOST_RESULTS,
  opportunityItem,
  problemDocument,
  projectItem,
  suggestAnswer,
} from '#lib/domain/search/api.ts';
import { createApiKey } from '#lib/server/auth/api-key.ts';
import { explainPair } from '#lib/server/match/queries.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { hashToken } from '#lib/server/platform/tokens.ts';

/** The read interface for programs, over HTTP from the built application. */

let app: App;
let lead: Member;
let opportunity: string;
let company: string;
const keys: Record<'publisher' | 'company' | 'official' | 'other' | 'busy', string> = {
  ...{ publisher: '', company: '', official: '', other: '', busy: '' },
};

const SIZES = ['sme', 'midsize', 'large'] as const;
const flake = { capability: 'graphite-flake-plant', minerals: ['graphite'] };
const COMPANIES = Array.from({ length: 45 }, (_, i) => ({
  ...{
    id: `c-${i}`,
    name_ko: `나래흑연 ${i}호`,
    name_en: i === 7 ? 'Narae <b>Graphite</b> & Co' : `Narae ${i}`,
  },
  ...{ size: SIZES[i % 3] ?? 'sme', status: i % 2 ? ('vetted' as const) : ('registered' as const) },
  capabilities: [
    i % 5 === 0 ? { id: 'k', capability: 'froth-flotation', minerals: ['nickel'] } : { id: 'k', ...flake },
  ],
  certifications: i % 4 === 0 ? [{ id: 'iso-14001', verified: true }] : [],
}));
const OPPORTUNITIES = Array.from({ length: 12 }, (_, i) => ({
  ...{ id: `o-${i}`, country: i % 2 ? 'TZ' : 'MZ', title_ko: `흑연 설비 ${i}`, title_en: `Flake plant ${i}` },
  ...{ type: i % 3 ? ('equipment' as const) : ('services' as const), minerals: ['graphite'] },
  requirements: [{ id: 'q', must: true, ...flake }],
  deadline: '2099-12-31T18:00:00+03:00',
}));

beforeAll(async () => {
  await ensureBuilt();
  app = await startApp({ worker: false, env: { DEMO: '0' } });
  const { database } = app;
  await takeRecords(database, 'api', { companies: COMPANIES, opportunities: OPPORTUNITIES });
  lead = await organisation(database, { name: 'Api Lead', lead: true });
  const stranger = await organisation(database, { name: 'Api Stranger' });
  opportunity = await idOf(database, 'opportunity', 'api', 'o-1');
  company = await idOf(database, 'organisation', 'api', 'c-1');
  await database.db
    .updateTable('opportunity')
    .set({ organisation_id: lead.organisationId })
    .where('id', '=', opportunity)
    .execute();
  const owner = await organisation(database, { name: 'Api Owner' });
  const values = { organisation_id: company, account_id: owner.accountId, role: 'owner' as const };
  await database.db.insertInto('membership').values(values).execute();
  const key = (accountId: string, acting: string) =>
    createApiKey(database.db, { accountId, acting, label: 'test' });
  keys.publisher = await key(lead.accountId, lead.organisationId);
  keys.company = await key(owner.accountId, company);
  keys.official = await key((await official(database)).accountId, 'office');
  keys.other = await key(stranger.accountId, stranger.organisationId);
  const busy = await organisation(database, { name: 'Api Busy' });
  keys.busy = await key(busy.accountId, busy.organisationId);
  await database.db
    .insertInto('rate_limit')
    .values({
      bucket: `api:${hashToken(busy.accountId).slice(0, 32)}`,
      tokens: 0,
      refilled_at: new Date(Date.now() + 3_600_000),
    })
    .execute();
});
afterAll(async () => {
  await app?.stop();
});

const ask = (path: string, key?: string) =>
  fetch(`${app.origin}/api/v1${path}`, key ? { headers: { authorization: `Bearer ${key}` } } : {});

async function read<T extends z.ZodType>(schema: T, path: string, key?: string): Promise<z.output<T>> {
  const response = await ask(path, key);
  expect(response.status, path).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  return schema.parse(await response.json());
}

async function refusal(path: string, status: number, code: string, key?: string) {
  const response = await ask(path, key);
  expect(response.status, path).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = problemDocument.parse(await response.json());
  expect(body).toMatchObject({ status, code });
  return { response, body };
}

const LISTS = [
  ['companies', listAnswer(companyItem.strict()).strict(), '?q=흑연'],
  ['opportunities', listAnswer(opportunityItem.strict()).strict(), '?q=graphite'],
  ['projects', listAnswer(projectItem.strict()).strict(), '?q=graphite'],
] as const;

describe.each(LISTS)('%s', (what, schema, query) => {
  const list = (path: string) => read(schema, `/${what}${path}`);

  it('answer total, page, facets and items, and nothing that is not described', async () => {
    const found = await list(query);
    expect(found).toMatchObject({ page: 1, limit: 20 });
    expect(found.total).toBeGreaterThan(5);
    expect(found.items).toHaveLength(Math.min(20, found.total));
    expect(found.facets['mineral']?.['graphite']).toBeGreaterThan(0);
  });

  it('are paged to the end without repeat or gap', async () => {
    const seen: string[] = [];
    const { total } = await list('?limit=7');
    for (let page = 1; (page - 1) * 7 < total; page += 1) {
      const found = await list(`?limit=7&page=${page}`);
      expect(found).toMatchObject({ total, page, limit: 7 });
      seen.push(...found.items.map(({ id }) => id));
    }
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
    expect((await list(`?limit=7&page=${Math.ceil(total / 7) + 1}`)).items).toEqual([]);
    const far = await list(`?limit=100&page=${MOST_RESULTS}`);
    expect(far).toMatchObject({ total, page: MOST_RESULTS, items: [] });
  });

  it('take whole shelves of minerals and regions, and count single values only', async () => {
    const members = MINERAL_SHELVES['battery-minerals'].map((id) => `&mineral=${id}`).join('');
    const shelf = await list('?mineral=%40battery-minerals');
    expect(shelf.total).toBe((await list(`?${members.slice(1)}`)).total);
    expect(Object.keys(shelf.facets['mineral'] ?? {}).filter((id) => id.startsWith('@'))).toEqual([]);
  });

  it('count in each facet what one gets by choosing the value', async () => {
    const chosen = '&mineral=graphite&mineral=nickel';
    const { facets } = await list(`${query}${chosen}`);
    for (const [facet, values] of Object.entries(facets))
      for (const [value, count] of Object.entries(values).slice(0, 4)) {
        const others = facet === 'mineral' ? '' : chosen;
        const got = await list(`${query}${others}&${facet}=${encodeURIComponent(value)}&limit=1`);
        expect([facet, value, got.total]).toEqual([facet, value, count]);
      }
  });
});

describe('parameters', () => {
  const companies = (path: string) => read(listAnswer(companyItem), `/companies${path}`);

  it('repeated mean any of them, different ones all of them', async () => {
    const total = async (path: string) => (await companies(`${path}&limit=1`)).total;
    expect(await total('?q=나래흑연')).toBe(45);
    const [graphite, nickel] = [await total('?mineral=graphite'), await total('?mineral=nickel')];
    expect(await total('?mineral=graphite&mineral=nickel')).toBe(graphite + nickel);
    expect(await total('?mineral=nickel&mineral=')).toBe(nickel);
    expect(await total('?mineral=nickel&size=sme')).toBe(3);
    expect(await total('?mineral=nickel&capability=graphite-flake-plant')).toBe(0);
    expect(await total('?mineral=nickel&certification=iso-14001&status=registered')).toBe(3);
  });

  it('may be decomposed text, and sort the list', async () => {
    const found = await companies(
      `?q=${encodeURIComponent('나래흑연'.normalize('NFD'))}&sort=name&limit=100`,
    );
    const names = found.items.map(({ nameKo }) => nameKo);
    expect(names).toHaveLength(45);
    expect(names).toEqual([...names].sort());
  });

  it('that are not understood are named', async () => {
    for (const [query, parameter] of [
      ['page=0', 'page'],
      ['page=x', 'page'],
      ['limit=101', 'limit'],
      ['sort=size', 'sort'],
      ['colour=red', 'colour'],
      [`q=${'x'.repeat(401)}`, 'q'],
    ]) {
      const { body } = await refusal(`/companies?${query}`, 400, 'bad-parameter');
      expect(body.errors).toEqual([{ parameter, detail: expect.stringMatching(/\S/u) }]);
    }
    await refusal('/opportunities?size=sme', 400, 'bad-parameter');
  });
});

describe('what was found', () => {
  it('is marked in the names, everything else escaped', async () => {
    const { items } = await read(listAnswer(companyItem), '/companies?q=흑연&limit=100');
    const of = (id: string) => items.find(({ externalId }) => externalId === id);
    expect(of('c-1')).toMatchObject({
      ...{ source: 'api', nameKo: '나래흑연 1호', nameEn: 'Narae 1', minerals: ['graphite'] },
      highlight: { nameKo: '나래<mark>흑연</mark> 1호' },
    });
    expect(of('c-7')).toMatchObject({
      nameEn: 'Narae <b>Graphite</b> & Co',
      highlight: { nameEn: 'Narae &lt;b&gt;<mark>Graphite</mark>&lt;/b&gt; &amp; Co' },
    });
    const all = await read(listAnswer(companyItem), '/companies');
    expect(all.items.every(({ highlight }) => Object.keys(highlight).length === 0)).toBe(true);
  });

  it('is suggested in the language asked for', async () => {
    const { items } = await read(suggestAnswer.strict(), '/suggest?q=흑연');
    expect(items).toContainEqual({ kind: 'mineral', id: 'graphite', text: expect.stringContaining('흑연') });
    expect(items.length).toBeLessThanOrEqual(5);
    const english = await read(suggestAnswer, '/suggest?q=graph&lang=en');
    expect(english.items).toContainEqual({
      kind: 'mineral',
      id: 'graphite',
      text: expect.stringMatching(/graphite/iu),
    });
    await refusal('/suggest?lang=fr', 400, 'bad-parameter');
  });
});

describe('keys', () => {
  it('that are unknown or revoked open nothing, not even what is public', async () => {
    await refusal('/companies', 401, 'bad-key', 'gmk_unknown');
    const account = { accountId: lead.accountId, acting: lead.organisationId, label: 'gone' };
    const gone = await createApiKey(app.database.db, account);
    expect((await ask('/companies', gone)).status).toBe(200);
    await app.database.db
      .updateTable('api_key')
      .set({ revoked_at: new Date() })
      .where('label', '=', 'gone')
      .execute();
    await refusal('/companies', 401, 'bad-key', gone);
  });

  it('only read', async () => {
    const headers = { authorization: `Bearer ${keys.official}`, origin: app.origin };
    const response = await fetch(`${app.origin}/api/v1/companies`, { method: 'POST', headers });
    expect(response.status).toBe(403);
  });

  it('whose bucket is empty are told when to come back', async () => {
    const { response } = await refusal('/companies', 429, 'too-many-requests', keys.busy);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  });
});

describe('matches', () => {
  it('of an opportunity are for its publisher and officials', async () => {
    for (const key of [keys.publisher, keys.official]) {
      const answer = await read(matchesAnswer.strict(), `/opportunities/${opportunity}/matches?limit=3`, key);
      expect(answer.id).toBe(opportunity);
      expect(answer.items.map(({ rank }) => rank)).toEqual([1, 2, 3]);
      for (const { score, parts } of answer.items)
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 9);
    }
  });

  it('of a company are for itself and officials', async () => {
    for (const key of [keys.company, keys.official]) {
      const answer = await read(matchesAnswer.strict(), `/companies/${company}/matches?limit=200`, key);
      expect(answer.items.map(({ externalId }) => externalId)).toContain('o-1');
    }
  });

  it('are not there for anyone else, as if there were no such thing', async () => {
    const absent = '01a20000-0000-7000-8000-000000000000';
    const wrong = [undefined, keys.other];
    for (const [path, also] of [
      [`/opportunities/${opportunity}/matches`, keys.company],
      [`/companies/${company}/matches`, keys.publisher],
    ] as const)
      for (const key of [...wrong, also]) {
        const strip = ({ body }: { body: object }) => ({ ...body, requestId: '' });
        const hidden = strip(await refusal(path, 404, 'not-found', key));
        const missing = path.replace(/[0-9a-f-]{36}/u, absent);
        expect(hidden).toEqual(strip(await refusal(missing, 404, 'not-found', key)));
      }
    for (const path of [`/opportunities/${absent}/matches`, '/companies/nothing/matches'])
      await refusal(path, 404, 'not-found', keys.official);
    await refusal(`/companies/${company}/matches?limit=0`, 400, 'bad-parameter', keys.company);
  });
});

describe('the reckoning of one pair', () => {
  const pair = () => `/opportunities/${opportunity}/matches/${company}`;
  const explained = (path: string, key: string) => read(explanationAnswer.strict(), path, key);

  it('is the JSON that the command prints, in the language asked for', async () => {
    const { db } = app.database;
    for (const lang of ['ko', 'en'] as const) {
      const ctx = { ...systemContext(db, 'test', () => new Date()), lang };
      const printed = await explainPair(ctx, { opportunity, company });
      for (const key of [keys.official, keys.company])
        expect(await explained(`${pair()}?lang=${lang}`, key)).toEqual(printed);
    }
  });

  it('adds up to the score of the list, for the publisher without what the company has excluded', async () => {
    const why = await explained(pair(), keys.publisher);
    const listed = await read(
      matchesAnswer,
      `/opportunities/${opportunity}/matches?limit=200`,
      keys.publisher,
    );
    const place = listed.items.find(({ externalId }) => externalId === 'c-1');
    expect(why.score).toBe(place?.score);
    expect(why.parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(why.score, 9);
    expect(why.gates.map(({ rule }) => rule)).not.toContain('company-exclusion');
    expect(why.gates.every(({ passed, sentence }) => passed && sentence !== '')).toBe(true);
  });

  it('names a company that keeps its name back nowhere', async () => {
    const { db } = app.database;
    const keep = (pseudonymous: boolean) =>
      db.updateTable('company').set({ pseudonymous }).where('organisation_id', '=', company).execute();
    await keep(true);
    try {
      const said = JSON.stringify(await explained(pair(), keys.publisher));
      for (const name of ['나래흑연', 'Narae', 'c-1', company]) expect(said).not.toContain(name);
    } finally {
      await keep(false);
    }
  });

  it('is not there for others, nor of a company that does not show itself', async () => {
    const absent = '01a20000-0000-7000-8000-000000000000';
    const hidden = (path: string, key?: string) => refusal(path, 404, 'not-found', key);
    for (const key of [undefined, keys.other]) await hidden(pair(), key);
    for (const key of [keys.publisher, keys.company, keys.official])
      for (const path of [
        `/opportunities/${absent}/matches/${company}`,
        `/opportunities/${opportunity}/matches/${absent}`,
        `/opportunities/nothing/matches/${company}`,
        `/opportunities/${opportunity}/matches/nothing`,
      ])
        await hidden(path, key);
    const foreign = await idOf(app.database, 'opportunity', 'api', 'o-2');
    await hidden(`/opportunities/${foreign}/matches/${company}`, keys.publisher);
    await hidden(`/opportunities/${opportunity}/matches/${lead.organisationId}`, keys.publisher);
    await refusal(`${pair()}?lang=fr`, 400, 'bad-parameter', keys.publisher);
    await refusal(`${pair()}?limit=3`, 400, 'bad-parameter', keys.publisher);
    await refusal(pair(), 401, 'bad-key', 'gmk_unknown');
  });
});

describe('the description', () => {
  const OPERATION = z.object({
    operationId: z.string(),
    parameters: z.array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query']),
        required: z.boolean(),
        schema: z.object({}),
      }),
    ),
    responses: z.record(
      z.string().regex(/^\d{3}$/u),
      z.object({ description: z.string(), content: z.object({}) }),
    ),
  });
  const DOCUMENT = z.object({
    openapi: z.literal('3.1.0'),
    info: z.object({ title: z.string(), version: z.string() }),
    servers: z.array(z.object({ url: z.string() })),
    paths: z.record(z.string().startsWith('/'), z.object({ get: OPERATION })),
    components: z.object({ schemas: z.record(z.string(), z.object({})) }),
  });

  it('is an OpenAPI document whose references and path parameters are all there', async () => {
    const response = await ask('/openapi.json');
    const text = await response.text();
    const document = DOCUMENT.parse(JSON.parse(text));
    for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/gu))
      expect(document.components.schemas).toHaveProperty(name);
    expect(text).not.toMatch(/"\$ref":"(?!#\/components\/)/u);
    for (const [path, { get }] of Object.entries(document.paths)) {
      const declared = get.parameters.filter((one) => one.in === 'path').map(({ name }) => name);
      expect(declared).toEqual([...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name));
      const address = path
        .replace('{id}', path.startsWith('/companies') ? company : opportunity)
        .replace('{company}', company);
      expect((await ask(address, keys.official)).status, path).toBe(200);
    }
    const ids = Object.values(document.paths).map(({ get }) => get.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it('opportunities are filtered and counted by how near their deadline is', async () => {
  const within = (range: string) => read(LISTS[1][1], `/opportunities?deadline=${range}&limit=1`);
  const counted = (await within('90d')).facets['deadline'] ?? {};
  for (const range of ['7d', '30d', '90d', 'later', 'none'])
    expect([range, (await within(range)).total]).toEqual([range, counted[range] ?? 0]);
  const refused = await fetch(`${app.origin}/api/v1/opportunities?deadline=soon`);
  expect(refused.status).toBe(400);
});
