import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bucketOf } from '#lib/server/platform/bucket-address.ts';
import { FileStoreError, newFileKey, type FileStore } from '#lib/server/platform/file-store.ts';
import { fileStoreAt } from '#lib/server/platform/files.ts';

const SECRET = 'a/secret+with=signs';
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();

/** The signature a request must carry, by the published steps of AWS Signature Version 4. */
function signatureOf(request: IncomingMessage, region: string): string {
  const authorisation = request.headers.authorization ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(authorisation)?.[1]?.split(';') ?? [];
  const scope = /Credential=key\/([^,]+)/.exec(authorisation)?.[1] ?? '';
  const [day = ''] = scope.split('/');
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [
    request.method,
    path,
    query,
    ...names.map((name) => `${name}:${String(request.headers[name]).trim()}`),
    '',
    names.join(';'),
    request.headers['x-amz-content-sha256'],
  ].join('\n');
  const digest = createHash('sha256').update(canonical).digest('hex');
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, digest].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${SECRET}`, day), region), 's3'), 'aws4_request');
  return hmac(key, text).toString('hex');
}

/** As much of an S3 server as files need: it keeps objects and refuses what is not signed with the key. */
function bucketServer(objects: Map<string, Buffer>, faults: { status: number | null }): Server {
  return createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const path = (request.url ?? '').split('?')[0] ?? '';
      const signed = request.headers.authorization?.endsWith(`Signature=${signatureOf(request, 'seoul')}`);
      if (faults.status !== null || signed !== true) return response.writeHead(faults.status ?? 403).end();
      if (path === '/files' || path === '/files/') return response.writeHead(200).end();
      if (!path.startsWith('/files/')) return response.writeHead(404).end();
      if (request.method === 'PUT') {
        objects.set(path, body);
        return response.writeHead(200, { etag: '"x"' }).end();
      }
      if (request.method === 'DELETE') {
        return response.writeHead(objects.delete(path) ? 204 : 404).end();
      }
      const found = objects.get(path);
      if (found === undefined) return response.writeHead(404).end();
      return response.writeHead(200, { 'content-length': found.length }).end(found);
    })();
  });
}

describe('files in a bucket', () => {
  const objects = new Map<string, Buffer>();
  const faults: { status: number | null } = { status: null };
  let server: Server;
  let store: FileStore;
  const at = (path: string, secret = SECRET) => {
    const { port } = server.address() as AddressInfo;
    return fileStoreAt(`s3+http://key:${encodeURIComponent(secret)}@127.0.0.1:${port}/${path}`);
  };

  beforeEach(async () => {
    objects.clear();
    faults.status = null;
    server = bucketServer(objects, faults);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    store = at('files/portal?region=seoul');
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  test('come back byte by byte, and are gone when removed', async () => {
    const key = newFileKey();
    const bytes = new Uint8Array(300_000).map((_, index) => (index * 31) % 251);
    await store.check();
    await store.write(key, bytes);
    expect([...objects.keys()]).toEqual([`/files/portal/${key}`]);
    const found = await store.read(key);
    expect(found?.size).toBe(bytes.length);
    expect(new Uint8Array(await new Response(found?.stream).arrayBuffer())).toEqual(bytes);
    await store.remove(key);
    await store.remove(key);
    expect(await store.read(key)).toBeNull();
  });

  test('are never half kept: what the server refuses is an error', async () => {
    for (const status of [403, 500, 503]) {
      faults.status = status;
      await expect(store.write(newFileKey(), new Uint8Array([1]))).rejects.toThrow(String(status));
      await expect(store.read(newFileKey()), 'is not taken for a missing file').rejects.toThrow();
    }
    expect(objects.size).toBe(0);
  });

  test('of another key, another bucket or no server: the start says so, without the secret', async () => {
    const wrong = [at('files?region=seoul', 'other'), at('absent?region=seoul')];
    for (const one of wrong) await expect(one.check()).rejects.toThrow(FileStoreError);
    const away = fileStoreAt('s3+http://key:hush@127.0.0.1:1/files');
    const said = await away.check().then(
      () => '',
      (error: unknown) => String(error),
    );
    expect(said).toMatch(/does not answer/);
    expect(said).not.toContain('hush');
  });

  test('have keys of ours only', async () => {
    for (const key of ['../etc/passwd', 'ab/x', '', 'ab/../../x'])
      await expect(store.read(key)).rejects.toThrow('not a storage key');
  });
});

describe('the address of a bucket', () => {
  test('is read with its parts', () => {
    expect(bucketOf('s3://key:a%2Fb@s3.example.org:9000/files/portal/2026?region=ap-northeast-2')).toEqual({
      accessKeyId: 'key',
      secretAccessKey: 'a/b',
      endpoint: 'https://s3.example.org:9000/files',
      region: 'ap-northeast-2',
      prefix: 'portal/2026/',
    });
    expect(bucketOf('s3+http://key:b@localhost/files')).toMatchObject({
      endpoint: 'http://localhost/files',
      prefix: '',
    });
  });

  test.each(['s3://host/bucket', 's3://key@host/bucket', 's3://key:secret@host/', 's3://k:%zz@host/b', 'x'])(
    'is refused when a part is missing or wrong (%s)',
    (address) => expect(bucketOf(address)).toBeNull(),
  );
});
