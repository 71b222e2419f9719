import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCsv } from 'hucre/csv';
import { matchLexicon, type ConceptLexicon } from '#lib/domain/match/concepts.ts';
import { Geography } from '#lib/domain/match/geography.ts';
import { MODEL } from '#lib/domain/match/model.ts';
import type { MatchBasis } from '#lib/domain/match/need.ts';
import { Relations } from '#lib/domain/match/relations.ts';
import { readRelationFiles } from '#lib/server/match/relation-files.ts';
import { shippedEntries } from '#lib/server/search/lexicon-file.ts';

const DATA = join(import.meta.dirname, '../../data');

/** Rows of a reference file by column. */
export function readTable(name: string): Record<string, string>[] {
  const text = readFileSync(join(DATA, name), 'utf8').replace(/^\uFEFF/u, '');
  const [header = [], ...rows] = parseCsv(text, { delimiter: ',' }).map((row) => row.map(String));
  return rows
    .filter((row) => row.length > 1)
    .map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ''])));
}

export interface World {
  basis: MatchBasis;
  lexicon: ConceptLexicon;
  /** Names in both languages by id, of capabilities, minerals and countries: what a text search would index. */
  words: (id: string) => string;
}

/** The real reference data without a database. */
export function readWorld(): World {
  const relations = readRelationFiles(DATA);
  const leaves = readTable('capability_taxonomy.csv');
  const minerals = readTable('minerals.csv');
  const countries = readTable('countries.csv');
  const alpha2 = new Map(countries.map((row) => [row['iso3'], row['iso2'] ?? '']));
  const frameworks = readTable('frameworks.csv').filter(
    ({ kind }) => kind === 'partnership' || kind === 'dialogue',
  );
  const names = new Map(
    [...leaves, ...minerals, ...readTable('certifications.csv')].map((row) => [
      row['id'] ?? '',
      `${row['name_en'] ?? row['name'] ?? ''} ${row['name_ko'] ?? ''}`,
    ]),
  );
  for (const row of countries)
    names.set(row['iso2'] ?? '', `${row['name_en'] ?? ''} ${row['name_ko'] ?? ''}`);
  return {
    basis: {
      model: MODEL,
      relations: new Relations(
        leaves.map((row) => ({ id: row['id'] ?? '', stage: row['stage'] ?? '' })),
        relations.capabilities,
        relations.minerals,
      ),
      geography: new Geography(
        countries.map((row) => ({
          iso2: row['iso2'] ?? '',
          region: row['region'] ?? '',
          subregion: row['subregion'] ?? '',
        })),
        frameworks.map((row) => ({
          id: row['id'] ?? '',
          members: (row['countries'] ?? '')
            .split('|')
            .map((iso3) => ({ country: alpha2.get(iso3) ?? iso3, from: null, until: null })),
        })),
      ),
    },
    lexicon: matchLexicon(
      minerals.map((row) => ({
        id: row['id'] ?? '',
        names: [
          row['name_en'] ?? '',
          row['name_ko'] ?? '',
          ...(row['aliases_en'] ?? '').split('|'),
          ...(row['aliases_ko'] ?? '').split('|'),
        ],
      })),
      shippedEntries(),
    ),
    words: (id) => names.get(id) ?? id,
  };
}
