import { exportRoute } from '#lib/server/platform/http/export.ts';
import { exportList } from '#lib/server/search/exports.ts';
import type { RequestHandler } from './$types';

/** The result of the list as a file: `export.csv`, `export.xlsx`, with the list's own parameters. */
export const GET: RequestHandler = exportRoute('/companies', (ctx, format, asked) =>
  exportList(ctx, 'company', format, asked),
);
