import { isSignedIn, anyone, isSystem } from '#lib/domain/account/policy.ts';
import {
  isWhole,
  MOST_SAVED,
  UNDO_DAYS,
  type Frequency,
  type SearchAsked,
} from '#lib/domain/search/saved.ts';
import { audienceOf } from '#lib/server/search/audience.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import { forgetSeeming } from '#lib/server/search/saved-extras.ts';
import {
  accountOfStopAll,
  activeSearches,
  changeSearch,
  countSearches,
  deleteRemoved,
  insertSearch,
  letGo,
  lockOwnSearch,
  lockStopped,
  markKnown,
  readingOf,
  sameSearch,
  saverOf,
  type SearchChange,
} from '#lib/server/search/saved-repository.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command, lockRow, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';
import { newToken } from '#lib/server/platform/tokens.ts';

/** Saving searches, and what becomes of them. The audit trail says that, not what, somebody looks for. */

const DAY_MS = 86_400_000;

export interface SaveSearch extends SearchAsked {
  name: string;
  frequency: Frequency;
}

/**
 * Saves a search as whoever the person acts as. What it matches now is known and is never announced.
 * Saving the same again answers the one there is.
 */
export const saveSearch = command({
  name: 'search.save',
  policy: isSignedIn,
  async run(tx, input: SaveSearch) {
    const { accountId } = tx;
    if (accountId === null || !(await lockRow(tx.db, 'account', accountId))) return refuse('not-found');
    if (isWhole(input)) return refuse('too-wide');
    const saver = saverOf(tx.actor);
    const same = await sameSearch(tx.db, accountId, saver, input);
    if (same !== null) return done({ id: same, known: 0, made: false });
    if ((await countSearches(tx.db, accountId)) >= MOST_SAVED) return refuse('too-many');
    const { kind, q, filters, name, frequency } = input;
    const reading = await readingOf(tx.db, await lexiconOf(tx.db), kind, q, tx.now);
    const id = await insertSearch(
      tx.db,
      {
        ...{ kind, q, filters, name, frequency, account_id: accountId, ...saver },
        ...{ reading_id: reading.id, stop_token: newToken() },
      },
      tx.now,
    );
    const audience = audienceOf(tx.actor, koreanDay(tx.now));
    const known = await markKnown(tx.db, { id, kind, filters, expr: reading.expr }, audience, tx.now);
    const { db, actor, lang } = tx;
    const ctx = { db, actor, lang, now: () => tx.now, requestId: 'search.save' };
    await forgetSeeming(ctx, { id, kind, filters });
    await tx.audit({
      action: 'search.save',
      object: { kind: 'saved_search', id },
      after: { kind, frequency },
    });
    return done({ id, known, made: true });
  },
});

interface Change {
  id: string;
  /** For the audit trail; what the person typed stays out of it. */
  says?: Record<string, string | boolean>;
  change: SearchChange;
  letsGo?: boolean;
}

/** Changes one of the person's own searches. */
async function change(tx: WriteContext, action: string, { id, says, change, letsGo = false }: Change) {
  const held = tx.accountId === null ? null : await lockOwnSearch(tx.db, tx.accountId, id);
  if (held === null) return refuse('not-found');
  await changeSearch(tx.db, id, change);
  if (letsGo) await letGo(tx.db, id, tx.now);
  await tx.audit({ action, object: { kind: 'saved_search', id }, ...(says ? { after: says } : {}) });
  return done({ id });
}

export const renameSearch = command({
  name: 'search.rename',
  policy: isSignedIn,
  run: (tx, { id, name }: { id: string; name: string }) =>
    change(tx, 'search.rename', { id, change: { name } }),
});

/** Who has been told of nothing so far is not told of all of it at once. */
export const setFrequency = command({
  name: 'search.set-frequency',
  policy: isSignedIn,
  run: (tx, { id, frequency }: { id: string; frequency: Frequency }) =>
    change(tx, 'search.set-frequency', {
      ...{ id, says: { frequency }, change: { frequency } },
      letsGo: frequency === 'none',
    }),
});

/** What is found while a search rests is shown, not sent. */
export const pauseSearch = command({
  name: 'search.pause',
  policy: isSignedIn,
  run: (tx, { id, paused }: { id: string; paused: boolean }) =>
    change(tx, 'search.pause', {
      ...{ id, says: { paused }, change: { paused_at: paused ? tx.now : null } },
      letsGo: paused,
    }),
});

/** Removes a search; for some days it can be brought back. */
export const removeSearch = command({
  name: 'search.remove',
  policy: isSignedIn,
  run: (tx, { id }: { id: string }) =>
    change(tx, 'search.remove', { id, change: { removed_at: tx.now }, letsGo: true }),
});

export const restoreSearch = command({
  name: 'search.restore',
  policy: isSignedIn,
  async run(tx, { id }: { id: string }) {
    if (tx.accountId === null || !(await lockRow(tx.db, 'account', tx.accountId))) return refuse('not-found');
    if ((await countSearches(tx.db, tx.accountId)) >= MOST_SAVED) return refuse('too-many');
    return change(tx, 'search.restore', { id, change: { removed_at: null } });
  },
});

/** The person opens the list of a search: nothing of it is new any more. No audit row: it changes nothing for others. */
export const openSearch = command({
  name: 'search.open',
  policy: isSignedIn,
  async run(tx, { id }: { id: string }) {
    const held = tx.accountId === null ? null : await lockOwnSearch(tx.db, tx.accountId, id);
    if (held === null || held.removed_at !== null) return refuse('not-found');
    await changeSearch(tx.db, id, { seen_at: tx.now });
    return done({ kind: held.kind, q: held.q, filters: held.filters });
  },
});

/** Stops the alerts that a link in a mail names: of one search, or of all of the person. Repeating it does no harm. */
export const stopAlerts = command({
  name: 'search.stop',
  policy: anyone,
  async run(tx, { token }: { token: string }) {
    const one = await lockStopped(tx.db, token);
    const all = one === null ? await accountOfStopAll(tx.db, token) : null;
    if (one === null && all === null) return refuse('not-found');
    const ids = one ? [one.id] : await activeSearches(tx.db, all ?? '');
    for (const id of ids) {
      await changeSearch(tx.db, id, { paused_at: tx.now });
      await letGo(tx.db, id, tx.now);
      await tx.audit({ action: 'search.stop', object: { kind: 'saved_search', id } });
    }
    return done({ count: ids.length });
  },
});

/** Nightly: what was removed some days ago is gone for good. */
export const clearRemoved = command({
  name: 'search.clear-removed',
  policy: isSystem,
  async run(tx, _input: Record<string, never>) {
    await deleteRemoved(tx.db, new Date(tx.now.getTime() - UNDO_DAYS * DAY_MS));
    return done();
  },
});
