import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { accountOf } from '#lib/domain/account/actor.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { clientOf } from '#lib/server/platform/http/client.ts';
import { problem } from '#lib/server/platform/http/problem.ts';
import { log } from '#lib/server/platform/log.ts';
import { takeToken, type Limit } from '#lib/server/platform/rate-limit.ts';
import { hashToken } from '#lib/server/platform/tokens.ts';

/** A token lets a process answer this many requests before it asks the database for the next. */
const LEASE = 100;
/** About 6,000 requests at once, then 100 a second, for each account or network. */
const LIMIT: Limit = { capacity: 60, secondsPerToken: 1 };
const leases = new Map<string, number>();
const MOST_LEASES = 10_000;

type Handler<Q> = (input: {
  ctx: Context;
  query: Q;
  params: Partial<Record<string, string>>;
}) => Promise<unknown>;

/**
 * A route of the read interface: limits the rate, checks the parameters, answers JSON. A handler that answers null
 * has nothing that this reader may see: 404, whether it exists or not.
 */
export function apiRoute<S extends z.ZodObject>(schema: S, handle: Handler<z.output<S>>) {
  return async (event: RequestEvent): Promise<Response> => {
    const { ctx, requestId } = event.locals;
    const retryAfter = await limited(event);
    if (retryAfter > 0) {
      return problem(429, 'too-many-requests', 'Too many requests.', {
        requestId,
        headers: { 'retry-after': String(retryAfter) },
      });
    }
    const parsed = schema.safeParse(readParameters(event.url.searchParams, schema));
    if (!parsed.success) {
      return problem(400, 'bad-parameter', 'A parameter is not understood.', {
        errors: worded(parsed.error),
        requestId,
      });
    }
    try {
      const answer = await handle({ ctx, query: parsed.data, params: event.params });
      if (answer === null)
        return problem(404, 'not-found', 'There is nothing here that you may see.', { requestId });
      return Response.json(answer, { headers: { 'cache-control': 'private, no-cache' } });
    } catch (error) {
      log.error({ err: error, requestId, route: event.route.id }, 'unexpected error');
      return problem(500, 'unexpected', 'Something went wrong on our side.', { requestId });
    }
  };
}

async function limited(event: RequestEvent): Promise<number> {
  const { ctx } = event.locals;
  const whose = accountOf(ctx.actor) ?? clientOf(event);
  const left = leases.get(whose) ?? 0;
  if (left > 0) {
    leases.set(whose, left - 1);
    return 0;
  }
  const taken = await takeToken(ctx.db, `api:${hashToken(whose).slice(0, 32)}`, LIMIT, ctx.now());
  if (!taken.allowed) return taken.retryAfter;
  if (leases.size >= MOST_LEASES) leases.clear();
  leases.set(whose, LEASE - 1);
  return 0;
}

/** Repeated parameters are lists; of one that may stand once, the last counts. */
function readParameters(parameters: URLSearchParams, schema: z.ZodObject): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const name of new Set(parameters.keys())) {
    const values = parameters.getAll(name).map((value) => value.normalize('NFC'));
    const field: unknown = schema.shape[name];
    read[name] = isList(field) ? values.filter((value) => value !== '') : values.at(-1);
  }
  return read;
}

function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodDefault) return isList(schema.unwrap());
  return schema instanceof z.ZodArray;
}

function worded(error: z.ZodError): { parameter: string; detail: string }[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((parameter) => ({ parameter, detail: 'This parameter is not known here.' }))
      : [{ parameter: issue.path.map(String).join('.'), detail: issue.message }],
  );
}
