import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import * as columns from './columns.ts';
import { readRows, type Fault } from './csv.ts';

/** The day the collected files were put together (data/README.md); every fact of them is as of that day. */
export const COLLECTED_ON = '2026-11-23';

/** The files of the reference data, in `data/`. */
export const REFERENCE_FILES = [
  'minerals.csv',
  'countries.csv',
  'capability_stages.csv',
  'capability_taxonomy.csv',
  'certifications.csv',
  'ksic.csv',
  'ksic_full_c10.csv',
  'production.csv',
  'production_world.csv',
  'price_series.csv',
  'prices.csv',
  'projects.csv',
  'project_names_ko.csv',
  'project_stages.csv',
  'frameworks.csv',
  'framework_members.csv',
  'framework_links.csv',
  'milestones.csv',
  'renderings_ko.csv',
] as const;
export type ReferenceFile = (typeof REFERENCE_FILES)[number];

export interface FileContent {
  text: string;
  sha256: string;
}

/** Reads all files. Throws when one is not there. */
export function readFiles(dir: string): Map<ReferenceFile, FileContent> {
  return new Map(
    REFERENCE_FILES.map((name) => {
      const bytes = readFileSync(join(dir, name));
      return [
        name,
        { text: bytes.toString('utf8'), sha256: createHash('sha256').update(bytes).digest('hex') },
      ];
    }),
  );
}

/** Every row of every file, typed; rows with faults are left out and the faults listed. */
export function parseFiles(files: ReadonlyMap<ReferenceFile, FileContent>) {
  const faults: Fault[] = [];
  const read = <S extends z.ZodObject>(name: ReferenceFile, schema: S) =>
    readRows(name, files.get(name)?.text ?? '', schema, faults);
  const rows = {
    minerals: read('minerals.csv', columns.MINERAL),
    countries: read('countries.csv', columns.COUNTRY),
    stages: read('capability_stages.csv', columns.CAPABILITY_STAGE),
    capabilities: read('capability_taxonomy.csv', columns.CAPABILITY),
    certifications: read('certifications.csv', columns.CERTIFICATION),
    ksic: read('ksic.csv', columns.KSIC),
    ksicFull: read('ksic_full_c10.csv', columns.KSIC_FULL),
    production: read('production.csv', columns.PRODUCTION),
    productionWorld: read('production_world.csv', columns.PRODUCTION_WORLD),
    priceSeries: read('price_series.csv', columns.PRICE_SERIES),
    prices: read('prices.csv', columns.PRICE),
    projects: read('projects.csv', columns.PROJECT),
    projectNames: read('project_names_ko.csv', columns.PROJECT_NAME_KO),
    projectStages: read('project_stages.csv', columns.PROJECT_STAGE),
    frameworks: read('frameworks.csv', columns.FRAMEWORK),
    frameworkMembers: read('framework_members.csv', columns.FRAMEWORK_MEMBER),
    frameworkLinks: read('framework_links.csv', columns.FRAMEWORK_LINK),
    milestones: read('milestones.csv', columns.MILESTONE),
    renderings: read('renderings_ko.csv', columns.RENDERING_KO),
  };
  return { rows, faults };
}

export type ReferenceRows = ReturnType<typeof parseFiles>['rows'];
