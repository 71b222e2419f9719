import { randomUUID } from 'node:crypto';
import type { TestDatabase } from './postgres.ts';
import type { Actor, Member } from '#lib/domain/account/actor.ts';
import type { CapabilityInput, IdentityInput, ReachInput } from '#lib/domain/company/profile.ts';
import { publishProfile, saveIdentity, saveReach } from '#lib/server/company/commands.ts';
import { putCapabilityEntry } from '#lib/server/company/entry-commands.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** Companies that register themselves through the product's own commands. */

export const NOW = new Date('2026-11-23T05:00:00Z');
export const VISITOR: Actor = { kind: 'visitor' };

export function contextFor(database: TestDatabase, actor: Actor, now = NOW): Context {
  return { db: database.db, actor, now: () => now, lang: 'ko', requestId: 'test' };
}

export async function newOrganisation(
  database: TestDatabase,
  values: { supplier?: boolean; lead?: boolean; name?: string; vettedUntil?: string } = {},
): Promise<Member> {
  const { supplier = true, lead = false, name = `시험회사 ${randomUUID()}`, vettedUntil = null } = values;
  const account = await database.db
    .insertInto('account')
    .values({ email: `${randomUUID()}@example.com`, name: '담당자', password_hash: '-' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const row = await database.db
    .insertInto('organisation')
    .values({
      supplier,
      lead,
      name_ko: name,
      ...(vettedUntil === null ? {} : { standing: 'vetted' as const, vetted_until: vettedUntil }),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db
    .insertInto('membership')
    .values({ organisation_id: row.id, account_id: account.id, role: 'owner' })
    .execute();
  return {
    kind: 'member',
    accountId: account.id,
    name: '담당자',
    email: 'someone@example.com',
    verified: true,
    organisationId: row.id,
    role: 'owner',
    supplier,
    lead,
    standing: vettedUntil === null ? 'registered' : 'vetted',
    vettedUntil,
  };
}

export const OFFICIAL: Actor = {
  kind: 'official',
  accountId: randomUUID(),
  name: '심사자',
  email: 'official@example.com',
  agency: 'mofa',
  administrator: false,
};

export function identity(changes: Partial<IdentityInput> = {}): IdentityInput {
  return {
    seen: '',
    name_ko: `가온선광 ${randomUUID().slice(0, 8)}(주)`,
    name_en: `Gaon Beneficiation ${randomUUID().slice(0, 8)} Co., Ltd.`,
    former_names: [],
    brn: '',
    crn: '',
    lei: '',
    incorporated_on: '2004-03-02',
    founded: 2004,
    size: 'sme',
    province: '경상북도',
    employees: 80,
    representative: '대표자',
    website: 'https://example.com',
    ksic: [],
    summary_ko: '흑연을 선광합니다.',
    summary_en: 'Graphite beneficiation.',
    ...changes,
  };
}

type CapabilityEntry = CapabilityInput & { mode: 'add' | 'change' };
export function capability(changes: Partial<CapabilityEntry> = {}): CapabilityEntry {
  return {
    mode: 'add',
    seen: '',
    token: randomUUID(),
    capability: 'froth-flotation',
    minerals: ['graphite'],
    amount: 60_000,
    unit: 't/yr',
    year: 2026,
    evidence: 'claimed',
    note_ko: '',
    note_en: '',
    file: '',
    ...changes,
  };
}

export const REACH: ReachInput = {
  seen: '',
  languages: ['ko', 'en'],
  can_invest: false,
  own_equity_usd: null,
  pseudonymous: false,
  excluded_countries: [],
  excluded_types: [],
  minimum_value_usd: null,
};

/** A valid business number of its own for each test. */
let serial = 10_000;
export function newBrn(): string {
  serial += 1;
  const nine = `30181${String(serial).slice(-4)}`;
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = weights.reduce(
    (total, weight, i) => total + weight * Number(nine[i]),
    Math.floor((Number(nine[8]) * 5) / 10),
  );
  return nine + String((10 - (sum % 10)) % 10);
}

export async function ok<T>(
  outcome: Promise<{ ok: true; value: T } | { ok: false; code: string; fields?: object }>,
): Promise<T> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(`refused: ${settled.code} ${JSON.stringify(settled.fields ?? {})}`);
  return settled.value;
}

export async function publishedCompany(database: TestDatabase): Promise<Member> {
  const member = await newOrganisation(database);
  const ctx = contextFor(database, member);
  await ok(saveIdentity(ctx, identity({ brn: newBrn() })));
  await ok(putCapabilityEntry(ctx, capability()));
  await ok(saveReach(ctx, REACH));
  await ok(publishProfile(ctx, {}));
  return member;
}

export const pdf = (text: string, name = '시험서.pdf') =>
  new File([`%PDF-1.7\n${text}\n%%EOF`], name, { type: 'application/pdf' });
