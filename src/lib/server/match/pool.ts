import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MatchOpportunity } from '#lib/domain/match/types.ts';
import type { MatchEngine } from '#lib/server/match/engine.ts';
import type { ReckonedList } from '#lib/server/match/list.ts';
import type { PoolAnswer, PoolTask } from '#lib/server/match/pool-worker.ts';

/** The threads' file, below the folder the product is started in: the built server holds no file of its own for it. */
const WORKER = 'src/lib/server/match/pool-worker.ts';
/** Opportunities a thread is given at a time: a hundredth of a second of work. */
const SHARE = 50;

interface Waiting {
  done(answer: PoolAnswer): void;
  fail(error: Error): void;
}

/**
 * A few threads that reckon lists on the columns of an index, which they share with it. What is asked of them never
 * holds up the thread that asks.
 */
export class MatchPool {
  private readonly threads: Worker[];
  private readonly waiting = new Map<number, Waiting>();
  private loaded: { engine: MatchEngine; version: number } | null = null;
  private asked = 0;
  private failure: Error | null = null;

  /** @param niceness 0–19: how far the threads stand back behind whatever else wants to run */
  constructor({ threads = 2, niceness = 10 }: { threads?: number; niceness?: number } = {}) {
    this.threads = Array.from({ length: threads }, () => {
      const thread = new Worker(join(process.cwd(), WORKER), { workerData: { niceness } });
      thread.on('message', (answer: PoolAnswer) => this.settle(answer));
      thread.on('error', (error: unknown) =>
        this.break(error instanceof Error ? error : new Error(String(error))),
      );
      thread.on('exit', () => this.break(new Error('a matching thread ended')));
      thread.unref();
      return thread;
    });
  }

  /** Hands the index over as it is now, unless the threads have it so already. */
  load(engine: MatchEngine): void {
    if (this.loaded?.engine === engine && this.loaded.version === engine.version) return;
    const snapshot = engine.snapshot();
    for (const thread of this.threads) thread.postMessage({ kind: 'load', snapshot } satisfies PoolTask);
    this.loaded = { engine, version: engine.version };
  }

  /** The lists of some opportunities, in their order, on the index loaded last. */
  async lists(opportunities: readonly MatchOpportunity[], today: string): Promise<ReckonedList[]> {
    const answers = await this.share(opportunities, (task, some) => ({
      kind: 'lists',
      task,
      opportunities: some,
      today,
    }));
    return answers.flatMap((answer) => ('lists' in answer ? answer.lists : []));
  }

  /** The bare lists, for measurements: how many companies are in them all. */
  async tops(opportunities: readonly MatchOpportunity[], today: string, limit: number): Promise<number> {
    const answers = await this.share(opportunities, (task, some) => ({
      kind: 'tops',
      task,
      opportunities: some,
      today,
      limit,
    }));
    return answers.reduce(
      (sum, answer) => sum + ('places' in answer ? answer.places.filter((at) => at >= 0).length : 0),
      0,
    );
  }

  async close(): Promise<void> {
    this.failure ??= new Error('the matching threads were closed');
    await Promise.all(this.threads.map((thread) => thread.terminate()));
  }

  private share(
    opportunities: readonly MatchOpportunity[],
    taskOf: (task: number, some: readonly MatchOpportunity[]) => PoolTask,
  ): Promise<PoolAnswer[]> {
    const answers: Promise<PoolAnswer>[] = [];
    for (let at = 0; at < opportunities.length; at += SHARE) {
      const number = (this.asked += 1);
      const thread = this.threads[answers.length % this.threads.length];
      answers.push(
        new Promise((done, fail) => {
          if (this.failure !== null || thread === undefined) {
            fail(this.failure ?? new Error('no matching thread'));
            return;
          }
          this.waiting.set(number, { done, fail });
          this.keepAlive(true);
          thread.postMessage(taskOf(number, opportunities.slice(at, at + SHARE)));
        }),
      );
    }
    return Promise.all(answers);
  }

  private settle(answer: PoolAnswer): void {
    const waiting = this.waiting.get(answer.task);
    this.waiting.delete(answer.task);
    if (this.waiting.size === 0) this.keepAlive(false);
    if ('error' in answer) waiting?.fail(new Error(answer.error));
    else waiting?.done(answer);
  }

  /** A thread is gone: what was asked is answered with the reason, and the pool is of no more use. */
  private break(error: Error): void {
    this.failure ??= error;
    for (const { fail } of this.waiting.values()) fail(this.failure);
    this.waiting.clear();
  }

  /** Idle threads do not keep the process alive. */
  private keepAlive(yes: boolean): void {
    for (const thread of this.threads) {
      if (yes) thread.ref();
      else thread.unref();
    }
  }

  get broken(): boolean {
    return this.failure !== null;
  }
}
