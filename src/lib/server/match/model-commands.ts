import { isOfficial } from '#lib/domain/account/policy.ts';
import { modelFrom, nextModelId, type ModelInput } from '#lib/domain/match/model-form.ts';
import { lockModels, modelMaker, wasInUse } from '#lib/server/match/model-repository.ts';
import { modelById, modelInEffect } from '#lib/server/match/model-in-use-queries.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { command } from '#lib/server/platform/command.ts';
import { done, refuse } from '#lib/server/platform/result.ts';

/** Makes a model from another with other weights. It changes nothing until it is switched on. */
export const makeModel = command({
  name: 'match.make-model',
  policy: isOfficial,
  async run(tx, input: { base: string; form: ModelInput }) {
    await lockModels(tx.db);
    const base = await modelById(tx.db, input.base);
    if (base === null) return refuse('not-found');
    const taken = await tx.db.selectFrom('match_model').select('id').execute();
    const id = nextModelId(
      koreanDay(tx.now).slice(0, 7),
      taken.map((row) => row.id),
    );
    const { id: _, ...body } = modelFrom(base, id, input.form);
    await tx.db
      .insertInto('match_model')
      .values({
        id,
        body: JSON.stringify(body),
        base: base.id,
        note: input.form.note,
        made_by: tx.accountId,
        made_at: tx.now,
      })
      .execute();
    await tx.audit({
      action: 'match.make-model',
      object: { kind: 'match_model', id },
      after: { base: base.id, note: input.form.note, body },
    });
    return done({ id });
  },
});

/**
 * Puts a model in use, in every process from its next answer on. Who made a model leaves its first use to a
 * colleague; going back to one that was in use before takes one official. `seen` is the model in use as the form
 * knew it.
 */
export const switchModel = command({
  name: 'match.switch-model',
  policy: isOfficial,
  async run(tx, input: { model: string; seen: string; reason: string }) {
    await lockModels(tx.db);
    const [next, current] = await Promise.all([modelById(tx.db, input.model), modelInEffect(tx.db)]);
    if (next === null) return refuse('not-found');
    if (current.id !== input.seen) return refuse('stale');
    if (next.id === current.id) return refuse('wrong-state');
    const maker = await modelMaker(tx.db, next.id);
    if (maker !== null && maker === tx.accountId && !(await wasInUse(tx.db, next.id)))
      return refuse('second-person');
    await tx.db
      .insertInto('match_model_switch')
      .values({ model: next.id, before: current.id, reason: input.reason, by: tx.accountId, at: tx.now })
      .execute();
    // Lists by another model are stored: the job begins a whole run.
    await tx.job('match.update', {}, { key: 'match.update' });
    await tx.audit({
      action: 'match.switch-model',
      object: { kind: 'match_model', id: next.id },
      before: { model: current.id },
      after: { model: next.id, reason: input.reason },
    });
    return done();
  },
});
