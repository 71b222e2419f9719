import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  capability,
  contextFor,
  identity,
  newBrn,
  newOrganisation,
  NOW,
  OFFICIAL,
  ok,
  publishedCompany,
  REACH,
  VISITOR,
} from '../support/companies.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import type { Actor, Member } from '#lib/domain/account/actor.ts';
import { publishProfile, saveIdentity, saveReach } from '#lib/server/company/commands.ts';
import { possibleDuplicates } from '#lib/server/company/duplicate-queries.ts';
import {
  putCapabilityEntry,
  putCertificationEntry,
  putCountryEntry,
  putReferenceEntry,
  removeEntry,
} from '#lib/server/company/entry-commands.ts';
import { noticeDue, noticeExpiringCertificates } from '#lib/server/company/jobs.ts';
import { companySnapshot } from '#lib/server/company/present.ts';
import { companyCards, companyForViewer, ownProfile } from '#lib/server/company/queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const as = (actor: Actor, now = NOW) => contextFor(database, actor, now);
const organisation = (values = {}) => newOrganisation(database, values);
const published = () => publishedCompany(database);

describe('steps', () => {
  test('are saved one by one and are seen by nobody before publication', async () => {
    const member = await organisation();
    const saved = await ok(saveIdentity(as(member), identity({ brn: '124-81-00998' })));
    expect(saved).toMatchObject({ changed: true, version: 0, hints: ['brn-corporation'], warnings: [] });
    const profile = await ownProfile(as(member));
    expect(profile?.snapshot.identity.brn).toBe('1248100998');
    expect(profile?.savedSteps.identity).toBe(NOW.toISOString());
    expect(await companyForViewer(as(VISITOR), member.organisationId)).toBeNull();
    expect(await companyForViewer(as(OFFICIAL), member.organisationId)).toBeNull();
    expect(await companyForViewer(as(member), member.organisationId)).toMatchObject({
      own: true,
      version: 0,
    });
  });

  test('refuse what is wrong, beside the field, and keep nothing of it', async () => {
    const member = await organisation();
    const before = await companySnapshot(database.db, member.organisationId);
    const outcome = await saveIdentity(
      as(member),
      identity({ brn: '123-45-67890', crn: '130111-0006247', lei: 'X', incorporated_on: '2030-01-01' }),
    );
    expect(outcome).toMatchObject({
      code: 'invalid',
      fields: { brn: 'brn-checksum', lei: 'lei-format', incorporated_on: 'future-date' },
    });
    expect(await companySnapshot(database.db, member.organisationId)).toEqual(before);
  });

  test('take a corporate number of a young company with a warning, of an old one not', async () => {
    const member = await organisation();
    const young = identity({ crn: '130111-0006247', incorporated_on: '2025-02-01' });
    expect(await ok(saveIdentity(as(member), young))).toMatchObject({ warnings: ['crn-checksum'] });
    const old = { ...young, seen: NOW.toISOString(), incorporated_on: '2019-02-01' };
    expect(await saveIdentity(as(member), old)).toMatchObject({ fields: { crn: 'crn-checksum' } });
  });

  test('in two tabs: the second to save is told, and nothing is overwritten', async () => {
    const member = await organisation();
    const [a, b] = await Promise.all([
      saveIdentity(as(member), identity({ employees: 1 })),
      saveIdentity(as(member), identity({ employees: 2 })),
    ]);
    expect([a, b].filter((outcome) => outcome.ok)).toHaveLength(1);
    expect([a, b].find((outcome) => !outcome.ok)).toMatchObject({ code: 'stale' });
  });

  test('saved without a change write nothing to the trail', async () => {
    const member = await organisation();
    const input = identity();
    await ok(saveIdentity(as(member), input));
    const again = await ok(
      saveIdentity(as(member, new Date('2026-11-23T06:00:00Z')), { ...input, seen: NOW.toISOString() }),
    );
    expect(again.changed).toBe(false);
    const entries = await database.db
      .selectFrom('audit_entry')
      .select(['action', 'after'])
      .where('object_id', '=', member.organisationId)
      .execute();
    expect(entries).toMatchObject([
      { action: 'company.identity.saved', after: { 'identity.employees': 80 } },
    ]);
  });
});

describe('the same firm', () => {
  test('a number belongs to one organisation, also when two save it at once', async () => {
    const [one, two] = [await organisation(), await organisation()];
    const brn = newBrn();
    const outcomes = await Promise.all([
      saveIdentity(as(one), identity({ brn })),
      saveIdentity(as(two), identity({ brn })),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({
      code: 'duplicate',
      fields: { brn: 'number-taken' },
    });
  });

  test('is noticed by its name without legal form, which is a question and no refusal', async () => {
    const [one, two] = [await organisation(), await organisation()];
    await ok(saveIdentity(as(one), identity({ name_ko: '주식회사 다솔 여과기술' })));
    const saved = await ok(saveIdentity(as(two), identity({ name_ko: '다솔여과기술㈜' })));
    expect(saved.sameName).toMatchObject([{ id: one.organisationId, signs: ['name'] }]);
    const found = await possibleDuplicates(database.db, { nameKo: '(주)다솔여과기술', nameEn: '' });
    expect(found.map(({ id }) => id).sort()).toEqual([one.organisationId, two.organisationId].sort());
  });
});

describe('entries', () => {
  let member: Member;
  beforeEach(async () => {
    member = await organisation();
  });

  test('the same form sent twice, or at once, makes one', async () => {
    const input = capability();
    await Promise.all([putCapabilityEntry(as(member), input), putCapabilityEntry(as(member), input)]);
    await ok(putCapabilityEntry(as(member), input));
    expect((await ownProfile(as(member)))?.rows.capabilities).toHaveLength(1);
  });

  test('three tabs adding at once lose none', async () => {
    const ids = ['froth-flotation', 'crushing-screening', 'grinding-mills'];
    await Promise.all(ids.map((id) => ok(putCapabilityEntry(as(member), capability({ capability: id })))));
    expect((await ownProfile(as(member)))?.rows.capabilities).toHaveLength(3);
  });

  test('changed by another tab are not overwritten, removed ones not revived', async () => {
    const input = capability();
    await ok(putCapabilityEntry(as(member), input));
    const seen = NOW.toISOString();
    const later = as(member, new Date('2026-11-23T06:00:00Z'));
    await ok(putCapabilityEntry(later, { ...input, mode: 'change', seen, amount: 1 }));
    expect(await putCapabilityEntry(later, { ...input, mode: 'change', seen, amount: 2 })).toMatchObject({
      code: 'stale',
    });
    await ok(removeEntry(later, { kind: 'capability', id: input.token }));
    await ok(removeEntry(later, { kind: 'capability', id: input.token }));
    expect(await putCapabilityEntry(later, { ...input, mode: 'change', seen })).toMatchObject({
      code: 'gone',
    });
    expect((await ownProfile(as(member)))?.rows.capabilities).toEqual([]);
  });

  test('of another company cannot be reached by their id', async () => {
    const other = await organisation();
    const input = capability();
    await ok(putCapabilityEntry(as(other), input));
    await ok(putCapabilityEntry(as(member), { ...input, amount: 1 }));
    await ok(removeEntry(as(member), { kind: 'capability', id: input.token }));
    expect((await ownProfile(as(other)))?.rows.capabilities).toMatchObject([{ amount: 60_000 }]);
    expect(await putCapabilityEntry(as(member), { ...input, mode: 'change' })).toMatchObject({
      code: 'gone',
    });
  });

  test('name only what the reference data knows', async () => {
    const outcome = await putCapabilityEntry(
      as(member),
      capability({ capability: 'magic', minerals: ['unobtainium'], year: 2027 }),
    );
    expect(outcome).toMatchObject({
      code: 'invalid',
      fields: { capability: 'bad-choice', minerals: 'bad-choice', year: 'year-range:1950-2026' },
    });
  });

  test('certificates and references lose their confirmation when they say something else', async () => {
    const certificate = {
      mode: 'add' as const,
      seen: '',
      token: randomUUID(),
      certification: 'iso-9001',
      number: 'A-1',
      scope: '',
      valid_to: '2027-05-31',
      file: '',
    };
    const reference = {
      mode: 'add' as const,
      seen: '',
      token: randomUUID(),
      title: '선광장',
      client: '',
      country: 'TZ',
      minerals: ['graphite'],
      capability: 'froth-flotation',
      year: 2023,
      file: '',
    };
    await ok(putCertificationEntry(as(member), certificate));
    await ok(putReferenceEntry(as(member), reference));
    await database.db
      .updateTable('company_certification')
      .set({ verified: true })
      .where('id', '=', certificate.token)
      .execute();
    await database.db
      .updateTable('company_reference')
      .set({ confirmed: true })
      .where('id', '=', reference.token)
      .execute();
    const seen = NOW.toISOString();
    await ok(putCertificationEntry(as(member), { ...certificate, mode: 'change', seen, scope: '' }));
    await ok(putReferenceEntry(as(member), { ...reference, mode: 'change', seen }));
    expect((await ownProfile(as(member)))?.rows).toMatchObject({
      certifications: [{ verified: true }],
      references: [{ confirmed: true }],
    });
    await ok(
      putCertificationEntry(as(member), { ...certificate, mode: 'change', seen, valid_to: '2029-05-31' }),
    );
    await ok(putReferenceEntry(as(member), { ...reference, mode: 'change', seen, year: 2024 }));
    expect((await ownProfile(as(member)))?.rows).toMatchObject({
      certifications: [{ verified: false }],
      references: [{ confirmed: false }],
    });
  });

  test('country experience has one line a country and kind', async () => {
    const line = { token: randomUUID(), country: 'TZ', kind: 'export' as const, since: 2019 };
    await ok(putCountryEntry(as(member), line));
    await ok(putCountryEntry(as(member), { ...line, token: randomUUID(), since: 2021 }));
    expect((await ownProfile(as(member)))?.rows.countries).toMatchObject([{ country: 'TZ', since: 2021 }]);
  });
});

describe('publication', () => {
  test('validates everything and happens once', async () => {
    const member = await organisation();
    expect(await publishProfile(as(member), {})).toMatchObject({ code: 'incomplete' });
    await ok(saveIdentity(as(member), identity({ brn: newBrn() })));
    await ok(putCapabilityEntry(as(member), capability()));
    await ok(saveReach(as(member), REACH));
    const both = await Promise.all([ok(publishProfile(as(member), {})), ok(publishProfile(as(member), {}))]);
    expect(both.filter((value) => value.first)).toHaveLength(1);
    expect(await companyForViewer(as(VISITOR), member.organisationId)).toMatchObject({
      version: 1,
      own: false,
    });
  });

  test('keeps a version of each later change, and says what changed since vetting', async () => {
    const member = await published();
    await database.db
      .updateTable('organisation')
      .set({ standing: 'vetted', vetted_until: '2027-12-31', vetted_version: 1 })
      .where('id', '=', member.organisationId)
      .execute();
    await ok(putCapabilityEntry(as(member), capability({ capability: 'graphite-flake-plant' })));
    await ok(saveReach(as(member), { ...REACH, seen: NOW.toISOString(), languages: ['ko', 'en', 'fr'] }));
    const versions = await database.db
      .selectFrom('company_version')
      .select('version')
      .where('organisation_id', '=', member.organisationId)
      .orderBy('version')
      .execute();
    expect(versions.map((row) => row.version)).toEqual([1, 2, 3]);
    expect(await companyForViewer(as(OFFICIAL), member.organisationId)).toMatchObject({
      changedSinceVetting: true,
    });
    expect(await companyForViewer(as(VISITOR), member.organisationId)).toMatchObject({
      changedSinceVetting: false,
    });
  });

  test('does not let go of what it required', async () => {
    const member = await published();
    const entry = (await ownProfile(as(member)))?.rows.capabilities[0];
    expect(await removeEntry(as(member), { kind: 'capability', id: entry?.id ?? '' })).toMatchObject({
      code: 'required-once-published',
    });
    expect((await ownProfile(as(member)))?.rows.capabilities).toHaveLength(1);
  });
});

describe('readers', () => {
  test('see capacities, numbers and files by who they are', async () => {
    const member = await published();
    const lead = await organisation({ supplier: false, lead: true, vettedUntil: '2027-01-01' });
    const unvetted = await organisation({ supplier: false, lead: true });
    const competitor = await organisation();
    const see = async (actor: Actor) => await companyForViewer(as(actor), member.organisationId);
    for (const actor of [VISITOR, competitor, unvetted]) {
      const view = await see(actor);
      expect(view).toMatchObject({ numbers: null, seesCapacity: false });
      expect(view?.capabilities).toMatchObject([{ quantity: null, year: null }]);
    }
    for (const actor of [lead, OFFICIAL, member]) {
      const view = await see(actor);
      expect(view?.capabilities).toMatchObject([{ quantity: { amount: 60_000, unit: 't/yr' }, year: 2026 }]);
      expect(view?.numbers?.brn).toMatch(/^\d{10}$/);
    }
  });

  test('of a company that keeps its name back: only vetted leads, and not its name', async () => {
    const member = await published();
    await ok(saveReach(as(member), { ...REACH, seen: NOW.toISOString(), pseudonymous: true }));
    const lead = await organisation({ supplier: false, lead: true, vettedUntil: '2027-01-01' });
    expect(await companyForViewer(as(VISITOR), member.organisationId)).toBeNull();
    expect(await companyCards(as(VISITOR), [member.organisationId])).toEqual([]);
    const view = await companyForViewer(as(lead), member.organisationId);
    expect(view).toMatchObject({
      masked: true,
      name: { ko: '', en: '' },
      website: '',
      numbers: null,
      references: [],
    });
    expect(await companyCards(as(lead), [member.organisationId])).toMatchObject([
      { masked: true, name: { ko: '', en: '' } },
    ]);
  });

  test('of a suspended company: officials and itself', async () => {
    const member = await published();
    await database.db
      .updateTable('organisation')
      .set({ standing: 'suspended' })
      .where('id', '=', member.organisationId)
      .execute();
    expect(await companyForViewer(as(VISITOR), member.organisationId)).toBeNull();
    expect(await companyForViewer(as(OFFICIAL), member.organisationId)).toMatchObject({
      standing: 'suspended',
    });
    expect(await companyForViewer(as(member), member.organisationId)).toMatchObject({ own: true });
    expect(await companyForViewer(as(VISITOR), 'no-uuid')).toBeNull();
  });
});

describe('certificates that run out', () => {
  test.each([
    [61, null],
    [60, 60],
    [31, 60],
    [30, 30],
    [8, 30],
    [7, 7],
    [1, 7],
    [0, 0],
    [-1, null],
  ])('%i days before: notice of %s', (left, due) => {
    expect(noticeDue(left)).toBe(due);
  });

  test('are told of, each stage under its own key', async () => {
    const member = await organisation();
    const token = randomUUID();
    await ok(
      putCertificationEntry(as(member), {
        mode: 'add',
        seen: '',
        token,
        certification: 'iso-9001',
        number: '',
        scope: '',
        valid_to: '2026-12-10',
        file: '',
      }),
    );
    const system = as({ kind: 'system', name: 'test' });
    await noticeExpiringCertificates(system);
    await noticeExpiringCertificates(system);
    const jobs = await database.pool.query<{ key: string }>(
      `select key from graphile_worker.jobs where key like 'notice.deliver:certificate-expiring:${token}%'`,
    );
    expect(jobs.rows.map((row) => row.key)).toEqual([
      `notice.deliver:certificate-expiring:${token}:2026-12-10:30`,
    ]);
  });
});
