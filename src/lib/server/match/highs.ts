import loadHighs from 'highs';
import type { Solve } from '#lib/domain/match/team-program.ts';

/**
 * The HiGHS solver (MIT, WebAssembly inside the package). It holds its thread while it works: other rooms ask
 * `team-search.ts`, which gives it a thread of its own.
 * @param seconds most time for one program
 */
export async function highsSolver(seconds: number): Promise<Solve> {
  const highs = await loadHighs();
  return (program) => {
    const { Status, ObjectiveValue, Columns } = highs.solve(program, {
      time_limit: seconds,
      mip_rel_gap: 0,
      mip_abs_gap: 0,
    });
    const finished = Status === 'Optimal';
    return {
      status: finished ? 'optimal' : Status === 'Infeasible' ? 'infeasible' : 'unfinished',
      objective: ObjectiveValue,
      // an unfinished program tells nothing that is worth a claim
      bound: finished ? ObjectiveValue : 1,
      chosen: Object.entries(Columns).flatMap(([name, column]) =>
        'Primal' in column && column.Primal > 0.5 ? [name] : [],
      ),
    };
  };
}
