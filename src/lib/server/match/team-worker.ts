import { parentPort, workerData } from 'node:worker_threads';
import { teamsByProgram, type WideCandidate } from '#lib/domain/match/team-program.ts';
import { highsSolver } from '#lib/server/match/highs.ts';

/** What the thread is given: see `team-search.ts`. */
export interface TeamTask {
  candidates: WideCandidate[];
  mostMembers: number;
  /** Most seconds for one program, and for the list of teams. */
  seconds: number;
}

const task = workerData as TeamTask;
const solve = await highsSolver(task.seconds);
const end = performance.now() + task.seconds * 1000;
parentPort?.postMessage(
  teamsByProgram(task.candidates, task.mostMembers, solve, () => performance.now() < end),
);
