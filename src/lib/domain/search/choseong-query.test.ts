import { expect, it } from 'vitest';
import { choseongQuery } from './choseong-query.ts';
import { compileLexicon } from './lexicon.ts';

const lexicon = compileLexicon([]);
const groupsOf = (text: string) =>
  choseongQuery(lexicon, text).units.flatMap(({ parts }) => parts.map((part) => part.text));

it('reads each group of consonants by itself, a repeated one once', () => {
  expect(groupsOf('ㅎㅅ ㅍㄹㅌ ㅎㅅ')).toEqual(['ㅎㅅ', 'ㅍㄹㅌ']);
  expect(groupsOf('ㅎㅅ')).toEqual([]);
});

it('does not ask for a hundred groups', () => {
  const many = Array.from({ length: 100 }, (_, i) => 'ㅎ'.repeat(i + 2)).join(' ');
  expect(groupsOf(many)).toHaveLength(12);
});
