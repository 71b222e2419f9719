import type {
  OpportunityType,
  OpportunityVisibility,
  RequirementKind,
} from '#lib/domain/opportunity/opportunity.ts';
import type { OpenText } from '#lib/domain/opportunity/kept.ts';
import type { Gap } from '#lib/domain/opportunity/draft.ts';
import type { Phase } from '#lib/domain/opportunity/status.ts';
import type { Eligibility, Names, Quantity, RequirementView } from '#lib/domain/opportunity/view.ts';
import { formatDate, formatNumber, formatQuantity } from '#lib/i18n/format.ts';
import { otherLang, type Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/** Words for opportunities, the same on every page. */
type Tone = 'ok' | 'info' | 'warn' | 'bad' | 'idle';

export const opportunityTypeWords: Record<OpportunityType, Message> = {
  offtake: msg({ ko: '오프테이크', en: 'Offtake' }),
  equity: msg({ ko: '지분 투자', en: 'Equity' }),
  epc: msg({ ko: 'EPC', en: 'EPC' }),
  equipment: msg({ ko: '설비 공급', en: 'Equipment' }),
  technology: msg({ ko: '기술', en: 'Technology' }),
  services: msg({ ko: '서비스', en: 'Services' }),
  'recycling-feed': msg({ ko: '재활용 원료', en: 'Recycling feed' }),
  research: msg({ ko: '연구', en: 'Research' }),
  oda: msg({ ko: 'ODA', en: 'ODA' }),
};

export const phaseWords: Record<Phase, { word: Message; tone: Tone; icon?: 'closed' | 'clock' | 'pause' }> = {
  draft: { word: msg({ ko: '초안', en: 'Draft' }), tone: 'idle' },
  submitted: { word: msg({ ko: '게시 검토 중', en: 'In review' }), tone: 'info', icon: 'clock' },
  upcoming: { word: msg({ ko: '시작 전', en: 'Not begun' }), tone: 'idle', icon: 'clock' },
  open: { word: msg({ ko: '모집 중', en: 'Open' }), tone: 'info' },
  closing: { word: msg({ ko: '곧 마감', en: 'Closing soon' }), tone: 'warn' },
  closed: { word: msg({ ko: '마감', en: 'Closed' }), tone: 'idle', icon: 'closed' },
  withdrawn: { word: msg({ ko: '거둠', en: 'Withdrawn' }), tone: 'idle', icon: 'closed' },
};

export const visibilityWords: Record<OpportunityVisibility, Message> = {
  public: msg({ ko: '누구나 볼 수 있습니다', en: 'Everyone' }),
  vetted: msg({ ko: '검증된 기업만 봅니다', en: 'Vetted companies only' }),
  invited: msg({ ko: '초대받은 기업만 봅니다', en: 'Invited companies only' }),
};

export const requirementKindWords: Record<RequirementKind, Message> = {
  capability: msg({ ko: '역량', en: 'Capability' }),
  certifications_any: msg({ ko: '인증', en: 'Certificate' }),
  country_experience: msg({ ko: '나라 경험', en: 'Country experience' }),
  language: msg({ ko: '문서 언어', en: 'Language of documents' }),
  min_size: msg({ ko: '기업 규모', en: 'Company size' }),
  can_invest: msg({ ko: '투자', en: 'Investment' }),
};

export const mustWords = {
  must: msg({ ko: '필수', en: 'Must' }),
  should: msg({ ko: '우대', en: 'Should' }),
};

export const sizeWords = {
  sme: msg({ ko: '중소기업', en: 'Small or medium' }),
  midsize: msg({ ko: '중견기업', en: 'Mid-size' }),
  large: msg({ ko: '대기업', en: 'Large' }),
  public: msg({ ko: '공공기관', en: 'Public body' }),
  research: msg({ ko: '연구기관', en: 'Research body' }),
};

/** Languages that documents of such projects are written in. */
export const DOCUMENT_LANGUAGES = [
  'en',
  'ko',
  'fr',
  'es',
  'pt',
  'ru',
  'zh',
  'ja',
  'id',
  'mn',
  'ar',
  'de',
  'kk',
  'uz',
  'vi',
] as const;

/** The name of a language in a language; the code itself when nobody knows it. */
export function languageName(lang: Lang, code: string): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A name in the language of the page, or in the other one when only that is there. */
export function nameIn(lang: Lang, names: Names): string {
  return names[lang] || names[otherLang(lang)];
}

/** The name in the other language, when it is there and another. */
export function otherNameOf(lang: Lang, names: Names): string | null {
  const other = names[otherLang(lang)];
  return names[lang] !== '' && other !== '' && other !== names[lang] ? other : null;
}

/** The language a text is really in, for `lang` attributes; undefined when it is the page's. */
export function langOfNames(lang: Lang, names: Names): Lang | undefined {
  return names[lang] === '' && names[otherLang(lang)] !== '' ? otherLang(lang) : undefined;
}

const either = msg({ ko: ' 또는 ', en: ' or ' });
const atLeast = msg<{ size: string }>({
  ko: ({ size }) => `${size} 이상`,
  en: ({ size }) => `${size} or larger`,
});
const anyMineral = msg({ ko: '광물 관계없음', en: 'Any mineral' });
const investing = msg({ ko: '투자할 수 있음', en: 'Able to invest' });

/** What a line is about: 농축·탈수 여과, 인증, 나라 경험. */
export function requirementTitle(lang: Lang, line: RequirementView): string {
  return line.capability ? nameIn(lang, line.capability) : requirementKindWords[line.kind](lang);
}

/** What a line asks for: 흑연, 연 6만 톤 · ISO 14001 또는 ISO 45001. */
export function requirementAsk(lang: Lang, line: RequirementView): string {
  switch (line.kind) {
    case 'capability': {
      const minerals = line.minerals.map((mineral) => nameIn(lang, mineral)).join(', ');
      const quantity = line.quantity ? formatQuantity(lang, line.quantity.amount, line.quantity.unit) : '';
      return [minerals || anyMineral(lang), quantity].filter((part) => part !== '').join(', ');
    }
    case 'certifications_any': {
      const any = line.certifications.map((one) => one.name).join(either(lang));
      return line.verifiedOnly ? verifiedOnly(lang, { any }) : any;
    }
    case 'country_experience':
      return line.countries.map((country) => nameIn(lang, country)).join(', ');
    case 'language':
      return languageName(lang, line.language ?? '');
    case 'min_size':
      return line.minSize ? atLeast(lang, { size: sizeWords[line.minSize](lang) }) : '';
    case 'can_invest':
      return investing(lang);
  }
}

const verifiedOnly = msg<{ any: string }>({
  ko: ({ any }) => `${any}, 확인된 것만`,
  en: ({ any }) => `${any}, confirmed ones only`,
});

/** Whose companies may take part, by the framework; the rule is said with it. */
export const eligibilityWords = msg<{ eligibility: Eligibility }>({
  ko: ({ eligibility: { countries, day } }) =>
    `회원국의 기업만 참여합니다. ${formatDate('ko', day)} 기준 ${countries.length}곳: ${countries.map((one) => nameIn('ko', one)).join(', ')}`,
  en: ({ eligibility: { countries, day } }) =>
    `only companies of its member countries may take part; ${countries.length} on ${formatDate('en', day)}: ${countries.map((one) => nameIn('en', one)).join(', ')}`,
});

/** One line in one sentence, for menus: `조건 1. 농축·탈수 여과, 흑연, 연 6만 톤(필수)`. */
export const requirementLine = msg<{ line: RequirementView }>({
  ko: ({ line }) =>
    `조건 ${line.position}. ${requirementTitle('ko', line)}, ${requirementAsk('ko', line)}(${line.must ? '필수' : '우대'})`,
  en: ({ line }) =>
    `Line ${line.position}. ${requirementTitle('en', line)}, ${requirementAsk('en', line)} (${line.must ? 'must' : 'should'})`,
});

export const weightWords = msg<{ weight: number }>({
  ko: ({ weight }) => `가중치 ${formatNumber('ko', weight)}`,
  en: ({ weight }) => `weight ${formatNumber('en', weight)}`,
});

export const gapWords: Record<Gap, Message> = {
  'no-title': msg({ ko: '제목을 적어 주십시오.', en: 'Give it a title.' }),
  'no-requirements': msg({ ko: '요구 조건을 하나 이상 적어 주십시오.', en: 'Add at least one requirement.' }),
  'no-deadline': msg({ ko: '마감을 적어 주십시오.', en: 'Set the deadline.' }),
  'deadline-past': msg({
    ko: '마감이 지났습니다. 앞날로 고쳐 주십시오.',
    en: 'The deadline is over. Set a later one.',
  }),
  'opens-after-deadline': msg({
    ko: '시작일이 마감보다 뒤입니다. 고쳐 주십시오.',
    en: 'The first day is after the deadline. Correct it.',
  }),
};

interface Said {
  title: Message;
  text: Message;
}

/** Refusals of the commands, as the pages say them. */
export const opportunityRefusals: Record<string, Said> = {
  stale: {
    title: msg({ ko: '다른 사람이 먼저 저장했습니다', en: 'A colleague saved first' }),
    text: msg({
      ko: '쓴 내용은 아래에 그대로 있고 아직 저장하지 않았습니다. 저장된 내용을 확인한 뒤 다시 저장하면 지금 쓴 값으로 바뀝니다.',
      en: 'What you wrote is below and not yet saved. Look at what was saved; saving again puts in your values.',
    }),
  },
  'line-removed': {
    title: msg({ ko: '다른 사람이 이 조건을 뺐습니다', en: 'A colleague took this line out' }),
    text: msg({
      ko: '저장하지 않았습니다. 쓴 내용은 아래 ‘조건 더하기’에 그대로 있으니, 필요하면 새 조건으로 더하십시오.',
      en: 'Nothing was saved. What you wrote is under “Add a requirement” below; add it as a new line if it is still wanted.',
    }),
  },
  'conflict-of-interest': {
    title: msg({ ko: '이해충돌로 할 수 없습니다', en: 'Not possible: conflict of interest' }),
    text: msg({
      ko: '공고를 낸 조직의 구성원이므로 게시하거나 돌려보낼 수 없습니다. 다른 담당자가 해야 합니다.',
      en: 'You belong to the organisation that handed it in. A colleague must publish or return it.',
    }),
  },
  'wrong-state': {
    title: msg({ ko: '지금 상태에서는 할 수 없습니다', en: 'Not possible in the present state' }),
    text: msg({
      ko: '그새 상태가 바뀌었습니다. 바뀐 것은 없습니다. 지금 상태를 확인해 주십시오.',
      en: 'The state has changed meanwhile. Nothing was changed. Please check the present state.',
    }),
  },
  incomplete: {
    title: msg({ ko: '아직 채울 것이 있습니다', en: 'Something is still missing' }),
    text: msg({ ko: '초안은 저장되어 있습니다.', en: 'The draft is saved.' }),
  },
  'publisher-not-vetted': {
    title: msg({ ko: '올린 조직이 아직 검증되지 않았습니다', en: 'The publisher is not vetted' }),
    text: msg({
      ko: '심사가 유효한 조직의 공고만 게시합니다. 심사가 끝난 뒤 게시하거나 돌려보내 주십시오.',
      en: 'Only notices of organisations with valid vetting are published. Publish it after vetting, or return it.',
    }),
  },
  'deadline-past': {
    title: msg({ ko: '마감이 지나 게시할 수 없습니다', en: 'The deadline is over' }),
    text: msg({
      ko: '돌려보내 마감을 고치게 해 주십시오.',
      en: 'Return it so that the deadline can be set anew.',
    }),
  },
  'no-members': {
    title: msg({
      ko: '마감일에 회원국이 없는 협의체입니다',
      en: 'The framework has no members on the deadline',
    }),
    text: msg({
      ko: '돌려보내 참여할 수 있는 나라를 고치게 해 주십시오.',
      en: 'Return it so that the eligible countries can be set anew.',
    }),
  },
  suspended: {
    title: msg({ ko: '참여가 정지된 기업입니다', en: 'The company is suspended' }),
    text: msg({ ko: '초대하지 않았습니다.', en: 'No invitation was sent.' }),
  },
  'too-many': {
    title: msg({ ko: '조건이 너무 많습니다', en: 'Too many requirements' }),
    text: msg({ ko: '서른 개까지 적을 수 있습니다.', en: 'Thirty at most.' }),
  },
};

/** After a success, by the `done` of the address. */
export const opportunityDone: Record<string, Said> = {
  saved: {
    title: msg({ ko: '초안을 저장했습니다', en: 'The draft is saved' }),
    text: msg({ ko: '언제든 이어서 쓸 수 있습니다.', en: 'You can go on whenever you like.' }),
  },
  submitted: {
    title: msg({ ko: '게시를 요청했습니다', en: 'Handed in for publication' }),
    text: msg({
      ko: '담당 공무원이 검토한 뒤 게시하거나 고칠 점을 적어 돌려보냅니다. 결과를 알려 드립니다.',
      en: 'An official will publish it or return it with what to change. You will be told.',
    }),
  },
  'taken-back': {
    title: msg({ ko: '요청을 거두어 초안으로 되돌렸습니다', en: 'Taken back; it is a draft again' }),
    text: msg({ ko: '고친 뒤 다시 낼 수 있습니다.', en: 'Change it and hand it in again.' }),
  },
  published: {
    title: msg({ ko: '게시했습니다', en: 'Published' }),
    text: msg({
      ko: '올린 조직에 알렸습니다. 조건과 가중치는 고정되었습니다.',
      en: 'The publisher has been told. Requirements and weights are frozen.',
    }),
  },
  returned: {
    title: msg({ ko: '돌려보냈습니다', en: 'Returned' }),
    text: msg({ ko: '고칠 점을 올린 조직에 알렸습니다.', en: 'The publisher has been told what to change.' }),
  },
  amended: {
    title: msg({ ko: '변경 공고를 냈습니다', en: 'The addendum is published' }),
    text: msg({
      ko: '관심을 표명한 모든 기업에 알렸습니다.',
      en: 'Every company that expressed interest has been told.',
    }),
  },
  closed: {
    title: msg({ ko: '마감했습니다', en: 'Closed' }),
    text: msg({
      ko: '받은 관심 표명에는 계속 답할 수 있습니다.',
      en: 'You can still answer what you received.',
    }),
  },
  withdrawn: {
    title: msg({ ko: '공고를 거두었습니다', en: 'Withdrawn' }),
    text: msg({
      ko: '관심을 표명한 기업에 알렸습니다.',
      en: 'Companies that expressed interest have been told.',
    }),
  },
  dropped: {
    title: msg({ ko: '초안을 버렸습니다', en: 'The draft is dropped' }),
    text: msg({ ko: '목록에서 내렸습니다.', en: 'It is off your list.' }),
  },
  invited: {
    title: msg({ ko: '초대했습니다', en: 'Invited' }),
    text: msg({
      ko: '게시된 공고이면 바로, 아니면 게시할 때 기업에 알립니다.',
      en: 'The company is told at once if the notice is published, otherwise on publication.',
    }),
  },
  'invited-already': {
    title: msg({ ko: '이미 초대한 기업입니다', en: 'Already invited' }),
    text: msg({ ko: '다시 알리지 않았습니다.', en: 'It was not told again.' }),
  },
  shortlisted: {
    title: msg({ ko: '후보 명단에 담았습니다', en: 'Added to the shortlist' }),
    text: msg({ ko: '명단은 우리 조직만 봅니다.', en: 'Only your organisation sees the list.' }),
  },
  noted: {
    title: msg({ ko: '메모를 저장했습니다', en: 'The note is saved' }),
    text: msg({ ko: '메모는 우리 조직만 봅니다.', en: 'Only your organisation sees it.' }),
  },
  removed: {
    title: msg({ ko: '명단에서 뺐습니다', en: 'Taken off the list' }),
    text: msg({ ko: '기업에는 알리지 않습니다.', en: 'The company is not told.' }),
  },
  hidden: {
    title: msg({ ko: '추천에서 내렸습니다', en: 'Taken off your suggestions' }),
    text: msg({
      ko: '우리 목록에만 적용하며 상대에게 알리지 않습니다.',
      en: 'This affects your list only; the other side is not told.',
    }),
  },
};

export const siteName = msg({ ko: '광맥', en: 'Gwangmaek' });

const about = msg<{ quantity: string }>({
  ko: ({ quantity }) => `약 ${quantity}`,
  en: ({ quantity }) => `about ${quantity}`,
});

/** A quantity as it may be shown: a rounded one says that it is. */
export function quantityText(lang: Lang, quantity: Quantity): string {
  const text = formatQuantity(lang, quantity.amount, quantity.unit);
  return quantity.about === true ? about(lang, { quantity: text }) : text;
}

/** In place of a publisher's name that the reader is not told. */
export const publisherKept = msg({
  ko: '이름을 밝히지 않은 공고 주체',
  en: 'A project lead that keeps its name back',
});

/** The publisher as the reader may know it. */
export function publisherName(lang: Lang, card: { named: boolean }, name: Names): string {
  return card.named ? nameIn(lang, name) : publisherKept(lang);
}

export const openTextWords: Record<OpenText, Message> = {
  title_ko: msg({ ko: '제목(한국어)', en: 'Title (Korean)' }),
  title_en: msg({ ko: '제목(영어)', en: 'Title (English)' }),
  summary_ko: msg({ ko: '설명(한국어)', en: 'Description (Korean)' }),
  summary_en: msg({ ko: '설명(영어)', en: 'Description (English)' }),
};
