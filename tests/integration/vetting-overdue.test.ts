import { afterAll, beforeAll, expect, it } from 'vitest';
import { ok } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf, NOW, official, organisation } from '../support/trade.ts';
import { answerRequest, submitForVetting } from '#lib/server/vetting/commands.ts';
import { ministryTodos } from '#lib/server/vetting/home-queries.ts';
import { caseDetail } from '#lib/server/vetting/queries.ts';
import { assignCase, requestInformation } from '#lib/server/vetting/review-commands.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

it('a request for information is a todo of its official once the answer is overdue, until it comes', async () => {
  const firm = await organisation(database, { name: 'Late', standing: 'registered', vettedUntil: null });
  const maker = await official(database);
  const other = await official(database, 'mofa');
  const at = (actor: typeof firm | typeof maker, now = NOW) => contextOf(database, actor, now);
  const { id } = await ok(submitForVetting(at(firm), undefined));
  await ok(assignCase(at(maker), { caseId: id, assignee: maker.accountId }));
  const asked = { caseId: id, item: 'ownership', question: 'Who owns it?' };
  const { requestId } = await ok(requestInformation(at(maker), asked));
  const due = (await caseDetail(at(maker), id))?.requests[0]?.due_at ?? NOW;
  const todos = async (actor: typeof maker, now: Date) =>
    (await ministryTodos(at(actor, now), 500)).filter((todo) => todo.id === id);
  const late = new Date(due.getTime() + 60_000);
  expect(await todos(maker, due)).toEqual([]);
  expect(await todos(maker, late)).toMatchObject([{ kind: 'overdue', due, clock: null }]);
  expect(await todos(other, late)).toEqual([]);
  await ok(answerRequest(at(firm, late), { requestId, answer: 'Here.', files: [] }));
  expect(await todos(maker, late)).toMatchObject([{ kind: 'case' }]);
});
