import { S3mini, S3ServiceError } from 's3mini';
import { bucketOf } from '#lib/server/platform/bucket-address.ts';
import { FileStoreError, type FileStore } from '#lib/server/platform/file-store.ts';

/** For a whole upload of 20 MB over a slow line, and for the first byte of an answer. */
const PATIENCE_MS = 60_000;

/** A bucket of any server that speaks S3, addressed by path. */
export function s3Store(filesUrl: string): FileStore {
  const bucket = bucketOf(filesUrl);
  if (bucket === null) throw new FileStoreError('FILES_URL does not name a bucket.');
  const { prefix, ...rest } = bucket;
  const client = new S3mini({ ...rest, fetch: patientFetch });
  return {
    async write(key, bytes) {
      await client.putObject(prefix + key, bytes);
    },
    async read(key) {
      const response = await client.getObjectResponse(prefix + key);
      if (response === null || response.body === null) return null;
      const size = Number(response.headers.get('content-length') ?? Number.NaN);
      if (Number.isInteger(size)) return { size, stream: response.body };
      const bytes = await response.bytes();
      return { size: bytes.length, stream: new Blob([bytes]).stream() };
    },
    async remove(key) {
      await client.deleteObject(prefix + key).catch((error: unknown) => {
        // Some servers say so when there is nothing to remove.
        if (!(error instanceof S3ServiceError && error.status === 404)) throw error;
      });
    },
    async check() {
      const there = await client.bucketExists().catch((error: unknown) => {
        throw new FileStoreError(`FILES_URL: ${bucket.endpoint} does not answer: ${reason(error)}.`);
      });
      if (there) return;
      throw new FileStoreError(
        `FILES_URL: ${bucket.endpoint} cannot be used: the bucket is not there, or the key may not open it.`,
      );
    },
  };
}

/** `fetch` that gives up where no answer begins; a body that has begun may take its time. */
const patientFetch: typeof fetch = async (input, init) => {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(new Error('no answer in time')), PATIENCE_MS);
  try {
    return await fetch(input, { ...init, signal: waiting.signal });
  } finally {
    clearTimeout(timer);
  }
};

/** `fetch failed` says nothing; its cause does. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reason(error.cause) : error.message;
}
