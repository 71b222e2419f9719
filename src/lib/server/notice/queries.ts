import { accountOf } from '#lib/domain/account/actor.ts';
import type { NoticeKind } from '#lib/domain/notice/notice.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { config } from '#lib/server/platform/config.ts';

export interface NoticeLine {
  id: string;
  kind: NoticeKind;
  data: Record<string, string>;
  path: string;
  at: Date;
  read: boolean;
  /** The organisation it was sent to; null when it was sent to the person. */
  organisationId: string | null;
}

export interface NoticePage {
  total: number;
  unread: number;
  page: number;
  pages: number;
  items: NoticeLine[];
}

export const NOTICES_PER_PAGE = 20;

/** The inbox of the person, newest first. `page` starts at 1; past the end answers the last page. */
export async function noticesOf(ctx: Context, page: number, onlyUnread = false): Promise<NoticePage> {
  const accountId = accountOf(ctx.actor);
  if (accountId === null) return { total: 0, unread: 0, page: 1, pages: 1, items: [] };
  const counts = await ctx.db
    .selectFrom('notice')
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      eb.fn.countAll<number>().filterWhere('read_at', 'is', null).as('unread'),
    ])
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  const total = onlyUnread ? counts.unread : counts.all;
  const pages = Math.max(1, Math.ceil(total / NOTICES_PER_PAGE));
  const at = Math.min(Math.max(1, page), pages);
  let rows = ctx.db
    .selectFrom('notice')
    .select(['id', 'kind', 'data', 'path', 'created_at', 'read_at', 'organisation_id'])
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(NOTICES_PER_PAGE)
    .offset((at - 1) * NOTICES_PER_PAGE);
  if (onlyUnread) rows = rows.where('read_at', 'is', null);
  const found = await rows.execute();
  return {
    total,
    unread: counts.unread,
    page: at,
    pages,
    items: found.map((row) => ({
      id: row.id,
      kind: row.kind,
      data: row.data,
      path: row.path,
      at: row.created_at,
      read: row.read_at !== null,
      organisationId: row.organisation_id,
    })),
  };
}

/** One notice of the person; null when there is none of theirs. */
export async function noticeOf(ctx: Context, id: string) {
  const accountId = accountOf(ctx.actor);
  if (accountId === null) return null;
  const row = await ctx.db
    .selectFrom('notice')
    .select(['id', 'path', 'organisation_id'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? null;
}

export interface OutboxLine {
  id: string;
  to: string;
  lang: Lang;
  subject: string;
  at: Date;
}

/** The demonstration's outbox, newest first; null outside a demonstration, where mail is nobody's to read. */
export async function outbox(ctx: Context, to: string | null): Promise<OutboxLine[] | null> {
  if (!config().demo) return null;
  let rows = ctx.db
    .selectFrom('mail')
    .select(['id', 'to_email', 'lang', 'subject', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100);
  if (to !== null) rows = rows.where('to_email', '=', to);
  const found = await rows.execute();
  return found.map(({ id, to_email, lang, subject, created_at }) => ({
    id,
    to: to_email,
    lang,
    subject,
    at: created_at,
  }));
}

/** One mail of the demonstration's outbox. */
export async function outboxMail(ctx: Context, id: string) {
  if (!config().demo) return null;
  const row = await ctx.db
    .selectFrom('mail')
    .select(['id', 'to_email', 'lang', 'subject', 'body', 'created_at', 'sent_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const { to_email: to, lang, subject, body, created_at: at, sent_at } = row;
  return { id: row.id, to, lang, subject, body, at, left: sent_at !== null };
}
