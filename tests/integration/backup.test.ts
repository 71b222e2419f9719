import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { contextFor, newOrganisation, NOW, ok, pdf } from '../support/companies.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { administer } from '../support/template.ts';
import { storeFile } from '#lib/server/document/commands.ts';
import { fileForDownload } from '#lib/server/document/queries.ts';
import { backUp, dataFile } from '#lib/server/platform/backup.ts';
import { connect, type Connection } from '#lib/server/platform/db.ts';
import { fileStoreAt } from '#lib/server/platform/files.ts';
import { restore } from '#lib/server/platform/restore.ts';

vi.mock('node:fs/promises', { spy: true });

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'gm-backup-'));
  await sql`insert into audit_entry (actor_kind, action, object_kind, object_id)
    select 'system', 'test', 'test', n::text from generate_series(1, 1000) n`.execute(database.db);
  await sql`delete from graphile_worker._private_jobs`.execute(database.db);
  await sql`select graphile_worker.add_job('account.clean-up', '{"note": "대기"}'::json)`.execute(
    database.db,
  );
});

afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** A database without any table, as a new DATA_DIR has. */
async function emptyDatabase(name: string): Promise<Connection & { drop(): Promise<void> }> {
  const adminUrl = inject('adminUrl');
  await administer(adminUrl, `create database ${name}`);
  const connection = connect(adminUrl.replace(/\/postgres$/, `/${name}`));
  return {
    ...connection,
    drop: async () => (await connection.close(), administer(adminUrl, `drop database ${name} with (force)`)),
  };
}

/** Rows and a hash of all content of a table, in a fixed order. */
async function contents(connection: Connection, table: string): Promise<unknown> {
  const { rows } = await sql`select count(*) as n, md5(string_agg(t::text, '|' order by t::text)) as hash
    from ${sql.table(table)} t`.execute(connection.db);
  return rows[0];
}

test('a backup comes back with every row, every queued job and every sequence', async () => {
  const target = join(folder, 'one');
  const { manifest } = await backUp(database, { target, files: null });
  expect(readdirSync(folder), 'nothing unfinished is left').toEqual(['one']);
  const fresh = await emptyDatabase('gm_restored');
  try {
    await restore(fresh, { source: target, files: null });
    for (const { schema, table, rows } of manifest.tables) {
      if (schema !== 'public') continue;
      expect(await contents(fresh, table), table).toEqual(await contents(database, table));
      expect(rows).toBeGreaterThanOrEqual(0);
    }
    const jobs = await sql`select payload from graphile_worker._private_jobs`.execute(fresh.db);
    expect(jobs.rows).toEqual([{ payload: { note: '대기' } }]);
    // The identity goes on after the last row, and the trail refuses changes again.
    await sql`insert into audit_entry (actor_kind, action, object_kind, object_id)
      values ('system', 'after', 'test', '1')`.execute(fresh.db);
    await expect(sql`delete from audit_entry`.execute(fresh.db)).rejects.toThrow(/never changed or deleted/);
    await expect(restore(fresh, { source: target, files: null })).rejects.toThrow(/not empty/);
  } finally {
    await fresh.drop();
  }
});

test('uploaded files come back into another place; what is not there is named', async () => {
  const store = (name: string) => fileStoreAt(pathToFileURL(join(folder, name)).href);
  mkdirSync(join(folder, 'files'));
  const member = contextFor(database, await newOrganisation(database), NOW);
  const kept = await ok(storeFile(member, pdf('kept'), store('files')));
  const lost = await ok(storeFile(member, pdf('lost'), store('files')));
  const keyOf = async (id: string) => (await fileForDownload(member, id))?.storageKey ?? '';
  await store('files').remove(await keyOf(lost.id));

  const target = join(folder, 'with-files');
  const { manifest, missing } = await backUp(database, { target, files: store('files') });
  expect(manifest.files.map((file) => file.key)).toEqual([await keyOf(kept.id)]);
  expect(missing).toEqual([await keyOf(lost.id)]);
  const fresh = await emptyDatabase('gm_with_files');
  try {
    await restore(fresh, { source: target, files: store('elsewhere') });
    const found = await store('elsewhere').read(await keyOf(kept.id));
    expect(await new Response(found?.stream).text()).toBe(await pdf('kept').text());
  } finally {
    await fresh.drop();
  }
});

test('everything is on the disk before the backup has its name, and so is the name in the end', async () => {
  const files = fileStoreAt(pathToFileURL(join(folder, 'flushed')).href);
  const member = contextFor(database, await newOrganisation(database), NOW);
  const file = await ok(storeFile(member, pdf('flushed'), files));
  const key = (await fileForDownload(member, file.id))?.storageKey ?? '';
  const probe = await open(folder, 'r');
  const flush = vi.spyOn(Object.getPrototypeOf(probe) as typeof probe, 'sync');
  await probe.close();
  vi.mocked(open).mockClear();
  vi.mocked(rename).mockClear();

  await backUp(database, { target: join(folder, 'new', 'flushed-backup'), files });

  const opened = vi.mocked(open).mock;
  const flushed = flush.mock.contexts.map((handle, call) => {
    const index = opened.settledResults.findIndex((result) => result.value === handle);
    const path = relative(folder, String(opened.calls[index]?.[0]));
    return { path, at: flush.mock.invocationCallOrder[call] ?? 0 };
  });
  flush.mockRestore();
  const named = vi.mocked(rename).mock.invocationCallOrder.at(-1) ?? 0;
  const unfinished = join('new', 'flushed-backup.unfinished');
  const before = flushed.filter(({ at }) => at < named).map(({ path }) => path);
  const inside = ['', 'manifest.json', 'public.audit_entry.copy.zst', 'files', join('files', key)];
  expect(before).toEqual(expect.arrayContaining(inside.map((path) => join(unfinished, path))));
  expect(flushed.filter(({ at }) => at > named).map(({ path }) => path)).toEqual(['new', '']);
});

test('a damaged upload is named and does not keep the rest from being restored', async () => {
  const store = fileStoreAt(pathToFileURL(join(folder, 'rotten')).href);
  const member = contextFor(database, await newOrganisation(database), NOW);
  const file = await ok(storeFile(member, pdf('rotten'), store));
  const key = (await fileForDownload(member, file.id))?.storageKey ?? '';
  await store.write(key, new TextEncoder().encode('%PDF- something else'));
  const target = join(folder, 'with-rotten');
  const { manifest, missing } = await backUp(database, { target, files: store });
  expect(missing).toContain(key);
  expect(manifest.files.map((saved) => saved.key)).not.toContain(key);
  const fresh = await emptyDatabase('gm_rotten');
  try {
    await restore(fresh, { source: target, files: fileStoreAt(pathToFileURL(join(folder, 'new')).href) });
  } finally {
    await fresh.drop();
  }
});

test('files that cannot be put back leave the database empty, so that it can be restored again', async () => {
  const files = fileStoreAt(pathToFileURL(join(folder, 'whole')).href);
  const member = contextFor(database, await newOrganisation(database), NOW);
  await ok(storeFile(member, pdf('whole'), files));
  const target = join(folder, 'whole-backup');
  await backUp(database, { target, files });
  const fresh = await emptyDatabase('gm_full_disk');
  try {
    const full = { ...files, write: () => Promise.reject(new Error('no space left')) };
    await expect(restore(fresh, { source: target, files: full })).rejects.toThrow('no space left');
    await restore(fresh, { source: target, files });
  } finally {
    await fresh.drop();
  }
});

test('a damaged backup is refused before anything is written', async () => {
  const target = join(folder, 'two');
  await backUp(database, { target, files: null });
  writeFileSync(dataFile(target, { schema: 'public', table: 'audit_entry' }), 'broken');
  const fresh = await emptyDatabase('gm_damaged');
  try {
    await expect(restore(fresh, { source: target, files: null })).rejects.toThrow(/public.audit_entry/);
    const tables = await sql`select from pg_tables where schemaname = 'public'`.execute(fresh.db);
    expect(tables.rows).toEqual([]);
  } finally {
    await fresh.drop();
  }
});
