/**
 * Particles and endings at the tail of a Korean word. A dictionary-free list: what is left must be two
 * syllables or more (한은 stays 한은), and the word as written stays a reading beside the stem, so that a
 * wrong cut (전문가 → 전문) costs nothing but a weaker extra reading.
 */

const PARTICLES = [
  ...[
    '에서는',
    '에서도',
    '에서의',
    '에게서',
    '으로는',
    '으로서',
    '으로써',
    '으로도',
    '에서',
    '에게',
    '에는',
    '에도',
  ],
  ...[
    '으로',
    '로서',
    '로써',
    '로는',
    '까지',
    '부터',
    '마다',
    '처럼',
    '보다',
    '만큼',
    '조차',
    '마저',
    '이나',
    '이란',
  ],
  ...[
    '이라는',
    '라는',
    '이랑',
    '이며',
    '이고',
    '이든',
    '하고',
    '과의',
    '와의',
    '들의',
    '들을',
    '들이',
    '들은',
    '들',
  ],
  ...['은', '는', '이', '가', '을', '를', '의', '에', '로', '와', '과', '도', '만', '나', '랑', '님'],
];

const ENDINGS = [
  ...[
    '하는데',
    '하려는',
    '하려고',
    '하면서',
    '하므로',
    '합니다',
    '합니까',
    '했습니다',
    '하였다',
    '하였습니다',
  ],
  ...[
    '하실',
    '하던',
    '하며',
    '하고',
    '하여',
    '하게',
    '하기',
    '하는',
    '하다',
    '한다',
    '했던',
    '해서',
    '해야',
    '해온',
  ],
  ...['해줄', '해주는', '할수있는', '할', '한', '함', '해', '하'],
  ...[
    '되어',
    '되는',
    '되고',
    '된다',
    '됩니다',
    '되었다',
    '된',
    '될',
    '됨',
    '시키는',
    '시킨',
    '시킬',
    '받은',
    '받는',
  ],
  ...['입니다', '이다', '인가요', '인지', '인', '있는', '없는', '적인', '적', '용의', '용으로', '용도'],
];

/** Everyday suffixes of trade words: 배터리용 (for), 한국산 (made in), 니켈계 (type). Cut one at a time, weaker. */
const SUFFIXES = ['용', '제', '산', '계', '급', '형', '식', '류', '업', '사', '품', '물'];

const byLength = (a: string, b: string): number => b.length - a.length;
const TAILS = [...new Set([...PARTICLES, ...ENDINGS])].sort(byLength);
const TAIL_SET = new Set(TAILS);
const SUFFIX_SET = new Set(SUFFIXES);
const LONGEST = Math.max(...TAILS.map((t) => t.length));

/** Whether a text is a particle or an ending by itself: what may follow a known word. */
export function isTail(text: string): boolean {
  return TAIL_SET.has(text);
}

/** Whether a text is a suffix that trade words take (…용, …제), with or without a particle after it. */
export function isSuffix(text: string): boolean {
  if (SUFFIX_SET.has(text)) return true;
  return text.length > 1 && SUFFIX_SET.has(text.charAt(0)) && TAIL_SET.has(text.slice(1));
}

/**
 * Stems of a Hangul word, likeliest first, the word itself left out: 흑연에서는 → [흑연], 배터리용을 → [배터리용,
 * 배터리]. Empty when nothing can be cut.
 */
export function stems(word: string): string[] {
  const out: string[] = [];
  let now = word;
  for (let round = 0; round < 3; round++) {
    const tail = longestTail(now);
    const cut = tail ?? (round > 0 || SUFFIX_SET.has(now.slice(-1)) ? suffixOf(now) : null);
    if (cut === null) break;
    now = now.slice(0, -cut.length);
    out.push(now);
  }
  return out;
}

function longestTail(word: string): string | null {
  for (let n = Math.min(LONGEST, word.length - 2); n > 0; n--) {
    const tail = word.slice(-n);
    if (TAIL_SET.has(tail)) return tail;
  }
  return null;
}

function suffixOf(word: string): string | null {
  return word.length > 2 && SUFFIX_SET.has(word.slice(-1)) ? word.slice(-1) : null;
}
