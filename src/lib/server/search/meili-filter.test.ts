import { describe, expect, it } from 'vitest';
import { all, exceptIds, facetCounts, facetFilter, filterOf, findable } from './meili-filter.ts';
import { storedToken } from './meili-text.ts';
import { and, or, type Expr } from '#lib/domain/search/plan.ts';

const token = (t: string, prefix = false): Expr => ({ op: 'token', token: t, prefix });

describe('an expression as a filter', () => {
  it('asks for tokens by the attribute they live in, those asked for whole together', () => {
    const expr = or([token('g:graphite'), token('m:graphite'), token('t:plant'), token('n:sol', true)]);
    expect(filterOf(expr)).toBe(
      '(words STARTS WITH "n:sol" OR words IN ["t:plant"] OR tags IN ["g:graphite","m:graphite"])',
    );
  });

  it('keeps brackets', () => {
    const expr = and([token('g:graphite'), or([token('g:anode'), and([token('m:a'), token('m:b')])])]);
    expect(filterOf(expr)).toBe(
      '((tags IN ["g:graphite"]) AND (tags IN ["g:anode"] OR ((tags IN ["m:a"]) AND (tags IN ["m:b"]))))',
    );
  });

  it('is null when it can match nothing', () => {
    expect(filterOf(or([]))).toBeNull();
    expect(filterOf(and([token('g:graphite'), or([])]))).toBeNull();
    expect(filterOf(token('t:' + 'a'.repeat(500)))).toBeNull();
  });

  it('lets nothing of a token be syntax', () => {
    const filter = filterOf(token('t:a" OR visibility != "x\\'));
    expect(filter?.match(/"/g)).toHaveLength(2);
    expect(filter).not.toContain('\\');
    expect(filter).toContain(storedToken('t:a" OR visibility != "x\\'));
  });
});

describe('filters', () => {
  it('are whole characters, with no quotes among them', () => {
    expect(facetFilter({ mineral: ['a\ud800', '"] OR id IN ["x'] }, null)).toBe(
      'facets IN ["mineral=a\ufffd","mineral=] OR id IN [x"]',
    );
  });

  it('are any of a facet and all of the facets', () => {
    expect(facetFilter({ mineral: ['graphite', 'nickel'], size: ['sme'] }, null)).toBe(
      'facets IN ["mineral=graphite","mineral=nickel"] AND facets IN ["size=sme"]',
    );
    expect(facetFilter({ mineral: ['graphite'], size: ['sme'] }, 'mineral')).toBe('facets IN ["size=sme"]');
    expect(facetFilter({ country: ['x" OR id != "y'] }, null)).toBe('facets IN ["country=x OR id != y"]');
  });

  it('count the values of each facet by themselves', () => {
    const counts = facetCounts({ 'mineral=graphite': 3, 'size=sme': 2, 'unknown=x': 1 });
    expect([counts.mineral, counts.size, counts.country]).toEqual([{ graphite: 3 }, { sme: 2 }, {}]);
  });

  it('follow the audience alone', () => {
    expect(findable({ kind: 'public' })).toBe('visibility = "public"');
    expect(findable({ kind: 'official' })).toBe('visibility != "private"');
    expect(findable({ kind: 'company', organisationId: null, vetted: true })).toBe(
      'visibility IN ["public","vetted"]',
    );
    expect(findable({ kind: 'lead', organisationId: 'a' })).toBe(
      '(visibility IN ["public"] OR owner = "a" OR (invited = "a" AND visibility != "private"))',
    );
  });

  it('are joined, what is empty left out', () => {
    expect(all('a = "1"', null, '', exceptIds(['x', 'y']))).toBe('a = "1" AND id NOT IN ["x","y"]');
    expect(exceptIds([])).toBeNull();
  });
});
