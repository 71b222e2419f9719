import { must, type Stage, type Step } from './stage.ts';
import type { Calendar } from './days.ts';
import type { DemoOpportunity } from './records.ts';
import type { RequirementInput } from '#lib/domain/opportunity/draft.ts';
import { requirementKind, type RequirementRecord } from '#lib/domain/opportunity/requirement.ts';
import { instantIn } from '#lib/domain/opportunity/zones.ts';
import {
  addAddendum,
  closeByClock,
  publishOpportunity,
  returnOpportunity,
  submitOpportunity,
  withdrawOpportunity,
} from '#lib/server/opportunity/commands.ts';
import { saveBasics, saveRequirement, saveTerms } from '#lib/server/opportunity/draft-commands.ts';
import { inviteCompany } from '#lib/server/opportunity/lead-commands.ts';

/** What the desks publish, from the first draft on. `owners` names who acts for each desk. */
export function opportunitySteps(
  records: readonly DemoOpportunity[],
  owners: ReadonlyMap<string, string>,
  calendar: Calendar,
): Step[] {
  return records.flatMap((record) => stepsOf(record, owners.get(record.lead) ?? '', calendar));
}

function stepsOf(record: DemoOpportunity, owner: string, calendar: Calendar): Step[] {
  const { story, id: name } = record;
  const steps: Step[] = [];
  const when = (at: Date, run: Step['run']): void => void steps.push({ at, run });
  const drafted = calendar.moment(story.drafted);
  when(drafted, (stage) => draft(stage, record, owner, drafted));
  if (story.submitted !== undefined) {
    const at = calendar.moment(story.submitted);
    when(at, async (stage) => {
      await must(submitOpportunity.within(await stage.member(owner, at), { id: stage.opportunity(name) }));
    });
  }
  const { returned, published, by = '', withdrawn } = story;
  if (returned) {
    const at = calendar.moment(returned.at);
    when(at, async (stage) => {
      const tx = await stage.official(returned.by, at);
      await must(returnOpportunity.within(tx, { id: stage.opportunity(name), note: returned.note }));
    });
  }
  if (published !== undefined) {
    const at = calendar.moment(published);
    when(at, async (stage) => {
      await must(publishOpportunity.within(await stage.official(by, at), { id: stage.opportunity(name) }));
    });
  }
  if (withdrawn !== undefined) {
    const at = calendar.moment(withdrawn);
    when(at, async (stage) => {
      await must(withdrawOpportunity.within(await stage.member(owner, at), { id: stage.opportunity(name) }));
    });
  }
  if (story.closed === 'clock' && record.deadline !== null) {
    const { days, time, zone } = record.deadline;
    const at = new Date(instantIn(calendar.deadline(days, time), zone).getTime() + 60_000);
    when(at, async (stage) => {
      await must(closeByClock.within(stage.system(at), { id: stage.opportunity(name) }));
    });
  }
  return [...steps, ...addendumSteps(record, owner, calendar), ...invitationSteps(record, owner, calendar)];
}

async function draft(stage: Stage, record: DemoOpportunity, owner: string, at: Date): Promise<void> {
  const tx = await stage.member(owner, at);
  const { id, project, country, place, type, minerals, title_ko, title_en, summary_ko, summary_en } = record;
  const made = await must(
    saveBasics.within(tx, {
      id: null,
      form: { seen: '', project, country, place, type, minerals, title_ko, title_en, summary_ko, summary_en },
    }),
  );
  stage.opportunities.set(id, made.id);
  // The name the file gives it, by which scripts and tests find it again; no command sets it.
  await stage.db.updateTable('opportunity').set({ external_id: id }).where('id', '=', made.id).execute();
  for (const line of record.requirements)
    await must(saveRequirement.within(tx, { id: made.id, line: null, form: requirementForm(line) }));
  if (record.deadline === null) return;
  const { days, time, zone } = record.deadline;
  await must(
    saveTerms.within(tx, {
      id: made.id,
      form: {
        seen: '',
        finance: record.finance,
        deadline: stage.calendar.deadline(days, time),
        deadline_zone: zone,
        opens: null,
        visibility: record.visibility,
        pseudonymous: record.pseudonymous,
        requires_vetted: record.requires_vetted,
        team_max: record.team_max,
        estimated_value_usd: record.estimated_value_usd,
        eligible_framework: record.eligible_framework,
      },
    }),
  );
}

function requirementForm(line: RequirementRecord): RequirementInput {
  return {
    seen: '',
    kind: requirementKind(line),
    level: line.must ? 'must' : 'should',
    weight: line.weight,
    capability: line.capability ?? '',
    minerals: line.minerals ?? [],
    amount: line.quantity?.amount ?? null,
    unit: line.quantity?.unit ?? '',
    certifications: line.certifications_any ?? [],
    verified_only: false,
    countries: line.country_experience ?? [],
    language: line.language ?? '',
    min_size: line.min_size ?? null,
  };
}

function addendumSteps(record: DemoOpportunity, owner: string, calendar: Calendar): Step[] {
  return record.story.addenda.map(({ at: text, text_ko: textKo, text_en: textEn, deadline }) => {
    const at = calendar.moment(text);
    const zone = record.deadline?.zone ?? '';
    const local = deadline === null ? '' : calendar.deadline(deadline.days, deadline.time);
    return {
      at,
      async run(stage) {
        const id = stage.opportunity(record.id);
        await must(
          addAddendum.within(await stage.member(owner, at), { id, textKo, textEn, deadline: local, zone }),
        );
      },
    };
  });
}

function invitationSteps(record: DemoOpportunity, owner: string, calendar: Calendar): Step[] {
  return record.story.invited.map(({ at: text, company, reason }) => {
    const at = calendar.moment(text);
    return {
      at,
      async run(stage) {
        const pair = { opportunity: stage.opportunity(record.id), company: stage.organisation(company) };
        await must(inviteCompany.within(await stage.member(owner, at), { ...pair, reason }));
      },
    };
  });
}
