import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { colleague, contextOf, noticesOf, NOW, official, organisation } from '../support/trade.ts';
import { VISITOR, type Actor, type Member, type Official } from '#lib/domain/account/actor.ts';
import { answerAppeal, openAppeal, withdrawAppeal } from '#lib/server/match/appeal-commands.ts';
import {
  appealFor,
  appealsForOfficials,
  conflictInAppeal,
  ownAppeals,
  questionable,
} from '#lib/server/match/appeal-queries.ts';
import { workedExample } from '#lib/server/match/example-queries.ts';
import { countExposure, exposure } from '#lib/server/match/exposure-queries.ts';
import { matchHealth } from '#lib/server/match/health-queries.ts';
import { explainPair, matchCountsForCompany, matchesForCompany } from '#lib/server/match/queries.ts';
import { systemContext } from '#lib/server/platform/context.ts';

let database: TestDatabase;
let lead: Member;
let company: Member;
let stranger: Member;
let officer: Official;
let opportunity: string;

const as = (actor: Actor) => contextOf(database, actor);
const system = () => systemContext(database.db, 'test', () => NOW);

async function holds(member: Member, capability: string): Promise<void> {
  await database.db
    .insertInto('company_capability')
    .values({ organisation_id: member.organisationId, capability, minerals: ['graphite'] })
    .execute();
  await database.db
    .insertInto('entity_change')
    .values({ kind: 'company', id: member.organisationId })
    .execute();
}

interface Standing {
  visibility?: 'public' | 'vetted' | 'invited';
  draft?: boolean;
}

async function notice(
  title: string,
  capability: string,
  { visibility = 'public', draft = false }: Standing = {},
): Promise<string> {
  const { id } = await database.db
    .insertInto('opportunity')
    .values({
      organisation_id: lead.organisationId,
      type: 'epc',
      country: 'TZ',
      minerals: ['graphite'],
      title_ko: title,
      title_en: title,
      publisher: 'Lead',
      deadline: new Date('2026-12-31T15:00:00Z'),
      deadline_zone: 'Asia/Seoul',
      visibility,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('requirement')
    .values({ opportunity_id: id, position: 1, must: true, kind: 'capability', capability })
    .execute();
  if (!draft)
    await database.db
      .updateTable('opportunity')
      .set({ status: 'published', published_at: NOW, frozen_at: NOW })
      .where('id', '=', id)
      .execute();
  await database.db.insertInto('entity_change').values({ kind: 'opportunity', id }).execute();
  return id;
}

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Lead', lead: true });
  company = await organisation(database, { name: 'Flotation' });
  stranger = await organisation(database, { name: 'Stranger' });
  officer = await official(database);
  await holds(company, 'froth-flotation');
  opportunity = await notice('Flotation wanted', 'froth-flotation');
});
afterAll(() => database.drop());

const objection = (statement = 'The capacity is read in the wrong unit.') => ({
  opportunity,
  company: company.organisationId,
  statement,
});

describe('an objection to a match', () => {
  it('is open to the two sides of the pair only, one at a time', async () => {
    for (const actor of [
      stranger,
      { ...stranger, organisationId: lead.organisationId, role: 'viewer' } as Member,
    ])
      expect(await openAppeal(as(actor), objection())).toMatchObject({ ok: false });
    expect(await openAppeal(as(VISITOR), objection())).toMatchObject({ code: 'not-found' });
    expect(await openAppeal(as(company), { ...objection(), opportunity: 'no-id' })).toMatchObject({
      code: 'not-found',
    });
    const both = await Promise.all([1, 2].map(() => openAppeal(as(company), objection())));
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'already' });
    expect(await openAppeal(as(lead), objection())).toMatchObject({ ok: true });
  });

  it('tells a publisher nothing of a company that does not show itself', async () => {
    const hidden = await organisation(database, { name: 'Unpublished' });
    await holds(hidden, 'froth-flotation');
    const own = hidden.organisationId;
    await database.db
      .updateTable('company')
      .set({ published_at: null })
      .where('organisation_id', '=', own)
      .execute();
    await database.db.insertInto('entity_change').values({ kind: 'company', id: own }).execute();
    const pair = { ...objection(), company: own };
    expect(await questionable(as(lead), pair)).toBeNull();
    expect(await openAppeal(as(lead), pair)).toMatchObject({ code: 'not-found' });
    expect(await questionable(as(hidden), pair)).not.toBeNull();
  });

  it('keeps what was seen, tells officials, and is read by its own side and officials only', async () => {
    const [line] = await ownAppeals(as(company));
    expect(line).toMatchObject({ status: 'open', by: 'company', due: '2026-12-07' });
    const id = line?.id ?? '';
    const view = await appealFor(as(company), id);
    expect(view?.reckoning.parts.length).toBeGreaterThan(0);
    expect(view?.statement).toBe(objection().statement);
    // Each reads it in their own language.
    const korean = await appealFor({ ...as(officer), lang: 'ko' }, id);
    expect(korean?.reckoning.parts[0]?.sentence).toMatch(/[가-힣]/u);
    expect(view?.reckoning.parts[0]?.sentence).not.toMatch(/[가-힣]/u);
    expect([view?.reckoningLang, korean?.reckoningLang]).toEqual(['en', 'ko']);
    const points = (one: typeof view) => one?.reckoning.parts.map((part) => [part.name, part.points]);
    expect(points(korean)).toEqual(points(view));
    expect((await noticesOf(database, 'appeal-opened')).map((event) => event['path'])).toContain(
      `/ministry/matching/appeals/${id}`,
    );
    expect(await appealFor(as(officer), id)).not.toBeNull();
    for (const actor of [stranger, lead, VISITOR]) expect(await appealFor(as(actor), id)).toBeNull();
    expect(await appealsForOfficials(as(company), { open: true, limit: 9, offset: 0 })).toEqual({
      items: [],
      total: 0,
    });
  });

  it('is answered once, with a reason, by an official who belongs to neither side', async () => {
    const [line] = await ownAppeals(as(company));
    const answer = { id: line?.id ?? '', outcome: 'data' as const, answer: 'The unit is corrected.' };
    const insider = await official(database);
    await database.db
      .insertInto('membership')
      .values({ organisation_id: lead.organisationId, account_id: insider.accountId, role: 'viewer' })
      .execute();
    expect(await conflictInAppeal(as(insider), answer.id)).toBe(true);
    expect(await conflictInAppeal(as(await official(database)), answer.id)).toBe(false);
    expect(await answerAppeal(as(insider), answer)).toMatchObject({ code: 'conflict-of-interest' });
    expect(await answerAppeal(as(company), answer)).toMatchObject({ code: 'forbidden' });
    const both = await Promise.all([1, 2].map(() => answerAppeal(as(officer), answer)));
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await appealFor(as(company), answer.id)).toMatchObject({ status: 'data', answer: answer.answer });
    expect(await noticesOf(database, 'appeal-answered')).toMatchObject([
      { to: { organisationId: company.organisationId }, path: `/account/appeals/${answer.id}` },
    ]);
    // One of the time when only the writer's words were kept is shown in those.
    const kept = (await appealFor(as(company), answer.id))?.reckoning;
    await sql`update match_appeal set reckoning = ${JSON.stringify(kept)}::jsonb where id = ${answer.id}`.execute(
      database.db,
    );
    expect(await appealFor({ ...as(officer), lang: 'ko' }, answer.id)).toMatchObject({
      reckoning: kept,
      reckoningLang: 'en',
    });
    // Answered, so that a new one can be raised; and taken back by a colleague.
    const again = await openAppeal(as(company), objection('Still wrong.'));
    expect(again).toMatchObject({ ok: true });
    const id = again.ok ? again.value.id : '';
    expect(await withdrawAppeal(as(lead), { id })).toMatchObject({ code: 'not-found' });
    expect(await withdrawAppeal(as(await colleague(database, company)), { id })).toMatchObject({ ok: true });
    expect(await withdrawAppeal(as(company), { id })).toMatchObject({ code: 'wrong-state' });
    expect(await withdrawAppeal(as(lead), { id })).toMatchObject({ code: 'not-found' });
    expect((await appealsForOfficials(as(officer), { open: true, limit: 9, offset: 0 })).total).toBe(1);
    expect((await appealsForOfficials(as(officer), { open: false, limit: 9, offset: 0 })).total).toBe(2);
  });
});

describe('open rules', () => {
  it('reckon the worked example with what is in use: parts add up to the score', async () => {
    const why = await workedExample(as(VISITOR));
    expect(why.gates.every(({ passed }) => passed)).toBe(true);
    expect(why.parts.reduce((sum, { points }) => sum + points, 0)).toBe(why.score);
    expect(why.raise.length).toBeGreaterThan(0);
  });
});

describe('exposure statistics', () => {
  it('count places shown and strong matches by kind, again on the same day', async () => {
    expect(await exposure(as(VISITOR))).toBeNull();
    const firms = await Promise.all(
      Array.from({ length: 12 }, (_, i) => organisation(database, { name: `Firm ${i}` })),
    );
    for (const firm of firms) await holds(firm, 'froth-flotation');
    await countExposure(system());
    await countExposure(system());
    const counted = await exposure(as(VISITOR));
    expect(counted?.day).toBe('2026-11-23');
    const sizes = counted?.dimensions.find(({ dimension }) => dimension === 'size')?.kinds ?? [];
    // All are small firms; of the thirteen that hold it, ten places are shown.
    expect(sizes).toMatchObject([{ value: 'sme', shown: 10, shareShown: 1 }]);
  });
});

describe('the health of matching', () => {
  it('names what shuts everyone out, and what nobody has or asks for', async () => {
    const empty = await notice('Nobody has this', 'airborne-geophysics');
    await database.db
      .insertInto('match_list')
      .values({
        opportunity_id: empty,
        model: 'test',
        data_version: 1,
        day: '2026-11-23',
        considered: 5,
        excluded: 5,
        entry_units: -1,
      })
      .execute();
    await holds(stranger, 'core-drilling');
    const health = await matchHealth(as(officer));
    expect(health).toMatchObject({ open: 2, waiting: 1 });
    expect(health.unmatched.items).toMatchObject([
      { id: empty, emptied: { rule: 'must-capability', asked: { en: 'Airborne geophysics' } } },
    ]);
    expect(health.unmatched.items[0]?.emptied?.before).toBeGreaterThan(10);
    expect(health.unheld.items).toMatchObject([{ id: 'airborne-geophysics', count: 1 }]);
    expect(health.unasked.items).toMatchObject([{ id: 'core-drilling', count: 1 }]);
    // Open is what is open at the time of the request.
    const later = await matchHealth(contextOf(database, officer, new Date('2027-01-01T00:00:00Z')));
    expect(later).toMatchObject({ open: 0, waiting: 0, unmatched: { total: 0 }, unheld: { total: 0 } });
  });
});

describe('what a company may not know of', () => {
  it('is neither explained, nor open to objection, nor counted among the near ones', async () => {
    const newcomer = await organisation(database, { name: 'Newcomer', standing: 'registered' });
    await holds(newcomer, 'dewatering-filters');
    const own = as(newcomer);
    const id = newcomer.organisationId;
    const kept = [
      await notice('Draft', 'dewatering-filters', { draft: true }),
      await notice('By invitation', 'dewatering-filters', { visibility: 'invited' }),
      // Vetting is the only gate shut, as it is of a near match.
      await notice('For vetted companies', 'dewatering-filters', { visibility: 'vetted' }),
    ];
    for (const one of kept) {
      expect(await explainPair(own, { opportunity: one, company: id })).toBeNull();
      expect(await openAppeal(own, { opportunity: one, company: id, statement: 'Why?' })).toMatchObject({
        code: 'not-found',
      });
      expect(await explainPair(as(lead), { opportunity: one, company: id })).not.toBeNull();
    }
    expect(await matchCountsForCompany(own, id)).toEqual({ strong: 0, near: 0, explore: 0 });
    expect(await matchesForCompany(own, id, { group: 'near' })).toMatchObject({ total: 0, items: [] });
    const open = await notice('For all', 'dewatering-filters');
    expect(await explainPair(own, { opportunity: open, company: id })).not.toBeNull();
    expect((await matchesForCompany(own, id))?.items).toMatchObject([{ id: open }]);
  });
});
