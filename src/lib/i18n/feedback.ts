import type { FeedbackReason } from '#lib/domain/opportunity/feedback.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** "Not relevant, because": the same reasons from either side. */
export const feedbackReasonWords: Record<FeedbackReason, Message> = {
  'not-our-work': msg({ ko: '하는 일이 다릅니다.', en: 'It is a different kind of work.' }),
  'too-big': msg({ ko: '규모가 너무 큽니다.', en: 'It is too big.' }),
  'too-small': msg({ ko: '규모가 너무 작습니다.', en: 'It is too small.' }),
  place: msg({ ko: '나라나 지역이 맞지 않습니다.', en: 'The country or region does not suit.' }),
  timing: msg({ ko: '시기가 맞지 않습니다.', en: 'The timing does not suit.' }),
  'known-already': msg({ ko: '이미 알고 있거나 거래 중입니다.', en: 'We know or deal with them already.' }),
  other: msg({ ko: '그 밖의 이유입니다.', en: 'Another reason.' }),
};
