import { database } from '#lib/server/platform/http/runtime.ts';
import { registry, renderMetrics } from '#lib/server/platform/metrics.ts';

/** Measurements for Prometheus. They hold no person, no address and no id, so they need no gate. */
export const GET = async () =>
  new Response(await renderMetrics(database().pool), {
    headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
  });
