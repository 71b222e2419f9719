import type { EvidenceLevel } from '#lib/domain/company/company.ts';
import type { CompanyCard } from '#lib/domain/company/view.ts';
import type { Explanation } from '#lib/domain/match/explain.ts';
import type { Quantity } from '#lib/domain/opportunity/view.ts';

/** A company in a list of suppliers, as the pages of a lead show it. */
export interface Supplier {
  company: CompanyCard;
  /** 0 to 1: of the whole notice, or of the one line asked for. */
  score: number;
  line: { points: number; max: number } | null;
  row: { quantity: Quantity | null; year: number | null; evidence: EvidenceLevel } | null;
  /** multiple of the quantity asked */
  capacity: number | null;
  vetted: boolean;
  why: Explanation;
  invited: boolean;
  shortlisted: boolean;
}

/** Side by side the whole notice counts, also when the list was made for one line. */
export interface ComparedSupplier extends Supplier {
  whole: Explanation;
}
