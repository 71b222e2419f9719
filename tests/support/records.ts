import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command } from '../../src/cli/commands/import.ts';
import type { TestDatabase } from './postgres.ts';
import { quietIo } from './quiet-io.ts';
import type { CompanyRecordInput } from '#lib/domain/company/record.ts';
import type { OpportunityRecordInput } from '#lib/domain/opportunity/record.ts';

interface Records {
  companies?: readonly CompanyRecordInput[];
  opportunities?: readonly OpportunityRecordInput[];
}

/** Imports records as the command does, found by search right after. Companies have the status they name. */
export async function takeRecords(database: TestDatabase, source: string, records: Records): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gm-records-'));
  try {
    for (const [what, lines] of Object.entries(records)) {
      const path = join(folder, `${what}.jsonl`);
      writeFileSync(path, lines.map((line: object) => JSON.stringify(line)).join('\n'));
      const said: string[] = [];
      const io = quietIo({
        connection: () => Promise.resolve(database),
        err: (line) => void said.push(line),
      });
      const trusted = what === 'companies' ? ['--trusted'] : [];
      const code = await command.run([what, path, '--source', source, ...trusted], io);
      if (code !== 0) throw new Error(said.join('\n'));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Our id of an imported company or opportunity. */
export async function idOf(
  database: TestDatabase,
  what: 'organisation' | 'opportunity',
  source: string,
  externalId: string,
): Promise<string> {
  const { id } = await database.db
    .selectFrom(what)
    .select('id')
    .where('import_source', '=', source)
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow();
  return id;
}
