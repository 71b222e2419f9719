import { isDay } from '#lib/domain/form/fields.ts';
import { nameIn } from '#lib/server/account/present.ts';
import { auditPage, AUDIT_PER_PAGE } from '#lib/server/audit/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const given = (name: string) => (url.searchParams.get(name) ?? '').trim().slice(0, 200);
  const day = (name: string) => (isDay(given(name)) ? given(name) : null);
  const filter = {
    action: given('action'),
    object: given('object'),
    objectId: given('id'),
    person: given('person'),
    from: day('from'),
    to: day('to'),
  };
  const page = Number(given('page') || '1');
  const found = await auditPage(locals.ctx, filter, Number.isSafeInteger(page) ? page : 1);
  if (found === null) notFound();
  return {
    ...found,
    items: found.items.map(({ organisationKo, organisationEn, ...item }) => ({
      ...item,
      organisation: nameIn(locals.lang, { nameKo: organisationKo ?? '', nameEn: organisationEn ?? '' }),
    })),
    filter,
    perPage: AUDIT_PER_PAGE,
  };
};
