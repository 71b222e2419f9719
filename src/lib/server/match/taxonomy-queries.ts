import type { Context } from '#lib/server/platform/context.ts';

export interface TaxonomyName {
  ko: string;
  en: string;
}
export interface TaxonomyNames {
  capabilities: Record<string, TaxonomyName & { stage: string }>;
  minerals: Record<string, TaxonomyName>;
  stages: (TaxonomyName & { id: string })[];
}

/** Names of capabilities, their stages and minerals, by id, in the order of the taxonomy. */
export async function taxonomyNames(ctx: Context): Promise<TaxonomyNames> {
  const [capabilities, minerals, stages] = await Promise.all([
    ctx.db
      .selectFrom('capability')
      .select(['id', 'stage', 'name_ko', 'name_en'])
      .orderBy('stage')
      .orderBy('id')
      .execute(),
    ctx.db.selectFrom('mineral').select(['id', 'name_ko', 'name_en']).orderBy('id').execute(),
    ctx.db.selectFrom('capability_stage').select(['id', 'name_ko', 'name_en']).execute(),
  ]);
  return {
    capabilities: Object.fromEntries(
      capabilities.map(({ id, stage, name_ko, name_en }) => [id, { stage, ko: name_ko, en: name_en }]),
    ),
    minerals: Object.fromEntries(
      minerals.map(({ id, name_ko, name_en }) => [id, { ko: name_ko, en: name_en }]),
    ),
    stages: stages.map(({ id, name_ko, name_en }) => ({ id, ko: name_ko, en: name_en })),
  };
}
