import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, official, organisation } from '../support/trade.ts';
import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';
import { interestForm } from '#lib/domain/engagement/form.ts';
import { auditPage, type AuditFilter } from '#lib/server/audit/queries.ts';
import { acceptInterest, declineInterest, sendInterest } from '#lib/server/engagement/commands.ts';
import { RULES_VERSION } from '#lib/domain/vetting/checklist.ts';
import { publishOpportunity, returnOpportunity } from '#lib/server/opportunity/commands.ts';
import { recordFinding } from '#lib/server/vetting/review-commands.ts';

let database: TestDatabase;
let lead: Member;
let company: Member;
let officer: Official;

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Lead', lead: true });
  company = await organisation(database, { name: 'Company' });
  officer = await official(database);
});
afterAll(() => database.drop());

const as = (actor: Actor) => contextOf(database, actor, NOW);

async function notice(status: 'draft' | 'submitted' | 'published'): Promise<string> {
  const frozen = status === 'published' ? NOW : null;
  const row = await database.db
    .insertInto('opportunity')
    .values({
      ...{
        organisation_id: lead.organisationId,
        publisher: 'Lead',
        country: 'TZ',
        type: 'equipment',
        status,
      },
      ...{ title_en: 'Filters', deadline: '2026-12-18T14:00:00Z', published_at: frozen, frozen_at: frozen },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

it('an official neither publishes nor returns what their own organisation handed in', async () => {
  const id = await notice('submitted');
  await database.db
    .insertInto('membership')
    .values({ organisation_id: lead.organisationId, account_id: officer.accountId, role: 'viewer' })
    .execute();
  expect(await publishOpportunity(as(officer), { id })).toEqual({ ok: false, code: 'conflict-of-interest' });
  expect(await returnOpportunity(as(officer), { id, note: 'no' })).toMatchObject({
    code: 'conflict-of-interest',
  });
  const colleague = await official(database, 'komir');
  expect(await returnOpportunity(as(colleague), { id, note: 'no' })).toMatchObject({ ok: true });
});

it('a suspended lead takes up no contact, but may still say no', async () => {
  const id = await notice('published');
  const form = interestForm.parse({ message: 'We build filters.', terms: 'on' });
  const sent = await sendInterest(as(company), { opportunity: id, form });
  if (!sent.ok) throw new Error(sent.code);
  await database.db
    .updateTable('organisation')
    .set({ standing: 'suspended' })
    .where('id', '=', lead.organisationId)
    .execute();
  const seen = { id: sent.value.id, seen: 'sent' as const };
  expect(await acceptInterest(as(lead), seen)).toEqual({ ok: false, code: 'lead-suspended' });
  expect(
    await declineInterest(as(lead), { ...seen, reason: 'capacity', note: 'Our work has stopped.' }),
  ).toMatchObject({
    ok: true,
  });
});

it('the audit trail shows a draft to administrators alone', async () => {
  const id = await notice('draft');
  await database.db
    .insertInto('audit_entry')
    .values({ actor_kind: 'member', action: 'opportunity.edit', object_kind: 'opportunity', object_id: id })
    .execute();
  const filter: AuditFilter = {
    action: '',
    object: 'opportunity',
    objectId: id,
    person: '',
    from: null,
    to: null,
  };
  expect((await auditPage(as(officer), filter, 1))?.total).toBe(0);
  expect((await auditPage(as({ ...officer, administrator: true }), filter, 1))?.total).toBe(1);
});

it('two officials on one item: the later one sees the finding of the earlier before it is replaced', async () => {
  const { id } = await database.db
    .insertInto('vetting_case')
    .values({
      ...{ organisation_id: company.organisationId, kind: 'first', status: 'reviewing', snapshot: '{}' },
      ...{ snapshot_version: 1, rules_version: RULES_VERSION, due_at: NOW },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const item = 'identity';
  await database.db
    .insertInto('vetting_item')
    .values({ case_id: id, item, rules_version: RULES_VERSION })
    .execute();
  const colleague = await official(database, 'komir');
  const find = (by: Official, seen: string, note: string) =>
    recordFinding(as(by), { caseId: id, item, finding: 'met', note, seen });
  expect(await find(officer, '', 'first')).toMatchObject({ ok: true });
  expect(await find(colleague, '', 'second')).toEqual({ ok: false, code: 'stale' });
  expect(await find(colleague, NOW.toISOString(), 'second')).toMatchObject({ ok: true });
});
