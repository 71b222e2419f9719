import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { companyRecord } from '#lib/domain/company/record.ts';
import { conceptTerms } from '#lib/domain/match/concept-terms.ts';
import { matchLexicon } from '#lib/domain/match/concepts.ts';
import { companyFromRecord } from '#lib/domain/match/from-record.ts';

const lexicon = matchLexicon([{ id: 'graphite', names: ['Graphite', '흑연'] }]);
const word = fc.constantFrom(
  '흑연',
  'Graphite',
  'ISO 9001',
  '부산광역시',
  'Tanzania',
  'flotation',
  '㈜',
  'x',
);
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));

const base = {
  id: 'c-1',
  name_en: 'A company',
  size: 'sme' as const,
  published: true,
  capabilities: [{ id: 'k1', capability: 'froth-flotation', minerals: ['graphite'] }],
  languages: ['ko', 'en'],
};

describe('what matching reads of a company', () => {
  it('knows neither its names, its province nor the name of a client or a project', () => {
    const identity = fc.record({
      name_ko: name,
      name_en: name,
      province: fc.constantFrom('Busan', 'Seoul', null),
      references: fc.record({ title: name, client: name }),
    });
    fc.assert(
      fc.property(identity, identity, text, text, (one, other, ko, en) => {
        const read = ({ references, ...rest }: typeof one) =>
          companyFromRecord(
            companyRecord.parse({
              ...base,
              ...rest,
              summary_ko: ko,
              summary_en: en,
              references: [{ id: 'r1', ...references, country: 'TZ', minerals: ['graphite'], year: 2024 }],
            }),
            lexicon,
          );
        expect(read(one)).toEqual(read(other));
      }),
      { numRuns: 300 },
    );
  });

  it('does not mind in which language the text is', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const read = (ko: string, en: string) =>
          companyFromRecord(companyRecord.parse({ ...base, summary_ko: ko, summary_en: en }), lexicon);
        expect(read(one, other)).toEqual(read(other, one));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the terms of the trade', () => {
  it.each(conceptTerms().map(({ id, words }) => ({ id, words })))(
    '$id is found by each of its words, in both languages',
    ({ id, words }) => {
      for (const one of words) expect(lexicon.idsOf(`A, ${one}; B`)).toContain(id);
      expect(words.some((one) => /[a-z]/u.test(one))).toBe(true);
    },
  );
});
