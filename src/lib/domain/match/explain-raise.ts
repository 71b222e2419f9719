import { EVIDENCE_NAMES } from '#lib/domain/match/explain-parts.ts';
import { list, type MatchNames } from '#lib/domain/match/names.ts';
import type { Change } from '#lib/domain/match/raise.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import { formatDate, formatQuantity } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { withParticle } from '#lib/i18n/particle.ts';

/** Where the company puts it right: step of the profile, row in it, field of the row. */
export interface ProfileField {
  step: 'identity' | 'capabilities' | 'evidence' | 'reach' | 'review' | 'vetting';
  row: string | null;
  key: string;
}

const changes = {
  evidence: msg<{ name: string; level: string }>({
    ko: ({ name, level }) => `‘${name}’ 역량의 근거로 ${withParticle(level, '을/를')} 올립니다.`,
    en: ({ name, level }) => `Add ${level} as evidence for “${name}”.`,
  }),
  capacity: msg<{ name: string; quantity: string }>({
    ko: ({ name, quantity }) =>
      `‘${name}’ 역량의 처리 능력을 적습니다. 점수는 요구한 만큼(${quantity}) 할 수 있을 때의 것입니다.`,
    en: ({ name, quantity }) =>
      `State the capacity of “${name}”. The points are those of what is asked, ${quantity}.`,
  }),
  unit: msg<{ name: string; unit: string }>({
    ko: ({ name, unit }) => `‘${name}’ 역량의 처리 능력을 요구 단위(${unit})로도 견줄 수 있게 적습니다.`,
    en: ({ name, unit }) => `State the capacity of “${name}” in a unit that can be compared with ${unit}.`,
  }),
  year: msg<{ name: string }>({
    ko: ({ name }) => `‘${name}’ 역량이 몇 년 자료인지 적습니다.`,
    en: ({ name }) => `State the year of “${name}”.`,
  }),
  minerals: msg<{ name: string }>({
    ko: ({ name }) => `‘${name}’ 역량을 어느 광물에 쓰는지 적습니다.`,
    en: ({ name }) => `State for which minerals “${name}” is used.`,
  }),
  renew: msg<{ name: string; day: string }>({
    ko: ({ name, day }) => `${name} 인증을 ${day} 뒤까지 유효하게 갱신하고 새 인증서를 올립니다.`,
    en: ({ name, day }) => `Renew ${name} beyond ${day} and upload the new certificate.`,
  }),
  verify: msg<{ name: string }>({
    ko: ({ name }) => `${name} 인증서를 확인받습니다.`,
    en: ({ name }) => `Have the certificate ${name} checked.`,
  }),
  add: msg<{ name: string }>({
    ko: ({ name }) => `${name} 인증이 있으면 올립니다. 없으면 받은 뒤 올립니다.`,
    en: ({ name }) => `Add ${name} if the company holds it, or once it does.`,
  }),
  confirm: msg<{ where: string }>({
    ko: ({ where }) => `${where} 실적을 발주처에 확인받습니다.`,
    en: ({ where }) => `Have the reference (${where}) confirmed by the client.`,
  }),
  language: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '으로/로')} 일할 수 있으면 적습니다.`,
    en: ({ name }) => `Add ${name} if the company can work in it.`,
  }),
  want: msg({
    ko: '원하지 않는 기회로 적은 조건을 고칩니다.',
    en: 'Change what the company has said it does not want.',
  }),
  publish: msg({ ko: '프로필을 공개합니다.', en: 'Publish the profile.' }),
  vetting: msg({ ko: '심사를 신청하거나 갱신합니다.', en: 'Apply for vetting or renew it.' }),
};

/** What to do, in a sentence. */
export function changeText(change: Change, company: MatchCompany, names: MatchNames, lang: Lang): string {
  const capabilityName = (id: string): string => {
    const row = company.capabilities.find((one) => one.id === id);
    return row === undefined ? id : names.capability(row.capability, lang);
  };
  switch (change.kind) {
    case 'evidence':
      return changes.evidence(lang, {
        name: capabilityName(change.capability),
        level: EVIDENCE_NAMES[change.to](lang),
      });
    case 'capacity':
      return changes.capacity(lang, {
        name: capabilityName(change.capability),
        quantity: formatQuantity(lang, change.amount, change.unit),
      });
    case 'unit':
      return changes.unit(lang, { name: capabilityName(change.capability), unit: change.unit });
    case 'year':
    case 'minerals':
      return changes[change.kind](lang, { name: capabilityName(change.capability) });
    case 'renew-certificate':
      return changes.renew(lang, {
        name: names.certification(change.certification, lang),
        day: formatDate(lang, change.until),
      });
    case 'verify-certificate':
      return changes.verify(lang, { name: names.certification(change.certification, lang) });
    case 'add-certificate':
      return changes.add(lang, { name: names.certification(change.certification, lang) });
    case 'confirm-reference': {
      const row = company.references.find(({ id }) => id === change.reference);
      const where = row?.country ?? null;
      const year = row?.year ?? null;
      const words = [
        where === null ? '' : names.country(where, lang),
        year === null ? '' : lang === 'ko' ? `${String(year)}년` : String(year),
      ];
      return changes.confirm(lang, { where: list(words.filter((word) => word !== '')) || change.reference });
    }
    case 'language':
      return changes.language(lang, { name: names.language(change.language, lang) });
    case 'want':
    case 'publish':
    case 'vetting':
      return changes[change.kind](lang);
  }
}

/** Where the change is made. */
export function changeField(change: Change): ProfileField {
  switch (change.kind) {
    case 'evidence':
      return { step: 'capabilities', row: change.capability, key: 'evidence' };
    case 'capacity':
      return { step: 'capabilities', row: change.capability, key: 'amount' };
    case 'unit':
      return { step: 'capabilities', row: change.capability, key: 'unit' };
    case 'year':
      return { step: 'capabilities', row: change.capability, key: 'year' };
    case 'minerals':
      return { step: 'capabilities', row: change.capability, key: 'minerals' };
    case 'renew-certificate':
    case 'verify-certificate':
      return { step: 'evidence', row: change.certification, key: 'valid_to' };
    case 'add-certificate':
      return { step: 'evidence', row: null, key: 'certification' };
    case 'confirm-reference':
      return { step: 'evidence', row: change.reference, key: 'confirmed' };
    case 'language':
      return { step: 'reach', row: null, key: 'languages' };
    case 'want':
      return { step: 'reach', row: null, key: 'unwanted' };
    case 'publish':
      return { step: 'review', row: null, key: 'publish' };
    case 'vetting':
      return { step: 'vetting', row: null, key: 'submit' };
  }
}
