import { MOST_SAVED } from '#lib/domain/search/saved.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

interface Said {
  title: Message;
  text?: Message;
}

/** What was done, after a form has led back (`?done=`). */
export const searchesDone: Record<string, Said> = {
  saved: {
    title: msg({ ko: '검색을 저장했습니다', en: 'Search saved' }),
    text: msg({
      ko: '지금 있는 결과는 아시는 것으로 보고, 앞으로 새로 맞는 것만 알려 드립니다.',
      en: 'What is there now counts as known. From here on you are told of new matches only.',
    }),
  },
  there: {
    title: msg({ ko: '이미 저장한 검색입니다', en: 'You had saved this search already' }),
    text: msg({ ko: '아래 목록에 있는 그대로입니다.', en: 'It is in the list below, unchanged.' }),
  },
  renamed: { title: msg({ ko: '이름을 바꾸었습니다', en: 'Renamed' }) },
  frequency: { title: msg({ ko: '알림 때를 바꾸었습니다', en: 'Alerts changed' }) },
  paused: {
    title: msg({ ko: '알림을 멈추었습니다', en: 'Alerts paused' }),
    text: msg({
      ko: '그동안 찾은 것은 여기에 보이고, 메일로 보내지 않습니다.',
      en: 'What is found meanwhile shows here and is not sent.',
    }),
  },
  resumed: { title: msg({ ko: '다시 알려 드립니다', en: 'Alerts resumed' }) },
  restored: { title: msg({ ko: '검색을 되살렸습니다', en: 'The search is back' }) },
  forgotten: { title: msg({ ko: '최근 검색을 지웠습니다', en: 'Removed from recent searches' }) },
  'not-kept': {
    title: msg({ ko: '최근 검색을 남기지 않습니다', en: 'Recent searches are no longer kept' }),
    text: msg({ ko: '있던 것은 모두 지웠습니다.', en: 'Those there were have been removed.' }),
  },
  kept: { title: msg({ ko: '이제 최근 검색을 남깁니다', en: 'Recent searches are kept from now on' }) },
};

/** Why a search was not saved: what is kept, what to do. */
export const searchesRefused: Record<string, Said> = {
  'too-many': {
    title: msg({
      ko: `검색은 ${MOST_SAVED}개까지 저장할 수 있습니다`,
      en: `You can save up to ${MOST_SAVED} searches`,
    }),
    text: msg({
      ko: '저장하지 않았습니다. 쓰지 않는 검색을 지우고 다시 저장해 주십시오.',
      en: 'It was not saved. Remove one you no longer use and save it again.',
    }),
  },
  'too-wide': {
    title: msg({
      ko: '찾을 말이나 조건이 있어야 저장할 수 있습니다',
      en: 'A saved search needs words or a filter',
    }),
    text: msg({
      ko: '목록에서 말을 적거나 조건을 고른 뒤 저장해 주십시오.',
      en: 'Type something or choose a filter on the list, then save it.',
    }),
  },
};
