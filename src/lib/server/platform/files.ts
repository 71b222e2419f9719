import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { config } from '#lib/server/platform/config.ts';

/** Where the bytes of uploaded files lie. Rows of `file` say whose they are and what they are called. */
export interface FileStore {
  /** Keeps bytes under a new key. When it returns, they survive a power cut. */
  write(bytes: Uint8Array): Promise<string>;
  /** The bytes as a stream with their length; null when there are none under the key. */
  read(key: string): Promise<{ size: number; stream: ReadableStream<Uint8Array> } | null>;
  /** Removes what is under a key; nothing there is fine too. */
  remove(key: string): Promise<void>;
}

/** `ab/0199…`: two characters spread the files over folders. */
const KEY = /^[0-9a-f]{2}\/[0-9a-f-]{36}$/;

/** A folder on disk. Written beside its place, flushed, then moved there: never half a file under a key. */
export function diskStore(filesUrl: string): FileStore {
  const root = fileURLToPath(filesUrl);
  const pathOf = (key: string) => {
    if (!KEY.test(key)) throw new Error('not a storage key');
    return join(root, key);
  };
  return {
    async write(bytes) {
      const id = randomUUID();
      const key = `${id.slice(0, 2)}/${id}`;
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const temporary = `${path}.part`;
      try {
        await flush(temporary, bytes);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
      await syncFolder(root);
      return key;
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
  };
}

async function flush(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the name of a new file durable as well. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

let memo: FileStore | undefined;

/** The store that FILES_URL names. */
export function fileStore(): FileStore {
  memo ??= diskStore(config().filesUrl);
  return memo;
}
