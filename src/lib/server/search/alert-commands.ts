import { isSystem } from '#lib/domain/account/policy.ts';
import type { Frequency } from '#lib/domain/search/saved.ts';
import { alertBody, alertSubject, type AlertSection } from '#lib/i18n/search-alerts.ts';
import { deliverAlert } from '#lib/server/notice/commands.ts';
import { addressOf } from '#lib/server/notice/mail.ts';
import {
  lockReader,
  markTold,
  stillWaiting,
  takeBack,
  type Match,
  type Reader,
} from '#lib/server/search/alert-queries.ts';
import { settingOf } from '#lib/server/search/saved-repository.ts';
import { command } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { newToken } from '#lib/server/platform/tokens.ts';

/** What is to be told to one person, as it was when it was written. */
export interface ComposedAlert {
  reader: Reader;
  frequency: Frequency;
  sections: AlertSection[];
  told: Match[];
  /** Matches that the person may not see any more. */
  hidden: Match[];
  /** Names of the first document, for the notice. */
  first: { ko: string; en: string };
  /** Matches that waited when it was written. */
  waiting: number;
}

/** Where a person's saved searches stand. */
const PAGE = '/account/searches';

/**
 * Writes the notice and the mail, and notes in the same transaction that all of it was told: whatever fails, a match is
 * told once. Refuses when something of it was told, taken back or stopped meanwhile. Leaves no audit row: it tells the
 * person what they asked for.
 */
export const sendAlert = command({
  name: 'search.alert',
  policy: isSystem,
  async run(tx, alert: ComposedAlert) {
    const { reader, frequency, sections, told, hidden, first } = alert;
    if (!(await lockReader(tx.db, reader.id))) return refuse('not-found');
    const matches = [...told, ...hidden];
    if ((await stillWaiting(tx.db, frequency, matches)) < matches.length) return refuse('changed');
    await takeBack(tx.db, hidden);
    const [head] = sections;
    if (head === undefined) return done({ told: 0 });
    await markTold(tx.db, told, tx.now);
    const { stop_token: token } = await settingOf(tx.db, reader.id, newToken());
    const { lang } = reader;
    const stopAll = addressOf(lang, `/stop/${token}`);
    const total = sections.reduce((sum, one) => sum + one.total, 0);
    const outcome = await deliverAlert.within(tx, {
      event: {
        kind: 'search-alert',
        key: `search-alert:${told[0]?.searchId}:${told[0]?.documentId}`,
        to: { accountId: reader.id },
        data: { count: String(total), search: head.name, titleKo: first.ko, titleEn: first.en },
        path: PAGE,
      },
      mail: {
        subject: alertSubject(lang, { name: head.name, total, searches: sections.length }),
        body: alertBody(lang, { sections, page: addressOf(lang, PAGE), stopAll }),
        stopUrl: sections.length === 1 ? head.stop : stopAll,
      },
    });
    if (!outcome.ok) throw new Error(`notice.deliver-alert was refused: ${outcome.code}`);
    return done({ told: told.length });
  },
});
