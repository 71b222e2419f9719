import type { ConsentDocument } from '#lib/domain/account/consent.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';

/**
 * The texts a person agrees to, each in a version. What was agreed to is stored word for word, so a changed text
 * needs a new version (a test compares). Paragraphs are parted by an empty line.
 */
interface Consent {
  version: string;
  /** What one agrees to, on the box. */
  label: Message;
  body: Message;
}

export const consents: Record<ConsentDocument, Consent> = {
  terms: {
    version: '2026-11-24',
    label: msg({ ko: '이용 약관에 동의합니다', en: 'I agree to the terms of use' }),
    body: msg({
      ko: `광맥은 한국 기업과 해외 핵심광물 프로젝트를 잇는 공공 서비스입니다. 광맥에서 보내는 관심 표명은 계약이나 입찰이 아니며, 어느 쪽도 구속하지 않습니다.

가입한 사람은 자신이 속한 조직을 대신할 권한이 있는 사람이어야 하고, 적는 내용은 사실이어야 합니다. 거짓 정보를 올리거나 다른 사람의 계정을 쓰면 두 명의 공무원이 결정하여 이용을 정지할 수 있습니다.

검증은 정해진 기준을 확인했다는 뜻이며, 거래의 결과를 보증하지 않습니다. 선금이나 보증금을 요구하는 공고를 보면 담당 부처에 알려 주십시오.`,
      en: `Gwangmaek is a public service that connects Korean companies and critical-mineral projects abroad. An expression of interest sent here is neither a contract nor a bid and binds neither side.

Whoever signs up must be entitled to act for their organisation, and what they state must be true. For false information or use of another person’s account, two officials may decide to suspend participation.

Being vetted means that the published criteria were checked; it does not guarantee the outcome of any deal. If a notice asks for an advance payment or a deposit, please tell the ministry.`,
    }),
  },
  privacy: {
    version: '2026-11-24',
    label: msg({
      ko: '개인정보 수집과 이용에 동의합니다',
      en: 'I agree to the collection and use of my personal data',
    }),
    body: msg({
      ko: `수집 항목: 이름, 메일 주소, 비밀번호(되돌릴 수 없게 바꾼 값), 소속과 역할, 접속 기록(시각, 네트워크 주소, 브라우저 이름).

목적: 본인 확인과 로그인, 조직의 구성원 관리, 알림 발송, 부정 이용 방지.

보유 기간: 탈퇴할 때까지. 접속 기록은 1년, 심사와 결정의 기록은 관계 법령이 정한 기간 동안 보관합니다.

동의하지 않을 권리가 있습니다. 다만 이 항목들은 계정을 만드는 데 꼭 필요하여, 동의하지 않으면 가입할 수 없습니다.`,
      en: `What is collected: your name, mail address, password (in a form that cannot be turned back), organisation and role, and access records (time, network address, name of the browser).

Why: to know who you are and sign you in, to manage an organisation’s people, to send notices, and to prevent misuse.

How long: until you close the account. Access records are kept for one year; records of vetting and decisions for as long as the law requires.

You may refuse. Without these items an account cannot be made, so you could then not sign up.`,
    }),
  },
  'contacts-abroad': {
    version: '2026-11-24',
    label: msg({
      ko: '해외 프로젝트 주체에게 연락처를 주는 것(제3자 제공과 국외 이전)에 동의합니다',
      en: 'I agree that my contacts are given to project leads abroad (third-party provision and transfer overseas)',
    }),
    body: msg({
      ko: `받는 자: 관심 표명을 받아들인 프로젝트 주체. 이전되는 나라: 그 프로젝트나 주체가 있는 나라로, 공고에 적혀 있습니다.

항목: 이름, 회사 메일 주소, 회사 이름과 역할. 목적: 관심 표명을 받아들인 뒤의 협의. 시기와 방법: 받아들인 때에 이 사이트의 화면으로 보여 줍니다.

보유 기간: 협의가 끝나고 1년까지. 동의하지 않을 권리가 있으며, 동의하지 않아도 가입과 다른 이용에는 불이익이 없습니다. 이때 연락은 광맥 안에서 이루어집니다. 동의는 계정 화면에서 언제든 거둘 수 있습니다.`,
      en: `Who receives it: the project lead that has accepted your expression of interest. Country: where that project or lead is, as stated in the notice.

What: your name, work mail address, company and role. Why: to talk after the acceptance. When and how: shown on this site from the acceptance on.

How long: until one year after the talks end. You may refuse; it has no disadvantage for signing up or anything else, and contact then stays within Gwangmaek. You can withdraw at any time on your account page.`,
    }),
  },
  news: {
    version: '2026-11-24',
    label: msg({
      ko: '새 기회와 행사 소식을 메일로 받는 것에 동의합니다',
      en: 'I agree to receive news of opportunities and events by mail',
    }),
    body: msg({
      ko: `항목: 이름, 메일 주소, 회사의 역량. 목적: 맞는 새 기회와 설명회, 사업조사단 소식을 보내는 것. 보유 기간: 동의를 거둘 때까지.

동의하지 않을 권리가 있으며, 동의하지 않아도 불이익이 없습니다. 심사와 관심 표명에 관한 알림은 이 동의와 관계없이 보냅니다.`,
      en: `What: your name, mail address and the company’s capabilities. Why: to send news of matching opportunities, briefings and delegations. How long: until you withdraw.

You may refuse without any disadvantage. Notices about vetting and expressions of interest are sent regardless of this consent.`,
    }),
  },
};

/** The text as stored with a consent. */
export function consentText(document: ConsentDocument, lang: Lang) {
  const { version, label, body } = consents[document];
  return { document, version, lang, body: `${label(lang)}\n\n${body(lang)}` };
}
