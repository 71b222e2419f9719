import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { colleague, contextOf, noticesOf, NOW, official, organisation } from '../support/trade.ts';
import type { Member, Official } from '#lib/domain/account/actor.ts';
import type { NoticeEvent } from '#lib/domain/notice/notice.ts';
import type { Outcome as Decided } from '#lib/domain/vetting/vetting.ts';
import { putCertificationEntry } from '#lib/server/company/entry-commands.ts';
import { ownProfile } from '#lib/server/company/queries.ts';
import { auditPage } from '#lib/server/audit/queries.ts';
import { deliver } from '#lib/server/notice/jobs.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';
import { answerRequest, submitForVetting, withdrawCase } from '#lib/server/vetting/commands.ts';
import { confirmDecision, proposeDecision, returnProposal } from '#lib/server/vetting/decision-commands.ts';
import { ministryTodos } from '#lib/server/vetting/home-queries.ts';
import { expireVetting } from '#lib/server/vetting/jobs.ts';
import { presentCase } from '#lib/server/vetting/present.ts';
import { caseDetail, ownRequest, ownVetting, queue, queueCounts } from '#lib/server/vetting/queries.ts';
import {
  assignCase,
  recordFinding,
  requestInformation,
  withdrawRequest,
} from '#lib/server/vetting/review-commands.ts';

let database: TestDatabase;
let maker: Official;
let checker: Official;

beforeAll(async () => {
  database = await createDatabase();
  maker = await official(database);
  checker = await official(database, 'mofa');
});
afterAll(() => database.drop());

const as = (actor: Context['actor'], now = NOW) => contextOf(database, actor, now);
const company = (name = 'Company') =>
  organisation(database, { name, standing: 'registered', vettedUntil: null });
const standingOf = (member: Member) =>
  database.db
    .selectFrom('organisation')
    .select(['standing', 'vetted_until', 'vetted_version'])
    .where('id', '=', member.organisationId)
    .executeTakeFirstOrThrow();
const afterWeek = new Date(NOW.getTime() + 7 * 86_400_000);

async function submitted(by: Member): Promise<string> {
  return (await ok(submitForVetting(as(by), undefined))).id;
}
async function detail(id: string, by: Official = maker, now = NOW) {
  const found = await caseDetail(as(by, now), id);
  if (!found) throw new Error('no case');
  return found;
}

async function taken(by: Member): Promise<string> {
  const id = await submitted(by);
  await ok(assignCase(as(maker), { caseId: id, assignee: maker.accountId }));
  return id;
}

async function found(id: string, except: readonly string[] = []): Promise<void> {
  for (const { item } of (await detail(id)).items)
    if (!except.includes(item))
      await ok(recordFinding(as(maker), { caseId: id, item, finding: 'met', note: '' }));
}

const proposal = (caseId: string, outcome: Decided = 'vetted') => ({
  caseId,
  outcome,
  reason_code: outcome === 'vetted' ? ('all-met' as const) : ('evidence-insufficient' as const),
  reason_ko: '모든 항목을 확인했습니다.',
  reason_en: 'Everything was checked.',
  internal_note: 'Only for officials.',
  valid_to: outcome === 'vetted' ? '2027-11-30' : null,
});

async function proposed(by: Member, outcome: Decided = 'vetted') {
  const caseId = await taken(by);
  await found(caseId);
  const { decisionId } = await ok(proposeDecision(as(maker), proposal(caseId, outcome)));
  return { caseId, decisionId };
}

describe('submitting', () => {
  it('needs a published profile and makes one case of two clicks', async () => {
    const firm = await company();
    await database.db
      .updateTable('company')
      .set({ published_at: null })
      .where('organisation_id', '=', firm.organisationId)
      .execute();
    expect(await codeOf(submitForVetting(as(firm), undefined))).toBe('profile-not-published');
    await database.db
      .updateTable('company')
      .set({ published_at: NOW })
      .where('organisation_id', '=', firm.organisationId)
      .execute();
    expect(await codeOf(submitForVetting(as({ ...firm, role: 'viewer' }), undefined))).toBe('forbidden');
    const other = await colleague(database, firm);
    const codes = await Promise.all(
      [firm, firm, other].map((one) => codeOf(submitForVetting(as(one), undefined))),
    );
    expect(codes.toSorted()).toEqual(['already-open', 'already-open', 'done']);
    expect(await ownVetting(as(firm))).toMatchObject({ case: { status: 'submitted', kind: 'first' } });
    const told = (await noticesOf(database, 'vetting-submitted')).filter(
      (notice) => (notice['data'] as { nameEn: string }).nameEn === 'Company Co.',
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ to: { officials: true } });
  });

  it('keeps what was submitted, whatever changes later', async () => {
    const firm = await company('Kept');
    const id = await submitted(firm);
    await database.db
      .updateTable('organisation')
      .set({ name_en: 'Renamed Co.' })
      .where('id', '=', firm.organisationId)
      .execute();
    const { snapshot, items, rules_version } = await detail(id);
    expect(snapshot).toMatchObject({ identity: { nameEn: 'Kept Co.' } });
    expect(items).toHaveLength(8);
    expect(items.every((item) => item.finding === null)).toBe(true);
    expect(rules_version).not.toBe('');
  });

  it('can be taken back until a decision is proposed, and done again', async () => {
    const firm = await company();
    const id = await submitted(firm);
    expect(await codeOf(withdrawCase(as(await company('Stranger')), id))).toBe('not-found');
    expect(await codeOf(withdrawCase(as(firm), id))).toBe('done');
    expect(await codeOf(withdrawCase(as(firm), id))).toBe('not-allowed');
    const { caseId } = await proposed(firm);
    expect(await codeOf(withdrawCase(as(firm), caseId))).toBe('not-allowed');
  });

  it('is for leads too, with their own checklist', async () => {
    const lead = await organisation(database, {
      name: 'Lead',
      lead: true,
      standing: 'registered',
      vettedUntil: null,
    });
    const id = await taken(lead);
    const seen = await detail(id);
    expect(seen.items.map(({ item }) => item)).toContain('no-deposit');
    const { sections } = await presentCase(as(maker), seen);
    expect(JSON.stringify(sections)).toContain('Lead Co.');
    await found(id);
    const { decisionId } = await ok(proposeDecision(as(maker), proposal(id)));
    await ok(confirmDecision(as(checker), { caseId: id, decisionId }));
    expect(await standingOf(lead)).toMatchObject({ standing: 'vetted', vetted_until: '2027-11-30' });
  });
});

describe('reviewing', () => {
  it('begins when somebody has taken the case', async () => {
    const id = await submitted(await company());
    const finding = { caseId: id, item: 'identity', finding: 'met' as const, note: '' };
    expect(await codeOf(recordFinding(as(maker), finding))).toBe('not-allowed');
    expect(await codeOf(assignCase(as(maker), { caseId: id, assignee: randomUUID() }))).toBe('invalid');
    await ok(assignCase(as(maker), { caseId: id, assignee: checker.accountId }));
    expect(await detail(id)).toMatchObject({ status: 'reviewing', assigned_to: checker.accountId });
    expect(await codeOf(recordFinding(as(maker), finding))).toBe('done');
  });

  it('takes a finding "not met" with a note only', async () => {
    const id = await taken(await company());
    const finding = { caseId: id, item: 'ownership', finding: 'not-met' as const, note: '' };
    expect(await recordFinding(as(maker), finding)).toMatchObject({
      code: 'invalid',
      fields: { note: 'required' },
    });
    await ok(recordFinding(as(maker), { ...finding, note: 'No register of shareholders.' }));
    expect((await detail(id)).items.find(({ item }) => item === 'ownership')).toMatchObject({
      finding: 'not-met',
      note: 'No register of shareholders.',
      found_by: 'Official',
    });
    expect(await codeOf(recordFinding(as(maker), { ...finding, item: 'nothing', note: 'x' }))).toBe(
      'not-found',
    );
  });

  it('is not for members, nor for an official of the same organisation', async () => {
    const firm = await company();
    const id = await taken(firm);
    const insider = await official(database);
    await database.db
      .insertInto('membership')
      .values({ organisation_id: firm.organisationId, account_id: insider.accountId, role: 'viewer' })
      .execute();
    const finding = { caseId: id, item: 'identity', finding: 'met' as const, note: '' };
    const conflict = 'conflict-of-interest';
    expect(await codeOf(recordFinding(as(firm), finding))).toBe('forbidden');
    expect(await codeOf(recordFinding(as(insider), finding))).toBe(conflict);
    expect(
      await codeOf(requestInformation(as(insider), { caseId: id, item: 'identity', question: 'x' })),
    ).toBe(conflict);
    expect(await codeOf(assignCase(as(insider), { caseId: id, assignee: insider.accountId }))).toBe(conflict);
    expect(await assignCase(as(maker), { caseId: id, assignee: insider.accountId })).toMatchObject({
      fields: { assignee: conflict },
    });
    await found(id);
    expect(await codeOf(proposeDecision(as(insider), proposal(id)))).toBe(conflict);
    const { decisionId } = await ok(proposeDecision(as(maker), proposal(id)));
    expect(await codeOf(confirmDecision(as(insider), { caseId: id, decisionId }))).toBe(conflict);
    expect(await codeOf(returnProposal(as(insider), { caseId: id, decisionId, note: 'x' }))).toBe(conflict);
    expect(await detail(id, insider)).toMatchObject({ conflictOfInterest: true });
    const todos = await ministryTodos(as(insider), 100);
    expect(todos.some((todo) => todo.id === id)).toBe(false);
  });

  it('shows cases, the queue and counts to officials only', async () => {
    const firm = await company();
    const id = await submitted(firm);
    expect(await caseDetail(as(firm), id)).toBeNull();
    expect(await queue(as(firm), 'open', 1)).toEqual({ total: 0, rows: [] });
    const counts = await queueCounts(as(maker));
    const open = await queue(as(maker), 'open', 1);
    expect(open.total).toBe(counts.open);
    expect(open.rows.map((row) => row.dueAt.getTime())).toEqual(
      open.rows.map((row) => row.dueAt.getTime()).toSorted((a, b) => a - b),
    );
    expect((await queue(as(maker), 'unassigned', 1)).rows.some((row) => row.id === id)).toBe(true);
  });
});

describe('asking for information', () => {
  const ask = (caseId: string, item = 'ownership') =>
    ok(requestInformation(as(maker), { caseId, item, question: 'The register of shareholders, please.' }));

  it('stops the clock until all is answered, with files of the company’s own', async () => {
    const firm = await company();
    const id = await taken(firm);
    const before = await detail(id);
    const { requestId } = await ask(id);
    const second = (await ask(id, 'certificates')).requestId;
    expect(await codeOf(requestInformation(as(maker), { caseId: id, item: 'nothing', question: 'x' }))).toBe(
      'invalid',
    );
    const stopped = await detail(id, maker, afterWeek);
    expect(stopped).toMatchObject({ status: 'waiting', clock: { ...before.clock, running: false } });
    expect(await codeOf(proposeDecision(as(maker), proposal(id, 'refused')))).toBe('not-allowed');

    const file = await ownFile(firm, 'shareholders.pdf');
    const strange = await ownFile(await company('Stranger'), 'theirs.pdf');
    const later = as(firm, afterWeek);
    const answer = { requestId, answer: 'Page 2.' };
    expect(await answerRequest(later, { ...answer, files: [strange] })).toMatchObject({
      fields: { files: 'bad-choice' },
    });
    const codes = await Promise.all(
      [1, 2].map(() => codeOf(answerRequest(later, { ...answer, files: [file] }))),
    );
    expect(codes.toSorted()).toEqual(['already-answered', 'done']);
    expect(await detail(id, maker, afterWeek)).toMatchObject({ status: 'waiting' });
    await ok(answerRequest(later, { requestId: second, answer: 'Attached before.', files: [] }));

    const after = await detail(id, maker, afterWeek);
    expect(after).toMatchObject({
      status: 'reviewing',
      paused_seconds: 7 * 86_400,
      clock: { running: true, leftDays: before.clock.leftDays },
    });
    expect(after.due_at.getTime()).toBeGreaterThan(before.due_at.getTime());
    expect(after.requests.find((request) => request.id === requestId)).toMatchObject({
      answer: 'Page 2.',
      files: [{ name: 'shareholders.pdf' }],
    });
    expect(after.events.map(({ kind }) => kind)).toEqual([
      'submitted',
      'assigned',
      'information-requested',
      'information-requested',
      'answered',
      'answered',
    ]);
    const asked = (await noticesOf(database, 'vetting-information-requested')).filter((one) =>
      String(one['key']).endsWith(requestId),
    );
    expect(asked).toMatchObject([
      { to: { organisationId: firm.organisationId }, path: `/company/vetting/requests/${requestId}` },
    ]);
    const answered = (await noticesOf(database, 'vetting-information-answered')).filter((one) =>
      String(one['key']).endsWith(requestId),
    );
    expect(answered).toMatchObject([{ to: { accountId: maker.accountId } }]);
  });

  it('goes on when the last request is taken back', async () => {
    const firm = await company();
    const id = await taken(firm);
    const { requestId } = await ask(id);
    await ok(withdrawRequest(as(maker), requestId));
    expect(await codeOf(withdrawRequest(as(maker), requestId))).not.toBe('done');
    expect(await detail(id)).toMatchObject({ status: 'reviewing', paused_since: null });
    expect(await ownRequest(as(firm), requestId)).toBeNull();
    expect(await codeOf(answerRequest(as(firm), { requestId, answer: 'Late.', files: [] }))).toBe(
      'already-answered',
    );
  });

  it('is not there for another company', async () => {
    const firm = await company();
    const { requestId } = await ask(await taken(firm));
    const other = await company('Stranger');
    expect(await ownRequest(as(other), requestId)).toBeNull();
    const answer = (request: string) =>
      codeOf(answerRequest(as(other), { requestId: request, answer: 'x', files: [] }));
    expect(await answer(requestId)).toBe('not-found');
    expect(await answer(randomUUID())).toBe('not-found');
    expect((await ownVetting(as(other)))?.case).toBeNull();
  });
});

async function ownFile(member: Member, name: string): Promise<string> {
  const row = {
    organisation_id: member.organisationId,
    name,
    media_type: 'application/pdf',
    size: 9,
    sha256: randomUUID().replaceAll('-', '').padEnd(64, '0'),
    storage_key: randomUUID(),
    uploaded_by: member.accountId,
  };
  const { id } = await database.db.insertInto('file').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

describe('proposing', () => {
  it('needs every finding, a reason that fits and a validity within two years', async () => {
    const id = await taken(await company());
    const fieldsOf = async (more: Partial<ReturnType<typeof proposal>>) => {
      const outcome = await proposeDecision(as(maker), { ...proposal(id), ...more });
      return outcome.ok ? {} : { ...outcome.fields };
    };
    await found(id, ['ownership']);
    expect(await fieldsOf({})).toEqual({ outcome: 'findings-missing' });
    await ok(recordFinding(as(maker), { caseId: id, item: 'ownership', finding: 'not-met', note: 'None.' }));
    expect(await fieldsOf({})).toEqual({ outcome: 'findings-not-met' });
    await ok(
      recordFinding(as(maker), { caseId: id, item: 'ownership', finding: 'not-applicable', note: '' }),
    );
    expect(await fieldsOf({ reason_code: 'evidence-insufficient' })).toEqual({ reason_code: 'bad-choice' });
    expect(await fieldsOf({ outcome: 'restored' })).toEqual({ outcome: 'bad-choice' });
    expect(await fieldsOf({ valid_to: null })).toEqual({ valid_to: 'required' });
    expect(await fieldsOf({ valid_to: '2026-11-23' })).toEqual({ valid_to: 'past-date' });
    expect(await fieldsOf({ valid_to: '2028-11-23' })).toEqual({ valid_to: 'too-late' });
    expect(await fieldsOf({ valid_to: '2028-11-22' })).toEqual({});
    expect(await codeOf(proposeDecision(as(maker), proposal(id)))).toBe('not-allowed');
  });

  it('stays inside: the company sees that it is reviewed, and no names', async () => {
    const firm = await company();
    await proposed(firm);
    const own = await ownVetting(as(firm));
    expect(own).toMatchObject({ standing: 'registered', case: { status: 'reviewing' }, decisions: [] });
    expect(JSON.stringify(own)).not.toContain('Official');
  });
});

describe('the second person', () => {
  it('is another one: the command and the database refuse the proposer', async () => {
    const { caseId, decisionId } = await proposed(await company());
    expect(await codeOf(confirmDecision(as(maker), { caseId, decisionId }))).toBe('same-person');
    expect(await codeOf(returnProposal(as(maker), { caseId, decisionId, note: 'x' }))).toBe('same-person');
    for (const [by, at, constraint] of [
      ['confirmed_by', 'confirmed_at', 'vetting_decision_two_people'],
      ['returned_by', 'returned_at', 'vetting_decision_return_two_people'],
    ])
      await expect(
        database.pool.query(`update vetting_decision set ${by} = proposed_by, ${at} = now() where id = $1`, [
          decisionId,
        ]),
      ).rejects.toMatchObject({ code: '23514', constraint });
    expect(await detail(caseId)).toMatchObject({ status: 'proposed' });
  });

  it('confirms: the standing shows, the reason is told, the certificates that stayed are verified', async () => {
    const firm = await company('Confirmed');
    const [kept, changed] = [randomUUID(), randomUUID()];
    const certificate = (token: string, mode: 'add' | 'change', seen: string, number: string) => ({
      mode,
      seen,
      token,
      certification: token === kept ? 'iso-14001' : 'iso-9001',
      number,
      scope: 'All',
      valid_to: '2028-01-31',
      file: '',
    });
    await ok(putCertificationEntry(as(firm), certificate(kept, 'add', '', 'K-1')));
    await ok(putCertificationEntry(as(firm), certificate(changed, 'add', '', 'C-1')));
    const { caseId, decisionId } = await proposed(firm);
    await ok(putCertificationEntry(as(firm), certificate(changed, 'change', NOW.toISOString(), 'C-2')));
    const { snapshot_version } = await detail(caseId);

    const codes = await Promise.all(
      [1, 2].map(() => codeOf(confirmDecision(as(checker), { caseId, decisionId }))),
    );
    expect(codes.toSorted()).toEqual(['done', 'not-allowed']);
    expect(await standingOf(firm)).toEqual({
      standing: 'vetted',
      vetted_until: '2027-11-30',
      vetted_version: snapshot_version,
    });
    const verified = async () => {
      const rows = (await ownProfile(as(firm)))?.rows.certifications ?? [];
      return Object.fromEntries(rows.map((row) => [row.id, row.verified]));
    };
    expect(await verified()).toEqual({ [kept]: true, [changed]: false });
    await ok(putCertificationEntry(as(firm), certificate(kept, 'change', NOW.toISOString(), 'K-2')));
    expect(await verified()).toEqual({ [kept]: false, [changed]: false });

    const own = await ownVetting(as(firm));
    expect(own).toMatchObject({
      standing: 'vetted',
      changedSinceVetting: true,
      case: null,
      decisions: [{ outcome: 'vetted', reason_ko: '모든 항목을 확인했습니다.', valid_to: '2027-11-30' }],
    });
    expect(JSON.stringify(own)).not.toContain('Only for officials');
    const told = (await noticesOf(database, 'vetting-decided')).filter((one) =>
      String(one['key']).endsWith(decisionId),
    );
    expect(told).toMatchObject([
      {
        to: { organisationId: firm.organisationId },
        data: { outcome: 'vetted', reasonEn: 'Everything was checked.' },
      },
    ]);

    const renewal = await submitted(firm);
    expect(await detail(renewal)).toMatchObject({
      kind: 'renewal',
      previous_snapshot: { identity: { nameEn: 'Confirmed Co.' } },
    });
  });

  it('returns with a note, and what is proposed next is not confirmed unread', async () => {
    const { caseId, decisionId } = await proposed(await company());
    await ok(returnProposal(as(checker), { caseId, decisionId, note: 'Look at the owners again.' }));
    expect(await detail(caseId)).toMatchObject({
      status: 'reviewing',
      decisions: [{ return_note: 'Look at the owners again.' }],
    });
    const told = (await noticesOf(database, 'vetting-returned')).filter((one) =>
      String(one['key']).endsWith(decisionId),
    );
    expect(told).toMatchObject([{ to: { accountId: maker.accountId } }]);
    const next = await ok(proposeDecision(as(maker), proposal(caseId, 'refused')));
    expect(await codeOf(confirmDecision(as(checker), { caseId, decisionId }))).toBe('not-allowed');
    expect(await codeOf(confirmDecision(as(checker), { caseId, decisionId: next.decisionId }))).toBe('done');
  });

  it('does not confirm a validity that has passed meanwhile', async () => {
    const { caseId, decisionId } = await proposed(await company());
    const late = new Date('2027-12-01T03:00:00Z');
    expect(await codeOf(confirmDecision(as(checker, late), { caseId, decisionId }))).toBe('validity-past');
  });

  it('refuses with the reason, and the company may ask again', async () => {
    const firm = await company();
    const { caseId, decisionId } = await proposed(firm, 'refused');
    await ok(confirmDecision(as(checker), { caseId, decisionId }));
    expect(await standingOf(firm)).toMatchObject({ standing: 'refused', vetted_until: null });
    expect(await ownVetting(as(firm))).toMatchObject({
      decisions: [{ outcome: 'refused', reason_code: 'evidence-insufficient' }],
    });
    expect(await detail(await submitted(firm))).toMatchObject({ kind: 'first' });
  });
});

describe('the trail', () => {
  it('says who, what, before, after and when', async () => {
    const { caseId, decisionId } = await proposed(await company());
    await ok(confirmDecision(as(checker), { caseId, decisionId }));
    const page = await auditPage(
      as(maker),
      { action: 'vetting', object: 'vetting_case', objectId: caseId, person: '', from: null, to: null },
      1,
    );
    const actions = new Set(page?.items.map((line) => line.action));
    for (const action of [
      'vetting.submit',
      'vetting.assign',
      'vetting.record-finding',
      'vetting.propose',
      'vetting.confirm',
    ])
      expect(actions).toContain(action);
    const confirmed = page?.items.find((line) => line.action === 'vetting.confirm');
    expect(confirmed).toMatchObject({ at: NOW, actorKind: 'official', person: 'Official' });
    expect(confirmed?.changes).toContainEqual({ field: 'outcome', before: null, after: 'vetted' });
  });

  it('cannot be changed: the database refuses', async () => {
    const { caseId } = await proposed(await company());
    for (const [table, column, where] of [
      ['audit_entry', 'action', `object_id = '${caseId}'`],
      ['vetting_event', 'note', `case_id = '${caseId}'`],
    ]) {
      const refused = { code: '23001' };
      await expect(
        database.pool.query(`update ${table} set ${column} = 'x' where ${where}`),
      ).rejects.toMatchObject(refused);
      await expect(database.pool.query(`delete from ${table} where ${where}`)).rejects.toMatchObject(refused);
      await expect(database.pool.query(`truncate ${table}`)).rejects.toMatchObject(refused);
    }
    await expect(database.pool.query('delete from vetting_case where id = $1', [caseId])).rejects.toThrow();
  });

  it('holds no row of what was refused', async () => {
    const firm = await company();
    const id = await taken(firm);
    const count = async () =>
      (await database.pool.query<{ n: string }>('select count(*) as n from audit_entry')).rows[0]?.n;
    const before = await count();
    await proposeDecision(as(maker), proposal(id));
    await recordFinding(as(maker), { caseId: id, item: 'identity', finding: 'not-met', note: '' });
    expect(await count()).toBe(before);
  });
});

describe('every night', () => {
  const nightly = (day: string) =>
    expireVetting(systemContext(database.db, 'vetting.expire', () => new Date(`${day}T15:01:00Z`)));
  const told = async (member: Member) =>
    (await noticesOf(database, 'vetting-expiring')).filter((one) =>
      String(one['key']).includes(member.organisationId),
    );

  it('tells of the end three times and on the last day, once each, and then ends the standing', async () => {
    const firm = await organisation(database, { name: 'Ending', vettedUntil: '2027-03-31' });
    const opportunity = await database.db
      .insertInto('opportunity')
      .values({
        organisation_id: firm.organisationId,
        publisher: 'Ending',
        country: 'TZ',
        type: 'equipment',
        title_en: 'Filters',
        minerals: ['graphite'],
        deadline: '2027-12-18T14:00:00Z',
        status: 'published',
        published_at: NOW,
        frozen_at: NOW,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const [day, n] of [
      ['2027-01-28', 0],
      ['2027-01-30', 1],
      ['2027-02-15', 1],
      ['2027-03-10', 2],
      ['2027-03-26', 3],
      ['2027-03-30', 4],
    ] as const) {
      await nightly(day);
      await nightly(day);
      expect(new Set((await told(firm)).map((one) => one['key'])).size, day).toBe(n);
    }
    expect(await standingOf(firm)).toMatchObject({ standing: 'vetted' });
    await Promise.all([nightly('2027-03-31'), nightly('2027-03-31')]);
    await nightly('2027-04-01');
    expect(await standingOf(firm)).toMatchObject({ standing: 'registered' });
    const { rows } = await database.pool.query(
      'select 1 from audit_entry where action = $1 and object_id = $2',
      ['vetting.expire', firm.organisationId],
    );
    expect(rows).toHaveLength(1);
    const changes = await database.db
      .selectFrom('entity_change')
      .select(['kind', 'id'])
      .where('id', 'in', [firm.organisationId, opportunity.id])
      .execute();
    expect(changes.map(({ kind }) => kind).toSorted()).toEqual(['company', 'opportunity']);
  });

  it('each notice reaches a person once, however often it is delivered', async () => {
    const firm = await company('Told once');
    const { caseId, decisionId } = await proposed(firm);
    await ok(confirmDecision(as(checker), { caseId, decisionId }));
    const events = (await noticesOf(database, 'vetting-decided')).filter((one) =>
      String(one['key']).endsWith(decisionId),
    );
    const system = systemContext(database.db, 'notice.deliver', () => NOW);
    for (const event of [...events, ...events]) await deliver(system, event as NoticeEvent & typeof event);
    const count = async (table: 'notice' | 'mail', column: string, value: string) => {
      const { rows } = await database.pool.query(`select 1 from ${table} where ${column} = $1`, [value]);
      return rows.length;
    };
    expect(await count('mail', 'to_email', firm.email)).toBe(1);
    expect(await count('notice', 'account_id', firm.accountId)).toBe(1);
  });
});
