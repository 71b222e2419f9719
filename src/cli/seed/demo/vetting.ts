import { must, type Stage, type Step } from './stage.ts';
import { plusDays, type Calendar } from './days.ts';
import type { DemoCase, DemoCaseStep } from './records.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import { answerRequest, submitForVetting, withdrawCase } from '#lib/server/vetting/commands.ts';
import { confirmDecision, proposeDecision, returnProposal } from '#lib/server/vetting/decision-commands.ts';
import {
  assignCase,
  openOfficialCase,
  recordFinding,
  requestInformation,
} from '#lib/server/vetting/review-commands.ts';

/** Vetting cases from their submission to where they stand. `contacts` names who acts for each organisation. */
export function vettingSteps(
  records: readonly DemoCase[],
  contacts: ReadonlyMap<string, string>,
  calendar: Calendar,
): Step[] {
  return records.flatMap((record) => {
    const contact = contacts.get(record.organisation) ?? '';
    const at = calendar.moment(record.submitted);
    const ids = { case: '' };
    const opened: Step = {
      at,
      async run(stage) {
        ids.case = await open(stage, record, contact, at);
      },
    };
    const steps = record.steps.map((step): Step => {
      const when = calendar.moment(step.at);
      return { at: when, run: (stage) => take(stage, ids.case, step, contact, when) };
    });
    return [opened, ...steps];
  });
}

async function open(stage: Stage, record: DemoCase, contact: string, at: Date): Promise<string> {
  const { by, kind } = record;
  if (by === undefined || kind === 'first' || kind === 'renewal')
    return (await must(submitForVetting.within(await stage.member(contact, at), undefined))).id;
  const organisationId = stage.organisation(record.organisation);
  return (await must(openOfficialCase.within(await stage.official(by, at), { organisationId, kind }))).id;
}

async function take(
  stage: Stage,
  caseId: string,
  step: DemoCaseStep,
  contact: string,
  at: Date,
): Promise<void> {
  if (step.do === 'withdraw') {
    await must(withdrawCase.within(await stage.member(contact, at), caseId));
    return;
  }
  if (step.do === 'answer') {
    const requestId = await openRequest(stage, caseId, step.item);
    const answer = { requestId, answer: step.answer, files: [] };
    await must(answerRequest.within(await stage.member(contact, at), answer));
    return;
  }
  const tx = await stage.official(step.by, at);
  switch (step.do) {
    case 'assign':
      return void (await must(assignCase.within(tx, { caseId, assignee: stage.account(step.to) })));
    case 'find':
      for (const [item, { finding, note }] of Object.entries(step.items))
        await must(recordFinding.within(tx, { caseId, item, finding, note }));
      return;
    case 'ask':
      return void (await must(
        requestInformation.within(tx, { caseId, item: step.item, question: step.question }),
      ));
    case 'propose': {
      const { outcome, reason_code, reason_ko, reason_en, internal_note, valid_days } = step;
      const valid_to = validTo(valid_days, at, stage.calendar);
      const proposal = { caseId, outcome, reason_code, reason_ko, reason_en, internal_note, valid_to };
      return void (await must(proposeDecision.within(tx, proposal)));
    }
    case 'return':
      return void (await must(
        returnProposal.within(tx, { caseId, decisionId: await openDecision(stage, caseId), note: step.note }),
      ));
    case 'confirm':
      return void (await must(
        confirmDecision.within(tx, { caseId, decisionId: await openDecision(stage, caseId) }),
      ));
  }
}

function validTo(days: number | string | null, at: Date, calendar: Calendar): string | null {
  if (days === null) return null;
  if (typeof days === 'number') return plusDays(koreanDay(at), days);
  return plusDays(calendar.today, Number(days.replace('load+', '')));
}

async function openDecision(stage: Stage, caseId: string): Promise<string> {
  const row = await stage.db
    .selectFrom('vetting_decision')
    .select('id')
    .where('case_id', '=', caseId)
    .where('confirmed_at', 'is', null)
    .where('returned_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.id;
}

async function openRequest(stage: Stage, caseId: string, item: string): Promise<string> {
  const row = await stage.db
    .selectFrom('information_request')
    .select('id')
    .where('case_id', '=', caseId)
    .where('item', '=', item)
    .where('answered_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.id;
}
