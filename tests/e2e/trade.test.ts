import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import {
  expect,
  expectAccessible,
  expectNoWiderThan,
  openBrowser,
  openPage,
  type PageOptions,
  type WatchedPage,
} from '../support/browser.ts';
import { colleague, official, organisation, signIn } from '../support/trade.ts';
import type { Member, Official } from '#lib/domain/account/actor.ts';
import { interestForm } from '#lib/domain/engagement/form.ts';
import { basicsForm, requirementForm, termsForm } from '#lib/domain/opportunity/draft.ts';
import { lineVersionOf } from '#lib/domain/opportunity/line-version.ts';
import { sendInterest } from '#lib/server/engagement/commands.ts';
import { publishOpportunity, submitOpportunity } from '#lib/server/opportunity/commands.ts';
import { saveBasics, saveRequirement, saveTerms } from '#lib/server/opportunity/draft-commands.ts';
import { ownOpportunity } from '#lib/server/opportunity/lead-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import type { Outcome } from '#lib/server/platform/result.ts';

/** The errands of companies, leads and officials around notices and expressions of interest (UX §1). */

let app: App;
let browser: Browser;
let lead: Member;
let company: Member;
let officer: Official;
let suppliers: Member[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  lead = await organisation(app.database, { name: 'Errand Lead', lead: true });
  company = await organisation(app.database, { name: 'Errand Company' });
  officer = await official(app.database);
  suppliers = [];
  for (const [i, name] of ['Alpha', 'Beta', 'Gamma', 'Delta'].entries())
    suppliers.push(await supplier(`Errand ${name}`, 40_000 + 20_000 * i));
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

/** A vetted company with one capability that no other company of the demonstration has for this mineral. */
async function supplier(name: string, amount: number): Promise<Member> {
  const made = await organisation(app.database, { name });
  await app.database.db
    .insertInto('company_capability')
    .values({
      organisation_id: made.organisationId,
      capability: 'graphite-flake-plant',
      minerals: ['graphite'],
      amount,
      unit: 't/yr',
      year: 2026,
      evidence: 'audited',
    })
    .execute();
  await app.database.db
    .insertInto('entity_change')
    .values({ kind: 'company', id: made.organisationId })
    .execute();
  return made;
}

const as = (actor: Context['actor']): Context => ({
  db: app.database.db,
  actor,
  now: () => new Date(),
  lang: 'ko',
  requestId: 'test',
});

function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

/** A year from now, as a local time of a form. */
const deadline = () => `${new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10)}T17:00`;

async function published(title: string): Promise<string> {
  const { id } = must(
    await saveBasics(as(lead), {
      id: null,
      form: basicsForm.parse({
        type: 'equipment',
        project: 'mahenge',
        minerals: ['graphite'],
        title_ko: title,
        title_en: `${title} (en)`,
      }),
    }),
  );
  const line = requirementForm.parse({
    kind: 'capability',
    level: 'must',
    capability: 'graphite-flake-plant',
    minerals: ['graphite'],
    amount: '60000',
    unit: 't/yr',
  });
  must(await saveRequirement(as(lead), { id, line: null, form: line }));
  const terms = { deadline: deadline(), deadline_zone: 'Africa/Dar_es_Salaam', visibility: 'public' };
  must(await saveTerms(as(lead), { id, form: termsForm.parse(terms) }));
  must(await submitOpportunity(as(lead), { id }));
  must(await publishOpportunity(as(officer), { id }));
  return id;
}

async function sent(opportunity: string, by: Member): Promise<string> {
  const form = interestForm.parse({ message: '연 8만 톤을 처리합니다.', terms: 'on' });
  return must(await sendInterest(as(by), { opportunity, form })).id;
}

async function openAs(actor: Member | Official | null, options: PageOptions = {}): Promise<WatchedPage> {
  const view = await openPage(browser, app.origin, options);
  if (actor) await signIn(app, view.context, actor);
  return view;
}

async function end(view: WatchedPage): Promise<void> {
  view.check();
  await view.close();
}

describe.each([
  ['in Korean', '', true],
  ['in English without JavaScript', '/en', false],
] as const)('%s', (_how, prefix, javaScript) => {
  const ko = prefix === '';

  test('a lead writes a notice with four requirements in three screens, and an official publishes it', async () => {
    const view = await openAs(lead, { javaScript });
    const { page } = view;
    const title = `Errand notice ${prefix || 'ko'}`;
    // screen 1
    await page.goto(`${prefix}/lead/opportunities/new`);
    await page.selectOption('#type', 'equipment');
    await page.fill('#title_ko', title);
    await page.selectOption('#project', 'mahenge');
    await page.check('#minerals-graphite');
    await page.locator('main form.form button').first().click();
    // screen 2: one form a kind, each on the same screen
    await page.waitForURL('**/edit/requirements');
    await page.selectOption('#capability-capability', 'graphite-flake-plant');
    await page.fill('#capability-amount', '60,000');
    await page.fill('#capability-unit', 't/yr');
    const add = (kind: number) =>
      page.locator('details.fold').nth(kind).locator('button[type=submit]').click();
    const unfold = (kind: number) => page.locator('details.fold > summary').nth(kind).click();
    await add(0);
    await expect(page.locator('.lines > li')).toHaveCount(1);
    await unfold(1);
    await page.check('#certifications_any-certifications-iso-9001');
    await add(1);
    await expect(page.locator('.lines > li')).toHaveCount(2);
    await unfold(2);
    await page.locator('#country_experience-countries').click();
    await page.check('#country_experience-countries-TZ');
    await add(2);
    await expect(page.locator('.lines > li')).toHaveCount(3);
    await unfold(3);
    await page.selectOption('#language-language', 'en');
    await add(3);
    await expect(page.locator('.lines > li')).toHaveCount(4);
    await page.locator('a.btn--primary').click();
    // screen 3
    await page.waitForURL('**/edit/terms');
    await page.fill('#deadline', deadline());
    await page.locator('main form.form button').first().click();
    await page.waitForURL('**/edit/terms?done=saved*');
    await expect(page.locator('.preview')).toContainText(title);
    await page.locator('button[name=then][value=submit]').click();
    await page.waitForURL('**?done=submitted');
    await expect(page.locator('[role=status]').first()).toBeVisible();
    const id = /opportunities\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
    await end(view);

    const desk = await openAs(officer, { javaScript });
    await desk.page.goto(`${prefix}/ministry/opportunities/${id}`);
    await desk.page.locator('form[action="?/publish"] button').click();
    await desk.page.waitForURL('**/ministry/opportunities?done=published');
    await end(desk);

    const anyone = await openAs(null, { javaScript });
    await anyone.page.goto(`${prefix}/opportunities/${id}`);
    await expect(anyone.page.locator('h1')).toContainText(title);
    await expect(anyone.page.locator('#need + *, section[aria-labelledby=need] tbody tr')).not.toHaveCount(0);
    await end(anyone);
  });

  test('a faulty line says what to do and keeps what was typed', async () => {
    const { id } = must(
      await saveBasics(as(lead), {
        id: null,
        form: basicsForm.parse({ type: 'epc', country: 'TZ', title_en: 'Faulty' }),
      }),
    );
    const view = await openAs(lead, { javaScript });
    view.expectError(/400/);
    const { page } = view;
    await page.goto(`${prefix}/lead/opportunities/${id}/edit/requirements`);
    await page.fill('#capability-amount', '12 apples');
    await page.fill('#capability-unit', 'tonnes');
    await page.locator('details.fold').first().locator('button[type=submit]').click();
    await expect(page.locator('.error-summary')).toBeVisible();
    await expect(page.locator('#capability-amount')).toHaveValue('12 apples');
    await expect(page.locator('#capability-amount')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('.lines > li')).toHaveCount(0);
    await end(view);
  });

  test('a line that a colleague changed meanwhile is not overwritten unseen', async () => {
    const form = basicsForm.parse({ type: 'epc', country: 'TZ', title_en: 'Two at once' });
    const { id } = must(await saveBasics(as(lead), { id: null, form }));
    const added = requirementForm.parse({ kind: 'language', level: 'must', language: 'en' });
    const { line } = must(await saveRequirement(as(lead), { id, line: null, form: added }));
    const view = await openAs(lead, { javaScript });
    view.expectError(/409/);
    const { page } = view;
    await page.goto(`${prefix}/lead/opportunities/${id}/edit/requirements?line=${line}`);
    const [seen] = (await ownOpportunity(as(lead), id))?.requirements ?? [];
    if (!seen) throw new Error('No line');
    const other = { ...added, language: 'fr', seen: lineVersionOf(seen) };
    must(await saveRequirement(as(lead), { id, line, form: other }));
    await page.fill('#line-weight', '3');
    await page.click('form[action="?/line"] button[type=submit]');
    const notice = page.getByRole('status');
    await expect(notice).toContainText(ko ? '바뀐 것: 언어.' : 'What changed: language.');
    await expect(notice).toContainText(ko ? '프랑스어' : 'French');
    await expect(page.locator('#line-weight')).toHaveValue('3');
    await expect(page.locator('#line-language')).toHaveValue('en');
    await page.click('form[action="?/line"] button[type=submit]');
    await page.waitForURL('**done=line*');
    const [saved] = (await ownOpportunity(as(lead), id))?.requirements ?? [];
    expect(saved).toMatchObject({ language: 'en', weight: 3 });
    await end(view);
  });

  test('a lead sees what other requirements would leave, before publishing', async () => {
    const { id } = must(
      await saveBasics(as(lead), {
        id: null,
        form: basicsForm.parse({
          type: 'epc',
          project: 'mahenge',
          minerals: ['graphite'],
          title_en: 'What if',
        }),
      }),
    );
    const line = requirementForm.parse({
      kind: 'capability',
      level: 'must',
      capability: 'graphite-flake-plant',
      minerals: ['graphite'],
      amount: '70,000',
      unit: 't/yr',
    });
    must(await saveRequirement(as(lead), { id, line: null, form: line }));
    const view = await openAs(lead, { javaScript });
    view.expectError(/400/);
    const { page } = view;
    await page.goto(`${prefix}/lead/opportunities/${id}/what-if`);
    const rows = page.locator('section[aria-labelledby=funnel] tbody tr');
    const left = async (cell: 'first' | 'last') =>
      Number.parseInt((await rows.last().locator('td')[cell]().innerText()).trim(), 10);
    const before = await left('first');
    expect(before).toBeGreaterThanOrEqual(2);
    const amount = page.locator('input[name^=amount_]');
    const again = async () => {
      if (javaScript) await amount.blur();
      else await page.locator('#try button').click();
    };
    await amount.fill('no number');
    await again();
    await expect(amount).toHaveAttribute('aria-invalid', 'true');
    await expect(amount).toHaveValue('no number');
    await amount.fill('90,000');
    await again();
    // The one supplier with 80,000 t drops out.
    await expect.poll(() => left('last')).toBe(before - 1);
    await page.locator('form[action="?/apply"] button').click();
    await page.waitForURL('**/what-if?done=saved');
    await expect(amount).toHaveValue(/^90,?000$/);
    await expect.poll(() => left('first')).toBe(before - 1);
    await end(view);
  });

  test('a company expresses interest in one screen, once; the lead reads and accepts; both see contacts', async () => {
    const opportunity = await published(`Errand interest ${prefix || 'ko'}`);
    const view = await openAs(company, { javaScript });
    const { page } = view;
    await page.goto(`${prefix}/opportunities/${opportunity}`);
    await page.locator('.detail__next a.btn--primary').click();
    await page.waitForURL('**/company/interests/new/**');
    await page.fill('#message', 'We can do this.');
    await page.check('#terms');
    await page.locator('main form button.btn--primary').click();
    await page.waitForURL('**?done=sent');
    await expect(page.locator('.timeline li')).toHaveCount(2);

    // a second tab, a colleague: the same one
    const other = await openAs(await colleague(app.database, company), { javaScript });
    await other.page.goto(`${prefix}/company/interests/new/${opportunity}`);
    await other.page.waitForURL('**?done=already');
    await end(other);

    const desk = await openAs(lead, { javaScript });
    await desk.page.goto(`${prefix}/lead/opportunities/${opportunity}/interests`);
    await desk.page.locator('.result__title a').first().click();
    await desk.page.waitForURL('**/interests/*-*');
    await expect(desk.page.locator('main')).toContainText('We can do this.');
    await expect(desk.page.locator('main')).not.toContainText(company.email);
    await desk.page.locator('form[action="?/accept"] button').click();
    await desk.page.waitForURL('**?done=accepted');
    await expect(desk.page.locator('main')).toContainText(company.email);
    await end(desk);

    await page.reload();
    await expect(page.locator('main')).toContainText(lead.email);
    await expect(page.locator('main')).toContainText(ko ? '수락' : 'Accepted');
    await end(view);
  });

  test('a lead finds suppliers for one requirement, compares three and invites one in four clicks', async () => {
    await published(`Errand suppliers ${prefix || 'ko'}`);
    const view = await openAs(lead, { javaScript });
    const { page } = view;
    await page.goto(`${prefix}/lead`);
    await page.locator(`main a[href="${prefix}/lead/suppliers"]`).click(); // 1
    await page.waitForURL(`**${prefix}/lead/suppliers**`);
    await page.locator('.tray__actions a').click(); // 2
    await expect(page.locator('table.compare thead th[scope=col]')).toHaveCount(3);
    const first = page.locator('table.compare details.confirm').first();
    await first.locator('summary').click(); // 3
    await first.locator('button[type=submit]').click(); // 4
    await page.waitForURL('**done=invited**');
    await expect(page.locator('[role=status]').first()).toBeVisible();
    await end(view);
  });
});

test('anyone gets from the home page to open opportunities in graphite in Tanzania, at an address to share', async () => {
  const id = await published('Errand graphite');
  const view = await openAs(null);
  const { page } = view;
  await expect(async () => {
    await page.goto('/');
    await page.locator('main input[type=search]').first().fill('탄자니아 흑연 모집 중');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/opportunities?**');
    await expect(page.locator(`a[href="/opportunities/${id}"]`)).toBeVisible({ timeout: 1000 });
  }).toPass();
  const shared = await openAs(null);
  await shared.page.goto('/opportunities?mineral=graphite&country=TZ&status=open');
  await expect(shared.page.locator(`a[href="/opportunities/${id}"]`)).toBeVisible();
  await end(shared);
  await end(view);
});

test('a lead goes through the inbox with the keyboard', async () => {
  const opportunity = await published('Errand inbox');
  const ids = [];
  for (const by of suppliers) ids.push(await sent(opportunity, by));
  const view = await openAs(lead);
  const { page } = view;
  await page.goto(`/lead/opportunities/${opportunity}/interests/${ids[0]}`);
  await expect(page.locator('.keys input')).toBeChecked();
  await page.keyboard.press('j');
  await page.waitForURL(`**/${ids[1]}`);
  await page.keyboard.press('j');
  await page.waitForURL(`**/${ids[2]}`);
  await page.keyboard.press('k');
  await page.waitForURL(`**/${ids[1]}`);
  await page.locator('.keys input').uncheck();
  await page.locator('h1').click();
  await page.keyboard.press('j');
  await expect(page).toHaveURL(new RegExp(`${ids[1]}$`));
  await end(view);
});

test('an answer to a state that has changed is refused with words, and nothing is doubled', async () => {
  const opportunity = await published('Errand stale');
  const id = await sent(opportunity, company);
  const address = `/lead/opportunities/${opportunity}/interests/${id}`;
  const [one, two] = [await openAs(lead), await openAs(await colleague(app.database, lead))];
  await one.page.goto(address);
  await two.page.goto(address);
  await one.page.locator('form[action="?/accept"] button').click();
  await one.page.waitForURL('**?done=accepted');
  two.expectError(/409/);
  await two.page.locator('details.confirm summary').click();
  await two.page.check('#reason');
  await two.page.locator('form[action="?/decline"] button').click();
  await expect(two.page.locator('[role=status]').first()).toContainText('그새 상태가 바뀌었습니다');
  await expect(two.page.locator('.timeline li')).toHaveCount(3);
  await end(one);
  await end(two);
});

test('what is hidden and what does not exist answer the same', async () => {
  const view = await openAs(company);
  view.expectError(/404/);
  const absent = '01a20000-0000-7000-8000-000000000000';
  for (const path of [
    '/opportunities/nothing',
    `/opportunities/${absent}`,
    '/company/interests/nothing',
    `/company/interests/new/${absent}`,
    '/lead',
    `/ministry/opportunities/${absent}`,
  ])
    expect((await view.page.goto(path))?.status(), path).toBe(404);
  await end(view);
});

describe('the pages', () => {
  test.each(['', '/en'])('are accessible and fit a phone under "%s/"', async (prefix) => {
    const opportunity = await published('Errand pages');
    const interest = await sent(opportunity, suppliers[0] ?? company);
    const { id: draft } = must(
      await saveBasics(as(lead), {
        id: null,
        form: basicsForm.parse({ type: 'epc', country: 'TZ', title_en: 'Pages' }),
      }),
    );
    const places: [Member | Official | null, string][] = [
      [null, '/opportunities?mineral=graphite'],
      [null, '/opportunities?q=zzzz&country=TZ'],
      [null, `/opportunities/${opportunity}`],
      [company, `/opportunities/${opportunity}`],
      [company, `/company/interests/new/${opportunity}`],
      [suppliers[0] ?? company, '/company/interests'],
      [suppliers[0] ?? company, `/company/interests/${interest}`],
      [lead, '/lead'],
      [lead, '/lead/opportunities'],
      [lead, `/lead/opportunities/${opportunity}`],
      [lead, `/lead/opportunities/${draft}/edit/basics`],
      [lead, `/lead/opportunities/${draft}/edit/requirements`],
      [lead, `/lead/opportunities/${draft}/edit/terms`],
      [lead, `/lead/opportunities/${draft}/what-if`],
      [lead, `/lead/opportunities/${opportunity}/what-if`],
      [lead, `/lead/opportunities/${opportunity}/interests/${interest}`],
      [lead, `/lead/opportunities/${opportunity}/matches?all=1`],
      [lead, '/lead/suppliers'],
      [lead, '/lead/shortlists'],
      [officer, '/ministry/opportunities'],
      [officer, `/ministry/opportunities/${opportunity}`],
    ];
    for (const [actor, path] of places) {
      const view = await openAs(actor);
      const response = await view.page.goto(prefix + path);
      expect(response?.status(), path).toBe(200);
      await expect(view.page.locator('h1'), path).toHaveCount(1);
      await expectAccessible(view.page);
      await view.page.setViewportSize({ width: 320, height: 640 });
      await expectNoWiderThan(view.page, 320);
      await end(view);
    }
  });
});
