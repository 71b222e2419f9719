import { z } from 'zod';
import { anyone, isMember, isSystem } from '#lib/domain/account/policy.ts';
import { choice } from '#lib/domain/form/fields.ts';
import type { MatchSide } from '#lib/domain/match/alert.ts';
import type { NoticeKind } from '#lib/domain/notice/notice.ts';
import { FREQUENCIES, type Frequency } from '#lib/domain/search/saved.ts';
import {
  insertAlerts,
  letGo,
  lockMark,
  lockStopped,
  markTold,
  setMark,
  settingOf,
  stillWaiting,
  takeBack,
  writeFrequency,
  type AlertedHat,
  type FoundPair,
} from '#lib/server/match/alert-queries.ts';
import { newStrongMatches } from '#lib/server/match/stored-queries.ts';
import { deliverAlert } from '#lib/server/notice/commands.ts';
import { addressOf } from '#lib/server/notice/mail.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { command, lockRow } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { newToken } from '#lib/server/platform/tokens.ts';

/** Changes turned into alerts in one transaction. */
const MOST_CHANGES = 1000;

export const alertForm = z.object({ frequency: choice(FREQUENCIES) });
/** Publishers are told once a day or not at all. */
export const leadAlertForm = z.object({ frequency: choice(['daily', 'none']) });

/**
 * Turns the next pairs that became strong into alerts, and moves the mark past them in the same transaction: a crash
 * leaves both as they were. Answers whether there may be more.
 */
export const findAlerts = command({
  name: 'match.find-alerts',
  policy: isSystem,
  async run(tx, _input: Record<string, never>) {
    const mark = await lockMark(tx.db);
    const changes = await newStrongMatches(tx.db, { after: mark, limit: MOST_CHANGES });
    const last = changes.at(-1);
    if (last === undefined) return done({ found: 0, more: false });
    const found = await insertAlerts(tx.db, changes, tx.now);
    await setMark(tx.db, last.seq);
    return done({ found, more: changes.length === MOST_CHANGES });
  },
});

/** What is to be told to one person about one organisation, as it was when it was written. */
export interface ComposedAlert {
  hat: AlertedHat;
  lang: Lang;
  frequency: Frequency;
  told: readonly FoundPair[];
  /** Pairs that are no match any more, were put aside, or may not be seen by the person. */
  hidden: readonly FoundPair[];
  notice: { kind: NoticeKind; data: Record<string, string>; path: string };
  /** Null: in the inbox only. */
  mail: ((stop: string) => { subject: string; body: string }) | null;
}

/**
 * Writes the notice and the mail, and notes in the same transaction that all of it was told: whatever fails, a pair is
 * told once. Refuses `changed` when something of it was told or stopped meanwhile. Leaves no audit row.
 */
export const sendMatchAlert = command({
  name: 'match.alert',
  policy: isSystem,
  async run(tx, alert: ComposedAlert) {
    const { hat, lang, frequency, told, hidden, notice, mail } = alert;
    if (!(await lockRow(tx.db, 'account', hat.accountId))) return refuse('not-found');
    const pairs = [...told, ...hidden];
    if ((await stillWaiting(tx.db, hat, frequency, pairs)) < pairs.length) return refuse('changed');
    await takeBack(tx.db, hat, hidden);
    const [first] = told;
    if (first === undefined) return done({ told: 0 });
    await markTold(tx.db, hat, told, tx.now);
    const { stop_token: token } = await settingOf(tx.db, hat, newToken());
    const stopUrl = addressOf(lang, `/stop/${token}`);
    const outcome = await deliverAlert.within(tx, {
      event: {
        ...notice,
        key: `${notice.kind}:${hat.side}:${first.opportunityId}:${first.companyId}`,
        to: { accountId: hat.accountId },
      },
      mail: mail === null ? null : { ...mail(stopUrl), stopUrl },
    });
    if (!outcome.ok) throw new Error(`notice.deliver-alert was refused: ${outcome.code}`);
    return done({ told: told.length });
  },
});

/** The person sets how often they are told, for the organisation they act for. Nothing that waits is sent later. */
export const setMatchAlerts = command({
  name: 'match.set-alerts',
  policy: isMember,
  async run(tx, { side, frequency }: { side: MatchSide; frequency: Frequency }) {
    const { actor } = tx;
    if (!isMember(actor) || !(side === 'company' ? actor.supplier : actor.lead)) return refuse('not-found');
    const hat = { accountId: actor.accountId, organisationId: actor.organisationId, side };
    const { frequency: before } = await settingOf(tx.db, hat, newToken());
    await writeFrequency(tx.db, hat, frequency);
    if (frequency === 'none') await letGo(tx.db, hat);
    await tx.audit({
      action: 'match.set-alerts',
      object: { kind: 'organisation', id: hat.organisationId },
      before: { side, frequency: before },
      after: { side, frequency },
    });
    return done();
  },
});

/** Stops the alerts that a link in a mail names. Repeating it does no harm. */
export const stopMatchAlerts = command({
  name: 'match.stop-alerts',
  policy: anyone,
  async run(tx, { token }: { token: string }) {
    const hat = await lockStopped(tx.db, token);
    if (hat === null) return refuse('not-found');
    await writeFrequency(tx.db, hat, 'none');
    await letGo(tx.db, hat);
    await tx.audit({
      action: 'match.stop-alerts',
      object: { kind: 'organisation', id: hat.organisationId },
      after: { side: hat.side, frequency: 'none' },
    });
    return done();
  },
});
