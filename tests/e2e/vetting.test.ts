import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import {
  expect,
  expectAccessible,
  openBrowser,
  openPage,
  type PageOptions,
  type WatchedPage,
} from '../support/browser.ts';
import { mailsTo, newEmail, newPerson, ok, PASSWORD } from '../support/people.ts';
import { colleague, contextOf, official, organisation, signIn } from '../support/trade.ts';
import { until } from '../support/until.ts';
import type { Member, Official } from '#lib/domain/account/actor.ts';
import { LANGS, type Lang } from '#lib/i18n/lang.ts';
import { submitForVetting } from '#lib/server/vetting/commands.ts';
import { proposeDecision } from '#lib/server/vetting/decision-commands.ts';
import { caseDetail } from '#lib/server/vetting/queries.ts';
import { assignCase, recordFinding, requestInformation } from '#lib/server/vetting/review-commands.ts';

let app: App;
let browser: Browser;
let maker: Official;
let checker: Official;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  maker = await official(app.database);
  checker = await official(app.database, 'mofa');
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const now = () => new Date();
const as = (actor: Member | Official, at = now()) => contextOf(app.database, actor, at);
const at = (lang: Lang, path: string) => (lang === 'en' ? `/en${path}` : path);
const word = (lang: Lang, ko: string, en: string) => (lang === 'ko' ? ko : en);

async function view(actor: Member | Official | null, options: PageOptions = {}): Promise<WatchedPage> {
  const watched = await openPage(browser, app.origin, options);
  if (actor) await signIn(app, watched.context, actor);
  return watched;
}

/** A case that somebody has taken, submitted on `day`. */
async function taken(name: string, day = now()): Promise<{ firm: Member; id: string }> {
  const firm = await organisation(app.database, { name, standing: 'registered', vettedUntil: null });
  const { id } = await ok(submitForVetting(as(firm, day), undefined));
  await ok(assignCase(as(maker), { caseId: id, assignee: maker.accountId }));
  return { firm, id };
}

async function proposed(name: string): Promise<{ firm: Member; id: string }> {
  const { firm, id } = await taken(name);
  for (const { item } of (await caseDetail(as(maker), id))?.items ?? [])
    await ok(recordFinding(as(maker), { caseId: id, item, finding: 'met', note: '' }));
  const nextYear = new Date(Date.now() + 360 * 86_400_000).toISOString().slice(0, 10);
  await ok(
    proposeDecision(as(maker), {
      caseId: id,
      outcome: 'vetted',
      reason_code: 'all-met',
      reason_ko: '모든 항목을 확인했습니다.',
      reason_en: 'Everything was checked.',
      internal_note: '',
      valid_to: nextYear,
    }),
  );
  return { firm, id };
}

const VARIANTS = [
  { lang: 'ko', javaScript: true },
  { lang: 'en', javaScript: true },
  { lang: 'ko', javaScript: false },
] as const;

describe.each(VARIANTS)('an official ($lang, script: $javaScript)', ({ lang, javaScript }) => {
  test('from home to the most overdue case in one click, and finds an item on that screen', async () => {
    // Older than every other case, so it comes first.
    const day = new Date(Date.now() - 60 * 86_400_000);
    const name = `Overdue ${lang} ${javaScript}`;
    const { id } = await taken(name, day);
    const watched = await view(maker, { javaScript });
    const { page } = watched;
    await page.goto(at(lang, '/ministry'));
    const todo = page.locator('li.todo').filter({ hasText: name });
    await expect(todo).toContainText(word(lang, '늦음', 'overdue'));
    if (javaScript) await expectAccessible(page);
    await todo.getByRole('link').first().click();
    await page.waitForURL(`**${at(lang, `/ministry/vetting/${id}`)}`);
    for (const heading of [
      word(lang, '제출한 내용', 'What was submitted'),
      word(lang, '확인 항목', 'Checklist'),
      word(lang, '처리 기한', 'Clock'),
      word(lang, '기록', 'History'),
    ])
      await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
    if (javaScript) await expectAccessible(page);

    const first = page.locator('#item-identity');
    await first.getByLabel(word(lang, '부적합', 'Not met')).check();
    watched.expectError(/400/);
    await first.locator('form[action="?/finding"] button').click();
    // Refused without a note: the choice is kept, the summary leads to the field.
    await expect(page.locator('#item-identity').getByLabel(word(lang, '부적합', 'Not met'))).toBeChecked();
    const summary = page.locator('.error-summary');
    await expect(summary).toBeVisible();
    if (javaScript) await expect(summary).toBeFocused();
    await summary.getByRole('link').first().click();
    await page.locator('#note-identity').fill('국세청 조회 결과 없음, 2쪽.');
    await page.locator('#item-identity form[action="?/finding"] button').click();
    await expect(page.getByRole('status').first()).toContainText(
      word(lang, '판단을 저장했습니다', 'The finding is saved'),
    );
    await expect(page.locator('#item-identity > summary')).toContainText('2쪽');
    watched.check();
    await watched.close();
  });

  test('confirms as the second person after reading the reason, on one screen', async () => {
    const { firm, id } = await proposed(`Second ${lang} ${javaScript}`);
    const own = await view(maker, { javaScript });
    await own.page.goto(at(lang, `/ministry/vetting/${id}`));
    await expect(own.page.locator('form[action="?/confirm"]')).toHaveCount(0);
    await own.close();

    const watched = await view(checker, { javaScript });
    const { page } = watched;
    await page.goto(at(lang, `/ministry/vetting/${id}`));
    await expect(page.locator('main')).toContainText('모든 항목을 확인했습니다.');
    if (javaScript) await expectAccessible(page);
    await page.getByRole('button', { name: word(lang, '결정 확정하기', 'Confirm the decision') }).click();
    await expect(page.getByRole('status').first()).toContainText(word(lang, '확정했습니다', 'Confirmed'));
    watched.check();
    await watched.close();

    const theirs = await view(firm, { javaScript });
    await theirs.page.goto(at(lang, '/company/vetting'));
    await expect(theirs.page.locator('.page-head')).toContainText(word(lang, '검증됨', 'Vetted'));
    await expect(theirs.page.locator('main')).toContainText(
      word(lang, '모든 항목을 확인했습니다.', 'Everything was checked.'),
    );
    if (javaScript) await expectAccessible(theirs.page);
    theirs.check();
    await theirs.close();
  });
});

async function signInOnPage(page: Page, email: string): Promise<void> {
  await page.locator('input[name="email"]').fill(email);
  await page.locator('input[name="password"]').fill(PASSWORD);
  await page.locator('main form button[type="submit"], main form .btn--primary').first().click();
}

describe.each(VARIANTS)('a company ($lang, script: $javaScript)', ({ lang, javaScript }) => {
  test('answers one item by upload straight from the mail, signing in on the way', async () => {
    const { firm, id } = await taken(`Answering ${lang} ${javaScript}`);
    const person = await newPerson(app.database, { email: newEmail() });
    await app.database.db
      .insertInto('membership')
      .values({ organisation_id: firm.organisationId, account_id: person.id, role: 'editor' })
      .execute();
    await app.database.db.updateTable('account').set({ lang }).where('id', '=', person.id).execute();
    const question = { caseId: id, item: 'ownership', question: '주주 명부를 올려 주십시오.' };
    const { requestId } = await ok(requestInformation(as(maker), question));
    const link = await linkTo(person.email, requestId);
    expect(link.startsWith(at(lang, '/company/vetting/requests/'))).toBe(true);

    const watched = await view(null, { javaScript });
    const { page } = watched;
    await page.goto(link);
    await signInOnPage(page, person.email);
    await page.waitForURL(`**${link}`);
    await expect(page.locator('main')).toContainText('주주 명부를 올려 주십시오.');
    if (javaScript) await expectAccessible(page);
    watched.expectError(/400/);
    await page.getByRole('button', { name: word(lang, '답 보내기', 'Send the answer') }).click();
    const answer = page.locator('#answer');
    if (javaScript) await expect(page.locator('.error-summary')).toBeFocused();
    await answer.fill('첨부한 명부 2쪽에 있습니다.');
    await page.locator('input[type="file"]').setInputFiles({
      name: 'shareholders.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7\nregister\n%%EOF'),
    });
    await page.getByRole('button', { name: word(lang, '답 보내기', 'Send the answer') }).click();
    await page.waitForURL(`**${at(lang, '/company/vetting?done=answered')}`);
    if (javaScript) await expectAccessible(page);
    watched.check();
    await watched.close();

    const seen = await view(maker, { javaScript });
    await seen.page.goto(at(lang, `/ministry/vetting/${id}`));
    await seen.page.locator('#item-ownership summary').first().click();
    await expect(seen.page.locator('#item-ownership')).toContainText('shareholders.pdf');
    seen.check();
    await seen.close();
  });
});

/** The address in the mail about a request, once the worker has written it; without the origin. */
async function linkTo(email: string, requestId: string): Promise<string> {
  let link = '';
  await until(`a mail to ${email} is about ${requestId}`, async () => {
    const mails = await mailsTo(app.database, email);
    const about = mails.find((mail) => mail.body.includes(requestId));
    const address = /https?:\/\/\S+/.exec(about?.body ?? '')?.[0];
    if (address) link = new URL(address).pathname;
    return link !== '';
  });
  return link;
}

test('an official opens a suspension case from the company, and the company asks for vetting', async () => {
  const firm = await organisation(app.database, { name: 'Watched' });
  const watched = await view(maker);
  const { page } = watched;
  await page.goto(`/companies/${firm.organisationId}`);
  await page.getByText('정지 심사 열기').click();
  await page.getByRole('button', { name: '정지 심사 시작하기' }).click();
  await page.waitForURL(/\/ministry\/vetting\/[0-9a-f-]{36}$/);
  await expect(page.locator('.page-head')).toContainText('정지 심사');
  await page.getByRole('button', { name: '내가 맡기' }).click();
  await expect(page.getByRole('status').first()).toContainText('심사자를 정했습니다');
  // A second one is not made; the page says so.
  watched.expectError(/409/);
  await page.goto(`/companies/${firm.organisationId}`);
  await page.getByText('정지 심사 열기').click();
  await page.getByRole('button', { name: '정지 심사 시작하기' }).click();
  await expect(page.locator('main')).toContainText('진행 중인 심사가 이미 있습니다');
  watched.check();
  await watched.close();

  const fresh = await organisation(app.database, {
    name: 'Fresh',
    standing: 'registered',
    vettedUntil: null,
  });
  const theirs = await view(await colleague(app.database, fresh));
  await theirs.page.goto('/company/vetting');
  await theirs.page.getByText('심사 신청하기').click();
  await theirs.page.getByRole('button', { name: '이 내용으로 신청하기' }).click();
  await expect(theirs.page.getByRole('status').first()).toContainText('심사를 신청했습니다');
  await expectAccessible(theirs.page);
  theirs.check();
  await theirs.close();
});

test('the queue and the home are accessible in both languages', async () => {
  const watched = await view(maker);
  for (const lang of LANGS)
    for (const path of [
      '/ministry',
      '/ministry/vetting',
      '/ministry/vetting?view=ended',
      '/ministry/projects',
    ]) {
      await watched.page.goto(at(lang, path));
      await expectAccessible(watched.page);
    }
  watched.check();
  await watched.close();
});
