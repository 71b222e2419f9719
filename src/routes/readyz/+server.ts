import { readiness } from '#lib/server/platform/http/readiness.ts';
import { database } from '#lib/server/platform/http/runtime.ts';

/** 200 when requests may be sent here, else 503 with the reason. */
export const GET = async () => {
  const { ready, problem } = await readiness(database());
  return new Response(`${problem ?? 'ok'}\n`, {
    status: ready ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
};
