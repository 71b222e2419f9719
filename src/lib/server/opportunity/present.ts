import type {
  MineralTag,
  Named,
  Names,
  OpportunityCard,
  Quantity,
  RequirementView,
} from '#lib/domain/opportunity/view.ts';
import { keptCard } from '#lib/domain/opportunity/kept.ts';
import { phaseAt } from '#lib/domain/opportunity/status.ts';
import type {
  OpportunityStatus,
  OpportunityType,
  OpportunityVisibility,
} from '#lib/domain/opportunity/opportunity.ts';
import type { ProjectPhase } from '#lib/domain/project/project.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { RequirementRow } from '#lib/server/opportunity/repository.ts';

/** Names of the reference data, by id. */
export interface NameBook {
  minerals: ReadonlyMap<string, MineralTag>;
  countries: ReadonlyMap<string, Named>;
  capabilities: ReadonlyMap<string, Named>;
  certifications: ReadonlyMap<string, string>;
}

/** What the queries read of an opportunity for a card. */
export interface CardRow {
  id: string;
  number: string;
  type: OpportunityType;
  status: OpportunityStatus;
  visibility: OpportunityVisibility;
  title_ko: string;
  title_en: string;
  place: string;
  country: string;
  country_ko: string;
  country_en: string;
  project_id: string | null;
  project_ko: string | null;
  project_en: string | null;
  project_phase: ProjectPhase | null;
  minerals: string[];
  amount: number | null;
  unit: string | null;
  opens: string | null;
  deadline: Date | null;
  deadline_zone: string;
  published_at: Date | null;
  updated_at: Date;
  demo: boolean;
  pseudonymous: boolean;
  /** The reader may know publisher, project and place. */
  named: boolean;
}

export const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export function names(ko: string | null, en: string | null): Names {
  return { ko: ko ?? '', en: en ?? '' };
}

/** Tags of minerals in the order given; an id that is not in the book stands for itself. */
export function mineralTags(book: NameBook, ids: readonly string[]): MineralTag[] {
  return ids.map((id) => book.minerals.get(id) ?? { id, ko: id, en: id, symbol: '' });
}

export function quantityOf(amount: number | null, unit: string | null): Quantity | null {
  return amount === null || unit === null ? null : { amount, unit };
}

/** A card as its reader may see it: without its names where they are kept back from the reader. */
export function presentCard(row: CardRow, book: NameBook, now: Date): OpportunityCard {
  const card: OpportunityCard = {
    id: row.id,
    number: row.number,
    type: row.type,
    status: row.status,
    phase: phaseAt(row, now, koreanDay(now)),
    visibility: row.visibility,
    title: names(row.title_ko, row.title_en),
    pseudonymous: row.pseudonymous,
    named: true,
    project:
      row.project_id === null || row.project_phase === null
        ? null
        : { id: row.project_id, ...names(row.project_ko, row.project_en), phase: row.project_phase },
    place: row.place,
    country: { id: row.country, ...names(row.country_ko, row.country_en) },
    minerals: mineralTags(book, row.minerals),
    quantity: quantityOf(row.amount, row.unit),
    opens: row.opens,
    deadline: iso(row.deadline),
    deadlineZone: row.deadline_zone,
    publishedAt: iso(row.published_at),
    updatedAt: row.updated_at.toISOString(),
    demo: row.demo,
  };
  return row.named ? card : keptCard(card);
}

export function presentRequirement(row: RequirementRow, book: NameBook): RequirementView {
  const named = (map: ReadonlyMap<string, Named>, id: string): Named => map.get(id) ?? { id, ko: id, en: id };
  return {
    id: row.id,
    externalId: row.external_id,
    position: row.position,
    must: row.must,
    weight: row.weight,
    kind: row.kind,
    capability: row.capability === null ? null : named(book.capabilities, row.capability),
    minerals: mineralTags(book, row.minerals),
    quantity: quantityOf(row.amount, row.unit),
    certifications: row.certifications.map((id) => ({ id, name: book.certifications.get(id) ?? id })),
    verifiedOnly: row.verified_only,
    countries: row.countries.map((id) => named(book.countries, id)),
    language: row.language,
    minSize: row.min_size,
  };
}
