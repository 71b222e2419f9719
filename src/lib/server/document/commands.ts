import { createHash } from 'node:crypto';
import { isEditor } from '#lib/domain/account/policy.ts';
import { organisationOf } from '#lib/domain/account/actor.ts';
import {
  FILE_EMPTY,
  FILE_OF_OTHER_KIND,
  FILE_TOO_BIG,
  filesFull,
  MAX_FILE_BYTES,
  safeFileName,
} from '#lib/domain/document/file.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { command, lockRow } from '#lib/server/platform/command.ts';
import { config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { newFileKey, type FileStore } from '#lib/server/platform/file-store.ts';
import { fileStore } from '#lib/server/platform/files.ts';
import { log } from '#lib/server/platform/log.ts';
import { done, refuse, type Outcome } from '#lib/server/platform/result.ts';
import { mediaTypeOf } from '#lib/server/document/content.ts';
import {
  bytesOf,
  deleteFile,
  insertFile,
  ownFile,
  sameFile,
  usesOf,
} from '#lib/server/document/repository.ts';

export interface StoredFile {
  id: string;
  name: string;
}

interface CheckedFile {
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
  storageKey: string;
  /** Bytes that the files of the organisation may take together; null: no limit. */
  quota: number | null;
}

/**
 * Records bytes that are already kept. The same file sent twice is kept once. Refuses with `files-full`; the lock on the
 * organisation's row keeps two uploads at once from both being the last that fits.
 */
const recordFile = command({
  name: 'file.store',
  policy: isEditor,
  async run(tx, input: CheckedFile) {
    const organisationId = organisationOf(tx.actor);
    if (organisationId === null || !(await lockRow(tx.db, 'organisation', organisationId)))
      return refuse('forbidden');
    const row = {
      organisation_id: organisationId,
      name: input.name,
      media_type: input.mediaType,
      size: input.size,
      sha256: input.sha256,
      storage_key: input.storageKey,
      uploaded_by: tx.accountId,
    };
    const known = await sameFile(tx.db, row);
    if (known) return done({ id: known.id, name: known.name, storageKey: known.storage_key });
    if (input.quota !== null && (await bytesOf(tx.db, organisationId)) + input.size > input.quota)
      return refuse('files-full');
    const id = await insertFile(tx.db, row);
    await tx.audit({
      action: 'file.stored',
      object: { kind: 'file', id },
      after: { name: input.name, mediaType: input.mediaType, size: input.size, sha256: input.sha256 },
    });
    return done({ id, name: input.name, storageKey: input.storageKey });
  },
});

/**
 * Takes a file into the vault of the organisation acted for. Its kind is known by its content. Refuses with
 * `FILE_EMPTY`, `FILE_TOO_BIG` (over 20 MB), `FILE_OF_OTHER_KIND` or `filesFull(quota)`, which are codes for the field.
 */
export async function storeFile(
  ctx: Context,
  upload: File,
  store: FileStore = fileStore(),
  quota: number | null = config().filesQuota,
): Promise<Outcome<StoredFile>> {
  if (!isEditor(ctx.actor)) return refuse('forbidden');
  if (upload.size === 0) return refuse(FILE_EMPTY);
  if (upload.size > MAX_FILE_BYTES) return refuse(FILE_TOO_BIG);
  const bytes = new Uint8Array(await upload.arrayBuffer());
  const mediaType = await mediaTypeOf(bytes);
  if (mediaType === null) return refuse(FILE_OF_OTHER_KIND);
  const storageKey = newFileKey();
  await store.write(storageKey, bytes);
  const outcome = await recordFile(ctx, {
    name: safeFileName(upload.name, mediaType),
    mediaType,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    storageKey,
    quota,
  });
  // When the line broke nobody knows whether the row stands: bytes that nothing names harm less than a lost file.
  if (!outcome.ok) {
    await discard(store, storageKey);
    return refuse(outcome.code === 'files-full' && quota !== null ? filesFull(quota) : 'forbidden');
  }
  const { id, name, storageKey: kept } = outcome.value;
  if (kept !== storageKey) {
    // Known already. Its bytes may be lost or damaged in the store; what was just sent is the same and puts them right.
    await store.write(kept, bytes);
    await discard(store, storageKey);
  }
  return done({ id, name });
}

/** Removes bytes that no row names any more. What was asked for is done by then, so a store that fails is logged only. */
async function discard(store: FileStore, storageKey: string): Promise<void> {
  await store.remove(storageKey).catch((err: unknown) => {
    log.warn({ err, storageKey }, 'bytes that nothing names could not be removed');
  });
}

/** Was a file chosen in this field of a form? An untouched file field sends an empty one without a name. */
export function chosenFile(formData: FormData, field: string): File | null {
  const value = formData.get(field);
  return value instanceof File && value.name !== '' ? value : null;
}

const forgetFile = command({
  name: 'file.remove',
  policy: isEditor,
  async run(tx, input: { id: string }) {
    const organisationId = organisationOf(tx.actor);
    if (organisationId === null || !isUuid(input.id)) return refuse('not-found');
    // What stores a file or lets something rest on one holds this row too: none of them sees it half gone.
    await lockRow(tx.db, 'organisation', organisationId);
    const file = await ownFile(tx.db, organisationId, input.id);
    if (!file) return refuse('not-found');
    const uses = await usesOf(tx.db, input.id);
    if (uses.profile + uses.answers > 0) return refuse('file-in-use');
    await deleteFile(tx.db, input.id);
    await tx.audit({
      action: 'file.removed',
      object: { kind: 'file', id: input.id },
      before: { name: file.name, sha256: file.sha256 },
    });
    return done(file.storage_key);
  },
});

/**
 * Removes a file that nothing rests on any more. Refuses with `file-in-use` while an entry of the profile or an
 * answer to officials shows it. The bytes go after the row: a cut between the two leaves bytes that nothing names.
 */
export async function removeFile(
  ctx: Context,
  input: { id: string },
  store: FileStore = fileStore(),
): Promise<Outcome<undefined, 'not-found' | 'forbidden' | 'file-in-use'>> {
  const outcome = await forgetFile(ctx, input);
  if (!outcome.ok) return outcome;
  await discard(store, outcome.value);
  return done();
}
