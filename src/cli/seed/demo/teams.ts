import { must, type Stage, type Step } from './stage.ts';
import type { Calendar } from './days.ts';
import { evidenceOf, give } from './interests.ts';
import type { DemoOpportunity, DemoPartner, DemoTeam } from './records.ts';
import { sendInterest } from '#lib/server/engagement/commands.ts';
import { setPartnerConsent } from '#lib/server/engagement/partner-commands.ts';
import { acceptTeam, askPartner, declineTeam, writeToTeam } from '#lib/server/engagement/team-commands.ts';

/** Who agrees to be proposed as a partner, and what companies do together. `contacts` names who acts for each. */
export function teamSteps(
  partners: readonly DemoPartner[],
  teams: readonly DemoTeam[],
  opportunities: readonly DemoOpportunity[],
  contacts: ReadonlyMap<string, string>,
  calendar: Calendar,
): Step[] {
  const leadOf = new Map(opportunities.map(({ id, lead }) => [id, contacts.get(lead) ?? '']));
  const consents = partners.map(({ company, audience, at }): Step => {
    const when = calendar.moment(at);
    return {
      at: when,
      async run(stage) {
        const tx = await stage.member(contacts.get(company) ?? '', when);
        await must(setPartnerConsent.within(tx, { audience }));
      },
    };
  });
  return [
    ...consents,
    ...teams.flatMap((team) => storyOf(team, contacts, leadOf.get(team.opportunity) ?? '', calendar)),
  ];
}

function storyOf(
  team: DemoTeam,
  contacts: ReadonlyMap<string, string>,
  lead: string,
  calendar: Calendar,
): Step[] {
  const ids = { team: '', interest: '' };
  const steps: Step[] = [];
  const step = (moment: string, run: (stage: Stage, at: Date) => Promise<unknown>): void => {
    const at = calendar.moment(moment);
    steps.push({ at, run: async (stage) => void (await run(stage, at)) });
  };
  const who = (company: string): string => contacts.get(company) ?? '';
  for (const { company, at, message, then } of team.members) {
    step(at, async (stage, when) => {
      const asked = askPartner.within(await stage.member(who(team.leader), when), {
        opportunity: stage.opportunity(team.opportunity),
        company: stage.organisation(company),
        message,
      });
      ids.team = (await must(asked)).team;
    });
    if (then === undefined) continue;
    step(then.at, async (stage, when) => {
      const tx = await stage.member(who(company), when);
      if (then.do === 'decline') await must(declineTeam.within(tx, { team: ids.team, reason: then.reason }));
      else
        await must(
          acceptTeam.within(tx, {
            team: ids.team,
            evidence: await evidenceOf(stage, company, ['capability:k1']),
          }),
        );
    });
  }
  for (const { by, at, text } of team.messages)
    step(at, async (stage, when) =>
      must(writeToTeam.within(await stage.member(who(by), when), { team: ids.team, text })),
    );
  const { sent } = team;
  if (sent !== undefined)
    step(sent.at, async (stage, when) => {
      const form = {
        message: sent.message,
        evidence: await evidenceOf(stage, team.leader, sent.evidence),
        terms: true,
      };
      const tx = await stage.member(who(team.leader), when, team.lang);
      const opportunity = stage.opportunity(team.opportunity);
      ids.interest = (await must(sendInterest.within(tx, { opportunity, form, team: ids.team }))).id;
    });
  for (const answer of team.then)
    step(answer.at, (stage, when) => give(stage, ids.interest, answer, lead, when));
  return steps;
}
