import { explain, type Explanation } from '#lib/domain/match/explain.ts';
import { explainKept, keptSentence } from '#lib/domain/match/explain-kept.ts';
import { partSentence } from '#lib/domain/match/explain-parts.ts';
import type { MatchNames } from '#lib/domain/match/names.ts';
import type { Need } from '#lib/domain/match/need.ts';
import type { Raise } from '#lib/domain/match/raise.ts';
import type { Match, Part } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import type { Lang } from '#lib/i18n/lang.ts';

/**
 * How much of a company its reasons tell a reader: everything; all but what it can do in figures and of which year they
 * are, which profiles keep from the public as well (DOMAIN 3.8); nothing by which it would be recognised.
 */
export type Telling = 'all' | 'without-capacities' | 'kept';

/** The sentence of a part, for a reader. */
export function toldSentence(
  telling: Telling,
  part: Part,
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): string {
  const keeps = telling === 'kept' || (telling === 'without-capacities' && part.slot.kind === 'capability');
  return (keeps ? keptSentence : partSentence)(part, need, company, names, lang);
}

/** A match in words, for a reader. */
export function explainTo(
  telling: Telling,
  match: Match,
  raises: readonly Raise[],
  need: Need,
  company: MatchCompany,
  names: MatchNames,
  lang: Lang,
): Explanation {
  if (telling === 'kept') return explainKept(match, raises, need, company, names, lang);
  const why = explain(match, raises, need, company, names, lang);
  if (telling === 'all') return why;
  return {
    ...why,
    parts: why.parts.map((said, at) => {
      const part = match.parts[at];
      return part === undefined
        ? said
        : { ...said, sentence: toldSentence(telling, part, need, company, names, lang) };
    }),
  };
}
