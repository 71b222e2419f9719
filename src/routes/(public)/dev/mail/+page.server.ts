import { outbox } from '#lib/server/notice/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const to = url.searchParams.get('to')?.trim().toLowerCase() ?? '';
  const mails = await outbox(locals.ctx, to === '' ? null : to);
  if (mails === null) notFound();
  return { mails, to };
};
