import { writeCsvStream } from 'hucre/csv';
import { writeXlsxStream } from 'hucre/xlsx';
import { accountOf } from '#lib/domain/account/actor.ts';
import { COMPANY_FACETS } from '#lib/domain/company/listing.ts';
import { OPPORTUNITY_FACETS } from '#lib/domain/opportunity/listing.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { exportName, MOST_EXPORTED, safeCell, type ExportFormat } from '#lib/domain/search/export.ts';
import { LIST_OF } from '#lib/domain/search/saved.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { companyCards } from '#lib/server/company/queries.ts';
import { opportunityCards } from '#lib/server/opportunity/queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { config } from '#lib/server/platform/config.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { log } from '#lib/server/platform/log.ts';
import { network, takeToken, type Limit } from '#lib/server/platform/rate-limit.ts';
import { hashToken } from '#lib/server/platform/tokens.ts';
import {
  COMPANY_COLUMNS,
  OPPORTUNITY_COLUMNS,
  PROJECT_COLUMNS,
  type ExportColumn,
  type Sheet,
} from '#lib/server/search/export-columns.ts';
import { recordExport } from '#lib/server/search/export-commands.ts';
import { filtersOf, requestOf } from '#lib/server/search/list-queries.ts';
import { projectList } from '#lib/server/search/project-list.ts';
import { foundIds, searchRequestOf } from '#lib/server/search/queries.ts';

/** A result as a file: the same search, filters and permissions as the page, the rows read again batch by batch. */

type Cell = string | number;
type Rows = AsyncGenerator<Cell[]>;

/** Ten at once, then one a minute, for each account or network: a file costs as much as some hundred pages. */
const LIMIT: Limit = { capacity: 10, secondsPerToken: 60 };
const BATCH = 500;

export type Exported =
  | { ok: true; response: Response }
  /** Seconds until it may be tried again. */
  | { ok: false; code: 'too-many'; retryAfter: number }
  | { ok: false; code: 'failed' };

const sheetNames: Record<IndexKind, Message> = {
  company: msg({ ko: '기업', en: 'Companies' }),
  opportunity: msg({ ko: '기회', en: 'Opportunities' }),
  project: msg({ ko: '프로젝트', en: 'Projects' }),
};

/**
 * The file of a list as its address asks for it.
 * @param address of the network it is asked from, for those without an account
 */
export async function exportList(
  ctx: Context,
  kind: IndexKind,
  format: ExportFormat,
  asked: { params: URLSearchParams; address: string },
): Promise<Exported> {
  const whose = accountOf(ctx.actor) ?? network(asked.address);
  const taken = await takeToken(ctx.db, `export:${hashToken(whose).slice(0, 32)}`, LIMIT, ctx.now());
  if (!taken.allowed) return { ok: false, code: 'too-many', retryAfter: taken.retryAfter };
  try {
    const { head, widths, rows } = tableOf(ctx, kind, asked.params);
    // Before the answer begins, so that what cannot be read is an error and no broken file.
    const first = await rows.next();
    const all = counted(ctx, kind, format, first, rows);
    return { ok: true, response: fileOf(ctx, kind, format, { head, widths, rows: all }) };
  } catch (error) {
    log.error({ err: error, requestId: ctx.requestId, kind, format }, 'an export failed');
    return { ok: false, code: 'failed' };
  }
}

interface Table {
  head: string[];
  widths: number[];
  rows: AsyncIterable<Cell[]>;
}

function tableOf(ctx: Context, kind: IndexKind, params: URLSearchParams) {
  if (kind === 'project') return table(ctx, PROJECT_COLUMNS, projects(ctx, params));
  if (kind === 'company') return table(ctx, COMPANY_COLUMNS, companies(ctx, params));
  return table(ctx, OPPORTUNITY_COLUMNS, opportunities(ctx, params));
}

function table<T>(ctx: Context, columns: readonly ExportColumn<T>[], cards: AsyncIterable<T>) {
  const sheet: Sheet = { lang: ctx.lang, origin: config().origin };
  async function* rows(): Rows {
    for await (const card of cards) yield columns.map((column) => column.cell(card, sheet));
  }
  return {
    head: columns.map((column) => column.label(ctx.lang)),
    widths: columns.map((column) => column.width),
    rows: rows(),
  };
}

/** Those that keep their name back have no row: the page shows what they can do, a file is for contacting them. */
async function* companies(ctx: Context, params: URLSearchParams) {
  const asked = { q: searchRequestOf(params).q.trim(), filters: filtersOf(params, COMPANY_FACETS) };
  const request = {
    ...requestOf(ctx, asked),
    sort: searchRequestOf(params).sort ?? defaultSort(asked.q, 'name'),
  };
  for await (const ids of foundIds(ctx, 'company', request, { most: MOST_EXPORTED, batch: BATCH }))
    yield* (await companyCards(ctx, ids)).filter(({ masked }) => !masked);
}

async function* opportunities(ctx: Context, params: URLSearchParams) {
  const asked = { q: searchRequestOf(params).q.trim(), filters: filtersOf(params, OPPORTUNITY_FACETS) };
  const sort = searchRequestOf(params).sort ?? defaultSort(asked.q, 'deadline');
  const request = { ...requestOf(ctx, asked), sort };
  for await (const ids of foundIds(ctx, 'opportunity', request, { most: MOST_EXPORTED, batch: BATCH }))
    yield* await opportunityCards(ctx, ids);
}

async function* projects(ctx: Context, params: URLSearchParams) {
  yield* (await projectList(ctx, params)).matches.slice(0, MOST_EXPORTED);
}

const defaultSort = <S extends string>(q: string, plain: S) => (q === '' ? plain : 'relevance');

/** The rows, and at their end a note of how many were taken. */
async function* counted(
  ctx: Context,
  kind: IndexKind,
  format: ExportFormat,
  first: IteratorResult<Cell[]>,
  rest: Rows,
): Rows {
  let rows = 0;
  try {
    for (let next = first; next.done !== true; next = await rest.next()) {
      rows += 1;
      yield next.value;
    }
  } finally {
    await recordExport(ctx, { kind, format, rows });
  }
}

const TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

function fileOf(
  ctx: Context,
  kind: IndexKind,
  format: ExportFormat,
  { head, widths, rows }: Table,
): Response {
  const body = format === 'csv' ? csvOf(head, rows) : xlsxOf(sheetNames[kind](ctx.lang), head, widths, rows);
  const name = exportName(LIST_OF[kind].slice(1), koreanDay(ctx.now()), format);
  return new Response(body, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
}

/** With the mark by which Excel knows UTF-8, and cells that no spreadsheet takes for a formula. */
function csvOf(head: string[], rows: Table['rows']): ReadableStream<Uint8Array> {
  async function* safe() {
    for await (const row of rows) yield row.map((cell) => (typeof cell === 'string' ? safeCell(cell) : cell));
  }
  return writeCsvStream(safe(), { headers: head, bom: true, lineSeparator: '\r\n' });
}

/** Texts are cells of text there, whatever they begin with. */
function xlsxOf(
  name: string,
  head: string[],
  widths: number[],
  rows: Table['rows'],
): ReadableStream<Uint8Array> {
  return writeXlsxStream(rows, {
    name,
    columns: head.map((header, i) => ({ header, width: widths[i] ?? 16 })),
    freezePane: { rows: 1 },
  });
}
