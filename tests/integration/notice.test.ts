import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOf, mailsTo, newPerson, signedIn, sessionFor } from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import type { NoticeEvent } from '#lib/domain/notice/notice.ts';
import { readNotices } from '#lib/server/notice/commands.ts';
import { deliver } from '#lib/server/notice/jobs.ts';
import { noticesOf } from '#lib/server/notice/queries.ts';
import { systemContext } from '#lib/server/platform/context.ts';

let database: TestDatabase;
let organisationId: string;
const people: Record<string, { id: string; email: string }> = {};
let serial = 0;

beforeAll(async () => {
  database = await createDatabase();
  const row = await database.db
    .insertInto('organisation')
    .values({ supplier: true, name_ko: '주식회사 가람', name_en: 'Garam' })
    .returning('id')
    .executeTakeFirstOrThrow();
  organisationId = row.id;
  for (const role of ['owner', 'editor', 'viewer'] as const) {
    const person = await newPerson(database);
    people[role] = person;
    await database.db
      .insertInto('membership')
      .values({ organisation_id: organisationId, account_id: person.id, role })
      .execute();
  }
  people['official'] = await newPerson(database);
  await database.db
    .insertInto('office')
    .values({ account_id: people['official'].id, agency: 'mofa' })
    .execute();
});
afterAll(() => database.drop());

const system = () => systemContext(database.db, 'notice.deliver', () => new Date());
const person = (name: string) => people[name] ?? { id: '', email: '' };

function event(changes: Partial<NoticeEvent> = {}): NoticeEvent {
  serial += 1;
  return {
    kind: 'interest-accepted',
    key: `test:${serial}`,
    to: { organisationId },
    data: { nameKo: '마헹게', nameEn: 'Mahenge', titleKo: '여과 설비', titleEn: 'Filters' },
    path: '/company/interests/1',
    ...changes,
  };
}

async function told(key: string): Promise<string[]> {
  const rows = await database.db
    .selectFrom('notice')
    .select('account_id')
    .where('event_key', '=', key)
    .execute();
  const names = Object.entries(people)
    .filter(([, { id }]) => rows.some((row) => row.account_id === id))
    .map(([name]) => name);
  const mails = await database.db
    .selectFrom('mail')
    .select('to_email')
    .where('event_key', '=', key)
    .execute();
  expect(mails).toHaveLength(rows.length);
  return names;
}

describe('delivery', () => {
  it('reaches all members, those of some roles, one person, or the officials; never who did it', async () => {
    const all = event();
    await deliver(system(), all);
    expect(await told(all.key)).toEqual(['owner', 'editor', 'viewer']);
    const some = event({ to: { organisationId, roles: ['owner', 'editor'] }, except: person('owner').id });
    await deliver(system(), some);
    expect(await told(some.key)).toEqual(['editor']);
    const one = event({ to: { accountId: person('viewer').id } });
    await deliver(system(), one);
    expect(await told(one.key)).toEqual(['viewer']);
    const officials = event({ to: { officials: true } });
    await deliver(system(), officials);
    expect(await told(officials.key)).toEqual(['official']);
  });

  it('tells each person once, however often and by however many workers it is delivered', async () => {
    const once = event();
    await Promise.all([1, 2, 3].map(() => deliver(system(), once)));
    await deliver(system(), once);
    expect(await told(once.key)).toEqual(['owner', 'editor', 'viewer']);
  });

  it('writes the mail in the language of the reader, with the way to the page', async () => {
    await database.db
      .updateTable('account')
      .set({ lang: 'ko' })
      .where('id', '=', person('owner').id)
      .execute();
    const both = event();
    await deliver(system(), both);
    const [korean] = await mailsTo(database, person('owner').email);
    const [english] = await mailsTo(database, person('editor').email);
    expect(korean?.subject).toBe('마헹게가 관심 표명을 받아들였습니다');
    expect(korean?.body).toMatch(/https?:\/\/[^/]+\/company\/interests\/1/);
    expect(english?.subject).toBe('Mahenge has accepted your expression of interest');
    expect(english?.body).toMatch(/https?:\/\/[^/]+\/en\/company\/interests\/1/);
  });
});

describe('the inbox', () => {
  it('pages, counts what is unread, and marks as read only what is one’s own', async () => {
    for (let i = 0; i < 25; i += 1)
      await deliver(system(), event({ to: { accountId: person('viewer').id } }));
    const ctx = await signedIn(database, person('viewer').email);
    const first = await noticesOf(ctx, 1);
    expect(first.items).toHaveLength(20);
    expect(first.unread).toBe(first.total);
    expect((await sessionFor(database, person('viewer').email)).unread).toBe(first.total);
    const other = await signedIn(database, person('editor').email);
    const id = first.items[0]?.id ?? '';
    await readNotices(other, { id });
    expect((await noticesOf(ctx, 1)).unread).toBe(first.total);
    await readNotices(ctx, { id });
    expect((await noticesOf(ctx, 1)).unread).toBe(first.total - 1);
    await readNotices(ctx, 'all');
    expect((await noticesOf(ctx, 99)).unread).toBe(0);
    expect((await noticesOf(ctx, 99)).page).toBe(first.pages);
    expect((await noticesOf(contextOf(database), 1)).items).toEqual([]);
  });

  it('counts at a place, and reads by visiting it, what concerns the organisation acted for', async () => {
    const editor = person('editor');
    const path = '/company/vetting';
    const { id: otherId } = await database.db
      .insertInto('organisation')
      .values({ supplier: true, name_ko: '다른 회사' })
      .returning('id')
      .executeTakeFirstOrThrow();
    await database.db
      .insertInto('membership')
      .values({ organisation_id: otherId, account_id: editor.id, role: 'viewer' })
      .execute();
    await deliver(system(), event({ path }));
    await deliver(system(), event({ path, to: { organisationId: otherId } }));
    await deliver(system(), event({ path, to: { accountId: editor.id } }));
    await database.db
      .updateTable('account')
      .set({ last_acting: otherId })
      .where('id', '=', editor.id)
      .execute();
    const session = await sessionFor(database, editor.email);
    expect(session.acting).toBe(otherId);
    expect(session.unreadPaths).toEqual([path, path]);
    const ctx = await signedIn(database, editor.email);
    expect(await readNotices(ctx, { path, organisationId: otherId })).toMatchObject({ value: { count: 2 } });
    expect(await readNotices(ctx, { path, organisationId })).toMatchObject({ value: { count: 1 } });
  });
});
