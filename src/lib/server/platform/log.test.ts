import { expect, test } from 'vitest';
import { createLog, describeError, readable } from '#lib/server/platform/log.ts';

function collect() {
  const lines: string[] = [];
  const log = createLog(() => 'web', 'info', { write: (line) => void lines.push(line) });
  return { log, last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown> };
}

test('a line says when, which process, and what', () => {
  const { log, last } = collect();
  log.info({ requestId: 'r1', status: 200 }, 'request');
  expect(last()).toMatchObject({ level: 'info', part: 'web', requestId: 'r1', status: 200, msg: 'request' });
  expect(String(last()['time'])).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('what identifies a person is removed', () => {
  const { log, last } = collect();
  log.info({ email: 'a@example.org', form: { password: 'hush', phone: '010' }, token: 't' }, 'x');
  expect(last()).toMatchObject({
    email: '[removed]',
    form: { password: '[removed]', phone: '[removed]' },
    token: '[removed]',
  });
});

test('an error keeps its stack and its codes, but not the values a database quotes', () => {
  const error = Object.assign(new Error('duplicate key'), {
    code: '23505',
    constraint: 'account_email',
    detail: 'Key (email)=(a@example.org) already exists.',
  });
  const described = describeError(error);
  expect(described).toMatchObject({ type: 'Error', code: '23505', constraint: 'account_email' });
  expect(described['stack']).toContain('log.test.ts');
  expect(JSON.stringify(described)).not.toContain('a@example.org');
});

test('a terminal gets one readable line', () => {
  const line = readable(
    '{"level":"warn","time":"2026-11-24T01:02:03.000Z","part":"worker","task":"mail.send","n":3,"msg":"job failed"}',
  );
  expect(line).toContain('01:02:03 worker warn');
  expect(line).toContain('job failed task=mail.send n=3\n');
});
