import type { Agency } from '#lib/domain/account/account.ts';
import type { RoleName } from '#lib/i18n/account.ts';
import type { Posted } from '#lib/components/forms/posted.ts';

/** One who belongs to the organisation or the office. */
export interface Person {
  accountId: string;
  name: string;
  email: string;
  role: RoleName;
  agency: Agency | null;
  since: Date;
  self: boolean;
}

/** An invitation that nobody has accepted yet. */
export interface PendingInvitation {
  id: string;
  email: string;
  role: RoleName;
  agency: Agency | null;
  expiresAt: Date;
  expired: boolean;
}

/** Somebody who asks to be taken in. */
export interface JoinRequest {
  id: string;
  name: string;
  email: string;
  message: string;
  at: Date;
  nameKo: string;
  nameEn: string;
}

/** What a form of the page came back with. */
export interface PeopleForm {
  errors?: Readonly<Record<string, string>>;
  refused?: string | null;
  until?: Date | null;
  values?: Posted;
}
