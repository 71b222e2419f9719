import type { Kysely, Transaction } from 'kysely';
import type { Calendar } from './days.ts';
import type { Actor, Member, Official } from '#lib/domain/account/actor.ts';
import type { NoticeEvent } from '#lib/domain/notice/notice.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { deliverNotice } from '#lib/server/notice/commands.ts';
import { writeContext, type WriteContext } from '#lib/server/platform/command.ts';
import type { Outcome } from '#lib/server/platform/result.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** One thing that happened, and when. The steps of all stories are taken in the order of their times. */
export interface Step {
  at: Date;
  run(stage: Stage): Promise<void>;
}

/** Addresses of the demonstration's people; the domain belongs to nobody. */
export const emailOf = (who: string): string => `${who}@demo.gwangmaek.example`;

/**
 * Where the stories play: one transaction, in which each person acts through the product's own commands at a time
 * that lies back. What the commands tell people is delivered at once, with the time of the act.
 */
export class Stage {
  readonly db: Transaction<Database>;
  readonly calendar: Calendar;
  /** Ids of the rows by the names the files give them. */
  readonly organisations = new Map<string, string>();
  readonly opportunities = new Map<string, string>();
  readonly accounts = new Map<string, string>();
  /** What search and matching have to read again. */
  readonly changed: Record<IndexKind, Set<string>> = {
    company: new Set(),
    opportunity: new Set(),
    project: new Set(),
  };

  constructor(db: Transaction<Database>, calendar: Calendar) {
    this.db = db;
    this.calendar = calendar;
  }

  /** Plays more in a transaction of its own, after the first one. */
  async later<T>(db: Kysely<Database>, play: (stage: Stage) => Promise<T>): Promise<T> {
    return await db.transaction().execute(async (tx) => {
      const stage = new Stage(tx, this.calendar);
      for (const name of ['organisations', 'opportunities', 'accounts'] as const)
        for (const [key, id] of this[name]) stage[name].set(key, id);
      return await play(stage);
    });
  }

  organisation(name: string): string {
    return known(this.organisations, name, 'organisation');
  }
  opportunity(name: string): string {
    return known(this.opportunities, name, 'opportunity');
  }
  account(who: string): string {
    return known(this.accounts, who, 'account');
  }

  /** The portal itself at a moment. */
  system(at: Date): WriteContext {
    return this.context({ kind: 'system', name: 'demo' }, at, 'ko');
  }

  /** A person without a hat. */
  async person(who: string, at: Date): Promise<WriteContext> {
    const account = await this.row(who);
    return this.context({ kind: 'person', ...identity(account), verified: true }, at, account.lang);
  }

  /** A person acting for the one organisation they belong to, as it stands at this point of the story. */
  async member(who: string, at: Date, lang?: Lang): Promise<WriteContext> {
    const account = await this.row(who);
    const hat = await this.db
      .selectFrom('membership')
      .innerJoin('organisation', 'organisation.id', 'membership.organisation_id')
      .select(['organisation_id', 'role', 'supplier', 'lead', 'standing', 'vetted_until'])
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow();
    const actor: Member = {
      kind: 'member',
      ...identity(account),
      verified: true,
      organisationId: hat.organisation_id,
      role: hat.role,
      supplier: hat.supplier,
      lead: hat.lead,
      standing: hat.standing,
      vettedUntil: hat.vetted_until,
    };
    return this.context(actor, at, lang ?? account.lang);
  }

  async official(who: string, at: Date): Promise<WriteContext> {
    const account = await this.row(who);
    const office = await this.db
      .selectFrom('office')
      .select(['agency', 'administrator'])
      .where('account_id', '=', account.id)
      .executeTakeFirstOrThrow();
    const actor: Official = { kind: 'official', ...identity(account), ...office };
    return this.context(actor, at, account.lang);
  }

  private async row(who: string) {
    return this.db
      .selectFrom('account')
      .select(['id', 'name', 'email', 'lang'])
      .where('id', '=', this.account(who))
      .executeTakeFirstOrThrow();
  }

  private context(actor: Actor, at: Date, lang: Lang): WriteContext {
    const base = writeContext({ db: this.db, actor, now: () => at, lang, requestId: 'seed-demo' }, this.db);
    return {
      ...base,
      // Search reads what changed once, when the story is over; matching hears of it with the commit.
      changed: (kind, id) => Promise.resolve(void this.changed[kind].add(id)),
      notify: (event: NoticeEvent) => this.deliver(event, at),
      // Only mails are sent by job here, and mail of an invented past goes nowhere: it stays in the outbox.
      job: () => Promise.resolve(),
    };
  }

  private async deliver(event: NoticeEvent, at: Date): Promise<void> {
    await must(deliverNotice.within(this.system(at), event));
  }
}

function identity(account: { id: string; name: string; email: string }) {
  return { accountId: account.id, name: account.name, email: account.email };
}

function known(map: ReadonlyMap<string, string>, name: string, what: string): string {
  const id = map.get(name);
  if (id === undefined) throw new Error(`The demonstration knows no ${what} ${JSON.stringify(name)}.`);
  return id;
}

/** The value of a command that has to succeed. Throws its refusal, which undoes the whole loading. */
export async function must<T>(outcome: Promise<Outcome<T>>): Promise<T> {
  const settled = await outcome;
  if (settled.ok) return settled.value;
  throw new Error(
    `A step of the demonstration was refused: ${settled.code} ${JSON.stringify(settled.fields ?? {})}`,
  );
}
