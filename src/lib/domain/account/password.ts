export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** Rows of keys and counting, forwards; checked backwards as well. */
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Words that passwords of this portal would be guessed from first. */
const OBVIOUS = [
  'password',
  'passw0rd',
  'gwangmaek',
  '광맥',
  'qwerty',
  'welcome',
  'letmein',
  'admin',
  'iloveyou',
  '비밀번호',
];

/**
 * What is wrong with a new password as an issue code, or null: too short or long, or so obvious that it would be
 * among the first guesses. No rules on kinds of characters (NIST SP 800-63B §3.1.1.2).
 */
export function passwordIssue(
  password: string,
  about: { email?: string; name?: string } = {},
): string | null {
  const length = [...password].length;
  if (length < PASSWORD_MIN) return `too-short:${PASSWORD_MIN}`;
  if (length > PASSWORD_MAX) return `too-long:${PASSWORD_MAX}`;
  const plain = password.toLowerCase().normalize('NFKC');
  if (new Set(plain).size < 5 || isRun(plain)) return 'weak-password';
  const personal = [about.email?.split('@')[0] ?? '', about.email ?? '', about.name ?? ''].map((part) =>
    part.toLowerCase().normalize('NFKC'),
  );
  const parts = [...OBVIOUS, ...personal].filter((part) => [...part].length >= 2);
  return parts.some((part) => leaves(plain, part) < 5) ? 'weak-password' : null;
}

/** Letters left when a word and all figures and signs are taken out: too few, and the word is the password. */
function leaves(plain: string, word: string): number {
  if (!plain.includes(word)) return Infinity;
  return [...plain.replaceAll(word, '').replaceAll(/[^\p{L}]/gu, '')].length;
}

function isRun(plain: string): boolean {
  return RUNS.some((run) => {
    const backwards = [...run].reverse().join('');
    const twice = [run + run, backwards + backwards];
    return twice.some((line) => line.includes(plain) || line.includes(plain.slice(0, PASSWORD_MIN)));
  });
}
