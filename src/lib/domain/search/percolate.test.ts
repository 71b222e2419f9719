import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayFind, type Finder } from './finder.ts';
import { Percolator, type Percolated } from './percolate.ts';
import type { Expr } from './plan.ts';
import { EVERYTHING, isTrueOf, NOTHING, pack, unpack } from './watch.ts';

const uuid = (n: number) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const token = fc.stringMatching(/^[a-c]:[가-다a-c]{0,4}$/);
const { expr } = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { depthSize: 'small' },
    fc.record({ op: fc.constant('token' as const), token, prefix: fc.boolean() }),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('expr'), { maxLength: 4 }),
    }),
  ),
}));
const organisation = fc.constantFrom(uuid(901), uuid(902), null);
const finder: fc.Arbitrary<Finder> = fc.oneof(
  fc.constantFrom<Finder>({ kind: 'public' }, { kind: 'official' }),
  fc.record({ kind: fc.constant('company' as const), organisationId: organisation, vetted: fc.boolean() }),
  fc.record({ kind: fc.constant('lead' as const), organisationId: organisation }),
);
const document: fc.Arbitrary<Percolated> = fc.record({
  tokens: fc.uniqueArray(token, { maxLength: 12 }),
  visibility: fc.constantFrom('public', 'vetted', 'invited', 'hidden', 'private'),
  owner: organisation,
  invited: fc.array(fc.constantFrom(uuid(901), uuid(902)), { maxLength: 2 }),
});
const search = fc.record({ expr, finder });
const share = fc.constantFrom(
  () => 0.5,
  () => 0,
  (of: string) => (of.length % 5) / 5,
);

describe('the compiled set', () => {
  it('answers what asking each search would, whatever was removed, added or asked before', () => {
    fc.assert(
      fc.property(
        share,
        fc.array(search, { maxLength: 30 }),
        fc.array(search, { maxLength: 10 }),
        fc.array(fc.nat(29), { maxLength: 10 }),
        fc.array(document, { minLength: 1, maxLength: 4 }),
        (guess, first, second, gone, documents) => {
          const set = new Percolator(guess);
          const held = new Map<string, { expr: Expr; finder: Finder }>();
          const add = (one: { expr: Expr; finder: Finder }, n: number) => {
            held.set(uuid(n), one);
            set.add(uuid(n), set.compile(one.expr), one.finder);
          };
          const agree = (doc: Percolated) => {
            const tokens = new Set(doc.tokens);
            const asked = [...held].filter(([, s]) => isTrueOf(s.expr, tokens) && mayFind(s.finder, doc));
            expect(set.idsOf(set.match(doc)).sort()).toEqual(asked.map(([id]) => id).sort());
          };
          first.forEach(add);
          documents.forEach(agree);
          for (const n of gone) {
            held.delete(uuid(n));
            set.remove(uuid(n));
          }
          second.forEach((one, n) => add(one, n + 100));
          const back = gone[0];
          if (back !== undefined && first[back]) add(first[back], back);
          documents.forEach(agree);
          set.settle();
          documents.forEach(agree);
          expect(set.size).toMatchObject({ searches: held.size, removed: 0 });
          // A settled set goes on, and one whose searches are all gone has given everything back.
          second.forEach((one, n) => add(one, n + 200));
          documents.forEach(agree);
          for (const id of [...held.keys()]) {
            held.delete(id);
            set.remove(id);
          }
          set.settle();
          documents.forEach(agree);
          expect(set.size.nodes).toBeLessThanOrEqual(1);
          expect(set.size.finders).toBe(0);
          first.forEach(add);
          documents.forEach(agree);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('finds everything and nothing', () => {
    const set = new Percolator();
    set.add(uuid(1), set.compile(EVERYTHING), { kind: 'public' });
    set.add(uuid(2), set.compile(NOTHING), { kind: 'official' });
    const doc = { tokens: [], visibility: 'public', owner: null, invited: [] } as const;
    expect(set.idsOf(set.match(doc))).toEqual([uuid(1)]);
  });

  it('takes no more room than the searches that are left, however many came and went', () => {
    const set = new Percolator();
    const words = (n: number): Expr => ({
      op: 'and',
      of: [
        { op: 'token', token: `g:${n}`, prefix: false },
        { op: 'or', of: [0, 1].map((i) => ({ op: 'token', token: `w:${n}-${i}`, prefix: true })) },
      ],
    });
    const add = (n: number) =>
      set.add(uuid(n), set.compile(words(n)), { kind: 'lead', organisationId: uuid(n) });
    for (let n = 0; n < 100; n++) add(n);
    set.settle();
    const { nodes, finders } = set.size;
    for (let turn = 1; turn < 5; turn++) {
      for (let n = 0; n < 100; n++) add(turn * 100 + n);
      for (let n = 0; n < 100; n++) set.remove(uuid(turn * 100 + n));
      set.settle();
      expect(set.size).toEqual({ searches: 100, removed: 0, nodes, finders });
    }
    expect(set.compile(words(7))).toBe(set.compile(words(7)));
    expect(set.size.nodes).toBe(nodes);
  });

  it('makes equal parts one node', () => {
    const set = new Percolator();
    const a: Expr = { op: 'token', token: 'g:lithium', prefix: false };
    const b: Expr = { op: 'token', token: 'f:country=AU', prefix: false };
    expect(set.compile({ op: 'and', of: [a, b] })).toBe(set.compile({ op: 'and', of: [b, a, b] }));
    expect(set.all([set.compile(EVERYTHING), set.compile(a)])).toBe(set.compile(a));
  });
});

describe('an expression', () => {
  it('is stored and read again', () => {
    fc.assert(
      fc.property(expr, (one) => {
        expect(unpack(JSON.parse(JSON.stringify(pack(one))))).toEqual(one);
      }),
    );
  });
});
