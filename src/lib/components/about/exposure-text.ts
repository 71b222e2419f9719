import { msg } from '#lib/i18n/msg.ts';
import type { AboutText } from './about.ts';

export const exposureText: AboutText = {
  title: msg({ ko: '누가 보이는가', en: 'Who is shown' }),
  lead: msg({
    ko: '매칭 목록이 중소기업, 새로 등록한 기업, 지방 기업을 가리지 않는지 숫자로 공개합니다.',
    en: 'Figures that show whether match lists are fair to small firms, newcomers and every province.',
  }),
  sections: [
    {
      id: 'why',
      title: msg({ ko: '왜 세는가', en: 'Why we count' }),
      blocks: [
        msg({
          ko: '규칙은 이름, 규모, 소재지를 보지 않습니다. 그래도 결과가 한쪽으로 기울 수 있어 밤마다 세어 이 화면에 둡니다.',
          en: 'The rules see neither name nor size nor province. Results can lean to one side all the same, so they are counted every night and shown here.',
        }),
        msg({
          ko: '규모가 필수 조건인 기회에서는 그 조건이 규모를 봅니다.',
          en: 'Where an opportunity makes size a requirement, that requirement does look at size.',
        }),
      ],
    },
  ],
};
