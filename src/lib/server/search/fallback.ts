import { INDEX_KINDS, type IndexKind, type SearchDocument } from '#lib/domain/search/document.ts';
import {
  afterProbe,
  afterQuery,
  allows,
  BREAKER_RULES,
  probing,
  untried,
  type Breaker,
  type BreakerRules,
  type BreakerState,
} from '#lib/server/search/breaker.ts';
import type { Answers } from '#lib/server/search/answers.ts';
import type { Moment } from '#lib/server/search/moment.ts';
import type { Call, Health, RebuildSteps, Removal, SearchEngine } from '#lib/server/search/port.ts';
import type { SearchRequest, SearchResult, Suggestion, SuggestRequest } from '#lib/server/search/port.ts';
import { log } from '#lib/server/platform/log.ts';
import { searchBreaker, searchDuration, searchFallbacks, searches } from '#lib/server/platform/metrics.ts';

/**
 * Two engines as one: the search server answers, and when it fails or is late, PostgreSQL does, in the same request.
 * PostgreSQL answers as well while documents wait to be brought to the server: a change is found as soon as its own
 * index has it, which says nothing about how the server is. A breaker keeps queries away from a server that keeps failing; looks in the background find out when it is back.
 */

/** After so long a query is put to PostgreSQL: six times the p95 of a healthy server, and out of 300 ms in all. */
const TIME_LIMIT_MS = 200;
/** A look asks more than a query does, and nobody waits for it. */
const LOOK_LIMIT_MS = 2000;
const LOOK_EVERY_MS = 15_000;
const ERRORS_KEPT = 5;
/** Documents the server may lack before it counts as having lost them: those under way, or one in twenty. */
const MISSING_FEW = 5;
const MISSING_SHARE = 0.05;

/**
 * What a search of the server is told of the database. It is read before the time of the server begins to run: a slow
 * database is no fault of the server.
 */
export interface Beforehand {
  query(request: SearchRequest, moment?: Moment): Promise<Call>;
  suggest(): Promise<Call>;
}

export interface FallbackOptions {
  readonly names: { readonly primary: string; readonly secondary: string };
  readonly timeLimitMs?: number;
  readonly rules?: BreakerRules;
  readonly lookEveryMs?: number;
  /** Answers of the server that need not be asked for again; none are remembered without it. */
  readonly answers?: Answers;
  readonly beforehand?: Beforehand;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly log?: Record<'warn' | 'info', (values: object, line: string) => void>;
}

export interface SearchFault {
  readonly at: Date;
  readonly call: 'query' | 'suggest' | 'look';
  readonly message: string;
  /** How often it came in a row; `at` is the last time. */
  readonly times: number;
}

/** What the operator is told. */
export interface FallbackStatus {
  /** Name of the engine that is asked first now, and since when. */
  readonly answering: string;
  readonly since: Date;
  readonly breaker: BreakerState;
  /** The latest faults of the search server, newest first. */
  readonly faults: readonly SearchFault[];
  /** What the last look saw; null when the server did not say. */
  readonly seen: Health | null;
}

export interface FallbackEngine extends SearchEngine {
  status(): FallbackStatus;
  /** Looks at the search server now and waits for what comes of it. */
  look(): Promise<FallbackStatus>;
  /** Begins to look in the background; a process that never searches has no use for it. The first query does it too. */
  watch(): void;
  /** Ends the looks in the background. */
  stop(): void;
}

/** The server answers, but not with what it should hold. */
class Unusable extends Error {
  override name = 'Unusable';
}

/** The database does not say what the server is to be held against. */
class Unsaid extends Error {
  override name = 'Unsaid';
}

async function said<T>(reading: () => Promise<T>): Promise<T> {
  try {
    return await reading();
  } catch (error) {
    throw new Unsaid('the database does not answer', { cause: error });
  }
}

class Late extends Error {
  override name = 'Late';
}

/** `primary` answers within a time limit, else `secondary`. Nothing is asked of `primary` before a look found it in order. */
export function withFallback(
  primary: SearchEngine,
  secondary: SearchEngine,
  options: FallbackOptions,
): FallbackEngine {
  return new Fallback(primary, secondary, options);
}

/** An engine whose searches are counted and timed under a name. */
export function measured(engine: SearchEngine, name: string): SearchEngine {
  return {
    query: (request, call) => timed(name, 'query', () => engine.query(request, call)),
    suggest: (request, call) => timed(name, 'suggest', () => engine.suggest(request, call)),
    upsert: (documents) => engine.upsert(documents),
    remove: (kind, removals) => engine.remove(kind, removals),
    rebuild: (kind, documents, steps) => engine.rebuild(kind, documents, steps),
    hasUnfinished: (kind) => engine.hasUnfinished(kind),
    health: (call) => engine.health(call),
  };
}

type Asked = 'query' | 'suggest';

/** A call of either engine, and what the database says before the first is asked. */
interface Asking<T> {
  before(this: void): Promise<Call>;
  put(this: void, engine: SearchEngine, call?: Call): Promise<T>;
}

async function timed<T>(engine: string, call: Asked, work: () => Promise<T>): Promise<T> {
  const end = searchDuration.startTimer({ engine, call });
  try {
    const answer = await work();
    searches.inc({ engine, call, outcome: 'answered' });
    return answer;
  } catch (error) {
    searches.inc({ engine, call, outcome: error instanceof Late ? 'late' : 'failed' });
    throw error;
  } finally {
    end();
  }
}

/** Runs a call and gives it up when the limit is reached. */
async function limited<T>(ms: number, work: (call: Call) => Promise<T>): Promise<T> {
  const giveUp = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, refuse) => {
    timer = setTimeout(() => {
      refuse(new Late(`no answer within ${ms} ms`));
      giveUp.abort();
    }, ms);
  });
  try {
    return await Promise.race([work({ signal: giveUp.signal }), late]);
  } finally {
    clearTimeout(timer);
  }
}

class Fallback implements FallbackEngine {
  private readonly primary: SearchEngine;
  private readonly secondary: SearchEngine;
  private readonly options: FallbackOptions;
  private readonly rules: BreakerRules;
  private readonly now: () => number;
  private breaker: Breaker;
  private since: number;
  private faults: SearchFault[] = [];
  private seen: Health | null = null;
  private looking: Promise<void> | null = null;
  private timer: NodeJS.Timeout | undefined;
  private watching = false;
  private looked = false;

  constructor(primary: SearchEngine, secondary: SearchEngine, options: FallbackOptions) {
    this.primary = primary;
    this.secondary = measured(secondary, options.names.secondary);
    this.options = options;
    this.rules = options.rules ?? BREAKER_RULES;
    this.now = options.now ?? Date.now;
    this.since = this.now();
    this.breaker = untried(this.rules, this.since);
    this.show();
  }

  /** What is remembered says nothing about how the server is: it does not count for the breaker. */
  async query(request: SearchRequest, { foreseen }: Call = {}): Promise<SearchResult> {
    const recalled = allows(this.breaker) ? await this.options.answers?.recall(request) : undefined;
    if (recalled?.known) {
      searches.inc({ engine: this.options.names.primary, call: 'query', outcome: 'remembered' });
      return recalled.known;
    }
    const more = { ...(recalled && { moment: recalled.moment }), ...(foreseen && { foreseen }) };
    return await this.ask('query', {
      before: () => this.toldBefore(request, recalled?.moment),
      put: async (engine, call) => {
        const answer = await engine.query(request, { ...call, ...more });
        if (engine === this.primary) recalled?.keep(answer);
        return answer;
      },
    });
  }

  suggest(request: SuggestRequest): Promise<Suggestion[]> {
    return this.ask('suggest', {
      before: async () => (await this.options.beforehand?.suggest()) ?? {},
      put: (engine, call) => engine.suggest(request, call),
    });
  }

  private async toldBefore(request: SearchRequest, moment?: Moment): Promise<Call> {
    return (await this.options.beforehand?.query(request, moment)) ?? {};
  }

  private async ask<T>(asked: Asked, { before, put }: Asking<T>): Promise<T> {
    this.watch();
    if (!allows(this.breaker)) {
      searchFallbacks.inc({ reason: 'open' });
      return await put(this.secondary);
    }
    const limit = this.options.timeLimitMs ?? TIME_LIMIT_MS;
    const { primary: name } = this.options.names;
    const told = await before();
    if (told.moment?.waiting) {
      searchFallbacks.inc({ reason: 'behind' });
      return await put(this.secondary, told);
    }
    try {
      const work = (call: Call) => put(this.primary, { ...told, ...call });
      const answer = await timed(name, asked, () => limited(limit, work));
      this.turn(afterQuery(this.breaker, this.rules, true, this.now()));
      return answer;
    } catch (error) {
      searchFallbacks.inc({ reason: error instanceof Late ? 'late' : 'failed' });
      this.note(asked, error);
      this.turn(afterQuery(this.breaker, this.rules, false, this.now()));
      return await put(this.secondary);
    }
  }

  /** Writes go to PostgreSQL; the search server is written to by a job of its own, which can be repeated. */
  upsert(documents: readonly SearchDocument[]): Promise<void> {
    return this.secondary.upsert(documents);
  }

  remove(kind: IndexKind, removals: readonly Removal[]): Promise<void> {
    return this.secondary.remove(kind, removals);
  }

  rebuild(
    kind: IndexKind,
    documents: AsyncIterable<readonly SearchDocument[]>,
    steps?: RebuildSteps,
  ): Promise<number> {
    return this.secondary.rebuild(kind, documents, steps);
  }

  hasUnfinished(kind: IndexKind): Promise<boolean> {
    return this.secondary.hasUnfinished(kind);
  }

  async health(call?: Call): Promise<Health> {
    return await (allows(this.breaker) ? this.primary : this.secondary).health(call);
  }

  status(): FallbackStatus {
    const { names } = this.options;
    return {
      answering: allows(this.breaker) ? names.primary : names.secondary,
      since: new Date(this.since),
      breaker: this.breaker.state,
      faults: this.faults,
      seen: this.seen,
    };
  }

  async look(): Promise<FallbackStatus> {
    this.looking ??= this.examine().finally(() => (this.looking = null));
    await this.looking;
    return this.status();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.watching = false;
  }

  /** One examination at a time: of a closed breaker as a watch, of an open one as its probe. */
  private async examine(): Promise<void> {
    if (this.breaker.state === 'open') this.turn(probing(this.breaker));
    const began = this.breaker.state;
    this.looked = true;
    let fault: unknown = null;
    try {
      await this.prove();
    } catch (error) {
      fault = error;
      this.note('look', error);
    }
    // Queries may have opened it meanwhile: then the next probe decides. And what the database does not say leaves a
    // server that answers as it is.
    if (this.breaker.state === began && !(began === 'closed' && fault instanceof Unsaid))
      this.turn(afterProbe(this.breaker, this.rules, fault === null, this.now()));
    if (this.watching) this.schedule();
  }

  /** Throws unless the server is there, has the settings of this version and its documents, and answers in time. */
  private async prove(): Promise<void> {
    this.seen = null;
    const seen = await limited(LOOK_LIMIT_MS, (call) => this.primary.health(call));
    this.seen = seen;
    if (!seen.ok) throw new Unusable('the server says that it is not well');
    if (seen.settings === 'old')
      throw new Unusable('the index is missing or has settings of another version: rebuild it');
    const { documents } = await said(() => this.secondary.health());
    for (const kind of INDEX_KINDS) {
      const missing = documents[kind] - seen.documents[kind];
      const borne = Math.max(MISSING_FEW, documents[kind] * MISSING_SHARE);
      if (missing > borne || (missing > 0 && seen.documents[kind] === 0))
        throw new Unusable(
          `the index lacks ${missing} of ${documents[kind]} documents (${kind}): rebuild it`,
        );
    }
    const request = { kind: 'company', q: 'graphite', audience: { kind: 'public' }, limit: 1 } as const;
    const told = await said(() => this.toldBefore(request));
    await limited(this.options.timeLimitMs ?? TIME_LIMIT_MS, (call) =>
      this.primary.query(request, { ...told, ...call }),
    );
  }

  /** Takes the next state; what the operator should know of it is said once. */
  private turn(next: Breaker): void {
    const before = this.breaker;
    this.breaker = next;
    if (before.state === next.state) return;
    this.show();
    if (next.state === 'open' && this.watching) this.schedule();
    if (allows(before) === allows(next)) return;
    this.since = this.now();
    const { names } = this.options;
    const to = this.options.log ?? log;
    if (allows(next)) to.info({ engine: names.primary }, 'the search server answers');
    else
      to.warn({ engine: names.secondary, fault: this.faults[0]?.message }, 'the search server is left alone');
  }

  private note(call: SearchFault['call'], error: unknown): void {
    const message = messageOf(error).slice(0, 300);
    const [last, ...older] = this.faults;
    const again = last?.message === message && last.call === call;
    const fault = { at: new Date(this.now()), call, message, times: again ? last.times + 1 : 1 };
    this.faults = [fault, ...(again ? older : this.faults)].slice(0, ERRORS_KEPT);
  }

  private show(): void {
    for (const state of ['closed', 'open', 'half-open'] as const)
      searchBreaker.set({ state }, this.breaker.state === state ? 1 : 0);
  }

  watch(): void {
    if (this.watching) return;
    this.watching = true;
    if (this.looked) this.schedule();
    else void this.look();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const every = this.options.lookEveryMs ?? LOOK_EVERY_MS;
    const wait = this.breaker.state === 'open' ? Math.max(0, this.breaker.at - this.now()) : every;
    this.timer = setTimeout(() => void this.look(), wait);
    this.timer.unref();
  }
}

/** The message and those below it: fetch says `fetch failed`, its cause says why. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const below = error.cause === undefined ? '' : messageOf(error.cause);
  return below === '' || error.message.includes(below) ? error.message : `${error.message}: ${below}`;
}
