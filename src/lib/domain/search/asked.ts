import { identifiersIn } from './identifier-query.ts';
import { fold } from './normalize.ts';

/** Words that may be counted without the person, and words that may not. */

const LONGEST_TERMS = 60;
const MOST_WORDS = 8;
/** A number that could be a telephone's, a person's or an organisation's; HS codes are shorter or known by their form. */
const LONG_NUMBER = /\d[\d\s.-]{5,}\d/;
const ADDRESS = /@|https?:|www\.|:\/\//;
const CODE = /(?=[a-z0-9-]*\d)(?=[a-z0-9-]*[a-z])[a-z0-9-]{12,}/;

/**
 * The words of a search as they are counted; null for what looks like a number, an address or a text of somebody, which
 * is never kept.
 */
export function countedTerms(q: string): string | null {
  const folded = fold(q);
  if (folded === '' || folded.length > LONGEST_TERMS || folded.split(' ').length > MOST_WORDS) return null;
  const bare = folded.replace(/\bhs\s*(?:code|코드)?\s*/g, '');
  const hs = /^\d{4}(?:\.?\d{2}){0,3}$/.test(bare);
  if (ADDRESS.test(folded) || CODE.test(folded)) return null;
  if (!hs && (LONG_NUMBER.test(folded) || identifiersIn(folded).some(({ token }) => /\d{6}/.test(token))))
    return null;
  return /[\p{L}\p{N}]/u.test(folded) ? folded : null;
}

const ROBOT =
  /bot\b|crawl|spider|slurp|preview|headlesschrome-lighthouse|curl\/|wget\/|python-|axios\/|go-http/i;

/** Does the name of a browser say that no person is searching? */
export function isRobot(agent: string): boolean {
  return agent === '' || ROBOT.test(agent);
}
