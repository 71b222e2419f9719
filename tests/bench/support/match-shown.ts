import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandIo } from '../../../src/cli/command.ts';
import { row, type Row } from './report.ts';
import { summarise } from './stats.ts';
import { isSystem } from '#lib/domain/account/policy.ts';
import { storedMatchesOf } from '#lib/server/match/stored-queries.ts';
import { command as write } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done } from '#lib/server/platform/result.ts';

const CHANGES = 20;
const POLL_MS = 10;
const PATIENCE_MS = 60_000;
const TARGET_SHOWN_MS = 2000;

/** The pages of one lead, and how they are asked for. */
export interface Pages {
  ids: string[];
  url: (id: string) => string;
  headers: Record<string, string>;
}

/** What a confirmed suspension does to matching, by the transaction, queue and worker that every change takes. */
const suspend = write({
  name: 'bench.suspend',
  policy: isSystem,
  async run(tx, id: string) {
    const change = { standing: 'suspended' as const, updated_at: tx.now };
    await tx.db.updateTable('organisation').set(change).where('id', '=', id).execute();
    await tx.changed('company', id);
    await tx.audit({ action: 'bench.suspend', object: { kind: 'company', id } });
    return done();
  },
});

/** How long a company that was suspended stays on a page of matches, and in the stored list behind it. */
export async function measureShown(ctx: Context, pages: Pages, io: CommandIo): Promise<Row[]> {
  io.err(`  … ${CHANGES} companies suspended`);
  const shown: number[] = [];
  const stored: number[] = [];
  for (let n = 0; shown.length < CHANGES && n < pages.ids.length; n += 1) {
    io.signal.throwIfAborted();
    const id = pages.ids[n] ?? '';
    const company = /id="pick-([0-9a-f-]{36})"/u.exec(await bodyOf(pages, id))?.[1];
    if (company === undefined || !(await isStored(ctx, id, company))) continue;
    const outcome = await suspend(ctx, company);
    if (!outcome.ok) throw new Error(outcome.code);
    const [onPage, inList] = await Promise.all([
      until(async () => !(await bodyOf(pages, id)).includes(`id="pick-${company}"`)),
      until(async () => !(await isStored(ctx, id, company))),
    ]);
    shown.push(onPage);
    stored.push(inList);
  }
  return [
    shownRow('from the commit of a suspension to a page without the company, p95', shown),
    shownRow('from the commit of a suspension to a stored list without it, p95', stored),
  ];
}

function shownRow(name: string, samples: number[]): Row {
  const summary = summarise(samples);
  // nothing measured is no result, least of all a good one
  const value = samples.length === 0 ? Number.POSITIVE_INFINITY : summary.p95;
  return row({ name, value, summary, target: { is: '<=', than: TARGET_SHOWN_MS } });
}

async function isStored(ctx: Context, opportunity: string, company: string): Promise<boolean> {
  const list = await storedMatchesOf(ctx.db, opportunity);
  return list?.items.some(({ companyId }) => companyId === company) ?? false;
}

async function bodyOf({ url, headers }: Pages, id: string): Promise<string> {
  const response = await fetch(url(id), { headers });
  if (response.status !== 200) throw new Error(`a page of matches: ${response.status}`);
  return response.text();
}

/** How long it took until something held, in ms; what never holds counts as never. */
async function until(holds: () => Promise<boolean>): Promise<number> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > PATIENCE_MS) return Number.POSITIVE_INFINITY;
    await sleep(POLL_MS);
  }
  return performance.now() - began;
}
