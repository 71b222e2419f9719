import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { code, firm, must, stale, teamNotice } from '../support/teams.ts';
import { contextOf, NOW, official, organisation } from '../support/trade.ts';
import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';
import { apiMatches } from '#lib/server/match/api-queries.ts';
import { answerMatch, matchQuestion } from '#lib/server/match/batch.ts';
import { matchesForCompany, matchesForOpportunity, matchFunnel } from '#lib/server/match/queries.ts';
import { rankCompanies } from '#lib/server/match/ranking-queries.ts';
import { partnersForCompany, teamsForOpportunity } from '#lib/server/match/team-queries.ts';
import { whatIf } from '#lib/server/match/what-if-queries.ts';
import { inviteCompany } from '#lib/server/opportunity/lead-commands.ts';
import { systemContext } from '#lib/server/platform/context.ts';

/** What is in no list is in no count either, and cannot be reached by its id. */

let database: TestDatabase;
let lead: Member;
let ministry: Official;
let known: Member;
let unknown: Record<'screened' | 'suspended' | 'unpublished', Member>;

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Mahenge', lead: true });
  ministry = await official(database);
  known = await company('가온');
  unknown = {
    screened: await company('나래'),
    suspended: await company('다온'),
    unpublished: await company('라온'),
  };
  await set(unknown.screened, { screened: true });
  await set(unknown.suspended, { standing: 'suspended' });
  await database.db
    .updateTable('company')
    .set({ published_at: null })
    .where('organisation_id', '=', unknown.unpublished.organisationId)
    .execute();
  await stale(database, 'company', unknown.unpublished.organisationId);
});
afterAll(() => database.drop());

const as = (actor: Actor) => contextOf(database, actor);
const company = (name: string) =>
  firm(database, name, { capabilities: ['dewatering-filters'], consent: null });

async function set(member: Member, values: { screened?: boolean; standing?: 'suspended' }): Promise<void> {
  await database.db.updateTable('organisation').set(values).where('id', '=', member.organisationId).execute();
  await stale(database, 'company', member.organisationId);
}

/** A published notice whose one must line every company here meets. */
async function notice(visibility: 'public' | 'vetted' | 'invited', by: Member = lead): Promise<string> {
  const { id } = await database.db
    .insertInto('opportunity')
    .values({
      ...{ organisation_id: by.organisationId, publisher: 'Lead', country: 'TZ', type: 'epc', visibility },
      ...{ title_ko: '여과 설비', title_en: 'Filters', minerals: ['graphite'], team_max: 3 },
      ...{ deadline: '2027-12-18T14:00:00Z', status: 'draft' },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('requirement')
    .values({
      ...{ opportunity_id: id, external_id: 'q1', position: 1, must: true, kind: 'capability' },
      ...{ capability: 'dewatering-filters', minerals: [] },
    })
    .execute();
  await database.db
    .updateTable('opportunity')
    .set({ status: 'published', published_at: NOW, frozen_at: NOW })
    .where('id', '=', id)
    .execute();
  await stale(database, 'opportunity', id);
  return id;
}

describe('what a publisher is counted', () => {
  it('are companies that show themselves, on the page, in the interface for programs and before publication', async () => {
    const id = await notice('public');
    const counts = { considered: 1, excluded: 0 };
    expect(await rankCompanies(as(lead), id, { limit: 10, line: null })).toMatchObject(counts);
    expect(await matchesForOpportunity(as(lead), id)).toMatchObject({ ...counts, total: 1 });
    expect(await apiMatches(as(lead), 'opportunity', id, 10)).toMatchObject(counts);
    expect(await teamsForOpportunity(as(lead), id, 3)).toMatchObject({ considered: 1 });
    const steps = await matchFunnel(as(lead), id);
    expect(steps?.[0]).toEqual({ rule: 'all', requirement: null, left: 1 });
    const tried = await whatIf(as(lead), id, []);
    for (const funnel of [steps, tried?.saved, tried?.tried])
      expect(funnel?.map(({ rule }) => rule)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(not-suspended|not-screened|published)$/)]),
      );
    // the portal itself counts everybody
    const whole = await answerMatch(
      systemContext(database.db, 'test', () => NOW),
      matchQuestion.parse({ id: 'm', opportunity: id }),
    );
    expect(whole).toMatchObject({ ok: true, answer: { considered: 4, excluded: 3 } });
  });
});

describe('a publisher whose vetting ran out', () => {
  it('neither reads nor is counted companies that keep their name back', async () => {
    const id = await notice('public');
    const kept = await firm(database, '숨비', {
      ...{ capabilities: ['dewatering-filters'], consent: null, pseudonymous: true },
    });
    const late: Member = { ...lead, vettedUntil: '2026-11-22' };
    for (const [actor, considered] of [
      [lead, 2],
      [late, 1],
    ] as const) {
      const counts = { considered, excluded: 0 };
      expect(await rankCompanies(as(actor), id, { limit: 10, line: null })).toMatchObject(counts);
      const answer = await apiMatches(as(actor), 'opportunity', id, 10);
      expect([answer?.considered, answer?.items.length]).toEqual([considered, considered]);
      expect(await matchesForOpportunity(as(actor), id)).toMatchObject({ ...counts, total: considered });
      expect(await teamsForOpportunity(as(actor), id, 3)).toMatchObject({ considered, alone: considered });
      expect((await matchFunnel(as(actor), id))?.map(({ left }) => left)).not.toContain(3 - considered);
    }
    await database.db
      .updateTable('company')
      .set({ published_at: null })
      .where('organisation_id', '=', kept.organisationId)
      .execute();
    await stale(database, 'company', kept.organisationId);
  });
});

describe('what a company is counted', () => {
  it('are notices that it knows of', async () => {
    const newcomer = await organisation(database, {
      ...{ name: 'Newcomer', standing: 'registered', vettedUntil: null },
    });
    const own = newcomer.organisationId;
    await stale(database, 'company', own);
    const counted = async () => {
      const list = await matchesForCompany(as(newcomer), own);
      const answer = await apiMatches(as(newcomer), 'company', own, 10);
      expect(answer).toMatchObject({ considered: list?.considered, excluded: list?.excluded });
      return [list?.considered ?? 0, list?.excluded ?? 0];
    };
    const [considered = 0, excluded = 0] = await counted();
    const secret = await notice('invited');
    await notice('vetted');
    expect(await counted()).toEqual([considered, excluded]);
    await notice('public');
    expect(await counted()).toEqual([considered + 1, excluded + 1]);
    await must(inviteCompany(as(lead), { opportunity: secret, company: own, reason: 'It is near.' }));
    expect(await counted()).toEqual([considered + 2, excluded + 2]);
  });
});

describe('a notice by invitation', () => {
  it('is answered to its publisher with whom it could invite, on the page and to programs alike', async () => {
    const id = await notice('invited');
    const page = await matchesForOpportunity(as(lead), id);
    expect(page?.items.map((one) => one.id)).toEqual([known.organisationId]);
    for (const actor of [lead, ministry]) {
      const answer = await apiMatches(as(actor), 'opportunity', id, 10);
      expect(answer?.items.map(({ rank, score, gates }) => ({ rank, score, gates }))).toEqual(
        page?.items.map(({ rank, score }) => ({ rank, score, gates: [] })),
      );
    }
    // in a batch of the portal only those take part that are invited
    const whole = await answerMatch(
      systemContext(database.db, 'test', () => NOW),
      matchQuestion.parse({ id: 'm', opportunity: id }),
    );
    expect(whole).toMatchObject({ ok: true, answer: { items: [] } });
  });

  it('invites nobody that is in no list, and answers as for nobody at all', async () => {
    const both = await firm(database, '마루', { capabilities: ['dewatering-filters'], consent: null });
    await database.db
      .updateTable('organisation')
      .set({ lead: true })
      .where('id', '=', both.organisationId)
      .execute();
    const own: Member = { ...both, lead: true };
    const invite = async (by: Member, organisationId: string) =>
      code(
        inviteCompany(as(by), {
          ...{ opportunity: await notice('invited', by), company: organisationId, reason: 'It fits.' },
        }),
      );
    expect(await invite(lead, '00000000-0000-4000-8000-000000000000')).toBe('not-found');
    expect(await invite(lead, unknown.unpublished.organisationId)).toBe('not-found');
    expect(await invite(lead, unknown.screened.organisationId)).toBe('not-found');
    expect(await invite(lead, unknown.suspended.organisationId)).toBe('not-found');
    expect(await invite(own, own.organisationId)).toBe('not-found');
    expect(await invite(lead, known.organisationId)).toBe('done');
  });
});

describe('partners', () => {
  it('are proposed for no notice that the company may not know of', async () => {
    const id = await teamNotice(database, lead);
    const filters = await company('바다');
    const digger = await firm(database, '사슴', {
      ...{ capabilities: ['shaft-sinking', 'assay-lab'], certifications: ['iso-14001'] },
    });
    const ask = () =>
      partnersForCompany(as(filters), filters.organisationId, id, 3, () =>
        Promise.resolve(new Set([digger.organisationId])),
      );
    expect(await ask()).toMatchObject({ total: 1 });
    await database.db.updateTable('opportunity').set({ status: 'withdrawn' }).where('id', '=', id).execute();
    // the index has not heard of it
    expect(await ask()).toBeNull();
  });
});
