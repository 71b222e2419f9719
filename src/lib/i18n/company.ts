import type { CountryExperienceKind, EvidenceLevel } from '#lib/domain/company/company.ts';
import type { ProfileItemId } from '#lib/domain/company/completeness.ts';
import type { IdentifierHint, IdentifierWarning } from '#lib/domain/company/identifiers.ts';
import type { ProfileStep } from '#lib/domain/company/profile.ts';
import { provinceInEnglish } from '#lib/domain/company/provinces.ts';
import type { Names } from '#lib/domain/opportunity/view.ts';
import { regionName } from '#lib/i18n/countries.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { nameIn } from '#lib/i18n/opportunity.ts';

/** Words of company profiles, the same on the company's, the public and the ministry's side. */

export const stepWords: Record<ProfileStep, Message> = {
  identity: msg({ ko: '신원', en: 'Identity' }),
  capabilities: msg({ ko: '역량', en: 'Capabilities' }),
  evidence: msg({ ko: '증빙', en: 'Evidence' }),
  reach: msg({ ko: '거래 범위', en: 'Reach' }),
  review: msg({ ko: '검토', en: 'Review' }),
};

export const experienceWords: Record<CountryExperienceKind, Message> = {
  office: msg({ ko: '현지 사무소', en: 'Office' }),
  project: msg({ ko: '현지 사업', en: 'Project' }),
  export: msg({ ko: '수출', en: 'Export' }),
  jv: msg({ ko: '합작 투자', en: 'Joint venture' }),
};

export const evidenceHints: Record<EvidenceLevel, Message> = {
  claimed: msg({ ko: '확인 자료 없이 적습니다.', en: 'Stated without anything to check it by.' }),
  document: msg({
    ko: '성능 시험서, 도면 같은 자료를 올립니다.',
    en: 'You upload a test report, a drawing or the like.',
  }),
  reference: msg({
    ko: '이 역량으로 납품하거나 시공한 실적이 있습니다.',
    en: 'You have delivered or built with this capability.',
  }),
  audited: msg({ ko: '감사 기관의 보고서를 올립니다.', en: 'You upload the report of an outside auditor.' }),
};

export const identifierHints: Record<IdentifierHint, Message> = {
  'brn-individual': msg({
    ko: '가운데 두 자리로 보아 개인사업자 번호입니다.',
    en: 'By its middle digits this is the number of a sole proprietor.',
  }),
  'brn-corporation': msg({
    ko: '가운데 두 자리로 보아 영리법인 번호입니다.',
    en: 'By its middle digits this is the number of a company.',
  }),
  'brn-non-profit': msg({
    ko: '가운데 두 자리로 보아 비영리법인 번호입니다.',
    en: 'By its middle digits this is the number of a non-profit body.',
  }),
  'brn-public': msg({
    ko: '가운데 두 자리로 보아 국가나 지방자치단체 번호입니다.',
    en: 'By its middle digits this is the number of a public authority.',
  }),
  'brn-foreign': msg({
    ko: '가운데 두 자리로 보아 외국법인 번호입니다.',
    en: 'By its middle digits this is the number of a foreign company.',
  }),
  'brn-branch': msg({
    ko: '가운데 두 자리로 보아 법인 지점 번호입니다.',
    en: 'By its middle digits this is the number of a branch.',
  }),
  'crn-commercial': msg({
    ko: '법인등록번호는 상사법인 번호입니다.',
    en: 'The corporate number is that of a commercial company.',
  }),
  'crn-civil': msg({
    ko: '법인등록번호는 민사법인 번호입니다.',
    en: 'The corporate number is that of a civil-law body.',
  }),
  'crn-special': msg({
    ko: '법인등록번호는 특수법인 번호입니다.',
    en: 'The corporate number is that of a body under a special law.',
  }),
  'crn-other': msg({
    ko: '법인등록번호는 그 밖의 법인 번호입니다.',
    en: 'The corporate number is that of another kind of body.',
  }),
  'crn-foreign': msg({
    ko: '법인등록번호는 외국법인 번호입니다.',
    en: 'The corporate number is that of a foreign company.',
  }),
};

export const identifierWarnings: Record<IdentifierWarning, Message> = {
  'crn-checksum': msg({
    ko: '법인등록번호의 마지막 자리가 맞지 않습니다. 2025. 1. 31. 뒤에 받은 번호라면 괜찮습니다. 아니라면 등기와 견주어 주십시오.',
    en: 'The last digit of the corporate number does not fit. That is fine for numbers issued since 31 Jan 2025; otherwise compare it with the register.',
  }),
};

/** What a profile item is, as a thing to do: a verb with its object. */
export const itemActions: Record<ProfileItemId, Message> = {
  names: msg({ ko: '한글과 영문 이름 적기', en: 'Write both names' }),
  brn: msg({ ko: '사업자등록번호 적기', en: 'Write the business number' }),
  size: msg({ ko: '회사 규모 고르기', en: 'Choose the size' }),
  province: msg({ ko: '소재지 고르기', en: 'Choose the province' }),
  representative: msg({ ko: '대표자 적기', en: 'Name the representative' }),
  ksic: msg({ ko: '업종 고르기', en: 'Choose the industry' }),
  'summary-ko': msg({ ko: '한국어 소개 쓰기', en: 'Write the Korean summary' }),
  'summary-en': msg({ ko: '영어 소개 쓰기', en: 'Write the English summary' }),
  capability: msg({ ko: '역량 적기', en: 'Add a capability' }),
  'capability-minerals': msg({ ko: '다루는 광물 고르기', en: 'Choose the minerals' }),
  capacity: msg({ ko: '처리 능력 적기', en: 'Give the capacity' }),
  'capacity-year': msg({ ko: '기준 연도 적기', en: 'Give the year' }),
  'capability-evidence': msg({ ko: '근거 올리기', en: 'Add evidence' }),
  certificate: msg({ ko: '인증서 적기', en: 'Add a certificate' }),
  'certificate-file': msg({ ko: '인증서 파일 올리기', en: 'Upload the certificates' }),
  reference: msg({ ko: '실적 적기', en: 'Add a reference' }),
  country: msg({ ko: '나라 경험 적기', en: 'Add country experience' }),
  languages: msg({ ko: '사용 언어 고르기', en: 'Choose the languages' }),
};

/** Why it is asked for, or what it does. */
export const itemReasons: Record<ProfileItemId, Message> = {
  names: msg({
    ko: '한글 이름과 법적 영문 이름이 모두 있어야 합니다.',
    en: 'The Korean and the legal English name are both needed.',
  }),
  brn: msg({
    ko: '같은 회사가 두 번 등록되지 않게 합니다.',
    en: 'It keeps a firm from being registered twice.',
  }),
  size: msg({ ko: '규모를 정한 기회가 있습니다.', en: 'Some opportunities ask for a size.' }),
  province: msg({ ko: '목록에서 회사를 찾을 때 씁니다.', en: 'It is used to find you in the list.' }),
  representative: msg({
    ko: '심사에서 확인합니다. 누구에게나 보이지는 않습니다.',
    en: 'It is checked in vetting and not shown to everyone.',
  }),
  ksic: msg({ ko: '하는 일을 통계 분류로 찾을 수 있게 합니다.', en: 'It lets people find you by industry.' }),
  'summary-ko': msg({ ko: '한국어로 보는 사람에게 보입니다.', en: 'Shown to readers of Korean.' }),
  'summary-en': msg({ ko: '프로젝트 주체는 대부분 영어로 봅니다.', en: 'Most project leads read English.' }),
  capability: msg({
    ko: '역량이 없으면 기회와 맞출 수 없습니다.',
    en: 'Without a capability nothing can be matched.',
  }),
  'capability-minerals': msg({
    ko: '광물을 정한 기회에서 점수를 얻습니다.',
    en: 'It scores where an opportunity names minerals.',
  }),
  capacity: msg({
    ko: '수량을 묻는 기회에서 점수를 얻습니다.',
    en: 'It scores where an opportunity asks for a quantity.',
  }),
  'capacity-year': msg({ ko: '처리 능력이 언제의 것인지 알립니다.', en: 'It says when the capacity holds.' }),
  'capability-evidence': msg({
    ko: '근거가 굳을수록 역량 점수가 높습니다.',
    en: 'The firmer the evidence, the higher the score.',
  }),
  certificate: msg({
    ko: '인증을 요구하는 기회의 통과 조건입니다.',
    en: 'A condition to pass where certificates are demanded.',
  }),
  'certificate-file': msg({
    ko: '심사에서 확인할 수 있게 합니다.',
    en: 'It can then be checked in vetting.',
  }),
  reference: msg({ ko: '해 본 일은 근거가 됩니다.', en: 'What you have done is evidence.' }),
  country: msg({
    ko: '나라 경험을 묻는 기회에서 점수를 얻습니다.',
    en: 'It scores where experience in a country is asked for.',
  }),
  languages: msg({
    ko: '문서 언어를 정한 기회가 있습니다.',
    en: 'Some opportunities name a language for documents.',
  }),
};

/** Shown in place of the name of a company that keeps it back. */
export const nameKept = msg({ ko: '이름을 밝히지 않은 기업', en: 'A company that keeps its name back' });

/** The language a text of users is in, for `lang` attributes; undefined when it is the page's or cannot be told. */
export function langOfText(lang: Lang, text: string): Lang | undefined {
  const found = /[가-힣]/u.test(text) ? 'ko' : /[a-z]/iu.test(text) ? 'en' : lang;
  return found === lang ? undefined : found;
}

/** Where a company has worked: countries, or parts of the world while it keeps its name back. */
export function experienceOf(
  lang: Lang,
  { countries, regions }: { countries: readonly Names[]; regions: readonly string[] },
): string[] {
  return [
    ...countries.map((country) => nameIn(lang, country)),
    ...regions.map((region) => regionName(region)(lang)),
  ];
}

export function provinceName(lang: Lang, ko: string): string {
  return lang === 'ko' ? ko : provinceInEnglish(ko);
}

interface Said {
  title: Message;
  text?: Message;
}

/** What was done, after the form has led here (`?done=`). */
export const profileDone: Record<string, Said> = {
  registered: {
    title: msg({ ko: '기업을 등록했습니다', en: 'Your company is registered' }),
    text: msg({
      ko: '역량을 하나 적어 보십시오. 공개하기 전에는 우리 조직만 봅니다.',
      en: 'Try adding one capability. Until you publish, only your organisation sees it.',
    }),
  },
  identity: { title: msg({ ko: '신원을 저장했습니다', en: 'Identity saved' }) },
  capability: { title: msg({ ko: '역량을 저장했습니다', en: 'Capability saved' }) },
  certification: { title: msg({ ko: '인증서를 저장했습니다', en: 'Certificate saved' }) },
  reference: { title: msg({ ko: '실적을 저장했습니다', en: 'Reference saved' }) },
  country: { title: msg({ ko: '나라 경험을 저장했습니다', en: 'Country experience saved' }) },
  reach: { title: msg({ ko: '거래 범위를 저장했습니다', en: 'Reach saved' }) },
  file: { title: msg({ ko: '파일을 올렸습니다', en: 'File uploaded' }) },
  removed: { title: msg({ ko: '지웠습니다', en: 'Removed' }) },
  'file-removed': { title: msg({ ko: '파일을 지웠습니다', en: 'File removed' }) },
  published: {
    title: msg({ ko: '프로필을 공개했습니다', en: 'Your profile is public' }),
    text: msg({
      ko: '이제 기회와 맞추고 찾기에 나옵니다. 다음은 심사입니다.',
      en: 'It is now matched with opportunities and found in searches. Vetting comes next.',
    }),
  },
};

/** Refusals that are not about one field: what happened, what is kept, what to do. */
export const profileRefusals: Record<string, Said> = {
  stale: {
    title: msg({ ko: '그사이에 다른 창이나 동료가 저장했습니다', en: 'Somebody saved this meanwhile' }),
    text: msg({
      ko: '적으신 것은 아래에 그대로 있습니다. 지금 저장된 내용과 견주어 보고 다시 저장하면 아래 내용이 남습니다.',
      en: 'What you typed is kept below. Compare it with what is saved now; saving again keeps what is below.',
    }),
  },
  gone: {
    title: msg({ ko: '그사이에 지워진 항목입니다', en: 'This entry was removed meanwhile' }),
    text: msg({
      ko: '적으신 것은 아래에 그대로 있습니다. 저장하면 새 항목이 됩니다.',
      en: 'What you typed is kept below. Saving makes it a new entry.',
    }),
  },
  duplicate: {
    title: msg({ ko: '같은 번호를 쓰는 조직이 있습니다', en: 'Another organisation has this number' }),
    text: msg({
      ko: '같은 회사라면 새로 등록하지 말고 그 조직에 참여를 요청해 주십시오. 아무것도 바꾸지 않았습니다.',
      en: 'If it is the same firm, do not register it again: ask to join it. Nothing was changed.',
    }),
  },
  'required-once-published': {
    title: msg({ ko: '공개한 프로필에 꼭 있어야 하는 내용입니다', en: 'A public profile must have this' }),
    text: msg({
      ko: '지우지 않았습니다. 다른 내용을 먼저 더한 뒤에 지울 수 있습니다.',
      en: 'It was not removed. Add another first, then remove this one.',
    }),
  },
  incomplete: {
    title: msg({ ko: '아직 공개할 수 없습니다', en: 'Not ready to be public' }),
    text: msg({
      ko: '아래의 빠진 것을 먼저 채워 주십시오.',
      en: 'Please fill in what is missing below first.',
    }),
  },
  'file-in-use': {
    title: msg({ ko: '쓰이고 있는 파일입니다', en: 'The file is in use' }),
    text: msg({
      ko: '역량, 인증서, 실적이나 보완 답변의 근거입니다. 거기에서 먼저 떼어 주십시오.',
      en: 'A capability, certificate, reference or an answer rests on it. Take it off there first.',
    }),
  },
};

/** A company as the reader may know it. */
export function companyName(lang: Lang, company: { masked: boolean; name: Names }): string {
  return company.masked ? nameKept(lang) : nameIn(lang, company.name);
}
