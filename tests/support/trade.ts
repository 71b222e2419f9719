import { randomBytes } from 'node:crypto';
import type { Agency, Standing } from '#lib/domain/account/account.ts';
import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { startSession } from '#lib/server/auth/session.ts';
import type { BrowserContext } from 'playwright-core';
import type { App } from './app.ts';
import type { TestDatabase } from './postgres.ts';

/** A small world of one project lead, companies and officials, written straight into the tables. */

/** The day on which the tests of this world take place. */
export const NOW = new Date('2026-11-23T03:00:00Z');

export function contextOf(database: TestDatabase, actor: Actor, now: Date = NOW): Context {
  return { db: database.db, actor, now: () => now, lang: 'en', requestId: 'test' };
}

async function account(database: TestDatabase, name: string): Promise<{ id: string; email: string }> {
  const email = `${randomBytes(6).toString('hex')}@example.test`;
  const { id } = await database.db
    .insertInto('account')
    .values({ email, name, password_hash: 'none', email_verified_at: NOW })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, email };
}

interface OrganisationOptions {
  name: string;
  standing?: Standing;
  vettedUntil?: string | null;
  lead?: boolean;
  supplier?: boolean;
}

/** An organisation with one owner, and a published profile when it is a supplier. */
export async function organisation(database: TestDatabase, options: OrganisationOptions): Promise<Member> {
  const { name, standing = 'vetted', lead = false, supplier = !lead } = options;
  const vettedUntil = options.vettedUntil === undefined ? '2027-12-31' : options.vettedUntil;
  const { id } = await database.db
    .insertInto('organisation')
    .values({
      name_ko: `${name} 주식회사`,
      name_en: `${name} Co.`,
      lead,
      supplier,
      standing,
      vetted_until: vettedUntil,
      country: 'KR',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (supplier)
    await database.db
      .insertInto('company')
      .values({ organisation_id: id, size: 'sme', published_at: NOW, version: 1, languages: ['en'] })
      .execute();
  return await member(database, { id, lead, supplier, standing, vettedUntil }, name);
}

interface Home {
  id: string;
  lead: boolean;
  supplier: boolean;
  standing: Standing;
  vettedUntil: string | null;
}

async function member(database: TestDatabase, home: Home, name: string): Promise<Member> {
  const person = await account(database, `${name} owner`);
  await database.db
    .insertInto('membership')
    .values({ organisation_id: home.id, account_id: person.id, role: 'owner' })
    .execute();
  return {
    kind: 'member',
    accountId: person.id,
    name: `${name} owner`,
    email: person.email,
    verified: true,
    organisationId: home.id,
    role: 'owner',
    supplier: home.supplier,
    lead: home.lead,
    standing: home.standing,
    vettedUntil: home.vettedUntil,
  };
}

/** A second person of the same organisation. */
export async function colleague(database: TestDatabase, of: Member): Promise<Member> {
  return await member(database, { ...of, id: of.organisationId }, 'Colleague');
}

export async function official(database: TestDatabase, agency: Agency = 'motie'): Promise<Official> {
  const person = await account(database, 'Official');
  await database.db.insertInto('office').values({ account_id: person.id, agency }).execute();
  return {
    kind: 'official',
    accountId: person.id,
    name: 'Official',
    email: person.email,
    agency,
    administrator: false,
  };
}

/** How many jobs of a kind wait, with what they were given. */
export async function jobs(database: TestDatabase, name: string): Promise<Record<string, unknown>[]> {
  const { rows } = await database.pool.query<{ payload: Record<string, unknown> }>(
    `select j.payload from graphile_worker._private_jobs j
     join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = $1 order by j.id`,
    [name],
  );
  return rows.map((row) => row.payload);
}

export async function noticesOf(database: TestDatabase, kind: string): Promise<Record<string, unknown>[]> {
  return (await jobs(database, 'notice.deliver')).filter((payload) => payload['kind'] === kind);
}

/** Makes a browser the one of a member or an official, acting for their organisation or office. */
export async function signIn(app: App, context: BrowserContext, actor: Member | Official): Promise<void> {
  const acting = actor.kind === 'member' ? actor.organisationId : 'office';
  const browser = { agent: 'test', address: '127.0.0.1' };
  const token = await startSession(app.database.db, actor.accountId, browser, new Date(), acting);
  await context.addCookies([{ name: 'session', value: token, url: app.origin }]);
}
