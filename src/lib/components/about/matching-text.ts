import { msg } from '#lib/i18n/msg.ts';
import type { AboutText } from './about.ts';

export const matchingText: AboutText = {
  title: msg({ ko: '매칭 규칙', en: 'How matching works' }),
  lead: msg({
    ko: '기회의 조건과 회사의 기록을 공개된 규칙으로 맞춥니다. 점수마다 근거가 붙고, 무엇을 채우면 오르는지 계산해 보여 드립니다.',
    en: 'Requirements of an opportunity and records of a company are compared by public rules. Every point names what it rests on, and what would raise it is computed.',
  }),
  sections: [
    {
      id: 'steps',
      title: msg({ ko: '두 단계', en: 'Two steps' }),
      blocks: [
        [
          msg({
            ko: '먼저 통과 조건을 봅니다. 정지되었거나 필수 조건을 채우지 못한 회사는 점수와 관계없이 빠지고, 어느 규칙 때문인지 나옵니다.',
            en: 'First the conditions to pass: a company that is suspended or misses a must requirement is left out whatever its score, and the condition is named.',
          }),
          msg({
            ko: '다음으로 점수를 더합니다. 이름 붙은 항목의 점수를 모두 더한 것이 전체 점수이고, 곱하거나 숨긴 항목은 없습니다.',
            en: 'Then points are added up: the score is the sum of named parts, nothing is multiplied in and nothing is hidden.',
          }),
        ],
        msg({
          ko: '같은 계산을 양쪽에서 씁니다. 회사가 보는 점수와 프로젝트 주체가 보는 점수는 같습니다.',
          en: 'Both directions use the same computation: the score a company sees is the one the project lead sees.',
        }),
        msg({
          ko: '수량은 한 단위로 바꾸어 견줍니다. 함량, 산화물, 탄산리튬환산(LCE)처럼 화학식으로 바꿀 수 있는 것만 바꾸고, 바꿀 수 없으면 견주지 않았다고 적습니다.',
          en: 'Quantities are compared in one unit. Only what chemistry can convert is converted, such as contained metal, oxide or lithium carbonate equivalent; what cannot be is said to be not comparable.',
        }),
      ],
    },
    {
      id: 'fair',
      title: msg({ ko: '지키는 것', en: 'What we hold to' }),
      blocks: [
        [
          msg({
            ko: '돈을 낸다고 순서가 바뀌지 않습니다. 유료 노출은 없습니다.',
            en: 'Nobody can pay for a place. There is no paid ranking.',
          }),
          msg({
            ko: '기록 하나를 지우면 점수는 화면에 적힌 만큼 정확히 내려갑니다.',
            en: 'Remove one record and the score falls by exactly the points shown beside it.',
          }),
          msg({
            ko: '조건과 가중치는 게시할 때 고정되고, 결과에는 규칙의 판이 함께 저장됩니다.',
            en: 'Lines and weights are frozen at publication, and each result stores the version of the rules.',
          }),
          msg({
            ko: '맞지 않는다고 표시한 것은 표시한 기관의 목록에만 영향을 주고, 되돌릴 수 있습니다.',
            en: 'Marking a match as not relevant changes the list of that organisation only, and can be undone.',
          }),
          msg({
            ko: '점수는 결정이 아닙니다. 누구와 일할지는 사람이 정합니다.',
            en: 'A score is not a decision. People decide with whom they work.',
          }),
        ],
      ],
    },
    {
      id: 'teams',
      title: msg({ ko: '팀', en: 'Teams' }),
      blocks: [
        msg({
          ko: '한 회사로 필수 조건을 모두 채울 수 없으면 가장 적은 수의 회사로 채우는 팀을 찾습니다. 더 적은 수로는 안 된다는 것도 함께 확인합니다.',
          en: 'Where no company meets every must line alone, the smallest teams that do are found, with the proof that fewer companies cannot.',
        }),
        msg({
          ko: '함께 소개해도 좋다고 한 회사만 다른 회사에 제안합니다. 점수는 서로 보이지 않습니다.',
          en: 'Only companies that agreed to be proposed are shown to others, and never with a score.',
        }),
      ],
    },
    {
      id: 'question',
      title: msg({ ko: '결과가 이상할 때', en: 'When a result looks wrong' }),
      blocks: [
        msg({
          ko: '맞는 이유마다 ‘이의 제기’가 있습니다. 담당 공무원이 그때의 계산을 보고 14일 안에 이유를 적어 답합니다.',
          en: 'Each explanation has “Object to this result”. An official looks at the reckoning as you saw it and answers with reasons within 14 days.',
        }),
      ],
    },
  ],
};
