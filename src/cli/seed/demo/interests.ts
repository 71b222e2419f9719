import { must, type Stage, type Step } from './stage.ts';
import type { Calendar } from './days.ts';
import type { DemoInterest, DemoOpportunity } from './records.ts';
import {
  acceptInterest,
  declineInterest,
  openInterest,
  sendInterest,
  shortlistInterest,
  withdrawInterest,
} from '#lib/server/engagement/commands.ts';
import { agreeToReveal } from '#lib/server/engagement/reveal-commands.ts';

type Answer = DemoInterest['then'][number];

/** Expressions of interest and how they were answered. `contacts` names who acts for each organisation. */
export function interestSteps(
  records: readonly DemoInterest[],
  opportunities: readonly DemoOpportunity[],
  contacts: ReadonlyMap<string, string>,
  calendar: Calendar,
): Step[] {
  const leadOf = new Map(opportunities.map(({ id, lead }) => [id, contacts.get(lead) ?? '']));
  return records.flatMap((record) => {
    const at = calendar.moment(record.at);
    const company = contacts.get(record.company) ?? '';
    const lead = leadOf.get(record.opportunity) ?? '';
    const ids: { interest: string } = { interest: '' };
    const sent: Step = {
      at,
      async run(stage) {
        const form = {
          message: record.message,
          evidence: await evidenceOf(stage, record.company, record.evidence),
          terms: true,
        };
        const tx = await stage.member(company, at, record.lang);
        const opportunity = stage.opportunity(record.opportunity);
        ids.interest = (await must(sendInterest.within(tx, { opportunity, form }))).id;
      },
    };
    const answers = record.then.map((answer): Step => {
      const when = calendar.moment(answer.at);
      const who = answer.do === 'withdraw' || answer.do === 'agree' ? company : lead;
      return { at: when, run: (stage) => give(stage, ids.interest, answer, who, when) };
    });
    return [sent, ...answers];
  });
}

/** An answer to an expression, or taking it back, by whoever does it. */
export async function give(stage: Stage, id: string, answer: Answer, who: string, at: Date): Promise<void> {
  const tx = await stage.member(who, at);
  const { status: seen } = await stage.db
    .selectFrom('interest')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  switch (answer.do) {
    case 'open':
      return void (await must(openInterest.within(tx, { id })));
    case 'shortlist':
      return void (await must(shortlistInterest.within(tx, { id, seen })));
    case 'accept':
      return void (await must(acceptInterest.within(tx, { id, seen })));
    case 'withdraw':
      return void (await must(withdrawInterest.within(tx, { id, seen })));
    case 'agree':
      return void (await must(agreeToReveal.within(tx, { id, side: 'company' })));
    case 'decline': {
      const { reason, note } = answer;
      return void (await must(declineInterest.within(tx, { id, seen, reason, note })));
    }
  }
}

/** The rows that the company shows, as its form would post them. What it does not have is left out. */
export async function evidenceOf(
  stage: Stage,
  company: string,
  evidence: readonly string[],
): Promise<string[]> {
  const id = stage.organisation(company);
  const [capabilities, references, certifications] = [
    await stage.db
      .selectFrom('company_capability')
      .select(['id', 'external_id as name'])
      .where('organisation_id', '=', id)
      .execute(),
    await stage.db
      .selectFrom('company_reference')
      .select(['id', 'external_id as name'])
      .where('organisation_id', '=', id)
      .execute(),
    await stage.db
      .selectFrom('company_certification')
      .select(['id', 'certification as name'])
      .where('organisation_id', '=', id)
      .execute(),
  ];
  const rows = { capability: capabilities, reference: references, certification: certifications };
  return evidence.flatMap((text) => {
    const [kind = '', name = ''] = text.split(':', 2);
    const found = Object.entries(rows)
      .find(([one]) => one === kind)?.[1]
      .find((row) => row.name === name);
    return found === undefined ? [] : [`${kind}:${found.id}`];
  });
}
