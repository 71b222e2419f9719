import type { InvitationBar, InvitationEventKind } from '#lib/domain/engagement/invitation.ts';
import { interestEventWords, interestRefusals } from '#lib/i18n/engagement.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Words for showing names on an invitation. */

interface Said {
  title: Message;
  text: Message;
}

/** Both sides read the same. */
export const invitationEventWords: Record<'invited' | InvitationEventKind, Message> = {
  invited: msg({ ko: '올린 곳이 기업을 초대했습니다.', en: 'The publisher invited the company.' }),
  'company-asked': msg({
    ko: '기업이 올린 곳에 이름을 밝혀 달라고 했습니다.',
    en: 'The company asked the publisher to show its name.',
  }),
  'lead-asked': msg({
    ko: '올린 곳이 기업에 이름을 밝혀 달라고 했습니다.',
    en: 'The publisher asked the company to show its name.',
  }),
  'company-agreed': interestEventWords['company-agreed'],
  'company-disagreed': interestEventWords['company-disagreed'],
  'lead-agreed': interestEventWords['lead-agreed'],
  'lead-disagreed': interestEventWords['lead-disagreed'],
  'names-shown': interestEventWords['names-shown'],
};

/** Why nothing more can be agreed to or asked here. */
export const invitationBars: Record<InvitationBar, Message> = {
  suspended: msg({
    ko: '우리 조직의 참여가 정지되어 있어 지금은 이름을 밝히거나 물을 수 없습니다.',
    en: 'Your participation is suspended: names can be neither shown nor asked for now.',
  }),
  screened: msg({
    ko: '제한 명단 확인 결과 때문에 지금은 이름을 밝히거나 물을 수 없습니다.',
    en: 'The outcome of a restricted-party check stands in the way: names can be neither shown nor asked for now.',
  }),
  'other-out': msg({
    ko: '상대가 지금 참여할 수 없어 이름을 밝히거나 물을 수 없습니다.',
    en: 'The other side cannot take part now: names can be neither shown nor asked for.',
  }),
  over: msg({
    ko: '공고가 끝나 초대로는 더 이름을 밝힐 수 없습니다.',
    en: 'The notice is over: names can no longer be shown on the invitation.',
  }),
  'not-published': msg({
    ko: '공고가 게시되면 이름을 밝히거나 물을 수 있습니다.',
    en: 'Names can be shown or asked for once the notice is published.',
  }),
  'interest-expressed': msg({
    ko: '기업이 관심을 표명했습니다. 이름 밝히기는 관심 표명 화면에서 이어집니다.',
    en: 'The company has expressed interest. Showing names goes on at the expression of interest.',
  }),
};

const refused = msg({ ko: '바뀐 것은 없습니다', en: 'Nothing was changed' });
const fromBar = (bar: InvitationBar): Said => ({ title: refused, text: invitationBars[bar] });

export const invitationRefusals: Record<string, Said> = {
  suspended: fromBar('suspended'),
  screened: fromBar('screened'),
  'other-out': fromBar('other-out'),
  over: fromBar('over'),
  'not-published': fromBar('not-published'),
  'interest-expressed': fromBar('interest-expressed'),
  ...Object.fromEntries(
    ['nothing-kept', 'shown'].flatMap((code) => {
      const said = interestRefusals[code];
      return said === undefined ? [] : [[code, said]];
    }),
  ),
};
