import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '#lib/server/platform/config.ts';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
}

describe('settings', () => {
  test('have defaults that work on one machine', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      origin: 'http://localhost:3000',
      originIsLocal: true,
      databaseUrl: null,
      meili: null,
      smtpUrl: null,
      filesQuota: 1024 ** 3,
      demo: false,
      logLevel: 'info',
    });
    expect(config.dataDir).toMatch(/\/\.data$/);
    expect(config.filesUrl).toMatch(/^file:\/\/.*\/\.data\/files$/);
  });

  test('that are empty count as not set', () => {
    expect(readConfig({ PORT: '', ORIGIN: '', DEMO: '', NODE_ENV: '' }).port).toBe(3000);
  });

  test('count the room for files in megabytes, 0 being no limit', () => {
    expect(readConfig({ FILES_QUOTA: '50' }).filesQuota).toBe(50 * 1024 * 1024);
    expect(readConfig({ FILES_QUOTA: '0' }).filesQuota).toBeNull();
  });

  test('follow each other: the port is in the origin, the data folder around the files', () => {
    const config = readConfig({ PORT: '4000', DATA_DIR: '/srv/gm' });
    expect(config.origin).toBe('http://localhost:4000');
    expect(config.filesUrl).toBe('file:///srv/gm/files');
    expect(readConfig({ ORIGIN: 'https://portal.example.org/' }).mailFrom).toBe(
      'gwangmaek@portal.example.org',
    );
  });

  test.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['HOST', 'a b'],
    ['ORIGIN', 'localhost:3000'],
    ['ORIGIN', 'https://portal.example.org/path'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['MEILI_URL', 'ftp://host'],
    ['SMTP_URL', 'http://host'],
    ['MAIL_FROM', 'nobody'],
    ['FILES_URL', '/a/folder'],
    ['FILES_URL', 'file://elsewhere/folder'],
    ['FILES_URL', 'https://bucket.example/files'],
    ['FILES_URL', 's3://key:secret@host'],
    ['FILES_URL', 's3://host/bucket'],
    ['FILES_QUOTA', '1 GB'],
    ['PAGE_LIMIT', '-1'],
    ['DEMO', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'staging'],
    ['DATABASE_POOL', '1'],
    ['WORKER_JOBS', '0'],
  ])('a wrong %s (%s) is named with what is allowed', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: .* is not allowed\\. Allowed: .+`)),
    ]);
  });

  test('all wrong ones are named at once, without the values of secrets', () => {
    const problems = problemsOf({
      PORT: 'x',
      DATABASE_URL: 'mysql://u:hush@h',
      SMTP_URL: 'http://u:hush@h',
      FILES_URL: 's3://u:hush@h',
    });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toContain('hush');
  });
});

describe('the demonstration', () => {
  test('is refused in production on an address of the world', () => {
    const env = { DEMO: '1', NODE_ENV: 'production', ORIGIN: 'https://portal.example.org' };
    expect(problemsOf(env)).toEqual([expect.stringMatching(/^DEMO: 1 is refused/)]);
    expect(readConfig({ ...env, DEMO: '0' }).demo).toBe(false);
  });

  test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'https://gm.localhost'])(
    'runs in production on %s',
    (origin) => {
      expect(readConfig({ DEMO: '1', NODE_ENV: 'production', ORIGIN: origin }).demo).toBe(true);
    },
  );

  test.each(['https://localhost.example.org', 'https://127.example.org'])('%s is not local', (origin) => {
    expect(readConfig({ ORIGIN: origin }).originIsLocal).toBe(false);
  });
});
