import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, jobs, NOW, official, organisation } from '../support/trade.ts';
import { VISITOR, type Actor, type Member, type Official } from '#lib/domain/account/actor.ts';
import { modelForm, weightsOf, type ModelInput } from '#lib/domain/match/model-form.ts';
import { MODEL } from '#lib/domain/match/model.ts';
import { ruleFile } from '#lib/server/insight/rule-file-queries.ts';
import { workedExample } from '#lib/server/match/example-queries.ts';
import { modelById, modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { makeModel, switchModel } from '#lib/server/match/model-commands.ts';
import { matchModels, modelDrift } from '#lib/server/match/model-queries.ts';

let database: TestDatabase;
let maker: Official;
let other: Official;

const as = (actor: Actor) => contextOf(database, actor);
const input = (changes: Record<string, string> = {}): ModelInput =>
  modelForm.parse({
    ...Object.fromEntries(Object.entries(weightsOf(MODEL)).map(([field, value]) => [field, String(value)])),
    note: 'Experience of the country counts more.',
    ...changes,
  });

beforeAll(async () => {
  database = await createDatabase();
  maker = await official(database);
  other = await official(database, 'mofa');
});
afterAll(() => database.drop());

describe('models of matching', () => {
  it('are made by officials only, numbered, and change nothing until switched on', async () => {
    const company = await organisation(database, { name: 'Company' });
    const form = input({ lines_country: '4' });
    expect(await makeModel(as(company), { base: MODEL.id, form })).toMatchObject({ code: 'forbidden' });
    expect(await makeModel(as(maker), { base: 'none', form })).toMatchObject({ code: 'not-found' });
    const both = await Promise.all([1, 2].map(() => makeModel(as(maker), { base: MODEL.id, form })));
    expect(both.map((one) => one.ok && one.value.id).toSorted()).toEqual(['2026-11.1', '2026-11.2']);
    expect((await modelInEffect(database.db)).id).toBe(MODEL.id);
    expect(await modelById(database.db, '2026-11.1')).toEqual({
      ...MODEL,
      id: '2026-11.1',
      lines: { ...MODEL.lines, country: 4 },
    });
  });

  it('are switched on first by a colleague, with what was in use seen, and in effect at once', async () => {
    const before = await workedExample(as(VISITOR));
    expect(before.model).toBe(MODEL.id);
    const wanted = { model: '2026-11.1', seen: MODEL.id, reason: 'Agreed at the meeting.' };
    expect(await switchModel(as(maker), wanted)).toMatchObject({ code: 'second-person' });
    expect(await switchModel(as(other), { ...wanted, seen: 'older' })).toMatchObject({ code: 'stale' });
    expect(await switchModel(as(other), { ...wanted, model: 'none' })).toMatchObject({ code: 'not-found' });
    expect(await switchModel(as(other), { ...wanted, model: MODEL.id })).toMatchObject({
      code: 'wrong-state',
    });
    const both = await Promise.all([1, 2].map(() => switchModel(as(other), wanted)));
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await jobs(database, 'match.update')).toHaveLength(1);
    const after = await workedExample(as(VISITOR));
    expect(after.model).toBe('2026-11.1');
    expect(after.score).not.toBe(before.score);
    const file = await ruleFile(as(VISITOR), 'matching-model.json');
    expect(JSON.parse(file?.body ?? '{}')).toMatchObject({ id: '2026-11.1', lines: { country: 4 } });
  });

  it('are switched back by one official, also by the maker once it was in use', async () => {
    const back = { model: MODEL.id, seen: '2026-11.1', reason: 'Back to the model before' };
    expect(await switchModel(as(maker), back)).toMatchObject({ ok: true });
    expect((await workedExample(as(VISITOR))).model).toBe(MODEL.id);
    const again = { model: '2026-11.1', seen: MODEL.id, reason: 'It was right.' };
    expect(await switchModel(as(maker), again)).toMatchObject({ ok: true });
    expect(await switchModel(as(maker), back)).toMatchObject({ ok: true });
    const models = await matchModels(as(maker));
    expect(models.inUse).toBe(MODEL.id);
    expect(models.switches.map(({ model }) => model)).toEqual([MODEL.id, '2026-11.1', MODEL.id, '2026-11.1']);
    expect(models.models.map(({ id, own, proven }) => [id, own, proven])).toEqual([
      ['2026-11.2', true, false],
      ['2026-11.1', true, true],
      [MODEL.id, false, true],
    ]);
    const changes = await ruleFile(as(VISITOR), 'model_changes.json');
    expect(JSON.parse(changes?.body ?? '[]')).toHaveLength(4);
    expect(changes?.body).not.toContain('Official');
  });

  it('cannot be rewritten or deleted', async () => {
    for (const table of ['match_model', 'match_model_switch'] as const)
      await expect(database.db.deleteFrom(table).execute()).rejects.toThrow();
    await expect(
      database.db.updateTable('match_model').set({ base: 'other' }).where('id', '=', '2026-11.1').execute(),
    ).rejects.toThrow();
    await expect(
      database.db.updateTable('match_model_switch').set({ reason: 'other' }).execute(),
    ).rejects.toThrow();
  });
});

describe('the drift between two models', () => {
  it('is none against the model itself, and names who moves how far under another', async () => {
    const lead = await organisation(database, { name: 'Lead', lead: true });
    const able = await firm('Able', { evidence: 'audited', countries: [] });
    const near = await firm('Near', { evidence: 'claimed', countries: ['TZ'] });
    const notice = await noticeFor(lead);
    const same = await modelDrift(as(other), MODEL);
    expect(same).toMatchObject({ notices: 1, same: 1, overlap: 1, otherFirst: 0, moves: [] });
    const form = input({ context_country: '20' });
    const made = await makeModel(as(maker), { base: MODEL.id, form });
    const model = await modelById(database.db, made.ok ? made.value.id : '');
    const drift = await modelDrift(as(other), model ?? MODEL);
    expect(drift).toMatchObject({ notices: 1, same: 0, overlap: 1, otherFirst: 1 });
    const places = drift.moves.map(({ opportunity, company, before, after }) => [
      opportunity.id,
      company.id,
      before,
      after,
    ]);
    expect(places).toHaveLength(2);
    expect(places).toContainEqual([notice, able, 1, 2]);
    expect(places).toContainEqual([notice, near, 2, 1]);
  });
});

async function firm(
  name: string,
  { evidence, countries }: { evidence: 'audited' | 'claimed'; countries: string[] },
): Promise<string> {
  const { organisationId: id } = await organisation(database, { name });
  await database.db
    .insertInto('company_capability')
    .values({ organisation_id: id, capability: 'froth-flotation', minerals: ['graphite'], evidence })
    .execute();
  for (const country of countries)
    await database.db
      .insertInto('company_country')
      .values({ organisation_id: id, country, kind: 'project' })
      .execute();
  await database.db.insertInto('entity_change').values({ kind: 'company', id }).execute();
  return id;
}

async function noticeFor(lead: Member): Promise<string> {
  const { id } = await database.db
    .insertInto('opportunity')
    .values({
      organisation_id: lead.organisationId,
      type: 'epc',
      country: 'TZ',
      minerals: ['graphite'],
      title_ko: '부유선별 설비',
      title_en: 'Flotation plant',
      publisher: 'Lead',
      deadline: new Date('2026-12-31T15:00:00Z'),
      deadline_zone: 'Asia/Seoul',
      visibility: 'public',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const line = { position: 1, must: true, kind: 'capability', capability: 'froth-flotation' } as const;
  await database.db
    .insertInto('requirement')
    .values({ opportunity_id: id, ...line })
    .execute();
  await database.db
    .updateTable('opportunity')
    .set({ status: 'published', published_at: NOW, frozen_at: NOW })
    .where('id', '=', id)
    .execute();
  await database.db.insertInto('entity_change').values({ kind: 'opportunity', id }).execute();
  return id;
}
