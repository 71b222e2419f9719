import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newBrn } from '../support/companies.ts';
import {
  BROWSER,
  codeOf,
  contextOf,
  mailsTo,
  newEmail,
  newPerson,
  ok,
  PASSWORD,
  sessionFor,
  signedIn,
  signUpInput,
  tokenTo,
} from '../support/people.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import type { MemberRoleInOrganisation } from '#lib/domain/account/account.ts';
import {
  addSide,
  askToJoin,
  changeRole,
  decideJoin,
  registerOrganisation,
  removeMember,
  type Registration,
} from '#lib/server/account/commands.ts';
import {
  acceptAsNewcomer,
  acceptInvitation,
  invitationOf,
  invite,
  resendInvitation,
  revokeInvitation,
} from '#lib/server/account/invitation-commands.ts';
import { createKey, createOfficial, removeOfficial } from '#lib/server/account/official-commands.ts';
import { accountList, officialsPage, peoplePage } from '#lib/server/account/queries.ts';
import { actAs, signIn } from '#lib/server/account/sign-in-commands.ts';
import { actorOfKey } from '#lib/server/auth/api-key.ts';
import { readSession } from '#lib/server/auth/session.ts';
import { auditPage } from '#lib/server/audit/queries.ts';
import { signUp } from '#lib/server/account/sign-up-commands.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';

let database: TestDatabase;
let serial = 0;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const system = () => systemContext(database.db, 'test', () => new Date());

function registration(changes: Partial<Registration> = {}): Registration {
  serial += 1;
  return {
    supplier: true,
    lead: false,
    nameKo: `주식회사 다온소재${serial}`,
    nameEn: `Daon Materials ${serial} Co., Ltd.`,
    brn: '',
    country: 'KR',
    isAnother: false,
    ...changes,
  };
}

interface Owner {
  person: { id: string; email: string };
  organisationId: string;
}

async function newOwner(changes: Partial<Registration> = {}): Promise<Owner> {
  const person = await newPerson(database);
  const ctx = await signedIn(database, person.email);
  const { organisationId } = await ok(registerOrganisation(ctx, registration(changes)));
  return { person, organisationId };
}

async function newMember(organisationId: string, role: MemberRoleInOrganisation) {
  const person = await newPerson(database);
  await database.db
    .insertInto('membership')
    .values({ organisation_id: organisationId, account_id: person.id, role })
    .execute();
  return person;
}

const as = (person: { email: string }) => signedIn(database, person.email);

async function newAdministrator(): Promise<{ id: string; email: string }> {
  const email = newEmail();
  const { accountId } = await ok(
    createOfficial(system(), {
      email,
      name: 'Admin',
      agency: 'mofa',
      administrator: true,
      password: PASSWORD,
      lang: 'en',
    }),
  );
  return { id: accountId, email };
}

const ownersOf = async (organisationId: string) =>
  (
    await database.db
      .selectFrom('membership')
      .select('account_id')
      .where('organisation_id', '=', organisationId)
      .where('role', '=', 'owner')
      .execute()
  ).length;

describe('registering an organisation', () => {
  it('makes the person its owner, with the stripped name as key', async () => {
    const { person, organisationId } = await newOwner({
      nameKo: '(주)한별광업',
      nameEn: 'Hanbyeol Mining Inc.',
    });
    const row = await database.db
      .selectFrom('organisation')
      .selectAll()
      .where('id', '=', organisationId)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      name_key_ko: '한별광업',
      supplier: true,
      lead: false,
      standing: 'registered',
    });
    const session = await sessionFor(database, person.email);
    expect(session.hats).toMatchObject([{ key: organisationId, kind: 'company', role: 'owner' }]);
    expect(session.acting).toBe(organisationId);
  });

  it('says what is wrong with the number and that a name is missing', async () => {
    const ctx = await as(await newPerson(database));
    const bad = await registerOrganisation(
      ctx,
      registration({ brn: '123-45-67890', nameKo: '', nameEn: '' }),
    );
    expect(bad).toMatchObject({ ok: false, fields: { brn: 'bad-brn', name_ko: 'needs-one-name' } });
  });

  it('refuses a number that is registered, however it is typed', async () => {
    const brn = newBrn();
    await newOwner({ brn });
    const ctx = await as(await newPerson(database));
    const typed = `${brn.slice(0, 3)}-${brn.slice(3, 5)}-${brn.slice(5)}`;
    expect(await codeOf(registerOrganisation(ctx, registration({ brn: typed, isAnother: true })))).toBe(
      'duplicate',
    );
  });

  it('makes one record when the same number is sent twice at once', async () => {
    const brn = newBrn();
    const contexts = [await as(await newPerson(database)), await as(await newPerson(database))];
    const codes = await Promise.all(
      contexts.map((ctx) => codeOf(registerOrganisation(ctx, registration({ brn })))),
    );
    expect(codes.sort()).toEqual(['done', 'duplicate']);
  });

  it('makes one record when the same name is sent several times at once', async () => {
    const people = await Promise.all([1, 2, 3, 4].map(() => newPerson(database)));
    const contexts = await Promise.all(people.map((person) => as(person)));
    const names = ['한빛소재', '(주)한빛소재', '한빛 소재', '주식회사 한빛소재'];
    const codes = await Promise.all(
      contexts.map((ctx, n) =>
        codeOf(registerOrganisation(ctx, registration({ nameKo: names[n] ?? '', nameEn: '' }))),
      ),
    );
    expect(codes.sort()).toEqual(['done', 'duplicate', 'duplicate', 'duplicate']);
  });

  it('notices the same name in another form, and takes it when it is another organisation', async () => {
    await newOwner({ nameKo: '주식회사 새누리제련', nameEn: '' });
    const ctx = await as(await newPerson(database));
    const same = registration({ nameKo: '새누리 제련(주)', nameEn: '' });
    expect(await codeOf(registerOrganisation(ctx, same))).toBe('duplicate');
    await ok(registerOrganisation(ctx, { ...same, isAnother: true }));
  });

  it('is not for people whose mail address is not confirmed', async () => {
    const person = await newPerson(database);
    const ctx = await as(person);
    const actor = { ...ctx.actor, verified: false } as Context['actor'];
    expect(await codeOf(registerOrganisation({ ...ctx, actor }, registration()))).toBe('forbidden');
  });

  it('adds the other side for its owner', async () => {
    const { person, organisationId } = await newOwner();
    await ok(addSide(await as(person), { side: 'lead' }));
    expect((await sessionFor(database, person.email)).hats).toMatchObject([{ kind: 'both' }]);
    const viewer = await newMember(organisationId, 'viewer');
    expect(await codeOf(addSide(await as(viewer), { side: 'lead' }))).toBe('forbidden');
  });
});

describe('roles', () => {
  it('can be changed by owners of the same organisation only', async () => {
    const { person, organisationId } = await newOwner();
    const editor = await newMember(organisationId, 'editor');
    const viewer = await newMember(organisationId, 'viewer');
    const stranger = await newOwner();
    const change = { accountId: viewer.id, role: 'editor' as const };
    expect(await codeOf(changeRole(await as(editor), change))).toBe('forbidden');
    expect(await codeOf(changeRole(await as(stranger.person), change))).toBe('not-found');
    await ok(changeRole(await as(person), change));
  });

  it('never leave an organisation without an owner', async () => {
    const { person, organisationId } = await newOwner();
    const ctx = await as(person);
    expect(await codeOf(changeRole(ctx, { accountId: person.id, role: 'viewer' }))).toBe('last-owner');
    expect(await codeOf(removeMember(ctx, { accountId: person.id }))).toBe('last-owner');
    expect(await ownersOf(organisationId)).toBe(1);
  });

  it('keep one owner when two owners remove each other at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { person, organisationId } = await newOwner();
      const second = await newMember(organisationId, 'owner');
      const [one, two] = [await as(person), await as(second)];
      const codes = await Promise.all([
        codeOf(removeMember(one, { accountId: second.id })),
        codeOf(removeMember(two, { accountId: person.id })),
      ]);
      expect(codes.sort()).toEqual(['done', 'not-found']);
      expect(await ownersOf(organisationId)).toBe(1);
    }
  });

  it('keep one owner when both leave, or step down, at the same moment', async () => {
    const { person, organisationId } = await newOwner();
    const second = await newMember(organisationId, 'owner');
    const [one, two] = [await as(person), await as(second)];
    const codes = await Promise.all([
      codeOf(removeMember(one, { accountId: person.id })),
      codeOf(changeRole(two, { accountId: second.id, role: 'viewer' })),
    ]);
    expect(codes.sort()).toEqual(['done', 'last-owner']);
    expect(await ownersOf(organisationId)).toBe(1);
  });

  it('let anyone leave, and end what they could do at once', async () => {
    const { organisationId } = await newOwner();
    const editor = await newMember(organisationId, 'editor');
    const { token } = await sessionFor(database, editor.email);
    expect((await ok(removeMember(await as(editor), { accountId: editor.id }))).left).toBe(true);
    const found = await readSession(database.db, token, new Date());
    expect(found?.session).toMatchObject({ hats: [], acting: null });
  });
});

describe('invitations', () => {
  it('bring in somebody new in one step, and only once', async () => {
    const { person, organisationId } = await newOwner();
    const email = newEmail();
    await ok(invite(await as(person), { email, role: 'editor' }));
    const token = await tokenTo(database, email);
    expect(await invitationOf(contextOf(database), token)).toMatchObject({
      email,
      role: 'editor',
      hasAccount: false,
    });
    const newcomer = {
      token,
      name: 'Newcomer',
      password: PASSWORD,
      consents: ['terms', 'privacy'] as ('terms' | 'privacy')[],
    };
    const both = await Promise.all(
      [1, 2].map(() => codeOf(acceptAsNewcomer(contextOf(database), newcomer, '192.0.2.4'))),
    );
    expect(both.sort()).toEqual(['done', 'link-used']);
    const session = await sessionFor(database, email);
    expect(session.hats).toMatchObject([{ key: organisationId, role: 'editor' }]);
  });

  it('are for the invited address', async () => {
    const { person } = await newOwner();
    const invited = await newPerson(database);
    const other = await newPerson(database);
    await ok(invite(await as(person), { email: invited.email, role: 'viewer' }));
    const token = await tokenTo(database, invited.email);
    expect(await codeOf(acceptInvitation(await as(other), { token }))).toBe('other-address');
    await ok(acceptInvitation(await as(invited), { token }));
    const again = await invite(await as(person), { email: invited.email, role: 'viewer' });
    expect(again).toMatchObject({ ok: false, code: 'already-member' });
  });

  it('run out after seven days, can be taken back, and a newer one replaces the older', async () => {
    const { person } = await newOwner();
    const ctx = await as(person);
    const email = newEmail();
    await ok(invite(ctx, { email, role: 'viewer' }));
    const first = await tokenTo(database, email);
    const later = contextOf(database, undefined, () => new Date(Date.now() + 8 * 86_400_000));
    expect(await invitationOf(later, first)).toBeNull();
    const [line] = (await peoplePage(ctx))?.invitations ?? [];
    await ok(resendInvitation(ctx, { id: line?.id ?? '' }));
    const second = await tokenTo(database, email);
    expect(await invitationOf(contextOf(database), first)).toBeNull();
    expect(await invitationOf(contextOf(database), second)).not.toBeNull();
    await ok(invite(ctx, { email, role: 'editor' }));
    expect(await invitationOf(contextOf(database), second)).toBeNull();
    const third = await tokenTo(database, email);
    const [now] = (await peoplePage(ctx))?.invitations ?? [];
    const stranger = await as((await newOwner()).person);
    expect(await codeOf(revokeInvitation(stranger, { id: now?.id ?? '' }))).toBe('not-found');
    await ok(revokeInvitation(ctx, { id: now?.id ?? '' }));
    expect(await invitationOf(contextOf(database), third)).toBeNull();
    expect(await codeOf(revokeInvitation(ctx, { id: now?.id ?? '' }))).toBe('not-found');
  });

  it('to an office come from administrators only', async () => {
    const { person } = await newOwner();
    const invitation = { email: newEmail(), agency: 'motie', administrator: false } as const;
    expect(await codeOf(invite(await as(person), invitation))).toBe('not-found');
    const administrator = await newAdministrator();
    await ok(invite(await as(administrator), invitation));
    const token = await tokenTo(database, invitation.email);
    const newcomer = { token, name: 'Official', password: PASSWORD, consents: ['terms', 'privacy'] as const };
    await ok(
      acceptAsNewcomer(contextOf(database), { ...newcomer, consents: [...newcomer.consents] }, '192.0.2.4'),
    );
    const session = await sessionFor(database, invitation.email);
    expect(session.hats).toMatchObject([{ key: 'office', kind: 'official', agency: 'motie' }]);
  });

  it('do not change the rights of who holds an office: the last administrator stays one', async () => {
    const administrator = await newAdministrator();
    const demotion = { email: administrator.email, agency: 'mofa', administrator: false } as const;
    expect(await codeOf(invite(await as(administrator), demotion))).toBe('already-member');
  });
});

describe('requests to join', () => {
  it('are decided by owners, once', async () => {
    const { person, organisationId } = await newOwner();
    const asker = await newPerson(database);
    const asking = await as(asker);
    const { requestId } = await ok(askToJoin(asking, { organisationId, message: '같은 회사 구매팀입니다.' }));
    expect(await codeOf(askToJoin(asking, { organisationId, message: '' }))).toBe('already-asked');
    const viewer = await newMember(organisationId, 'viewer');
    const decision = { requestId, accept: true, role: 'editor' as const };
    expect(await codeOf(decideJoin(await as(viewer), decision))).toBe('forbidden');
    expect(await codeOf(decideJoin(await as((await newOwner()).person), decision))).toBe('not-found');
    const ctx = await as(person);
    const codes = await Promise.all([
      codeOf(decideJoin(ctx, decision)),
      codeOf(decideJoin(ctx, { ...decision, accept: false })),
    ]);
    expect(codes.sort()).toEqual(['done', 'not-found']);
  });

  it('to an organisation without owner are decided by administrators, and make the first owner', async () => {
    const { id } = await database.db
      .insertInto('organisation')
      .values({ supplier: true, name_ko: '주인 없는 회사', import_source: 'test' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const asker = await newPerson(database);
    const { requestId } = await ok(askToJoin(await as(asker), { organisationId: id, message: '' }));
    const administrator = await as(await newAdministrator());
    expect((await officialsPage(administrator))?.requests.map((request) => request.id)).toContain(requestId);
    await ok(decideJoin(administrator, { requestId, accept: true, role: 'viewer' }));
    expect((await sessionFor(database, asker.email)).hats).toMatchObject([{ key: id, role: 'owner' }]);
  });
});

describe('hats', () => {
  it('can be changed to those held, with a new token, and the last one is worn at the next sign-in', async () => {
    const { person, organisationId } = await newOwner();
    const second = await ok(
      registerOrganisation(await as(person), registration({ supplier: false, lead: true })),
    );
    const session = await sessionFor(database, person.email);
    expect(session.hats).toHaveLength(2);
    expect(session.acting).toBeNull();
    const ctx = await as(person);
    const change = { session, hat: second.organisationId, browser: BROWSER };
    const { token } = await ok(actAs(ctx, change));
    expect(await readSession(database.db, session.token, new Date())).toBeNull();
    expect((await readSession(database.db, token, new Date()))?.session.acting).toBe(second.organisationId);
    expect((await sessionFor(database, person.email)).acting).toBe(second.organisationId);
    const stranger = await newOwner();
    expect(await codeOf(actAs(ctx, { ...change, hat: stranger.organisationId }))).toBe('not-found');
    expect(organisationId).not.toBe(second.organisationId);
  });
});

describe('officials', () => {
  it('are made by the command line with a link that sets the password', async () => {
    const email = newEmail();
    const made = await ok(
      createOfficial(system(), {
        email,
        name: 'A',
        agency: 'komir',
        administrator: false,
        password: null,
        lang: 'ko',
      }),
    );
    expect(made).toMatchObject({ isNew: true });
    expect(await tokenTo(database, email)).toBe(made.resetToken);
    expect((await accountList(system(), email))[0]).toMatchObject({ agency: 'komir', verified: true });
    const { person } = await newOwner();
    expect(
      await codeOf(
        createOfficial(await as(person), {
          email,
          name: 'A',
          agency: 'komir',
          administrator: true,
          password: null,
          lang: 'ko',
        }),
      ),
    ).toBe('forbidden');
  });

  it('do not let in whoever signed up with their address before, unconfirmed', async () => {
    const email = newEmail();
    const visitor = contextOf(database);
    await ok(signUp(visitor, signUpInput({ email, password: 'guessed by a stranger' }), '192.0.2.9'));
    const official = { email, name: 'A', agency: 'komir', administrator: true, lang: 'ko' } as const;
    const made = await ok(createOfficial(system(), { ...official, password: null }));
    expect(made).toMatchObject({ isNew: true });
    expect(made.resetToken).not.toBeNull();
    expect(await codeOf(signIn(visitor, { email, password: 'guessed by a stranger' }, BROWSER))).toBe(
      'wrong',
    );
    expect((await accountList(system(), email))[0]).toMatchObject({ name: 'A', administrator: true });
  });

  it('keep one administrator when the last two remove each other at the same moment', async () => {
    await database.db.deleteFrom('office').execute();
    const [first, second] = [await newAdministrator(), await newAdministrator()];
    const [one, two] = [await as(first), await as(second)];
    const codes = await Promise.all([
      codeOf(removeOfficial(one, { accountId: second.id })),
      codeOf(removeOfficial(two, { accountId: first.id })),
    ]);
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    const left = await database.db.selectFrom('office').select('account_id').execute();
    expect(left).toHaveLength(1);
    const [last] = left;
    const remaining = last?.account_id === first.id ? one : two;
    expect(await codeOf(removeOfficial(remaining, { accountId: last?.account_id ?? '' }))).toBe(
      'last-administrator',
    );
  });

  it('are signed out after eight hours without use', async () => {
    const official = await newAdministrator();
    const { token } = await ok(
      signIn(contextOf(database), { email: official.email, password: PASSWORD }, BROWSER),
    );
    const inHours = (hours: number) =>
      readSession(database.db, token, new Date(Date.now() + hours * 3_600_000));
    expect(await inHours(7)).not.toBeNull();
    expect(await inHours(16)).toBeNull();
  });

  it('read the audit trail by action, object, person and day; nobody else reads it', async () => {
    const { person, organisationId } = await newOwner();
    const none = { action: '', object: '', objectId: '', person: '', from: null, to: null };
    expect(await auditPage(await as(person), none, 1)).toBeNull();
    const ctx = await as(await newAdministrator());
    const own = await auditPage(ctx, { ...none, objectId: organisationId }, 1);
    expect(own?.items.map(({ action }) => action)).toEqual(['organisation.register']);
    expect(own?.items[0]?.changes).toContainEqual({ field: 'country', before: null, after: 'KR' });
    const byPerson = await auditPage(ctx, { ...none, action: 'organisation', person: person.email }, 1);
    expect(byPerson?.total).toBe(1);
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect((await auditPage(ctx, { ...none, from: tomorrow }, 1))?.total).toBe(0);
    expect(byPerson?.actions).toContain('organisation.register');
  });
});

describe('keys for programs', () => {
  it('read as the hat they were made for, and as nobody when it is lost', async () => {
    const { person, organisationId } = await newOwner();
    const { key } = await ok(
      createKey(system(), { email: person.email, acting: organisationId, label: 'test' }),
    );
    const actor = await actorOfKey(database.db, key, new Date());
    expect(actor).toMatchObject({ kind: 'member', organisationId });
    await database.db.deleteFrom('membership').where('account_id', '=', person.id).execute();
    expect(await actorOfKey(database.db, key, new Date())).toMatchObject({ kind: 'person' });
    expect(await actorOfKey(database.db, `${key}x`, new Date())).toBeNull();
    await database.db.updateTable('api_key').set({ revoked_at: new Date() }).execute();
    expect(await actorOfKey(database.db, key, new Date())).toBeNull();
  });
});

describe('mail', () => {
  it('invites in the language of who is invited', async () => {
    const { person } = await newOwner({ nameKo: '주식회사 가람', nameEn: 'Garam' });
    const korean = await newPerson(database);
    await database.db.updateTable('account').set({ lang: 'ko' }).where('id', '=', korean.id).execute();
    await ok(invite(await as(person), { email: korean.email, role: 'viewer' }));
    const [mail] = await mailsTo(database, korean.email);
    expect(mail?.subject).toBe('주식회사 가람에 초대되었습니다');
  });
});
