import { z } from 'zod';
import { INDEX_KINDS, type IndexKind, type SearchDocument } from '#lib/domain/search/document.ts';
import type { Lexicon } from '#lib/domain/search/lexicon.ts';
import type { Known } from '#lib/server/search/held-view.ts';
import { lexicon } from '#lib/server/search/lexicon-file.ts';
import { MeiliClient, MeiliRefused, read, type MeiliOptions } from '#lib/server/search/meili-client.ts';
import { runQuery } from '#lib/server/search/meili-query.ts';
import {
  FINGERPRINT,
  indexUid,
  settingsThatDiffer,
  type IndexRole,
} from '#lib/server/search/meili-settings.ts';
import { runSuggest } from '#lib/server/search/meili-suggest.ts';
import { builtState, MeiliWriter } from '#lib/server/search/meili-write.ts';
import type {
  Call,
  Health,
  RebuildSteps,
  Removal,
  SearchEngine,
  SearchRequest,
  SearchResult,
  Suggestion,
  SuggestRequest,
} from '#lib/server/search/port.ts';

/** A document as the server holds it, by attribute. */
export type HeldDocument = Readonly<Record<string, unknown>> & { readonly id: string };

/** The search engine on Meilisearch, with what checking it needs. */
export interface MeiliEngine extends SearchEngine {
  /** Documents by id, as they are stored. */
  held(kind: IndexKind, ids: readonly string[]): Promise<HeldDocument[]>;
  /** Ids of all documents of a kind, some thousand at a time. */
  heldIds(kind: IndexKind): AsyncGenerator<string[]>;
  /** Takes away everything this engine has made on the server. */
  drop(): Promise<void>;
  /** Whether the index of a kind is there and was built by the present settings. */
  isBuilt(kind: IndexKind): Promise<boolean>;
}

export interface MeiliEngineOptions extends MeiliOptions {
  readonly lexicon?: Lexicon;
  /** The documents of a kind as this process knows them, for calls that do not bring them; null: it does not. */
  known?(this: void, kind: IndexKind, call: Call): Promise<Known | null>;
}

/** Connects nowhere before it is first asked. */
export function createMeiliEngine(options: MeiliEngineOptions): MeiliEngine {
  return new MeiliSearch(new MeiliClient(options), options);
}

const PAGE = 5000;

const stats = z.object({
  indexes: z.record(z.string(), z.object({ numberOfDocuments: z.int().min(0) })),
});
const documents = z.object({ results: z.array(z.looseObject({ id: z.string() })) });

class MeiliSearch implements MeiliEngine {
  readonly client: MeiliClient;
  private readonly writer: MeiliWriter;
  readonly lexicon: Lexicon;
  readonly known: NonNullable<MeiliEngineOptions['known']>;

  constructor(client: MeiliClient, options: MeiliEngineOptions) {
    this.client = client;
    this.writer = new MeiliWriter(client);
    this.lexicon = options.lexicon ?? lexicon();
    this.known = options.known ?? (() => Promise.resolve(null));
  }

  query(request: SearchRequest, call?: Call): Promise<SearchResult> {
    return runQuery(this, request, this.client.searchSignal(call?.signal), call);
  }

  suggest(request: SuggestRequest, call?: Call): Promise<Suggestion[]> {
    return runSuggest(this.client, this.lexicon, request, this.client.searchSignal(call?.signal));
  }

  async upsert(all: readonly SearchDocument[]): Promise<void> {
    for (const kind of INDEX_KINDS)
      await this.writer.upsert(
        kind,
        all.filter((d) => d.kind === kind),
      );
  }

  remove(kind: IndexKind, removals: readonly Removal[]): Promise<void> {
    return this.writer.remove(kind, removals);
  }

  rebuild(
    kind: IndexKind,
    batches: AsyncIterable<readonly SearchDocument[]>,
    steps?: RebuildSteps,
  ): Promise<number> {
    return this.writer.rebuild(kind, batches, steps);
  }

  async hasUnfinished(kind: IndexKind): Promise<boolean> {
    return (await this.hasSettings(kind, 'documents', true)) && (await this.hasSettings(kind, 'words', true));
  }

  async health(call?: Call): Promise<Health> {
    const extra = call?.signal ? { extraRequestInit: { signal: call.signal } } : {};
    const [version, held, ...built] = await Promise.all([
      this.client.version(call?.signal),
      this.client.manage((c) => c.httpRequest.get({ path: 'stats', ...extra })),
      ...INDEX_KINDS.map((kind) => this.isBuilt(kind)),
    ]);
    const { indexes } = read(stats, held);
    const count = (kind: IndexKind) =>
      indexes[indexUid(this.client.prefix, kind, 'documents')]?.numberOfDocuments ?? 0;
    return {
      ok: true,
      documents: { company: count('company'), opportunity: count('opportunity'), project: count('project') },
      settings: built.every(Boolean) ? 'current' : 'old',
      version,
    };
  }

  async isBuilt(kind: IndexKind): Promise<boolean> {
    const state = await builtState(this.client, kind);
    if (state?.fingerprint !== FINGERPRINT) return false;
    return (await this.hasSettings(kind, 'documents')) && (await this.hasSettings(kind, 'words'));
  }

  /** The settings that the server itself tells: somebody may have changed them there. */
  private async hasSettings(kind: IndexKind, role: IndexRole, next = false): Promise<boolean> {
    const path = `indexes/${indexUid(this.client.prefix, kind, role, next)}/settings`;
    try {
      const held = await this.client.manage((c) => c.httpRequest.get({ path }));
      return settingsThatDiffer(role, read(z.looseObject({}), held)).length === 0;
    } catch (error) {
      if (error instanceof MeiliRefused && error.code === 'index_not_found') return false;
      throw error;
    }
  }

  async held(kind: IndexKind, ids: readonly string[]): Promise<HeldDocument[]> {
    return await this.fetch(kind, { ids, limit: ids.length });
  }

  async *heldIds(kind: IndexKind): AsyncGenerator<string[]> {
    for (let offset = 0; ; offset += PAGE) {
      const found = await this.fetch(kind, { offset, limit: PAGE, fields: ['id'] });
      if (found.length === 0) return;
      yield found.map((d) => d.id);
    }
  }

  drop(): Promise<void> {
    return this.client.drop();
  }

  private async fetch(kind: IndexKind, body: Record<string, unknown>): Promise<HeldDocument[]> {
    const path = `indexes/${indexUid(this.client.prefix, kind, 'documents')}/documents/fetch`;
    return read(documents, await this.client.manage((c) => c.httpRequest.post({ path, body }))).results;
  }
}
