import type { ProblemDocument } from '#lib/domain/search/api.ts';

/** An answer other than success, as a problem document (RFC 9457) with a stable code. */
export function problem(
  status: number,
  code: string,
  title: string,
  more: Pick<ProblemDocument, 'detail' | 'errors' | 'requestId'> & { headers?: Record<string, string> } = {},
): Response {
  const { headers, ...members } = more;
  const body: ProblemDocument = { type: 'about:blank', title, status, code, ...members };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
  });
}
