import { sql, type Kysely } from 'kysely';
import { amended } from '#lib/domain/amendment/amendment.ts';
import { capabilityKeyOf, mineralKeyOf } from '#lib/domain/amendment/rows.ts';
import type { CapabilityLeaf, CapabilityRelation, MineralRelation } from '#lib/domain/match/relations.ts';
import { changesInEffect } from '#lib/server/amendment/queries.ts';
import { readRelationFiles, type RelationFiles } from '#lib/server/match/relation-files.ts';
import type { Database } from '#lib/server/platform/schema.ts';

/** Folder of the shipped files, below the folder the product is started in. */
const DATA_FOLDER = 'data';

/** The relations in effect: those of the release with what officials agreed on. */
export async function relationsInEffect(db: Kysely<Database>, folder = DATA_FOLDER): Promise<RelationFiles> {
  const { capabilities, minerals } = readRelationFiles(folder);
  const [pairs, families] = await Promise.all([
    changesInEffect(db, 'capability'),
    changesInEffect(db, 'mineral'),
  ]);
  return {
    capabilities: amended(capabilities, pairs, capabilityKeyOf),
    minerals: amended(minerals, families, mineralKeyOf),
  };
}

/** Ids that relations may name. */
export async function taxonomyOf(
  db: Kysely<Database>,
): Promise<{ leaves: Set<string>; minerals: Set<string> }> {
  const [leaves, minerals] = await Promise.all([
    db.selectFrom('capability').select('id').execute(),
    db.selectFrom('mineral').select('id').execute(),
  ]);
  return { leaves: new Set(leaves.map(({ id }) => id)), minerals: new Set(minerals.map(({ id }) => id)) };
}

/** Every capability with its stage, in the order of the taxonomy. */
export async function capabilityStages(db: Kysely<Database>): Promise<CapabilityLeaf[]> {
  return await db.selectFrom('capability').select(['id', 'stage']).orderBy('id').execute();
}

const cell = (value: string | number | boolean): string => {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csv = (lines: (string | number | boolean)[][]): string =>
  [...lines.map((line) => line.map(cell).join(',')), ''].join('\n');

/** Relations of capabilities in the format of data/capability_relations.csv. */
export function writeCapabilities(rows: readonly CapabilityRelation[]): string {
  return csv([
    ['from', 'to', 'degree', 'symmetric', 'reason_en', 'reason_ko'],
    ...rows.map((r) => [r.from, r.to, r.degree, r.symmetric, r.reasonEn, r.reasonKo]),
  ]);
}

/** Families of minerals in the format of data/mineral_relations.csv. */
export function writeMinerals(rows: readonly MineralRelation[]): string {
  return csv([
    ['id', 'kind', 'minerals', 'degree', 'reason_en', 'reason_ko'],
    ...rows.map((r) => [r.id, r.kind, r.minerals.join('|'), r.degree, r.reasonEn, r.reasonKo]),
  ]);
}

/** Published opportunities, newest first, that ask for one of the capabilities or minerals. */
export async function opportunitiesAsking(
  db: Kysely<Database>,
  asked: { capabilities: readonly string[]; minerals: readonly string[] },
  most: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select o.id from opportunity o where o.status = 'published' and (
      o.minerals && ${[...asked.minerals]}::text[] or exists (
        select from requirement q where q.opportunity_id = o.id and (
          q.capability = any(${[...asked.capabilities]}::text[]) or q.minerals && ${[...asked.minerals]}::text[])))
    order by o.published_at desc nulls last, o.id limit ${most}`.execute(db);
  return rows.map(({ id }) => id);
}
