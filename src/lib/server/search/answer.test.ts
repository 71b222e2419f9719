import { expect, it } from 'vitest';
import { compileLexicon } from '#lib/domain/search/lexicon.ts';
import { parseQuery } from '#lib/domain/search/query.ts';
import type { Ranked } from '#lib/domain/search/rank.ts';
import { notesOf } from './answer.ts';

const lexicon = compileLexicon([
  { concept: 'photovoltaics', kind: 'capability', lang: 'en', term: 'solar', form: 'name', broader: '' },
]);
const query = {
  ...parseQuery(lexicon, 'hae sol', 'company'),
  notes: [{ kind: 'spelling', from: 'sol', to: 'solar' } as const],
};
const level = { match: { op: 'and', of: [] } as const, dropped: [], widened: false };
const hit = (token: string): Ranked => ({
  id: 'a',
  score: 100,
  rule: 'content',
  reasons: [{ text: 'sol', field: 'mention', token, weight: 1 }],
});

it('another reading of a word is said only when it brought something', () => {
  expect(notesOf(lexicon, query, level, [hit('n:해솔플랜트')])).toEqual([]);
  expect(notesOf(lexicon, query, level, [])).toEqual([]);
  expect(notesOf(lexicon, query, level, [hit('n:해솔플랜트'), hit('g:photovoltaics')])).toEqual(query.notes);
});
