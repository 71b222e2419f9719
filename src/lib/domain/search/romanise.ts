/**
 * Romanised Korean for matching names, never for display.
 *
 * People spell one name in many ways: 대우 Daewoo/Daeu/Taeu, 효성 Hyosung/Hyoseong, 이 Lee/Yi/Rhee. All of
 * them, and the Hangul, are brought to one loose key of sounds: back vowels (eo, u, o, eu) are one, aspirated,
 * tense and plain consonants are one, glides fall out. The key is coarse on purpose; ranking puts the exact
 * spelling first.
 *
 * Sources: Revised Romanisation (문화관광부 고시 2000-8), McCune–Reischauer (1939), and the variants that
 * passports and company registers hold.
 */

import { isSyllable } from './hangul.ts';
import { stripAccents } from './normalize.ts';
import { remembering } from './remembering.ts';

const BASE = 0xac00;
const FIRST_RR = [
  'g',
  'kk',
  'n',
  'd',
  'tt',
  'r',
  'm',
  'b',
  'pp',
  's',
  'ss',
  '',
  'j',
  'jj',
  'ch',
  'k',
  't',
  'p',
  'h',
];
const VOWEL_RR = [
  ...['a', 'ae', 'ya', 'yae', 'eo', 'e', 'yeo', 'ye', 'o', 'wa', 'wae', 'oe', 'yo', 'u', 'wo', 'we', 'wi'],
  ...['yu', 'eu', 'ui', 'i'],
];
const FINAL_RR = [
  ...['', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'l', 'k', 'm', 'l', 'l', 'l', 'p', 'l', 'm', 'p', 'p', 't', 't'],
  ...['ng', 't', 't', 'k', 't', 'p', 't'],
];
const EU = 18;

interface Sound {
  first: string;
  vowel: string;
  final: string;
}

function soundsOf(hangul: string, epenthesis: boolean): Sound[] {
  const out: Sound[] = [];
  for (let i = 0; i < hangul.length; i++) {
    const code = hangul.charCodeAt(i);
    if (!isSyllable(code)) continue;
    const n = code - BASE;
    const vowel = Math.floor((n % 588) / 28);
    const final = FINAL_RR[n % 28] ?? '';
    // 포스코 is written Posco: the ㅡ that Hangul puts between two consonants of a foreign word is not a sound of it.
    const silent = !epenthesis && vowel === EU && final === '';
    out.push({
      first: FIRST_RR[Math.floor(n / 588)] ?? '',
      vowel: silent ? '' : (VOWEL_RR[vowel] ?? ''),
      final,
    });
  }
  return out;
}

const NASAL: Readonly<Record<string, string>> = { k: 'ng', t: 'n', p: 'm' };

/** Consonants as they are said next to each other (신라 → Silla, 종로 → Jongno, 독립 → Dongnip). */
function assimilate(sounds: readonly Sound[]): Sound[] {
  const out = sounds.map((s) => ({ ...s }));
  for (let i = 0; i + 1 < out.length; i++) {
    const a = out[i];
    const b = out[i + 1];
    if (!a || !b) continue;
    if ((a.final === 'n' && b.first === 'r') || (a.final === 'l' && b.first === 'n')) {
      a.final = 'l';
      b.first = 'l';
    } else if (a.final === 'l' && b.first === 'r') b.first = 'l';
    else if (b.first === 'r' && a.final !== '') b.first = 'n';
    if ((b.first === 'n' || b.first === 'm') && NASAL[a.final] !== undefined)
      a.final = NASAL[a.final] ?? a.final;
  }
  return out;
}

const spell = (sounds: readonly Sound[]): string => sounds.map((s) => s.first + s.vowel + s.final).join('');

/** Revised Romanisation, syllable by syllable, without hyphens or capitals: 해솔 → haesol. */
export function romanise(hangul: string): string {
  return spell(soundsOf(hangul, true));
}

/** One pass, longest spelling first: groups are the front high vowel, the front mid, the back ones, the open one. */
const VOWELS = new RegExp(
  [
    '(?<i>eui|yui|wee|ui|yi|ee|wi|ii)',
    '(?<o>yeo|you|yoo|weo|woo)',
    '(?<e>yae|wae|yai|ae|ai|ay|ei|ey|oi|oe|we|ye)',
    '(?<o2>eo|eu|oo|ou|ow|yu|yo|wo|u|o)',
    '(?<a>ya|wa|aa|a)',
    '(?<glide>[yw])',
  ].join('|'),
  'g',
);

function foldVowel(match: string, i?: string, o?: string, e?: string, o2?: string, a?: string): string {
  if (i !== undefined) return 'i';
  if (e !== undefined) return 'e';
  if (o !== undefined || o2 !== undefined) return 'o';
  if (a !== undefined) return 'a';
  return match === 'y' ? 'i' : '';
}

const CONSONANTS: readonly [RegExp, string][] = [
  [/park/g, 'pak'],
  [/tch|tsch|ch|j|z|ts/g, 'c'],
  [/sch|sh/g, 's'],
  [/ph|pp|b|f|v/g, 'p'],
  [/qu?|ck|g|x$/g, 'k'],
  [/rh/g, 'r'],
  [/x/g, 'ks'],
  [/th|d/g, 't'],
  [/l/g, 'r'],
];

/**
 * The loose key of a Latin spelling, hyphens, spaces and apostrophes aside. Empty when no sound is left.
 * `c` stands for ㅈ/ㅊ, so a hard c is turned to k first.
 */
export function latinSoundKey(text: string): string {
  let s = stripAccents(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  s = s
    .replace(/ch/g, 'j')
    .replace(/c(?=[eiy])/g, 's')
    .replace(/c/g, 'k');
  for (const [from, to] of CONSONANTS) s = s.replace(from, to);
  s = s.replace(/h(?![aeiouwy])/g, '');
  s = s.replace(VOWELS, foldVowel);
  return s.replace(/(.)\1+/g, '$1');
}

/** McCune–Reischauer aspirates as one word: Ch'ungju → Chungju. The apostrophe is no gap between words. */
export const joinAspirates = (text: string): string =>
  text.replace(/(?<=ch|[ktp])'(?!s(?!\p{L}))(?=\p{Script=Latin})/giu, '');

/** Keys of one spelling and of its word-initial variants (Lee/Rhee/Yi, Ryu/Yu, Noh/Roh, Lim/Im). */
function withInitials(spelling: string): string[] {
  const key = latinSoundKey(spelling);
  const keys = [key];
  const bare = spelling.toLowerCase().replace(/[^a-z]/g, '');
  // 허 is also written Hur; the r is no sound.
  if (/^hur(?![aeiouy])/.test(bare)) keys.push(latinSoundKey('heo' + bare.slice(3)));
  // Before i and y the initial may be left out altogether; before other vowels r and n change places.
  if (/^[rln]h?(?:i|y|ee)/.test(bare)) keys.push(latinSoundKey(bare.replace(/^[rln]h?/, '')));
  else if (/^[rn]/.test(key)) keys.push((key.startsWith('r') ? 'n' : 'r') + key.slice(1));
  return keys;
}

const REMEMBERED = 20_000;

/**
 * All loose keys of a name word: of Hangul as written and as said, with and without the ㅡ of foreign words;
 * of Latin the one key and its initial variants. Two names may be one when they share a key.
 */
export const soundKeys = remembering(REMEMBERED, allKeys);

function allKeys(text: string): readonly string[] {
  const keys = [...new Set(spellingsOf(text))].flatMap(withInitials);
  return [...new Set(keys)].filter((key) => key !== '');
}

function spellingsOf(text: string): string[] {
  if (!/[가-힣]/.test(text)) return [stripAccents(text)];
  return [true, false].flatMap((epenthesis) => {
    if (/[^가-힣]/.test(text)) return [mixed(text, epenthesis)];
    const sounds = soundsOf(text, epenthesis);
    return [spell(sounds), spell(assimilate(sounds))];
  });
}

const mixed = (text: string, epenthesis: boolean): string =>
  text.replace(/[가-힣]+/g, (run) => spell(soundsOf(run, epenthesis)));

const LETTER_NAMES: Readonly<Record<string, string>> = {
  ...{ 에이: 'a', 비: 'b', 씨: 'c', 디: 'd', 이: 'e', 에프: 'f', 지: 'g', 에이치: 'h', 아이: 'i', 제이: 'j' },
  ...{
    케이: 'k',
    엘: 'l',
    엠: 'm',
    엔: 'n',
    오: 'o',
    피: 'p',
    큐: 'q',
    알: 'r',
    에스: 's',
    티: 't',
    유: 'u',
  },
  ...{ 브이: 'v', 더블유: 'w', 엑스: 'x', 와이: 'y', 제트: 'z', 앤: '&' },
};
const NAME_OF_LETTER = new Map(Object.entries(LETTER_NAMES).map(([name, letter]) => [letter, name]));

/** Latin letters by their names in Hangul: epc → 이피씨. Null for what is not all letters. */
export function lettersNamed(latin: string): string | null {
  const names = [...latin].map((letter) => NAME_OF_LETTER.get(letter));
  return names.every((name) => name !== undefined) ? names.join('') : null;
}

const LETTER_RUN =
  /^(?:에이치|더블유|에이|에프|제이|케이|에스|브이|엑스|와이|제트|아이|비|씨|디|이|지|엘|엠|엔|오|피|큐|알|티|유|앤)+/;
const LETTER =
  /에이치|더블유|에이|에프|제이|케이|에스|브이|엑스|와이|제트|아이|비|씨|디|이|지|엘|엠|엔|오|피|큐|알|티|유|앤/g;

/**
 * A name whose Hangul spells Latin letters, in letters: 엘지화학 → lg화학, 에스케이 → sk. Null when there are
 * not at least two such letters, or they are a word as well (오이, 지오).
 */
export function spelledLetters(name: string): string | null {
  const run = LETTER_RUN.exec(name)?.[0];
  if (run === undefined) return null;
  const letters = (run.match(LETTER) ?? []).map((syllables) => LETTER_NAMES[syllables] ?? '');
  if (letters.length < 2 || (run.length < 3 && !/^[엘엠엔큐알]/.test(run))) return null;
  return letters.join('') + name.slice(run.length);
}
