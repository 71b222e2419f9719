import { actorFor, OFFICE } from '#lib/domain/account/hat.ts';
import type { IndexKind, SearchDocument } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import { pairTokens } from '#lib/domain/search/plan.ts';
import { parseQuery } from '#lib/domain/search/query.ts';
import { rankDocuments } from '#lib/domain/search/rank.ts';
import { resolveQuery } from '#lib/domain/search/resolve.ts';
import { addressOfSearch, LIST_OF, type Frequency } from '#lib/domain/search/saved.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';
import { reasonLine, type AlertSection } from '#lib/i18n/search-alerts.ts';
import { hatsOf } from '#lib/server/auth/person-queries.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { addressOf } from '#lib/server/notice/mail.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import { projectCards } from '#lib/server/project/queries.ts';
import { sendAlert, type ComposedAlert } from '#lib/server/search/alert-commands.ts';
import {
  peopleWaiting,
  readerOf,
  waitingOf,
  type Reader,
  type Waiting,
} from '#lib/server/search/alert-queries.ts';
import { documentsOf } from '#lib/server/search/documents.ts';
import { lexiconOf } from '#lib/server/search/lexicon-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { log } from '#lib/server/platform/log.ts';

/** The job `search.alerts`: tells people of new matches, all that wait for one person in one mail. */

const PEOPLE_BATCH = 500;
/** Matches told in one mail; what is beyond follows in the next. */
const MOST_MATCHES = 2000;
/** Matches of one search written out in a mail. */
const MOST_ITEMS = 10;
const TRIES = 3;

export async function sendAlerts(ctx: Context, { frequency }: { frequency: Frequency }): Promise<void> {
  let failed = 0;
  for (let after: string | null = null; ;) {
    const people: string[] = await peopleWaiting(ctx.db, frequency, after, PEOPLE_BATCH);
    const last = people.at(-1);
    if (last === undefined) break;
    for (const accountId of people)
      try {
        await alertPerson(ctx, accountId, frequency);
      } catch (err) {
        // One person's trouble is no reason to keep the news from all after them; theirs still waits.
        log.error({ err, account: accountId }, 'an alert could not be written');
        failed += 1;
      }
    after = last;
  }
  if (failed > 0) throw new Error(`${failed} alerts could not be written`);
}

/** Tells one person; what changed while the mail was being written is written anew. */
async function alertPerson(ctx: Context, accountId: string, frequency: Frequency): Promise<void> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const reader = await readerOf(ctx.db, accountId);
    if (reader === null) return;
    const waiting = await waitingOf(ctx.db, accountId, frequency, MOST_MATCHES);
    if (waiting.length === 0) return;
    const outcome = await sendAlert(ctx, await compose(ctx, reader, frequency, waiting));
    if (outcome.ok) return;
    if (outcome.code !== 'changed') throw new Error(`search.alert was refused: ${outcome.code}`);
  }
}

type SearchOf = Waiting & { documents: string[] };

function searchesIn(waiting: readonly Waiting[]): SearchOf[] {
  const searches = new Map<string, SearchOf>();
  for (const one of waiting) {
    const held = searches.get(one.searchId);
    if (held) held.documents.push(one.documentId);
    else searches.set(one.searchId, { ...one, documents: [one.documentId] });
  }
  return [...searches.values()];
}

async function compose(
  ctx: Context,
  reader: Reader,
  frequency: Frequency,
  waiting: readonly Waiting[],
): Promise<ComposedAlert> {
  const hats = await hatsOf(ctx.db, reader.id);
  const { lexicon } = await lexiconOf(ctx.db);
  const sections: ComposedAlert['sections'] = [];
  const told: ComposedAlert['told'] = [];
  const hidden: ComposedAlert['hidden'] = [];
  let first = { ko: '', en: '' };
  for (const search of searchesIn(waiting)) {
    const key = search.official ? OFFICE : search.organisationId;
    const actor = actorFor(reader, hats.find((hat) => hat.key === key) ?? null);
    const titles = await titlesFor({ ...ctx, actor, lang: reader.lang }, search.kind, search.documents);
    const match = (documentId: string) => ({ searchId: search.searchId, documentId });
    const seen = search.documents.filter((id) => titles.has(id));
    told.push(...seen.map(match));
    hidden.push(...search.documents.filter((id) => !titles.has(id)).map(match));
    if (seen.length === 0) continue;
    if (first.ko === '' && first.en === '') first = titles.get(seen[0] ?? '') ?? first;
    sections.push(await section(ctx, lexicon, reader.lang, { ...search, documents: seen }, titles));
  }
  return { ...{ reader, frequency, sections, told, hidden, first }, waiting: waiting.length };
}

interface Names {
  ko: string;
  en: string;
}

/** The names of those documents that may be told of, re-read as the person may see them. */
async function titlesFor(ctx: Context, kind: IndexKind, ids: readonly string[]): Promise<Map<string, Names>> {
  if (kind === 'opportunity')
    return new Map((await opportunityCards(ctx, ids)).map(({ id, title }) => [id, title]));
  if (kind === 'project') return new Map((await projectCards(ctx, ids)).map(({ id, name }) => [id, name]));
  const cards = await companyCards(ctx, ids);
  return new Map(cards.filter(({ masked }) => !masked).map(({ id, name }) => [id, name]));
}

async function section(
  ctx: Context,
  lexicon: Lexicon,
  lang: Lang,
  search: SearchOf,
  titles: ReadonlyMap<string, Names>,
): Promise<AlertSection> {
  const { kind, q, filters, name, stopToken } = search;
  const listed = search.documents.slice(0, MOST_ITEMS);
  const documents = await documentsOf(ctx.db, lexicon, kind, listed, 0);
  const byId = new Map(documents.map((document) => [document.id, document]));
  return {
    ...{ name, kind, total: search.documents.length },
    items: listed.map((id) => ({
      title: nameIn(lang, titles.get(id) ?? { ko: '', en: '' }),
      why: reasonLine(lang, reasonsOf(lexicon, kind, q, byId.get(id))),
      link: addressOf(lang, `${LIST_OF[kind]}/${id}`),
    })),
    link: addressOf(lang, addressOfSearch({ kind, q, filters })),
    stop: addressOf(lang, `/stop/${stopToken}`),
  };
}

/** Where the words of a query stand in a document. */
function reasonsOf(lexicon: Lexicon, kind: IndexKind, q: string, document: SearchDocument | undefined) {
  if (document === undefined || q === '') return [];
  const query = resolveQuery(lexicon, parseQuery(lexicon, q, kind), []);
  const pairs = pairTokens(query, (id) => lexicon.concepts.get(id)?.descendants ?? []);
  const { id, vetted, updatedAt, tokens } = document;
  const [ranked] = rankDocuments(query, pairs, [
    { id, vetted, updatedAt: updatedAt.getTime(), tokens: [...tokens].sort() },
  ]);
  return ranked?.reasons.filter(({ field }) => field !== 'pair') ?? [];
}
