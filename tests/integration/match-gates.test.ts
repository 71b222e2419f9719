import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { firm, stale, teamNotice, teamOf } from '../support/teams.ts';
import { contextOf, NOW, noticesOf, official, organisation } from '../support/trade.ts';
import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';
import { reachForm, type ReachInput } from '#lib/domain/company/profile.ts';
import type { GateRule } from '#lib/domain/match/gates.ts';
import { requirementForm, termsForm } from '#lib/domain/opportunity/draft.ts';
import { whyProps } from '#lib/components/panels/explained.ts';
import { saveReach } from '#lib/server/company/commands.ts';
import { companyForViewer, ownProfile } from '#lib/server/company/queries.ts';
import { teamForCompany } from '#lib/server/engagement/team-queries.ts';
import { explainPair, matchesForCompany, matchesForOpportunity } from '#lib/server/match/queries.ts';
import { publishOpportunity, submitOpportunity } from '#lib/server/opportunity/commands.ts';
import { saveBasics, saveRequirement, saveTerms } from '#lib/server/opportunity/draft-commands.ts';
import { opportunityForViewer } from '#lib/server/opportunity/queries.ts';
import { decideScreening } from '#lib/server/vetting/screening-commands.ts';

/** Every gate through the database: who is shut out is in no list, and reads on its own page why and what opens it. */

let database: TestDatabase;
let lead: Member;
let ministry: Official;
let serial = 0;

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Mahenge', lead: true });
  ministry = await official(database);
});
afterAll(() => database.drop());

const as = (actor: Actor) => contextOf(database, actor, NOW);

const LINE = {
  kind: 'capability',
  level: 'must',
  weight: '1',
  capability: 'dewatering-filters',
} as const;
type Line = Record<string, string | string[]>;

interface Wanted {
  lines?: readonly Line[];
  terms?: Record<string, string>;
  by?: Member;
}

/** A notice from its draft to its publication. */
async function notice({ lines = [LINE], terms = {}, by = lead }: Wanted = {}): Promise<string> {
  serial += 1;
  const form = {
    ...{ seen: '', project: '', country: 'TZ', place: '', type: 'epc' as const, minerals: ['graphite'] },
    ...{ title_ko: `여과 설비 ${serial}`, title_en: `Filters ${serial}`, summary_ko: '', summary_en: '' },
  };
  const { id } = await ok(saveBasics(as(by), { id: null, form }));
  for (const line of lines)
    await ok(saveRequirement(as(by), { id, line: null, form: requirementForm.parse(line) }));
  await ok(
    saveTerms(as(by), {
      id,
      form: termsForm.parse({
        deadline: '2027-03-01T18:00',
        deadline_zone: 'Africa/Dar_es_Salaam',
        visibility: 'public',
        ...terms,
      }),
    }),
  );
  await ok(submitOpportunity(as(by), { id }));
  await ok(publishOpportunity(as(ministry), { id }));
  return id;
}

const company = () =>
  firm(database, `회사 ${(serial += 1)}`, { capabilities: ['dewatering-filters'], consent: null });

async function change(member: Member, set: Record<string, unknown>): Promise<void> {
  await database.db.updateTable('organisation').set(set).where('id', '=', member.organisationId).execute();
  await stale(database, 'company', member.organisationId);
}

async function certificate(
  member: Member,
  set: { valid_to?: string; verified?: boolean } = {},
): Promise<void> {
  await database.db
    .insertInto('company_certification')
    .values({
      organisation_id: member.organisationId,
      certification: 'iso-14001',
      valid_to: '2028-12-31',
      ...set,
    })
    .execute();
  await stale(database, 'company', member.organisationId);
}

const reach = (input: Partial<Record<string, string | string[]>>): ReachInput =>
  reachForm.parse({ languages: ['en'], ...input });

async function exclude(member: Member, input: Partial<Record<string, string | string[]>>): Promise<void> {
  const seen = (await ownProfile(as(member)))?.savedSteps.reach ?? '';
  await ok(saveReach(as(member), reach({ seen, ...input })));
}

async function listed(member: Member, opportunity: string): Promise<boolean> {
  const own = await matchesForCompany(as(member), member.organisationId, { limit: 200 });
  const theirs = await matchesForOpportunity(as(lead), opportunity, { limit: 200 });
  const [mine, others] = [
    own?.items.some(({ id }) => id === opportunity) ?? false,
    theirs?.items.some(({ id }) => id === member.organisationId) ?? false,
  ];
  return theirs === null ? mine : mine || others;
}

async function screen(member: Member, outcome: 'confirmed' | 'cleared') {
  const { id } = await database.db
    .insertInto('vetting_case')
    .values({
      ...{ organisation_id: member.organisationId, kind: 'renewal', status: 'reviewing', snapshot: '{}' },
      ...{ snapshot_version: 1, rules_version: 'test', due_at: NOW },
    })
    .onConflict((c) =>
      c
        .columns(['organisation_id'])
        .where('status', 'not in', ['decided', 'withdrawn'])
        .doUpdateSet({ snapshot_version: 1 }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  const input = { caseId: id, outcome, list: 'UN 1267, entry 7', reason: 'Same director.' };
  return decideScreening(as(ministry), input);
}

interface Case {
  rule: GateRule;
  source: string | null;
  /** Where the company's own page sends it; null: nothing it can do. */
  opens: string | null;
  wanted?: Wanted;
  shut(member: Member): Promise<unknown>;
}

const must = (line: Line): Line[] => [LINE, { level: 'must', weight: '1', ...line }];
const nothing = () => Promise.resolve();

const CASES: Case[] = [
  {
    ...{ rule: 'not-suspended', source: 'status', opens: '/company/vetting' },
    shut: (member) => change(member, { standing: 'suspended' }),
  },
  {
    ...{ rule: 'not-screened', source: 'screening', opens: '/company/vetting' },
    shut: (member) => screen(member, 'confirmed'),
  },
  {
    ...{ rule: 'vetted', source: 'status', opens: '/company/vetting' },
    wanted: { terms: { requires_vetted: 'on' } },
    // valid today, not on the day of the deadline
    shut: (member) => change(member, { vetted_until: '2027-02-28' }),
  },
  {
    ...{ rule: 'visibility', source: 'invitation', opens: null },
    wanted: { terms: { visibility: 'invited' } },
    shut: nothing,
  },
  {
    ...{ rule: 'eligible-country', source: 'country', opens: null },
    wanted: { terms: { eligible_framework: 'forge' } },
    shut: (member) => change(member, { country: 'TZ' }),
  },
  {
    ...{ rule: 'company-exclusion', source: 'excludes', opens: '/company/profile/reach#unwanted' },
    shut: (member) => exclude(member, { excluded_countries: ['TZ', 'CD'] }),
  },
  {
    ...{ rule: 'must-size', source: null, opens: '/company/profile/identity#size' },
    wanted: { lines: must({ kind: 'min_size', min_size: 'large' }) },
    shut: nothing,
  },
  {
    ...{ rule: 'must-investment', source: null, opens: '/company/profile/reach#can_invest' },
    wanted: { lines: must({ kind: 'can_invest' }) },
    shut: nothing,
  },
  {
    ...{ rule: 'must-certificate', source: null, opens: '/company/profile/evidence#certification' },
    wanted: { lines: must({ kind: 'certifications_any', certifications: ['iso-14001'] }) },
    shut: (member) => certificate(member, { valid_to: '2027-02-28' }),
  },
  {
    ...{ rule: 'must-country', source: null, opens: '/company/profile/reach#countries' },
    wanted: { lines: must({ kind: 'country_experience', countries: ['TZ'] }) },
    shut: nothing,
  },
  {
    ...{ rule: 'must-language', source: null, opens: '/company/profile/reach#languages' },
    wanted: { lines: must({ kind: 'language', language: 'fr' }) },
    shut: nothing,
  },
  {
    ...{ rule: 'must-capability', source: null, opens: '/company/profile/capabilities' },
    wanted: { lines: must({ kind: 'capability', capability: 'shaft-sinking' }) },
    shut: nothing,
  },
];

describe('the gate', () => {
  it.each(CASES)('$rule keeps a company out of every list, and says so on its own page', async (one) => {
    const member = await company();
    const opportunity = await notice(one.wanted);
    await one.shut(member);
    const own = { opportunity, company: member.organisationId };
    for (const group of [undefined, 'strong', 'explore'] as const) {
      const found = await matchesForCompany(as(member), member.organisationId, {
        limit: 200,
        ...(group === undefined ? {} : { group }),
      });
      expect(found?.items.some(({ id }) => id === opportunity)).toBe(false);
    }
    // whoever is not invited yet may still be invited
    const theirs = await matchesForOpportunity(as(lead), opportunity, { limit: 200 });
    const seen = theirs?.items.some(({ id }) => id === member.organisationId);
    expect(seen).toBe(one.rule === 'visibility');
    for (const lang of ['ko', 'en'] as const) {
      const why = await explainPair({ ...as(member), lang }, own);
      // of a notice by invitation others do not even learn that there is one
      if (one.rule === 'visibility') {
        expect(why).toBeNull();
        continue;
      }
      const failed = why?.gates.filter(({ passed }) => !passed) ?? [];
      expect(failed.map(({ rule }) => rule)).toEqual([one.rule]);
      expect(failed[0]?.sentence).toMatch(lang === 'ko' ? /[가-힣].*\.$/u : /^[A-Z].*\.$/u);
      expect(failed[0]?.source?.id ?? null).toBe(one.source);
      if (why === null) throw new Error('nothing explained');
      const gate = whyProps(lang, why, { kind: 'company' }).gates.find(({ passed }) => !passed);
      expect(gate?.href ?? null).toBe(
        one.opens === null ? null : `${lang === 'en' ? '/en' : ''}${one.opens}`,
      );
    }
  });

  it('own-opportunity keeps a publisher from its own notice', async () => {
    const both = await firm(database, '가온', { capabilities: ['dewatering-filters'], consent: null });
    await change(both, { lead: true });
    const opportunity = await notice({ by: { ...both, lead: true } });
    expect(await listed(both, opportunity)).toBe(false);
    expect(await listed(await company(), opportunity)).toBe(true);
  });

  it('published opens with the first publication', async () => {
    const member = await company();
    const opportunity = await notice();
    const set = async (published_at: Date | null) => {
      await database.db
        .updateTable('company')
        .set({ published_at })
        .where('organisation_id', '=', member.organisationId)
        .execute();
      await stale(database, 'company', member.organisationId);
    };
    await set(null);
    expect(await listed(member, opportunity)).toBe(false);
    const why = await explainPair(as(member), { opportunity, company: member.organisationId });
    expect(why?.raise[0]).toMatchObject({ opens: true, field: { step: 'review' } });
    await set(NOW);
    expect(await listed(member, opportunity)).toBe(true);
  });
});

describe('what a company does not want', () => {
  it('shuts out by country, type and smallest value, and opens when taken back', async () => {
    const member = await company();
    const small = await notice({ terms: { estimated_value_usd: '500,000' } });
    const unknown = await notice();
    await exclude(member, { minimum_value_usd: '1,000,000' });
    expect([await listed(member, small), await listed(member, unknown)]).toEqual([false, true]);
    const why = await explainPair(as(member), { opportunity: small, company: member.organisationId });
    expect(why?.gates.find(({ passed }) => !passed)?.sentence).toContain('US$1,000,000');
    expect(why?.raise[0]).toMatchObject({ opens: true, field: { step: 'reach', key: 'unwanted' } });
    await exclude(member, { minimum_value_usd: '500000' });
    expect(await listed(member, small)).toBe(true);
    await exclude(member, { excluded_types: ['epc'] });
    expect([await listed(member, small), await listed(member, unknown)]).toEqual([false, false]);
    await exclude(member, {});
    expect([await listed(member, small), await listed(member, unknown)]).toEqual([true, true]);
  });

  it('is nobody else’s business', async () => {
    const member = await company();
    const [shut, open] = [await notice(), await notice({ terms: { estimated_value_usd: '2000000' } })];
    await exclude(member, { excluded_countries: ['CD'], minimum_value_usd: '1234567' });
    await exclude(member, { excluded_countries: ['TZ'], minimum_value_usd: '1234567' });
    for (const opportunity of [shut, open]) {
      const why = await explainPair(as(lead), { opportunity, company: member.organisationId });
      expect(JSON.stringify(why)).not.toMatch(/exclu|unwanted|1,?234,?567|wants?\b/i);
    }
    for (const reader of [lead, ministry, member] as Actor[])
      expect(JSON.stringify(await companyForViewer(as(reader), member.organisationId))).not.toContain(
        '1234567',
      );
    const own = await ownProfile(as(member));
    expect(own?.snapshot.reach).toMatchObject({ excludedCountries: ['TZ'], minimumValueUsd: 1_234_567 });
    const audit = await database.db
      .selectFrom('audit_entry')
      .select('after')
      .where('object_id', '=', member.organisationId)
      .where('action', '=', 'company.reach.saved')
      .execute();
    expect(JSON.stringify(audit)).toContain('reach.excludedCountries');
  });

  it('is validated beside the field', async () => {
    const member = await company();
    expect(reachForm.safeParse({ minimum_value_usd: '0' }).error?.issues[0]?.path).toEqual([
      'minimum_value_usd',
    ]);
    expect(reachForm.safeParse({ excluded_types: ['anything'] }).error?.issues[0]?.path[0]).toBe(
      'excluded_types',
    );
    const seen = (await ownProfile(as(member)))?.savedSteps.reach ?? '';
    const outcome = await saveReach(as(member), reach({ seen, excluded_countries: ['XX'] }));
    expect(outcome).toMatchObject({ ok: false, fields: { excluded_countries: 'bad-choice' } });
  });
});

describe('a framework', () => {
  it('is named with its rule, and its members are frozen at publication', async () => {
    const member = await company();
    const opportunity = await notice({ terms: { eligible_framework: 'forge' } });
    const why = await explainPair(as(member), { opportunity, company: member.organisationId });
    const gate = why?.gates.find(({ rule }) => rule === 'eligible-country');
    expect(gate?.passed).toBe(true);
    expect(gate?.sentence).toMatch(/member countries of .*FORGE.*Korea.* on 1 Mar 2027/);
    const view = await opportunityForViewer(as(member), opportunity);
    expect(view?.eligibility).toMatchObject({ framework: { id: 'forge' }, day: '2027-03-01' });
    await database.db
      .deleteFrom('framework_member')
      .where('framework_id', '=', 'forge')
      .where('country', '=', 'KR')
      .execute();
    await stale(database, 'opportunity', opportunity);
    expect(await listed(member, opportunity)).toBe(true);
    const thaw = database.db
      .updateTable('opportunity')
      .set({ estimated_value_usd: 5 })
      .where('id', '=', opportunity)
      .execute();
    await expect(thaw).rejects.toThrow('frozen');
  });

  it('without members on the day of the deadline is refused', async () => {
    const { id } = await ok(
      saveBasics(as(lead), {
        id: null,
        form: {
          ...{ seen: '', project: '', country: 'TZ', place: '', type: 'epc', minerals: [] },
          ...{ title_ko: '공고', title_en: '', summary_ko: '', summary_en: '' },
        },
      }),
    );
    const form = termsForm.parse({
      ...{ deadline: '2027-03-01T18:00', deadline_zone: 'Asia/Seoul', visibility: 'public' },
      eligible_framework: 'msp',
    });
    expect(await saveTerms(as(lead), { id, form })).toMatchObject({
      ...{ ok: false, code: 'invalid', fields: { eligible_framework: 'no-members' } },
    });
  });
});

describe('a certificate', () => {
  it('counts only when confirmed where the line asks for it', async () => {
    const lines = must({ kind: 'certifications_any', certifications: ['iso-14001'], verified_only: 'on' });
    const [loose, strict] = [
      await notice({ lines: must({ kind: 'certifications_any', certifications: ['iso-14001'] }) }),
      await notice({ lines }),
    ];
    const [claimed, confirmed] = [await company(), await company()];
    await certificate(claimed, { verified: false });
    await certificate(confirmed, { verified: true });
    expect([await listed(claimed, loose), await listed(claimed, strict)]).toEqual([true, false]);
    expect(await listed(confirmed, strict)).toBe(true);
    const why = await explainPair(as(claimed), { opportunity: strict, company: claimed.organisationId });
    expect(why?.gates.find(({ passed }) => !passed)?.sentence).toMatch(/has not been checked/);
    expect(why?.raise[0]).toMatchObject({ opens: true });
  });
});

describe('a hit on a restricted list', () => {
  it('is confirmed and cleared with a reason, at once, by somebody who does not belong to the company', async () => {
    const member = await company();
    const opportunity = await notice();
    expect(await listed(member, opportunity)).toBe(true);
    await ok(screen(member, 'confirmed'));
    expect(await listed(member, opportunity)).toBe(false);
    expect(await codeOf(screen(member, 'confirmed'))).toBe('not-allowed');
    const told = await noticesOf(database, 'screening-decided');
    expect(told.at(-1)).toMatchObject({
      ...{ to: { organisationId: member.organisationId }, data: { outcome: 'confirmed' } },
    });
    await ok(screen(member, 'cleared'));
    expect(await listed(member, opportunity)).toBe(true);
    const audit = await database.db
      .selectFrom('audit_entry')
      .select('after')
      .where('action', '=', 'vetting.screen')
      .execute();
    expect(JSON.stringify(audit)).toContain('Same director.');
    await database.db
      .insertInto('membership')
      .values({ organisation_id: member.organisationId, account_id: ministry.accountId, role: 'viewer' })
      .execute();
    expect(await codeOf(screen(member, 'confirmed'))).toBe('conflict-of-interest');
    expect(
      await codeOf(
        decideScreening(as(lead), { caseId: opportunity, outcome: 'cleared', list: 'x', reason: 'x' }),
      ),
    ).toBe('forbidden');
    await expect(database.db.deleteFrom('screening').execute()).rejects.toThrow();
  });

  it('takes the company out of teams in the same moment', async () => {
    const [leader, digger] = [
      await firm(database, '하늘', { capabilities: ['dewatering-filters'], certifications: ['iso-14001'] }),
      await firm(database, '호수', { capabilities: ['shaft-sinking', 'assay-lab'] }),
    ];
    const team = await teamOf(database, await teamNotice(database, lead), leader, [digger]);
    await ok(screen(digger, 'confirmed'));
    const view = await teamForCompany(as(leader), team);
    expect(view?.members.map(({ state }) => state)).toEqual(['accepted', 'dropped']);
  });
});
