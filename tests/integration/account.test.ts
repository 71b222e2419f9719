import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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
import {
  changePassword,
  confirmEmailChange,
  requestEmailChange,
  requestReset,
  resetPassword,
} from '#lib/server/account/credential-commands.ts';
import { cleanUp } from '#lib/server/account/jobs.ts';
import { setConsent } from '#lib/server/account/profile-commands.ts';
import { consentsOf } from '#lib/server/account/queries.ts';
import { endSessions, signIn, signInToDemo, signOut } from '#lib/server/account/sign-in-commands.ts';
import {
  resendVerification,
  signUp,
  verificationOf,
  verifyEmail,
} from '#lib/server/account/sign-up-commands.ts';
import { readSession, sessionsOf } from '#lib/server/auth/session.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { takeToken } from '#lib/server/platform/rate-limit.ts';

vi.mock('@node-rs/argon2', { spy: true });

const ADDRESS = '192.0.2.9';
let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

const accountOf = (email: string) =>
  database.db.selectFrom('account').selectAll().where('email', '=', email).executeTakeFirst();

describe('sign-up', () => {
  it('makes an unconfirmed account, stores each consent with its text, and sends one mail', async () => {
    const input = signUpInput({ consents: ['terms', 'privacy', 'contacts-abroad'] });
    await ok(signUp(contextOf(database), input, ADDRESS));
    const account = await accountOf(input.email);
    expect(account).toMatchObject({ name: 'Han Bada', email_verified_at: null, lang: 'en' });
    expect(account?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const consents = await database.db
      .selectFrom('consent')
      .innerJoin('consent_text', (join) =>
        join
          .onRef('consent_text.document', '=', 'consent.document')
          .onRef('consent_text.version', '=', 'consent.version')
          .onRef('consent_text.lang', '=', 'consent.lang'),
      )
      .select(['consent.document', 'consent_text.body', 'consent_text.required'])
      .where('account_id', '=', account?.id ?? '')
      .orderBy('consent.document')
      .execute();
    expect(consents.map(({ document, required }) => [document, required])).toEqual([
      ['contacts-abroad', false],
      ['privacy', true],
      ['terms', true],
    ]);
    expect(consents.every(({ body }) => body.length > 100)).toBe(true);
    expect(await mailsTo(database, input.email)).toHaveLength(1);
  });

  it('names each fault: consents that are missing, a password that is too easy', async () => {
    const input = signUpInput({ consents: ['terms'], password: 'aaaaaaaaaaaa' });
    const outcome = await signUp(contextOf(database), input, ADDRESS);
    expect(outcome).toMatchObject({
      ok: false,
      code: 'invalid',
      fields: { consent_privacy: 'needs-consent', password: 'weak-password' },
    });
    expect(await accountOf(input.email)).toBeUndefined();
  });

  it('answers the same for an address that has an account, and tells only its owner', async () => {
    const owner = await newPerson(database);
    const before = await accountOf(owner.email);
    const again = signUpInput({ email: owner.email, name: 'Somebody Else', password: 'another long secret' });
    const [fresh, taken] = [
      await signUp(contextOf(database), signUpInput(), ADDRESS),
      await signUp(contextOf(database), again, ADDRESS),
    ];
    expect(taken).toEqual(fresh);
    expect(await accountOf(owner.email)).toEqual(before);
    const [mail] = await mailsTo(database, owner.email);
    expect(mail?.subject).toBe('You already have a Gwangmaek account');
  });

  it('lets the latest comer decide as long as nobody has confirmed the address', async () => {
    const first = signUpInput();
    await ok(signUp(contextOf(database), first, ADDRESS));
    const firstToken = await tokenTo(database, first.email);
    const password = 'my own long secret';
    await ok(signUp(contextOf(database), { ...first, name: 'The Owner', password }, ADDRESS));
    const ctx = contextOf(database);
    const confirm = (token: string, given: string) =>
      verifyEmail(ctx, { token, browserToken: null, password: given }, ADDRESS);
    expect(await codeOf(confirm(firstToken, PASSWORD))).toBe('link-used');
    const token = await tokenTo(database, first.email);
    expect(await codeOf(confirm(token, PASSWORD))).toBe('wrong');
    expect((await accountOf(first.email))?.email_verified_at).toBeNull();
    await ok(confirm(token, password));
    expect(await codeOf(signIn(ctx, { email: first.email, password: PASSWORD }, BROWSER))).toBe('wrong');
    expect((await accountOf(first.email))?.name).toBe('The Owner');
  });

  it('makes one account of two sign-ups at once', async () => {
    const email = newEmail();
    const both = ['One', 'Two'].map((name) =>
      signUp(contextOf(database), signUpInput({ email, name }), ADDRESS),
    );
    expect((await Promise.all(both)).every(({ ok }) => ok)).toBe(true);
    const { n } = await database.db
      .selectFrom('account')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    expect(n).toBe(1);
  });
});

describe('confirming the mail address', () => {
  it('asks for the password in any other browser than the one that signed up', async () => {
    for (const [browserToken, password, code] of [
      ['browser-of-the-test', '', 'done'],
      ['another browser', '', 'wrong'],
      [null, 'not the password', 'wrong'],
      [null, PASSWORD, 'done'],
    ] as const) {
      const input = signUpInput();
      await ok(signUp(contextOf(database), input, ADDRESS));
      const token = await tokenTo(database, input.email);
      expect(await codeOf(verifyEmail(contextOf(database), { token, browserToken, password }, ADDRESS))).toBe(
        code,
      );
      const confirmed = (await accountOf(input.email))?.email_verified_at !== null;
      expect(confirmed).toBe(code === 'done');
    }
  });

  it('stops guessing the password of a confirming link', async () => {
    const input = signUpInput();
    await ok(signUp(contextOf(database), input, ADDRESS));
    const token = await tokenTo(database, input.email);
    const codes: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      codes.push(
        await codeOf(
          verifyEmail(contextOf(database), { token, browserToken: null, password: `guess ${i}` }, ADDRESS),
        ),
      );
    }
    expect(codes.slice(0, 10).every((code) => code === 'wrong')).toBe(true);
    expect(codes.slice(10)).toEqual(['too-many', 'too-many']);
  });

  it('takes a link once, also when it is used twice at the same moment', async () => {
    const input = signUpInput();
    await ok(signUp(contextOf(database), input, ADDRESS));
    const token = await tokenTo(database, input.email);
    const codes = await Promise.all(
      [1, 2, 3].map(() =>
        codeOf(
          verifyEmail(
            contextOf(database),
            { token, browserToken: input.browserToken, password: '' },
            ADDRESS,
          ),
        ),
      ),
    );
    expect(codes.sort()).toEqual(['done', 'link-used', 'link-used']);
  });

  it('refuses a link after a day', async () => {
    const input = signUpInput();
    await ok(signUp(contextOf(database), input, ADDRESS));
    const token = await tokenTo(database, input.email);
    const tomorrow = () => new Date(Date.now() + 25 * 3_600_000);
    const ctx = contextOf(database, undefined, tomorrow);
    expect(await codeOf(verifyEmail(ctx, { token, browserToken: null, password: PASSWORD }, ADDRESS))).toBe(
      'link-used',
    );
  });

  it('sends a new mail on request, and nothing where there is nothing to confirm', async () => {
    const input = signUpInput();
    await ok(signUp(contextOf(database), input, ADDRESS));
    await ok(resendVerification(contextOf(database), { email: input.email }, ADDRESS));
    expect(await mailsTo(database, input.email)).toHaveLength(2);
    const nobody = newEmail();
    await ok(resendVerification(contextOf(database), { email: nobody }, ADDRESS));
    expect(await mailsTo(database, nobody)).toHaveLength(0);
  });
});

describe('mails to an address that nobody has confirmed', () => {
  it.each(['ko', 'en'] as const)('carry no words of whoever typed it (%s)', async (lang) => {
    const name = '당첨 축하 prize at evil.example';
    const input = signUpInput({ name });
    const ctx = contextOf(database, undefined, undefined, lang);
    await ok(signUp(ctx, input, ADDRESS));
    await ok(resendVerification(ctx, { email: input.email }, ADDRESS));
    await ok(requestReset(ctx, { email: input.email }, ADDRESS));
    const person = await newPerson(database, { name });
    const elsewhere = newEmail();
    const own = await signedIn(database, person.email);
    await ok(requestEmailChange(own, { email: elsewhere, currentPassword: PASSWORD }));

    const unconfirmed = [...(await mailsTo(database, input.email)), ...(await mailsTo(database, elsewhere))];
    expect(unconfirmed).toHaveLength(4);
    for (const { subject, body } of unconfirmed) {
      expect(subject + body).not.toContain('evil');
      expect(body).toMatch(/^(안녕하십니까|Hello), /);
    }
    const [confirmed] = await mailsTo(database, person.email);
    expect(confirmed?.body, 'the owner of a confirmed address is greeted by name').toContain(name);
  });
});

describe('a confirming mail asked for once more', () => {
  it('does not confirm the password of a stranger who signed up with the address', async () => {
    const stranger = signUpInput({ browserToken: 'browser of the stranger' });
    await ok(signUp(contextOf(database), signUpInput({ email: stranger.email }), ADDRESS));
    await ok(signUp(contextOf(database), { ...stranger, password: 'of the stranger, long' }, ADDRESS));
    await ok(resendVerification(contextOf(database), { email: stranger.email }, ADDRESS));
    const token = await tokenTo(database, stranger.email);
    const owner = { token, browserToken: 'browser-of-the-test', password: '' };
    expect(await verificationOf(contextOf(database), owner)).toMatchObject({ same: false });
    expect(await codeOf(verifyEmail(contextOf(database), owner, ADDRESS))).toBe('wrong');
    expect((await accountOf(stranger.email))?.email_verified_at).toBeNull();
  });

  it('goes on at once in the browser that signed up', async () => {
    const input = signUpInput();
    await ok(signUp(contextOf(database), input, ADDRESS));
    await ok(resendVerification(contextOf(database), { email: input.email }, ADDRESS));
    const token = await tokenTo(database, input.email);
    await ok(
      verifyEmail(contextOf(database), { token, browserToken: input.browserToken, password: '' }, ADDRESS),
    );
  });
});

describe('sign-in', () => {
  it('keeps only the hash of the token', async () => {
    const person = await newPerson(database);
    const { token, id } = await sessionFor(database, person.email);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    expect(id).not.toBe(token);
    const row = await database.db
      .selectFrom('session')
      .selectAll()
      .where('user_id', '=', person.id)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ id, agent: BROWSER.agent, address: BROWSER.address });
    expect(await readSession(database.db, id, new Date())).toBeNull();
  });

  it('gives one answer for a wrong password and for no account', async () => {
    const person = await newPerson(database);
    const ctx = contextOf(database);
    const wrong = await signIn(ctx, { email: person.email, password: 'not the password' }, BROWSER);
    const nobody = await signIn(ctx, { email: newEmail(), password: 'not the password' }, BROWSER);
    expect(wrong).toEqual(nobody);
    expect(wrong).toEqual({ ok: false, code: 'wrong' });
  });

  it('does the same work for an address without account', async () => {
    const person = await newPerson(database);
    const ctx = contextOf(database);
    // What takes the time: how many hashes, and each one's kind and cost.
    const hashed = async (email: string) => {
      vi.mocked(verify).mockClear();
      await signIn(ctx, { email, password: 'not the password' }, BROWSER);
      return vi.mocked(verify).mock.calls.map(([stored]) => String(stored).split('$').slice(1, 4));
    };
    const known = await hashed(person.email);
    expect(known).toEqual([['argon2id', 'v=19', 'm=19456,t=2,p=1']]);
    expect(await hashed(newEmail())).toEqual(known);
  });

  it('tells that the address is not confirmed only to who knows the password', async () => {
    const input = signUpInput();
    await ok(signUp(contextOf(database), input, ADDRESS));
    const ctx = contextOf(database);
    expect(await codeOf(signIn(ctx, { email: input.email, password: PASSWORD }, BROWSER))).toBe(
      'not-verified',
    );
    expect(await codeOf(signIn(ctx, { email: input.email, password: 'wrong wrong' }, BROWSER))).toBe('wrong');
  });

  it('stops guessing after ten attempts, also for an address without account, and forgets after success', async () => {
    const person = await newPerson(database);
    const ctx = contextOf(database);
    for (const email of [person.email, newEmail()]) {
      const codes: string[] = [];
      for (let i = 0; i < 11; i += 1) {
        codes.push(
          await codeOf(signIn(ctx, { email, password: 'wrong' }, { ...BROWSER, address: '192.0.2.77' })),
        );
      }
      expect(codes.slice(0, 10).every((code) => code === 'wrong')).toBe(true);
      expect(codes[10]).toBe('too-many');
    }
    const later = contextOf(database, undefined, () => new Date(Date.now() + 120_000));
    await ok(signIn(later, { email: person.email, password: PASSWORD }, BROWSER));
    expect(await codeOf(signIn(later, { email: person.email, password: 'wrong' }, BROWSER))).toBe('wrong');
  });

  it('makes a new session each time and ends them one by one, all others, or everywhere', async () => {
    const person = await newPerson(database);
    const [first, second, third] = [
      await sessionFor(database, person.email),
      await sessionFor(database, person.email),
      await sessionFor(database, person.email),
    ];
    const ctx = await signedIn(database, person.email);
    const count = async () => (await sessionsOf(database.db, person.id, first.id)).length;
    expect(await count()).toBe(4);
    await ok(endSessions(ctx, { one: second.id }));
    expect(await readSession(database.db, second.token, new Date())).toBeNull();
    await ok(endSessions(ctx, { allBut: first.id }));
    expect(await readSession(database.db, third.token, new Date())).toBeNull();
    expect(await count()).toBe(1);
    const stranger = await newPerson(database);
    const strange = await signedIn(database, stranger.email);
    expect(await codeOf(endSessions(strange, { one: first.id }))).toBe('not-found');
    await ok(signOut(ctx, { sessionId: first.id }));
    expect(await count()).toBe(0);
    await sessionFor(database, person.email);
    await ok(endSessions(ctx, { all: true }));
    expect(await count()).toBe(0);
  });

  it('lets nobody in without a password outside the demonstration', async () => {
    const email = 'company@demo.gwangmaek.example';
    expect(await codeOf(signInToDemo(contextOf(database), email, BROWSER))).toBe('not-found');
  });

  it('knows when the visit before the present one ended', async () => {
    const person = await newPerson(database);
    const { token, previousVisit } = await sessionFor(database, person.email);
    expect(previousVisit).toBeNull();
    const read = async (minutes: number) => {
      const now = new Date(began.getTime() + minutes * 60_000);
      return (await readSession(database.db, token, now))?.session.previousVisit ?? null;
    };
    const began = new Date((await accountOf(person.email))?.last_seen_at ?? 0);
    expect(await read(10)).toBeNull();
    const next = await read(100);
    expect(next?.getTime()).toBe(began.getTime() + 10 * 60_000);
    expect(await read(102)).toEqual(next);
  });
});

describe('a new password by mail', () => {
  it('answers the same whether there is an account', async () => {
    const person = await newPerson(database);
    const nobody = newEmail();
    const known = await requestReset(contextOf(database), { email: person.email }, ADDRESS);
    const unknown = await requestReset(contextOf(database), { email: nobody }, ADDRESS);
    expect(known).toEqual(unknown);
    expect(await mailsTo(database, nobody)).toHaveLength(0);
  });

  it('works once, ends every session, and the old password no longer works', async () => {
    const person = await newPerson(database);
    const { token: session } = await sessionFor(database, person.email);
    await ok(requestReset(contextOf(database), { email: person.email }, ADDRESS));
    const token = await tokenTo(database, person.email);
    const password = 'completely new secret';
    const codes = await Promise.all(
      [1, 2].map(() => codeOf(resetPassword(contextOf(database), { token, password }, ADDRESS))),
    );
    expect(codes.sort()).toEqual(['done', 'link-used']);
    expect(await readSession(database.db, session, new Date())).toBeNull();
    const ctx = contextOf(database);
    expect(await codeOf(signIn(ctx, { email: person.email, password: PASSWORD }, BROWSER))).toBe('wrong');
    await ok(signIn(ctx, { email: person.email, password }, BROWSER));
    const [mail] = await mailsTo(database, person.email);
    expect(mail?.subject).toBe('Your password was changed');
  });

  it('keeps the link good when the new password is refused', async () => {
    const person = await newPerson(database);
    await ok(requestReset(contextOf(database), { email: person.email }, ADDRESS));
    const token = await tokenTo(database, person.email);
    const weak = await resetPassword(contextOf(database), { token, password: '1234567890' }, ADDRESS);
    expect(weak).toMatchObject({ ok: false, fields: { password: 'weak-password' } });
    await ok(resetPassword(contextOf(database), { token, password: 'completely new secret' }, ADDRESS));
  });

  it('sends no more than five mails to one address in an hour', async () => {
    const email = newEmail();
    const codes: string[] = [];
    for (let i = 0; i < 6; i += 1) {
      codes.push(await codeOf(requestReset(contextOf(database), { email }, ADDRESS)));
    }
    expect(codes).toEqual(['done', 'done', 'done', 'done', 'done', 'too-many']);
  });
});

describe('a signed-in person', () => {
  it('changes the password with the present one, and other devices are signed out', async () => {
    const person = await newPerson(database);
    const here = await sessionFor(database, person.email);
    const there = await sessionFor(database, person.email);
    const ctx = await signedIn(database, person.email);
    const change = { password: 'completely new secret', sessionId: here.id };
    const wrong = await changePassword(ctx, { ...change, currentPassword: 'wrong' });
    expect(wrong).toMatchObject({ ok: false, fields: { current_password: 'wrong-password' } });
    await ok(changePassword(ctx, { ...change, currentPassword: PASSWORD }));
    expect(await readSession(database.db, here.token, new Date())).not.toBeNull();
    expect(await readSession(database.db, there.token, new Date())).toBeNull();
  });

  it('changes the mail address when both addresses have confirmed, in either order or at once', async () => {
    for (const order of ['old first', 'new first', 'at once']) {
      const person = await newPerson(database);
      const email = newEmail();
      const ctx = await signedIn(database, person.email);
      await ok(requestEmailChange(ctx, { email, currentPassword: PASSWORD }));
      const tokens = [await tokenTo(database, person.email), await tokenTo(database, email)];
      if (order === 'new first') tokens.reverse();
      const visitor = contextOf(database);
      const confirm = (token: string) => ok(confirmEmailChange(visitor, { token }));
      if (order === 'at once') {
        const both = await Promise.all(tokens.map(confirm));
        expect(both.filter(({ changed }) => changed)).toHaveLength(1);
      } else {
        expect((await confirm(tokens[0] ?? '')).changed).toBe(false);
        expect((await accountOf(person.email))?.id).toBe(person.id);
        expect((await confirm(tokens[1] ?? '')).changed).toBe(true);
      }
      expect((await accountOf(email))?.id).toBe(person.id);
      expect(await accountOf(person.email)).toBeUndefined();
    }
  });

  it('is not told that a new address belongs to somebody else', async () => {
    const person = await newPerson(database);
    const other = await newPerson(database);
    const ctx = await signedIn(database, person.email);
    await ok(requestEmailChange(ctx, { email: other.email, currentPassword: PASSWORD }));
    const [mail] = await mailsTo(database, other.email);
    expect(mail?.subject).toBe('This mail address already has an account');
  });

  it('gives and withdraws optional consents, never required ones', async () => {
    const person = await newPerson(database);
    const ctx = await signedIn(database, person.email);
    const given = async () =>
      (await consentsOf(ctx)).filter(({ givenAt }) => givenAt !== null).map(({ document }) => document);
    expect(await given()).toEqual(['terms', 'privacy']);
    await ok(setConsent(ctx, { document: 'news', given: true }));
    await ok(setConsent(ctx, { document: 'news', given: true }));
    expect(await given()).toEqual(['terms', 'privacy', 'news']);
    await ok(setConsent(ctx, { document: 'news', given: false }));
    expect(await given()).toEqual(['terms', 'privacy']);
    expect(await codeOf(setConsent(ctx, { document: 'terms', given: false }))).toBe('not-found');
  });
});

describe('limits', () => {
  it('never give out more than a bucket holds, however many ask at once', async () => {
    const now = new Date();
    const limit = { capacity: 5, secondsPerToken: 60 };
    const taken = await Promise.all(
      Array.from({ length: 30 }, () => takeToken(database.db, 'test:burst', limit, now)),
    );
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(5);
    expect(taken.find(({ allowed }) => !allowed)?.retryAfter).toBe(60);
    const later = new Date(now.getTime() + 61_000);
    expect((await takeToken(database.db, 'test:burst', limit, later)).allowed).toBe(true);
    expect((await takeToken(database.db, 'test:burst', limit, later)).allowed).toBe(false);
  });
});

describe('the nightly clean-up', () => {
  it('removes accounts nobody confirmed for thirty days, and what ran out', async () => {
    const stale = signUpInput();
    await ok(signUp(contextOf(database), stale, ADDRESS));
    const kept = await newPerson(database);
    await database.db
      .updateTable('session')
      .set({ expires_at: new Date(0) })
      .where('user_id', '=', kept.id)
      .execute();
    await cleanUp(systemContext(database.db, 'test', () => new Date(Date.now() + 31 * 86_400_000)));
    expect(await accountOf(stale.email)).toBeUndefined();
    expect(await accountOf(kept.email)).toBeDefined();
    expect(await sessionsOf(database.db, kept.id, '')).toHaveLength(0);
  });
});
