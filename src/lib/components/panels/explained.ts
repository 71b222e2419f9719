import type { Explanation } from '#lib/domain/match/explain.ts';
import type { GateRule } from '#lib/domain/match/gates.ts';
import type { ProfileField } from '#lib/domain/match/explain-raise.ts';
import type { SourceRow } from '#lib/domain/match/types.ts';
import { isUuid } from '#lib/domain/form/uuid.ts';
import { href } from '#lib/i18n/address.ts';
import type { Lang } from '#lib/i18n/lang.ts';
import { msg, type Message } from '#lib/i18n/msg.ts';
import type { WhyGate, WhyPart, WhyRaise } from './why.ts';

/** What a gate is about, in a few words; its sentence says how it went. */
export const gateWords: Record<GateRule, Message> = {
  'not-suspended': msg({ ko: '정지되지 않음', en: 'Not suspended' }),
  'not-screened': msg({ ko: '제한 명단 확인', en: 'Restricted-party lists' }),
  published: msg({ ko: '공개된 프로필', en: 'Published profile' }),
  vetted: msg({ ko: '검증 기업', en: 'Vetted company' }),
  visibility: msg({ ko: '초대받은 기업', en: 'Invited company' }),
  'own-opportunity': msg({ ko: '올린 곳이 아님', en: 'Not the publisher' }),
  'eligible-country': msg({ ko: '참여할 수 있는 나라', en: 'Eligible country' }),
  'company-exclusion': msg({ ko: '기업이 뺀 조건 아님', en: 'Not excluded by the company' }),
  'must-size': msg({ ko: '기업 규모', en: 'Company size' }),
  'must-investment': msg({ ko: '투자', en: 'Investment' }),
  'must-certificate': msg({ ko: '필수 인증', en: 'Required certificate' }),
  'must-country': msg({ ko: '필수 나라 경험', en: 'Required country experience' }),
  'must-language': msg({ ko: '필수 언어', en: 'Required language' }),
  'must-capability': msg({ ko: '필수 역량', en: 'Required capability' }),
};

/** The screen of one's own profile on which a field stands, at the field. */
export function profilePath(field: ProfileField): string {
  if (field.step === 'vetting') return '/company/vetting';
  return `/company/profile/${field.step}${changing(field.row)}#${field.key}`;
}

/** Opens the row's form on its screen; nothing when it is no row of one's own. */
function changing(row: string | null): string {
  return row !== null && isUuid(row) ? `?change=${row}` : '';
}

/** Where the company itself can see to it that a gate opens; the others are decided by somebody else. */
const OPENED_AT: Partial<Record<GateRule, string>> = {
  'not-suspended': '/company/vetting',
  'not-screened': '/company/vetting',
  vetted: '/company/vetting',
  published: '/company/profile/review',
  'company-exclusion': '/company/profile/reach#unwanted',
  'must-size': '/company/profile/identity#size',
  'must-investment': '/company/profile/reach#can_invest',
  'must-certificate': '/company/profile/evidence#certification',
  'must-country': '/company/profile/reach#countries',
  'must-language': '/company/profile/reach#languages',
  'must-capability': '/company/profile/capabilities',
};

function openedAt(lang: Lang, rule: GateRule): string | null {
  const path = OPENED_AT[rule];
  return path === undefined ? null : href(lang, path);
}

const SECTION_OF: Record<SourceRow['kind'], { own: string; shown: string }> = {
  capability: { own: 'capabilities', shown: 'capabilities' },
  certification: { own: 'evidence', shown: 'certificates' },
  reference: { own: 'evidence', shown: 'references' },
  country_experience: { own: 'reach', shown: 'countries' },
  language: { own: 'reach', shown: 'facts' },
  finance: { own: 'reach', shown: 'facts' },
  profile: { own: 'identity', shown: 'facts' },
  alternatives: { own: 'evidence', shown: 'capabilities' },
};

export type WhyReader =
  /** the company itself: links lead into its own profile */
  | { kind: 'company' }
  /** somebody looking at the company: links lead to its public page */
  | { kind: 'other'; companyId: string }
  /** nobody's: an example, whose rows stand on no page */
  | { kind: 'example' };

export interface WhyProps {
  score: number;
  model: string;
  parts: WhyPart[];
  gates: WhyGate[];
  raise: WhyRaise[];
  /** The steps are said to the company; somebody else reads that they are its own to take. */
  raiseOf: 'own' | 'company';
}

/** An explanation as `WhyPanel` takes it, with links that suit the reader. */
export function whyProps(lang: Lang, explained: Explanation, reader: WhyReader): WhyProps {
  const linkTo = ({ kind, id }: SourceRow) => {
    const section = SECTION_OF[kind];
    switch (reader.kind) {
      case 'company':
        return href(lang, `/company/profile/${section.own}${changing(id)}`);
      case 'other':
        return href(lang, `/companies/${reader.companyId}#${section.shown}`);
      case 'example':
        return null;
    }
  };
  return {
    score: explained.score,
    model: explained.model,
    parts: explained.parts.map(({ name, label, requirement, asked, points, max, sentence, evidence }) => ({
      name,
      label,
      line: asked === null ? undefined : { id: requirement ?? asked, asked },
      points,
      max,
      sentence,
      evidence: evidence === null ? undefined : { href: linkTo(evidence), text: evidence.text },
    })),
    gates: explained.gates.map(({ rule, passed, sentence }) => ({
      rule: gateWords[rule](lang),
      passed,
      sentence,
      href: reader.kind === 'company' && !passed ? openedAt(lang, rule) : null,
    })),
    raiseOf: reader.kind === 'other' ? 'company' : 'own',
    raise: explained.raise.map(({ text, points, field }) => ({
      text,
      points,
      href: reader.kind === 'company' ? href(lang, profilePath(field)) : null,
    })),
  };
}
