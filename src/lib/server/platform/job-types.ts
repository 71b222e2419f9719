import type { NoticeEvent } from '#lib/domain/notice/notice.ts';

/** What each job is given. Every job can be repeated safely: it reads the present state and writes the wanted one. */
export interface JobPayloads {
  'search.lexicon': { amendment: number };
  'search.index': { kind: 'company' | 'opportunity' | 'project'; ids: string[] };
  /** After documents were indexed: which saved searches do they answer now? */
  'search.percolate': { kind: 'company' | 'opportunity' | 'project'; ids: string[] };
  'search.alerts': { frequency: 'at_once' | 'daily' | 'weekly' };
  /** New strong matches: found in the stored changes, told to those who want it that often. */
  'match.alerts': { frequency: 'at_once' | 'daily' | 'weekly' };
  'search.clean-up': Record<string, never>;
  'search.verify': Record<string, never>;
  'search.sync': Record<string, never>;
  /** `missing`: only if the index is not there or has old settings. */
  'search.rebuild': { kind: 'company' | 'opportunity' | 'project'; missing?: boolean };
  'notice.deliver': NoticeEvent;
  'mail.send': { id: string };
  'opportunity.close-due': Record<string, never>;
  'team.sweep': Record<string, never>;
  'vetting.expire': Record<string, never>;
  'match.exposure': Record<string, never>;
  'match.update': Record<string, never>;
  'match.run': { run: string };
  'match.night': Record<string, never>;
  'company.certificates-expiring': Record<string, never>;
  'account.clean-up': Record<string, never>;
}
export type JobName = keyof JobPayloads;

export interface JobOptions {
  /** A waiting job of the same key is replaced, so that many changes make one run. */
  key?: string;
  runAt?: Date;
  /** A waiting job of the same key keeps its time. */
  keepTime?: boolean;
  maxAttempts?: number;
}
