import { accountOf } from '#lib/domain/account/actor.ts';
import { anyone, isSignedIn, isSystem } from '#lib/domain/account/policy.ts';
import { countedTerms } from '#lib/domain/search/asked.ts';
import { isWhole, SEARCHES_KEPT_DAYS, type SearchAsked } from '#lib/domain/search/saved.ts';
import {
  countSearch,
  deleteOldSearches,
  forgetRecent,
  keepRecent,
  rememberSearch,
  renewMarkKey,
} from '#lib/server/search/asked-repository.ts';
import { settingOf } from '#lib/server/search/saved-repository.ts';
import { TermBudget } from '#lib/server/search/term-budget.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command } from '#lib/server/platform/command.ts';
import { network } from '#lib/server/platform/rate-limit.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { newToken } from '#lib/server/platform/tokens.ts';

/** What is kept of searches: for the person, and counted without the person. */

const DAY_MS = 86_400_000;
const MARK_KEY_DAYS = 7;
const budget = new TermBudget();

export interface Asked extends SearchAsked {
  total: number;
  /** What tells one visitor from another while marks are compared, address first; null: not counted. */
  asker: string | null;
}

/**
 * Notes a search made on a page. Words are counted once for a list, not for each filter put on it. No audit row:
 * who looks for what is nobody's to read.
 */
export const noteSearch = command({
  name: 'search.note',
  policy: anyone,
  async run(tx, { kind, q, filters, total, asker }: Asked) {
    const asked = { kind, q, filters };
    const accountId = accountOf(tx.actor);
    if (accountId !== null && !isWhole(asked)) await rememberSearch(tx.db, accountId, asked, tx.now);
    const terms = Object.keys(filters).length === 0 ? countedTerms(q) : null;
    if (asker === null || terms === null) return done();
    const day = koreanDay(tx.now);
    const [address = ''] = asker.split('\n');
    const party = accountId ?? network(address);
    const counted = { day, kind, terms, empty: total === 0, party, asker: accountId ?? asker };
    await countSearch(tx.db, counted, tx.now, budget);
    return done();
  },
});

/** Removes one of the person's recent searches, or all. No audit row. */
export const removeRecent = command({
  name: 'search.remove-recent',
  policy: isSignedIn,
  async run(tx, { id }: { id: string | 'all' }) {
    if (tx.accountId === null) return refuse('not-found');
    return done({ count: await forgetRecent(tx.db, tx.accountId, id) });
  },
});

/** Switches the keeping of recent searches on or off; off removes those there are. No audit row. */
export const setKeepRecent = command({
  name: 'search.set-keep-recent',
  policy: isSignedIn,
  async run(tx, { keep }: { keep: boolean }) {
    if (tx.accountId === null) return refuse('not-found');
    await settingOf(tx.db, tx.accountId, newToken());
    await keepRecent(tx.db, tx.accountId, keep);
    if (!keep) await forgetRecent(tx.db, tx.accountId, 'all');
    return done();
  },
});

/** Nightly: nothing of this is kept for longer than was promised. */
export const clearOldSearches = command({
  name: 'search.clear-old',
  policy: isSystem,
  async run(tx, _input: Record<string, never>) {
    const before = (days: number) => new Date(tx.now.getTime() - days * DAY_MS);
    await deleteOldSearches(tx.db, before(SEARCHES_KEPT_DAYS), koreanDay(before(SEARCHES_KEPT_DAYS)));
    await renewMarkKey(tx.db, before(MARK_KEY_DAYS), tx.now);
    return done();
  },
});
