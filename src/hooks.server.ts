import { sequence } from '@sveltejs/kit/hooks';
import { authenticate } from '#lib/server/platform/http/authenticate.ts';
import { drainBody, limitBody } from '#lib/server/platform/http/body-limit.ts';
import { refuseBrokenForm } from '#lib/server/platform/http/broken-form.ts';
import { gate } from '#lib/server/platform/http/gate.ts';
import { headers } from '#lib/server/platform/http/headers.ts';
import { language } from '#lib/server/platform/http/language.ts';
import { refuseNul } from '#lib/server/platform/http/nul.ts';
import { limitPages } from '#lib/server/platform/http/page-limit.ts';
import { observe } from '#lib/server/platform/http/observe.ts';

export { handleError } from '#lib/server/platform/http/errors.ts';
export { init } from '#lib/server/platform/http/init.ts';

/** Each handle does one thing; `gate` refuses every route that no policy names. */
export const handle = sequence(
  drainBody,
  observe,
  language,
  headers,
  limitPages,
  refuseNul,
  limitBody,
  refuseBrokenForm,
  authenticate,
  gate,
);
