import { isLeadEditor, isMember } from '#lib/domain/account/policy.ts';
import {
  MAX_REQUIREMENTS,
  requirementColumns,
  type Basics,
  type DraftStep,
  type RequirementInput,
  type Terms,
} from '#lib/domain/opportunity/draft.ts';
import { lineVersion } from '#lib/domain/opportunity/line-version.ts';
import type { LineTry } from '#lib/domain/opportunity/what-if.ts';
import { afterAction } from '#lib/domain/opportunity/status.ts';
import { instantIn, KOREAN_ZONE, zonesOfCountry } from '#lib/domain/opportunity/zones.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { command, type WriteContext } from '#lib/server/platform/command.ts';
import { done, refuse, type Refused } from '#lib/server/platform/result.ts';
import { countEligible } from '#lib/server/opportunity/eligibility.ts';
import {
  capabilityExists,
  knownIds,
  lockOpportunity,
  projectPlace,
  publisherOf,
  renumber,
  requirementsOf,
  type OpportunityRow,
} from '#lib/server/opportunity/repository.ts';

type DraftRefusal = 'not-found' | 'wrong-state' | 'stale';

/** The actor's own notice, locked; a draft unless the state is told otherwise. */
async function ownDraft(
  tx: WriteContext,
  id: string,
  seen = '',
): Promise<{ ok: true; row: OpportunityRow } | Refused<DraftRefusal>> {
  const row = isUuid(id) ? await lockOpportunity(tx.db, id) : null;
  if (row === null || !isMember(tx.actor) || row.organisation_id !== tx.actor.organisationId)
    return refuse('not-found');
  if (afterAction(row.status, 'edit', 'lead') === null) return refuse('wrong-state');
  if (seen !== '' && row.updated_at.toISOString() !== seen) return refuse('stale');
  return { ok: true, row };
}

function withSaved(row: OpportunityRow | null, step: DraftStep, now: Date): string {
  return JSON.stringify({ ...row?.saved_steps, [step]: now.toISOString() });
}

/** The country of a notice: the project's when there is one. Null when the named thing does not exist. */
async function placeOf(tx: WriteContext, input: Basics): Promise<{ country: string } | { field: string }> {
  if (input.project !== '') {
    const place = await projectPlace(tx.db, input.project);
    return place ?? { field: 'project' };
  }
  return (await knownIds(tx.db, { countries: [input.country] }))
    ? { country: input.country }
    : { field: 'country' };
}

function basicsColumns(input: Basics, country: string) {
  return {
    type: input.type,
    project_id: input.project === '' ? null : input.project,
    country,
    place: input.place,
    minerals: input.minerals,
    title_ko: input.title_ko,
    title_en: input.title_en,
    summary_ko: input.summary_ko,
    summary_en: input.summary_en,
  };
}

/** Screen 1. Without an id it starts the draft. Refuses `stale` when a colleague saved in between. */
export const saveBasics = command({
  name: 'opportunity.draft-basics',
  policy: isLeadEditor,
  async run(tx, input: { id: string | null; form: Basics }) {
    if (!isMember(tx.actor)) return refuse('forbidden');
    const place = await placeOf(tx, input.form);
    if ('field' in place) return refuse('invalid', { [place.field]: 'bad-choice' });
    if (!(await knownIds(tx.db, { minerals: input.form.minerals })))
      return refuse('invalid', { minerals: 'bad-choice' });
    const values = basicsColumns(input.form, place.country);
    if (input.id === null) {
      const publisher = await publisherOf(tx.db, tx.actor.organisationId);
      const { id } = await tx.db
        .insertInto('opportunity')
        .values({
          ...values,
          organisation_id: tx.actor.organisationId,
          publisher: publisher?.name_ko || publisher?.name_en || '',
          deadline_zone: zonesOfCountry(place.country)[0] ?? KOREAN_ZONE,
          saved_steps: withSaved(null, 'basics', tx.now),
          created_by: tx.accountId,
          demo: publisher?.demo ?? false,
          created_at: tx.now,
          updated_at: tx.now,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await tx.changed('opportunity', id);
      await tx.audit({ action: 'opportunity.draft', object: { kind: 'opportunity', id }, after: values });
      return done({ id });
    }
    const draft = await ownDraft(tx, input.id, input.form.seen);
    if (!draft.ok) return draft;
    const { row } = draft;
    // A new country brings its own clock, unless the deadline was already written on another one.
    const zone =
      row.country !== place.country && row.deadline === null
        ? (zonesOfCountry(place.country)[0] ?? KOREAN_ZONE)
        : row.deadline_zone;
    await tx.db
      .updateTable('opportunity')
      .set({
        ...values,
        deadline_zone: zone,
        saved_steps: withSaved(row, 'basics', tx.now),
        updated_at: tx.now,
      })
      .where('id', '=', row.id)
      .execute();
    await tx.changed('opportunity', row.id);
    await tx.audit({
      action: 'opportunity.edit',
      object: { kind: 'opportunity', id: row.id },
      before: basicsOf(row),
      after: values,
    });
    return done({ id: row.id });
  },
});

function basicsOf(row: OpportunityRow) {
  const { type, project_id, country, place, minerals, title_ko, title_en, summary_ko, summary_en } = row;
  return { type, project_id, country, place, minerals, title_ko, title_en, summary_ko, summary_en };
}

/** Which named thing of a line the reference data does not know. */
async function unknownField(tx: WriteContext, form: RequirementInput): Promise<string | null> {
  const line = requirementColumns(form);
  if (line.capability !== null && !(await capabilityExists(tx.db, line.capability))) return 'capability';
  if (!(await knownIds(tx.db, { minerals: line.minerals }))) return 'minerals';
  if (!(await knownIds(tx.db, { certifications: line.certifications }))) return 'certifications';
  return (await knownIds(tx.db, { countries: line.countries })) ? null : 'countries';
}

/**
 * Screen 2: adds a line at the end, or changes the line named. Refuses `line-changed` when it is not any more what the
 * form was written over, `line-removed` when it is gone: a colleague's change is never lost unseen.
 */
export const saveRequirement = command({
  name: 'opportunity.draft-requirement',
  policy: isLeadEditor,
  async run(tx, input: { id: string; line: string | null; form: RequirementInput }) {
    const draft = await ownDraft(tx, input.id);
    if (!draft.ok) return draft;
    const field = await unknownField(tx, input.form);
    if (field !== null) return refuse('invalid', { [field]: 'bad-choice' });
    const lines = await requirementsOf(tx.db, input.id);
    const before = lines.find((line) => line.id === input.line);
    if (input.line !== null && before === undefined) return refuse('line-removed');
    if (before !== undefined && lineVersion(before) !== input.form.seen) return refuse('line-changed');
    if (input.line === null && lines.length >= MAX_REQUIREMENTS) return refuse('too-many');
    const values = requirementColumns(input.form);
    let line = input.line;
    if (line === null) {
      const added = await tx.db
        .insertInto('requirement')
        .values({ ...values, opportunity_id: input.id, position: lines.length + 1 })
        .returning('id')
        .executeTakeFirstOrThrow();
      line = added.id;
    } else {
      await tx.db.updateTable('requirement').set(values).where('id', '=', line).execute();
    }
    await savedRequirements(tx, draft.row);
    await tx.audit({
      action: input.line === null ? 'opportunity.add-requirement' : 'opportunity.change-requirement',
      object: { kind: 'opportunity', id: input.id },
      before,
      after: { id: line, ...values },
    });
    return done({ line });
  },
});

/** Notes the time; matching counts companies for drafts as well, so it is told. */
async function savedRequirements(tx: WriteContext, row: OpportunityRow): Promise<void> {
  await tx.changed('opportunity', row.id);
  await tx.db
    .updateTable('opportunity')
    .set({ saved_steps: withSaved(row, 'requirements', tx.now), updated_at: tx.now })
    .where('id', '=', row.id)
    .execute();
}

/**
 * Puts what was tried on the what-if page into the draft: level and amount of the lines named, all or none. Refuses
 * `stale` when a colleague saved in between, since the counts were made from what stood there before.
 */
export const applyTries = command({
  name: 'opportunity.apply-what-if',
  policy: isLeadEditor,
  async run(tx, input: { id: string; seen: string; tries: readonly LineTry[] }) {
    // A try is reckoned from what was saved: without knowing what that was, nothing is taken over.
    if (input.seen === '') return refuse('stale');
    const draft = await ownDraft(tx, input.id, input.seen);
    if (!draft.ok) return draft;
    const lines = new Map((await requirementsOf(tx.db, input.id)).map((line) => [line.id, line]));
    for (const { line, must, amount } of input.tries) {
      const before = lines.get(line);
      if (before === undefined) return refuse('stale');
      const after = { must, amount: before.amount === null ? null : (amount ?? before.amount) };
      await tx.db.updateTable('requirement').set(after).where('id', '=', line).execute();
      await tx.audit({
        action: 'opportunity.change-requirement',
        object: { kind: 'opportunity', id: input.id },
        before,
        after: { ...before, ...after },
      });
    }
    await savedRequirements(tx, draft.row);
    return done();
  },
});

/**
 * Takes a line out as it was `seen`; refuses `line-changed` when a colleague made it another. A line that is gone
 * already is fine: the wish is fulfilled.
 */
export const removeRequirement = command({
  name: 'opportunity.remove-requirement',
  policy: isLeadEditor,
  async run(tx, input: { id: string; line: string; seen: string }) {
    const draft = await ownDraft(tx, input.id);
    if (!draft.ok) return draft;
    const lines = await requirementsOf(tx.db, input.id);
    const before = lines.find((line) => line.id === input.line);
    if (before === undefined) return done();
    if (lineVersion(before) !== input.seen) return refuse('line-changed');
    await tx.db.deleteFrom('requirement').where('id', '=', before.id).execute();
    const rest = lines.filter((line) => line.id !== before.id).map((line) => line.id);
    await renumber(tx.db, input.id, rest);
    await savedRequirements(tx, draft.row);
    await tx.audit({
      action: 'opportunity.remove-requirement',
      object: { kind: 'opportunity', id: input.id },
      before,
    });
    return done();
  },
});

/** Moves a line one place up or down; at the end of the list nothing happens. */
export const moveRequirement = command({
  name: 'opportunity.move-requirement',
  policy: isLeadEditor,
  async run(tx, input: { id: string; line: string; by: -1 | 1 }) {
    const draft = await ownDraft(tx, input.id);
    if (!draft.ok) return draft;
    const ids = (await requirementsOf(tx.db, input.id)).map((line) => line.id);
    const from = ids.indexOf(input.line);
    const to = from + input.by;
    if (from < 0 || to < 0 || to >= ids.length) return done();
    const order = ids.toSpliced(from, 1).toSpliced(to, 0, input.line);
    await renumber(tx.db, input.id, order);
    await savedRequirements(tx, draft.row);
    await tx.audit({
      action: 'opportunity.order-requirements',
      object: { kind: 'opportunity', id: input.id },
      before: ids,
      after: order,
    });
    return done();
  },
});

/** Screen 3. The deadline is read on the clock of the zone it was typed in. */
export const saveTerms = command({
  name: 'opportunity.draft-terms',
  policy: isLeadEditor,
  async run(tx, input: { id: string; form: Terms }) {
    const { form } = input;
    const draft = await ownDraft(tx, input.id, form.seen);
    if (!draft.ok) return draft;
    const deadline = form.deadline === '' ? null : instantIn(form.deadline, form.deadline_zone);
    if (deadline !== null && deadline <= tx.now) return refuse('invalid', { deadline: 'past-date' });
    if (deadline !== null && form.opens !== null && form.opens > form.deadline.slice(0, 10))
      return refuse('invalid', { opens: 'too-late:' + form.deadline.slice(0, 10) });
    const terms = {
      deadline,
      deadline_zone: form.deadline_zone,
      eligible_framework: form.eligible_framework === '' ? null : form.eligible_framework,
    };
    if ((await countEligible(tx.db, terms, tx.now)) === 0)
      return refuse('invalid', { eligible_framework: 'no-members' });
    const values = {
      ...terms,
      finance: form.finance,
      opens: form.opens,
      visibility: form.visibility,
      pseudonymous: form.pseudonymous,
      requires_vetted: form.requires_vetted,
      team_max: form.team_max ?? draft.row.team_max,
      estimated_value_usd: form.estimated_value_usd,
    };
    const { row } = draft;
    await tx.db
      .updateTable('opportunity')
      .set({ ...values, saved_steps: withSaved(row, 'terms', tx.now), updated_at: tx.now })
      .where('id', '=', row.id)
      .execute();
    const { finance, opens, deadline_zone, visibility, pseudonymous, requires_vetted, team_max } = row;
    const { estimated_value_usd, eligible_framework } = row;
    await tx.changed('opportunity', row.id);
    await tx.audit({
      action: 'opportunity.edit',
      object: { kind: 'opportunity', id: row.id },
      before: {
        finance,
        deadline: row.deadline,
        deadline_zone,
        opens,
        visibility,
        pseudonymous,
        requires_vetted,
        team_max,
        estimated_value_usd,
        eligible_framework,
      },
      after: values,
    });
    return done({ id: row.id });
  },
});
