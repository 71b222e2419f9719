import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { colleague, contextOf, noticesOf, NOW, official, organisation } from '../support/trade.ts';
import { VISITOR, type Member, type Official } from '#lib/domain/account/actor.ts';
import { basicsForm, requirementForm, termsForm } from '#lib/domain/opportunity/draft.ts';
import { lineVersionOf } from '#lib/domain/opportunity/line-version.ts';
import {
  addAddendum,
  closeOpportunity,
  publishOpportunity,
  returnOpportunity,
  submitOpportunity,
  takeBackOpportunity,
  withdrawOpportunity,
} from '#lib/server/opportunity/commands.ts';
import {
  applyTries,
  moveRequirement,
  removeRequirement,
  saveBasics,
  saveRequirement,
  saveTerms,
} from '#lib/server/opportunity/draft-commands.ts';
import { sayNotRelevant, sayRelevantAgain } from '#lib/server/opportunity/feedback-commands.ts';
import { supplierPage } from '#lib/server/opportunity/supplier-pages.ts';
import { suppliersFor } from '#lib/server/opportunity/supplier-queries.ts';
import { interestForm } from '#lib/domain/engagement/form.ts';
import { supplierQuery } from '#lib/domain/opportunity/suppliers.ts';
import { sendInterest } from '#lib/server/engagement/commands.ts';
import { matchFunnel } from '#lib/server/match/queries.ts';
import { closeDue } from '#lib/server/opportunity/jobs.ts';
import {
  addToShortlist,
  inviteCompany,
  noteOnShortlist,
  removeFromShortlist,
} from '#lib/server/opportunity/lead-commands.ts';
import {
  ownOpportunities,
  ownOpportunity,
  ownRequirements,
  publicationQueue,
} from '#lib/server/opportunity/lead-queries.ts';
import {
  closingSoonest,
  opportunitiesOfMineral,
  opportunitiesOfProject,
  opportunityCounts,
  opportunityForViewer,
  openCountsByMineral,
} from '#lib/server/opportunity/queries.ts';
import { shortlistForLead, shortlists } from '#lib/server/opportunity/shortlist-queries.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import type { Context } from '#lib/server/platform/context.ts';

let database: TestDatabase;
let lead: Member;
let otherLead: Member;
let unvettedLead: Member;
let vetted: Member;
let registered: Member;
let officer: Official;

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Lead', lead: true });
  otherLead = await organisation(database, { name: 'Other lead', lead: true });
  unvettedLead = await organisation(database, {
    name: 'New lead',
    lead: true,
    standing: 'registered',
    vettedUntil: null,
  });
  vetted = await organisation(database, { name: 'Vetted' });
  registered = await organisation(database, {
    name: 'Registered',
    standing: 'registered',
    vettedUntil: null,
  });
  officer = await official(database);
});
afterAll(() => database.drop());

const as = (actor: Context['actor'], now = NOW) => contextOf(database, actor, now);

const basics = basicsForm.parse({
  type: 'equipment',
  project: 'mahenge',
  minerals: ['graphite'],
  title_ko: '탈수 건조 설비',
  title_en: 'Filtration plant',
});
const capability = requirementForm.parse({
  kind: 'capability',
  level: 'must',
  weight: '2',
  capability: 'graphite-flake-plant',
  minerals: ['graphite'],
  amount: '60,000',
  unit: 't/yr',
});
const language = requirementForm.parse({ kind: 'language', level: 'should', language: 'en' });
const certificate = requirementForm.parse({
  kind: 'certifications_any',
  level: 'must',
  certifications: ['iso-14001'],
});
const terms = (extra: Record<string, string> = {}) =>
  termsForm.parse({
    deadline: '2026-12-18T17:00',
    deadline_zone: 'Africa/Dar_es_Salaam',
    visibility: 'public',
    finance: ['edcf'],
    ...extra,
  });

async function drafted(by: Member = lead, extra: Record<string, string> = {}): Promise<string> {
  const made = await saveBasics(as(by), { id: null, form: basics });
  if (!made.ok) throw new Error(made.code);
  const { id } = made.value;
  for (const form of [capability, language])
    expect(await saveRequirement(as(by), { id, line: null, form })).toMatchObject({ ok: true });
  expect(await saveTerms(as(by), { id, form: terms(extra) })).toMatchObject({ ok: true });
  return id;
}

async function published(by: Member = lead, extra: Record<string, string> = {}): Promise<string> {
  const id = await drafted(by, extra);
  expect(await submitOpportunity(as(by), { id })).toMatchObject({ ok: true });
  expect(await publishOpportunity(as(officer), { id })).toMatchObject({ ok: true });
  return id;
}

describe('a draft', () => {
  it('takes its country and clock from the project, and is seen by its own organisation only', async () => {
    const id = await drafted();
    const view = await opportunityForViewer(as(lead), id);
    expect(view).toMatchObject({
      phase: 'draft',
      country: { id: 'TZ' },
      deadline: '2026-12-18T14:00:00.000Z',
      quantity: { amount: 60000, unit: 't/yr' },
      sourcedProject: { id: 'mahenge', confidence: 'verified' },
    });
    expect(view?.requirements.map((line) => line.kind)).toEqual(['capability', 'language']);
    expect(Object.keys(view?.savedSteps ?? {}).sort()).toEqual(['basics', 'requirements', 'terms']);
    for (const actor of [VISITOR, otherLead, vetted, officer])
      expect(await opportunityForViewer(as(actor), id)).toBeNull();
    expect(await opportunityForViewer(as(await colleague(database, lead)), id)).not.toBeNull();
  });

  it('is changed by its own organisation only, and never over a colleague', async () => {
    const id = await drafted();
    expect(await saveBasics(as(otherLead), { id, form: basics })).toMatchObject({ code: 'not-found' });
    expect(await saveBasics(as(vetted), { id, form: basics })).toMatchObject({ code: 'forbidden' });
    const seen = (await opportunityForViewer(as(lead), id))?.updatedAt ?? '';
    const later = new Date(NOW.getTime() + 1000);
    expect(await saveTerms(as(lead, later), { id, form: terms({ seen }) })).toMatchObject({ ok: true });
    expect(await saveBasics(as(lead), { id, form: { ...basics, seen } })).toMatchObject({ code: 'stale' });
  });

  it('keeps its lines in order when they move and go', async () => {
    const id = await drafted();
    await saveRequirement(as(lead), { id, line: null, form: certificate });
    const kinds = async () =>
      (await opportunityForViewer(as(lead), id))?.requirements.map((line) => line.kind);
    const lines = (await opportunityForViewer(as(lead), id))?.requirements ?? [];
    const ids = lines.map((line) => line.id);
    const seen = lines.map(lineVersionOf);
    await moveRequirement(as(lead), { id, line: ids[2] ?? '', by: -1 });
    expect(await kinds()).toEqual(['capability', 'certifications_any', 'language']);
    await moveRequirement(as(lead), { id, line: ids[0] ?? '', by: -1 });
    await removeRequirement(as(lead), { id, line: ids[0] ?? '', seen: seen[0] ?? '' });
    await removeRequirement(as(lead), { id, line: ids[0] ?? '', seen: seen[0] ?? '' });
    expect(await kinds()).toEqual(['certifications_any', 'language']);
    const must = { ...language, level: 'must', seen: seen[1] ?? '' } as const;
    await saveRequirement(as(lead), { id, line: ids[1] ?? '', form: must });
    expect((await opportunityForViewer(as(lead), id))?.requirements[1]).toMatchObject({
      must: true,
      position: 2,
    });
    expect(await saveRequirement(as(lead), { id, line: ids[0] ?? '', form: language })).toMatchObject({
      code: 'line-removed',
    });
  });

  it('never loses a colleague’s change of a line unseen', async () => {
    const id = await drafted();
    const lines = async () => (await opportunityForViewer(as(lead), id))?.requirements ?? [];
    const [first, second] = await lines();
    if (!first || !second) throw new Error('No lines');
    const change = (form: typeof language, seen: string) =>
      saveRequirement(as(lead), { id, line: second.id, form: { ...form, seen } });
    const seen = lineVersionOf(second);
    // Two people opened the same line; a third one another line.
    expect(await change({ ...language, level: 'must' }, seen)).toMatchObject({ ok: true });
    for (const known of [seen, ''])
      expect(await change({ ...language, weight: 5 }, known)).toMatchObject({ code: 'line-changed' });
    expect(await removeRequirement(as(lead), { id, line: second.id, seen })).toMatchObject({
      code: 'line-changed',
    });
    expect((await lines())[1]).toMatchObject({ must: true, weight: 1 });
    const other = { ...capability, amount: 9, seen: lineVersionOf(first) };
    expect(await saveRequirement(as(lead), { id, line: first.id, form: other })).toMatchObject({ ok: true });
    // Who has looked may save over it.
    const now = (await lines())[1];
    if (!now) throw new Error('No line');
    expect(await change({ ...language, weight: 5 }, lineVersionOf(now))).toMatchObject({ ok: true });
    expect((await lines())[1]).toMatchObject({ must: false, weight: 5 });
  });

  it('takes over what was tried on the what-if page, all lines or none, and not over a colleague', async () => {
    const id = await drafted();
    const view = async () => {
      const found = await opportunityForViewer(as(lead), id);
      if (found === null) throw new Error('No draft');
      return found;
    };
    const { updatedAt: seen, requirements } = await view();
    const [first, second] = requirements;
    const tries = [
      { line: first?.id ?? '', must: false, amount: 5_000 },
      { line: second?.id ?? '', must: true, amount: 7 },
    ];
    const unknown = [...tries, { line: '0190a000-0000-7000-8000-000000000000', must: true, amount: null }];
    expect(await applyTries(as(lead), { id, seen, tries: unknown })).toMatchObject({ code: 'stale' });
    expect((await view()).requirements).toEqual(requirements);
    expect(await applyTries(as(otherLead), { id, seen, tries })).toMatchObject({ code: 'not-found' });
    expect(await applyTries(as(lead), { id, seen, tries })).toMatchObject({ ok: true });
    const after = (await view()).requirements;
    expect(after[0]).toMatchObject({ must: false, quantity: { amount: 5_000 } });
    // A line without a quantity gets none.
    expect(after[1]).toMatchObject({ must: true, quantity: null });
    await database.db
      .updateTable('opportunity')
      .set({ updated_at: new Date(NOW.getTime() + 1000) })
      .where('id', '=', id)
      .execute();
    expect(await applyTries(as(lead), { id, seen, tries })).toMatchObject({ code: 'stale' });
  });

  it('tells matching of each change to its lines', async () => {
    const id = await drafted();
    const before = await matchFunnel(as(lead), id);
    const line = (await opportunityForViewer(as(lead), id))?.requirements[1];
    if (!line) throw new Error('No line');
    const form = { ...language, level: 'must', seen: lineVersionOf(line) } as const;
    await saveRequirement(as(lead), { id, line: line.id, form });
    const after = await matchFunnel(as(lead), id);
    expect(before?.some(({ rule }) => rule === 'must-language')).toBe(false);
    expect(after?.some(({ rule }) => rule === 'must-language')).toBe(true);
  });

  it('refuses what the reference data does not know', async () => {
    const id = await drafted();
    const wrong = { ...capability, capability: 'alchemy' };
    expect(await saveRequirement(as(lead), { id, line: null, form: wrong })).toMatchObject({
      code: 'invalid',
      fields: { capability: 'bad-choice' },
    });
    expect(
      await saveBasics(as(lead), { id: null, form: { ...basics, minerals: ['gold-leaf'] } }),
    ).toMatchObject({
      code: 'invalid',
    });
    expect(await saveTerms(as(lead), { id, form: terms({ deadline: '2026-11-23T05:59' }) })).toMatchObject({
      fields: { deadline: 'past-date' },
    });
  });

  it('says what is missing before it can be handed in', async () => {
    const made = await saveBasics(as(lead), { id: null, form: basics });
    if (!made.ok) throw new Error(made.code);
    expect(await submitOpportunity(as(lead), made.value)).toMatchObject({
      code: 'incomplete',
      fields: { 'no-requirements': 'no-requirements', 'no-deadline': 'no-deadline' },
    });
  });
});

describe('publication', () => {
  it('goes from the queue to everyone, and freezes lines and weights', async () => {
    const id = await drafted();
    await submitOpportunity(as(lead), { id });
    expect((await publicationQueue(as(officer))).map((line) => line.card.id)).toContain(id);
    expect(await opportunityForViewer(as(VISITOR), id)).toBeNull();
    expect(await saveBasics(as(lead), { id, form: basics })).toMatchObject({ code: 'wrong-state' });
    expect(await publishOpportunity(as(lead), { id })).toMatchObject({ code: 'forbidden' });
    expect(await publishOpportunity(as(officer), { id })).toMatchObject({ ok: true });
    expect(await publishOpportunity(as(officer), { id })).toMatchObject({ code: 'wrong-state' });
    expect(await opportunityForViewer(as(VISITOR), id)).toMatchObject({ phase: 'open', returnedNote: '' });
    await expect(
      database.db.updateTable('requirement').set({ weight: 9 }).where('opportunity_id', '=', id).execute(),
    ).rejects.toThrow('frozen');
    expect(await noticesOf(database, 'opportunity-published')).not.toHaveLength(0);
  });

  it('waits until the publisher is vetted', async () => {
    const id = await drafted(unvettedLead);
    await submitOpportunity(as(unvettedLead), { id });
    expect(await publishOpportunity(as(officer), { id })).toMatchObject({ code: 'publisher-not-vetted' });
    expect(await returnOpportunity(as(officer), { id, note: 'Vetting first.' })).toMatchObject({ ok: true });
    expect(await opportunityForViewer(as(unvettedLead), id)).toMatchObject({
      phase: 'draft',
      returnedNote: 'Vetting first.',
    });
  });

  it('makes one of two officials at once', async () => {
    const id = await drafted();
    await submitOpportunity(as(lead), { id });
    const outcomes = await Promise.all([
      publishOpportunity(as(officer), { id }),
      returnOpportunity(as(officer), { id, note: 'No.' }),
      publishOpportunity(as(officer), { id }),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  });

  it('can be taken back before, and withdrawn after', async () => {
    const id = await drafted();
    await submitOpportunity(as(lead), { id });
    expect(await takeBackOpportunity(as(lead), { id })).toMatchObject({ ok: true });
    await submitOpportunity(as(lead), { id });
    await publishOpportunity(as(officer), { id });
    expect(await withdrawOpportunity(as(otherLead), { id })).toMatchObject({ code: 'not-found' });
    expect(await withdrawOpportunity(as(lead), { id })).toMatchObject({ ok: true });
    expect(await opportunityForViewer(as(VISITOR), id)).toBeNull();
    expect(await opportunityForViewer(as(officer), id)).toMatchObject({ phase: 'withdrawn' });
  });

  it('is changed by an addendum that never moves the deadline into the past', async () => {
    const id = await published();
    const change = { id, textKo: '', textEn: 'Voltage is 11 kV.', zone: 'Asia/Seoul' };
    expect(await addAddendum(as(lead), { ...change, deadline: '2026-11-23T11:00' })).toMatchObject({
      fields: { deadline: 'past-date' },
    });
    expect(await addAddendum(as(lead), { ...change, deadline: '2026-12-24T18:00' })).toMatchObject({
      ok: true,
    });
    expect(await opportunityForViewer(as(VISITOR), id)).toMatchObject({
      deadline: '2026-12-24T09:00:00.000Z',
      addenda: [{ text: { en: 'Voltage is 11 kV.' }, deadlineBefore: '2026-12-18T14:00:00.000Z' }],
    });
  });
});

describe('the clock', () => {
  it('closes what is past its deadline, once', async () => {
    const id = await published();
    const after = new Date('2026-12-18T14:00:00Z');
    const job = systemContext(database.db, 'opportunity.close-due', () => after);
    await closeDue(systemContext(database.db, 'opportunity.close-due', () => NOW));
    expect(await opportunityForViewer(as(VISITOR), id)).toMatchObject({ status: 'published' });
    await Promise.all([closeDue(job), closeDue(job)]);
    await closeDue(job);
    expect(await opportunityForViewer(as(VISITOR, after), id)).toMatchObject({
      status: 'closed',
      phase: 'closed',
    });
    const entries = await database.db
      .selectFrom('audit_entry')
      .select('id')
      .where('object_id', '=', id)
      .where('action', '=', 'opportunity.close')
      .execute();
    expect(entries).toHaveLength(1);
    expect(await closeOpportunity(as(lead), { id })).toMatchObject({ code: 'wrong-state' });
  });
});

describe('who sees what', () => {
  it('follows visibility in lists, counts and details alike', async () => {
    const open = await published();
    const forVetted = await published(lead, { visibility: 'vetted' });
    const forInvited = await published(lead, { visibility: 'invited' });
    const expired: Member = { ...vetted, vettedUntil: '2026-11-22' };
    const suspended: Member = { ...vetted, standing: 'suspended' };
    const sees = async (actor: Context['actor']) => {
      const found = await Promise.all(
        [open, forVetted, forInvited].map((id) => opportunityForViewer(as(actor), id)),
      );
      const listed = (await opportunitiesOfProject(as(actor), 'mahenge')).map((card) => card.id);
      expect([open, forVetted, forInvited].map((id) => listed.includes(id))).toEqual(
        found.map((one) => one !== null),
      );
      return found.map((one) => one !== null);
    };
    expect(await sees(VISITOR)).toEqual([true, false, false]);
    expect(await sees(registered)).toEqual([true, false, false]);
    expect(await sees(otherLead)).toEqual([true, false, false]);
    expect(await sees(vetted)).toEqual([true, true, false]);
    expect(await sees(expired)).toEqual([true, false, false]);
    expect(await sees(suspended)).toEqual([true, false, false]);
    expect(await sees(officer)).toEqual([true, true, true]);
    expect(await sees(lead)).toEqual([true, true, true]);
    const before = await opportunityCounts(as(registered));
    expect(
      await inviteCompany(as(lead), {
        opportunity: forInvited,
        company: registered.organisationId,
        reason: 'Nearby.',
      }),
    ).toMatchObject({
      value: { already: false },
    });
    expect(
      await inviteCompany(as(lead), {
        opportunity: forInvited,
        company: registered.organisationId,
        reason: 'Again.',
      }),
    ).toMatchObject({
      value: { already: true },
    });
    // closed by its deadline, whatever the clock has written down yet
    const late = as(lead, new Date('2099-01-01T00:00:00Z'));
    const otherwise = { opportunity: forInvited, company: vetted.organisationId, reason: 'Late.' };
    expect(await inviteCompany(late, otherwise)).toMatchObject({ code: 'wrong-state' });
    expect(await sees(registered)).toEqual([true, false, true]);
    expect((await opportunityCounts(as(registered))).open).toBe(before.open + 1);
    expect(await noticesOf(database, 'opportunity-invitation')).toHaveLength(1);
    expect((await closingSoonest(as(VISITOR), 50)).every((card) => card.visibility === 'public')).toBe(true);
    expect((await opportunitiesOfMineral(as(VISITOR), 'graphite')).length).toBeGreaterThan(0);
    expect((await openCountsByMineral(as(VISITOR))).get('graphite')).toBeGreaterThan(0);
  });

  it('answers nothing to an address that is no id', async () => {
    expect(await opportunityForViewer(as(officer), 'GM-2026')).toBeNull();
    expect(await submitOpportunity(as(lead), { id: 'GM-2026' })).toMatchObject({ code: 'not-found' });
  });
});

describe('suppliers', () => {
  async function capable(name: string, amount: number, options: { standing?: 'registered' } = {}) {
    const made = await organisation(database, {
      name,
      ...(options.standing ? { standing: options.standing, vettedUntil: null } : {}),
    });
    await database.db
      .insertInto('company_capability')
      .values({
        organisation_id: made.organisationId,
        capability: 'graphite-flake-plant',
        minerals: ['graphite'],
        amount,
        unit: 't/yr',
        year: 2026,
        evidence: 'audited',
      })
      .execute();
    await database.db
      .insertInto('entity_change')
      .values({ kind: 'company', id: made.organisationId })
      .execute();
    return made;
  }

  it('are ranked for a notice or one line, filtered, hidden when said to be not relevant', async () => {
    const [big, small, fresh] = [
      await capable('Big', 120_000),
      await capable('Small', 6_000),
      await capable('Fresh', 90_000, { standing: 'registered' }),
    ];
    const id = await published();
    const view = await ownOpportunity(as(lead), id);
    if (view === null) throw new Error('not found');
    const line = view.requirements[0] ?? null;
    const ids = async (query = '', actor = lead) => {
      const { filters, sort } = supplierQuery(new URLSearchParams(query));
      const list = await suppliersFor(as(actor), view.id, { requirement: line, filters, sort });
      return list?.suppliers.map((one) => one.id) ?? null;
    };
    expect(await ids()).toEqual([big.organisationId, small.organisationId]);
    expect(await ids('all=1')).toContain(fresh.organisationId);
    expect(await ids('evidence=claimed')).toEqual([]);
    expect(await ids('', otherLead)).toBeNull();
    expect(await ids('', { ...lead, standing: 'registered', vettedUntil: null })).toHaveLength(2);
    const page = await supplierPage(
      as(lead),
      new URLSearchParams(`compare=${small.organisationId}&compare=nothing`),
      view.id,
      line,
    );
    expect(page.found?.compared.map((one) => [one.company.id, one.capacity])).toEqual([
      [small.organisationId, 0.1],
    ]);
    const word = { opportunity: id, company: small.organisationId };
    expect(await sayNotRelevant(as(otherLead), { ...word, reason: 'too-small', note: '' })).toMatchObject({
      code: 'not-found',
    });
    expect(await sayNotRelevant(as(lead), { ...word, reason: 'too-small', note: '' })).toMatchObject({
      ok: true,
    });
    expect(await sayNotRelevant(as(lead), { ...word, reason: 'other', note: 'Again.' })).toMatchObject({
      ok: true,
    });
    expect(await ids()).toEqual([big.organisationId]);
    expect(await sayRelevantAgain(as(lead), word)).toMatchObject({ ok: true });
    expect(await ids()).toHaveLength(2);
    expect(await sayNotRelevant(as(small), { ...word, reason: 'place', note: '' })).toMatchObject({
      ok: true,
    });
    expect(await ids()).toHaveLength(2);
  });

  it('keep their capacity from leads that are not vetted', async () => {
    const company = await capable('Quiet', 70_000);
    const id = await published();
    const view = await ownOpportunity(as(lead), id);
    if (view === null) throw new Error('not found');
    const capacityFor = async (actor: Member) => {
      const { filters, sort } = supplierQuery(new URLSearchParams('all=1'));
      const requirement = view.requirements[0] ?? null;
      const list = await suppliersFor(as(actor), view.id, { requirement, filters, sort });
      return list?.suppliers.find((one) => one.id === company.organisationId)?.row?.quantity;
    };
    expect(await capacityFor(lead)).toEqual({ amount: 70_000, unit: 't/yr' });
    expect(await capacityFor({ ...lead, standing: 'registered', vettedUntil: null })).toBeNull();
  });
});

describe('an addendum', () => {
  it('is told to all who expressed interest, with its words', async () => {
    const id = await published();
    const sent = await sendInterest(as(vetted), {
      opportunity: id,
      form: interestForm.parse({ message: 'Yes.', terms: 'on' }),
    });
    expect(sent).toMatchObject({ ok: true });
    const change = { id, textKo: '전압을 바꿉니다.', textEn: '', deadline: '', zone: 'Asia/Seoul' };
    await addAddendum(as(lead), change);
    const told = (await noticesOf(database, 'opportunity-addendum')).at(-1);
    expect(told).toMatchObject({
      to: { organisationId: vetted.organisationId },
      data: { reasonKo: '전압을 바꿉니다.', reasonEn: '전압을 바꿉니다.' },
    });
    expect(await noticesOf(database, 'opportunity-invitation')).toMatchObject([
      { data: { note: 'Nearby.' } },
    ]);
  });
});

describe('shortlists', () => {
  it('count the companies that may still be seen', async () => {
    const firm = await organisation(database, { name: 'Listed' });
    const made = await addToShortlist(as(lead), {
      opportunity: await published(),
      companies: [firm.organisationId],
      note: '',
    });
    const list = made.ok ? made.value.id : '';
    const counted = async () => [
      (await shortlists(as(lead))).find((one) => one.id === list)?.companies,
      (await shortlistForLead(as(lead), list))?.list.companies,
      (await shortlistForLead(as(lead), list))?.entries.length,
    ];
    expect(await counted()).toEqual([1, 1, 1]);
    await database.db
      .updateTable('organisation')
      .set({ standing: 'suspended' })
      .where('id', '=', firm.organisationId)
      .execute();
    expect(await counted()).toEqual([0, 0, 0]);
  });

  it('are one per notice and seen by their organisation only', async () => {
    const id = await published();
    const add = { opportunity: id, companies: [vetted.organisationId], note: 'Fast.' };
    const both = await Promise.all([
      addToShortlist(as(lead), add),
      addToShortlist(as(await colleague(database, lead)), add),
    ]);
    const ids = new Set(both.map((outcome) => (outcome.ok ? outcome.value.id : '')));
    expect(ids.size).toBe(1);
    const list = [...ids][0] ?? '';
    expect(await shortlistForLead(as(lead), list)).toMatchObject({
      entries: [{ note: 'Fast.', company: { id: vetted.organisationId } }],
    });
    expect(await shortlistForLead(as(otherLead), list)).toBeNull();
    const note = { id: list, company: vetted.organisationId, note: 'Call.' };
    expect(await noteOnShortlist(as(otherLead), note)).toMatchObject({ code: 'not-found' });
    expect(await noteOnShortlist(as(lead), note)).toMatchObject({ ok: true });
    expect(await removeFromShortlist(as(lead), note)).toMatchObject({ ok: true });
    expect((await shortlists(as(lead))).find((one) => one.id === list)).toMatchObject({ companies: 0 });
    expect((await ownOpportunities(as(lead))).some((card) => card.id === id)).toBe(true);
    expect((await ownRequirements(as(lead))).some((option) => option.opportunity.id === id)).toBe(true);
  });
});
