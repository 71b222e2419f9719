import type { WeightField } from '#lib/domain/match/model-form.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** The weights of a model in words. */
export const weightFieldWords: Record<WeightField, Message> = {
  must: msg({ ko: '필수 조건은 우대 조건의 몇 배', en: 'A must line counts how many times a should line' }),
  lines_capability: msg({ ko: '역량 조건', en: 'Capability line' }),
  lines_certificate: msg({ ko: '인증 조건', en: 'Certificate line' }),
  lines_country: msg({ ko: '나라 경험 조건', en: 'Country-experience line' }),
  lines_language: msg({ ko: '문서 언어 조건', en: 'Language line' }),
  lines_size: msg({ ko: '기업 규모 조건', en: 'Size line' }),
  lines_investment: msg({ ko: '투자 조건', en: 'Investment line' }),
  context_reference: msg({ ko: '조건에 없는 실적', en: 'References beyond the lines' }),
  context_country: msg({ ko: '조건에 없는 나라 경험', en: 'Country experience beyond the lines' }),
  context_investment: msg({ ko: '조건에 없는 투자 여력', en: 'Means to invest beyond the lines' }),
  context_text: msg({ ko: '글의 일치', en: 'Agreement of texts' }),
  context_freshness: msg({ ko: '정보의 새로움', en: 'Freshness of the profile' }),
  shares_capability: msg({ ko: '하는 일', en: 'Kind of work' }),
  shares_mineral: msg({ ko: '광물', en: 'Mineral' }),
  shares_capacity: msg({ ko: '수량', en: 'Capacity' }),
  shares_evidence: msg({ ko: '근거', en: 'Evidence' }),
  shares_recency: msg({ ko: '최근 여부', en: 'Recency' }),
};

interface Said {
  title: Message;
  text: Message;
}

export const modelRefusals: Record<string, Said> = {
  stale: {
    title: msg({ ko: '그새 다른 모형으로 바뀌었습니다', en: 'Another model was switched on meanwhile' }),
    text: msg({ ko: '지금 쓰는 모형과 다시 견주어 주십시오.', en: 'Compare again with the one in use now.' }),
  },
  'wrong-state': {
    title: msg({ ko: '이미 쓰고 있는 모형입니다', en: 'This model is in use already' }),
    text: msg({ ko: '바뀐 것은 없습니다.', en: 'Nothing was changed.' }),
  },
  'second-person': {
    title: msg({ ko: '다른 담당자가 켜야 합니다', en: 'A colleague must switch it on' }),
    text: msg({
      ko: '만든 사람은 처음 켤 수 없습니다. 다른 담당자에게 견주어 보고 켜 달라고 하십시오.',
      en: 'Whoever made a model does not switch it on first. Ask a colleague to compare and switch.',
    }),
  },
};
