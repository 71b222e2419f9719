import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '#lib/server/platform/context.ts';
import { REFERENCE_FILES } from '#lib/server/insight/load/files.ts';

/** What was loaded and when, in the order of the files. */
export async function referenceFiles(
  ctx: Context,
): Promise<{ name: string; rows: number; loadedAt: Date }[]> {
  const rows = await ctx.db.selectFrom('reference_file').selectAll().execute();
  return REFERENCE_FILES.flatMap((name) => {
    const row = rows.find((one) => one.name === name);
    return row ? { name, rows: row.row_count, loadedAt: row.loaded_at } : [];
  });
}

/** Folder of the shipped files, relative to the root of the clone, where every process of ours works. */
const FOLDER = 'data';
const PUBLIC: readonly string[] = REFERENCE_FILES;

/** A file that anyone may download, as it was shipped; null when there is none of that name. */
export async function publicDataFile(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!PUBLIC.includes(name)) return null;
  return new Uint8Array(await readFile(join(FOLDER, name)));
}
