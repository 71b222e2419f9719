import { config } from '#lib/server/platform/config.ts';
import { diskStore } from '#lib/server/platform/disk-files.ts';
import { guarded, type FileStore } from '#lib/server/platform/file-store.ts';
import { s3Store } from '#lib/server/platform/s3-files.ts';

/** The store at an address: a folder (`file:`) or a bucket (`s3:`, `s3+http:`). */
export function fileStoreAt(filesUrl: string): FileStore {
  return guarded(filesUrl.startsWith('file:') ? diskStore(filesUrl) : s3Store(filesUrl));
}

let memo: FileStore | undefined;

/** The store that FILES_URL names. */
export function fileStore(): FileStore {
  memo ??= fileStoreAt(config().filesUrl);
  return memo;
}
