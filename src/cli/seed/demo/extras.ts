import { must, type Stage, type Step } from './stage.ts';
import type { Calendar } from './days.ts';
import { saveReach } from '#lib/server/company/commands.ts';
import { putCapabilityEntry } from '#lib/server/company/entry-commands.ts';
import { noticeCertificates } from '#lib/server/company/jobs.ts';
import { askOnInvitation } from '#lib/server/engagement/invitation-commands.ts';
import { sayNotRelevant } from '#lib/server/opportunity/feedback-commands.ts';
import { addToShortlist } from '#lib/server/opportunity/lead-commands.ts';

/** The company and the notice that the demonstration is told around. */
const COMPANY = 'demo-001';
const NOTICE = 'demo-o-01';

const PACKAGES = 'demo-o-02';

/** Keeps its name back, as the notice does that it answers. */
const SHY = 'demo-052';

/** Invited to that notice; shows its own name, and asks for the publisher's. */
const CURIOUS = 'demo-080';
const KEPT_NOTICE = 'demo-o-28';

/** Whom the desk put on its lists, and the note beside each. */
const SHORTLISTED: readonly (readonly [notice: string, company: string, note: string])[] = [
  [
    NOTICE,
    'demo-001',
    '흑연 여과 실적이 확인되었습니다. 6만 톤을 혼자 채우지 못하니 건조기 회사와 함께 부를 것.',
  ],
  [NOTICE, 'demo-002', '건조 실적이 좋습니다. 여과와 묶은 공동 제안을 기다립니다.'],
  [NOTICE, 'demo-006', '처리량은 충분하지만 흑연 여과는 서류뿐입니다. 성능 시험표를 물어볼 것.'],
  [PACKAGES, 'demo-006', '공종 1의 첫 후보입니다. 두 계열로 나누는 안의 전력을 확인할 것.'],
  [PACKAGES, 'demo-043', '공종 5. 탄자니아 송전 실적이 있어 인허가가 빠를 것으로 봅니다.'],
];

/** What happened besides notices, expressions and cases. */
export function extraSteps(calendar: Calendar): Step[] {
  const step = (moment: string, run: (stage: Stage, at: Date) => Promise<unknown>): Step => {
    const at = calendar.moment(moment);
    return { at, run: async (stage) => void (await run(stage, at)) };
  };
  return [
    step('-30 14:20', growCapacity),
    step('-24 13:50', keepName),
    ...SHORTLISTED.map(([notice, company, note], index) =>
      step(`-8 17:${30 + index}`, async (stage, at) => {
        const list = {
          opportunity: stage.opportunity(notice),
          companies: [stage.organisation(company)],
          note,
        };
        await must(addToShortlist.within(await stage.member('lead', at), list));
      }),
    ),
    step('-8 17:45', async (stage, at) => {
      const pair = { opportunity: stage.opportunity(NOTICE), company: stage.organisation('demo-041') };
      const note = '수처리 여과기라서 정광에는 맞지 않습니다.';
      await must(
        sayNotRelevant.within(await stage.member('lead', at), { ...pair, reason: 'not-our-work', note }),
      );
    }),
    step('-7 10:30', async (stage, at) => {
      const invitation = {
        opportunity: stage.opportunity(KEPT_NOTICE),
        company: stage.organisation(CURIOUS),
        side: 'company' as const,
      };
      await must(askOnInvitation.within(await stage.member(CURIOUS, at), invitation));
    }),
    step('-3 16:40', async (stage, at) => {
      const pair = { opportunity: stage.opportunity('demo-o-07'), company: stage.organisation(COMPANY) };
      await must(
        sayNotRelevant.within(await stage.member('company', at), { ...pair, reason: 'timing', note: '' }),
      );
    }),
    step('-1 09:05', (stage, at) => must(noticeCertificates.within(stage.system(at), {}))),
  ];
}

/** A small firm takes part without showing its name. */
async function keepName(stage: Stage, at: Date): Promise<void> {
  const held = await stage.db
    .selectFrom('company')
    .selectAll()
    .where('organisation_id', '=', stage.organisation(SHY))
    .executeTakeFirstOrThrow();
  await must(
    saveReach.within(await stage.member(SHY, at), {
      seen: '',
      languages: held.languages,
      can_invest: held.can_invest,
      own_equity_usd: held.own_equity_usd,
      pseudonymous: true,
      excluded_countries: held.excluded_countries,
      excluded_types: held.excluded_types,
      minimum_value_usd: held.minimum_value_usd,
    }),
  );
}

/** The company writes a greater capacity after its vetting: the renewal shows it as a difference. */
async function growCapacity(stage: Stage, at: Date): Promise<void> {
  const held = await stage.db
    .selectFrom('company_capability')
    .selectAll()
    .where('organisation_id', '=', stage.organisation(COMPANY))
    .where('external_id', '=', 'k1')
    .executeTakeFirstOrThrow();
  await must(
    putCapabilityEntry.within(await stage.member('company', at), {
      mode: 'change',
      token: held.id,
      seen: held.updated_at.toISOString(),
      capability: held.capability,
      minerals: held.minerals,
      amount: 42_000,
      unit: held.unit ?? '',
      year: at.getUTCFullYear(),
      evidence: held.evidence,
      note_ko: '필터 프레스를 직접 만들고 시운전까지 합니다. 올해 조립 라인을 하나 늘렸습니다.',
      note_en:
        'Presses are made in our own shop and commissioned by us. An assembly line was added this year.',
      file: '',
    }),
  );
}
