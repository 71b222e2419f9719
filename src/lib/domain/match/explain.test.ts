import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '#lib/domain/match/explain.ts';
import type { MatchNames } from '#lib/domain/match/names.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { passesGates } from '#lib/domain/match/gates.ts';
import { raisesOf, type Change } from '#lib/domain/match/raise.ts';
import { scorePair } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
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

describe('explain', () => {
  it('says every part, gate and raise in whole sentences, in both languages', () => {
    fc.assert(
      fc.property(
        matchOpportunity,
        matchCompany,
        fc.constantFrom('ko' as const, 'en' as const),
        (o, c, lang) => {
          const need = prepareNeed(o, BASIS, TODAY);
          const match = scorePair(need, c);
          const said = explain(match, raisesOf(need, c), need, c, names, lang);
          expect(said.parts.reduce((sum, { points }) => sum + points, 0)).toBe(said.score);
          const sentences = [
            ...said.parts.map(({ sentence }) => sentence),
            ...said.gates.map(({ sentence }) => sentence),
            ...said.raise.map(({ text }) => text),
          ];
          // Where several rows meet a line, the one the sentence speaks of is named: «…» comes from the names above.
          for (const { name, evidence } of said.parts)
            if (name === 'shared') expect(evidence?.text).toMatch(/^«.+»$|^실적$|^Reference$/u);
          for (const sentence of sentences) {
            expect(sentence).toMatch(/[.]$/u);
            expect(sentence).not.toMatch(/undefined|null|NaN|Infinity| {2}/u);
            if (lang === 'ko') expect(sentence).toMatch(/다\.$|\)\.$|: .+\.$/u);
            else expect(sentence).not.toMatch(/[가-힣]{2}/u);
          }
        },
      ),
      { numRuns: 800 },
    );
  });
});

/** The company with the change made, and nothing else. */
function made(company: MatchCompany, change: Change, until: string): MatchCompany {
  const row = (id: string, better: Partial<MatchCompany['capabilities'][number]>): MatchCompany => ({
    ...company,
    capabilities: company.capabilities.map((one) => (one.id === id ? { ...one, ...better } : one)),
  });
  const certificate = (
    id: string,
    better: Partial<MatchCompany['certifications'][number]>,
  ): MatchCompany => ({
    ...company,
    certifications: company.certifications.map((one) => (one.id === id ? { ...one, ...better } : one)),
  });
  switch (change.kind) {
    case 'evidence':
      return row(change.capability, { evidence: change.to });
    case 'capacity':
      return row(change.capability, { amount: change.amount, unit: change.unit });
    case 'year':
      return row(change.capability, { year: change.year });
    case 'minerals':
      return row(change.capability, { minerals: change.minerals });
    case 'renew-certificate':
      return certificate(change.certification, { validTo: until });
    case 'verify-certificate':
      return certificate(change.certification, { verified: true });
    case 'add-certificate': {
      const added = { id: change.certification, validTo: until, verified: false };
      return { ...company, certifications: [...company.certifications, added] };
    }
    case 'confirm-reference':
      return {
        ...company,
        references: company.references.map((one) =>
          one.id === change.reference ? { ...one, confirmed: true } : one,
        ),
      };
    case 'language':
      return { ...company, languages: [...company.languages, change.language] };
    case 'want':
      return { ...company, excludes: null };
    case 'publish':
      return { ...company, published: true };
    case 'vetting':
      return { ...company, status: 'vetted', vettedUntil: null };
    case 'unit':
      // The company itself knows how much that is; what is named is the unit alone.
      return company;
  }
}

describe('raisesOf', () => {
  it('names at most three changes, the best first, each worth and opening what it says when it is made', () => {
    fc.assert(
      fc.property(matchOpportunity, matchCompany, (o, c) => {
        const need = prepareNeed(o, BASIS, TODAY);
        const raises = raisesOf(need, c);
        const before = scorePair(need, c);
        expect(raises.length).toBeLessThanOrEqual(3);
        const order = raises.map(({ opens, units }) => Number(opens) * 1e6 + units);
        expect(order).toEqual(order.toSorted((a, b) => b - a));
        for (const { change, units, opens } of raises) {
          expect(units > 0 || opens).toBe(true);
          if (change.kind === 'unit') continue;
          const after = scorePair(need, made(c, change, '2031-12-31'));
          expect(after.units - before.units).toBe(units);
          expect(!passesGates(before.gates) && passesGates(after.gates)).toBe(opens);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('speaks of rows that are there, and of nothing the company could only pretend to have', () => {
    fc.assert(
      fc.property(matchOpportunity, matchCompany, (o, c) => {
        const asked = o.requirements.flatMap((line) => (line.kind === 'capability' ? [line.capability] : []));
        for (const { change } of raisesOf(prepareNeed(o, BASIS, TODAY), c)) {
          if ('capability' in change) {
            const row = c.capabilities.find(({ id }) => id === change.capability);
            expect(row).toBeDefined();
            if (change.kind === 'capacity') expect(row?.amount).toBeNull();
            if (change.kind === 'capacity' || change.kind === 'unit')
              expect(asked).toContain(row?.capability);
            if (change.kind === 'year') expect(row?.year).toBeNull();
            if (change.kind === 'minerals') expect(row?.minerals).toEqual([]);
          }
          if ('reference' in change)
            expect(c.references.find(({ id }) => id === change.reference)?.confirmed).toBe(false);
        }
      }),
      { numRuns: 800 },
    );
  });
});
