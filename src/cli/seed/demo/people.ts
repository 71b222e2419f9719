import { emailOf, must, type Stage, type Step } from './stage.ts';
import type { Calendar } from './days.ts';
import type { DemoAccount, DemoLead } from './records.ts';
import { REQUIRED_CONSENTS } from '#lib/domain/account/consent.ts';
import { consentText } from '#lib/i18n/consents.ts';
import { askToJoin, decideJoin, registerOrganisation } from '#lib/server/account/commands.ts';
import { insertAccount, insertConsent, putOffice } from '#lib/server/account/repository.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { readNotices } from '#lib/server/notice/commands.ts';

/** The password of every account of the demonstration. */
export const DEMO_PASSWORD = 'gwangmaek-demo';

/** When everybody was here last: what happened later is new to them. */
const LAST_VISIT = '-2 18:30';

/** People sign up, found the desks of project leads, and join their organisations. */
export async function peopleSteps(
  accounts: readonly DemoAccount[],
  leads: readonly DemoLead[],
  calendar: Calendar,
): Promise<Step[]> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const founders = new Map(leads.map((lead) => [lead.id, firstOwner(accounts, lead.id)]));
  const steps: Step[] = accounts.map((account) => ({
    at: calendar.moment(account.at),
    run: (stage) => signUp(stage, account, calendar.moment(account.at), passwordHash),
  }));
  for (const lead of leads)
    steps.push({
      at: calendar.moment(lead.at),
      run: (stage) => found(stage, lead, founders.get(lead.id) ?? ''),
    });
  for (const account of accounts) {
    if (account.organisation === undefined || founders.get(account.organisation) === account.who) continue;
    const at = new Date(calendar.moment(account.at).getTime() + 5 * 60_000);
    const first = firstOwner(accounts, account.organisation) === account.who;
    steps.push({ at, run: (stage) => join(stage, account, at, first ? null : ownerOf(accounts, account)) });
  }
  const visit = calendar.moment(LAST_VISIT);
  for (const { who, at } of accounts)
    if (calendar.moment(at) < visit) steps.push({ at: visit, run: (stage) => visitOf(stage, who, visit) });
  return steps;
}

function firstOwner(accounts: readonly DemoAccount[], organisation: string): string {
  return accounts.find((one) => one.organisation === organisation && one.role === 'owner')?.who ?? '';
}

function ownerOf(accounts: readonly DemoAccount[], account: DemoAccount): string {
  return firstOwner(accounts, account.organisation ?? '');
}

/**
 * Signing up asks for a link from a mail, and officials are made with a password of their own, so accounts are
 * written here as those commands would leave them.
 */
async function signUp(stage: Stage, account: DemoAccount, at: Date, passwordHash: string): Promise<void> {
  const { who, name, lang, office } = account;
  const email = emailOf(who);
  const intent = office ? 'official' : account.organisation?.startsWith('lead-') ? 'lead' : 'company';
  const id = await insertAccount(stage.db, { email, name, passwordHash, lang, intent, verifiedAt: at });
  if (id === null) throw new Error(`${email} is taken already.`);
  stage.accounts.set(who, id);
  await stage.db.updateTable('account').set({ demo: true, created_at: at }).where('id', '=', id).execute();
  const tx = stage.system(at);
  if (office) await enterOffice(stage, id, office, at);
  else
    for (const document of REQUIRED_CONSENTS)
      await insertConsent(stage.db, id, consentText(document, lang), at);
  await tx.audit({
    action: office ? 'office.create' : 'account.sign-up',
    object: { kind: 'account', id },
    after: office ?? { intent, consents: REQUIRED_CONSENTS },
  });
}

async function enterOffice(
  stage: Stage,
  id: string,
  office: NonNullable<DemoAccount['office']>,
  at: Date,
): Promise<void> {
  await putOffice(stage.db, id, office.agency, office.administrator);
  await stage.db.updateTable('office').set({ created_at: at }).where('account_id', '=', id).execute();
}

async function found(stage: Stage, lead: DemoLead, founder: string): Promise<void> {
  const at = stage.calendar.moment(lead.at);
  const { organisationId } = await must(
    registerOrganisation.within(await stage.person(founder, at), {
      supplier: false,
      lead: true,
      nameKo: lead.name_ko,
      nameEn: lead.name_en,
      brn: '',
      country: lead.country,
      isAnother: false,
    }),
  );
  stage.organisations.set(lead.id, organisationId);
  // No command marks an organisation as invented.
  await stage.db
    .updateTable('organisation')
    .set({ demo: true, created_at: at })
    .where('id', '=', organisationId)
    .execute();
  await stage.db
    .updateTable('membership')
    .set({ created_at: at })
    .where('organisation_id', '=', organisationId)
    .execute();
}

/** Asks to join and is taken in: by the administrator where nobody is there yet, else by the owner. */
async function join(stage: Stage, account: DemoAccount, at: Date, owner: string | null): Promise<void> {
  const organisationId = stage.organisation(account.organisation ?? '');
  const message = account.message ?? '담당자로 등록을 요청합니다.';
  const { requestId } = await must(
    askToJoin.within(await stage.person(account.who, at), { organisationId, message }),
  );
  // The commands leave the time of a request and of a membership to the database, which knows only today.
  await stage.db.updateTable('join_request').set({ created_at: at }).where('id', '=', requestId).execute();
  if (account.role === null || account.role === undefined) return;
  const later = new Date(at.getTime() + 40 * 60_000);
  const decider = owner === null ? await stage.official('admin', later) : await stage.member(owner, later);
  await must(decideJoin.within(decider, { requestId, accept: true, role: account.role }));
  await stage.db
    .updateTable('membership')
    .set({ created_at: later })
    .where('organisation_id', '=', organisationId)
    .where('account_id', '=', stage.account(account.who))
    .execute();
}

/** Everything so far was read. The time of a visit is kept by the session, which no command opens without a browser. */
async function visitOf(stage: Stage, who: string, at: Date): Promise<void> {
  await must(readNotices.within(await stage.person(who, at), 'all'));
  await stage.db
    .updateTable('account')
    .set({ last_seen_at: at })
    .where('id', '=', stage.account(who))
    .execute();
}
