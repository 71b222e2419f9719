import { companyNameKey, stripCompanyForm } from './company-name.ts';
import { fold, squash } from './normalize.ts';

/**
 * Whether a text tells a name that is to be kept back: whatever its legal form, case, spaces or punctuation. Latin
 * names count as whole words, so that "Ore" is not found in "more", also with a hyphen or a space inside a longer one;
 * Korean ones anywhere, since particles follow them.
 */

const HANGUL = /\p{Script=Hangul}/u;
const LATIN = /[a-z0-9]/;

/** The shortest name that is looked for; a single letter is in every text. */
const SHORTEST = 2;
/** Letters of a Latin name from which on it is found torn apart as well: Silver-Fox for Silverfox. */
const TORN = 6;

function stands(text: string, name: string): boolean {
  const key = companyNameKey(name);
  if (key.length < SHORTEST) return false;
  if (HANGUL.test(key) || !LATIN.test(key) || /^\d+$/.test(key)) return squash(text).includes(key);
  const words = stripCompanyForm(name).match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.join('');
  const pattern = letters.length < TORN ? words.join('[^a-z0-9]*') : [...letters].join('[^a-z0-9]{0,2}');
  return new RegExp(`(?<![a-z0-9])${pattern}(?![a-z0-9])`, 'u').test(fold(text));
}

/** Of some names, those that stand in a text, in the order given; of two spellings of one name the first. */
export function namesTold(text: string, names: readonly string[]): string[] {
  const byKey = new Map(names.toReversed().map((name) => [companyNameKey(name), name]));
  return [...new Set(names)].filter((name) => byKey.get(companyNameKey(name)) === name && stands(text, name));
}
