import { attachment } from '#lib/domain/document/file.ts';
import { fileForDownload } from '#lib/server/document/queries.ts';
import { fileStore } from '#lib/server/platform/files.ts';
import { notFound } from '#lib/server/platform/http/refusals.ts';
import type { RequestHandler } from './$types';

/** Sends a file to those who may open it, always to be saved, never to be shown in a page of ours. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const file = await fileForDownload(locals.ctx, params.id);
  if (file === null) notFound();
  const content = await fileStore().read(file.storageKey);
  // Nothing the reader did, so not a 404: somebody has to look at the store.
  if (content === null) throw new Error(`the bytes of file ${params.id} are missing`);
  return new Response(content.stream, {
    headers: {
      'content-type': file.mediaType,
      'content-length': String(content.size),
      'content-disposition': attachment(file.name),
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  });
};
