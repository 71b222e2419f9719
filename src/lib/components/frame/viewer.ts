import type { MenuPlace } from '#lib/domain/account/menu.ts';

/** Who is looking at the page, as far as the frame around it needs to know. */

export type HatKind = 'company' | 'lead' | 'official' | 'administrator';

/** One way in which a person may act: an organisation and the role held there. */
export interface Hat {
  /** Value of the field `hat` posted to `/account/acting`. */
  key: string;
  /** The organisation's name in the language of the page. */
  name: string;
  kind: HatKind;
  /** The role in words of the page's language: 관리자, editor. */
  role: string;
  current: boolean;
}

/** A line of the role's own menu. */
export interface NavItem extends MenuPlace {
  label: string;
  /** How many things wait there; left out or 0 shows no mark. */
  count?: number | undefined;
}

export interface Viewer {
  name: string;
  hats: Hat[];
  /** Unread notices. */
  unread: number;
  /** Menu of the hat worn now; empty without one. */
  nav: NavItem[];
}

/** A line of the official notice above every page. */
export interface OfficialNotice {
  tone: 'info' | 'warn';
  title: string;
  text?: string | undefined;
  link?: { href: string; label: string } | undefined;
}
