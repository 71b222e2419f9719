import { isUuid } from '#lib/domain/form/uuid.ts';
import { outboxMail } from '#lib/server/notice/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const mail = isUuid(params.id) ? await outboxMail(locals.ctx, params.id) : null;
  if (mail === null) notFound();
  return { mail };
};
