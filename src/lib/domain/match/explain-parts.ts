import type { EvidenceLevel } from '#lib/domain/company/company.ts';
import { countryWorth, nearestMineral } from '#lib/domain/match/facts.ts';
import { list, type MatchNames } from '#lib/domain/match/names.ts';
import type { CapabilitySlot, Need, Slot } from '#lib/domain/match/need.ts';
import { experienceId, type Part, type PartName } from '#lib/domain/match/score.ts';
import type { MatchCapability, MatchCompany } from '#lib/domain/match/types.ts';
import { formatDate, formatQuantity } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import { withParticle } from '#lib/i18n/particle.ts';

/** What each part says in a sentence, in both languages. */

const PART_LABELS: Record<PartName, Message> = {
  capability: msg({ ko: '역량', en: 'Capability' }),
  mineral: msg({ ko: '광물', en: 'Mineral' }),
  capacity: msg({ ko: '처리 능력', en: 'Capacity' }),
  evidence: msg({ ko: '근거 수준', en: 'Evidence' }),
  recency: msg({ ko: '최근 자료', en: 'Recent figures' }),
  certificate: msg({ ko: '인증', en: 'Certificates' }),
  country: msg({ ko: '나라 경험', en: 'Country experience' }),
  language: msg({ ko: '언어', en: 'Language' }),
  size: msg({ ko: '기업 규모', en: 'Company size' }),
  investment: msg({ ko: '투자', en: 'Investment' }),
  reference: msg({ ko: '같은 종류의 실적', en: 'References of the same kind' }),
  text: msg({ ko: '소개 글', en: 'Words in common' }),
  freshness: msg({ ko: '프로필 최신성', en: 'Freshness of the profile' }),
  shared: msg({ ko: '여러 근거', en: 'Several rows' }),
};

export const EVIDENCE_NAMES: Record<EvidenceLevel, Message> = {
  claimed: msg({ ko: '스스로 적은 내용', en: 'the company’s own statement' }),
  document: msg({ ko: '문서', en: 'a document' }),
  reference: msg({ ko: '납품 실적', en: 'a reference' }),
  audited: msg({ ko: '제3자 감사', en: 'a third-party audit' }),
};

const capability = {
  same: msg<{ name: string }>({
    ko: ({ name }) => `‘${name}’ 역량이 있습니다.`,
    en: ({ name }) => `The company has the capability “${name}”.`,
  }),
  related: msg<{ held: string; asked: string; reason: string }>({
    ko: ({ held, asked, reason }) => `‘${asked}’ 대신 가까운 ‘${held}’ 역량이 있습니다. ${reason}`,
    en: ({ held, asked, reason }) => `Instead of “${asked}” it has the related “${held}”. ${reason}`,
  }),
  stage: msg<{ held: string; asked: string }>({
    ko: ({ held, asked }) => `‘${asked}’ 역량은 없고 같은 단계의 ‘${held}’ 역량이 있습니다.`,
    en: ({ held, asked }) => `It does not have “${asked}”, only “${held}” in the same stage.`,
  }),
  none: msg<{ asked: string }>({
    ko: ({ asked }) => `‘${asked}’ 역량이나 가까운 역량이 프로필에 없습니다.`,
    en: ({ asked }) => `The profile has neither “${asked}” nor a related capability.`,
  }),
};

const mineral = {
  same: msg<{ names: string }>({
    ko: ({ names }) => `${withParticle(names, '을/를')} 다룬다고 적혀 있습니다.`,
    en: ({ names }) => `The row names ${names}.`,
  }),
  near: msg<{ asked: string; held: string; reason: string }>({
    ko: ({ asked, held, reason }) => `${asked} 대신 ${withParticle(held, '을/를')} 다룹니다. ${reason}`,
    en: ({ asked, held, reason }) => `It works with ${held}, not ${asked}. ${reason}`,
  }),
  other: msg<{ asked: string; held: string }>({
    ko: ({ asked, held }) => `${asked}에 쓴 기록이 없고 ${withParticle(held, '을/를')} 다룹니다.`,
    en: ({ asked, held }) => `No record with ${asked}; it works with ${held}.`,
  }),
  unstated: msg<{ asked: string }>({
    ko: ({ asked }) => `어느 광물에 쓰는지 적혀 있지 않습니다(요구: ${asked}).`,
    en: ({ asked }) => `The row does not say for which mineral (asked: ${asked}).`,
  }),
  none: msg<{ asked: string }>({
    ko: ({ asked }) => `${withParticle(asked, '을/를')} 다루는 역량이 프로필에 없습니다.`,
    en: ({ asked }) => `No capability in the profile works with ${asked}.`,
  }),
};

const capacity = {
  enough: msg<{ held: string; asked: string; year: string }>({
    ko: ({ held, asked, year }) => `요구 ${asked}에 ${held}까지 할 수 있다고 적혀 있습니다${year}.`,
    en: ({ held, asked, year }) => `${held} stated against ${asked} asked${year}.`,
  }),
  short: msg<{ held: string; asked: string; percent: number; year: string }>({
    ko: ({ held, asked, percent, year }) =>
      `요구 ${asked} 가운데 ${held}, ${percent}%를 할 수 있다고 적혀 있습니다${year}.`,
    en: ({ held, asked, percent, year }) => `${held} stated against ${asked} asked, ${percent}%${year}.`,
  }),
  unstated: msg<{ asked: string }>({
    ko: ({ asked }) => `처리 능력이 적혀 있지 않습니다(요구: ${asked}).`,
    en: ({ asked }) => `No capacity is stated (asked: ${asked}).`,
  }),
};

const incomparable = msg<{ held: string; asked: string }>({
  ko: ({ held, asked }) =>
    `적힌 양(${held})을 요구 단위(${asked})로 바꿀 수 없어 점수에 넣지도 빼지도 않았습니다.`,
  en: ({ held, asked }) =>
    `The stated amount (${held}) cannot be converted to the unit asked (${asked}); it counts neither for nor against.`,
});

const evidence = msg<{ level: string; audited: boolean }>({
  ko: ({ level, audited }) => `${level} 수준의 근거입니다.${audited ? '' : ' 제3자 감사는 없습니다.'}`,
  en: ({ level, audited }) => `It rests on ${level}.${audited ? '' : ' There is no third-party audit.'}`,
});
const recency = {
  year: msg<{ year: number }>({
    ko: ({ year }) => `${year}년 자료입니다.`,
    en: ({ year }) => `The figure is of ${year}.`,
  }),
  none: msg({ ko: '몇 년 자료인지 적혀 있지 않습니다.', en: 'The row does not say of which year it is.' }),
};
const certificate = {
  held: msg<{ name: string; until: string; verified: boolean }>({
    ko: ({ name, until, verified }) =>
      `${name} 인증이 ${until}${verified ? '. 확인된 인증서입니다.' : '. 아직 확인되지 않은 인증서입니다.'}`,
    en: ({ name, until, verified }) =>
      `${name} ${until}; ${verified ? 'checked by officials' : 'not yet checked'}.`,
  }),
  until: msg<{ day: string }>({
    ko: ({ day }) => `${day}까지 유효합니다`,
    en: ({ day }) => `is valid until ${day}`,
  }),
  endless: msg({ ko: '유효하며 끝나는 날이 적혀 있지 않습니다', en: 'is valid, no end stated' }),
  none: msg<{ names: string; several: boolean }>({
    ko: ({ names, several }) =>
      `마감일에 유효한 인증이 없습니다(요구: ${names}${several ? ' 가운데 하나' : ''}).`,
    en: ({ names, several }) =>
      `No certificate valid at the deadline (asked: ${several ? 'one of ' : ''}${names}).`,
  }),
};
const country = {
  same: msg<{ held: string }>({
    ko: ({ held }) => `${held}에서 일한 경험이 있습니다.`,
    en: ({ held }) => `It has experience in ${held}.`,
  }),
  near: msg<{ held: string; asked: string; how: string }>({
    ko: ({ held, asked, how }) => `${asked} 경험은 없고 ${how} ${held} 경험이 있습니다.`,
    en: ({ held, asked, how }) => `No experience in ${asked}, but in ${held}, ${how}.`,
  }),
  none: msg<{ asked: string }>({
    ko: ({ asked }) => `${asked} 또는 이웃 나라 경험이 프로필에 없습니다.`,
    en: ({ asked }) => `The profile has no experience in ${asked} or nearby.`,
  }),
  subregion: msg({ ko: '같은 권역인', en: 'in the same subregion' }),
  region: msg({ ko: '같은 대륙인', en: 'on the same continent' }),
  framework: msg<{ name: string }>({
    ko: ({ name }) => `같은 협력체(${name})의`,
    en: ({ name }) => `a member of the same framework (${name})`,
  }),
};
const language = {
  held: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '으로/로')} 일할 수 있습니다.`,
    en: ({ name }) => `It can work in ${name}.`,
  }),
  none: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '으로/로')} 일할 수 있다고 적혀 있지 않습니다.`,
    en: ({ name }) => `The profile does not say that it can work in ${name}.`,
  }),
};
const size = {
  met: msg({ ko: '요구한 기업 규모를 갖추었습니다.', en: 'The company is of the size asked.' }),
  none: msg({ ko: '요구한 기업 규모보다 작습니다.', en: 'The company is smaller than asked.' }),
};
const investment = {
  met: msg({ ko: '투자할 뜻이 있다고 적혀 있습니다.', en: 'The company states that it can invest.' }),
  none: msg({ ko: '투자할 뜻이 적혀 있지 않습니다.', en: 'The profile does not say that it can invest.' }),
};
const reference = {
  held: msg<{ what: string; confirmed: boolean }>({
    ko: ({ what, confirmed }) =>
      `${what} 실적이 있습니다.${confirmed ? ' 발주처가 확인했습니다.' : ' 발주처 확인은 아직 없습니다.'}`,
    en: ({ what, confirmed }) =>
      `It has a reference (${what}), ${confirmed ? 'confirmed by the client' : 'not yet confirmed by the client'}.`,
  }),
  none: msg({
    ko: '같은 종류의 실적이 프로필에 없습니다.',
    en: 'The profile has no reference of the same kind.',
  }),
};
const text = {
  common: msg<{ words: string }>({
    ko: ({ words }) => `소개 글과 공고에 함께 나오는 말: ${words}.`,
    en: ({ words }) => `Terms in both texts: ${words}.`,
  }),
  none: msg({
    ko: '소개 글과 공고에 함께 나오는 전문 용어가 없습니다.',
    en: 'The two texts share no term of the trade.',
  }),
};
const freshness = {
  day: msg<{ day: string }>({
    ko: ({ day }) => `프로필을 ${day}에 고쳤습니다.`,
    en: ({ day }) => `The profile was last changed on ${day}.`,
  }),
  unknown: msg({ ko: '프로필을 고친 날이 기록되어 있지 않습니다.', en: 'No day of last change is kept.' }),
};
const shared = msg<{ count: number }>({
  ko: ({ count }) => `이 조건에 점수를 주는 항목이 ${count}개라서 하나를 지워도 이 점수는 남습니다.`,
  en: ({ count }) => `${count} rows count on this line, so these points stay when one of them is removed.`,
});

const severalRows = msg<{ label: string }>({
  ko: ({ label }) => `${label}(여러 근거)`,
  en: ({ label }) => `${label} (several rows)`,
});

/** What a part is called. */
export function partLabel({ name, slot }: Part, lang: Lang): string {
  if (name !== 'shared') return PART_LABELS[name](lang);
  return severalRows(lang, { label: PART_LABELS[slot.kind](lang) });
}

/** `3` rows meet the line: the points stay when one of them goes. */
export function sharedSentence(part: Part, lang: Lang): string {
  return shared(lang, { count: part.source?.id.split('|').length ?? 2 });
}

/** The sentence of a part. */
export function partSentence(
  part: Part,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const { slot } = part;
  if (part.name === 'shared') {
    const best = partSentence({ ...part, name: slot.kind, source: part.best }, need, company, names, lang);
    return `${best} ${sharedSentence(part, lang)}`;
  }
  if (slot.kind === 'capability') return rowSentence(part, slot, need, company, names, lang);
  return factSentence(part, slot, need, company, names, lang);
}

function rowSentence(
  part: Part,
  slot: CapabilitySlot,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const row = company.capabilities.find(({ id }) => part.source?.id === id);
  if (row === undefined || part.reading === null) {
    if (slot.leaf !== null) return capability.none(lang, { asked: names.capability(slot.leaf, lang) });
    return mineral.none(lang, { asked: mineralList(slot.minerals, names, lang) });
  }
  if (part.name === 'mineral') return mineralSentence(slot, row, need, names, lang);
  if (part.name === 'capacity')
    return capacitySentence(part.reading.ratio, part.reading.comparison === 'compared', slot, row, lang);
  if (part.name === 'evidence')
    return evidence(lang, { level: EVIDENCE_NAMES[row.evidence](lang), audited: row.evidence === 'audited' });
  if (part.name === 'recency')
    return row.year === null ? recency.none(lang) : recency.year(lang, { year: row.year });
  const base = capabilitySentence(slot, row, need, names, lang);
  if (part.reading.comparison !== 'incomparable' || slot.unit === null) return base;
  const held = formatQuantity(lang, row.amount ?? 0, row.unit ?? '');
  return `${base} ${incomparable(lang, { held, asked: slot.unit.text })}`;
}

/** Which capability a row holds for the one asked, without its figures. */
export function capabilitySentence(
  slot: CapabilitySlot,
  row: MatchCapability,
  need: Need,
  names: MatchNames,
  lang: Lang,
): string {
  const held = names.capability(row.capability, lang);
  if (slot.leaf === null) return capability.same(lang, { name: held });
  const asked = names.capability(slot.leaf, lang);
  const kinship = need.basis.relations.capability(slot.leaf, row.capability);
  if (kinship.kind === 'same') return capability.same(lang, { name: held });
  if (kinship.kind === 'related')
    return capability.related(lang, { held, asked, reason: kinship.reason[lang] });
  return capability.stage(lang, { held, asked });
}

function mineralSentence(
  slot: CapabilitySlot,
  row: MatchCapability,
  need: Need,
  names: MatchNames,
  lang: Lang,
): string {
  const asked = mineralList(slot.minerals, names, lang);
  if (row.minerals.length === 0) return mineral.unstated(lang, { asked });
  const same = slot.minerals.filter((id) => row.minerals.includes(id));
  if (same.length > 0) return mineral.same(lang, { names: mineralList(same, names, lang) });
  const nearest = slot.minerals
    .map((one) => ({ one, ...nearestMineral(need, one, row.minerals) }))
    .sort((a, b) => b.degree - a.degree)[0];
  if (nearest?.mineral === null || nearest === undefined)
    return mineral.other(lang, { asked, held: mineralList(row.minerals, names, lang) });
  const kinship = need.basis.relations.mineral(nearest.one, nearest.mineral);
  return mineral.near(lang, {
    asked: names.mineral(nearest.one, lang),
    held: names.mineral(nearest.mineral, lang),
    reason: 'reason' in kinship ? kinship.reason[lang] : '',
  });
}

function capacitySentence(
  ratio: number,
  compared: boolean,
  slot: CapabilitySlot,
  row: MatchCapability,
  lang: Lang,
): string {
  const asked = formatQuantity(lang, slot.amount, slot.unit?.text ?? '');
  if (!compared) return capacity.unstated(lang, { asked });
  const held = formatQuantity(lang, row.amount ?? 0, row.unit ?? '');
  const year = row.year === null ? '' : lang === 'ko' ? `(${row.year}년)` : ` (${row.year})`;
  if (ratio >= 1) return capacity.enough(lang, { held, asked, year });
  return capacity.short(lang, { held, asked, percent: Math.floor(ratio * 100), year });
}

function factSentence(
  part: Part,
  slot: Exclude<Slot, CapabilitySlot>,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const met = part.units > 0;
  switch (slot.kind) {
    case 'certificate': {
      const row = company.certifications.find(({ id }) => id === part.source?.id);
      const asked = list(slot.certifications.map((id) => names.certification(id, lang)));
      if (!met || row === undefined)
        return certificate.none(lang, { names: asked, several: slot.certifications.length > 1 });
      const until =
        row.validTo === null
          ? certificate.endless(lang)
          : certificate.until(lang, { day: formatDate(lang, row.validTo) });
      return certificate.held(lang, {
        name: names.certification(row.id, lang),
        until,
        verified: row.verified,
      });
    }
    case 'country':
      return countrySentence(part, slot.countries, need, company, names, lang);
    case 'language':
      return language[met ? 'held' : 'none'](lang, { name: names.language(slot.language, lang) });
    case 'size':
      return size[met ? 'met' : 'none'](lang);
    case 'investment':
      return investment[met ? 'met' : 'none'](lang);
    case 'reference':
      return referenceSentence(part, company, names, lang);
    case 'text': {
      const common = slot.concepts.filter((id) => company.concepts.includes(id));
      if (common.length === 0) return text.none(lang);
      return text.common(lang, { words: list(common.map((id) => names.concept(id, lang))) });
    }
    case 'freshness':
      return company.updatedOn === null
        ? freshness.unknown(lang)
        : freshness.day(lang, { day: formatDate(lang, company.updatedOn) });
  }
}

function countrySentence(
  part: Part,
  asked: readonly string[],
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const askedNames = list(asked.map((id) => names.country(id, lang)));
  const held =
    part.source?.kind === 'reference'
      ? company.references.find(({ id }) => id === part.source?.id)?.country
      : company.countries.find((row) => experienceId(company.countries, row) === part.source?.id)?.country;
  if (held === undefined || held === null || part.units === 0)
    return country.none(lang, { asked: askedNames });
  const name = names.country(held, lang);
  if (asked.includes(held)) return country.same(lang, { held: name });
  const nearest =
    [...asked].sort((a, b) => countryWorth(need, [b], held) - countryWorth(need, [a], held))[0] ?? held;
  const nearness = need.basis.geography.between(nearest, held, need.dueDay);
  const how =
    nearness.kind === 'framework'
      ? country.framework(lang, { name: names.framework(nearness.id, lang) })
      : country[nearness.kind === 'subregion' ? 'subregion' : 'region'](lang);
  return country.near(lang, { held: name, asked: names.country(nearest, lang), how });
}

function referenceSentence(part: Part, company: MatchCompany, names: MatchNames, lang: Lang): string {
  const row = company.references.find(({ id }) => id === part.source?.id);
  if (row === undefined || part.units === 0) return reference.none(lang);
  const what = [
    row.country === null ? '' : names.country(row.country, lang),
    row.year === null ? '' : lang === 'ko' ? `${row.year}년` : String(row.year),
    row.capability === null ? '' : names.capability(row.capability, lang),
    mineralList(row.minerals, names, lang),
  ].filter((word) => word !== '');
  return reference.held(lang, { what: list(what), confirmed: row.confirmed });
}

function mineralList(ids: readonly string[], names: MatchNames, lang: Lang): string {
  return list(ids.map((id) => names.mineral(id, lang)));
}
