import { expect, it } from 'vitest';
import { patientAddress } from '#lib/server/platform/mail.ts';

it('waits for a mail server no longer than a job may take, unless the setting says so', () => {
  const address = patientAddress('smtp://user:p%40ss@mail.example.org:587?socketTimeout=5000');
  expect(address).toBe(
    'smtp://user:p%40ss@mail.example.org:587?socketTimeout=5000&connectionTimeout=10000&greetingTimeout=10000',
  );
});
