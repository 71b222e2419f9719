import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '#lib/domain/match/explain.ts';
import { explainKept, rowCalls, spanOf } from './explain-kept.ts';
import type { MatchNames } from '#lib/domain/match/names.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { raisesOf } from '#lib/domain/match/raise.ts';
import { experienceId, scorePair } from '#lib/domain/match/score.ts';
import { BASIS, matchCompany, matchOpportunity, TODAY } from '#lib/domain/match/worlds.fixture.ts';

const same = (id: string): string => `«${id}»`;
const names: MatchNames = {
  capability: same,
  mineral: same,
  country: same,
  certification: same,
  framework: same,
  language: same,
  concept: same,
};

const pair = fc.record({
  o: matchOpportunity,
  c: matchCompany,
  lang: fc.constantFrom('ko' as const, 'en' as const),
});

describe('explainKept', () => {
  it('says what is asked and how far it is met, never what would tell whose it is', () => {
    fc.assert(
      fc.property(pair, ({ o, c, lang }) => {
        const need = prepareNeed(o, BASIS, TODAY);
        const match = scorePair(need, c);
        const raises = raisesOf(need, c);
        const kept = explainKept(match, raises, need, c, names, lang);
        const open = explain(match, raises, need, c, names, lang);
        // The same points, part by part.
        const points = ({ parts, gates, raise, ...rest }: typeof kept) => [
          rest,
          parts.map((part) => [part.name, part.requirement, part.points, part.max]),
          gates.map((gate) => [gate.rule, gate.requirement, gate.passed]),
          raise.map((one) => [one.points, one.opens, one.field.step, one.field.key]),
        ];
        expect(points(kept)).toEqual(points(open));
        const text = [
          ...kept.parts.flatMap((part) => [part.sentence, part.evidence?.text ?? '']),
          ...kept.gates.map((gate) => gate.sentence),
          ...kept.raise.map((raise) => raise.text),
        ].join('\n');
        const asked = new Set([
          o.country,
          ...o.requirements.flatMap((line) => (line.kind === 'country_experience' ? line.countries : [])),
          // The seat, on the rule of whose companies may take part.
          c.country,
        ]);
        for (const held of [...c.countries, ...c.references].map(({ country }) => country))
          if (held !== null && !asked.has(held)) expect(text).not.toContain(same(held));
        const ids = [...kept.parts.map((part) => part.evidence), ...kept.gates.map((gate) => gate.source)];
        const rows = new Set([
          ...c.capabilities.map(({ id }) => id),
          ...c.references.map(({ id }) => id),
          ...c.countries.map((row) => experienceId(c.countries, row)),
        ]);
        for (const source of ids)
          if (source !== null && ['capability', 'reference', 'country_experience'].includes(source.kind))
            expect(rows.has(source.id)).toBe(false);
        expect(kept.raise.every(({ field }) => field.row === null)).toBe(true);
        for (const sentence of kept.parts.map((part) => part.sentence)) {
          expect(sentence).toMatch(/[.]$/u);
          expect(sentence).not.toMatch(/undefined|null|NaN|Infinity| {2}/u);
          // No year and no day of the company's; what is asked may hold any number.
          if (!sentence.match(/asked|요구/u)) expect(sentence).not.toMatch(/\b(19|20)\d\d\b/u);
        }
        for (const concept of text.match(/(?<=Terms in both texts: |함께 나오는 말: ).*(?=\.)/gu) ?? [])
          for (const one of concept.split(', ')) expect(o.concepts.map(same)).toContain(one);
      }),
      { numRuns: 800 },
    );
  });

  it('tells how long ago in spans', () => {
    expect([2026, 2025, 2024, 2023, 2017, 2016, 2015].map((year) => spanOf(year, 2026))).toEqual([
      2, 2, 2, 5, 10, 10, 0,
    ]);
  });

  it('calls rows by their order', () => {
    fc.assert(
      fc.property(matchCompany, (c) => {
        const calls = rowCalls(c);
        c.capabilities.forEach(({ id }, at) =>
          expect(calls({ kind: 'capability', id }).id).toBe(
            `capability-${c.capabilities.findIndex((row) => row.id === id) + 1 || at}`,
          ),
        );
        expect(calls({ kind: 'certification', id: 'iso-9001' }).id).toBe('iso-9001');
      }),
      { numRuns: 100 },
    );
  });
});
