import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, official, organisation } from '../support/trade.ts';
import { VISITOR } from '#lib/domain/account/actor.ts';
import type { CompanyRecordInput } from '#lib/domain/company/record.ts';
import type { OpportunityRecordInput } from '#lib/domain/opportunity/record.ts';
import { companyImport } from '#lib/server/company/import.ts';
import {
  answerMatch,
  matchQuestion,
  type MatchAnswer,
  type MatchAnswerItem,
} from '#lib/server/match/batch.ts';
import { LiveIndex } from '#lib/server/match/live-index.ts';
import {
  explainPair,
  matchCountsForCompany,
  matchesForCompany,
  matchesForOpportunity,
  matchFunnel,
} from '#lib/server/match/queries.ts';
import { rankCompanies } from '#lib/server/match/ranking-queries.ts';
import type { FunnelStep } from '#lib/server/match/engine.ts';
import { whatIf, type TriedLine } from '#lib/server/match/what-if-queries.ts';
import { opportunityImport } from '#lib/server/opportunity/import.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { readReference } from '#lib/server/platform/import/reference.ts';
import { runImport } from '#lib/server/platform/import/run.ts';

let database: TestDatabase;
let folder: string;

const graphite = { capability: 'graphite-flake-plant', minerals: ['graphite'] };
const company = (id: string, more: Partial<CompanyRecordInput> = {}): CompanyRecordInput => ({
  id,
  name_en: `Company ${id}`,
  size: 'sme',
  status: 'vetted',
  languages: ['ko', 'en'],
  capabilities: [
    { id: 'k1', ...graphite, capacity: { amount: 20000, unit: 't/yr', year: 2026 }, evidence: 'reference' },
  ],
  certifications: [{ id: 'iso-14001', valid_to: '2027-05-31', verified: true }],
  ...more,
});
const wanted: OpportunityRecordInput = {
  id: 'o-1',
  project: 'mahenge',
  country: 'TZ',
  type: 'equipment',
  title_en: 'Flake graphite plant, pilot first',
  minerals: ['graphite'],
  requirements: [
    { id: 'q1', must: true, ...graphite, quantity: { amount: 15000, unit: 't/yr' } },
    { id: 'q2', must: true, certifications_any: ['iso-14001', 'iso-45001'] },
    { id: 'q3', must: false, country_experience: ['TZ', 'KE', 'MZ'] },
    { id: 'q4', must: false, language: 'en' },
  ],
  deadline: '2026-12-31T18:00:00+03:00',
};
const COMPANIES: CompanyRecordInput[] = [
  company('best', {
    capabilities: [
      { id: 'k1', ...graphite, capacity: { amount: 20000, unit: 't/yr', year: 2026 }, evidence: 'audited' },
      { id: 'k2', capability: 'froth-flotation', minerals: ['graphite'], evidence: 'document' },
    ],
    certifications: [
      { id: 'iso-14001', valid_to: '2027-05-31', verified: true },
      { id: 'iso-45001', valid_to: '2027-05-31', verified: false },
    ],
    references: [
      { id: 'r1', title: 'Plant', country: 'TZ', ...graphite, year: 2024, confirmed: true },
      { id: 'r2', title: 'Pilot', country: 'MZ', ...graphite, year: 2022 },
    ],
    country_experience: [{ country: 'TZ', kind: 'project' }],
    summary_ko: '흑연 파일럿 설비를 만듭니다.',
  }),
  company('good'),
  company('related', { capabilities: [{ id: 'k1', capability: 'froth-flotation', minerals: ['copper'] }] }),
  company('expired', { certifications: [{ id: 'iso-14001', valid_to: '2026-12-30', verified: true }] }),
  company('suspended', { status: 'suspended' }),
  company('hidden', { published: false }),
  company('other', { capabilities: [{ id: 'k1', capability: 'esia' }] }),
];

async function take(
  companies: CompanyRecordInput[],
  opportunities: OpportunityRecordInput[] = [],
): Promise<void> {
  const { reference } = await readReference(database.db);
  const options = { source: 'test', dryRun: false, skipInvalid: false };
  const write = (name: string, records: object[]): string => {
    const path = join(folder, name);
    writeFileSync(path, records.map((record) => JSON.stringify(record)).join('\n'));
    return path;
  };
  if (companies.length > 0) {
    const path = write('companies.jsonl', companies);
    const result = await runImport(database.pool, companyImport(reference, true), { ...options, path });
    expect(result.faults).toEqual([]);
  }
  if (opportunities.length > 0) {
    const path = write('opportunities.jsonl', opportunities);
    const result = await runImport(database.pool, opportunityImport(reference), { ...options, path });
    expect(result.faults).toEqual([]);
  }
}

const ctx = () => systemContext(database.db, 'test', () => NOW);
async function ask(question: object): Promise<MatchAnswer> {
  const outcome = await answerMatch(ctx(), matchQuestion.parse({ id: 'm', ...question }));
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.answer;
}
async function companiesOf(opportunity: string): Promise<MatchAnswerItem[]> {
  return (await ask({ opportunity })).items as MatchAnswerItem[];
}

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'gm-match-'));
  await take(COMPANIES, [wanted]);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('match query', () => {
  it('lists who passes the gates, best first, with parts that add up', async () => {
    const answer = await ask({ opportunity: 'o-1' });
    expect(answer).toMatchObject({ id: 'm', considered: 7, excluded: 4 });
    const items = answer.items as MatchAnswerItem[];
    expect(items.map(({ external_id, rank }) => [external_id, rank])).toEqual([
      ['best', 1],
      ['good', 2],
      ['related', 3],
    ]);
    for (const { score, parts, gates } of items) {
      expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(score);
      expect(parts.reduce((sum, { max }) => sum + max, 0)).toBe(1);
      expect(gates).toEqual([]);
    }
    expect(items[1]?.raise.length).toBeGreaterThan(0);
  });

  it('answers the same from the side of the company', async () => {
    const [, good] = await companiesOf('o-1');
    const { items } = await ask({ company: 'good' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ external_id: 'o-1', rank: 1, score: good?.score, parts: good?.parts });
    expect((await ask({ company: 'good', at: '2027-01-02' })).items).toEqual([]);
  });

  it('loses exactly the stated points with each row', async () => {
    const before = (await companiesOf('o-1')).find(({ external_id }) => external_id === 'best');
    const [full] = COMPANIES;
    if (before === undefined || full === undefined) throw new Error('no best company');
    const lists = {
      capability: 'capabilities',
      reference: 'references',
      certification: 'certifications',
    } as const;
    const rows = new Map(
      before.parts.flatMap(({ source }) => (source ? [[`${source.kind} ${source.id}`, source]] : [])),
    );
    for (const { kind, id } of rows.values()) {
      const stated = before.parts
        .filter(({ source }) => source?.kind === kind && source.id === id)
        .reduce((sum, { points }) => sum + points, 0);
      const less = { ...full };
      if (kind === 'capability' || kind === 'reference' || kind === 'certification') {
        const list = lists[kind];
        Object.assign(less, { [list]: full[list]?.filter((row) => row.id !== id) });
      } else if (kind === 'country_experience') less.country_experience = [];
      else if (kind === 'language') less.languages = full.languages?.filter((language) => language !== id);
      else if (kind === 'profile' && id === 'summary') less.summary_ko = null;
      else continue;
      await take([less]);
      const after = (await companiesOf('o-1')).find(({ external_id }) => external_id === 'best');
      expect(before.score - (after?.score ?? 0), `${kind} ${id}`).toBe(stated);
    }
    await take([full]);
  });

  it('names the smallest team when nobody can do it alone', async () => {
    const lines = [
      { id: 'q1', must: true, ...graphite },
      { id: 'q2', must: true, capability: 'esia' },
      { id: 'q3', must: true, capability: 'ti-sponge' },
    ];
    await take([], [{ ...wanted, id: 'o-team', requirements: lines }]);
    const { items } = await ask({ opportunity: 'o-team', team: true, limit: 2 });
    expect(items[0]).toEqual({
      members: ['best', 'other'],
      covers: ['q1', 'q2'],
      missing: ['q3'],
      proven_minimal: true,
    });
    expect((await ask({ opportunity: 'o-team' })).items).toEqual([]);
  });

  it('says when an id is not known', async () => {
    const outcome = await answerMatch(ctx(), matchQuestion.parse({ id: 'm', opportunity: 'nope' }));
    expect(outcome).toEqual({ ok: false, code: 'not-found', noun: 'opportunity' });
  });
});

describe('the live index', () => {
  it('never answers older than a committed write, from another process, in whatever order they commit', async () => {
    const other = new LiveIndex(database.db);
    const amount = async (id: string): Promise<number | null> =>
      (await other.fresh()).engine.company(id)?.capabilities[0]?.amount ?? null;
    const { rows } = await database.pool.query<{ id: string }>(
      `select id from organisation where external_id in ('good', 'related') order by external_id`,
    );
    const [good = '', related = ''] = rows.map(({ id }) => id);
    expect(await amount(good)).toBe(20000);
    const early = await database.pool.connect();
    const late = await database.pool.connect();
    const set = async (client: typeof early, id: string, to: number): Promise<void> => {
      await client.query(
        `update company_capability set amount = $2, unit = 't/yr' where organisation_id = $1`,
        [id, to],
      );
      await client.query(`insert into entity_change (kind, id) values ('company', $1)`, [id]);
    };
    await early.query('begin');
    await set(early, good, 111);
    await late.query('begin');
    await set(late, related, 222);
    await late.query('commit');
    expect(await amount(related)).toBe(222);
    expect(await amount(good)).toBe(20000);
    await early.query('commit');
    expect(await amount(good)).toBe(111);
    await set(early, good, 20000);
    early.release();
    late.release();
    expect(await amount(good)).toBe(20000);
  });

  it('takes out a company that is gone', async () => {
    const { id } = await database.db
      .selectFrom('organisation')
      .select('id')
      .where('external_id', '=', 'other')
      .executeTakeFirstOrThrow();
    const index = new LiveIndex(database.db);
    expect((await index.fresh()).engine.company(id)).not.toBeNull();
    await sql`update organisation set supplier = false where id = ${id}`.execute(database.db);
    await sql`insert into entity_change (kind, id) values ('company', ${id})`.execute(database.db);
    expect((await index.fresh()).engine.company(id)).toBeNull();
  });
});

describe('a lead that is not vetted', () => {
  it('reads no capacity and no year of it in the reasons, as in a profile; a vetted one does', async () => {
    const told = async (standing: 'registered' | 'vetted') => {
      const lead = await organisation(database, {
        name: `${standing} lead`,
        lead: true,
        standing,
        vettedUntil: standing === 'vetted' ? '2027-12-31' : null,
      });
      const { id } = await database.db
        .insertInto('opportunity')
        .values({
          ...{ organisation_id: lead.organisationId, publisher: 'Lead', country: 'TZ', type: 'equipment' },
          ...{ title_en: 'Plant', minerals: ['graphite'], deadline: '2026-12-18T14:00:00Z', status: 'draft' },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await database.db
        .insertInto('requirement')
        .values({
          ...{
            opportunity_id: id,
            external_id: 'q1',
            position: 1,
            must: true,
            kind: 'capability',
            ...graphite,
          },
          ...{ amount: 15000, unit: 't/yr' },
        })
        .execute();
      await database.db.insertInto('entity_change').values({ kind: 'opportunity', id }).execute();
      const ctx = contextOf(database, lead);
      const list = await matchesForOpportunity(ctx, id);
      const [best] = list?.items ?? [];
      const whole = await explainPair(ctx, { opportunity: id, company: best?.id ?? '' });
      const ranking = await rankCompanies(ctx, id, { limit: 5, line: null });
      expect(best?.why.parts.find(({ name }) => name === 'capacity')?.points).toBeGreaterThan(0);
      return JSON.stringify([best?.why, whole, ranking?.companies.map((one) => one.reasons(false))]);
    };
    expect(await told('vetted')).toMatch(/20,000.*\(2026\)/u);
    const kept = await told('registered');
    expect(kept).toContain('15,000');
    expect(kept).not.toContain('20,000');
    expect(kept).not.toMatch(/\(2026\)|of 2026/u);
  });
});

describe('lists for people', () => {
  it('are open to the publisher, the company itself and officials only', async () => {
    const lead = await organisation(database, { name: 'Lead', lead: true });
    const stranger = await organisation(database, { name: 'Stranger' });
    const officer = await official(database);
    const { id } = await database.db
      .updateTable('opportunity')
      .set({ organisation_id: lead.organisationId })
      .where('external_id', '=', 'o-1')
      .returning('id')
      .executeTakeFirstOrThrow();
    await sql`insert into entity_change (kind, id) values ('opportunity', ${id})`.execute(database.db);
    const best = await database.db
      .selectFrom('organisation')
      .select('id')
      .where('external_id', '=', 'best')
      .executeTakeFirstOrThrow();

    const list = await matchesForOpportunity(contextOf(database, lead), id);
    expect(list?.items[0]).toMatchObject({ id: best.id, rank: 1, group: 'strong' });
    expect(list?.items[0]?.why.parts.every(({ sentence }) => sentence.length > 5)).toBe(true);
    expect(await matchesForOpportunity(contextOf(database, officer), id)).not.toBeNull();
    for (const actor of [stranger, VISITOR]) {
      const context = contextOf(database, actor);
      expect(await matchesForOpportunity(context, id)).toBeNull();
      expect(await matchesForCompany(context, best.id)).toBeNull();
      expect(await explainPair(context, { opportunity: id, company: best.id })).toBeNull();
      expect(await matchFunnel(context, id)).toBeNull();
    }
    const own = contextOf(database, { ...stranger, organisationId: best.id });
    expect((await matchesForCompany(own, best.id))?.items[0]?.id).toBe(id);
    expect(await matchCountsForCompany(own, best.id)).toEqual({ strong: 1, near: 0, explore: 0 });
    const steps = await matchFunnel(contextOf(database, lead), id);
    expect(steps?.[0]?.rule).toBe('all');
    expect(steps?.findLast(({ rule }) => rule !== 'quantity')?.left).toBe(3);
  });

  it('count what a draft would leave with other lines, and store nothing by counting', async () => {
    const { id, organisation_id } = await database.db
      .selectFrom('opportunity')
      .select(['id', 'organisation_id'])
      .where('external_id', '=', 'o-1')
      .executeTakeFirstOrThrow();
    const lead = await organisation(database, { name: 'What if', lead: true });
    const asLead = contextOf(database, { ...lead, organisationId: organisation_id ?? '' });
    const count = async (lines: TriedLine[]) => {
      const counts = await whatIf(asLead, id, lines);
      const leftOf = (steps: FunnelStep[] = []) =>
        Object.fromEntries(steps.map(({ rule, requirement, left }) => [requirement ?? rule, [rule, left]]));
      return { saved: leftOf(counts?.saved), tried: leftOf(counts?.tried) };
    };
    const { saved, tried } = await count([]);
    expect(tried).toEqual(saved);
    // The capability line is a gate and, at the end, a quantity that only two companies state in full.
    expect(saved['q1']).toEqual(['quantity', 2]);
    expect(saved['q2']).toEqual(['must-certificate', 3]);
    const looser = await count([{ requirement: 'q2', must: false, amount: null }]);
    expect(looser.saved).toEqual(saved);
    expect(looser.tried['q2']).toBeUndefined();
    expect(looser.tried['q1']).toEqual(['quantity', 3]);
    expect((await count([{ requirement: 'q1', must: true, amount: 20_001 }])).tried['q1']).toEqual([
      'quantity',
      0,
    ]);
    expect(await whatIf(contextOf(database, VISITOR), id, [])).toBeNull();
    expect(await whatIf(contextOf(database, lead), id, [])).toBeNull();
  });

  it('leave out what the organisation said is not relevant, for it alone', async () => {
    const opportunity = await database.db
      .selectFrom('opportunity')
      .select(['id', 'organisation_id'])
      .where('external_id', '=', 'o-1')
      .executeTakeFirstOrThrow();
    const best = await database.db
      .selectFrom('organisation')
      .select('id')
      .where('external_id', '=', 'best')
      .executeTakeFirstOrThrow();
    await database.db
      .insertInto('match_feedback')
      .values({
        organisation_id: best.id,
        opportunity_id: opportunity.id,
        company_id: best.id,
        reason: 'place',
      })
      .execute();
    const stranger = await organisation(database, { name: 'Somebody' });
    const own = contextOf(database, { ...stranger, organisationId: best.id });
    expect((await matchesForCompany(own, best.id))?.items).toEqual([]);
    expect((await matchesForCompany(own, best.id, { withHidden: true }))?.items).toHaveLength(1);
    const officer = contextOf(database, await official(database));
    expect((await matchesForOpportunity(officer, opportunity.id))?.items[0]?.id).toBe(best.id);

    // What is in the same country comes after the rest of that company's own list, its score as it is.
    const { project: _, ...elsewhere } = wanted;
    await take(
      [],
      [
        { ...wanted, id: 'o-2' },
        { ...elsewhere, id: 'o-3', country: 'KE' },
      ],
    );
    const order = async (context: typeof own) =>
      (await matchesForCompany(context, best.id, { withHidden: true }))?.items.map(({ score, later }) => ({
        score,
        later,
      }));
    const [plain, tuned] = [await order(officer), await order(own)];
    expect(plain?.map(({ later }) => later)).toEqual([null, null, null]);
    expect(tuned?.map(({ later }) => later)).toEqual([null, 'place', 'place']);
    expect(tuned?.map(({ score }) => score).toSorted()).toEqual(plain?.map(({ score }) => score).toSorted());
    expect(tuned?.[0]?.score).toBeLessThan(tuned?.[1]?.score ?? 0);
    const filtered = await matchCountsForCompany(own, best.id, { filters: { country: ['KE'] } });
    expect(filtered).toMatchObject({ strong: 1 });
  });
});
