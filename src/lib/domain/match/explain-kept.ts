import { explain, gateSentence, sourceText, type Explanation } from '#lib/domain/match/explain.ts';
import { capabilitySentence, partSentence, sharedSentence } from '#lib/domain/match/explain-parts.ts';
import { changeField, changeText } from '#lib/domain/match/explain-raise.ts';
import type { Gate } from '#lib/domain/match/gates.ts';
import { list, type MatchNames } from '#lib/domain/match/names.ts';
import type { CapabilitySlot, Need } from '#lib/domain/match/need.ts';
import type { Change, Raise } from '#lib/domain/match/raise.ts';
import { experienceId, toPoints, type Match, type Part } from '#lib/domain/match/score.ts';
import type { MatchCompany, SourceRow } from '#lib/domain/match/types.ts';
import { regionName } from '#lib/i18n/countries.ts';
import { formatDate, formatQuantity } from '#lib/i18n/format.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg } from '#lib/i18n/msg.ts';

/**
 * A match in words for readers from whom the company keeps its name back: the same points, and reasons by which it is
 * not recognised. Countries that were not asked for become parts of the world, years and days spans, capacities "enough"
 * or a share, and rows are called by their order. What the notice itself asks for is named: the gates tell it anyway.
 */

const capacity = {
  enough: msg<{ asked: string }>({
    ko: ({ asked }) => `요구 ${asked} 이상을 할 수 있다고 적혀 있습니다.`,
    en: ({ asked }) => `At least the ${asked} asked is stated.`,
  }),
  most: msg<{ asked: string }>({
    ko: ({ asked }) => `요구 ${asked}의 절반 이상을 할 수 있다고 적혀 있습니다.`,
    en: ({ asked }) => `At least half of the ${asked} asked is stated.`,
  }),
  some: msg<{ asked: string }>({
    ko: ({ asked }) => `요구 ${asked}의 절반에 못 미치게 적혀 있습니다.`,
    en: ({ asked }) => `Less than half of the ${asked} asked is stated.`,
  }),
};
const incomparable = msg({
  ko: '적힌 양을 요구 단위로 바꿀 수 없어 점수에 넣지도 빼지도 않았습니다.',
  en: 'The stated amount cannot be converted to the unit asked; it counts neither for nor against.',
});
const figures = msg<{ years: number }>({
  ko: ({ years }) => (years > 0 ? `최근 ${years}년 안의 자료입니다.` : '10년이 넘은 자료입니다.'),
  en: ({ years }) =>
    years > 0 ? `The figure is of the last ${years} years.` : 'The figure is more than ten years old.',
});
const certificate = msg<{ name: string; verified: boolean }>({
  ko: ({ name, verified }) =>
    `${name} 인증이 마감일에 유효합니다. ${verified ? '확인된 인증서입니다.' : '아직 확인되지 않은 인증서입니다.'}`,
  en: ({ name, verified }) =>
    `${name} is valid at the deadline; ${verified ? 'checked by officials' : 'not yet checked'}.`,
});
const country = {
  same: msg<{ asked: string; one: boolean }>({
    ko: ({ asked, one }) =>
      one
        ? `${asked}에서 일한 경험이 있습니다.`
        : `요구한 나라(${asked}) 가운데 한 곳 이상에서 일한 경험이 있습니다.`,
    en: ({ asked, one }) =>
      one ? `It has experience in ${asked}.` : `It has experience in one or more of ${asked}.`,
  }),
  near: msg<{ asked: string; how: string }>({
    ko: ({ asked, how }) => `${asked} 경험은 없고 ${how} 나라의 경험이 있습니다.`,
    en: ({ asked, how }) => `No experience in ${asked}, but in a country ${how}.`,
  }),
  subregion: msg({ ko: '같은 권역에 있는', en: 'of the same subregion' }),
  region: msg({ ko: '같은 대륙에 있는', en: 'on the same continent' }),
  framework: msg({ ko: '같은 협력체에 든', en: 'of the same framework' }),
};
const reference = msg<{ what: string; confirmed: boolean }>({
  ko: ({ what, confirmed }) =>
    `같은 종류의 실적이 있습니다(${what}).${confirmed ? ' 발주처가 확인했습니다.' : ' 발주처 확인은 아직 없습니다.'}`,
  en: ({ what, confirmed }) =>
    `It has a reference of the same kind (${what}), ${confirmed ? 'confirmed by the client' : 'not yet confirmed by the client'}.`,
});
const done = msg<{ years: number }>({
  ko: ({ years }) => (years > 0 ? `최근 ${years}년` : '10년이 넘음'),
  en: ({ years }) => (years > 0 ? `last ${years} years` : 'more than ten years ago'),
});
const undated = msg({ ko: '해를 적지 않음', en: 'year not stated' });
const freshness = {
  half: msg({ ko: '최근 반년 안에 프로필을 고쳤습니다.', en: 'The profile was changed within half a year.' }),
  year: msg({ ko: '최근 1년 안에 프로필을 고쳤습니다.', en: 'The profile was changed within a year.' }),
  older: msg({
    ko: '프로필을 고친 지 1년이 넘었습니다.',
    en: 'The profile was last changed more than a year ago.',
  }),
};
const gates = {
  vetted: msg({ ko: '검증된 기업입니다.', en: 'The company is vetted.' }),
  lapses: msg<{ due: string }>({
    ko: ({ due }) => `검증된 기업만 참여합니다. 심사가 마감일(${due})까지 유효하지 않습니다.`,
    en: ({ due }) => `Only vetted companies take part; its vetting is not valid at the deadline (${due}).`,
  }),
  expired: msg<{ name: string; due: string }>({
    ko: ({ name, due }) => `${name} 인증이 마감일(${due}) 전에 끝납니다.`,
    en: ({ name, due }) => `${name} ends before the deadline (${due}).`,
  }),
};
const confirmReference = msg({
  ko: '실적을 발주처에 확인받습니다.',
  en: 'Have a reference confirmed by the client.',
});
const experience = msg({ ko: '나라 경험', en: 'Country experience' });

/** Spans in which years are told. */
const SPANS = [2, 5, 10];

/** The shortest span that holds the year; 0: none does. */
export function spanOf(year: number, now: number): number {
  return SPANS.find((years) => now - year <= years) ?? 0;
}

/** Puts a match into words without what would tell whose it is. */
export function explainKept(
  match: Match,
  raises: readonly Raise[],
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): Explanation {
  const why = explain(match, raises, need, company, names, lang);
  const calls = rowCalls(company);
  return {
    ...why,
    parts: why.parts.map((said, at) => {
      const part = match.parts[at];
      if (part === undefined) return said;
      const { source, best } = part;
      return {
        ...said,
        sentence: keptSentence(part, need, company, names, lang),
        evidence:
          source === null
            ? null
            : { ...calls(source), text: keptSource(best ?? source, company, names, lang) },
      };
    }),
    gates: why.gates.map((said, at) => {
      const gate = match.gates[at];
      if (gate === undefined) return said;
      return {
        ...said,
        sentence: keptGate(gate, need, company, names, lang),
        source: gate.source === null ? null : calls(gate.source),
      };
    }),
    raise: raises.map((raise) => ({
      text: keptChange(raise.change, company, names, lang),
      points: toPoints(raise.units),
      opens: raise.opens,
      field: { ...changeField(raise.change), row: null },
    })),
  };
}

/** What to do, without the row it is about. */
export function keptChange(change: Change, company: MatchCompany, names: MatchNames, lang: Lang): string {
  return change.kind === 'confirm-reference'
    ? confirmReference(lang)
    : changeText(change, company, names, lang);
}

/**
 * Rows are called by kind and order: ids of a partner's system may speak. Ids of kinds (a certificate, a language) stay.
 */
export function rowCalls(company: MatchCompany): (source: SourceRow) => SourceRow {
  const calls = new Map<string, string>();
  const call = (kind: SourceRow['kind'], id: string, at: number): void => {
    if (!calls.has(`${kind} ${id}`)) calls.set(`${kind} ${id}`, `${kind}-${at + 1}`);
  };
  company.capabilities.forEach(({ id }, at) => call('capability', id, at));
  company.references.forEach(({ id }, at) => call('reference', id, at));
  company.countries.forEach((row, at) => {
    call('country_experience', experienceId(company.countries, row), at);
    call('country_experience', row.country, at);
  });
  const KINDS = ['capability', 'reference', 'country_experience'] as const;
  return ({ kind, id }) => {
    if (kind !== 'alternatives') return { kind, id: calls.get(`${kind} ${id}`) ?? id };
    const ids = id
      .split('|')
      .map((one) => KINDS.map((of) => calls.get(`${of} ${one}`)).find((known) => known !== undefined) ?? one);
    return { kind, id: ids.join('|') };
  };
}

function keptSource(source: SourceRow, company: MatchCompany, names: MatchNames, lang: Lang): string {
  return source.kind === 'country_experience' ? experience(lang) : sourceText(source, company, names, lang);
}

/** The sentence of a part, without what would tell whose it is. */
export function keptSentence(
  part: Part,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const { slot } = part;
  if (part.name === 'shared') {
    const best = keptSentence({ ...part, name: slot.kind, source: part.best }, need, company, names, lang);
    return `${best} ${sharedSentence(part, lang)}`;
  }
  if (slot.kind === 'capability')
    return keptRow(part, slot, need, company, names, lang) ?? partSentence(part, need, company, names, lang);
  return keptFact(part, need, company, names, lang) ?? partSentence(part, need, company, names, lang);
}

/** Null: what is said to everybody tells nothing. */
function keptRow(
  part: Part,
  slot: CapabilitySlot,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string | null {
  const row = company.capabilities.find(({ id }) => part.source?.id === id);
  if (row === undefined || part.reading === null) return null;
  const { comparison, ratio } = part.reading;
  if (part.name === 'capacity') {
    if (comparison !== 'compared') return null;
    const asked = formatQuantity(lang, slot.amount, slot.unit?.text ?? '');
    return capacity[ratio >= 1 ? 'enough' : ratio >= 0.5 ? 'most' : 'some'](lang, { asked });
  }
  if (part.name === 'recency')
    return row.year === null ? null : figures(lang, { years: spanOf(row.year, need.year) });
  if (part.name !== 'capability' || comparison !== 'incomparable') return null;
  return `${capabilitySentence(slot, row, need, names, lang)} ${incomparable(lang)}`;
}

function keptFact(
  part: Part,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string | null {
  const { slot } = part;
  if (slot.kind === 'freshness') {
    if (company.updatedOn === null) return null;
    const days = (Date.parse(need.today) - Date.parse(company.updatedOn)) / 86_400_000;
    return freshness[days <= 183 ? 'half' : days <= 366 ? 'year' : 'older'](lang);
  }
  if (part.units === 0) return null;
  if (slot.kind === 'certificate') {
    const row = company.certifications.find(({ id }) => id === part.source?.id);
    if (row === undefined) return null;
    return certificate(lang, { name: names.certification(row.id, lang), verified: row.verified });
  }
  if (slot.kind === 'country') return keptCountry(part, slot.countries, need, company, names, lang);
  return slot.kind === 'reference' ? keptReference(part, need, company, names, lang) : null;
}

function keptCountry(
  part: Part,
  countries: readonly string[],
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string | null {
  const asked = list(countries.map((id) => names.country(id, lang)));
  const held =
    part.source?.kind === 'reference'
      ? company.references.find(({ id }) => id === part.source?.id)?.country
      : company.countries.find((row) => experienceId(company.countries, row) === part.source?.id)?.country;
  if (held === undefined || held === null) return null;
  const kinds = new Set(countries.map((one) => need.basis.geography.between(one, held, need.dueDay).kind));
  if (kinds.has('same')) return country.same(lang, { asked, one: countries.length === 1 });
  const how = (['subregion', 'framework', 'region'] as const).find((kind) => kinds.has(kind));
  return how === undefined ? null : country.near(lang, { asked, how: country[how](lang) });
}

function keptReference(
  part: Part,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string | null {
  const row = company.references.find(({ id }) => id === part.source?.id);
  if (row === undefined) return null;
  const region = row.country === null ? null : need.basis.geography.regionOf(row.country);
  const what = [
    region === null ? '' : regionName(region)(lang),
    row.year === null ? undated(lang) : done(lang, { years: spanOf(row.year, need.year) }),
    row.capability === null ? '' : names.capability(row.capability, lang),
  ].filter((word) => word !== '');
  return reference(lang, { what: list(what), confirmed: row.confirmed });
}

function keptGate(gate: Gate, need: Need, company: MatchCompany, names: MatchNames, lang: Lang): string {
  const due = formatDate(lang, need.dueDay);
  if (gate.rule === 'vetted') {
    if (gate.passed) return gates.vetted(lang);
    if (company.status === 'vetted') return gates.lapses(lang, { due });
  }
  if (gate.rule === 'must-certificate' && !gate.passed) {
    const line = need.opportunity.requirements.find(({ id }) => id === gate.requirement);
    const asked = line?.kind === 'certifications_any' ? line.certifications : [];
    const held = company.certifications.filter(({ id }) => asked.includes(id));
    const ended = held.every(({ validTo }) => validTo !== null && validTo < need.dueDay);
    const [latest] = held.toSorted((a, b) => ((a.validTo ?? '9') < (b.validTo ?? '9') ? 1 : -1));
    if (latest !== undefined && ended)
      return gates.expired(lang, { name: names.certification(latest.id, lang), due });
  }
  return gateSentence(gate, need, company, names, lang);
}
