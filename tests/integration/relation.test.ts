import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, noticesOf, official, organisation } from '../support/trade.ts';
import { VISITOR, type Member } from '#lib/domain/account/actor.ts';
import { capabilityKeyOf } from '#lib/domain/amendment/rows.ts';
import { amendmentById, waitingAmendments } from '#lib/server/amendment/queries.ts';
import { matchesForOpportunity } from '#lib/server/match/queries.ts';
import {
  confirmRelation,
  proposeRelation,
  proposeRelationUndo,
  readRelationChange,
  returnRelation,
  withdrawRelation,
  type RelationChange,
} from '#lib/server/match/relation-commands.ts';
import { previewRelation } from '#lib/server/match/relation-preview.ts';
import { relationsInEffect } from '#lib/server/match/relations-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** Relations that two officials change, and what it does to matching. */

let database: TestDatabase;
let first: Context;
let second: Context;
let miner: Member;
let opportunity: string;

const ASKED = 'graphite-flake-plant';
const HELD = 'esia';
const related: RelationChange = {
  subject: 'capability',
  key: null,
  after: {
    from: ASKED,
    to: HELD,
    degree: 0.4,
    symmetric: false,
    reasonKo: '시험에서만 쓰는 관계입니다.',
    reasonEn: 'A relation of the test only.',
  },
  source: '전문가 회의 2026-11',
  note: '두 일을 함께 하는 회사가 많습니다.',
};
const scoreOf = async () => {
  const list = await matchesForOpportunity(first, opportunity);
  return list?.items.find(({ id }) => id === miner.organisationId)?.score ?? null;
};
const rowsOf = async (change: RelationChange) => {
  const read = await readRelationChange(database.db, change);
  if (read === null || 'fields' in read) throw new Error('refused');
  return read.rows;
};

beforeAll(async () => {
  database = await createDatabase();
  first = contextOf(database, await official(database));
  second = contextOf(database, await official(database, 'mofa'));
  miner = await organisation(database, { name: 'Related' });
  const lead = await organisation(database, { name: 'Lead', lead: true });
  await database.db
    .insertInto('company_capability')
    .values({ organisation_id: miner.organisationId, external_id: 'k1', capability: HELD, minerals: [] })
    .execute();
  const row = await database.db
    .insertInto('opportunity')
    .values({
      ...{ organisation_id: lead.organisationId, publisher: 'Lead', status: 'draft', type: 'equipment' },
      ...{ title_en: 'Flake plant', country: 'TZ', minerals: ['graphite'], published_at: NOW },
      ...{ deadline: new Date('2027-01-31T00:00:00Z'), visibility: 'public' },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  opportunity = row.id;
  await database.db
    .insertInto('requirement')
    .values({
      ...{ opportunity_id: opportunity, external_id: 'q1', position: 1, must: true, weight: 2 },
      ...{ kind: 'capability', capability: ASKED, minerals: [] },
    })
    .execute();
  await database.db
    .updateTable('opportunity')
    .set({ status: 'published', published_at: NOW, frozen_at: NOW })
    .where('id', '=', opportunity)
    .execute();
});

afterAll(async () => {
  await database.drop();
});

describe('a proposal', () => {
  it('is for officials', async () => {
    for (const actor of [VISITOR, miner]) {
      const ctx = contextOf(database, actor);
      expect(await codeOf(proposeRelation(ctx, related))).toBe('forbidden');
      expect(await codeOf(confirmRelation(ctx, 1))).toBe('forbidden');
      expect(await codeOf(returnRelation(ctx, { id: 1, note: 'x' }))).toBe('forbidden');
      expect(await previewRelation(ctx, await rowsOf(related))).toBeNull();
      expect(await waitingAmendments(ctx, ['capability'])).toEqual([]);
    }
  });

  it.each([
    [{ to: ASKED }, { to: 'relation-self' }],
    [{ to: 'no-such' }, { to: 'bad-choice' }],
    [{ degree: 0 }, { degree: 'relation-degree' }],
    [{ degree: 1.2 }, { degree: 'relation-degree' }],
    [{ from: 'geo-mapping', to: 'geochem-survey' }, { to: 'relation-duplicate' }],
    [{ from: 'geochem-survey', to: 'geo-mapping' }, { to: 'relation-reverse' }],
  ])('is refused with %j', async (changes, fields) => {
    const change = { ...related, after: { ...related.after, ...changes } } as RelationChange;
    expect(await proposeRelation(first, change)).toEqual({ ok: false, code: 'invalid', fields });
  });

  it('shows what it would change and changes nothing yet', async () => {
    expect(await scoreOf()).toBeNull();
    const preview = await previewRelation(first, await rowsOf(related));
    expect(preview).toMatchObject({ asked: 1, gained: 1, lost: 0, raised: 0, lowered: 0 });
    expect(preview?.greatest).toMatchObject([
      {
        company: { id: miner.organisationId, en: 'Related Co.' },
        opportunity: { id: opportunity },
        before: null,
      },
    ]);
    const { id } = await ok(proposeRelation(first, related));
    expect(await scoreOf()).toBeNull();
    expect((await waitingAmendments(second, ['capability'])).map((one) => one.id)).toEqual([id]);
    expect(await noticesOf(database, 'relation-proposed')).toHaveLength(1);
    await ok(withdrawRelation(first, id));
    expect(await codeOf(confirmRelation(second, id))).toBe('decided');
  });

  it('takes effect when another agrees, in the next list, and is undone in the same way', async () => {
    const preview = await previewRelation(first, await rowsOf(related));
    const { id } = await ok(proposeRelation(first, related));
    expect(await codeOf(confirmRelation(first, id))).toBe('same-person');
    expect(await codeOf(withdrawRelation(second, id))).toBe('not-yours');
    await ok(confirmRelation(second, id));
    const score = await scoreOf();
    expect(score).toBeGreaterThan(0);
    expect(score).toBe(preview?.greatest[0]?.after);
    expect((await amendmentById(first, id))?.decision).toBe('confirmed');
    const undo = await ok(proposeRelationUndo(second, { id, note: '근거가 약합니다.' }));
    expect(await codeOf(proposeRelationUndo(first, { id, note: '또' }))).toBe('undone');
    expect(await scoreOf()).toBe(score);
    await ok(confirmRelation(first, undo.id));
    expect(await scoreOf()).toBeNull();
  });

  it('is returned with a note, and then decided for good', async () => {
    const { id } = await ok(proposeRelation(first, related));
    await ok(returnRelation(second, { id, note: '근거를 적어 주십시오.' }));
    expect(await codeOf(confirmRelation(second, id))).toBe('decided');
    expect(await amendmentById(first, id)).toMatchObject({
      decision: 'returned',
      returnNote: '근거를 적어 주십시오.',
    });
    expect((await noticesOf(database, 'relation-decided')).at(-1)).toMatchObject({
      data: { outcome: 'returned' },
    });
  });

  it('that started from what is no more does not take effect', async () => {
    const { capabilities } = await relationsInEffect(database.db);
    const [held] = capabilities;
    if (held === undefined) throw new Error('no relations');
    const key = capabilityKeyOf(held);
    const lower = (degree: number): RelationChange =>
      ({ ...related, key, after: { ...held, degree } }) as RelationChange;
    const one = await ok(proposeRelation(first, lower(0.11)));
    const other = await ok(proposeRelation(first, lower(0.22)));
    await ok(confirmRelation(second, other.id));
    expect(await codeOf(confirmRelation(second, one.id))).toBe('changed-meanwhile');
    const now = (await relationsInEffect(database.db)).capabilities;
    expect(now[0]).toEqual({ ...held, degree: 0.22 });
    expect(now).toHaveLength(capabilities.length);
  });

  it('is not agreed to by the same person in the database either', async () => {
    const { id } = await ok(proposeRelation(first, related));
    const actor = first.actor.kind === 'official' ? first.actor.accountId : '';
    await expect(
      database.db
        .updateTable('amendment')
        .set({ decision: 'confirmed', decided_by: actor, decided_at: NOW, effect: 999 })
        .where('id', '=', id)
        .execute(),
    ).rejects.toThrow(/amendment_two_people/);
  });
});
