import { unwantedBy, type GateRule, type Gate } from '#lib/domain/match/gates.ts';
import { partLabel, partSentence } from '#lib/domain/match/explain-parts.ts';
import { list, type MatchNames } from '#lib/domain/match/names.ts';
import type { Need } from '#lib/domain/match/need.ts';
import { changeField, changeText, type ProfileField } from '#lib/domain/match/explain-raise.ts';
import type { Raise } from '#lib/domain/match/raise.ts';
import { experienceId, toPoints, type Match, type Part, type PartName } from '#lib/domain/match/score.ts';
import type { MatchCompany, MatchRequirement, SourceRow } from '#lib/domain/match/types.ts';
import { formatDate, formatNumber } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';
import { withParticle } from '#lib/i18n/particle.ts';

/** A match as people read it: the Why panel, the API and `match explain` show this. */
export interface Explanation {
  /** 0–1, the exact sum of the parts' points. */
  score: number;
  model: string;
  parts: ExplainedPart[];
  gates: ExplainedGate[];
  raise: ExplainedRaise[];
}
export interface ExplainedPart {
  name: PartName;
  label: string;
  requirement: string | null;
  /** What the requirement line, or the text where no line does, asks for in a few words; null: neither asks for it. */
  asked: string | null;
  points: number;
  max: number;
  sentence: string;
  evidence: (SourceRow & { text: string }) | null;
}
export interface ExplainedGate {
  rule: GateRule;
  requirement: string | null;
  passed: boolean;
  sentence: string;
  source: SourceRow | null;
}
export interface ExplainedRaise {
  text: string;
  points: number;
  /** Opens a gate that shuts the company out now. */
  opens: boolean;
  field: ProfileField;
}

/**
 * The same for readers other than the company and officials: that a company has exclusions of its own, and which, is
 * nobody else's business. Only what they bring about is seen: the company is not in the list.
 */
export function withoutOwnExclusions(why: Explanation): Explanation {
  return {
    ...why,
    gates: why.gates.filter(({ rule }) => rule !== 'company-exclusion'),
    raise: why.raise.filter(({ field }) => field.key !== 'unwanted'),
  };
}

/** Puts a match into words. */
export function explain(
  match: Match,
  raises: readonly Raise[],
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): Explanation {
  return {
    score: toPoints(match.units),
    model: need.basis.model.id,
    parts: match.parts.map((part) => ({
      name: part.name,
      label: partLabel(part, lang),
      requirement: part.requirement,
      asked: askedBy(need, part, names, lang),
      points: toPoints(part.units),
      max: toPoints(part.maxUnits),
      sentence: partSentence(part, need, company, names, lang),
      evidence:
        part.source === null
          ? null
          : { ...part.source, text: sourceText(part.best ?? part.source, company, names, lang) },
    })),
    gates: match.gates.map((gate) => ({
      rule: gate.rule,
      requirement: gate.requirement,
      passed: gate.passed,
      sentence: gateSentence(gate, need, company, names, lang),
      source: gate.source,
    })),
    raise: raises.map((raise) => ({
      text: changeText(raise.change, company, names, lang),
      points: toPoints(raise.units),
      opens: raise.opens,
      field: changeField(raise.change),
    })),
  };
}

const ASKED = {
  certifications: msg({ ko: '인증', en: 'Certificates' }),
  countries: msg({ ko: '나라 경험', en: 'Country experience' }),
  size: msg({ ko: '기업 규모', en: 'Company size' }),
  investment: msg({ ko: '투자', en: 'Investment' }),
  work: msg<{ name: string }>({
    ko: ({ name }) => `공고 글에 나오는 ‘${name}’`,
    en: ({ name }) => `“${name}”, named in the text`,
  }),
};

function askedBy(need: Need, { requirement, slot }: Part, names: MatchNames, lang: Lang): string | null {
  if (requirement === null)
    return slot.kind === 'capability' && slot.leaf !== null
      ? ASKED.work(lang, { name: names.capability(slot.leaf, lang) })
      : null;
  const line = need.opportunity.requirements.find(({ id }) => id === requirement);
  if (line === undefined) return null;
  switch (line.kind) {
    case 'capability':
      return names.capability(line.capability, lang);
    case 'certifications_any':
      return ASKED.certifications(lang);
    case 'country_experience':
      return ASKED.countries(lang);
    case 'language':
      return names.language(line.language, lang);
    case 'min_size':
      return ASKED.size(lang);
    case 'can_invest':
      return ASKED.investment(lang);
  }
}

const SOURCE_TEXTS = {
  reference: msg({ ko: '실적', en: 'Reference' }),
  finance: msg({ ko: '재무', en: 'Finance' }),
  profile: msg({ ko: '프로필', en: 'Profile' }),
  alternatives: msg({ ko: '여러 항목', en: 'Several rows' }),
};

/** A few words that name the row. */
export function sourceText(source: SourceRow, company: MatchCompany, names: MatchNames, lang: Lang): string {
  switch (source.kind) {
    case 'capability': {
      const row = company.capabilities.find(({ id }) => id === source.id);
      return row === undefined ? source.id : names.capability(row.capability, lang);
    }
    case 'certification':
      return names.certification(source.id, lang);
    case 'country_experience': {
      const row = company.countries.find((one) => experienceId(company.countries, one) === source.id);
      return row === undefined ? source.id : names.country(row.country, lang);
    }
    case 'language':
      return names.language(source.id, lang);
    case 'reference':
    case 'finance':
    case 'profile':
    case 'alternatives':
      return SOURCE_TEXTS[source.kind](lang);
  }
}

const gateTexts = {
  'not-suspended': {
    passed: msg({
      ko: '정지되거나 심사에서 거절되지 않은 기업입니다.',
      en: 'The company is neither suspended nor refused.',
    }),
    failed: msg({
      ko: '정지되었거나 심사에서 거절된 기업입니다.',
      en: 'The company is suspended, or was refused at vetting.',
    }),
  },
  'not-screened': {
    passed: msg({ ko: '제한 명단에 걸리지 않았습니다.', en: 'No confirmed hit on a restricted list.' }),
    failed: msg({
      ko: '제한 명단에 있는 것으로 확인되었습니다.',
      en: 'Confirmed to be on a restricted list.',
    }),
  },
  published: {
    passed: msg({ ko: '프로필을 공개했습니다.', en: 'The profile is published.' }),
    failed: msg({ ko: '프로필을 공개하지 않았습니다.', en: 'The profile is not published.' }),
  },
  visibility: {
    passed: msg({ ko: '초대받은 기업입니다.', en: 'The company is invited.' }),
    failed: msg({ ko: '초대받은 기업만 참여합니다.', en: 'Only invited companies take part.' }),
  },
  'own-opportunity': {
    passed: msg({ ko: '공고를 올린 곳과 다른 기업입니다.', en: 'The company is not the publisher.' }),
    failed: msg({ ko: '공고를 올린 곳 자신입니다.', en: 'The company is the publisher itself.' }),
  },
  'eligible-country': {
    passed: msg({ ko: '참여할 수 있는 나라의 기업입니다.', en: 'Companies of its country may take part.' }),
    failed: msg({
      ko: '참여할 수 있는 나라의 기업이 아닙니다.',
      en: 'Companies of its country may not take part.',
    }),
  },
  'company-exclusion': {
    passed: msg({
      ko: '기업이 스스로 뺀 조건에 들지 않습니다.',
      en: 'Nothing the company has excluded applies.',
    }),
  },
  'must-size': {
    passed: msg({ ko: '필요한 기업 규모를 갖추었습니다.', en: 'The company is of the size required.' }),
    failed: msg({ ko: '필요한 기업 규모보다 작습니다.', en: 'The company is smaller than required.' }),
  },
  'must-investment': {
    passed: msg({ ko: '투자할 뜻이 있습니다.', en: 'The company can invest, as required.' }),
    failed: msg({
      ko: '투자가 필수인데 투자할 뜻이 적혀 있지 않습니다.',
      en: 'Investment is required; the profile does not state it.',
    }),
  },
} as const;

const vetted = {
  passed: msg<{ until: string | null }>({
    ko: ({ until }) => (until === null ? '검증된 기업입니다.' : `검증된 기업이며 ${until}까지 유효합니다.`),
    en: ({ until }) =>
      until === null ? 'The company is vetted.' : `The company is vetted, valid until ${until}.`,
  }),
  failed: msg<{ due: string; until: string | null }>({
    ko: ({ due, until }) =>
      until === null
        ? '검증된 기업만 참여합니다. 이 기업은 아직 검증되지 않았습니다.'
        : `심사 유효 기간이 ${until}에 끝나 마감일(${due})에는 유효하지 않습니다.`,
    en: ({ due, until }) =>
      until === null
        ? 'Only vetted companies take part; this one is not vetted yet.'
        : `Vetting ends on ${until}, before the deadline (${due}).`,
  }),
};
const certificateGate = {
  passed: msg<{ name: string; due: string }>({
    ko: ({ name, due }) => `${name} 인증이 마감일(${due})에 유효합니다.`,
    en: ({ name, due }) => `${name} is valid at the deadline (${due}).`,
  }),
  expired: msg<{ name: string; until: string; due: string }>({
    ko: ({ name, until, due }) => `${name} 인증이 ${until}에 끝나 마감일(${due})에는 유효하지 않습니다.`,
    en: ({ name, until, due }) => `${name} ends on ${until}, before the deadline (${due}).`,
  }),
  missing: msg<{ names: string; several: boolean }>({
    ko: ({ names, several }) => `필수 인증이 없습니다: ${names}${several ? ' 가운데 하나' : ''}.`,
    en: ({ names, several }) => `A required certificate is missing: ${several ? 'one of ' : ''}${names}.`,
  }),
  unverified: msg<{ name: string }>({
    ko: ({ name }) => `${withParticle(name, '은/는')} 아직 확인되지 않은 인증서입니다.`,
    en: ({ name }) => `${name} has not been checked by officials yet.`,
  }),
};
/** Eligibility by framework: the rule, and how the company stands to it (DOMAIN 83). */
const memberGate = msg<{ framework: string; day: string; country: string; passed: boolean }>({
  ko: ({ framework, day, country, passed }) =>
    `${framework} 회원국의 기업만 참여합니다. ${withParticle(country, '은/는')} ${day}에 회원국${passed ? '입니다' : '이 아닙니다'}.`,
  en: ({ framework, day, country, passed }) =>
    `Open to companies of member countries of ${framework} only; ${country} is ${passed ? 'a' : 'not a'} member on ${day}.`,
});
/** What of the company's own exclusions applies; said to the company itself and to officials only. */
const unwantedTexts = {
  country: msg<{ country: string; value: string }>({
    ko: ({ country }) => `나라 ${country}`,
    en: ({ country }) => `country ${country}`,
  }),
  type: msg({ ko: '기회의 종류', en: 'the type of opportunity' }),
  value: msg<{ country: string; value: string }>({
    ko: ({ value }) => `규모 ${value}달러 미만`,
    en: ({ value }) => `a value below US$${value}`,
  }),
};
const unwanted = msg<{ what: string }>({
  ko: ({ what }) => `기업이 스스로 원하지 않는다고 적은 조건입니다: ${what}.`,
  en: ({ what }) => `The company has said that it does not want this: ${what}.`,
});
const lineGateTexts = {
  capability: msg<{ name: string; passed: boolean }>({
    ko: ({ name, passed }) =>
      passed
        ? `필수 역량 ‘${name}’ 또는 가까운 역량이 있습니다.`
        : `필수 역량 ‘${name}’도 가까운 역량도 없습니다.`,
    en: ({ name, passed }) =>
      passed
        ? `It has the required capability “${name}” or a related one.`
        : `It has neither the required capability “${name}” nor a related one.`,
  }),
  country: msg<{ names: string; passed: boolean }>({
    ko: ({ names, passed }) =>
      passed ? `필요한 나라 경험이 있습니다(${names}).` : `필요한 나라 경험이 없습니다(${names}).`,
    en: ({ names, passed }) =>
      passed
        ? `It has the required country experience (${names}).`
        : `Required country experience is missing (${names}).`,
  }),
  language: msg<{ name: string; passed: boolean }>({
    ko: ({ name, passed }) =>
      passed ? `필요한 언어(${name})로 일할 수 있습니다.` : `필요한 언어(${name})가 프로필에 없습니다.`,
    en: ({ name, passed }) =>
      passed
        ? `It can work in the required language (${name}).`
        : `The required language (${name}) is not in the profile.`,
  }),
};

/** What a gate says, passed or failed. */
export function gateSentence(
  gate: Gate,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const line = need.opportunity.requirements.find(({ id }) => id === gate.requirement);
  const { passed } = gate;
  switch (gate.rule) {
    case 'vetted': {
      const until = company.vettedUntil === null ? null : formatDate(lang, company.vettedUntil);
      if (passed) return vetted.passed(lang, { until });
      const ended = company.status === 'vetted' ? until : null;
      return vetted.failed(lang, { due: formatDate(lang, need.dueDay), until: ended });
    }
    case 'must-certificate':
      return line?.kind === 'certifications_any'
        ? certificateSentence(gate, line, need, company, names, lang)
        : '';
    case 'must-capability':
      return line?.kind === 'capability'
        ? lineGateTexts.capability(lang, { name: names.capability(line.capability, lang), passed })
        : '';
    case 'must-country':
      return line?.kind === 'country_experience'
        ? lineGateTexts.country(lang, {
            names: list(line.countries.map((id) => names.country(id, lang))),
            passed,
          })
        : '';
    case 'must-language':
      return line?.kind === 'language'
        ? lineGateTexts.language(lang, { name: names.language(line.language, lang), passed })
        : '';
    case 'eligible-country': {
      const under = need.opportunity.eligibleUnder ?? null;
      if (under === null) return gateTexts[gate.rule][passed ? 'passed' : 'failed'](lang);
      return memberGate(lang, {
        framework: names.framework(under.framework, lang),
        day: formatDate(lang, under.day),
        country: names.country(company.country, lang),
        passed,
      });
    }
    case 'company-exclusion':
      return passed ? gateTexts[gate.rule].passed(lang) : unwantedSentence(need, company, names, lang);
    case 'not-suspended':
    case 'not-screened':
    case 'published':
    case 'visibility':
    case 'own-opportunity':
    case 'must-size':
    case 'must-investment':
      return gateTexts[gate.rule][passed ? 'passed' : 'failed'](lang);
  }
}

function unwantedSentence(need: Need, company: MatchCompany, names: MatchNames, lang: Lang): string {
  const country = names.country(need.opportunity.country ?? '', lang);
  const value = formatNumber(lang, company.excludes?.minValueUsd ?? 0);
  const what = unwantedBy(need, company).map((one) => unwantedTexts[one](lang, { country, value }));
  return unwanted(lang, { what: list(what) });
}

function certificateSentence(
  gate: Gate,
  line: Extract<MatchRequirement, { kind: 'certifications_any' }>,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const due = formatDate(lang, need.dueDay);
  if (gate.source !== null)
    return certificateGate.passed(lang, { name: names.certification(gate.source.id, lang), due });
  const held = company.certifications.filter(({ id }) => line.certifications.includes(id));
  const [latest] = held.sort((a, b) => ((a.validTo ?? '9') < (b.validTo ?? '9') ? 1 : -1));
  if (latest === undefined)
    return certificateGate.missing(lang, {
      names: list(line.certifications.map((id) => names.certification(id, lang))),
      several: line.certifications.length > 1,
    });
  const name = names.certification(latest.id, lang);
  if (latest.validTo !== null && latest.validTo < need.dueDay)
    return certificateGate.expired(lang, { name, until: formatDate(lang, latest.validTo), due });
  return certificateGate.unverified(lang, { name });
}
