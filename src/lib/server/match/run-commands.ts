import { isOfficial } from '#lib/domain/account/policy.ts';
import { addRun, changeRun, runById } from '#lib/server/match/run-repository.ts';
import { modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { openRun } from '#lib/server/match/run-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';

/** Starts a whole run over all opportunities, in the background. Refused while one is open. */
export const startMatchRun = command({
  name: 'match.start-run',
  policy: isOfficial,
  async run(tx, _input: Record<string, never>) {
    const model = await modelInEffect(tx.db);
    const id = await addRun(tx.db, { model: model.id, day: koreanDay(tx.now), startedBy: tx.accountId });
    if (id === null) return refuse('run-open');
    await tx.audit({
      action: 'match.start-run',
      object: { kind: 'match_run', id },
      after: { model: model.id },
    });
    return done(id);
  },
});

/** Stops a run after the batch it is at; what it has written stays. */
export const stopMatchRun = command({
  name: 'match.stop-run',
  policy: isOfficial,
  async run(tx, { id }: { id: string }) {
    const run = await runById(tx.db, id);
    if (run === null) return refuse('not-found');
    if (run.state !== 'waiting' && run.state !== 'running') return refuse('run-over');
    await changeRun(tx.db, id, { state: 'stopped', ended_at: tx.now });
    await tx.audit({
      action: 'match.stop-run',
      object: { kind: 'match_run', id },
      before: { state: run.state },
      after: { state: 'stopped', done: run.done },
    });
    return done(id);
  },
});

/** Lets a stopped or failed run go on where it was. Refused while another one is open. */
export const resumeMatchRun = command({
  name: 'match.resume-run',
  policy: isOfficial,
  async run(tx, { id }: { id: string }) {
    const run = await runById(tx.db, id);
    if (run === null) return refuse('not-found');
    if (run.state !== 'stopped' && run.state !== 'failed') return refuse('run-over');
    if ((await openRun(tx.db)) !== null) return refuse('run-open');
    await changeRun(tx.db, id, { state: 'waiting', ended_at: null, error: null });
    await tx.job('match.run', { run: id }, { key: `match.run:${id}` });
    await tx.audit({
      action: 'match.resume-run',
      object: { kind: 'match_run', id },
      before: { state: run.state },
      after: { state: 'waiting', done: run.done },
    });
    return done(id);
  },
});
