import { expect, it } from 'vitest';
import { indexUid, isSupported, SETTINGS, settingsThatDiffer } from './meili-settings.ts';

it('knows the versions of the server it is made for', () => {
  expect(['1.49.9', '1.50.0', '1.50.3', '1.61.2', '2.0.0', '2.1.0'].map(isSupported)).toEqual([
    ...[false, true, true, true, false, false],
  ]);
});

it('sees by what the server tells that settings are old', () => {
  const held = JSON.parse(JSON.stringify(SETTINGS.documents)) as Record<string, unknown>;
  expect(settingsThatDiffer('documents', { ...held, embedders: {} })).toEqual([]);
  // The server tells lists that have no order in an order of its own.
  const sortable = SETTINGS.documents.sortableAttributes;
  expect(
    settingsThatDiffer('documents', { ...held, sortableAttributes: [...(sortable ?? [])].reverse() }),
  ).toEqual([]);
  expect(settingsThatDiffer('documents', { ...held, filterableAttributes: ['tags'] })).toEqual([
    'filterableAttributes',
  ]);
  expect(settingsThatDiffer('words', { ...SETTINGS.words, rankingRules: ['typo', 'words', 'sort'] })).toEqual(
    ['rankingRules'],
  );
  expect(settingsThatDiffer('words', { ...SETTINGS.words, typoTolerance: { enabled: false } })).toEqual([
    'typoTolerance',
  ]);
});

it('names each index once', () => {
  expect([
    ...[indexUid('p', 'company', 'documents'), indexUid('p', 'company', 'words')],
    indexUid('p', 'company', 'words', true),
  ]).toEqual(['p_company', 'p_company_words', 'p_company_words_next']);
});
