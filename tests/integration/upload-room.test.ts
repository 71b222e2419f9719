import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../../src/cli/launcher/build.ts';
import { startApp, type App } from '../support/app.ts';
import { pdf, publishedCompany } from '../support/companies.ts';
import { startSession } from '#lib/server/auth/session.ts';

/** The pages of an organisation whose room for files runs out, here 1 MB. */

const PAGE = '/company/profile/evidence';
let app: App;
let cookie = '';

beforeAll(async () => {
  await ensureBuilt();
  app = await startApp({ worker: false, env: { DEMO: '0', FILES_QUOTA: '1' } });
  const { accountId, organisationId } = await publishedCompany(app.database);
  const browser = { agent: 'test', address: '127.0.0.1' };
  cookie = `session=${await startSession(app.database.db, accountId, browser, new Date(), organisationId)}`;
});
afterAll(async () => {
  await app?.stop();
});

async function page(lang: '' | '/en'): Promise<string> {
  return (await fetch(`${app.origin}${lang}${PAGE}`, { headers: { cookie } })).text();
}

async function upload(lang: '' | '/en', kilobytes: number) {
  const body = new FormData();
  body.set('document', pdf('x'.repeat(kilobytes * 1024), `${kilobytes}.pdf`));
  const answer = await fetch(`${app.origin}${lang}${PAGE}?/upload`, {
    method: 'POST',
    headers: { cookie, origin: app.origin, accept: 'text/html' },
    body,
    redirect: 'manual',
  });
  return { status: answer.status, html: await answer.text() };
}

it('says what is left once it is little, and beside the field why a file is not taken', async () => {
  expect(await page('')).not.toContain('남은 자리');
  expect((await upload('', 900)).status).toBe(303);
  expect(await page('')).toContain('조직의 파일에 남은 자리는 124KB입니다.');
  expect(await page('/en')).toContain('Your organisation has 124 KB left for files.');

  const korean = await upload('', 200);
  expect(korean.status).toBe(400);
  expect(korean.html).toContain('조직의 파일이 모두 1MB를 넘게 됩니다.');
  const english = await upload('/en', 200);
  expect(english.status).toBe(400);
  expect(english.html).toContain('The files of your organisation would take more than 1 MB.');
  expect((await upload('', 100)).status, 'what fits is taken').toBe(303);
});
