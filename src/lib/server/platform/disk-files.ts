import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { sync, writeFlushed } from '#lib/server/platform/durable.ts';
import { FileStoreError, type FileStore } from '#lib/server/platform/file-store.ts';

/** A folder on disk. Written beside its place, flushed, then moved there: never half a file under a key. */
export function diskStore(filesUrl: string): FileStore {
  const root = fileURLToPath(filesUrl);
  const pathOf = (key: string) => join(root, key);
  return {
    async write(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const temporary = `${path}.${randomUUID()}.part`;
      try {
        await writeFlushed(temporary, bytes);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await sync(dirname(path));
      await sync(root);
    },
    async read(key) {
      const path = pathOf(key);
      const size = await stat(path).then(
        (found) => found.size,
        () => null,
      );
      if (size === null) return null;
      return { size, stream: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array> };
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    async check() {
      try {
        await mkdir(root, { recursive: true, mode: 0o700 });
        await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new FileStoreError(
          `FILES_URL: the folder ${root} cannot be written: ${why}.\nGive this user the right to write there, or name another folder.`,
        );
      }
    },
  };
}
