import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { MOST_LINES, smallestTeams, type TeamSearch } from '#lib/domain/match/team.ts';
import type { WideCandidate } from '#lib/domain/match/team-program.ts';
import type { TeamTask } from '#lib/server/match/team-worker.ts';

/** The thread's file, below the folder the product is started in: the built server holds no file of its own for it. */
const WORKER = 'src/lib/server/match/team-worker.ts';
/** Most seconds for one program of the solver, and again for the list. */
const SECONDS = 10;

let queue: Promise<unknown> = Promise.resolve();

/**
 * The smallest teams, exactly: by bit masks where there are few lines (milliseconds), else by the HiGHS solver in
 * a thread of its own, one search after another, so that no page waits for it.
 */
export async function searchTeams(
  candidates: readonly WideCandidate[],
  lines: number,
  mostMembers: number,
): Promise<TeamSearch> {
  if (lines <= MOST_LINES)
    return smallestTeams(
      candidates.map(({ id, units, lines: held }) => ({
        id,
        units,
        cover: held.reduce((mask, line) => mask | (1 << line), 0),
      })),
      lines,
      mostMembers,
    );
  const task: TeamTask = { candidates: [...candidates], mostMembers, seconds: SECONDS };
  const answer = queue.then(
    () => inThread(task),
    () => inThread(task),
  );
  queue = answer.catch(() => undefined);
  return answer;
}

/** Answers without teams and without proof when the thread does not come to an end. */
function inThread(task: TeamTask): Promise<TeamSearch> {
  return new Promise((done, fail) => {
    const worker = new Worker(join(process.cwd(), WORKER), { workerData: task });
    const timer = setTimeout(() => {
      void worker.terminate();
      done(unfinished(task));
    }, SECONDS * 4000);
    const over = (settle: () => void): void => {
      clearTimeout(timer);
      settle();
    };
    worker.once('message', (found: TeamSearch) =>
      over(() => {
        void worker.terminate();
        done(found);
      }),
    );
    worker.once('error', (error) => over(() => fail(error)));
  });
}

function unfinished({ candidates }: TeamTask): TeamSearch {
  return {
    teams: [],
    goal: 0,
    provenMinimal: false,
    complete: false,
    proof: {
      method: 'milp',
      ruledOut: 0,
      lowerBound: 1,
      gap: null,
      candidates: candidates.length,
      classes: 0,
    },
  };
}
