import { actorFor } from '#lib/domain/account/hat.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Frequency } from '#lib/domain/search/saved.ts';
import { matchAlertBody, matchAlertSubject } from '#lib/i18n/match-alerts.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { hatsOf } from '#lib/server/auth/person-queries.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { findAlerts, sendMatchAlert, type ComposedAlert } from '#lib/server/match/alert-commands.ts';
import {
  hatsWaiting,
  pairsWaiting,
  readerOf,
  type AlertedHat,
  type FoundPair,
  type Reader,
} from '#lib/server/match/alert-queries.ts';
import { notRelevant } from '#lib/server/match/repository.ts';
import { strongAmong, type StrongPair } from '#lib/server/match/strong-queries.ts';
import { addressOf } from '#lib/server/notice/mail.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { log } from '#lib/server/platform/log.ts';

/** The job `match.alerts`: tells people of new strong matches, all that wait for one of their hats at once. */

const HATS_BATCH = 500;
/** Pairs told at once; what is beyond follows in the next. */
const MOST_PAIRS = 500;
/** Matches written out in a mail. */
const MOST_ITEMS = 10;
const TRIES = 3;

export async function sendMatchAlerts(ctx: Context, { frequency }: { frequency: Frequency }): Promise<void> {
  await findAll(ctx);
  let failed = 0;
  for (let after: AlertedHat | null = null; ;) {
    const hats: AlertedHat[] = await hatsWaiting(ctx.db, frequency, after, HATS_BATCH);
    const last = hats.at(-1);
    if (last === undefined) break;
    for (const hat of hats)
      try {
        await alertHat(ctx, hat, frequency);
      } catch (err) {
        // One person's trouble is no reason to keep the news from all after them; theirs still waits.
        log.error({ err, account: hat.accountId }, 'a match alert could not be written');
        failed += 1;
      }
    after = last;
  }
  if (failed > 0) throw new Error(`${failed} match alerts could not be written`);
}

async function findAll(ctx: Context): Promise<void> {
  for (;;) {
    const outcome = await findAlerts(ctx, {});
    if (!outcome.ok) throw new Error(`match.find-alerts was refused: ${outcome.code}`);
    if (!outcome.value.more) return;
  }
}

/** Tells one person; what changed while the mail was being written is written anew. */
async function alertHat(ctx: Context, hat: AlertedHat, frequency: Frequency): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const reader = await readerOf(ctx.db, hat.accountId);
    const waiting = await pairsWaiting(ctx.db, hat, MOST_PAIRS);
    if (reader === null || waiting.length === 0) return;
    const outcome = await sendMatchAlert(ctx, await compose(ctx, reader, hat, frequency, waiting));
    if (outcome.ok) return;
    if (outcome.code !== 'changed') throw new Error(`match.alert was refused: ${outcome.code}`);
  }
}

/** A pair that may be told, with the name of its notice. */
type Told = StrongPair & { title: Names };

async function compose(
  ctx: Context,
  reader: Reader,
  hat: AlertedHat,
  frequency: Frequency,
  waiting: readonly FoundPair[],
): Promise<ComposedAlert> {
  const told = await tellable(ctx, reader, hat, waiting);
  const keys = new Set(told.map(keyOf));
  const hidden = waiting.filter((pair) => !keys.has(keyOf(pair)));
  const head = { hat, lang: reader.lang, frequency, told, hidden };
  return { ...head, ...(hat.side === 'company' ? forCompany(reader, told) : forLead(told)) };
}

const keyOf = ({ opportunityId, companyId }: FoundPair) => `${opportunityId} ${companyId}`;

/** What is a strong match still, was not put aside, and may be seen by the person as they stand now; best first. */
async function tellable(
  ctx: Context,
  reader: Reader,
  hat: AlertedHat,
  waiting: readonly FoundPair[],
): Promise<Told[]> {
  const worn = (await hatsOf(ctx.db, reader.id)).find(({ key }) => key === hat.organisationId);
  if (worn === undefined) return [];
  const as: Context = { ...ctx, actor: actorFor(reader, worn), lang: reader.lang };
  const pairs = await withoutDismissed(ctx, hat, waiting);
  const strong = await strongAmong(as, pairs);
  const opportunities = [...new Set(strong.map(({ opportunityId }) => opportunityId))];
  const titles = new Map((await opportunityCards(as, opportunities)).map(({ id, title }) => [id, title]));
  const seen =
    hat.side === 'company'
      ? null
      : new Set((await companyCards(as, companiesOf(strong))).map(({ id }) => id));
  return strong
    .flatMap((pair) => {
      const title = titles.get(pair.opportunityId);
      return title === undefined || seen?.has(pair.companyId) === false ? [] : [{ ...pair, title }];
    })
    .sort((a, b) => b.score - a.score || (keyOf(a) < keyOf(b) ? -1 : 1));
}

const companiesOf = (pairs: readonly FoundPair[]) => [...new Set(pairs.map(({ companyId }) => companyId))];

async function withoutDismissed(
  ctx: Context,
  { organisationId, side }: AlertedHat,
  pairs: readonly FoundPair[],
): Promise<readonly FoundPair[]> {
  if (side === 'company') {
    const gone = await notRelevant(ctx.db, organisationId, { company: organisationId });
    return pairs.filter(({ opportunityId }) => !gone.has(opportunityId));
  }
  const kept: FoundPair[] = [];
  for (const [opportunity, found] of Map.groupBy(pairs, ({ opportunityId }) => opportunityId)) {
    const gone = await notRelevant(ctx.db, organisationId, { opportunity });
    kept.push(...found.filter(({ companyId }) => !gone.has(companyId)));
  }
  return kept;
}

function forCompany({ lang }: Reader, told: readonly Told[]): Pick<ComposedAlert, 'notice' | 'mail'> {
  const [best] = told;
  const path = told.length === 1 && best ? `/company/matches/${best.opportunityId}` : '/company/matches';
  const first = best?.title ?? { ko: '', en: '' };
  const name = nameIn(lang, first);
  return {
    notice: {
      kind: 'match-new',
      data: { count: String(told.length), titleKo: first.ko, titleEn: first.en },
      path,
    },
    mail: (stop) => ({
      subject: matchAlertSubject(lang, { name, total: told.length }),
      body: matchAlertBody(lang, {
        total: told.length,
        items: told.slice(0, MOST_ITEMS).map(({ opportunityId, title, score, why }) => ({
          title: nameIn(lang, title),
          score,
          why,
          link: addressOf(lang, `/company/matches/${opportunityId}`),
        })),
        page: addressOf(lang, '/company/matches'),
        settings: addressOf(lang, '/company/alerts'),
        stop,
      }),
    }),
  };
}

/** Publishers are told in the inbox how many companies are new; the list itself is one click away. */
function forLead(told: readonly Told[]): Pick<ComposedAlert, 'notice' | 'mail'> {
  const notices = new Set(told.map(({ opportunityId }) => opportunityId));
  const [best] = told;
  const first = best?.title ?? { ko: '', en: '' };
  return {
    notice: {
      kind: 'match-companies',
      data: {
        count: String(companiesOf(told).length),
        titleKo: first.ko,
        titleEn: first.en,
        ...(notices.size > 1 ? { notices: String(notices.size) } : {}),
      },
      path:
        notices.size === 1 && best
          ? `/lead/opportunities/${best.opportunityId}/matches`
          : '/lead/opportunities',
    },
    mail: null,
  };
}
