import type { Agency, MemberRoleInOrganisation } from '#lib/domain/account/account.ts';
import { CONSENT_DOCUMENTS, missingConsents, type ConsentDocument } from '#lib/domain/account/consent.ts';
import { passwordIssue } from '#lib/domain/account/password.ts';
import {
  anyone,
  isAdministrator,
  isMember,
  isOwner,
  isSignedIn,
  type Policy,
} from '#lib/domain/account/policy.ts';
import { agencyName } from '#lib/i18n/account.ts';
import { consentText } from '#lib/i18n/consents.ts';
import { countAttempts, type TooMany } from '#lib/server/account/limits.ts';
import {
  insertInvitation,
  insertMember,
  lockInvitation,
  memberRole,
  openInvitation,
  organisationById,
  renewInvitation,
  revokeEarlier,
  setInvitationRevoked,
  takeInvitation,
} from '#lib/server/account/organisation-repository.ts';
import { nameIn } from '#lib/server/account/present.ts';
import {
  accountByEmail,
  accountById,
  insertAccount,
  insertConsent,
  lockOffices,
  putOffice,
  updateAccount,
  withdrawConsents,
  type AccountRow,
} from '#lib/server/account/repository.ts';
import { hashPassword } from '#lib/server/auth/password.ts';
import { endAllSessions } from '#lib/server/auth/session.ts';
import { writeAccountMail } from '#lib/server/notice/mail.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done, refuse, type Outcome } from '#lib/server/platform/result.ts';
import { hashToken, newToken } from '#lib/server/platform/tokens.ts';

export const INVITATION_DAYS = 7;
const LIFE_MS = INVITATION_DAYS * 86_400_000;

export type Invite =
  | { email: string; role: MemberRoleInOrganisation }
  | { email: string; agency: Agency; administrator: boolean };

const mayInvite: Policy = (actor) => isOwner(actor) || isAdministrator(actor);

/** Invites an address into the organisation acted for, or (administrators) into an office. */
export async function invite(ctx: Context, input: Invite): Promise<Outcome<undefined> | TooMany> {
  const who = 'accountId' in ctx.actor ? ctx.actor.accountId : 'nobody';
  const tooMany = await countAttempts(ctx, ['invite', who]);
  return tooMany ?? writeInvitation(ctx, input);
}

const writeInvitation = command({
  name: 'invitation.send',
  policy: mayInvite,
  async run(tx, input: Invite) {
    const target = targetOf(tx, input);
    if (target === null) return refuse('not-found');
    const existing = await accountByEmail(tx.db, input.email);
    if (existing && (await belongs(tx, existing, target.organisationId))) {
      return refuse('already-member', { email: 'already-member' });
    }
    await revokeEarlier(tx.db, target.organisationId, input.email, tx.now);
    const token = newToken();
    const id = await insertInvitation(tx.db, {
      ...target,
      email: input.email,
      idHash: hashToken(token),
      invitedBy: tx.accountId,
      expiresAt: new Date(tx.now.getTime() + LIFE_MS),
    });
    await sendInvitation(tx, { ...target, email: input.email }, token);
    await tx.audit({
      action: 'invitation.send',
      object: { kind: 'invitation', id },
      after: { organisation: target.organisationId, agency: target.agency, role: target.role },
    });
    return done();
  },
});

interface Target {
  organisationId: string | null;
  agency: Agency | null;
  role: MemberRoleInOrganisation | 'official' | 'administrator';
}

/** What the inviter may give; null when they may not give this. */
function targetOf(tx: WriteContext, input: Invite): Target | null {
  if ('agency' in input) {
    if (!isAdministrator(tx.actor)) return null;
    const role = input.administrator ? 'administrator' : 'official';
    return { organisationId: null, agency: input.agency, role };
  }
  if (!isMember(tx.actor) || tx.actor.role !== 'owner') return null;
  return { organisationId: tx.actor.organisationId, agency: null, role: input.role };
}

async function belongs(
  tx: WriteContext,
  account: AccountRow,
  organisationId: string | null,
): Promise<boolean> {
  // Inviting an official anew would take an administrator's rights away past the guard of the last one.
  if (organisationId === null)
    return (await lockOffices(tx.db)).some((office) => office.account_id === account.id);
  return (await memberRole(tx.db, organisationId, account.id)) !== null;
}

async function sendInvitation(
  tx: WriteContext,
  invitation: Pick<Target, 'organisationId' | 'agency'> & { email: string },
  token: string,
): Promise<void> {
  const inviter = tx.accountId === null ? null : await accountById(tx.db, tx.accountId);
  const known = await accountByEmail(tx.db, invitation.email);
  const lang = known?.lang ?? tx.lang;
  const organisation =
    invitation.organisationId === null ? null : await organisationById(tx.db, invitation.organisationId);
  const agency = invitation.agency === null ? '' : agencyName[invitation.agency](lang);
  await writeAccountMail(tx, {
    mail: 'invitation',
    key: `invitation:${hashToken(token).slice(0, 32)}`,
    to: invitation.email,
    lang,
    path: `/invitation/${token}`,
    values: {
      by: inviter?.name ?? '',
      organisation: organisation
        ? nameIn(lang, { nameKo: organisation.name_ko, nameEn: organisation.name_en })
        : agency,
    },
  });
}

/** The organisation whose invitations the actor manages; undefined when none, null for the offices. */
function managed(tx: WriteContext): string | null | undefined {
  if (isAdministrator(tx.actor)) return null;
  return isMember(tx.actor) && tx.actor.role === 'owner' ? tx.actor.organisationId : undefined;
}

/** Takes an invitation back; its link stops working. */
export const revokeInvitation = command({
  name: 'invitation.revoke',
  policy: mayInvite,
  async run(tx, { id }: { id: string }) {
    const whose = managed(tx);
    const invitation = whose === undefined ? null : await lockInvitation(tx.db, id, whose);
    if (invitation === null) return refuse('not-found');
    await setInvitationRevoked(tx.db, id, tx.now);
    await tx.audit({ action: 'invitation.revoke', object: { kind: 'invitation', id } });
    return done();
  },
});

/** Sends an invitation once more, with a new link that lives seven days; the earlier link stops working. */
export async function resendInvitation(
  ctx: Context,
  input: { id: string },
): Promise<Outcome<undefined> | TooMany> {
  const who = 'accountId' in ctx.actor ? ctx.actor.accountId : 'nobody';
  const tooMany = await countAttempts(ctx, ['invite', who]);
  return tooMany ?? writeResent(ctx, input);
}

const writeResent = command({
  name: 'invitation.resend',
  policy: mayInvite,
  async run(tx, { id }: { id: string }) {
    const whose = managed(tx);
    const invitation = whose === undefined ? null : await lockInvitation(tx.db, id, whose);
    if (invitation === null) return refuse('not-found');
    const token = newToken();
    await renewInvitation(tx.db, id, hashToken(token), new Date(tx.now.getTime() + LIFE_MS));
    await sendInvitation(
      tx,
      {
        organisationId: invitation.organisation_id,
        agency: invitation.agency,
        email: invitation.email,
      },
      token,
    );
    await tx.audit({ action: 'invitation.resend', object: { kind: 'invitation', id } });
    return done();
  },
});

export interface InvitationView {
  email: string;
  role: Target['role'];
  nameKo: string;
  nameEn: string;
  by: string | null;
  expiresAt: Date;
  /** Does the address have an account already? Told to whoever holds the link, who reads that mailbox. */
  hasAccount: boolean;
}

/** What an invitation's link is about; null when it cannot be used (any more). */
export async function invitationOf(ctx: Context, token: string): Promise<InvitationView | null> {
  const invitation = await openInvitation(ctx.db, hashToken(token), ctx.now());
  if (invitation === null) return null;
  const inviter = invitation.invited_by === null ? null : await accountById(ctx.db, invitation.invited_by);
  const account = await accountByEmail(ctx.db, invitation.email);
  const organisation =
    invitation.organisation_id === null ? null : await organisationById(ctx.db, invitation.organisation_id);
  const { agency } = invitation;
  return {
    email: invitation.email,
    role: invitation.role,
    nameKo: organisation?.name_ko ?? (agency ? agencyName[agency]('ko') : ''),
    nameEn: organisation?.name_en ?? (agency ? agencyName[agency]('en') : ''),
    by: inviter?.name ?? null,
    expiresAt: invitation.expires_at,
    hasAccount: account !== null && account.email_verified_at !== null,
  };
}

/** Accepts with the account signed in, which must be that of the invited address. Answers the key of the new hat. */
export const acceptInvitation = command({
  name: 'invitation.accept',
  policy: isSignedIn,
  async run(tx, { token }: { token: string }) {
    const invitation = await takeInvitation(tx.db, hashToken(token), tx.now);
    const account = tx.accountId === null ? null : await accountById(tx.db, tx.accountId);
    if (invitation === null || account === null) return refuse('link-used');
    if (account.email !== invitation.email) return refuse('other-address');
    return done({ hat: await takeIn(tx, invitation, account) });
  },
});

type Invitation = NonNullable<Awaited<ReturnType<typeof takeInvitation>>>;

async function takeIn(
  tx: WriteContext,
  invitation: Invitation,
  account: Pick<AccountRow, 'id' | 'name'>,
): Promise<string> {
  const { id, organisation_id, agency, role } = invitation;
  await tx.audit({
    action: 'invitation.accept',
    object: { kind: 'invitation', id },
    after: { account: account.id, organisation: organisation_id, agency, role },
  });
  if (agency !== null) {
    await putOffice(tx.db, account.id, agency, role === 'administrator');
    return 'office';
  }
  const organisation = organisation_id === null ? null : await organisationById(tx.db, organisation_id);
  if (organisation === null || role === 'official' || role === 'administrator') {
    throw new Error(`Invitation ${id} is for nothing.`);
  }
  await insertMember(tx.db, organisation.id, account.id, role);
  await tx.notify({
    kind: 'member-joined',
    key: `member-joined:${id}`,
    to: { organisationId: organisation.id, roles: ['owner'] },
    except: account.id,
    data: { nameKo: organisation.name_ko, nameEn: organisation.name_en, person: account.name },
    path: organisation.supplier ? '/company/people' : '/lead/people',
  });
  return organisation.id;
}

export interface NewcomerInput {
  token: string;
  name: string;
  password: string;
  consents: ConsentDocument[];
}

/**
 * Accepts as somebody new: the link shows that the address is theirs, so the account needs no further mail.
 * `has-account` when the address got an account meanwhile.
 */
export async function acceptAsNewcomer(
  ctx: Context,
  input: NewcomerInput,
  address: string,
): Promise<Outcome<{ accountId: string; hat: string }> | TooMany> {
  const tooMany = await countAttempts(ctx, ['link-address', address]);
  if (tooMany) return tooMany;
  const invitation = await openInvitation(ctx.db, hashToken(input.token), ctx.now());
  if (invitation === null) return refuse('link-used');
  const fields = missingConsents(input.consents);
  const issue = passwordIssue(input.password, { email: invitation.email, name: input.name });
  if (issue) fields['password'] = issue;
  if (Object.keys(fields).length > 0) return refuse('invalid', fields);
  return writeNewcomer(ctx, { ...input, passwordHash: await hashPassword(input.password) });
}

const writeNewcomer = command({
  name: 'invitation.accept-as-newcomer',
  policy: anyone,
  async run(tx, input: NewcomerInput & { passwordHash: string }) {
    const invitation = await takeInvitation(tx.db, hashToken(input.token), tx.now);
    if (invitation === null) return refuse('link-used');
    const accountId = await newcomer(tx, invitation, input);
    if (accountId === null) return refuse('has-account');
    for (const document of input.consents) {
      await insertConsent(tx.db, accountId, consentText(document, tx.lang), tx.now);
    }
    const hat = await takeIn(tx, invitation, { id: accountId, name: input.name });
    return done({ accountId, hat });
  },
});

/** A new account, or one whose address nobody had confirmed; null when it has an owner. */
async function newcomer(
  tx: WriteContext,
  invitation: Invitation,
  input: NewcomerInput & { passwordHash: string },
): Promise<string | null> {
  const account = {
    email: invitation.email,
    name: input.name,
    passwordHash: input.passwordHash,
    lang: tx.lang,
    intent: invitation.agency === null ? ('company' as const) : ('official' as const),
    verifiedAt: tx.now,
  };
  const created = await insertAccount(tx.db, account);
  if (created !== null) return created;
  const existing = await accountByEmail(tx.db, invitation.email);
  if (existing === null || existing.email_verified_at !== null) return null;
  await endAllSessions(tx.db, existing.id);
  await withdrawConsents(tx.db, existing.id, CONSENT_DOCUMENTS, tx.now);
  await updateAccount(tx.db, existing.id, account);
  return existing.id;
}
