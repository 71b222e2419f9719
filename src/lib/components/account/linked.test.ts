import { expect, it } from 'vitest';
import { linked } from './linked.ts';

const ORIGIN = 'http://localhost:3000';

it('makes links of our own addresses only', () => {
  expect(linked(`Open ${ORIGIN}/verify/abc now`, ORIGIN)).toEqual([
    { text: 'Open ', href: null },
    { text: `${ORIGIN}/verify/abc`, href: '/verify/abc' },
    { text: ' now', href: null },
  ]);
  expect(linked('https://evil.example/', ORIGIN)).toEqual([{ text: 'https://evil.example/', href: null }]);
  expect(linked(`${ORIGIN}.evil.example/`, ORIGIN)[0]?.href).toBeNull();
  expect(linked('no address', ORIGIN)).toEqual([{ text: 'no address', href: null }]);
});
