import { companyFromRecord, opportunityFromRecord } from '#lib/domain/match/from-record.ts';
import { passesGates } from '#lib/domain/match/gates.ts';
import type { MatchModel } from '#lib/domain/match/model.ts';
import { prepareNeed } from '#lib/domain/match/need.ts';
import { scorePair, scoreUnits } from '#lib/domain/match/score.ts';
import type { MatchCompany } from '#lib/domain/match/types.ts';
import type { CompanyRecord } from '#lib/domain/company/record.ts';
import type { OpportunityRecord } from '#lib/domain/opportunity/record.ts';
import { Bm25 } from './bm25.ts';
import type { Development } from './read-development.ts';
import type { World } from './world.ts';

/** Rankings of the development set: ours under any model, and BM25 over the same text. */

export const TODAY = '2026-11-23';
export type Rankings = Map<string, string[]>;

export interface Prepared {
  set: Development;
  world: World;
  companies: MatchCompany[];
}

export function prepare(set: Development, world: World): Prepared {
  return { set, world, companies: set.companies.map((record) => companyFromRecord(record, world.lexicon)) };
}

export function rankings(
  { set, world, companies }: Prepared,
  model: MatchModel,
  only?: ReadonlySet<string>,
): Rankings {
  const basis = { ...world.basis, model };
  return new Map(
    set.opportunities
      .filter(({ id }) => only === undefined || only.has(id))
      .map((record) => {
        const need = prepareNeed(opportunityFromRecord(record, world.lexicon), basis, TODAY);
        const ranked = companies
          .filter((company) => passesGates(scorePair(need, company).gates))
          .map((company) => ({ id: company.id, units: scoreUnits(need, company) }))
          .sort((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1));
        return [record.id, ranked.map(({ id }) => id)];
      }),
  );
}

export function bm25Rankings({ set, world }: Prepared): Rankings {
  const texts = new Map(set.companies.map((record) => [record.id, companyText(record, world)]));
  const index = new Bm25(texts);
  return new Map(set.opportunities.map((record) => [record.id, index.rank(opportunityText(record, world))]));
}

function companyText(record: CompanyRecord, { words }: World): string {
  return [
    record.name_ko,
    record.name_en,
    record.summary_ko,
    record.summary_en,
    ...record.capabilities.flatMap(({ capability, minerals }) => [capability, ...minerals].map(words)),
    ...record.certifications.map(({ id }) => words(id)),
    ...record.country_experience.map(({ country }) => words(country)),
    ...record.references.flatMap(({ country, capability }) => [country ?? '', capability ?? ''].map(words)),
  ].join(' ');
}

function opportunityText(record: OpportunityRecord, { words }: World): string {
  return [
    record.title_ko,
    record.title_en,
    record.summary_ko,
    record.summary_en,
    words(record.country),
    ...record.minerals.map(words),
    ...record.requirements.flatMap((line) =>
      [
        line.capability ?? '',
        ...(line.minerals ?? []),
        ...(line.certifications_any ?? []),
        ...(line.country_experience ?? []),
      ].map(words),
    ),
  ].join(' ');
}
