import { ALLOWED_DAYS, ANSWER_DAYS } from '#lib/domain/vetting/clock.ts';
import { msg } from '#lib/i18n/msg.ts';
import type { AboutText } from './about.ts';

export const vettingText: AboutText = {
  title: msg({ ko: '심사 기준', en: 'How vetting works' }),
  lead: msg({
    ko: '기업과 프로젝트 주체를 같은 방식으로 확인합니다. 한 사람이 검토하고 다른 사람이 확인하며, 이유를 글로 남깁니다.',
    en: 'Companies and project leads are checked in the same way. One person reviews, another confirms, and reasons are written down.',
  }),
  sections: [
    {
      id: 'how',
      title: msg({ ko: '차례', en: 'How it goes' }),
      blocks: [
        [
          msg({
            ko: '회사가 정보를 다 적고 제출하면, 그때의 내용이 사본으로 고정됩니다.',
            en: 'When a company submits its profile, a copy of that moment is frozen.',
          }),
          msg({
            ko: '담당자가 항목마다 확인한 것과 이유를 적습니다. 부족한 것은 항목별로 보완을 요청하고, 그동안 심사 기한은 멈춥니다.',
            en: 'An official records a finding and a reason for each item. What is missing is asked for by item, and the clock stops meanwhile.',
          }),
          msg({
            ko: '담당자가 결정을 제안하고, 다른 담당자가 확인하거나 되돌립니다. 같은 사람이 둘 다 할 수 없도록 데이터베이스가 막습니다.',
            en: 'The official proposes a decision; another confirms or returns it. The database refuses the same person for both.',
          }),
          msg({
            ko: '결과와 이유를 알려 드립니다. 검증은 정해진 날까지 유효하고, 그 뒤 정보를 바꾸면 ‘심사 뒤 바뀜’으로 표시됩니다.',
            en: 'You are told the result and the reason. It is valid to a date, and later changes show as “changed since vetting”.',
          }),
        ],
      ],
    },
    {
      id: 'time',
      title: msg({ ko: '기한', en: 'Time' }),
      blocks: [
        msg({
          ko: `심사는 근무일 ${ALLOWED_DAYS}일 안에 마칩니다. 보완 요청에는 ${ANSWER_DAYS}일 안에 답해 주시고, 그동안은 기한에 넣지 않습니다.`,
          en: `A case takes at most ${ALLOWED_DAYS} working days. Requests for information are to be answered within ${ANSWER_DAYS} days, which do not count.`,
        }),
      ],
    },
    {
      id: 'rights',
      title: msg({ ko: '이의와 권리', en: 'Objections and rights' }),
      blocks: [
        [
          msg({
            ko: '거절하면 이유를 알려 드리고, 30일 안에 이의를 낼 수 있습니다. 이의에는 14일 안에 답하며, 한 번 10일까지 늘릴 수 있습니다.',
            en: 'A refusal gives its reasons. You may object within 30 days; objections are answered within 14 days, once extended by up to 10.',
          }),
          msg({
            ko: '제한 명단과 이름이 비슷하다는 것만으로 거절하지 않습니다. 사람이 판단하고 그 이유를 남깁니다.',
            en: 'A similar name on a restricted list is never a refusal by itself. A person decides and records why.',
          }),
          msg({
            ko: '담당자와 이해관계가 있다고 보시면 다른 담당자를 청할 수 있습니다.',
            en: 'If you see a conflict of interest, you may ask for another official.',
          }),
          msg({
            ko: '정지된 회사는 검색과 매칭에서 빠집니다. 상대에게는 정지되었다는 사실만 보이고 이유는 보이지 않습니다.',
            en: 'A suspended company leaves search and matches. Others see that it is suspended, not why.',
          }),
        ],
      ],
    },
    {
      id: 'limits',
      title: msg({ ko: '심사가 뜻하지 않는 것', en: 'What vetting does not mean' }),
      blocks: [
        msg({
          ko: '검증은 아래 항목을 확인했다는 뜻이며, 거래의 결과를 보증하지 않습니다. 회사의 주장은 감사와 같지 않으므로 근거의 수준을 항상 함께 보여 드립니다.',
          en: 'It means that the items below were checked; it does not guarantee the outcome of any deal. A claim is not an audit, so the level of evidence is always shown.',
        }),
        msg({
          ko: '공고나 상대가 보증금, 참가비, 선금을 요구하면 응하지 말고 담당 부처에 알려 주십시오. 광맥과 담당 부처는 돈을 요구하지 않습니다.',
          en: 'If a notice or a counterpart asks for a deposit, fee or advance payment, do not pay; tell the ministry. Neither Gwangmaek nor the ministry ever asks for money.',
        }),
      ],
    },
  ],
};
