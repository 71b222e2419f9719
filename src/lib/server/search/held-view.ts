import { FACETS, facetToken, type Facet, type FacetValues } from '#lib/domain/search/document.ts';
import { and, or, type Expr } from '#lib/domain/search/plan.ts';
import type { Rankable } from '#lib/domain/search/rank.ts';
import { finderKey, mayFind } from '#lib/domain/search/finder.ts';
import { countBits, eachNumber, hasBit, intersect, noBits, setBit, subtract, type Bits } from './bits.ts';
import { Memory } from './memory.ts';
import type { Audience } from './port.ts';
import { VISIBILITIES, type Asked, type Segment } from './segment.ts';
import { inListOrder, type SegmentDocument } from './segment-builder.ts';

/** Audiences whose documents are remembered, a bit for each document. */
const AUDIENCES = 64;
/** Facet values have codes below this. */
const UNITS = 1 << 16;

/** A changed document, its tokens ready to be asked for. */
interface Changed extends SegmentDocument {
  readonly set: ReadonlySet<string>;
}

const filterOf = (facet: Facet, values: readonly string[]): Expr =>
  or(values.map((value): Expr => ({ op: 'token', token: facetToken(facet, value), prefix: false })));

/** The filters as an expression, one facet left out if named; null when there are none. */
export function filtersOf(filters: FacetValues | undefined, without: Facet | null): Expr | null {
  const parts = FACETS.filter((f) => f !== without && (filters?.[f]?.length ?? 0) > 0);
  return parts.length === 0 ? null : and(parts.map((f) => filterOf(f, filters?.[f] ?? [])));
}

/** Does a document match? As in PostgreSQL, nothing to choose from is chosen by nobody. */
function matches(expr: Expr, document: Changed): boolean {
  if (expr.op === 'token')
    return (
      document.set.has(expr.token) ||
      (expr.prefix && document.tokens.some((token) => token.startsWith(expr.token)))
    );
  if (expr.op === 'or') return expr.of.some((part) => matches(part, document));
  return expr.of.length > 0 && expr.of.every((part) => matches(part, document));
}

/** The documents that a search is about: those of a segment, and those changed since. */
export interface Found {
  readonly bits: Bits;
  readonly changed: readonly SegmentDocument[];
}

/** The index of a kind at one moment: a segment, less what changed since, and what took its place. Never changes. */
export class HeldView {
  readonly segmentNumber: number;
  /** Changes of the index that are in it. */
  readonly changes: number;
  private readonly segment: Segment;
  /** Documents of the segment that changed since; null: none. */
  private readonly replaced: Bits | null;
  private readonly documents: ReadonlyMap<string, Changed>;
  private readonly audiences: Memory<Bits>;

  private constructor(
    segmentNumber: number,
    changes: number,
    segment: Segment,
    replaced: Bits | null,
    documents: ReadonlyMap<string, Changed>,
    audiences: Memory<Bits>,
  ) {
    this.segmentNumber = segmentNumber;
    this.changes = changes;
    this.segment = segment;
    this.replaced = replaced;
    this.documents = documents;
    this.audiences = audiences;
  }

  static of(number: number, segment: Segment): HeldView {
    return new HeldView(number, number, segment, null, new Map(), new Memory<Bits>(AUDIENCES));
  }

  /** How many documents changed since the segment was made. */
  get changed(): number {
    return this.documents.size;
  }

  /** The view after further changes: `gone` were taken out at some time, `written` are there now. */
  after(changes: number, gone: readonly string[], written: readonly SegmentDocument[]): HeldView {
    const replaced = this.replaced?.slice() ?? noBits(this.segment.size);
    const documents = new Map(this.documents);
    for (const id of [...gone, ...written.map((d) => d.id)]) {
      const number = this.segment.numberOf(id);
      if (number !== undefined) setBit(replaced, number);
      documents.delete(id);
    }
    for (const document of written)
      documents.set(document.id, { ...document, set: new Set(document.tokens) });
    return new HeldView(this.segmentNumber, changes, this.segment, replaced, documents, this.audiences);
  }

  /** Documents that match an expression (null: all) under filters, among those an audience may find. */
  find(match: Expr | null, filters: Expr | null, audience: Audience): Found {
    const bits = this.findable(audience).slice();
    if (this.replaced) subtract(bits, this.replaced);
    for (const expr of [match, filters]) if (expr) intersect(bits, this.segment.matching(expr));
    const changed: SegmentDocument[] = [];
    for (const document of this.documents.values())
      if (
        mayFind(audience, document) &&
        (match === null || matches(match, document)) &&
        (filters === null || matches(filters, document))
      )
        changed.push(document);
    return { bits, changed };
  }

  total(found: Found): number {
    return countBits(found.bits) + found.changed.length;
  }

  /** How often each facet value stands in the documents found, by its code unit. */
  facets(found: Found): Uint32Array {
    const tally = new Uint32Array(UNITS);
    const { facets, facetAt } = this.segment.sections;
    eachNumber(found.bits, (number) => {
      const to = facetAt[number + 1] ?? 0;
      for (let i = facetAt[number] ?? 0; i < to; i++) {
        const unit = facets[i] ?? 0;
        tally[unit] = (tally[unit] ?? 0) + 1;
      }
      return undefined;
    });
    for (const document of found.changed)
      for (let i = 0; i < document.facets.length; i++) {
        const unit = document.facets.charCodeAt(i);
        tally[unit] = (tally[unit] ?? 0) + 1;
      }
    return tally;
  }

  /** Ids in the order of lists, some left out. */
  ids(found: Found, without: ReadonlySet<string>, offset: number, limit: number): string[] {
    const changed = [...found.changed].sort(inListOrder);
    const out: string[] = [];
    let left = offset;
    const take = (id: string): boolean => {
      if (without.has(id)) return true;
      if (left > 0) left--;
      else out.push(id);
      return out.length < limit;
    };
    if (limit <= 0) return [];
    let next = 0;
    let full = false;
    eachNumber(found.bits, (number) => {
      const here = this.placeOf(number);
      for (let one = changed[next]; !full && one && inListOrder(one, here) < 0; one = changed[++next])
        full = !take(one.id);
      full ||= !take(here.id);
      return !full;
    });
    for (; !full && next < changed.length; next++) full = !take(changed[next]?.id ?? '');
    return out;
  }

  /** Documents with those of their tokens that are asked for. */
  rankable(ids: readonly string[], asked: Asked): Rankable[] {
    const numbers = ids.flatMap((id) => (this.documents.has(id) ? [] : (this.segment.numberOf(id) ?? [])));
    const tokens = this.segment.tokensOf(numbers, asked);
    const held = numbers.map((number, i) => ({ ...this.placeOf(number), tokens: tokens[i] ?? [] }));
    return [...held, ...ids.flatMap((id) => this.documents.get(id) ?? [])];
  }

  private placeOf(number: number) {
    const { segment } = this;
    return {
      id: segment.ids[number] ?? '',
      vetted: segment.vetted(number),
      updatedAt: segment.sections.updated[number] ?? 0,
    };
  }

  /** The documents of the segment that an audience may find. */
  private findable(audience: Audience): Bits {
    const key = finderKey(audience);
    const known = this.audiences.get(key);
    if (known) return known;
    const { segment } = this;
    const bits = noBits(segment.size);
    const own = 'organisationId' in audience ? audience.organisationId : null;
    const invited = noBits(segment.size);
    if (own !== null) for (const number of segment.invited.get(own) ?? []) setBit(invited, number);
    for (let number = 0; number < segment.size; number++) {
      const visibility = VISIBILITIES[(segment.sections.flags[number] ?? 0) >> 1] ?? 'private';
      const asked = own !== null && hasBit(invited, number) ? [own] : [];
      const owner = own === null ? null : segment.owners[number] || null;
      if (mayFind(audience, { visibility, owner, invited: asked })) setBit(bits, number);
    }
    this.audiences.set(key, bits);
    return bits;
  }
}

/** Documents of a kind as this process holds them, at least as new as the search server has them. */
export interface Known {
  readonly view: HeldView;
  /** Whether the server holds just these: nothing waits to be brought to it. */
  readonly exact: boolean;
}
