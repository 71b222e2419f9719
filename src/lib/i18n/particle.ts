import { josa } from 'es-hangul';

/** A pair of particles as es-hangul names them: after a final consonant / after a vowel (or the reverse). */
export type Particle = Parameters<typeof josa.pick>[1];

const DIGIT_READINGS = ['영', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
/** How a run of trailing zeros is read last: 10 십, 100 백, 1,000 천, from 10,000 만, 억, 조. */
const ZERO_READINGS = ['십', '백', '천', '만', '만', '만', '만', '억', '억', '억', '억'];

/** Names of the letters that end in a consonant in Korean: 엘, 엠, 엔, 알; all others end in a vowel. */
const LETTER_READINGS: Record<string, string> = { l: '엘', m: '엠', n: '엔', r: '알' };

/**
 * How the end of a Latin word is usually heard when it is not spelled out. Letters that are heard both
 * ways (t in plant and robot, e in mine and lake) are left out: such words get both particles.
 */
const WORD_END_READINGS: Record<string, string> = {
  l: '엘',
  m: '엠',
  n: '엔',
  ...Object.fromEntries([...'aiouywhszfxvjrd'].map((letter) => [letter, '아'])),
};

/**
 * A word with the particle that fits it: 리튬을, 니켈은, LG를, 100을, 텅스텐(W)을.
 * Brackets, quotation marks and unit signs at the end are looked through. Where the reading of a
 * foreign word is not certain, both particles are written, as official documents do: `Mine을(를)`.
 */
export function withParticle(word: string, particle: Particle): string {
  const heard = lastSyllable(word);
  return word + (heard === null ? bothParticles(particle) : josa.pick(heard, particle));
}

/** A syllable that ends as the word is heard to end; null when that cannot be told. */
function lastSyllable(word: string): string | null {
  const core = withoutTail(word);
  const last = core.at(-1);
  if (last === undefined) return null;
  if (/[가-힣]/u.test(last)) return last;
  if (last === '%') return '트'; // 퍼센트
  if (/\d/u.test(last)) return digitReading(core);
  if (/[a-z]/iu.test(last)) return latinReading(core);
  return null;
}

/** Takes off what is written but not heard at the end: brackets with their content (㈜ too), quotes, stops. */
function withoutTail(word: string): string {
  let core = word.normalize('NFC').trimEnd();
  for (;;) {
    const shorter = core
      .replace(/\s*(\([^()]*\)|\[[^[\]]*\]|（[^（）]*）|㈜)$/u, '')
      .replace(/[’”'"」』》〉.,!?…\s]+$/u, '');
    if (shorter === core || shorter === '') return core;
    core = shorter;
  }
}

function digitReading(core: string): string | null {
  const number = /[\d,]*\.?\d+$/u.exec(core)?.[0] ?? '';
  const last = Number(number.at(-1));
  if (number.includes('.') || last !== 0) return DIGIT_READINGS[last] ?? null;
  const whole = number.replaceAll(',', '');
  const zeros = whole.length - whole.replace(/0+$/u, '').length;
  if (zeros === whole.length) return '영';
  return ZERO_READINGS[zeros - 1] ?? '조';
}

function latinReading(core: string): string | null {
  const run = /[a-z]+$/iu.exec(core)?.[0] ?? '';
  const last = run.slice(-1).toLowerCase();
  const spelledOut = run === run.toUpperCase();
  if (spelledOut) return LETTER_READINGS[last] ?? '아';
  if (/ng$/iu.test(run)) return '응';
  return WORD_END_READINGS[last] ?? null;
}

/** `을/를` → `을(를)`, `으로/로` → `(으)로`. */
function bothParticles(particle: Particle): string {
  const [first = '', second = ''] = particle.split('/');
  if (first.endsWith(second)) return `(${first.slice(0, -second.length)})${second}`;
  return `${first}(${second})`;
}
