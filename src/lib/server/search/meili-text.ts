import { remembering } from '#lib/domain/search/remembering.ts';

/**
 * Text as Meilisearch compares it: filter values are decomposed (NFKD), lower-cased and trimmed there, so 해소 would
 * begin 해솔 and capitals would sort among small letters. These spellings pass through unchanged and keep equality,
 * beginnings and order. They are only ever compared, never shown.
 */

/** Longest value in bytes that the server keeps whole (468), less a little. */
const MOST_BYTES = 460;

/** Tokens of which the spelling is remembered: the same few thousand are in nearly all documents. */
const REMEMBERED = 60_000;

const HANGUL = 0xac00;
const LAST_HANGUL = 0xd7a3;
const IDEOGRAPH = 0x4e00;
const LAST_IDEOGRAPH = 0x9fff;
const JAMO = 0x3130;
const LAST_JAMO = 0x318f;
/** Yi syllables: letters without case or decomposition. */
const YI = 0xa000;
const EXTENSION_B = 0x20000;

const SPECIAL = /[^\u0020-\u007e]|["\\]/;

function storedChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= HANGUL && code <= LAST_HANGUL) return String.fromCharCode(IDEOGRAPH + code - HANGUL);
  if (code >= IDEOGRAPH && code <= LAST_IDEOGRAPH)
    return String.fromCodePoint(EXTENSION_B + code - IDEOGRAPH);
  if (code >= JAMO && code <= LAST_JAMO) return String.fromCharCode(YI + 0x100 + code - JAMO);
  // The two characters that have a meaning inside a quoted filter value, and control characters.
  if (code < 0x20 || char === '"' || char === '\\') return String.fromCharCode(YI + code);
  return char;
}

/** More bytes than a character takes. */
const MOST_CHAR_BYTES = 4;

/** A token as it is stored and asked for. Null: longer than the server keeps, so it is neither. */
export function storedToken(token: string): string | null {
  const stored = SPECIAL.test(token) ? spelled(token) : token;
  const isShort = stored.length * MOST_CHAR_BYTES <= MOST_BYTES;
  return isShort || Buffer.byteLength(stored) <= MOST_BYTES ? stored : null;
}

const spelled = remembering(REMEMBERED, (token) => {
  let out = '';
  for (const char of token) out += storedChar(char);
  return out;
});

function readChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= EXTENSION_B && code <= EXTENSION_B + LAST_IDEOGRAPH - IDEOGRAPH)
    return String.fromCharCode(IDEOGRAPH + code - EXTENSION_B);
  if (code >= IDEOGRAPH && code <= IDEOGRAPH + LAST_HANGUL - HANGUL)
    return String.fromCharCode(HANGUL + code - IDEOGRAPH);
  if (code >= YI + 0x100 && code <= YI + 0x100 + LAST_JAMO - JAMO)
    return String.fromCharCode(JAMO + code - YI - 0x100);
  return code >= YI && code < YI + 0x80 ? String.fromCharCode(code - YI) : char;
}

/** The token that is stored so: the way back from {@link storedToken}. */
export function readToken(stored: string): string {
  if (!SPECIAL.test(stored)) return stored;
  let out = '';
  for (const char of stored) out += readChar(char);
  return out;
}

const MOST_SORTED = 70;

/** Digits whose order the server keeps. */
const SIXTEENTHS = 'abcdefghijklmnop';

/** A text by which documents sort as they do in PostgreSQL: by code points. The first 70 count. */
export function sortKey(text: string): string {
  let out = '';
  for (const char of [...text].slice(0, MOST_SORTED)) {
    const code = char.codePointAt(0) ?? 0;
    for (const shift of [20, 16, 12, 8, 4, 0]) out += SIXTEENTHS.charAt((code >> shift) & 15);
  }
  return out;
}
