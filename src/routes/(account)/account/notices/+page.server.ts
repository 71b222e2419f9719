import { fail, redirect } from '@sveltejs/kit';
import { isLeadMember } from '#lib/domain/account/policy.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { href } from '#lib/i18n/address.ts';
import { noticeText } from '#lib/i18n/notices.ts';
import { nameIn } from '#lib/server/account/present.ts';
import { leadAlertForm, setMatchAlerts } from '#lib/server/match/alert-commands.ts';
import { ownMatchAlerts } from '#lib/server/match/alert-queries.ts';
import { readNotices } from '#lib/server/notice/commands.ts';
import { noticeOf, noticesOf, NOTICES_PER_PAGE } from '#lib/server/notice/queries.ts';
import { readForm } from '#lib/server/platform/http/forms.ts';
import { notFound, refused } from '#lib/server/platform/http/refusals.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { lang, session } = locals;
  const page = Number(url.searchParams.get('page') ?? '1');
  const onlyUnread = url.searchParams.get('show') === 'unread';
  const found = await noticesOf(locals.ctx, Number.isSafeInteger(page) ? page : 1, onlyUnread);
  return {
    ...found,
    perPage: NOTICES_PER_PAGE,
    onlyUnread,
    items: found.items.map(({ kind, data, organisationId, ...item }) => {
      const hat = session?.hats.find(({ key }) => key === organisationId);
      return { ...item, ...noticeText(lang, kind, data), to: hat ? nameIn(lang, hat) : null };
    }),
    /** Of the publisher acted for; null for everybody else. */
    leadAlerts: isLeadMember(locals.ctx.actor) ? await ownMatchAlerts(locals.ctx, 'lead') : null,
    done: url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  /** Marks one as read and goes where it leads. */
  open: async ({ locals, request }) => {
    const id = String((await request.formData()).get('id'));
    const notice = isUuid(id) ? await noticeOf(locals.ctx, id) : null;
    if (!notice) notFound();
    const outcome = await readNotices(locals.ctx, { id: notice.id });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, notice.path || '/account/notices'));
  },
  /** Whether the person is told of new companies that fit the notices of the publisher they act for. */
  companies: async ({ locals, request }) => {
    const form = readForm(await request.formData(), leadAlertForm);
    if (!form.ok) return fail(400, form.invalid);
    const outcome = await setMatchAlerts(locals.ctx, { side: 'lead', ...form.data });
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/account/notices?done=alerts'));
  },
  all: async ({ locals }) => {
    const outcome = await readNotices(locals.ctx, 'all');
    if (!outcome.ok) return refused(outcome);
    redirect(303, href(locals.lang, '/account/notices?done=read'));
  },
};
