import type { Kysely } from 'kysely';
import { loadWorld, type MatchWorld } from '#lib/server/match/basis.ts';
import { Dictionaries } from '#lib/server/match/dictionary.ts';
import { MatchEngine } from '#lib/server/match/engine.ts';
import { addAllCompanies, companiesByIds } from '#lib/server/match/company-repository.ts';
import { readOpportunities } from '#lib/server/match/opportunity-repository.ts';
import { changesSince, readWatermark, type Change, type Watermark } from '#lib/server/match/repository.ts';
import { SegmentBuilder } from '#lib/server/match/segment-builder.ts';
import { readSnapshot } from '#lib/server/match/snapshot.ts';
import type { Database } from '#lib/server/platform/schema.ts';

export interface LiveEngine {
  engine: MatchEngine;
  world: MatchWorld;
  /** Every transaction before this one is in. Grows; two processes with the same number have read the same. */
  dataVersion: number;
}

/** More changed companies than this, and more than a fifth of all: reading everything anew is faster. */
const MANY_CHANGES = 5000;

/**
 * The matching index of this process, kept exactly as fresh as the database: before each answer it reads
 * what changed since its last reading. A change is found by the id of its transaction, so that one which
 * committed late, with an earlier number, is not missed; it may be read twice, which does no harm.
 */
export class LiveIndex {
  private readonly db: Kysely<Database>;
  private readonly folder: string | undefined;
  private state: (LiveEngine & { watermark: Watermark }) | null = null;
  /** Changes at or after the watermark that are in the index already. */
  private applied = new Set<number>();
  private running: Promise<LiveEngine> | null = null;
  private next: Promise<LiveEngine> | null = null;

  constructor(db: Kysely<Database>, folder?: string) {
    this.db = db;
    this.folder = folder;
  }

  /** The engine with every change that was committed before the call. */
  async fresh(): Promise<LiveEngine> {
    if (this.running === null) return this.start();
    // the reading under way may have begun before the caller's write: join the one after it
    this.next ??= this.running.then(
      () => this.start(),
      () => this.start(),
    );
    return this.next;
  }

  private async start(): Promise<LiveEngine> {
    const reading = this.catchUp();
    this.running = reading;
    this.next = null;
    try {
      return await reading;
    } finally {
      if (this.running === reading) this.running = null;
    }
  }

  private async catchUp(): Promise<LiveEngine> {
    if (this.state === null) return this.rebuild();
    const { changes, watermark } = await changesSince(this.db, this.state.watermark);
    if (watermark.reference !== this.state.watermark.reference) return this.rebuild();
    const fresh = changes.filter(({ seq }) => !this.applied.has(seq));
    const companies = idsOf(fresh, 'company');
    if (companies.length > Math.max(MANY_CHANGES, this.state.engine.companyCount / 5)) return this.rebuild();
    await this.apply(this.state, companies, idsOf(fresh, 'opportunity'));
    if (changes.length > 0 || this.applied.size > 0) this.applied = new Set(changes.map(({ seq }) => seq));
    this.state.watermark = watermark;
    this.state.dataVersion = Number(watermark.xmin);
    return this.state;
  }

  private async apply(
    { engine, world }: LiveEngine,
    companies: string[],
    opportunities: string[],
  ): Promise<void> {
    if (companies.length > 0) {
      const changed = await companiesByIds(this.db, companies, world.lexicon);
      const there = new Set(changed.map(({ company }) => company.id));
      engine.updateCompanies(
        changed,
        companies.filter((id) => !there.has(id)),
      );
    }
    if (opportunities.length > 0) {
      const changed = await readOpportunities(this.db, opportunities, world.lexicon);
      const there = new Set(changed.map(({ opportunity }) => opportunity.id));
      engine.updateOpportunities(
        changed,
        opportunities.filter((id) => !there.has(id)),
      );
    }
  }

  /** Everything anew, from one snapshot of the database. */
  private async rebuild(): Promise<LiveEngine> {
    // Before the world is read: what changes in it meanwhile is noticed at the next look.
    const { reference } = await readWatermark(this.db);
    const world = await loadWorld(this.db, this.folder);
    const engine = new MatchEngine(world.basis);
    const builder = new SegmentBuilder(new Dictionaries());
    const { mark, opportunities } = await readSnapshot(this.db, async (readers) => {
      const [reader = this.db] = readers;
      const [mark, opportunities] = await Promise.all([
        readWatermark(reader),
        readOpportunities(readers.at(-1) ?? reader, null, world.lexicon),
        addAllCompanies(readers, world.lexicon, builder),
      ]);
      return { mark, opportunities };
    });
    engine.setCompanies(builder);
    engine.setOpportunities(opportunities);
    this.state = {
      engine,
      world,
      watermark: { ...mark, reference },
      dataVersion: Number(mark.xmin),
    };
    this.applied = new Set();
    return this.state;
  }
}

function idsOf(changes: readonly Change[], kind: Change['kind']): string[] {
  return [...new Set(changes.filter((change) => change.kind === kind).map(({ id }) => id))];
}

const INDEXES = new WeakMap<Kysely<Database>, LiveIndex>();

/** The index that belongs to a connection pool: one in each process. */
export function matchIndexOf(db: Kysely<Database>): LiveIndex {
  const known = INDEXES.get(db);
  if (known !== undefined) return known;
  const index = new LiveIndex(db);
  INDEXES.set(db, index);
  return index;
}

/** Builds the index ahead of the first request. */
export async function warmMatchIndex(db: Kysely<Database>): Promise<void> {
  await matchIndexOf(db).fresh();
}
