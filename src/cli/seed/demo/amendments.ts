import type { Calendar } from './days.ts';
import { must, type Step } from './stage.ts';
import { proposeRelation, returnRelation, type RelationChange } from '#lib/server/match/relation-commands.ts';
import { changeTerm, type TermChange } from '#lib/server/search/lexicon-commands.ts';

/** What the officials of the demonstration changed in the lexicon and proposed for the relations. */

const TERMS: readonly (readonly [at: string, change: TermChange])[] = [
  [
    '-9 10:40',
    {
      key: null,
      after: { concept: 'dewatering-filters', lang: 'ko', term: '가압 여과기', form: 'alias' },
      source: '시연용: 검색 통계',
      note: '결과 없이 여러 번 찾은 말입니다. 필터 프레스와 같은 뜻으로 씁니다.',
    },
  ],
  [
    '-6 15:10',
    {
      key: null,
      after: { concept: 'dewatering-filters', lang: 'en', term: 'plate-and-frame press', form: 'alias' },
      source: '시연용: 해외 발주처의 요청',
      note: '해외 발주처가 공고에서 쓰는 이름입니다.',
    },
  ],
];

const RETURNED: RelationChange = {
  subject: 'capability',
  key: null,
  after: {
    from: 'dewatering-filters',
    to: 'offtake-trading',
    degree: 0.3,
    symmetric: false,
    reasonKo: '정광을 사고파는 회사는 여과 설비를 잘 압니다.',
    reasonEn: 'Firms that trade concentrate know filtration plant well.',
  },
  source: '시연용: 기업 간담회',
  note: '간담회에서 나온 의견입니다.',
};

const WAITING: RelationChange = {
  subject: 'capability',
  key: null,
  after: {
    from: 'dewatering-filters',
    to: 'desalination',
    degree: 0.25,
    symmetric: false,
    reasonKo: '담수 설비 회사는 고액 분리와 여과막을 다루지만 정광 여과 실적은 드뭅니다.',
    reasonEn: 'Desalination firms work with filters and membranes but seldom with concentrate.',
  },
  source: '시연용: 전문가 자문',
  note: '여과 공고에 응할 수 있는 회사를 넓혀 보자는 제안입니다.',
};

export function amendmentSteps(calendar: Calendar): Step[] {
  const returned = { id: 0 };
  return [
    ...TERMS.map(([moment, change]): Step => {
      const at = calendar.moment(moment);
      return {
        at,
        run: async (stage) =>
          void (await must(changeTerm.within(await stage.official('official-a', at), change))),
      };
    }),
    {
      at: calendar.moment('-8 11:05'),
      run: async (stage) => {
        const tx = await stage.official('official-b', calendar.moment('-8 11:05'));
        returned.id = (await must(proposeRelation.within(tx, RETURNED))).id;
      },
    },
    {
      at: calendar.moment('-7 9:30'),
      run: async (stage) => {
        const tx = await stage.official('official-a', calendar.moment('-7 9:30'));
        const note = '사고파는 일과 설비를 만드는 일은 다릅니다. 실적 자료가 있으면 다시 제안해 주십시오.';
        await must(returnRelation.within(tx, { id: returned.id, note }));
      },
    },
    {
      at: calendar.moment('-1 16:20'),
      run: async (stage) => {
        const tx = await stage.official('official-a', calendar.moment('-1 16:20'));
        await must(proposeRelation.within(tx, WAITING));
      },
    },
  ];
}
