import { describe, expect, it } from 'vitest';
import { passwordIssue } from './password.ts';

const about = { email: 'bada.han@example.com', name: '한바다' };

describe('a new password', () => {
  it.each(['four wet lizards sing', '파란 고래 열두 마리', 'tR9#kk2!vmQ', 'kimchi-stew-for-nine'])(
    'may be %s',
    (password) => expect(passwordIssue(password, about)).toBeNull(),
  );

  it.each([
    ['too short', 'short', 'too-short:10'],
    ['nine letters', 'abcdefghX', 'too-short:10'],
    ['too long', 'x'.repeat(201), 'too-long:200'],
    ['one letter', 'aaaaaaaaaaaa', 'weak-password'],
    ['a row of figures', '1234567890', 'weak-password'],
    ['a row backwards', '0987654321', 'weak-password'],
    ['a row of keys', 'qwertyuiop', 'weak-password'],
    ['the first guess', 'Password2026!', 'weak-password'],
    ['the portal’s own name', 'Gwangmaek2026', 'weak-password'],
    ['one’s own address', 'bada.han@example.com', 'weak-password'],
    ['one’s own name', '한바다1234567', 'weak-password'],
  ])('is refused: %s', (_what, password, issue) => expect(passwordIssue(password, about)).toBe(issue));

  it('is counted in characters, not in code units', () => {
    expect(passwordIssue('🦎🐳🐋🐬🦭🐟🐠🐡🦈')).toBe('too-short:10');
    expect(passwordIssue('🦎🐳🐋🐬🦭🐟🐠🐡🦈🦑')).toBeNull();
  });
});
