import { sql } from 'kysely';
import type { Milestone } from '#lib/domain/insight/view.ts';
import { koreanDay } from '#lib/server/platform/clock.ts';
import type { Context } from '#lib/server/platform/context.ts';

function milestones(ctx: Context) {
  return ctx.db
    .selectFrom('milestone')
    .leftJoin('project', 'project.id', 'milestone.project_id')
    .leftJoin('framework', 'framework.id', 'milestone.framework_id')
    .selectAll('milestone')
    .select([
      'project.name_ko as project_ko',
      'project.name_en as project_en',
      'framework.name_ko as framework_ko',
      'framework.name_en as framework_en',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof milestones>['execute']>>[number];

function present(row: Row): Milestone {
  return {
    id: row.id,
    date: row.date,
    planned: row.planned,
    text: { ko: row.text_ko, en: row.text_en },
    about: row.project_en
      ? { ko: row.project_ko ?? '', en: row.project_en }
      : { ko: row.framework_ko ?? '', en: row.framework_en ?? '' },
    project: row.project_id,
    framework: row.framework_id,
    sourced: { source: row.source, confidence: row.confidence, asOf: row.as_of },
  };
}

/** What happened in a project and is planned, oldest first. */
export async function milestonesOfProject(ctx: Context, project: string): Promise<Milestone[]> {
  return (await milestones(ctx).where('project_id', '=', project).orderBy('date').execute()).map(present);
}

export async function milestonesOfFramework(ctx: Context, framework: string): Promise<Milestone[]> {
  return (await milestones(ctx).where('framework_id', '=', framework).orderBy('date').execute()).map(present);
}

/** The latest things that happened anywhere and were read in a source, newest first. */
export async function latestMilestones(ctx: Context, limit: number): Promise<Milestone[]> {
  const rows = await milestones(ctx)
    .where('planned', '=', false)
    .where('milestone.confidence', '=', 'verified')
    .where(sql<boolean>`length(date) >= 7`)
    .where('date', '<=', koreanDay(ctx.now()))
    .orderBy('date', 'desc')
    .orderBy('milestone.id')
    .limit(limit)
    .execute();
  return rows.map(present);
}
