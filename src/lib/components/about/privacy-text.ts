import { msg } from '#lib/i18n/msg.ts';
import type { AboutText } from './about.ts';

/** Consistent with the consent texts of sign-up (`i18n/consents.ts`), which are stored with each consent. */
export const privacyText: AboutText = {
  title: msg({ ko: '개인정보 처리방침', en: 'Privacy' }),
  lead: msg({
    ko: '계정에 꼭 필요한 것만 필수로 받고, 나머지는 따로 묻습니다. 미리 표시된 동의는 없습니다.',
    en: 'Only what an account needs is required; everything else is asked for separately. No box is ticked beforehand.',
  }),
  sections: [
    {
      id: 'required',
      title: msg({ ko: '필수로 처리하는 것', en: 'What is required' }),
      blocks: [
        [
          msg({
            ko: '항목: 이름, 메일 주소, 비밀번호(되돌릴 수 없게 바꾼 값), 소속과 역할, 접속 기록(시각, 네트워크 주소, 브라우저 이름)',
            en: 'What: name, mail address, password (in a form that cannot be turned back), organisation and role, access records (time, network address, name of the browser)',
          }),
          msg({
            ko: '목적: 본인 확인과 로그인, 구성원 관리, 알림 발송, 부정 이용 방지',
            en: 'Why: to know who you are and sign you in, to manage an organisation’s people, to send notices, to prevent misuse',
          }),
          msg({
            ko: '기간: 탈퇴할 때까지. 접속 기록은 1년, 심사와 결정의 기록은 관계 법령이 정한 기간',
            en: 'How long: until you close the account. Access records one year; records of vetting and decisions for as long as the law requires',
          }),
        ],
        msg({
          ko: '주민등록번호는 받지도 저장하지도 않습니다. 개인사업자의 사업자등록번호는 개인정보로 다룹니다.',
          en: 'Resident registration numbers are neither asked for nor stored. Business numbers of sole proprietors are treated as personal data.',
        }),
      ],
    },
    {
      id: 'optional',
      title: msg({ ko: '동의할 때만 하는 것', en: 'Only if you agree' }),
      blocks: [
        [
          msg({
            ko: '해외 프로젝트 주체에게 연락처 제공(제3자 제공과 국외 이전): 관심 표명을 받아들인 주체에게 이름, 회사 메일 주소, 회사 이름과 역할을 보여 줍니다. 이전되는 나라는 공고에 적힌 나라이며, 협의가 끝나고 1년까지입니다.',
            en: 'Contacts given to project leads abroad (third-party provision and transfer overseas): a lead that accepts your expression of interest sees your name, work mail address, company and role. The country is the one named in the notice; until one year after the talks end.',
          }),
          msg({
            ko: '이름을 밝히지 않고 참여: 회사가 이름을 감추면 주체에게 회사 이름과 담당자 연락처를 보여 주지 않습니다. 초대나 관심 표명마다 양쪽이 모두 이름 밝히기에 동의한 뒤에만 보여 주며, 연락처는 관심 표명을 주체가 받아들인 뒤에 보여 줍니다. 상대가 동의하기 전에는 거둘 수 있습니다.',
            en: 'Taking part without a name: while a company keeps its name back, no lead sees its name or the contact. They are shown only once both sides of an invitation or an expression of interest agree to show names, the contact also only after acceptance. Until the other side has agreed you can take it back.',
          }),
          msg({
            ko: '팀에서 연락처 나누기(제3자 제공): 팀에 들거나 함께하자고 하면 팀에 든 기업에 이름과 메일 주소를 보여 주고, 주체가 팀을 받아들이면 그 주체에게도 보여 줍니다. 그 기회의 협의가 끝나고 1년까지입니다.',
            en: 'Contacts shared in a team (third-party provision): when you join a team or ask a partner, the companies of the team see your name and mail address, and so does a lead that accepts the team; until one year after the talks on that opportunity end.',
          }),
          msg({
            ko: '함께할 상대로 보여 주기: 동의한 기업만 다른 기업의 화면에 이름과 공개된 정보로 나옵니다. 기업 정보의 거래 범위에서 언제든 거둘 수 있습니다.',
            en: 'Being proposed as a partner: only companies that agreed appear on other companies’ pages, by name and public facts. It can be withdrawn at any time on the reach page of the profile.',
          }),
          msg({
            ko: '새 기회와 행사 소식을 메일로 보내기',
            en: 'News of opportunities and events by mail',
          }),
        ],
        msg({
          ko: '동의하지 않아도 가입과 다른 이용에 불이익이 없고, 언제든 계정 화면에서 거둘 수 있습니다. 동의한 글의 판과 시각을 저장합니다.',
          en: 'Refusing has no disadvantage for signing up or anything else, and you can withdraw at any time on your account page. The version of the text and the time of consent are stored.',
        }),
      ],
    },
    {
      id: 'seen',
      title: msg({ ko: '누가 봅니까', en: 'Who sees it' }),
      blocks: [
        [
          msg({
            ko: '같은 조직의 구성원: 이름, 메일 주소, 역할',
            en: 'People of the same organisation: name, mail address, role',
          }),
          msg({
            ko: '담당 공무원: 심사에 필요한 정보. 누가 언제 무엇을 바꾸고 결정했는지 기록되며, 기록은 고치거나 지울 수 없습니다.',
            en: 'Officials: what vetting needs. Who changed and decided what and when is recorded, and those records cannot be changed or deleted.',
          }),
          msg({
            ko: '매칭 결과에 낸 이의: 낸 조직의 구성원과 담당 공무원만 봅니다. 상대 회사나 주체에게는 보이지 않습니다.',
            en: 'Objections to a match: people of the organisation that objects, and officials. The other side does not see them.',
          }),
          msg({
            ko: '누구나: 회사가 공개한 기업 정보. 사람의 연락처는 공개하지 않습니다.',
            en: 'Anyone: what a company publishes of itself. Contacts of persons are never public.',
          }),
        ],
        msg({
          ko: '개인정보를 팔거나 광고에 쓰지 않습니다. 다른 회사의 분석 도구나 글꼴, 지도를 불러오지 않으므로 방문 사실이 밖으로 나가지 않습니다.',
          en: 'Personal data is not sold or used for advertising. No analytics, fonts or maps of others are loaded, so a visit is known to nobody else.',
        }),
      ],
    },
    {
      id: 'searches',
      title: msg({ ko: '찾은 말과 저장한 검색', en: 'What you search for' }),
      blocks: [
        [
          msg({
            ko: '저장한 검색: 지우실 때까지 보관하고, 지운 뒤 7일이 지나면 되살릴 수 없게 파기합니다. 찾은 결과 가운데 무엇을 알려 드렸는지도 함께 보관합니다. 나만 보며, 메일의 링크로 로그인하지 않고 알림을 멈출 수 있습니다.',
            en: 'Saved searches: kept until you remove them, destroyed for good 7 days after that, together with the note of what you were told. Only you see them, and a link in each mail stops the alerts without signing in.',
          }),
          msg({
            ko: '새 매칭 알림: 회사나 공고 주체의 구성원에게 무엇을 알려 드렸는지 계정이 있는 동안 보관해 같은 것을 두 번 알리지 않습니다. 알림 때는 사람마다 정하며, 메일의 링크로 로그인하지 않고 멈출 수 있습니다.',
            en: 'Alerts of new matches: what a member of a company or publisher was told is kept while the account exists, so that nothing is told twice. Each person sets how often, and a link in each mail stops them without signing in.',
          }),
          msg({
            ko: '최근 검색: 로그인한 분께만, 30일까지 보관합니다. 저장한 검색 화면에서 하나씩 또는 모두 지우거나 남기지 않게 할 수 있습니다.',
            en: 'Recent searches: only of people who are signed in, for at most 30 days. On the page of saved searches you can remove them one by one or all, or have none kept.',
          }),
          msg({
            ko: '통계: 찾은 말과 결과가 없던 횟수를 사람 없이 날마다 세어 30일까지 보관합니다. 번호나 메일 주소처럼 보이는 말은 세지 않고, 둘 이상이 찾은 말만 담당 공무원에게 보입니다. 둘 이상인지는 길어야 7일마다 버리는 열쇠로 만든 표식을 비교해 알아내며, 표식으로는 사람을 되찾을 수 없습니다.',
            en: 'Statistics: words searched for, and how often they found nothing, are counted by day without the person and kept for at most 30 days. What looks like a number or a mail address is not counted, and officials see only words that more than one person searched for. That it was more than one is found by comparing marks made with a key that is thrown away after about a week; a mark does not lead back to a person.',
          }),
        ],
      ],
    },
    {
      id: 'cookies',
      title: msg({ ko: '쿠키', en: 'Cookies' }),
      blocks: [
        msg({
          ko: '로그인을 유지하는 쿠키 하나와, 가입 중에 메일 확인을 기다리는 동안의 쿠키 하나만 씁니다. 추적하는 쿠키는 없습니다.',
          en: 'There is one cookie that keeps you signed in, and one while a sign-up waits for its mail to be confirmed. There are no tracking cookies.',
        }),
      ],
    },
    {
      id: 'rights',
      title: msg({ ko: '권리', en: 'Your rights' }),
      blocks: [
        msg({
          ko: '자신의 정보를 보고, 고치고, 지우고, 처리를 멈추도록 청할 수 있습니다. 이름과 메일, 비밀번호, 로그인한 기기, 선택 동의는 계정 화면에서 바로 바꿀 수 있고, 나머지는 담당 부처에 청해 주십시오.',
          en: 'You may see, correct and delete your data, or have its processing stopped. Name, mail, password, signed-in devices and optional consents can be changed on your account pages; ask the ministry for everything else.',
        }),
        msg({
          ko: '목적을 이룬 개인정보는 지체 없이 파기합니다. 심사와 결정의 기록에는 사람을 알아볼 수 없는 번호만 남깁니다.',
          en: 'Personal data is destroyed without delay once its purpose is met. Records of vetting and decisions keep only a number that does not identify the person.',
        }),
        msg({
          ko: '유출을 알게 되면 72시간 안에 감독 기관에 알리고, 해당하는 분께 지체 없이 알립니다.',
          en: 'A breach is reported to the authority within 72 hours, and to those concerned without delay.',
        }),
      ],
    },
  ],
};
