import { namesTold } from './own-names.ts';
import { fold, toPlain } from './normalize.ts';

/**
 * Whether a text tells who an organisation is: by one of its names, a number it is registered under, or an address at
 * which it is reached.
 */

/** By what an organisation would be known. */
export interface Identity {
  /** Names in either script, former ones, registration numbers. */
  names: readonly string[];
  /** Mail addresses and the host of its website. */
  contacts: readonly string[];
}

/** From its first letter on only: in a long word without a sign each letter would be tried as the first. */
const MAIL = /(?<![^\s@<>()"',;:])[^\s@<>()"',;:]+@[^\s@<>()"',;:]+\.[a-z]{2,}/giu;
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"')가-힣]*[^\s<>"')가-힣.,;:!?]/giu;
const HOST =
  /(?<![@\w.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|net|org|kr|io|biz|info|edu|gov|example|co\.[a-z]{2}|eu|uk|jp|cn|au|ca|za|de|fr|id|vn)(?![a-z0-9-])/giu;
/** With the country's number, of a Korean line, of a Korean mobile, or a Korean service number. */
const TELEPHONE =
  /(?<![\d.,-])(?:\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,4}\d{2,4}|0\d{1,2}[ .)-] ?\d{3,4}[ .-]\d{4}|01[016789]\d{7,8}|(?:15(?:44|66|77|88|99)|16(?:44|61|66|70|88|99)|18(?:33|55|77|99))-\d{4})(?!\d)/gu;

const LONGEST = 80;

/** Mail addresses, web addresses and telephone numbers that stand in a text, each once, in the order found. */
export function contactsIn(text: string): string[] {
  const plain = toPlain(text);
  const found = [MAIL, ADDRESS, HOST, TELEPHONE].flatMap((kind) =>
    [...plain.matchAll(kind)].map(({ 0: words, index }) => ({ words: words.slice(0, LONGEST), index })),
  );
  found.sort((a, b) => a.index - b.index || b.words.length - a.words.length);
  const kept: string[] = [];
  let end = -1;
  for (const { words, index } of found) {
    // The host inside an address is said with it.
    if (index < end) continue;
    end = index + words.length;
    if (!kept.includes(words)) kept.push(words);
  }
  return kept;
}

/**
 * What is wrong with a text, as a code of `field-errors`: it tells a name that is kept back, or, where whoever keeps it
 * back is the one who writes, any address at which one could ask for it. Null when it tells nothing.
 */
export function toldIssue(
  text: string,
  hidden: readonly Identity[],
  { own }: { own: boolean },
): string | null {
  if (hidden.length === 0) return null;
  const plain = fold(toPlain(text));
  const names = namesTold(
    text,
    hidden.flatMap((one) => one.names),
  );
  const known = hidden.flatMap((one) => one.contacts).filter((contact) => plain.includes(fold(contact)));
  const told = [...names, ...known];
  if (told.length > 0) return `tells-name:${[...new Set(told)].join(', ')}`;
  const contacts = own ? contactsIn(text) : [];
  return contacts.length > 0 ? `tells-contact:${contacts.join(', ')}` : null;
}

/** The host of a web address, without `www.`; null when it is none. */
export function hostOf(website: string): string | null {
  const host = /^(?:https?:\/\/)?(?:www\.)?([^/\s:?#]+\.[^/\s:?#]+)/iu.exec(website.trim())?.[1];
  return host?.toLowerCase() ?? null;
}
