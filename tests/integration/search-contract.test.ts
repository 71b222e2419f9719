import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { byClass, evaluate, evaluationDocuments } from '../search/evaluate.ts';
import { enginesUnderTest, meiliServer, type OpenEngine } from '../support/search-engines.ts';
import type { DeadlineRange } from '#lib/domain/search/deadline.ts';
import { FACETS, type SearchDocument, type Visibility } from '#lib/domain/search/document.ts';
import { MINERAL_SHELVES } from '#lib/domain/search/groups.ts';
import { noCounts } from '#lib/server/search/facet-codes.ts';
import type { Audience, SearchEngine, SearchRequest } from '#lib/server/search/port.ts';

/** What every search engine must do: run on PostgreSQL, and on Meilisearch where there is a server of it. */

const PUBLIC: Audience = { kind: 'public' };
const { truths, documents } = evaluationDocuments();
const server = await meiliServer();
const engines = enginesUnderTest(server);

async function* batches(all: readonly SearchDocument[], size = 100): AsyncGenerator<SearchDocument[]> {
  for (let i = 0; i < all.length; i += size) yield await Promise.resolve(all.slice(i, i + size));
}

afterAll(() => server?.stop());

it(`runs on ${engines.map((e) => e.name).join(' and ')}`, () => {
  expect(engines.map((e) => e.name)).toContain('postgres');
});

describe.each(engines)('on $name', ({ open }) => {
  let opened: OpenEngine;
  let engine: SearchEngine;

  const ask = (q: string, more: Partial<SearchRequest> = {}) =>
    engine.query({ kind: 'company', q, audience: PUBLIC, limit: 10, ...more });
  const idsOf = async (q: string, more: Partial<SearchRequest> = {}) =>
    (await ask(q, more)).hits.map((h) => h.id);

  beforeAll(async () => {
    opened = await open();
    engine = opened.engine;
    await engine.rebuild('company', batches(documents));
  });

  afterAll(() => opened.close());

  describe('quality', () => {
    it('does not fall below what was reached', async () => {
      const scores = byClass(await evaluate(engine, truths));
      const weak = scores.filter((s) => s.ndcg < (s.kind === 'all' ? 0.97 : 0.9));
      expect(weak).toEqual([]);
      for (const kind of ['identifier', 'exact name'])
        expect(scores.find((s) => s.kind === kind)).toMatchObject({ ndcg: 1 });
    });
  });

  describe('a list', () => {
    it.each(['', '흑연', '이차전지 소재'])('%j is paged to its end, without repeat or gap', async (q) => {
      const seen: string[] = [];
      const { total } = await ask(q);
      for (let offset = 0; offset < total; offset += 37)
        seen.push(...(await idsOf(q, { offset, limit: 37 })));
      expect(seen).toHaveLength(total);
      expect(new Set(seen).size).toBe(total);
    });

    it('counts of facets are what one gets by choosing the value', async () => {
      const filters = { mineral: ['graphite', 'nickel'], status: ['vetted'] };
      const { facets } = await ask('소재', { filters, facets: true });
      expect(facets).not.toBeNull();
      for (const facet of FACETS)
        for (const [value, count] of Object.entries(facets?.[facet] ?? {}).slice(0, 6)) {
          const chosen = await ask('소재', { filters: { ...filters, [facet]: [value] } });
          expect([facet, value, chosen.total]).toEqual([facet, value, count]);
        }
    });

    it('is made of whatever is typed and chosen', async () => {
      const typed = [
        '뷁'.repeat(300),
        'ㅎㅇ '.repeat(100),
        '"a" OR visibility != "x"',
        "'a':* | \\'b'",
        '%_\\%',
      ];
      const broken = [
        '\ud800half',
        '\u0001 \u001f',
        '\u202egraphite',
        'a' + '\u0301'.repeat(200),
        '𠀀해솔',
        ') & (',
      ];
      for (const q of [...typed, ...broken]) {
        const value = q.slice(0, 90);
        const found = await ask(q, { facets: true });
        expect([q, found.hits.length <= found.total]).toEqual([q, true]);
        expect((await ask('소재', { filters: { mineral: [value] }, facets: true })).total).toBe(0);
        await engine.suggest({ q, audience: PUBLIC, lang: 'ko' });
      }
    });

    it('is narrowed by any of a facet and all of the facets', async () => {
      const either = await ask('', { filters: { mineral: ['graphite', 'nickel'] }, limit: 1000 });
      const both = await ask('', {
        filters: { mineral: ['graphite', 'nickel'], size: ['large'] },
        limit: 1000,
      });
      const of = (id: string) => documents.find((d) => d.id === id)?.facets;
      expect(
        either.hits.every((h) => of(h.id)?.mineral?.some((m) => m === 'graphite' || m === 'nickel')),
      ).toBe(true);
      expect(both.hits.every((h) => of(h.id)?.size?.includes('large'))).toBe(true);
      expect(both.total).toBeLessThan(either.total);
    });

    it('is narrowed by a shelf as by all that stands on it', async () => {
      const members = await ask('', { filters: { mineral: MINERAL_SHELVES['battery-minerals'] } });
      const shelf = await ask('', { filters: { mineral: ['@battery-minerals'] }, facets: true });
      expect(shelf.total).toBe(members.total);
      expect(shelf.facets?.mineral['@battery-minerals']).toBe(members.total);
    });

    it('is sorted by name, newest or relevance', async () => {
      const names = (await ask('흑연', { sort: 'name', limit: 200 })).hits.map(
        (h) =>
          documents.find((d) => d.id === h.id)?.nameKo || documents.find((d) => d.id === h.id)?.nameEn || '',
      );
      expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
      const dates = (await ask('흑연', { sort: 'newest', limit: 200 })).hits.map(
        (h) => documents.find((d) => d.id === h.id)?.updatedAt.getTime() ?? 0,
      );
      expect(dates).toEqual([...dates].sort((a, b) => b - a));
    });

    it('says what was read differently', async () => {
      expect((await ask('flxba')).notes).toContainEqual({ kind: 'keyboard', from: 'flxba', to: '리튬' });
      expect((await ask('리툼')).notes).toContainEqual({ kind: 'spelling', from: '리툼', to: '리튬' });
      expect((await ask('흑연')).notes).toEqual([]);
    });

    it('explains each hit when asked', async () => {
      const [hit] = (await ask('흑연', { explain: true })).hits;
      expect(hit?.reasons.some((r) => r.token.endsWith(':graphite'))).toBe(true);
    });
  });

  describe('changes', () => {
    const one = (changes: Partial<SearchDocument>): SearchDocument => ({
      ...(documents[0] as SearchDocument),
      ...changes,
    });

    it('are found at once, and an older one never overwrites a newer one', async () => {
      await engine.upsert([one({ id: 'x-1', version: 20, tokens: ['t:새로움', 'n:엑스원'] })]);
      expect(await idsOf('새로움')).toEqual(['x-1']);
      await engine.upsert([one({ id: 'x-1', version: 19, tokens: ['t:예전것', 'n:엑스원'] })]);
      expect(await idsOf('새로움')).toEqual(['x-1']);
      expect(await idsOf('예전것')).toEqual([]);
    });

    it('remove what is gone, but not what came back since', async () => {
      await engine.remove('company', [{ id: 'x-1', version: 5 }]);
      expect(await idsOf('엑스원')).toEqual(['x-1']);
      await engine.remove('company', [{ id: 'x-1', version: 30 }]);
      expect(await idsOf('엑스원')).toEqual([]);
    });

    it('by a rebuild that was cut off go on where it was', async () => {
      async function* broken() {
        yield await Promise.resolve(documents.slice(0, 150));
        throw new Error('cut off');
      }
      let last = '';
      const steps = (resume: boolean) => ({
        resume,
        loaded: (id: string) => {
          last = id;
          return Promise.resolve();
        },
      });
      await expect(engine.rebuild('company', broken(), steps(false))).rejects.toThrow('cut off');
      expect((await ask('')).total).toBe(documents.length);
      expect(await engine.hasUnfinished('company')).toBe(true);
      const rest = documents.slice(documents.findIndex((d) => d.id === last) + 1);
      await engine.rebuild('company', batches(rest), steps(true));
      expect((await ask('')).total).toBe(documents.length);
      expect(await engine.hasUnfinished('company')).toBe(false);
    });

    it('by a rebuild are never seen half', async () => {
      const watch = async () => {
        const totals = new Set<number>();
        for (let i = 0; i < 15; i++) totals.add((await ask('')).total);
        return totals;
      };
      const [totals] = await Promise.all([watch(), engine.rebuild('company', batches(documents, 20))]);
      expect([...totals]).toEqual([documents.length]);
    });
  });

  describe('deadlines', () => {
    const now = new Date('2026-11-25T02:20:00Z');
    const closing = (id: string, deadline: string | null): SearchDocument => ({
      ...(documents[0] as SearchDocument),
      ...{ kind: 'opportunity', id, externalId: id, version: 1, visibility: 'public' },
      ...{ tokens: ['t:기한', 'f:country=TZ'], facets: { country: ['TZ'] } },
      deadline: deadline === null ? null : new Date(deadline),
    });
    const within = (chosen: readonly DeadlineRange[], more: Partial<SearchRequest> = {}) =>
      ask('', { kind: 'opportunity', deadline: { now, chosen }, facets: true, ...more });

    beforeAll(() =>
      engine.upsert([
        closing('d-over', '2026-11-24T00:00:00Z'),
        closing('d-3', '2026-11-28T00:00:00Z'),
        closing('d-20', '2026-12-15T00:00:00Z'),
        closing('d-60', '2027-01-24T00:00:00Z'),
        closing('d-300', '2027-09-01T00:00:00Z'),
        closing('d-none', null),
      ]),
    );
    afterAll(() =>
      engine.remove(
        'opportunity',
        ['over', '3', '20', '60', '300', 'none'].map((id) => ({ id: `d-${id}`, version: 2 })),
      ),
    );

    it.each([
      [[], 6],
      [['7d'], 1],
      [['30d'], 2],
      [['90d'], 3],
      [['later'], 1],
      [['7d', 'later', 'none'], 3],
    ] as const)('%j finds %i', async (chosen, total) => {
      for (const q of ['', '기한']) expect([q, (await within(chosen, { q })).total]).toEqual([q, total]);
    });

    it('are counted without their own filter, under all others', async () => {
      const counted = { '7d': 1, '30d': 2, '90d': 3, later: 1, none: 1 };
      expect((await within(['7d'])).deadlines).toEqual(counted);
      expect((await within(['7d'])).facets?.country).toEqual({ TZ: 1 });
      const elsewhere = await within([], { filters: { country: ['KR'] } });
      expect(elsewhere.deadlines).toEqual({ '7d': 0, '30d': 0, '90d': 0, later: 0, none: 0 });
    });

    it('and values of facets are counted also where the words find nothing under the filters', async () => {
      const found = (filters: SearchRequest['filters'], chosen: readonly DeadlineRange[]) =>
        within(chosen, { q: '기한', filters: filters ?? {} });
      const elsewhere = await found({ country: ['KR'] }, []);
      expect(elsewhere).toMatchObject({ total: 0, facets: { ...noCounts(), country: { TZ: 6 } } });
      expect(elsewhere.deadlines).toEqual({ '7d': 0, '30d': 0, '90d': 0, later: 0, none: 0 });
      const neither = await found({ country: ['KR'], type: ['offtake'] }, ['7d']);
      expect(neither).toMatchObject({ total: 0, facets: noCounts(), deadlines: elsewhere.deadlines });
      await engine.remove('opportunity', [{ id: 'd-3', version: 2 }]);
      const later = await found({ country: ['TZ'] }, ['7d']);
      const deadlines = { '7d': 0, '30d': 1, '90d': 2, later: 1, none: 1 };
      expect(later).toMatchObject({ total: 0, facets: noCounts(), deadlines });
      const plain = { kind: 'opportunity', filters: { country: ['KR'] }, facets: true } as const;
      expect((await ask('기한', plain)).facets).toEqual({ ...noCounts(), country: { TZ: 5 } });
    });
  });

  describe('permissions', () => {
    const hidden = (visibility: Visibility, owner: string, invited: string[]): SearchDocument => ({
      ...(documents[0] as SearchDocument),
      ...{ kind: 'opportunity', id: `o-${visibility}`, externalId: `o-${visibility}`, version: 1 },
      ...{ nameKo: '비밀공고', nameEn: 'Secret notice', visibility, owner, invited },
      tokens: ['n:비밀공고', 'w:비밀공고', 'h:ㅂㅁㄱㄱ', 's:pimirkonko', 'g:graphite', 'f:mineral=graphite'],
      vocabulary: [{ word: '비밀공고', letters: 'qlalfrhdrh', field: 'n' }],
      facets: { mineral: ['graphite'] },
    });

    const audiences: Record<string, Audience> = {
      public: PUBLIC,
      company: { kind: 'company', organisationId: 'org-a', vetted: false },
      vetted: { kind: 'company', organisationId: 'org-b', vetted: true },
      invited: { kind: 'company', organisationId: 'org-c', vetted: false },
      lead: { kind: 'lead', organisationId: 'org-d' },
      owner: { kind: 'lead', organisationId: 'org-owner' },
      official: { kind: 'official' },
    };
    const seen: Record<string, Visibility[]> = {
      public: ['public'],
      company: ['public'],
      vetted: ['public', 'vetted'],
      invited: ['public', 'invited'],
      lead: ['public'],
      owner: ['public', 'vetted', 'invited', 'hidden', 'private'],
      official: ['public', 'vetted', 'invited', 'hidden'],
    };

    beforeAll(async () => {
      await engine.upsert(
        (['public', 'vetted', 'invited', 'hidden', 'private'] as const).map((v) =>
          hidden(v, 'org-owner', v === 'invited' ? ['org-c'] : []),
        ),
      );
    });

    it.each(Object.keys(audiences))('%s finds, counts and is offered only what it may see', async (who) => {
      const audience = audiences[who] ?? PUBLIC;
      const allowed = (seen[who] ?? []).map((v) => `o-${v}`).sort();
      for (const q of [
        '',
        '비밀공고',
        '비밀',
        'ㅂㅁㄱㄱ',
        '비밀곡고',
        'qlalfrhdrh',
        'Pimil gonggo',
        '흑연',
        'graphite',
      ]) {
        const found = await engine.query({ kind: 'opportunity', q, audience, limit: 50, facets: true });
        expect([q, found.hits.map((h) => h.id).sort()]).toEqual([q, allowed]);
        expect(found.total).toBe(allowed.length);
        expect(found.facets?.mineral).toEqual({ graphite: allowed.length });
      }
      const offered = await engine.suggest({ q: '비밀', audience, lang: 'ko', limit: 10 });
      expect(offered.map((s) => s.id).sort()).toEqual(allowed);
    });

    it('does not tell a hidden name by correcting a slip towards it', async () => {
      await engine.remove('opportunity', [{ id: 'o-public', version: 9 }]);
      const { notes, total } = await engine.query({ kind: 'opportunity', q: '비밀곡고', audience: PUBLIC });
      expect([notes, total]).toEqual([[], 0]);
    });
  });

  it('is well', async () => {
    const health = await engine.health();
    expect(health).toMatchObject({ ok: true, documents: { company: documents.length } });
  });
});
