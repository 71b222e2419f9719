import type { EvidenceLevel } from '#lib/domain/company/company.ts';
import type { CompanyCard } from '#lib/domain/company/view.ts';
import type { Brief, ShortPart } from '#lib/domain/match/brief.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import type { OpportunityView, Quantity } from '#lib/domain/opportunity/view.ts';

/** The notice that companies are looked at for. */
export type MatchedNotice = Pick<OpportunityView, 'id' | 'title' | 'requirements'>;

/** A company in a list of suppliers, as the pages of a lead show it. */
export interface Supplier {
  company: Pick<
    CompanyCard,
    | 'id'
    | 'masked'
    | 'name'
    | 'size'
    | 'province'
    | 'standing'
    | 'vettedUntil'
    | 'certificates'
    | 'countries'
    | 'regions'
  >;
  /** 0 to 1: of the whole notice, or of the one line asked for. */
  score: number;
  line: { points: number; max: number } | null;
  row: { quantity: Quantity | null; year: number | null; evidence: EvidenceLevel } | null;
  /** multiple of the quantity asked */
  capacity: number | null;
  vetted: boolean;
  /** The weightiest of what speaks for it and of what it lacks. */
  reasons: Brief<ShortPart & { sentence: string }>;
  invited: boolean;
  shortlisted: boolean;
}

/** Side by side the whole notice counts, also when the list was made for one line. */
export interface ComparedSupplier extends Supplier {
  whole: Explanation;
}
