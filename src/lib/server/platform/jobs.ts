import { parseCronItems, type CronItem, type ParsedCronItem, type TaskList } from 'graphile-worker';
import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { Clock } from '#lib/server/platform/clock.ts';
import { systemContext, type Context } from '#lib/server/platform/context.ts';
import type { JobName, JobPayloads } from '#lib/server/platform/job-types.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { cleanUp } from '#lib/server/account/jobs.ts';
import { noticeExpiringCertificates } from '#lib/server/company/jobs.ts';
import { sweepTeams } from '#lib/server/engagement/jobs.ts';
import { runAll, runNightly } from '#lib/server/match/run-job.ts';
import { updateLists } from '#lib/server/match/update-job.ts';
import { deliver, sendMail } from '#lib/server/notice/jobs.ts';
import { sendMatchAlerts } from '#lib/server/match/alert-job.ts';
import { countExposure } from '#lib/server/match/exposure-queries.ts';
import { closeDue } from '#lib/server/opportunity/jobs.ts';
import { sendAlerts } from '#lib/server/search/alert-job.ts';
import { checkSearch } from '#lib/server/search/check-job.ts';
import { cleanUpSearches } from '#lib/server/search/clean-up-job.ts';
import { indexDocuments } from '#lib/server/search/index-job.ts';
import { indexLexiconChange } from '#lib/server/search/lexicon-job.ts';
import { percolate } from '#lib/server/search/percolate-job.ts';
import { rebuildMissing, syncServer } from '#lib/server/search/sync-job.ts';
import { expireVetting } from '#lib/server/vetting/jobs.ts';

export interface JobDeps {
  db: Kysely<Database>;
  now: Clock;
  log: Logger;
}

type Handlers = { [N in JobName]: (ctx: Context, payload: JobPayloads[N]) => Promise<void> };

/** One handler a job; a missing one is a type error. */
const HANDLERS: Handlers = {
  'search.index': indexDocuments,
  'search.lexicon': indexLexiconChange,
  'search.percolate': percolate,
  'search.alerts': sendAlerts,
  'match.alerts': sendMatchAlerts,
  'search.clean-up': cleanUpSearches,
  'search.verify': checkSearch,
  'search.sync': syncServer,
  'search.rebuild': rebuildMissing,
  'notice.deliver': deliver,
  'mail.send': sendMail,
  'opportunity.close-due': closeDue,
  'team.sweep': sweepTeams,
  'vetting.expire': expireVetting,
  'match.exposure': countExposure,
  'match.update': updateLists,
  'match.run': async (ctx, payload) => void (await runAll(ctx, payload)),
  'match.night': runNightly,
  'company.certificates-expiring': noticeExpiringCertificates,
  'account.clean-up': cleanUp,
};

export function taskList(deps: JobDeps): TaskList {
  const entries = Object.entries(HANDLERS).map(([name, handler]) => [
    name,
    async (payload: unknown) => {
      // The payload was typed when the job was added (job-queue.ts).
      await (handler as (ctx: Context, payload: unknown) => Promise<void>)(
        systemContext(deps.db, name, deps.now),
        payload,
      );
    },
  ]);
  return Object.fromEntries(entries) as TaskList;
}

/** Normally woken by what changes; this finds what a failure has left. One run waits at most. */
const SYNC = {
  ...{ backfillPeriod: 0, maxAttempts: 1, jobKey: 'search.sync' },
  jobKeyMode: 'preserve_run_at',
} as const;

/** Times are UTC; the Korean day turns at 15:00 UTC. */
export function cronItems(): ParsedCronItem[] {
  return parseCronItems([
    { task: 'opportunity.close-due', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 3 } },
    { task: 'team.sweep', match: '* * * * *', options: { backfillPeriod: 0, maxAttempts: 3 } },
    ...alertItems(),
    { task: 'search.clean-up', match: '25 18 * * *', options: { backfillPeriod: 86_400_000 } },
    { task: 'vetting.expire', match: '1 15 * * *', options: { backfillPeriod: 86_400_000 } },
    { task: 'company.certificates-expiring', match: '5 0 * * *', options: { backfillPeriod: 86_400_000 } },
    // At the quietest hour: 03:40 in Korea.
    { task: 'search.sync', match: '* * * * *', options: SYNC },
    { task: 'search.verify', match: '40 18 * * *', options: { backfillPeriod: 0, maxAttempts: 2 } },
    // After the day has turned and vetting has run out: 00:10 in Korea.
    { task: 'match.night', match: '10 15 * * *', options: { backfillPeriod: 86_400_000, maxAttempts: 3 } },
    // 03:10 in Korea; missed nights are not counted afterwards, the day would be wrong.
    { task: 'match.exposure', match: '10 18 * * *', options: { backfillPeriod: 0, maxAttempts: 2 } },
    { task: 'account.clean-up', match: '17 18 * * *', options: { backfillPeriod: 86_400_000 } },
  ]);
}

/** Alerts of saved searches and of new matches: each minute, at 08:00 in Korea, and at 08:00 on Mondays. */
function alertItems(): CronItem[] {
  const options = { backfillPeriod: 43_200_000 };
  return (['search.alerts', 'match.alerts'] as const).flatMap((task) => {
    const of = task === 'search.alerts' ? 'alerts' : task;
    return [
      { task, match: '* * * * *', payload: { frequency: 'at_once' }, options: { backfillPeriod: 0 } },
      { task, match: '0 23 * * *', payload: { frequency: 'daily' }, options, identifier: `${of}.daily` },
      { task, match: '0 23 * * 0', payload: { frequency: 'weekly' }, options, identifier: `${of}.weekly` },
    ];
  });
}
