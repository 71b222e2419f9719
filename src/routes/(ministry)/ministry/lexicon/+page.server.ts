import { amendmentById } from '#lib/server/amendment/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import { termPage, TERMS_PER_PAGE } from '#lib/server/search/lexicon-pages.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const given = (name: string) => (url.searchParams.get(name) ?? '').normalize('NFC').trim().slice(0, 200);
  const filter = {
    ...{ q: given('q'), kind: given('kind'), lang: given('language'), form: given('form') },
    ...{ source: given('source'), changed: given('changed') !== '' },
  };
  const page = Number(given('page') || '1');
  const found = await termPage(ctx, filter, Number.isSafeInteger(page) ? page : 1);
  if (found === null) notFound();
  const saved = given('change') === '' ? null : await amendmentById(ctx, Number(given('change')));
  return {
    ...found,
    filter,
    perPage: TERMS_PER_PAGE,
    done: given('done'),
    saved: saved === null ? null : { id: saved.id, reading: saved.reading },
  };
};
