import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  capability,
  contextFor,
  newOrganisation,
  NOW,
  OFFICIAL,
  ok,
  pdf,
  publishedCompany,
  VISITOR,
} from '../support/companies.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import type { Actor } from '#lib/domain/account/actor.ts';
import {
  FILE_EMPTY,
  FILE_OF_OTHER_KIND,
  FILE_TOO_BIG,
  filesFull,
  MAX_FILE_BYTES,
} from '#lib/domain/document/file.ts';
import { putCapabilityEntry, removeEntry } from '#lib/server/company/entry-commands.ts';
import { removeFile, storeFile } from '#lib/server/document/commands.ts';
import { fileForDownload, filesLeft, ownFiles } from '#lib/server/document/queries.ts';
import type { FileStore } from '#lib/server/platform/file-store.ts';
import { fileStoreAt } from '#lib/server/platform/files.ts';

let database: TestDatabase;
let folder: string;
let store: FileStore;
beforeAll(async () => {
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), 'gm-files-'));
  store = fileStoreAt(pathToFileURL(folder).href);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const as = (actor: Actor, now = NOW) => contextFor(database, actor, now);
const organisation = (values = {}) => newOrganisation(database, values);
const published = () => publishedCompany(database);

describe('files', () => {
  const stored = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
      .length;

  test('are known by content', async () => {
    const member = await organisation();
    const before = await stored();
    expect(
      await storeFile(as(member), new File(['<svg/>'], '시험서.pdf', { type: 'application/pdf' }), store),
    ).toMatchObject({ code: FILE_OF_OTHER_KIND });
    expect(await storeFile(as(member), new File([], '빈.pdf'), store)).toMatchObject({ code: FILE_EMPTY });
    expect(
      await storeFile(as(member), new File([new Uint8Array(MAX_FILE_BYTES + 1)], '큰.pdf'), store),
    ).toMatchObject({ code: FILE_TOO_BIG });
    expect(await stored()).toBe(before);
    expect(await ok(storeFile(as(member), pdf('x', '견적.exe'), store))).toMatchObject({
      name: '견적.exe.pdf',
    });
  });

  test('sent twice at once are kept once, on disk as well', async () => {
    const member = await organisation();
    const before = await stored();
    const [a, b] = await Promise.all([
      storeFile(as(member), pdf('same'), store),
      storeFile(as(member), pdf('same'), store),
    ]);
    expect(a).toEqual(b);
    expect(await ownFiles(as(member))).toHaveLength(1);
    expect(await stored()).toBe(before + 1);
  });

  test('of one organisation take no more room than they may, also when two are sent at once', async () => {
    const member = await organisation();
    const size = pdf('a').size;
    const quota = 3 * size + 1;
    const send = (text: string, whose = member) => storeFile(as(whose), pdf(text), store, quota);
    const first = await ok(send('a'));
    expect(await filesLeft(as(member), quota), 'there is plenty').toBeNull();
    await ok(send('b'));
    const before = await stored();
    const both = await Promise.all([send('c'), send('d')]);
    expect(both.map((one) => (one.ok ? 'kept' : one.code)).sort()).toEqual([filesFull(quota), 'kept'].sort());
    expect(await stored(), 'what was refused leaves no bytes').toBe(before + 1);
    expect(await filesLeft(as(member), quota)).toBe(1);
    expect(await ok(send('a')), 'what is there already takes no more').toEqual(first);
    await ok(send('e', await organisation()));
    await ok(storeFile(as(member), pdf('f'), store, null));
    expect(await filesLeft(as(member), quota)).toBe(0);
    await ok(removeFile(as(member), first, store));
    expect(await send('g')).toMatchObject({ code: filesFull(quota) });
  });

  test('sent again when the store has lost their bytes are there again', async () => {
    const member = await organisation();
    const file = await ok(storeFile(as(member), pdf('lost'), store));
    const key = (await fileForDownload(as(member), file.id))?.storageKey ?? '';
    const before = await stored();
    await store.remove(key);
    expect(await ok(storeFile(as(member), pdf('lost'), store))).toEqual(file);
    expect((await store.read(key))?.size).toBe(pdf('lost').size);
    expect(await stored()).toBe(before);
  });

  test('are removed for good although the store cannot be reached', async () => {
    const member = await organisation();
    const file = await ok(storeFile(as(member), pdf('unwanted'), store));
    const away = { ...store, remove: () => Promise.reject(new Error('the bucket does not answer')) };
    await ok(removeFile(as(member), file, away));
    expect(await ownFiles(as(member))).toEqual([]);
  });

  test('removed while an entry that rests on them is being written: in use, or gone', async () => {
    const member = await organisation();
    const file = await ok(storeFile(as(member), pdf('wanted'), store));
    const entry = capability({ capability: 'froth-flotation', evidence: 'document', file: file.id });
    const waiting = async () => {
      const { rows } = await database.pool.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity
         where datname = current_database() and backend_type = 'client backend' and wait_event_type = 'Lock'`,
      );
      return rows[0]?.n ?? 0;
    };
    const holder = await database.pool.connect();
    try {
      // Nothing can be inserted, so the entry waits between looking for the file and resting on it.
      await holder.query('begin; lock table company_capability in share mode');
      const put = putCapabilityEntry(as(member), entry);
      await expect.poll(waiting).toBe(1);
      let settled = false;
      const gone = removeFile(as(member), { id: file.id }, store).finally(() => (settled = true));
      await expect.poll(async () => settled || (await waiting()) > 1).toBe(true);
      await holder.query('commit');
      await ok(put);
      expect(await gone).toMatchObject({ code: 'file-in-use' });
    } finally {
      holder.release();
    }
    const found = await fileForDownload(as(member), file.id);
    expect(await store.read(found?.storageKey ?? '')).not.toBeNull();
  });

  test('open for their organisation, officials, and the lead that was shown them', async () => {
    const member = await published();
    const other = await organisation();
    const lead = await organisation({ supplier: false, lead: true, vettedUntil: '2027-01-01' });
    const file = await ok(storeFile(as(member), pdf('evidence'), store));
    const entry = capability({ capability: 'froth-flotation', evidence: 'document', file: file.id });
    await ok(putCapabilityEntry(as(member), entry));
    const opens = async (actor: Actor) => (await fileForDownload(as(actor), file.id)) !== null;
    expect([await opens(member), await opens(OFFICIAL)]).toEqual([true, true]);
    expect([await opens(VISITOR), await opens(other), await opens(lead)]).toEqual([false, false, false]);
    const opportunity = await database.db
      .insertInto('opportunity')
      .values({ organisation_id: lead.organisationId, country: 'TZ', type: 'equipment', title_ko: '설비' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const interest = await database.db
      .insertInto('interest')
      .values({
        opportunity_id: opportunity.id,
        organisation_id: member.organisationId,
        lang: 'ko',
        terms_version: '1',
        profile_version: 1,
        evidence: JSON.stringify([{ kind: 'capability', id: entry.token }]),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(await opens(lead)).toBe(true);
    expect(await opens(other)).toBe(false);
    await database.db
      .updateTable('interest')
      .set({ status: 'withdrawn' })
      .where('id', '=', interest.id)
      .execute();
    expect(await opens(lead)).toBe(false);
  });

  test('are removed with their bytes, unless something rests on them', async () => {
    const member = await organisation();
    const file = await ok(storeFile(as(member), pdf('to go'), store));
    const entry = capability({ evidence: 'document', file: file.id });
    await ok(putCapabilityEntry(as(member), entry));
    expect(await removeFile(as(member), { id: file.id }, store)).toMatchObject({ code: 'file-in-use' });
    await ok(removeEntry(as(member), { kind: 'capability', id: entry.token }));
    expect(await removeFile(as(await organisation()), { id: file.id }, store)).toMatchObject({
      code: 'not-found',
    });
    const before = await stored();
    await ok(removeFile(as(member), { id: file.id }, store));
    expect(await stored()).toBe(before - 1);
    expect(await ownFiles(as(member))).toEqual([]);
  });

  test('a level of evidence rests on a file or a reference', async () => {
    const member = await organisation();
    const input = capability({ evidence: 'document' });
    expect(await putCapabilityEntry(as(member), input)).toMatchObject({
      fields: { file: 'evidence-needs-file' },
    });
    expect(await putCapabilityEntry(as(member), { ...input, evidence: 'reference' })).toMatchObject({
      fields: { evidence: 'evidence-needs-reference' },
    });
    const file = await ok(storeFile(as(member), pdf('a'), store));
    await ok(putCapabilityEntry(as(member), { ...input, file: file.id }));
    const foreign = await ok(storeFile(as(await organisation()), pdf('b'), store));
    expect(await putCapabilityEntry(as(member), capability({ file: foreign.id }))).toMatchObject({
      fields: { file: 'bad-choice' },
    });
  });
});
