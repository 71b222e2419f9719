import { parseCsv } from 'hucre/csv';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { contextOf } from '../support/trade.ts';
import { VISITOR } from '#lib/domain/account/actor.ts';
import { RULE_TABLES, ruleFile } from '#lib/server/insight/rule-file-queries.ts';
import { readRelationFiles } from '#lib/server/match/relation-files.ts';
import { shippedEntries } from '#lib/server/search/lexicon-file.ts';

/** Tables of the rules that anyone may download hold what officials wrote. */

const FORMULAS = ['=1+1', '+82', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1'];

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  const { capabilities, minerals } = readRelationFiles('data');
  const rows = { term: shippedEntries(), capability: capabilities, mineral: minerals };
  let effect = 0;
  for (const [subject, shipped] of Object.entries(rows))
    for (const [i, formula] of FORMULAS.entries()) {
      const row = shipped[i];
      const text = subject === 'term' ? { source: formula } : { reasonEn: formula, reasonKo: formula };
      await sql`insert into amendment (subject, before, after, source, note, proposed_by, proposed_at, decision,
          decided_by, decided_at, effect)
        values (${subject}, ${JSON.stringify(row)}, ${JSON.stringify({ ...row, ...text })}, ${formula}, ${formula},
          uuidv7(), now(), 'confirmed', uuidv7(), now(), ${++effect})`.execute(database.db);
    }
});
afterAll(() => database.drop());

it.each(RULE_TABLES)('%s has no cell that a spreadsheet takes for a formula', async (name) => {
  const file = await ruleFile(contextOf(database, VISITOR), name);
  const cells = parseCsv(file?.body ?? '')
    .flat()
    .map(String);
  for (const formula of FORMULAS) expect(cells, formula).toContain(`'${formula}`);
  for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/u);
});
