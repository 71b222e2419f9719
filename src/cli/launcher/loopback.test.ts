import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { treatLoopbackNamesAlike } from './loopback.ts';

let port = 0;
const server = createServer((incoming, response) => response.end(JSON.stringify(incoming.headers)));

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
  treatLoopbackNamesAlike(`http://localhost:${port}`);
});

afterAll(() => server.close());

/** The headers as the application sees them. */
function seen(host: string, origin: string): Promise<IncomingHttpHeaders> {
  return new Promise((done, refuse) => {
    const options = { host: '127.0.0.1', port, agent: false as const, headers: { host, origin } };
    request(options, (response) => {
      response.once('data', (data: Buffer) => done(JSON.parse(data.toString()) as IncomingHttpHeaders));
    })
      .on('error', refuse)
      .end();
  });
}

test('a form sent at 127.0.0.1 is one of localhost', async () => {
  expect(await seen(`127.0.0.1:${port}`, `http://127.0.0.1:${port}`)).toMatchObject({
    host: `localhost:${port}`,
    origin: `http://localhost:${port}`,
  });
});

test('a form from elsewhere stays foreign', async () => {
  for (const origin of ['http://evil.example', `http://127.0.0.1:${port + 1}`, 'null']) {
    expect(await seen(`127.0.0.1:${port}`, origin)).toMatchObject({ origin });
  }
  expect(await seen('evil.example', 'http://evil.example')).toMatchObject({
    host: 'evil.example',
    origin: 'http://evil.example',
  });
});
