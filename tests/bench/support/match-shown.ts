import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { CommandIo } from '../../../src/cli/command.ts';
import { row, type Row } from './report.ts';
import { summarise } from './stats.ts';
import { isSystem } from '#lib/domain/account/policy.ts';
import { storedMatchesOf } from '#lib/server/match/stored-queries.ts';
import { command as write } from '#lib/server/platform/command.ts';
import type { Context } from '#lib/server/platform/context.ts';
import { done } from '#lib/server/platform/result.ts';

const CHANGES = 20;
/** Notices published, each with one change of a profile after it. */
const PUBLISHED = 40;
const POLL_MS = 10;
const PATIENCE_MS = 60_000;
const TARGET_SHOWN_MS = 2000;
/** A company's row on a page. */
const PICK = 'id="pick-([0-9a-f-]{36})"';

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

/** The rest of what publishing a notice does is not about matching: these take the same transaction, queue and worker. */
const publish = write({
  name: 'bench.publish',
  policy: isSystem,
  async run(tx, id: string) {
    const change = {
      status: 'published' as const,
      published_at: tx.now,
      frozen_at: tx.now,
      updated_at: tx.now,
    };
    await tx.db.updateTable('opportunity').set(change).where('id', '=', id).execute();
    await tx.changed('opportunity', id);
    await tx.audit({ action: 'bench.publish', object: { kind: 'opportunity', id } });
    return done();
  },
});

/** Takes out of a company's profile every row of a kind: what a list stood on is gone. */
const withdraw = write({
  name: 'bench.withdraw',
  policy: isSystem,
  async run(tx, { id, table }: { id: string; table: 'company_capability' | 'company_certification' }) {
    await tx.db.deleteFrom(table).where('organisation_id', '=', id).execute();
    await tx.changed('company', id);
    await tx.audit({ action: 'bench.withdraw', object: { kind: 'company', id } });
    return done();
  },
});

/** A draft of the lead with the lines of one of its notices; its id. */
async function draftLike(ctx: Context, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with made as (
      insert into opportunity (organisation_id, publisher, project_id, country, type, title_ko, title_en, summary_ko,
        summary_en, minerals, deadline, status)
      select organisation_id, publisher, project_id, country, type, title_ko, title_en, summary_ko, summary_en, minerals,
        deadline, 'draft' from opportunity where id = ${id} returning id
    ), lines as (
      insert into requirement (opportunity_id, external_id, position, must, weight, kind, capability, minerals, amount,
        unit, certifications, countries, language, min_size)
      select made.id, r.external_id, r.position, r.must, r.weight, r.kind, r.capability, r.minerals, r.amount, r.unit,
        r.certifications, r.countries, r.language, r.min_size
      from requirement r, made where r.opportunity_id = ${id}
    ) select id from made`.execute(ctx.db);
  const made = rows[0]?.id;
  if (made === undefined) throw new Error('There is no such notice.');
  return made;
}

/**
 * How long it takes from the commit of a publication to the notice's page with companies and to its stored list; and
 * from the commit of a withdrawn certificate or capability to a page that is another, and a stored list that is.
 */
export async function measurePublished(ctx: Context, pages: Pages, io: CommandIo): Promise<Row[]> {
  io.err(`  … ${PUBLISHED} notices published, and a profile changed for each`);
  const published = { page: [] as number[], list: [] as number[] };
  const changed = { page: [] as number[], list: [] as number[] };
  for (let n = 0; published.page.length < PUBLISHED && n < pages.ids.length; n += 1) {
    io.signal.throwIfAborted();
    const like = pages.ids[pages.ids.length - 1 - n] ?? '';
    // without a company there is nothing to wait for
    if (firstOn(await bodyOf(pages, like)) === undefined) continue;
    const id = await draftLike(ctx, like);
    await settle(publish(ctx, id));
    const [onPage, inList] = await Promise.all([
      until(async () => firstOn(await bodyOf(pages, id)) !== undefined),
      until(async () => ((await storedMatchesOf(ctx.db, id))?.items.length ?? 0) > 0),
    ]);
    published.page.push(onPage);
    published.list.push(inList);
    const body = await bodyOf(pages, id);
    const change = await changeOf(ctx, id, body, n);
    if (change === null) continue;
    const before = { row: rowOf(body, change.id), stored: await storedAs(ctx, id, change.id) };
    await settle(withdraw(ctx, change));
    const [another, other] = await Promise.all([
      until(async () => rowOf(await bodyOf(pages, id), change.id) !== before.row),
      until(async () => (await storedAs(ctx, id, change.id)) !== before.stored),
    ]);
    changed.page.push(another);
    changed.list.push(other);
  }
  return [
    shownRow(
      'from the commit of a publication to the notice’s page with companies, p99',
      published.page,
      'p99',
    ),
    shownRow('from the commit of a publication to its stored list, p99', published.list, 'p99'),
    shownRow(
      'from the commit of a withdrawn certificate or capability to a page that knows, p99',
      changed.page,
      'p99',
    ),
    shownRow(
      'from the commit of a withdrawn certificate or capability to a stored list that knows, p99',
      changed.list,
      'p99',
    ),
  ];
}

/**
 * A company of the page and of the stored list, and what is withdrawn from it: in every second turn its certificates,
 * if the notice asks for one that it holds to the deadline, else its capabilities.
 */
async function changeOf(ctx: Context, opportunity: string, body: string, n: number) {
  const shown = [...body.matchAll(new RegExp(PICK, 'gu'))].map(([, id = '']) => id);
  const { rows: holders } = await sql<{ id: string }>`
    select h.organisation_id as id from company_certification h
    join requirement r on r.opportunity_id = ${opportunity} and h.certification = any(r.certifications)
    join opportunity o on o.id = r.opportunity_id and (h.valid_to is null or h.valid_to > o.deadline::date)
    where h.organisation_id = any(${shown}::uuid[]) limit 1`.execute(ctx.db);
  const [holder] = n % 2 === 0 ? holders : [];
  const id = holder?.id ?? shown[0] ?? '';
  if (!(await isStored(ctx, opportunity, id))) return null;
  return holder === undefined
    ? { id, table: 'company_capability' as const }
    : { id, table: 'company_certification' as const };
}

/** What a page says of a company; nothing when it is not there. */
function rowOf(body: string, company: string): string | undefined {
  return body.split('<li class="supplier').find((row) => row.includes(`id="pick-${company}"`));
}

/** What a stored list says of a company; nothing when it is not there. */
async function storedAs({ db }: Context, opportunity: string, company: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('match_result')
    .select(['units', 'parts_digest'])
    .where('opportunity_id', '=', opportunity)
    .where('company_id', '=', company)
    .executeTakeFirst();
  return row === undefined ? undefined : `${row.units} ${row.parts_digest}`;
}

async function settle(outcome: Promise<{ ok: boolean; code?: string }>): Promise<void> {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.code);
}

const firstOn = (body: string) => new RegExp(PICK, 'u').exec(body)?.[1];

/** How long a company that was suspended stays on a page of matches, and in the stored list behind it. */
export async function measureShown(ctx: Context, pages: Pages, io: CommandIo): Promise<Row[]> {
  io.err(`  … ${CHANGES} companies suspended`);
  const shown: number[] = [];
  const stored: number[] = [];
  for (let n = 0; shown.length < CHANGES && n < pages.ids.length; n += 1) {
    io.signal.throwIfAborted();
    const id = pages.ids[n] ?? '';
    const company = firstOn(await bodyOf(pages, id));
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

function shownRow(name: string, samples: number[], at: 'p95' | 'p99' = 'p95'): Row {
  const summary = summarise(samples);
  // nothing measured is no result, least of all a good one
  const value = samples.length === 0 ? Number.POSITIVE_INFINITY : summary[at];
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
