import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passesGates } from '#lib/domain/match/gates.ts';
import { groupOf } from '#lib/domain/match/group.ts';
import { UNITS } from '#lib/domain/match/model.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import {
  experienceId,
  outlinePair,
  scorePair,
  scoreUnits,
  toPoints,
  type Match,
  type Part,
} from '#lib/domain/match/score.ts';
import type { MatchCompany, MatchOpportunity, MatchRequirement, SourceRow } from '#lib/domain/match/types.ts';
import {
  BASIS,
  capabilityRow,
  certificateRow,
  countryRow,
  matchCompany,
  matchOpportunity,
  referenceRow,
  TODAY,
} from '#lib/domain/match/worlds.fixture.ts';

const RUNS = { numRuns: 600 };
const match = (opportunity: MatchOpportunity, company: MatchCompany): Match =>
  scorePair(prepareNeed(opportunity, BASIS, TODAY), company);
const pair = (check: (opportunity: MatchOpportunity, company: MatchCompany) => void) =>
  fc.assert(fc.property(matchOpportunity, matchCompany, check), RUNS);

/** The company without a row that a part names; null when the row cannot be taken away. */
function without(company: MatchCompany, { kind, id }: SourceRow): MatchCompany | null {
  switch (kind) {
    case 'capability':
      return { ...company, capabilities: company.capabilities.filter((row) => row.id !== id) };
    case 'certification':
      return { ...company, certifications: company.certifications.filter((row) => row.id !== id) };
    case 'reference':
      return { ...company, references: company.references.filter((row) => row.id !== id) };
    case 'country_experience':
      return {
        ...company,
        countries: company.countries.filter((row) => experienceId(company.countries, row) !== id),
      };
    case 'language':
      return { ...company, languages: company.languages.filter((language) => language !== id) };
    case 'finance':
      return { ...company, canInvest: false };
    case 'profile':
      return id === 'summary' ? { ...company, concepts: [] } : null;
    case 'alternatives':
      return null;
  }
}

/** The line with everything it lists the other way round. */
function turnedLine(line: MatchRequirement): MatchRequirement {
  switch (line.kind) {
    case 'capability':
      return { ...line, minerals: line.minerals.toReversed() };
    case 'certifications_any':
      return { ...line, certifications: line.certifications.toReversed() };
    case 'country_experience':
      return { ...line, countries: line.countries.toReversed() };
    case 'language':
    case 'min_size':
    case 'can_invest':
      return line;
  }
}

describe('the parts', () => {
  it('are never negative, within their maximum, and add up to the score, in any order', () => {
    pair((opportunity, company) => {
      const { units, parts } = match(opportunity, company);
      for (const part of parts) {
        expect(part.units).toBeGreaterThanOrEqual(0);
        expect(part.units).toBeLessThanOrEqual(part.maxUnits);
        expect(Number.isInteger(part.units)).toBe(true);
      }
      expect(parts.reduce((sum, part) => sum + part.maxUnits, 0)).toBe(UNITS);
      const points = parts.map((part) => toPoints(part.units));
      expect(points.reduce((a, b) => a + b, 0)).toBe(toPoints(units));
      expect(points.reduceRight((a, b) => a + b, 0)).toBe(toPoints(units));
      expect(toPoints(units)).toBeLessThanOrEqual(1);
      expect(scoreUnits(prepareNeed(opportunity, BASIS, TODAY), company)).toBe(units);
    });
  });

  it('are lost exactly when their row is taken away', () => {
    pair((opportunity, company) => {
      const before = match(opportunity, company);
      const sources = new Map(
        before.parts.flatMap(({ source }) =>
          source === null ? [] : [[`${source.kind} ${source.id}`, source]],
        ),
      );
      for (const source of sources.values()) {
        const less = without(company, source);
        if (less === null) continue;
        const stated = before.parts
          .filter((part) => part.source?.kind === source.kind && part.source.id === source.id)
          .reduce((sum, part) => sum + part.units, 0);
        expect(before.units - match(opportunity, less).units).toBe(stated);
      }
    });
  });

  it('that several rows give go only when all of those rows go', () => {
    pair((opportunity, company) => {
      const { parts } = match(opportunity, company);
      for (const { name, slot, source } of parts) {
        if (name !== 'shared' || source === null || slot.kind !== 'capability') continue;
        const ids = source.id.split('|');
        expect(ids.length).toBeGreaterThan(1);
        const less = {
          ...company,
          capabilities: company.capabilities.filter(({ id }) => !ids.includes(id)),
        };
        const left = match(opportunity, less).parts.filter((part) => part.requirement === slot.requirement);
        if (slot.requirement !== null) expect(left.every(({ units }) => units === 0)).toBe(true);
      }
    });
  });

  it('each with points name a row that is there', () => {
    pair((opportunity, company) => {
      for (const part of match(opportunity, company).parts)
        if (part.units > 0) expect(part.source).not.toBeNull();
    });
  });
});

describe('the score', () => {
  it('never falls, and no gate closes, when a row is added', () => {
    const more = fc.oneof(
      capabilityRow.map((row) => (c: MatchCompany) => ({
        ...c,
        capabilities: [...c.capabilities, { ...row, id: 'n' }],
      })),
      certificateRow.map((row) => (c: MatchCompany) => ({
        ...c,
        certifications: [...c.certifications, row],
      })),
      referenceRow.map((row) => (c: MatchCompany) => ({
        ...c,
        references: [...c.references, { ...row, id: 'n' }],
      })),
      countryRow.map((row) => (c: MatchCompany) => ({ ...c, countries: [...c.countries, row] })),
      fc.constantFrom('ko', 'en', 'fr', 'es').map((language) => (c: MatchCompany) => ({
        ...c,
        languages: [...new Set([...c.languages, language])],
      })),
    );
    fc.assert(
      fc.property(matchOpportunity, matchCompany, more, (opportunity, company, add) => {
        const before = match(opportunity, company);
        const after = match(opportunity, add(company));
        expect(after.units).toBeGreaterThanOrEqual(before.units);
        if (passesGates(before.gates)) expect(passesGates(after.gates)).toBe(true);
      }),
      RUNS,
    );
  });

  it('does not depend on the order of anything', () => {
    pair((opportunity, company) => {
      const turned = {
        ...company,
        capabilities: company.capabilities
          .map((row) => ({ ...row, minerals: row.minerals.toReversed() }))
          .reverse(),
        certifications: company.certifications.toReversed(),
        references: company.references.toReversed(),
        countries: company.countries.toReversed(),
        languages: company.languages.toReversed(),
        concepts: company.concepts.toReversed(),
      };
      const turnedOpportunity = {
        ...opportunity,
        minerals: opportunity.minerals.toReversed(),
        invited: opportunity.invited.toReversed(),
        concepts: opportunity.concepts.toReversed(),
        work: opportunity.work.toReversed(),
        requirements: opportunity.requirements.map(turnedLine).reverse(),
      };
      const texts = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort();
      const simple = ({ units, gates, parts }: Match) => ({
        units,
        gates: texts(gates),
        parts: texts(parts.map((part) => [part.name, part.requirement, part.units, part.source])),
      });
      expect(simple(match(turnedOpportunity, turned))).toEqual(simple(match(opportunity, company)));
    });
  });

  it('does not depend on what lines and rows are called', () => {
    pair((opportunity, company) => {
      const requirements = opportunity.requirements.map((line, at) => ({ ...line, id: `z${9 - at}` }));
      const renamed = (rows: MatchCompany['capabilities']) =>
        rows.map((row, at) => ({ ...row, id: `x${9 - at}` }));
      const other = {
        ...company,
        capabilities: renamed(company.capabilities),
        references: company.references.map((row, at) => ({ ...row, id: `r${9 - at}` })),
      };
      const shared = ({ parts }: Match) =>
        parts.flatMap(({ name, units }) => (name === 'shared' ? [units] : [])).sort((a, b) => a - b);
      const [one, two] = [match(opportunity, company), match({ ...opportunity, requirements }, other)];
      expect(two.units).toBe(one.units);
      expect(shared(two)).toEqual(shared(one));
    });
  });

  it('is finite whatever the figures, units and years are', () => {
    const wild = fc.oneof(
      fc.double(),
      fc.constantFrom(
        NaN,
        Infinity,
        -Infinity,
        Number.MIN_VALUE,
        Number.MAX_VALUE,
        -0,
        Number.MAX_SAFE_INTEGER,
      ),
    );
    const unit = fc.oneof(fc.string(), fc.constantFrom('t/yr', 'kg/h', 't LCE/yr', 'kt/yr'));
    const row = fc.record({ amount: wild, unit, year: fc.oneof(wild, fc.integer()) });
    const rows = fc.array(row, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        matchOpportunity,
        matchCompany,
        rows,
        rows,
        wild,
        (opportunity, company, asked, held, w) => {
          const at = <T>(list: readonly T[], index: number) => list[index % list.length] as T;
          const wilder = {
            ...company,
            capabilities: company.capabilities.map((one, i) => ({ ...one, ...at(held, i) })),
            references: company.references.map((one, i) => ({ ...one, year: at(held, i).year })),
          };
          const requirements = opportunity.requirements.map((line, i) =>
            line.kind === 'capability'
              ? { ...line, amount: at(asked, i).amount, unit: at(asked, i).unit, weight: w }
              : { ...line, weight: w },
          );
          const { units, parts } = match({ ...opportunity, requirements }, wilder);
          for (const part of parts) {
            expect(Number.isInteger(part.units)).toBe(true);
            expect(part.units).toBeGreaterThanOrEqual(0);
            expect(part.units).toBeLessThanOrEqual(part.maxUnits);
          }
          expect(parts.reduce((sum, { maxUnits }) => sum + maxUnits, 0)).toBe(UNITS);
          expect(parts.reduce((sum, part) => sum + part.units, 0)).toBe(units);
        },
      ),
      RUNS,
    );
  });

  it('weighs must lines more than should lines of the same kind', () => {
    pair((opportunity) => {
      const capability = opportunity.requirements.find(({ kind }) => kind === 'capability');
      if (capability === undefined) return;
      const requirements = [
        { ...capability, id: 'must', must: true, weight: 1 },
        { ...capability, id: 'should', must: false, weight: 1 },
      ];
      const { slots } = prepareNeed({ ...opportunity, requirements }, BASIS, TODAY);
      const max = (id: string) => slots.find(({ requirement }) => requirement === id)?.max ?? 0;
      expect(max('must')).toBeGreaterThan(max('should'));
    });
  });
});

describe('the outline that lists are made of', () => {
  /** What the parts of each slot come to, in the order of the slots, with the row that was read. */
  const bySlot = (parts: readonly Pick<Part, 'slot' | 'units' | 'reading'>[]) =>
    [...Map.groupBy(parts, ({ slot }) => slot)].map(([slot, of]) => ({
      slot,
      units: of.reduce((sum, { units }) => sum + units, 0),
      reading: of.find(({ reading }) => reading !== null)?.reading ?? null,
    }));

  const same = (opportunity: MatchOpportunity, company: MatchCompany) => {
    const need = prepareNeed(opportunity, BASIS, TODAY);
    const whole = scorePair(need, company);
    const outline = outlinePair(need, company, whole.gates);
    expect(outline.units).toBe(whole.units);
    expect(outline.gates).toEqual(whole.gates);
    expect(bySlot(outline.parts)).toEqual(bySlot(whole.parts));
    expect(groupOf(need, company, outline)).toBe(groupOf(need, company, whole));
  };

  it('has the points, slots, rows, gates and group of the whole reckoning', () => {
    pair(same);
  });

  it('reads the same of several rows that give as much', () => {
    pair((opportunity, company) => {
      const more = company.capabilities.map((row) => ({
        ...row,
        id: `a${row.id}`,
        amount: row.amount === null ? null : row.amount * 1.5,
      }));
      same(opportunity, { ...company, capabilities: [...company.capabilities, ...more] });
    });
  });
});

describe('the gates', () => {
  it('never let a company through that is suspended, screened out, unpublished or short of a must line', () => {
    pair((opportunity, company) => {
      if (!passesGates(match(opportunity, company).gates)) return;
      expect(company).toMatchObject({ screened: false, published: true });
      expect(['suspended', 'refused']).not.toContain(company.status);
      const due = opportunity.deadlineDay ?? TODAY;
      if (opportunity.visibility === 'vetted' || opportunity.requiresVetted) {
        expect(company.status).toBe('vetted');
        expect(company.vettedUntil ?? due >= due).toBeTruthy();
      }
      for (const line of opportunity.requirements.filter(({ must }) => must)) {
        if (line.kind === 'certifications_any')
          expect(
            company.certifications.some(
              ({ id, validTo }) => line.certifications.includes(id) && (validTo === null || validTo >= due),
            ),
          ).toBe(true);
        if (line.kind === 'language') expect(company.languages).toContain(line.language);
      }
    });
  });
});
