import { isOfficial } from '#lib/domain/account/policy.ts';
import { sameRow } from '#lib/domain/amendment/amendment.ts';
import { capabilityKeyOf, mineralKeyOf } from '#lib/domain/amendment/rows.ts';
import type { CapabilityRelation, MineralRelation } from '#lib/domain/match/relations.ts';
import { squash } from '#lib/domain/search/normalize.ts';
import { readRelationFiles } from '#lib/server/match/relation-files.ts';
import { relationsInEffect } from '#lib/server/match/relations-queries.ts';
import { taxonomyNames, type TaxonomyNames } from '#lib/server/match/taxonomy-queries.ts';
import type { Context } from '#lib/server/platform/context.ts';

/** The relations for the officials' pages. */

type Changed = 'added' | 'changed' | null;
export type RelationLine =
  | ({ subject: 'capability'; changed: Changed } & CapabilityRelation)
  | ({ subject: 'mineral'; changed: Changed } & MineralRelation);

export const RELATIONS_PER_PAGE = 50;

export interface RelationPage {
  items: RelationLine[];
  total: number;
  page: number;
  perPage: number;
  names: TaxonomyNames;
}

/** Relations in effect whose capabilities, minerals or reasons hold what was typed. */
export async function relationPage(
  ctx: Context,
  filter: { kind: 'capability' | 'mineral'; q: string },
  page: number,
): Promise<RelationPage | null> {
  if (!isOfficial(ctx.actor)) return null;
  const names = await taxonomyNames(ctx);
  const part = squash(filter.q);
  const lines = await allLines(ctx, filter.kind);
  const found = lines.filter((line) => part === '' || squash(textOf(line, names)).includes(part));
  const at = Math.min(Math.max(1, page), Math.max(1, Math.ceil(found.length / RELATIONS_PER_PAGE)));
  return {
    items: found.slice((at - 1) * RELATIONS_PER_PAGE, at * RELATIONS_PER_PAGE),
    ...{ total: found.length, page: at, perPage: RELATIONS_PER_PAGE, names },
  };
}

async function allLines(ctx: Context, kind: 'capability' | 'mineral'): Promise<RelationLine[]> {
  const { capabilities, minerals } = await relationsInEffect(ctx.db);
  const shipped = readRelationFiles('data');
  if (kind === 'capability') {
    const changedOf = comparedWith(shipped.capabilities, capabilityKeyOf);
    return capabilities.map((row) => ({ subject: 'capability', changed: changedOf(row), ...row }));
  }
  const changedOf = comparedWith(shipped.minerals, mineralKeyOf);
  return minerals.map((row) => ({ subject: 'mineral', changed: changedOf(row), ...row }));
}

function comparedWith<R>(shipped: readonly R[], keyOf: (row: R) => string): (row: R) => Changed {
  const byKey = new Map(shipped.map((row) => [keyOf(row), row]));
  return (row) => {
    const held = byKey.get(keyOf(row));
    return held === undefined ? 'added' : sameRow(held, row) ? null : 'changed';
  };
}

function textOf(line: RelationLine, { capabilities, minerals }: TaxonomyNames): string {
  const named = (names: TaxonomyNames['minerals'], id: string) => `${id} ${names[id]?.ko} ${names[id]?.en}`;
  const subjects =
    line.subject === 'capability'
      ? [line.from, line.to].map((id) => named(capabilities, id))
      : [line.id, ...line.minerals.map((id) => named(minerals, id))];
  return [...subjects, line.reasonKo, line.reasonEn].join(' ');
}

export interface RelationToEdit {
  /** Null: one is to be added. */
  row: RelationLine | null;
  names: TaxonomyNames;
}

/** What the form of one relation needs. */
export async function relationToEdit(
  ctx: Context,
  at: { kind: 'capability' | 'mineral'; from: string; to: string; id: string },
): Promise<RelationToEdit | null> {
  if (!isOfficial(ctx.actor)) return null;
  const lines = await allLines(ctx, at.kind);
  const row = lines.find((line) =>
    line.subject === 'capability' ? line.from === at.from && line.to === at.to : line.id === at.id,
  );
  return { row: row ?? null, names: await taxonomyNames(ctx) };
}
