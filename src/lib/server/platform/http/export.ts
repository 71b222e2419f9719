import { redirect, type RequestEvent } from '@sveltejs/kit';
import { EXPORT_FORMATS, type ExportFormat } from '#lib/domain/search/export.ts';
import { href } from '#lib/i18n/address.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { problem } from '#lib/server/platform/http/problem.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';

type Outcome =
  | { ok: true; response: Response }
  | { ok: false; code: 'too-many'; retryAfter: number }
  | { ok: false; code: 'failed' };

type Make = (
  ctx: Context,
  format: ExportFormat,
  asked: { params: URLSearchParams; address: string },
) => Promise<Outcome>;

/**
 * A route that answers a list as a file. What goes wrong is said on the list itself, which the reader is led back to;
 * the script of that page asks for a problem document and says it there.
 */
export function exportRoute(list: string, make: Make) {
  return async (event: RequestEvent): Promise<Response> => {
    const format = EXPORT_FORMATS.find((one) => one === event.params.format);
    if (format === undefined) notFound();
    const { ctx, lang, requestId } = event.locals;
    const params = event.url.searchParams;
    const made = await make(ctx, format, { params, address: event.getClientAddress() });
    if (made.ok) return made.response;
    const headers = made.code === 'too-many' ? { 'retry-after': String(made.retryAfter) } : {};
    if (event.request.headers.get('accept')?.includes('application/problem+json') === true) {
      return made.code === 'too-many'
        ? problem(429, 'too-many-requests', 'Too many files.', { requestId, headers })
        : problem(500, 'unexpected', 'The file could not be made.', { requestId });
    }
    const back = new URLSearchParams(params);
    back.set('export', made.code);
    redirect(303, `${href(lang, list)}?${back.toString()}`);
  };
}
