import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from 'hucre/csv';
import { z } from 'zod';
import type { CapabilityRelation, MineralRelation } from '#lib/domain/match/relations.ts';

/** The files of related capabilities and mineral families, in `data/`. */
type RelationFile = 'capability_relations.csv' | 'mineral_relations.csv';

const degree = z.string().transform(Number).pipe(z.number().gt(0).max(1));
const capabilityRow = z.tuple([
  z.string().min(1),
  z.string().min(1),
  degree,
  z.enum(['true', 'false']),
  z.string().min(1),
  z.string().min(1),
]);
const mineralRow = z.tuple([
  z.string().min(1),
  z.enum(['group', 'family', 'whole']),
  z.string().min(3),
  degree,
  z.string().min(1),
  z.string().min(1),
]);

export interface RelationFiles {
  capabilities: CapabilityRelation[];
  minerals: MineralRelation[];
}

/** Reads both files. Throws, naming file and line, when a row is not as it should be. */
export function readRelationFiles(folder: string): RelationFiles {
  return {
    capabilities: readRows(folder, 'capability_relations.csv', capabilityRow).map(
      ([from, to, worth, symmetric, reasonEn, reasonKo]) => ({
        from,
        to,
        degree: worth,
        symmetric: symmetric === 'true',
        reasonEn,
        reasonKo,
      }),
    ),
    minerals: readRows(folder, 'mineral_relations.csv', mineralRow).map(
      ([id, kind, minerals, worth, reasonEn, reasonKo]) => ({
        id,
        kind,
        minerals: minerals.split('|'),
        degree: worth,
        reasonEn,
        reasonKo,
      }),
    ),
  };
}

function readRows<T>(folder: string, name: RelationFile, schema: z.ZodType<T>): T[] {
  const text = readFileSync(join(folder, name), 'utf8').normalize('NFC');
  const [, ...rows] = parseCsv(text, { delimiter: ',' });
  return rows
    .filter((cells) => cells.length > 1)
    .map((cells, index) => {
      const parsed = schema.safeParse(cells.map(String));
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new Error(
        `${name}:${index + 2}: ${issue?.path.join('.') ?? 'row'}: ${issue?.message ?? 'is wrong'}`,
      );
    });
}
