import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, jobs, official, organisation } from '../support/trade.ts';
import { VISITOR, type Member } from '#lib/domain/account/actor.ts';
import { entryKeyOf } from '#lib/domain/search/lexicon-entries.ts';
import { amendmentById, amendmentHistory, publicAmendments } from '#lib/server/amendment/queries.ts';
import { rebuild, reindex } from '#lib/server/search/index-job.ts';
import { changeTerm, undoTermChange, type TermChange } from '#lib/server/search/lexicon-commands.ts';
import { parseLexicon, shippedEntries, writeLexicon } from '#lib/server/search/lexicon-file.ts';
import { indexLexiconChange } from '#lib/server/search/lexicon-job.ts';
import { previewTerm } from '#lib/server/search/lexicon-preview.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import { percolate } from '#lib/server/search/percolate-job.ts';
import { searchCompanies } from '#lib/server/search/queries.ts';
import { saveSearch } from '#lib/server/search/saved-commands.ts';
import { verify } from '#lib/server/search/verify.ts';
import { connect } from '#lib/server/platform/db.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';

/** The lexicon that officials change: what may be said, what it does to search, and how it is undone. */

let database: TestDatabase;
let desk: Context;
let rodMaker: string;
let curious: Member;

const rod: TermChange = {
  key: null,
  after: { concept: 'graphite', lang: 'ko', term: '흑연전극봉', form: 'alias' },
  source: '업계 용어집 2026',
  note: '제강용 전극을 찾는 사람이 쓰는 말입니다.',
};
const withTerm = (term: string, more: Partial<NonNullable<TermChange['after']>> = {}): TermChange => ({
  ...rod,
  after: { concept: 'graphite', lang: 'ko', term, form: 'alias', ...more },
});
const found = async (q: string) => (await searchCompanies(desk, { q })).ids;
const system = () => systemContext(database.db, 'test', () => new Date('2026-11-25T00:00:00Z'));

async function runJobs(): Promise<void> {
  for (const payload of await jobs(database, 'search.lexicon'))
    await indexLexiconChange(system(), { amendment: Number(payload['amendment']) });
}

beforeAll(async () => {
  database = await createDatabase();
  desk = contextOf(database, await official(database));
  rodMaker = (await organisation(database, { name: 'Rodworks' })).organisationId;
  const other = (await organisation(database, { name: 'Someone' })).organisationId;
  await database.db
    .updateTable('company')
    .set({ summary_ko: '제강용 흑연전극봉을 가공합니다.' })
    .where('organisation_id', '=', rodMaker)
    .execute();
  await database.db
    .updateTable('company')
    .set({ summary_ko: '갓돌쇠붙이를 만듭니다.' })
    .where('organisation_id', '=', other)
    .execute();
  curious = await organisation(database, { name: 'Curious' });
  await rebuild(database.db);
});

afterAll(async () => {
  await database.drop();
});

describe('who and what', () => {
  it('is for officials', async () => {
    for (const actor of [VISITOR, curious]) {
      const ctx = contextOf(database, actor);
      expect(await codeOf(changeTerm(ctx, rod))).toBe('forbidden');
      expect(await codeOf(undoTermChange(ctx, { id: 1, note: 'x' }))).toBe('forbidden');
      expect(await previewTerm(ctx, rod, [])).toBeNull();
      expect(await amendmentHistory(ctx, ['term'], 1)).toBeNull();
      expect(await amendmentById(ctx, 1)).toBeNull();
    }
  });

  it.each([
    [withTerm('흑연'), { term: 'term-duplicate' }],
    [withTerm('---'), { term: 'term-empty', lang: 'lang-script' }],
    [withTerm('먹'), { form: 'form-trap' }],
    [withTerm('동'), { form: 'form-trap' }],
    [withTerm('lead', { lang: 'en' }), { form: 'form-trap' }],
    [withTerm('graphite rod'), { lang: 'lang-script' }],
    [withTerm('흑연봉', { concept: 'no-such' }), { concept: 'unknown-concept' }],
    [withTerm('2504', { lang: 'zz', form: 'hs' }), { term: 'term-hs' }],
    [withTerm('안녕', { concept: 'everyday' }), { form: 'form-word' }],
  ])('refuses %j beside its field', async (change, fields) => {
    const outcome = await changeTerm(desk, change);
    expect(outcome).toEqual({ ok: false, code: 'invalid', fields });
    expect(await previewTerm(desk, change, [])).toEqual({ fields });
  });

  it('warns of a term that other concepts have', async () => {
    const preview = await previewTerm(desk, withTerm('니켈 분말', { concept: 'cobalt' }), []);
    expect(preview).toMatchObject({ warnings: [] });
    const shared = await previewTerm(desk, withTerm('니켈', { concept: 'cobalt' }), []);
    expect(shared).toMatchObject({ warnings: [{ kind: 'shared', concepts: ['nickel'] }] });
  });
});

describe('a change', () => {
  it('is shown before it is made: which queries are read differently, which documents', async () => {
    const preview = await previewTerm(desk, withTerm('갓돌쇠붙이'), ['갓돌쇠붙이 가공', '흑연 음극재']);
    if (preview === null || 'fields' in preview) throw new Error('refused');
    expect(preview.changed.map(({ q, origin }) => [q, origin])).toEqual([
      ['갓돌쇠붙이 가공', 'typed'],
      ['갓돌쇠붙이', 'term'],
    ]);
    const [first] = preview.changed;
    expect(first?.before.reading[0]?.concepts).toEqual([]);
    expect(first?.after.reading[0]?.concepts).toMatchObject([{ id: 'graphite', ko: '흑연' }]);
    expect(preview.documents).toMatchObject({ holding: 1, changing: 1 });
    expect((await lexiconOf(database.db)).version).toBe(0);
  });

  it('is in effect with the commit, in other processes too, and documents follow by the job', async () => {
    const other = connect(database.url);
    try {
      expect((await lexiconOf(other.db)).lexicon.terms.has('갓돌쇠붙이')).toBe(false);
      const before = await found('graphite');
      const { id } = await ok(changeTerm(desk, withTerm('갓돌쇠붙이')));
      expect((await lexiconOf(other.db)).lexicon.terms.has('갓돌쇠붙이')).toBe(true);
      expect(await found('갓돌쇠붙이')).toHaveLength(before.length + 1);
      expect(await found('graphite')).toHaveLength(before.length);
      await runJobs();
      expect(await found('graphite')).toHaveLength(before.length + 1);
      expect((await amendmentById(desk, id))?.reading).toMatchObject({ total: 1, done: 1, changed: 1 });
      expect(await verify(database.db)).toEqual([]);
    } finally {
      await other.close();
    }
  });

  it('reaches texts that write an English term in Hangul by its sound', async () => {
    const text = (summary_ko: string) =>
      database.db
        .updateTable('company')
        .set({ summary_ko })
        .where('organisation_id', '=', rodMaker)
        .execute();
    const { summary_ko: kept } = await database.db
      .selectFrom('company')
      .select('summary_ko')
      .where('organisation_id', '=', rodMaker)
      .executeTakeFirstOrThrow();
    await text('브란트스멜토를 만듭니다.');
    await reindex(database.db, 'company', [rodMaker]);
    const { id } = await ok(changeTerm(desk, withTerm('brantsmelto', { lang: 'en' })));
    await runJobs();
    expect((await amendmentById(desk, id))?.reading).toMatchObject({ total: 1, changed: 1 });
    expect(await verify(database.db)).toEqual([]);
    await text(kept);
    await reindex(database.db, 'company', [rodMaker]);
  });

  it('does not touch other documents', async () => {
    const versions = () =>
      database.db.selectFrom('search_company').select(['id', 'version']).orderBy('id').execute();
    const before = await versions();
    await ok(changeTerm(desk, withTerm('아무도안쓰는말')));
    await runJobs();
    expect((await versions()).filter(({ version }, i) => version !== before[i]?.version).length).toBe(1);
  });

  it('is followed by saved searches, for what comes after', async () => {
    const saver = contextOf(database, curious);
    const asked = {
      kind: 'company',
      q: '검은갓가루',
      filters: {},
      name: '가루',
      frequency: 'daily',
    } as const;
    const { id } = await ok(saveSearch(saver, asked));
    const newcomer = (await organisation(database, { name: 'Newcomer' })).organisationId;
    const told = async () => {
      await reindex(database.db, 'company', [newcomer, rodMaker]);
      await percolate(system(), { kind: 'company', ids: [newcomer, rodMaker] });
      const hits = database.db.selectFrom('saved_search_hit').select('document_id');
      return (await hits.where('saved_search_id', '=', id).execute()).map((hit) => hit.document_id);
    };
    await database.db
      .updateTable('company')
      .set({ summary_ko: '흑연 분말을 만듭니다.' })
      .where('organisation_id', '=', newcomer)
      .execute();
    expect(await told()).toEqual([]);
    await ok(changeTerm(desk, withTerm('검은갓가루')));
    await runJobs();
    expect(await told()).toContain(newcomer);
  });

  it('of an index that is written anew meanwhile is in it', async () => {
    await ok(changeTerm(desk, rod));
    await reindex(database.db, 'company', [rodMaker]);
    await rebuild(database.db, ['company']);
    expect(await verify(database.db)).toEqual([]);
  });

  it('is undone once, and not when the entry was changed again', async () => {
    const { id } = await ok(changeTerm(desk, withTerm('되돌릴흑연')));
    const key = ['graphite', 'ko', '되돌릴흑연'].join('\n');
    const again = await ok(
      changeTerm(desk, { ...withTerm('되돌릴흑연', { form: 'old' }), key, note: '옛말입니다.' }),
    );
    expect(await codeOf(undoTermChange(desk, { id, note: '잘못' }))).toBe('changed-meanwhile');
    await ok(undoTermChange(desk, { id: again.id, note: '별칭이 맞습니다.' }));
    expect(await codeOf(undoTermChange(desk, { id: again.id, note: '다시' }))).toBe('undone');
    await ok(undoTermChange(desk, { id, note: '쓰지 않는 말입니다.' }));
    expect((await lexiconOf(database.db)).lexicon.terms.has('되돌릴흑연')).toBe(false);
  });

  it('withdraws a shipped term, which comes back to its place', async () => {
    const shipped = shippedEntries().find((row) => row.term === '흑연' && row.concept === 'graphite');
    if (shipped === undefined) throw new Error('no graphite');
    const { id } = await ok(changeTerm(desk, { ...rod, key: entryKeyOf(shipped), after: null }));
    const without = await lexiconOf(database.db);
    expect(without.entries).not.toContainEqual(shipped);
    expect(without.lexicon.concepts.get('graphite')?.broader).not.toEqual([]);
    await ok(undoTermChange(desk, { id, note: '필요한 말입니다.' }));
    const { entries } = await lexiconOf(database.db);
    expect(entries.findIndex((row) => entryKeyOf(row) === entryKeyOf(shipped))).toBe(
      shippedEntries().indexOf(shipped),
    );
  });

  it('keeps its history: nothing in it can be rewritten', async () => {
    await expect(database.db.updateTable('amendment').set({ note: 'x' }).execute()).rejects.toThrow(
      /append-only/,
    );
    await expect(database.db.deleteFrom('amendment').execute()).rejects.toThrow(/append-only/);
    const history = await amendmentHistory(desk, ['term'], 1);
    expect(history?.items[0]).toMatchObject({ subject: 'term', proposedBy: 'Official' });
    const open = await publicAmendments(database.db, ['term']);
    expect(JSON.stringify(open)).not.toContain('Official');
    expect(open.at(-1)).toMatchObject({ subject: 'term', reason: '필요한 말입니다.' });
  });
});

it('is written and read in the shipped format', () => {
  const entries = shippedEntries();
  expect(parseLexicon(writeLexicon(entries))).toEqual(entries);
  expect(new Set(entries.map(entryKeyOf)).size).toBe(entries.length);
});
