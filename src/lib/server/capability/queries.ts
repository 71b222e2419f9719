import type { Names } from '#lib/domain/opportunity/view.ts';
import type { Context } from '#lib/server/platform/context.ts';

export interface CapabilityLeaf {
  id: string;
  name: Names;
  /** English only */
  description: string;
}

export interface CapabilityStage {
  id: string;
  name: Names;
  leaves: CapabilityLeaf[];
}

/** The taxonomy of what companies can do: stages in their order, each with its leaves. */
export async function capabilityStages(ctx: Context): Promise<CapabilityStage[]> {
  const [stages, leaves] = await Promise.all([
    ctx.db.selectFrom('capability_stage').selectAll().orderBy('position').execute(),
    ctx.db.selectFrom('capability').selectAll().orderBy('position').execute(),
  ]);
  return stages.map((stage) => ({
    id: stage.id,
    name: { ko: stage.name_ko, en: stage.name_en },
    leaves: leaves
      .filter((leaf) => leaf.stage === stage.id)
      .map((leaf) => ({
        id: leaf.id,
        name: { ko: leaf.name_ko, en: leaf.name_en },
        description: leaf.description,
      })),
  }));
}

export interface CertificationOption {
  id: string;
  name: string;
  issuer: string;
  /** English only */
  scope: string;
  category: string;
}

/** Certificates that companies may hold, by kind and name. */
export async function certificationOptions(ctx: Context): Promise<CertificationOption[]> {
  return await ctx.db
    .selectFrom('certification')
    .select(['id', 'name', 'issuer', 'scope', 'category'])
    .orderBy('category')
    .orderBy('name')
    .execute();
}

export interface IndustryOption {
  code: string;
  /** English is known for the parts that concern the portal */
  name: { ko: string; en: string | null };
  level: number;
  parent: string | null;
  revision: number;
}

/** Classes of the Korean Standard Industrial Classification that concern the portal, by code. */
export async function industryOptions(ctx: Context): Promise<IndustryOption[]> {
  const rows = await ctx.db
    .selectFrom('ksic')
    .select(['code', 'name_ko', 'name_en', 'level', 'parent', 'revision'])
    .where('portal_group', 'is not', null)
    .orderBy('code')
    .execute();
  return rows.map(({ name_ko, name_en, ...row }) => ({ ...row, name: { ko: name_ko, en: name_en } }));
}
