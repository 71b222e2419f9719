import { notFound } from '#lib/server/platform/http/refusals.ts';

/** Always the 404 page: what the gate shows in place of a hidden one. */
export const load = () => notFound();
