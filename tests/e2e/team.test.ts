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
import { firm, teamNotice } from '../support/teams.ts';
import { colleague, organisation, signIn } from '../support/trade.ts';
import type { Member, Official } from '#lib/domain/account/actor.ts';

/** Companies that take part as a team, from what a match says to the publisher's answer. */

let app: App;
let browser: Browser;
let lead: Member;
let filters: Member;
let both: Member;
let labs: Member;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  lead = await organisation(app.database, { name: 'Team Lead', lead: true });
  filters = await firm(app.database, 'Team Filters', {
    capabilities: ['dewatering-filters'],
    certifications: ['iso-14001'],
  });
  both = await firm(app.database, 'Team Both', { capabilities: ['shaft-sinking', 'assay-lab'] });
  labs = await firm(app.database, 'Team Labs', { capabilities: ['assay-lab'], consent: null });
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

const inHalfAYear = () => new Date(Date.now() + 180 * 86_400_000).toISOString();
const notice = (teamMax = 3) => teamNotice(app.database, lead, { deadline: inHalfAYear(), teamMax });

async function openAs(actor: Member | Official, options: PageOptions = {}): Promise<WatchedPage> {
  const view = await openPage(browser, app.origin, options);
  await signIn(app, view.context, actor);
  return view;
}
async function end(view: WatchedPage): Promise<void> {
  view.check();
  await view.close();
}

test('two companies become a team, express interest as one and are answered once, without script', async () => {
  const opportunity = await notice();
  const [leader, partner, desk] = [
    await openAs(filters, { javaScript: false }),
    await openAs(both, { javaScript: false }),
    await openAs(lead, { javaScript: false }),
  ];
  // the publisher sees that nobody does it alone, which teams could, and why none is smaller
  await desk.page.goto(`/lead/opportunities/${opportunity}/matches`);
  await expect(desk.page.locator('main')).toContainText('필수 조건 4개를 혼자 모두 채우는 기업이 없습니다');
  await expect(desk.page.locator('main')).toContainText('2곳보다 작은 팀은 없습니다');
  // the company sees with whom it covers everything, and asks
  await leader.page.goto(`/company/matches/${opportunity}`);
  await expect(leader.page.locator('main')).toContainText('필수 조건 4개를 모두 채웁니다');
  await leader.page.locator(`a[href$="/company/teams/new/${opportunity}/${both.organisationId}"]`).click();
  await leader.page.waitForURL('**/company/teams/new/**');
  await leader.page.fill('[name=message]', '수갱과 분석을 맡아 주십시오.');
  leader.expectError(/400/);
  await leader.page.click('main form button');
  await expect(leader.page.locator('.error-summary, [role=alert]').first()).toBeVisible();
  await expect(leader.page.locator('[name=message]')).toHaveValue('수갱과 분석을 맡아 주십시오.');
  await leader.page.check('[name=terms]');
  await leader.page.click('main form button');
  await leader.page.waitForURL('**/company/teams/**?done=asked');
  const team = new URL(leader.page.url()).pathname;
  // the partner finds the invitation on its home, reads it and joins
  await partner.page.goto('/company');
  await partner.page.locator(`main a[href="${team}"]`).first().click();
  await partner.page.waitForURL(`**${team}`);
  await expect(partner.page.locator('main')).toContainText('수갱과 분석을 맡아 주십시오.');
  await partner.page.locator('form[action="?/accept"] [name=terms]').check();
  await partner.page.locator('form[action="?/accept"] button').click();
  await partner.page.waitForURL('**?done=joined');
  await expect(partner.page.locator('main')).toContainText(filters.email);
  // the leader sends for both
  await leader.page.goto(team);
  await leader.page.locator(`a[href*="/company/interests/new/${opportunity}?team="]`).click();
  await leader.page.waitForURL('**/company/interests/new/**');
  await leader.page.fill('[name=message]', '함께 맡겠습니다.');
  await leader.page.check('[name=terms]');
  await leader.page.locator('main form.form button').last().click();
  await leader.page.waitForURL('**/company/interests/*?done=sent');
  const interest = new URL(leader.page.url()).pathname.split('/').at(-1) ?? '';
  // the publisher answers once
  await desk.page.goto(`/lead/opportunities/${opportunity}/interests`);
  await expect(desk.page.locator('main')).toContainText('팀(2곳)');
  await desk.page.goto(`/lead/opportunities/${opportunity}/interests/${interest}`);
  await expect(desk.page.locator('h1')).toContainText('외 1곳');
  await expect(desk.page.locator('main')).not.toContainText(both.email);
  await desk.page.locator('form[action="?/accept"] button').click();
  await desk.page.waitForURL('**?done=accepted');
  await expect(desk.page.locator('main')).toContainText(both.email);
  await partner.page.goto(`/company/interests/${interest}`);
  await expect(partner.page.locator('main')).toContainText(lead.email);
  await expect(partner.page.locator('form[action="?/withdraw"]')).toHaveCount(0);
  for (const view of [leader, partner, desk]) await end(view);
});

test('two colleagues who join at once make one, and a place is given once', async () => {
  const opportunity = await notice(2);
  const leader = await openAs(filters, { locale: 'en-GB' });
  const { page } = leader;
  await page.goto(`/en/company/teams/new/${opportunity}/${both.organisationId}`);
  await page.fill('[name=message]', 'Shall we?');
  await page.check('[name=terms]');
  await page.click('main form button');
  await page.waitForURL('**?done=asked');
  const team = new URL(page.url()).pathname;
  const [one, two] = [await openAs(both), await openAs(await colleague(app.database, both))];
  for (const view of [one, two]) {
    await view.page.goto(team);
    await view.page.locator('form[action="?/accept"] [name=terms]').check();
  }
  for (const view of [one, two]) {
    await view.page.locator('form[action="?/accept"] button').click();
    await view.page.waitForURL('**?done=joined');
  }
  await expect(two.page.locator('main')).toContainText('2 of up to 2');
  await page.goto(team);
  await expect(page.locator('#members + p, #members').first()).toBeVisible();
  await expect(page.locator('.timeline li')).toHaveCount(2);
  await expectAccessible(page);
  for (const view of [leader, one, two]) await end(view);
});

test('nobody else sees a team, and who has not agreed is not asked', async () => {
  const opportunity = await notice();
  const leader = await openAs(filters);
  await leader.page.goto(`/company/teams/new/${opportunity}/${both.organisationId}`);
  await leader.page.fill('[name=message]', '함께할까요?');
  await leader.page.check('[name=terms]');
  await leader.page.click('main form button');
  await leader.page.waitForURL('**?done=asked');
  const team = new URL(leader.page.url()).pathname;
  for (const outsider of [labs, lead]) {
    const view = await openAs(outsider);
    view.expectError(/404/);
    for (const path of [team, `/en${team}`, '/company/teams/nothing'])
      expect((await view.page.goto(path))?.status(), path).toBe(404);
    await end(view);
  }
  await leader.page.goto(`/company/teams/new/${opportunity}/${labs.organisationId}`);
  await expect(leader.page.locator('main')).toContainText('지금은 이 기업에 제안할 수 없습니다');
  // the invitation is taken back, with a second look
  await leader.page.goto(team);
  await leader.page.locator('details.confirm summary', { hasText: '제안 거두기' }).click();
  await leader.page.locator('form[action="?/cancel"] button').click();
  await leader.page.waitForURL('**?done=cancelled');
  const partner = await openAs(both);
  partner.expectError(/404/);
  expect((await partner.page.goto(team))?.status()).toBe(404);
  await end(partner);
  await end(leader);
});

test('a company agrees to be proposed and takes it back', async () => {
  const view = await openAs(labs);
  const { page } = view;
  await page.goto('/company/profile/reach');
  view.expectError(/400/);
  await page.locator('form[action="?/partner"] button').click();
  await expect(page.locator('.error-summary, [role=alert]').first()).toBeVisible();
  await expect(page.locator('form[action="?/partner"]')).toContainText('동의');
  await page.locator('form[action="?/partner"] [name=audience][value=all]').check();
  await page.locator('form[action="?/partner"] [name=terms]').check();
  await page.locator('form[action="?/partner"] button').click();
  await page.waitForURL('**/company/teams?done=consent');
  await page.goto('/company/profile/reach');
  await page.locator('details.confirm summary', { hasText: '동의 거두기' }).click();
  await page.locator('form[action="?/partnerOff"] button').click();
  await page.waitForURL('**?done=consent-withdrawn');
  await end(view);
});
