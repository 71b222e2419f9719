import { randomUUID } from 'node:crypto';

/** Where the bytes of uploaded files lie. Rows of `file` say whose they are and what they are called. */
export interface FileStore {
  /** Keeps bytes under a key, replacing what is there. When it returns, they survive a power cut. */
  write(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes as a stream with their length; null when there are none under the key. */
  read(key: string): Promise<StoredBytes | null>;
  /** Removes what is under a key; nothing there is fine too. */
  remove(key: string): Promise<void>;
  /** Proves that files can be kept here. Throws {@link FileStoreError}, which says what is wrong. */
  check(): Promise<void>;
}

export interface StoredBytes {
  /** In bytes. */
  size: number;
  stream: ReadableStream<Uint8Array>;
}

/** `ab/0199…`: two characters spread the files over folders. */
const KEY = /^[0-9a-f]{2}\/[0-9a-f-]{36}$/;

/** A key that no file has yet. */
export function newFileKey(): string {
  const id = randomUUID();
  return `${id.slice(0, 2)}/${id}`;
}

/** Throws for anything but a key made by {@link newFileKey}: keys become paths. */
function proven(key: string): string {
  if (!KEY.test(key)) throw new Error('not a storage key');
  return key;
}

/** A store that takes no other keys than ours. */
export function guarded(store: FileStore): FileStore {
  return {
    write: async (key, bytes) => await store.write(proven(key), bytes),
    read: async (key) => await store.read(proven(key)),
    remove: async (key) => await store.remove(proven(key)),
    check: async () => await store.check(),
  };
}

/** The place of uploaded files cannot be used as it is set; the message says why and what to do. */
export class FileStoreError extends Error {
  override name = 'FileStoreError';
}
