import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { sendMail } from '#lib/server/notice/jobs.ts';
import { systemContext } from '#lib/server/platform/context.ts';

/** A mail server that takes or refuses everything. */
class MailServer {
  readonly taken: string[] = [];
  refuses = false;
  private readonly server: Server = createServer((socket) => this.talk(socket));

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    const { port } = this.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}?ignoreTLS=true`;
  }

  stop(): void {
    this.server.close();
  }

  private talk(socket: Socket): void {
    let message: string | null = null;
    let waiting = '';
    const say = (line: string) => socket.write(`${line}\r\n`);
    const answer = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO' || verb === 'HELO') return say('250 test');
      if (verb === 'DATA') {
        message = '';
        return say('354 go on');
      }
      if (verb === 'RCPT' && this.refuses) return say('451 try later');
      if (verb === 'QUIT') return socket.end('221 bye\r\n');
      return say('250 ok');
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      waiting += chunk.toString();
      for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
        const line = waiting.slice(0, end);
        waiting = waiting.slice(end + 2);
        if (message === null) answer(line);
        else if (line === '.') {
          this.taken.push(message);
          message = null;
          say('250 taken');
        } else message += `${line}\n`;
      }
    });
    say('220 test');
  }
}

const server = new MailServer();
let database: TestDatabase;

beforeAll(async () => {
  vi.stubEnv('SMTP_URL', await server.start());
  vi.stubEnv('MAIL_FROM', 'portal@example.org');
  database = await createDatabase();
});
afterAll(async () => {
  server.stop();
  vi.unstubAllEnvs();
  await database.drop();
});

const system = () => systemContext(database.db, 'mail.send', () => new Date());

async function newMail(): Promise<string> {
  const { id } = await database.db
    .insertInto('mail')
    .values({
      event_key: `test:${Math.random()}`,
      to_email: 'reader@example.test',
      lang: 'ko',
      subject: '관심 표명을 받아들였습니다',
      body: 'https://portal.example/reset/secret',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const rowOf = (id: string) =>
  database.db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('sending mail', () => {
  it('hands it over once, however often and by however many the job runs, and keeps no text', async () => {
    const id = await newMail();
    await Promise.all([1, 2, 3].map(() => sendMail(system(), { id })));
    await sendMail(system(), { id });
    expect(server.taken).toHaveLength(1);
    const [message] = server.taken;
    expect(message).toMatch(/^From: .*portal@example\.org/m);
    expect(message).toMatch(/^To: reader@example\.test/m);
    expect(message).toMatch(new RegExp(`^Message-ID: <${id}@`, 'm'));
    expect(message).toMatch(/^Content-Language: ko/m);
    expect(await rowOf(id)).toMatchObject({ body: '', attempts: 1, last_error: null });
    expect((await rowOf(id)).sent_at).not.toBeNull();
  });

  it('is tried again when the server does not take it, and says why', async () => {
    server.refuses = true;
    const id = await newMail();
    await expect(sendMail(system(), { id })).rejects.toThrow(/451/);
    expect(await rowOf(id)).toMatchObject({ sent_at: null, attempts: 1 });
    expect((await rowOf(id)).last_error).toMatch(/451/);
    server.refuses = false;
    await sendMail(system(), { id });
    expect(await rowOf(id)).toMatchObject({ attempts: 2, last_error: null, body: '' });
  });
});
