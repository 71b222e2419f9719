import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachNumber, type Bits } from './bits.ts';
import { Segment } from './segment.ts';
import { inListOrder, SegmentBuilder, type SegmentDocument } from './segment-builder.ts';
import type { Expr } from '#lib/domain/search/plan.ts';

const WORDS = ['g:graphite', 'g:lithium', 'm:lithium', 'n:가온', 'n:가온소재', 'n:나래', 't:광산', 'w:가온'];

const documents = fc
  .array(
    fc.record({
      vetted: fc.boolean(),
      updatedAt: fc.integer({ min: 0, max: 3 }),
      tokens: fc.subarray(WORDS),
      visibility: fc.constantFrom('public' as const, 'hidden' as const),
    }),
    { maxLength: 80 },
  )
  .map((rows) =>
    rows.map((row, i): SegmentDocument => ({
      ...row,
      id: `d${String(i).padStart(3, '0')}`,
      ...{ owner: null, invited: [], facets: '' },
    })),
  );

const { expr } = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { depthSize: 'small' },
    fc.record({
      op: fc.constant('token' as const),
      token: fc.constantFrom(...WORDS, 'n:', 'n:가', 'g:none', 'z:'),
      prefix: fc.boolean(),
    }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('expr'), { maxLength: 3 }),
    }),
  ),
}));

function numbersIn(bits: Bits): number[] {
  const numbers: number[] = [];
  eachNumber(bits, (number) => void numbers.push(number));
  return numbers;
}

function matches(one: Expr, tokens: readonly string[]): boolean {
  if (one.op === 'token') return tokens.some((t) => (one.prefix ? t.startsWith(one.token) : t === one.token));
  if (one.op === 'or') return one.of.some((part) => matches(part, tokens));
  return one.of.length > 0 && one.of.every((part) => matches(part, tokens));
}

async function segmentOf(all: readonly SegmentDocument[]): Promise<Segment> {
  const builder = new SegmentBuilder();
  for (const one of all) builder.add(one);
  return new Segment(await builder.finish());
}

describe('a segment', () => {
  it('finds what reading every document finds, in the order of lists', async () => {
    await fc.assert(
      fc.asyncProperty(documents, expr, async (all, one) => {
        const segment = await segmentOf(all);
        const found = numbersIn(segment.matching(one)).map((number) => segment.ids[number]);
        const expected = [...all].sort(inListOrder).filter((d) => matches(one, d.tokens));
        expect(found).toEqual(expected.map((d) => d.id));
      }),
    );
  });

  it('tells which documents have the tokens that ranking asks for', async () => {
    await fc.assert(
      fc.asyncProperty(documents, fc.subarray(WORDS), async (all, tokens) => {
        const segment = await segmentOf(all);
        const found = segment.tokensOf(
          segment.ids.map((_, i) => i),
          { tokens: new Set(tokens), starts: new Set(['n:가']) },
        );
        segment.ids.forEach((id, i) => {
          const has = all.find((d) => d.id === id)?.tokens ?? [];
          const expected = has.filter((t) => tokens.includes(t) || t.startsWith('n:가'));
          expect(found[i]).toEqual([...expected].sort());
        });
      }),
    );
  });

  it('holds numbers however far apart they are', async () => {
    const all = Array.from({ length: 40_000 }, (_, i): SegmentDocument => ({
      ...{ id: String(i).padStart(6, '0'), vetted: false, updatedAt: 0, visibility: 'public' },
      ...{ owner: null, invited: [], facets: '' },
      tokens: ['t:all', ...(i % 20_000 === 7 ? ['t:rare'] : []), ...(i % 300 === 0 ? ['t:some'] : [])],
    }));
    const segment = await segmentOf(all);
    const numbers = (token: string) => numbersIn(segment.matching({ op: 'token', token, prefix: false }));
    expect(numbers('t:rare')).toEqual([7, 20_007]);
    expect(numbers('t:some')).toEqual(all.flatMap((_, i) => (i % 300 === 0 ? [i] : [])));
    expect(numbers('t:all')).toHaveLength(40_000);
  });
});
