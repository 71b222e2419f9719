import { isHttpError, type RequestEvent } from '@sveltejs/kit';
import { expect, it } from 'vitest';
import { refuseBrokenForm } from './broken-form.ts';

const read = async (type: string, body: string | null): Promise<unknown> => {
  const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
  const request = new Request('http://localhost/', { method: 'POST', headers, body });
  let form: unknown;
  await refuseBrokenForm({
    event: { request } as RequestEvent,
    resolve: async (event) => {
      form = await event.request.formData().then(
        (data) => data.get('a'),
        (thrown: unknown) => (isHttpError(thrown) ? thrown.status : thrown),
      );
      return new Response();
    },
  });
  return form;
};

it('a broken body is a bad request, a whole one is read', async () => {
  expect(await read('multipart/form-data; boundary=x', '--y broken')).toBe(400);
  expect(await read('application/json', '{}')).toBe(400);
  expect(await read('', null)).toBe(400);
  expect(await read('application/x-www-form-urlencoded', 'a=1')).toBe('1');
});
