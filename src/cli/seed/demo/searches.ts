import { sql, type Kysely } from 'kysely';
import { actingAs } from './acting.ts';
import type { Calendar } from './days.ts';
import { must, type Stage } from './stage.ts';
import type { IndexKind } from '#lib/domain/search/document.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import type { Database } from '#lib/server/platform/schema.ts';
import { noteSearch } from '#lib/server/search/asked-commands.ts';
import { percolate } from '#lib/server/search/percolate-job.ts';
import { saveSearch, type SaveSearch } from '#lib/server/search/saved-commands.ts';

/** Searches that people of the demonstration saved, and what they looked for of late. */

const SAVED: readonly (readonly [who: string, moment: string, search: SaveSearch])[] = [
  [
    'company',
    '-12 10:20',
    {
      kind: 'opportunity',
      q: '흑연',
      filters: { status: ['open'] },
      name: '흑연, 모집 중',
      frequency: 'daily',
    },
  ],
  [
    'company',
    '-20 15:05',
    {
      kind: 'opportunity',
      q: '',
      filters: { country: ['MZ', 'TZ'] },
      name: '탄자니아와 모잠비크',
      frequency: 'weekly',
    },
  ],
  [
    'lead',
    '-60 14:30',
    {
      kind: 'company',
      q: 'graphite filtration',
      filters: {},
      name: 'Graphite filtration',
      frequency: 'weekly',
    },
  ],
  [
    'official-a',
    '-25 9:15',
    { kind: 'opportunity', q: '희토류', filters: {}, name: '희토류 기회', frequency: 'daily' },
  ],
];

const ASKED: readonly (readonly [q: string, kind: IndexKind, total: number, by: readonly string[]])[] = [
  ['흑연', 'opportunity', 12, ['company', 'official-a', 'demo-006']],
  ['이차전지 소재', 'company', 14, ['lead', 'official-a']],
  ['여과기', 'company', 6, ['company', 'lead']],
  ['테르븀 회수', 'company', 0, ['lead', 'official-b', 'lead-asia']],
  ['해저 망간단괴 채광', 'company', 0, ['lead-pacific', 'official-a']],
];

/** Saves the searches as of their day: what was published later is new to them. */
export async function seedSearches(
  db: Kysely<Database>,
  stage: Stage,
  calendar: Calendar,
  now: Date,
): Promise<void> {
  for (const [who, moment, search] of SAVED) {
    const at = calendar.moment(moment);
    const { id } = await must(saveSearch(await actingAs(db, stage, who, at), search));
    const later = await forgetLater(db, id, search.kind, at);
    await percolate(
      systemContext(db, 'demo', () => now),
      { kind: search.kind, ids: later },
    );
  }
  const lately = calendar.moment('-1 11:00');
  for (const [q, kind, total, by] of ASKED)
    for (const who of by)
      await must(
        noteSearch(await actingAs(db, stage, who, lately), { q, kind, total, filters: {}, asker: who }),
      );
}

/** What was published after the search was saved was not there to be known. */
async function forgetLater(db: Kysely<Database>, id: string, kind: IndexKind, at: Date): Promise<string[]> {
  const published =
    kind === 'company'
      ? sql`select organisation_id::text as id from company where published_at > ${at}`
      : sql`select id::text as id from opportunity where published_at > ${at}`;
  const { rows } = await sql<{ id: string }>`delete from saved_search_hit
    where saved_search_id = ${id} and document_id in (${published}) returning document_id as id`.execute(db);
  return rows.map((row) => row.id);
}
