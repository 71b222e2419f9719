import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import {
  expect,
  expectAccessible,
  openBrowser,
  openPage,
  type PageOptions,
  type WatchedPage,
} from '../support/browser.ts';
import { firm, stale } from '../support/teams.ts';
import { organisation, signIn } from '../support/trade.ts';
import type { Member } from '#lib/domain/account/actor.ts';

/** A publisher and a company that keep their names back, until both agree to show them. */

let app: App;
let browser: Browser;
let lead: Member;
let shy: Member;
let draft: string;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  lead = await organisation(app.database, { name: 'Silverfox', lead: true });
  shy = await firm(app.database, 'Otterstone', {
    capabilities: ['dewatering-filters'],
    consent: null,
    pseudonymous: true,
  });
  const { rows } = await app.database.pool.query<{ id: string }>(
    `insert into opportunity (organisation_id, publisher, country, place, type, title_ko, title_en, summary_en, minerals)
     values ($1, 'Silverfox', 'AU', 'Foxvalley', 'equipment', '정광 여과 설비', 'Filters for concentrate',
       'The Silverfox mine needs filters.', '{graphite}') returning id`,
    [lead.organisationId],
  );
  draft = rows[0]?.id ?? '';
  await app.database.pool.query(
    `insert into requirement (opportunity_id, position, must, kind, capability, minerals)
     values ($1, 1, true, 'capability', 'dewatering-filters', '{graphite}')`,
    [draft],
  );
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

async function openAs(actor: Member | null, options: PageOptions = {}): Promise<WatchedPage> {
  const view = await openPage(browser, app.origin, options);
  if (actor !== null) await signIn(app, view.context, actor);
  return view;
}

async function end(view: WatchedPage): Promise<void> {
  view.check();
  await view.close();
}

test('a draft keeps its names back, and says where its own texts tell them', async () => {
  const desk = await openAs(lead);
  await desk.page.goto(`/en/lead/opportunities/${draft}/edit/terms`);
  await desk.page.fill('[name=deadline]', `${new Date().getUTCFullYear() + 1}-06-30T17:00`);
  await desk.page.check('[name=pseudonymous]');
  await desk.page.locator('main form button').first().click();
  await desk.page.waitForURL('**done=saved*');
  await expect(desk.page.locator('main')).toContainText('The text tells names that you keep back');
  await expect(desk.page.locator('main')).toContainText('Description (English): Silverfox');
  await expect(desk.page.locator('.preview')).toContainText('A project lead that keeps its name back');
  await expect(desk.page.locator('.preview')).not.toContainText('Foxvalley');
  await expectAccessible(desk.page);
  await end(desk);
  await app.database.pool.query(
    `update opportunity set summary_en = 'Filters are needed.', status = 'published', published_at = now(), frozen_at = now()
     where id = $1 and pseudonymous`,
    [draft],
  );
});

test('both sides agree, each in its language, and read each other’s name from then on', async () => {
  const visitor = await openAs(null);
  await visitor.page.goto(`/en/opportunities/${draft}`);
  await expect(visitor.page.locator('main')).toContainText('A project lead that keeps its name back');
  await expect(visitor.page.locator('html')).not.toContainText('Silverfox');
  await end(visitor);

  const company = await openAs(shy, { javaScript: false });
  await company.page.goto(`/company/interests/new/${draft}`);
  await expect(company.page.locator('main')).toContainText('이름은 양쪽이 동의해야 보입니다');
  await company.page.fill('[name=message]', 'Otterstone의 여과기입니다.');
  await company.page.check('[name=terms]');
  company.expectError(/400/);
  await company.page.click('main form button');
  await expect(company.page.locator('main')).toContainText('감춘 이름이 들어 있습니다');
  await company.page.fill('[name=message]', '여과기를 만듭니다.');
  await company.page.check('[name=terms]');
  await company.page.click('main form button');
  await company.page.waitForURL('**/company/interests/*?done=sent');
  const names = company.page.locator('section[aria-labelledby=names]');
  await expect(names).toContainText('아직 동의하지 않음');
  await company.page.click('summary:has-text("이름 밝히기에 동의")');
  await company.page.click('button:has-text("동의합니다")');
  await expect(company.page.getByRole('status').first()).toContainText('이름을 밝히기로 했습니다');
  await company.page.click('summary:has-text("동의 거두기")');
  await company.page.click('section[aria-labelledby=names] button:has-text("거두기 확정하기")');
  await expect(company.page.getByRole('status').first()).toContainText('거두었습니다');
  await company.page.click('summary:has-text("이름 밝히기에 동의")');
  await company.page.click('button:has-text("동의합니다")');
  await expect(company.page.getByRole('status').first()).toContainText('이름을 밝히기로 했습니다');

  const desk = await openAs(lead, { javaScript: false, locale: 'en-GB' });
  await desk.page.goto(`/en/lead/opportunities/${draft}/interests`);
  await expect(desk.page.locator('main')).toContainText('A company that keeps its name back');
  await desk.page.click('a:has-text("Go through those to answer")');
  await desk.page.waitForURL('**/interests/*-*');
  await expect(desk.page.locator('h1')).toHaveText('A company that keeps its name back');
  await expect(desk.page.locator('html')).not.toContainText('Otterstone');
  await desk.page.click('main button:has-text("Accept")');
  await expect(desk.page.getByRole('status').first()).toContainText('once both show their names');
  await desk.page.click('summary:has-text("Agree to show our name")');
  await expect(desk.page.locator('main')).toContainText('names are shown at once');
  await desk.page.click('button:has-text("I agree")');
  await expect(desk.page.getByRole('status').first()).toContainText('Names are shown now');
  await expect(desk.page.locator('h1')).toContainText('Otterstone');
  await expect(desk.page.locator('main')).toContainText(shy.email);
  await end(desk);

  await company.page.reload();
  await expect(company.page.locator('main')).toContainText('Silverfox');
  await expect(company.page.locator('main')).toContainText(lead.email);
  await company.page.goto(`/opportunities/${draft}`);
  await expect(company.page.locator('main')).toContainText('Foxvalley');
  await end(company);
});

test('on an invitation both sides agree, before any interest, and read each other’s name', async () => {
  const vettedUntil = '2099-12-31';
  const desk = await organisation(app.database, { name: 'Moonbow', lead: true, vettedUntil });
  const quiet = await firm(app.database, 'Badgerhill', {
    capabilities: ['grinding-mills'],
    consent: null,
    pseudonymous: true,
  });
  const { pool } = app.database;
  const { rows } = await pool.query<{ id: string }>(
    `insert into opportunity (organisation_id, publisher, country, place, type, title_ko, title_en, minerals, deadline,
       deadline_zone, pseudonymous) values ($1, 'Moonbow', 'AU', 'Foxvalley', 'equipment', '분쇄 설비', 'Mills', '{graphite}',
       now() + interval '90 days', 'Australia/Darwin', true) returning id`,
    [desk.organisationId],
  );
  const notice = rows[0]?.id ?? '';
  await pool.query(
    `insert into requirement (opportunity_id, position, must, kind, capability, minerals)
     values ($1, 1, true, 'capability', 'grinding-mills', '{graphite}')`,
    [notice],
  );
  await pool.query(
    `update opportunity set status = 'published', published_at = now(), frozen_at = now() where id = $1`,
    [notice],
  );
  await stale(app.database, 'opportunity', notice);

  const lead = await openAs(desk, { javaScript: false, locale: 'en-GB' });
  const pair = `/en/lead/opportunities/${notice}/matches/${quiet.organisationId}`;
  await lead.page.goto(`/en/lead/opportunities/${notice}/matches`);
  const row = lead.page.locator(`li.supplier:has(#pick-${quiet.organisationId})`);
  await row.locator('a:has-text("The whole reckoning")').click();
  await lead.page.waitForURL(`**${pair}`);
  await expect(lead.page.locator('h1')).toHaveText('A company that keeps its name back');
  await expect(lead.page.locator('html')).not.toContainText('Badgerhill');
  // what would raise the score is said to the company; the lead reads whose steps they are
  await expect(lead.page.locator('#why h3').last()).toHaveText('What the company could add to raise it');
  await lead.page.click('summary:has-text("Invite")');
  await lead.page.fill('#supplier-reason', 'Moonbow needs your mills.');
  lead.expectError(/400/);
  await lead.page.click('button:has-text("Send the invitation")');
  const again = lead.page.locator('section[aria-labelledby=invite-again]');
  await expect(again).toContainText('This tells what you keep back');
  await expect(again.locator('[name=reason]')).toHaveValue('Moonbow needs your mills.');
  await again.locator('[name=reason]').fill('Your mills fit.');
  await again.locator('button:has-text("Send the invitation")').click();
  await lead.page.waitForURL(`**${pair}?done=invited`);
  await lead.page.click('a:has-text("See the invitation")');
  await lead.page.waitForURL('**/invitations/*');
  await expect(lead.page.locator('h1')).toHaveText('A company that keeps its name back');
  await expect(lead.page.locator('html')).not.toContainText('Badgerhill');
  await lead.page.click('summary:has-text("Agree to show our name")');
  await lead.page.click('button:has-text("I agree")');
  await expect(lead.page.getByRole('status').first()).toContainText('You agreed to show your name');

  const company = await openAs(quiet, { javaScript: false });
  await company.page.goto(`/opportunities/${notice}`);
  await company.page.click('a:has-text("초대 보기")');
  await expect(company.page.locator('main')).toContainText('Your mills fit.');
  await expect(company.page.locator('main')).toContainText('이름을 밝히지 않은 공고 주체');
  await expect(company.page.locator('html')).not.toContainText('Moonbow');
  await expect(company.page.locator('section[aria-labelledby=names]')).toContainText(
    '우리의 동의를 기다립니다',
  );
  await company.page.click('summary:has-text("이름 밝히기에 동의")');
  await expect(company.page.locator('main')).toContainText('동의하면 바로 서로의 이름이 보이며');
  await company.page.click('button:has-text("동의합니다")');
  await expect(company.page.getByRole('status').first()).toContainText('이제 서로의 이름이 보입니다');
  await expect(company.page.locator('main')).toContainText('Moonbow');
  await expect(company.page.locator('a:has-text("관심 표명 보내기")')).toBeVisible();
  await end(company);

  await lead.page.reload();
  await expect(lead.page.locator('h1')).toContainText('Badgerhill');
  await expect(lead.page.locator('section[aria-labelledby=names]')).toContainText('cannot be taken back');
  await end(lead);

  for (const [who, path] of [
    [desk, `/lead/opportunities/${notice}/invitations/${quiet.organisationId}`],
    [quiet, `/company/invitations/${notice}`],
  ] as const) {
    const seen = await openAs(who);
    await seen.page.goto(path);
    await expectAccessible(seen.page);
    await end(seen);
  }
});
