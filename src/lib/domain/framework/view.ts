import type { FrameworkKind, MemberRole } from '#lib/domain/framework/framework.ts';
import type { Sourced } from '#lib/domain/insight/sourced.ts';
import type { Named, Names } from '#lib/domain/opportunity/view.ts';

/** One country's time in a framework in one role. */
export interface Membership {
  country: Named;
  role: MemberRole;
  /** first day; null when not known */
  from: string | null;
  /** first day no longer; null when open or not known */
  to: string | null;
  /** the dates as far as they are known: `2022-06` */
  fromText: string;
  toText: string;
  note: Names;
  sourced: Sourced;
}

export interface FrameworkCard {
  id: string;
  name: Names;
  kind: FrameworkKind;
  leadBody: Names;
  since: string;
  status: string;
  /** countries that are or were members */
  members: number;
  korea: boolean;
  sourced: Sourced;
}

/** Who chaired on a day: known, or not known with the last chair that is. */
export type Chair =
  { known: true; chairs: Membership[] } | { known: false; last: Membership | null; next: Membership | null };

export interface FrameworkOn {
  day: string;
  members: Membership[];
  observers: Membership[];
  /** null for a framework of which no chair was ever recorded */
  chair: Chair | null;
}

/** A framework before or after another, with the day the later one began. */
export interface FrameworkLink extends Named {
  since: string;
}

export interface FrameworkDetail extends FrameworkCard {
  notes: Names;
  predecessor: FrameworkLink | null;
  successors: FrameworkLink[];
  /** everything dated, by day of beginning */
  history: Membership[];
  on: FrameworkOn;
}

/** A country's place in a framework, for the country's page. */
export interface CountryMembership {
  framework: Named;
  role: MemberRole;
  fromText: string;
  toText: string;
  sourced: Sourced;
}
