import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedCompany } from '../support/companies.ts';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, noticesOf, NOW, official, organisation } from '../support/trade.ts';
import { VISITOR, type Member, type Official } from '#lib/domain/account/actor.ts';
import { interestForm } from '#lib/domain/engagement/form.ts';
import type { ReasonCode } from '#lib/domain/vetting/reasons.ts';
import type { Outcome as Decided } from '#lib/domain/vetting/vetting.ts';
import { companyForViewer } from '#lib/server/company/queries.ts';
import { openInterest, sendInterest } from '#lib/server/engagement/commands.ts';
import { inboxOf, interestForLead } from '#lib/server/engagement/queries.ts';
import { matchesForCompany, matchesForOpportunity } from '#lib/server/match/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { reindex } from '#lib/server/search/index-job.ts';
import { searchCompanies } from '#lib/server/search/queries.ts';
import { submitForVetting, withdrawCase } from '#lib/server/vetting/commands.ts';
import { confirmDecision, proposeDecision } from '#lib/server/vetting/decision-commands.ts';
import { caseDetail, ownVetting } from '#lib/server/vetting/queries.ts';
import { assignCase, openOfficialCase, recordFinding } from '#lib/server/vetting/review-commands.ts';

let database: TestDatabase;
let lead: Member;
let firm: Member;
let maker: Official;
let checker: Official;
let opportunity: string;

const SECRET = 'A report of fraud is being examined.';

beforeAll(async () => {
  database = await createDatabase();
  lead = await organisation(database, { name: 'Lead', lead: true });
  maker = await official(database);
  checker = await official(database, 'mofa');
  firm = { ...(await publishedCompany(database)), verified: true };
  await database.db
    .updateTable('organisation')
    .set({ standing: 'vetted', vetted_until: '2027-12-31' })
    .where('id', '=', firm.organisationId)
    .execute();
  opportunity = await wanted();
});
afterAll(() => database.drop());

const as = (actor: Context['actor']) => contextOf(database, actor);

/** A published notice that the company's flotation plant fits. */
async function wanted(): Promise<string> {
  const { id } = await database.db
    .insertInto('opportunity')
    .values({
      organisation_id: lead.organisationId,
      publisher: 'Lead',
      country: 'TZ',
      type: 'equipment',
      title_en: 'Flotation',
      minerals: ['graphite'],
      deadline: '2026-12-18T14:00:00Z',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('requirement')
    .values({
      opportunity_id: id,
      position: 1,
      must: true,
      kind: 'capability',
      capability: 'froth-flotation',
      minerals: ['graphite'],
    })
    .execute();
  await database.db
    .updateTable('opportunity')
    .set({ status: 'published', published_at: NOW, frozen_at: NOW })
    .where('id', '=', id)
    .execute();
  return id;
}

const standing = () =>
  database.db
    .selectFrom('organisation')
    .select(['standing', 'vetted_until'])
    .where('id', '=', firm.organisationId)
    .executeTakeFirstOrThrow();

interface Decision {
  outcome: Decided;
  reason_code: ReasonCode;
  valid_to: string | null;
}

async function decided(kind: 'suspension' | 'restoration', decision: Decision): Promise<void> {
  const { id } = await ok(openOfficialCase(as(maker), { organisationId: firm.organisationId, kind }));
  expect(await codeOf(withdrawCase(as(firm), id))).toBe('not-allowed');
  await ok(assignCase(as(maker), { caseId: id, assignee: maker.accountId }));
  if (decision.outcome !== 'suspended')
    for (const { item } of (await caseDetail(as(maker), id))?.items ?? [])
      await ok(recordFinding(as(maker), { caseId: id, item, finding: 'met', note: '' }));
  const words = { reason_ko: '신고를 확인하고 있습니다.', reason_en: SECRET, internal_note: '' };
  const { decisionId } = await ok(proposeDecision(as(maker), { caseId: id, ...decision, ...words }));
  await ok(confirmDecision(as(checker), { caseId: id, decisionId }));
  // What the job of the decision does.
  await reindex(database.db, 'company', [firm.organisationId]);
}

/** Where others meet the company. */
async function shown() {
  const name = (await companyForViewer(as(firm), firm.organisationId))?.name.ko ?? '';
  const found = await searchCompanies(as(VISITOR), { q: name });
  const suppliers = await matchesForOpportunity(as(lead), opportunity);
  return {
    search: found.ids.includes(firm.organisationId),
    page: (await companyForViewer(as(VISITOR), firm.organisationId)) !== null,
    suppliers: suppliers?.items.some(({ id }) => id === firm.organisationId),
    matches: (await matchesForCompany(as(firm), firm.organisationId))?.items.some(
      ({ id }) => id === opportunity,
    ),
    inbox: (await inboxOf(as(lead), opportunity, 'waiting'))?.length,
  };
}

describe('a suspended company', () => {
  it('leaves search, matches and open inboxes at once; leads see the state, not the reason; it comes back', async () => {
    await reindex(database.db, 'company', [firm.organisationId]);
    const form = interestForm.parse({ message: 'We float graphite.', terms: 'on' });
    const { id: interest } = await ok(sendInterest(as(firm), { opportunity, form }));
    await ok(openInterest(as(lead), { id: interest }));
    expect(await shown()).toEqual({ search: true, page: true, suppliers: true, matches: true, inbox: 1 });

    await decided('suspension', { outcome: 'suspended', reason_code: 'fraud-report', valid_to: null });
    expect(await standing()).toMatchObject({ standing: 'suspended' });
    expect(await shown()).toMatchObject({ search: false, page: false, suppliers: false, inbox: 0 });

    const view = await interestForLead(as(lead), opportunity, interest);
    expect(view).toMatchObject({ suspended: true, actions: ['decline'] });
    expect(JSON.stringify(view)).not.toContain('fraud');
    const told = await noticesOf(database, 'counterparty-suspended');
    expect(told).toMatchObject([{ to: { organisationId: lead.organisationId } }]);
    expect(JSON.stringify(told)).not.toContain('fraud');
    // The company itself is told why, and cannot ask for vetting around the suspension.
    expect(await ownVetting(as(firm))).toMatchObject({
      standing: 'suspended',
      decisions: [{ outcome: 'suspended', reason_en: SECRET }],
    });
    expect(await codeOf(submitForVetting(as(firm), undefined))).toBe('suspended');
    const again = { organisationId: firm.organisationId, kind: 'suspension' as const };
    expect(await codeOf(openOfficialCase(as(maker), again))).toBe('not-allowed');

    await decided('restoration', { outcome: 'restored', reason_code: 'all-met', valid_to: '2027-06-30' });
    expect(await standing()).toEqual({ standing: 'vetted', vetted_until: '2027-06-30' });
    expect(await shown()).toEqual({ search: true, page: true, suppliers: true, matches: true, inbox: 1 });
    expect(await noticesOf(database, 'counterparty-restored')).toHaveLength(1);
  });

  it('a restoration that fails tells nobody a second time', async () => {
    await decided('suspension', { outcome: 'suspended', reason_code: 'fraud-report', valid_to: null });
    const before = (await noticesOf(database, 'counterparty-suspended')).length;
    await decided('restoration', { outcome: 'suspended', reason_code: 'fraud-report', valid_to: null });
    expect(await standing()).toMatchObject({ standing: 'suspended' });
    expect(await noticesOf(database, 'counterparty-suspended')).toHaveLength(before);
  });

  it('an official of the organisation cannot open its case', async () => {
    const insider = await official(database);
    await database.db
      .insertInto('membership')
      .values({ organisation_id: firm.organisationId, account_id: insider.accountId, role: 'viewer' })
      .execute();
    const input = { organisationId: firm.organisationId, kind: 'restoration' as const };
    expect(await codeOf(openOfficialCase(as(insider), input))).toBe('conflict-of-interest');
    expect(await codeOf(openOfficialCase(as(firm), input))).toBe('forbidden');
  });
});
