import { amendmentById, waitingAmendments } from '#lib/server/amendment/queries.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import { relationPage } from '#lib/server/match/relation-pages.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { ctx }, url }) => {
  const given = (name: string) => (url.searchParams.get(name) ?? '').normalize('NFC').trim().slice(0, 200);
  const kind = given('kind') === 'mineral' ? ('mineral' as const) : ('capability' as const);
  const page = Number(given('page') || '1');
  const [found, waiting, proposal] = await Promise.all([
    relationPage(ctx, { kind, q: given('q') }, Number.isSafeInteger(page) ? page : 1),
    waitingAmendments(ctx, ['capability', 'mineral']),
    given('change') === '' ? null : amendmentById(ctx, Number(given('change'))),
  ]);
  if (found === null) notFound();
  return { ...found, kind, q: given('q'), waiting, done: given('done'), proposal: proposal?.id ?? null };
};
