import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { prepareNeed } from '#lib/domain/match/need.ts';
import type { MatchOpportunity } from '#lib/domain/match/types.ts';
import { MatchEngine } from '#lib/server/match/engine.ts';
import type { EngineSnapshot } from '#lib/server/match/engine-snapshot.ts';
import { reckonList, type ReckonedList } from '#lib/server/match/list.ts';

// A thread of `pool.ts`: reckons lists on columns that it shares with the thread that asks.

export type PoolTask =
  | { kind: 'load'; snapshot: EngineSnapshot }
  | { kind: 'lists'; task: number; opportunities: readonly MatchOpportunity[]; today: string }
  /** The bare lists, for measurements. */
  | { kind: 'tops'; task: number; opportunities: readonly MatchOpportunity[]; today: string; limit: number };
export type PoolAnswer =
  | { task: number; lists: ReckonedList[] }
  /** `limit` places and units an opportunity, -1 where there is none. */
  | { task: number; places: Int32Array; units: Int32Array }
  | { task: number; error: string };

// Whoever waits for a page goes first. On Linux this holds for the thread alone.
try {
  setPriority(0, (workerData as { niceness: number }).niceness);
} catch {
  // not allowed here: the same result, only less polite
}

let engine: MatchEngine | null = null;

parentPort?.on('message', (message: PoolTask) => {
  if (message.kind === 'load') {
    engine = MatchEngine.of(message.snapshot);
    return;
  }
  parentPort?.postMessage(answer(message));
});

function answer(message: Exclude<PoolTask, { kind: 'load' }>): PoolAnswer {
  const { task, opportunities, today } = message;
  const index = engine;
  try {
    if (index === null) throw new Error('no index was loaded');
    if (message.kind === 'lists')
      return { task, lists: opportunities.map((opportunity) => reckonList(index, opportunity, today)) };
    return { task, ...tops(index, opportunities, today, message.limit) };
  } catch (error) {
    return { task, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function tops(
  index: MatchEngine,
  opportunities: readonly MatchOpportunity[],
  today: string,
  limit: number,
): { places: Int32Array; units: Int32Array } {
  const places = new Int32Array(opportunities.length * limit).fill(-1);
  const units = new Int32Array(opportunities.length * limit).fill(-1);
  opportunities.forEach((opportunity, number) => {
    const need = prepareNeed(opportunity, index.basis, today);
    index.topFor(need, { limit }).forEach((place, rank) => {
      places[number * limit + rank] = place.at;
      units[number * limit + rank] = place.units;
    });
  });
  return { places, units };
}
