import { msg, type Message } from '#lib/i18n/msg.ts';

/** Version of the checklists; stored with every case and finding. A change of an item makes a new version. */
export const RULES_VERSION = '2026-11';

export interface ChecklistItem {
  id: string;
  title: Message;
  /** What the official looks at to reach a finding. */
  guidance: Message;
  /** Where the rule comes from. */
  source: string;
}

const COMPANY: readonly ChecklistItem[] = [
  {
    id: 'identity',
    title: msg({ ko: '사업자와 법인의 실재', en: 'The business exists' }),
    guidance: msg({
      ko: '사업자등록번호가 국세청에서 계속사업자로 조회되고 법인등록번호와 상호가 등기부와 같은지 봅니다.',
      en: 'The business number is active at the National Tax Service; corporate number and name agree with the register.',
    }),
    source: '부가가치세법 시행령 §12 (business number); 상업등기규칙 (corporate number)',
  },
  {
    id: 'representation',
    title: msg({ ko: '대표자와 신청 권한', en: 'Representative and authority' }),
    guidance: msg({
      ko: '대표자가 등기부와 같고, 신청한 사람이 회사를 대신할 권한이 있는지 봅니다.',
      en: 'The representative agrees with the register, and the person applying may act for the company.',
    }),
    source: '상법 §37 (commercial register)',
  },
  {
    id: 'ownership',
    title: msg({ ko: '소유 구조', en: 'Ownership' }),
    guidance: msg({
      ko: '25% 이상 주주와 실제 소유자를 주주 명부에서 확인합니다.',
      en: 'Shareholders of 25 % and more and beneficial owners, from the register of shareholders.',
    }),
    source: 'FATF Recommendation 24; OFAC 50 % rule',
  },
  {
    id: 'restricted-lists',
    title: msg({ ko: '제한 명단 대조', en: 'Check against restricted lists' }),
    guidance: msg({
      ko: '회사·옛 이름·대표자·주주를 UN, 미국, EU, 영국, 우리나라 명단과 대조하고 후보마다 판단을 적습니다.',
      en: 'Company, former names, representative and owners against the UN, US, EU, UK and Korean lists; note each candidate.',
    }),
    source: 'UN Security Council, OFAC, EU, UK and Korean lists',
  },
  {
    id: 'capability-evidence',
    title: msg({ ko: '역량의 근거', en: 'Evidence of capabilities' }),
    guidance: msg({
      ko: '주장마다 적힌 근거 수준(주장·서류·실적·감사)이 올린 자료와 맞는지 봅니다.',
      en: 'Each capability’s level of evidence (claimed, document, reference, audited) agrees with the files.',
    }),
    source: 'OECD Due Diligence Guidance, step 4: a claim never equals an audit',
  },
  {
    id: 'certificates',
    title: msg({ ko: '인증서', en: 'Certificates' }),
    guidance: msg({
      ko: '번호·범위·유효 기한을 발급 기관에서 확인합니다.',
      en: 'Number, scope and validity confirmed with the issuer.',
    }),
    source: 'scheme owner’s register of certificates',
  },
  {
    id: 'responsible-sourcing',
    title: msg({ ko: '책임 있는 공급망', en: 'Responsible supply chain' }),
    guidance: msg({
      ko: 'OECD 실사지침 부속서 II의 위험(인권·무력 집단·뇌물·자금 세탁·조세)에 관한 기록이 있는지 봅니다.',
      en: 'Any record on the risks of Annex II of the OECD guidance: abuses, armed groups, bribery, laundering, taxes.',
    }),
    source: 'OECD Due Diligence Guidance, Annex II',
  },
  {
    id: 'good-standing',
    title: msg({ ko: '조세와 부정당업자', en: 'Taxes and debarment' }),
    guidance: msg({
      ko: '납세 증명이 유효하고 부정당업자 제재를 받지 않는지 봅니다.',
      en: 'The tax certificate is valid, and the company is not debarred from public contracts.',
    }),
    source: '국가계약법 §27 (debarment); 국세징수법 §107 (tax certificate)',
  },
];

const LEAD: readonly ChecklistItem[] = [
  {
    id: 'identity',
    title: msg({ ko: '기관의 실재', en: 'The body exists' }),
    guidance: msg({
      ko: '등록부나 정부 누리집에서 기관 이름과 주소를 확인합니다. 협력국 기관은 공관이 확인합니다.',
      en: 'Name and address in a register or on a government site; partner-country bodies are confirmed by the embassy.',
    }),
    source: 'portal rule: project leads are vetted like suppliers',
  },
  {
    id: 'authority',
    title: msg({ ko: '프로젝트를 대표할 권한', en: 'Authority over the project' }),
    guidance: msg({
      ko: '광권·지분·위임장으로 프로젝트를 대신해 공고할 수 있는지 봅니다.',
      en: 'Licence, share or mandate shows that the body may publish for the project.',
    }),
    source: 'portal rule: project leads are vetted like suppliers',
  },
  {
    id: 'no-deposit',
    title: msg({ ko: '돈을 먼저 요구하지 않음', en: 'Never asks for money first' }),
    guidance: msg({
      ko: '참가비·보증금·등록비를 요구한 적이 없는지 신고와 공고문을 봅니다. 가짜 정부 입찰의 흔한 수법입니다.',
      en: 'No fee or deposit was ever asked for: see reports and the texts. A usual pattern of fake tenders.',
    }),
    source: 'KOTRA trade-fraud cases',
  },
  {
    id: 'restricted-lists',
    title: msg({ ko: '제한 명단 대조', en: 'Check against restricted lists' }),
    guidance: msg({
      ko: '기관·대표자·소유자를 UN, 미국, EU, 영국, 우리나라 명단과 대조합니다.',
      en: 'Body, heads and owners against the UN, US, EU, UK and Korean lists.',
    }),
    source: 'UN Security Council, OFAC, EU, UK and Korean lists',
  },
  {
    id: 'msp-principles',
    title: msg({
      ko: '책임 있는 핵심광물 공급망 원칙',
      en: 'Principles for Responsible Critical Mineral Supply Chains',
    }),
    guidance: msg({
      ko: '여섯 원칙(환경·토지·주민 협의·노동·지역 이익·투명)에 관한 기록을 봅니다.',
      en: 'Any record on the six principles: environment, land, consultation, labour, local benefit, transparency.',
    }),
    source: 'MSP Principles, 2023-02-07',
  },
];

/** The checklist for an organisation: a supplier’s, a lead’s, or both without repeating an item. */
export function checklistFor(organisation: { supplier: boolean; lead: boolean }): readonly ChecklistItem[] {
  const items = [...(organisation.supplier ? COMPANY : []), ...(organisation.lead ? LEAD : [])];
  return items.filter((item, index) => items.findIndex((other) => other.id === item.id) === index);
}

/** The item of an id, whichever list it stands on. */
export function checklistItem(id: string): ChecklistItem | undefined {
  return [...COMPANY, ...LEAD].find((item) => item.id === id);
}
