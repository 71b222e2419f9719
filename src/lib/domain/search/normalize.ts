/** Folding of text for comparison. Nothing here is for display. */

const WIDE = /[\uff01-\uff5e\u3000]/g;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
const QUOTES = /[\u2018\u2019\u02bc\u201c\u201d]/g;
const SUBSCRIPTS = /[\u2080-\u2089]/g;
const MARKS = /[\u0300-\u036f]/g;
const HAS_MARKED_LATIN = /[\u00c0-\u024f\u1e00-\u1eff]|[\u0300-\u036f]/;

/** Plain already: ASCII and whole syllables. */
const PLAIN = /^[\x20-\x7e가-힣]*$/;

/** NFC, full-width forms to plain, typographic dashes and quotes to ASCII. Case and accents are kept. */
export function toPlain(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(WIDE, (c) => (c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0)))
    .replace(DASHES, '-')
    .replace(QUOTES, "'")
    .replace(SUBSCRIPTS, (c) => String.fromCharCode(c.charCodeAt(0) - 0x2080 + 48))
    .replace(/㈜/g, '(주)')
    .replace(/㈔/g, '(사)')
    .replace(/[·ㆍ・•]/g, '·');
}

/** Full-width forms to plain ones, letter by letter: offsets stay. */
export function widthFolded(text: string): string {
  return text.replace(WIDE, (c) => (c === '\u3000' ? ' ' : String.fromCharCode(c.charCodeAt(0) - 0xfee0)));
}

/** Lower case and plain width, letter by letter: offsets stay. A letter that would change its length is kept. */
export function foldedInPlace(text: string): string {
  return [...widthFolded(text)]
    .map((c) => (c.toLowerCase().length === c.length ? c.toLowerCase() : c))
    .join('');
}

/** Accents off Latin letters (Chosŏn → Choson), Hangul untouched. */
export function stripAccents(text: string): string {
  if (!HAS_MARKED_LATIN.test(text)) return text;
  return text.normalize('NFD').replace(MARKS, '').normalize('NFC');
}

/** The form all comparisons use: plain, without accents, lower case, single spaces. */
export function fold(text: string): string {
  return stripAccents(toPlain(text)).toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Letters, digits and Hangul only: the key under which spacing and punctuation do not matter. */
export function squash(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}
