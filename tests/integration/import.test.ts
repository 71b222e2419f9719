import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { command } from '../../src/cli/commands/import.ts';
import { createDatabase, type TestDatabase } from '../support/postgres.ts';
import { quietIo } from '../support/quiet-io.ts';
import { contextOf } from '../support/trade.ts';
import { VISITOR } from '#lib/domain/account/actor.ts';
import { answerMatch, matchQuestion } from '#lib/server/match/batch.ts';
import { systemContext } from '#lib/server/platform/context.ts';
import { searchCompanies, searchOpportunities, searchProjects } from '#lib/server/search/queries.ts';

/** The rules of every import (docs/formats.md), one by one, through the command. */

let database: TestDatabase;
let folder: string;
let source: string;
let serial = 0;

beforeAll(async () => {
  database = await createDatabase();
  folder = mkdtempSync(join(tmpdir(), 'gm-import-'));
});
beforeEach(() => {
  source = `partner-${(serial += 1)}`;
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const COMPANY = {
  ...{ id: 'c-1', name_ko: '가온흑연', name_en: 'Gaon Graphite', former_names: ['옛이름'], size: 'sme' },
  ...{ brn: '124-81-00998', founded: 1999, province: '경상북도', employees: 120, languages: ['ko', 'en'] },
  capabilities: [
    {
      ...{ id: 'k1', capability: 'graphite-flake-plant', minerals: ['graphite'], evidence: 'audited' },
      capacity: { amount: 20_000, unit: 't/yr', year: 2026 },
    },
  ],
  certifications: [{ id: 'iso-14001', valid_to: '2030-05-31', verified: true }],
  references: [{ id: 'r1', title: 'Plant', country: 'TZ', minerals: ['graphite'], year: 2023 }],
  country_experience: [{ country: 'TZ', kind: 'office', since: 2019 }],
};
const OPPORTUNITY = {
  ...{ id: 'o-1', project: 'mahenge', country: 'TZ', type: 'equipment', title_en: 'Quartzite filters' },
  minerals: ['graphite'],
  requirements: [{ id: 'q1', must: true, capability: 'graphite-flake-plant', minerals: ['graphite'] }],
  ...{ deadline: '2099-12-31T18:00:00+03:00', visibility: 'public', status: 'open' },
};
const PROJECT = {
  ...{ id: 'p-1', name: 'Rosewater Graphite', name_ko: '장미수 흑연', country: 'TZ', minerals: ['graphite'] },
  ...{ stage: 'feasibility', source_url_or_publication: 'Partner list 2026' },
};
const EXAMPLES = { companies: COMPANY, opportunities: OPPORTUNITY, projects: PROJECT } as const;
type What = keyof typeof EXAMPLES;
const KINDS = Object.keys(EXAMPLES) as What[];
const TITLE = { companies: 'name_en', opportunities: 'title_en', projects: 'name' } as const;

const jsonl = (...records: object[]) => records.map((record) => JSON.stringify(record)).join('\n');

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, `${(serial += 1)}-${name}`);
  writeFileSync(path, content);
  return path;
}

async function take(what: What, path: string, ...options: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = quietIo({
    connection: () => Promise.resolve(database),
    out: (line) => void out.push(line),
    err: (line) => void err.push(line.replaceAll(path, 'FILE')),
  });
  const code = await command.run([what, path, '--source', source, ...options], io);
  return { code, out: out.join('\n'), err };
}

const closing = (imported: number, updated: number, unchanged: number, refused: number) =>
  `imported ${imported}, updated ${updated}, unchanged ${unchanged}, refused ${refused}`;

/** Everything that an import could have changed, to compare before and after. */
async function state(): Promise<unknown> {
  const { rows } = await database.pool.query(
    `select (select count(*) from audit_entry) as audit, (select count(*) from entity_change) as changes,
       (select string_agg(o::text, '' order by id) from organisation o) as organisations,
       (select string_agg(c::text, '' order by organisation_id) from company c) as companies,
       (select string_agg(c::text, '' order by id) from company_capability c) as capabilities,
       (select string_agg(o::text, '' order by id) from opportunity o) as opportunities,
       (select string_agg(p::text, '' order by id) from project p) as projects`,
  );
  return rows[0];
}

async function company(id: string): Promise<Record<string, unknown> | undefined> {
  const { rows } = await database.pool.query<Record<string, unknown>>(
    `select * from organisation o join company c on c.organisation_id = o.id
     where import_source = $1 and external_id = $2`,
    [source, id],
  );
  return rows[0];
}

describe.each(KINDS)('%s', (what) => {
  const record = EXAMPLES[what];

  it('are new, unchanged, then updated, and the closing line says so', async () => {
    const two = jsonl(record, { ...record, id: 'x-2' });
    expect(await take(what, file('a.jsonl', two))).toEqual({ code: 0, out: closing(2, 0, 0, 0), err: [] });
    const before = await state();
    expect(await take(what, file('a.jsonl', two))).toMatchObject({ code: 0, out: closing(0, 0, 2, 0) });
    expect(await state()).toEqual(before);
    const changed = jsonl({ ...record, [TITLE[what]]: 'Renamed' }, { ...record, id: 'x-2' });
    expect(await take(what, file('a.jsonl', changed))).toMatchObject({ out: closing(0, 1, 1, 0) });
    source = `${source}-other`;
    expect(await take(what, file('a.jsonl', two))).toMatchObject({ out: closing(2, 0, 0, 0) });
  });

  it('with one invalid line are not imported at all; each fault is named', async () => {
    const before = await state();
    const lines = [
      JSON.stringify(record),
      '{"id": ',
      '',
      JSON.stringify({ ...record, id: 'x-2', colour: 'red' }),
      JSON.stringify({ ...record, id: 'x-3', minerals: ['흑연'] }),
      JSON.stringify({ ...record, id: '' }),
      JSON.stringify(record),
    ];
    const answer = await take(what, file('bad.jsonl', lines.join('\n')));
    expect(answer.code).toBe(2);
    expect(answer.out).toBe(closing(0, 0, 0, 5));
    expect(answer.err).toEqual([
      'FILE:2: line: is not JSON, expected one object a line',
      'FILE:4: colour: is not a field of this record, expected only those of docs/formats.md',
      what === 'companies'
        ? 'FILE:5: minerals: is not a field of this record, expected only those of docs/formats.md'
        : 'FILE:5: minerals.0: "흑연" is not known, expected an id of minerals.csv',
      'FILE:6: id: is empty, expected an id',
      'FILE:7: id: "' + record.id + '" stands on line 1 too, expected once',
      'Nothing was imported. Correct the file, or use --skip-invalid to import the other records.',
    ]);
    expect(await state()).toEqual(before);
  });

  it('with --skip-invalid are imported but for the refused lines, which are kept with their faults', async () => {
    const bad = JSON.stringify({ ...record, id: 'x-2', colour: 'red' });
    const path = file('skip.jsonl', `${JSON.stringify(record)}\n${bad}\n`);
    expect(await take(what, path, '--skip-invalid')).toMatchObject({ code: 0, out: closing(1, 0, 0, 1) });
    const [kept, ...more] = readFileSync(`${path}.rejected.jsonl`, 'utf8').trim().split('\n');
    expect(more).toEqual([]);
    expect(JSON.parse(kept ?? '')).toMatchObject({ line: 2, record: bad, faults: [{ field: 'colour' }] });
    // With nothing to refuse any more, no such file is left.
    writeFileSync(path, jsonl(record));
    expect(await take(what, path, '--skip-invalid')).toMatchObject({ code: 0, out: closing(0, 0, 1, 0) });
    expect(existsSync(`${path}.rejected.jsonl`)).toBe(false);
  });

  it('with --dry-run are checked and counted, and nothing changes', async () => {
    await take(what, file('a.jsonl', jsonl(record)));
    const before = await state();
    const path = file('dry.jsonl', jsonl({ ...record, [TITLE[what]]: 'Other' }, { ...record, id: 'x-2' }));
    expect(await take(what, path, '--dry-run')).toMatchObject({ code: 0, out: closing(1, 1, 0, 0) });
    writeFileSync(path, `${jsonl(record)}\nnot json\n`);
    expect(await take(what, path, '--dry-run')).toMatchObject({ code: 2 });
    expect(await take(what, path, '--dry-run', '--skip-invalid')).toMatchObject({ out: closing(0, 0, 1, 1) });
    expect(existsSync(`${path}.rejected.jsonl`)).toBe(false);
    expect(await state()).toEqual(before);
  });

  it('may begin with a byte order mark, and text comes in composed', async () => {
    const given = { ...record, [TITLE[what]]: '한글이름'.normalize('NFD') };
    expect(await take(what, file('bom.jsonl', `\uFEFF${JSON.stringify(given)}\r\n`))).toMatchObject({
      out: closing(1, 0, 0, 0),
    });
    const { rows } = await database.pool.query<{ name: string }>(
      what === 'opportunities'
        ? `select title_en as name from opportunity where import_source = $1`
        : `select name_en as name from ${what === 'companies' ? 'organisation' : 'project'} where import_source = $1`,
      [source],
    );
    expect(rows).toEqual([{ name: '한글이름'.normalize('NFC') }]);
    const composed = { ...record, [TITLE[what]]: '한글이름' };
    expect(await take(what, file('nfc.jsonl', jsonl(composed)))).toMatchObject({ out: closing(0, 0, 1, 0) });
  });

  it('with text that no database can hold are refused with words', async () => {
    const odd = ['{"id":"u\\u0000"', '{"id":"u\\ud800"'].map((id) =>
      JSON.stringify({ ...record, id: undefined }).replace('{', `${id},`),
    );
    const answer = await take(what, file('odd.jsonl', odd.join('\n')));
    expect(answer.code).toBe(2);
    expect(answer.err.slice(0, 2)).toEqual([
      'FILE:1: id: has a control character, expected plain text',
      'FILE:2: id: has half a character, expected plain text',
    ]);
  });
});

it('takes participants of a project as text like any other', async () => {
  const names = ['포스코'.normalize('NFD'), 'a\u0007'];
  expect(
    await take('projects', file('k.jsonl', jsonl({ ...PROJECT, korean_participants: names }))),
  ).toMatchObject({
    err: expect.arrayContaining([
      'FILE:1: korean_participants.1: has a control character, expected plain text',
    ]),
  });
  await take('projects', file('k.jsonl', jsonl({ ...PROJECT, korean_participants: names.slice(0, 1) })));
  const { rows } = await database.pool.query(
    'select korean_participants from project where import_source = $1',
    [source],
  );
  expect(rows).toEqual([{ korean_participants: ['포스코'] }]);
});

describe('companies', () => {
  const COLUMNS = ['id', 'name_ko', 'size', 'languages', 'capabilities', 'certifications', 'founded'];
  const CELLS = [
    't-1',
    '"쉼표, 회사"',
    'sme',
    'ko|en',
    'froth-flotation|dewatering-filters',
    'iso-9001',
    '2004',
  ];
  const OUTCOME = {
    ...{ name_ko: '쉼표, 회사', languages: ['ko', 'en'], founded: 2004, standing: 'registered' },
  };

  it('come from CSV, with or without a byte order mark, faults at their line', async () => {
    const path = file('t.csv', `\uFEFF${COLUMNS.join(',')}\r\n${CELLS.join(',')}\r\n`);
    expect(await take('companies', path)).toMatchObject({ code: 0, out: closing(1, 0, 0, 0) });
    expect(await company('t-1')).toMatchObject(OUTCOME);
    const bad = `${COLUMNS.join(',')}\nt-2,"두 줄\n이름",sme,,,,\nt-3,이름,huge,,,,\n`;
    expect(await take('companies', file('bad.csv', bad))).toMatchObject({
      code: 2,
      err: expect.arrayContaining([
        'FILE:4: size: is not allowed, expected one of sme, midsize, large, public, research',
      ]),
    });
    expect(await take('companies', file('odd.csv', 'id,colour\nt-4,red\n'))).toMatchObject({
      code: 2,
      err: expect.arrayContaining([expect.stringMatching(/^FILE:2: colour: is not a field/u)]),
    });
  });

  it('in another encoding than UTF-8 are refused whole, with a word on it', async () => {
    const cp949 = Buffer.from([0xc7, 0xd1, 0xb1, 0xb9]);
    const table = Buffer.concat([Buffer.from('id,name_ko,size\nt-5,'), cp949, Buffer.from(',sme\n')]);
    const lines = Buffer.concat([
      Buffer.from('{"id":"t-6","name_en":"A","size":"sme"}\n{"id":"t-7","name_ko":"'),
      cp949,
      Buffer.from('","size":"sme"}\n'),
    ]);
    for (const [name, bytes] of [
      ['t.csv', table],
      ['t.jsonl', lines],
    ] as const) {
      const refused = await take('companies', file(name, bytes)).catch((error: unknown) => error);
      expect(refused).toMatchObject({
        exitCode: 2,
        message: expect.stringMatching(/is not UTF-8, expected a file saved as UTF-8/u),
      });
    }
    expect(await company('t-5')).toBeUndefined();
    expect(await company('t-6')).toBeUndefined();
  });

  it('of a wrong kind say what was found, and missing ones that they are missing', async () => {
    const wrong = {
      ...{ id: 't-8', name_en: 'A', size: 'sme', employees: 'many', languages: 'ko', published: null },
      capabilities: [{ id: 'k1', capability: 'core-drilling', capacity: { unit: 'm/yr' } }],
    };
    const path = file('t.jsonl', `${JSON.stringify(wrong)}\n[]\n{"id":"t-9","name_en":"A"}\n`);
    const taken = await take('companies', path);
    expect(taken.code).toBe(2);
    expect(taken.err).toEqual(
      expect.arrayContaining([
        'FILE:1: employees: is the text "many", expected a number',
        'FILE:1: languages: is the text "ko", expected a list',
        'FILE:1: published: is null, expected true or false',
        'FILE:1: capabilities.0.capacity.amount: is missing, expected a number',
        'FILE:2: record: is a list, expected an object',
        'FILE:3: size: is missing, expected one of sme, midsize, large, public, research',
      ]),
    );
  });

  it('come from XLSX with the same columns', async () => {
    const row = CELLS.map((cell) => cell.replaceAll('"', ''));
    const rows = [COLUMNS, [...row.slice(0, -1), 2004]];
    const path = file('t.xlsx', await writeXlsx({ sheets: [{ name: 'companies', rows }] }));
    expect(await take('companies', path)).toMatchObject({ code: 0, out: closing(1, 0, 0, 0) });
    expect(await company('t-1')).toMatchObject(OUTCOME);
  });

  it('start as registered; only a trusted file sets the standing, and an untrusted one never changes it', async () => {
    const vetted = file('v.jsonl', jsonl({ ...COMPANY, status: 'vetted' }));
    await take('companies', vetted);
    expect(await company('c-1')).toMatchObject({ standing: 'registered', vetted_until: null });
    expect(await take('companies', vetted, '--trusted')).toMatchObject({ out: closing(0, 1, 0, 0) });
    expect(await company('c-1')).toMatchObject({ standing: 'vetted', vetted_until: expect.any(String) });
    await take('companies', file('s.jsonl', jsonl({ ...COMPANY, status: 'suspended', name_en: 'Later' })));
    expect(await company('c-1')).toMatchObject({ standing: 'vetted', name_en: 'Later' });
    const answer = take('opportunities', file('o.jsonl', jsonl(OPPORTUNITY)), '--trusted');
    await expect(answer).rejects.toThrow('--trusted: for companies only.');
  });

  it('lose what an update no longer names', async () => {
    await take('companies', file('a.jsonl', jsonl(COMPANY)));
    const less = { ...COMPANY, capabilities: [], certifications: [], references: [], country_experience: [] };
    await take('companies', file('a.jsonl', jsonl(less)));
    const { rows } = await database.pool.query(
      `select (select count(*) from company_capability where organisation_id = o.id)
         + (select count(*) from company_certification where organisation_id = o.id)
         + (select count(*) from company_reference where organisation_id = o.id)
         + (select count(*) from company_country where organisation_id = o.id) as n
       from organisation o where import_source = $1`,
      [source],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('are what search and matching find right after', async () => {
    await take('opportunities', file('o.jsonl', jsonl(OPPORTUNITY)));
    await take('projects', file('p.jsonl', jsonl(PROJECT)));
    const name = `다람쥐선광 ${source}`;
    await take(
      'companies',
      file('c.jsonl', jsonl({ ...COMPANY, name_ko: name, status: 'vetted' })),
      '--trusted',
    );
    const ctx = contextOf(database, VISITOR, new Date());
    const found = await searchCompanies(ctx, { q: name });
    expect(found.hits[0]).toMatchObject({ source, externalId: 'c-1' });
    const notices = await searchOpportunities(ctx, { q: 'quartzite filters', limit: 100 });
    expect(notices.hits.some((hit) => hit.source === source)).toBe(true);
    const projects = await searchProjects(ctx, { q: '장미수', limit: 100 });
    expect(projects.hits.some((hit) => hit.source === source)).toBe(true);
    const question = matchQuestion.parse({ id: 'm', opportunity: 'o-1', source, limit: 1000 });
    const match = await answerMatch(
      systemContext(database.db, 'test', () => new Date()),
      question,
    );
    expect(match).toMatchObject({ ok: true });
    const item = { external_id: 'c-1' };
    expect(match.ok ? match.answer.items : []).toContainEqual(expect.objectContaining(item));
    await take('companies', file('c.jsonl', jsonl({ ...COMPANY, name_ko: name, published: false })));
    expect((await searchCompanies(ctx, { q: name })).hits.some((hit) => hit.source === source)).toBe(false);
  });
});

describe('the command', () => {
  it('says what is wrong with its arguments or the file', async () => {
    const path = file('a.jsonl', jsonl(COMPANY));
    await expect(command.run(['companies', path], quietIo())).rejects.toThrow('--source');
    await expect(command.run(['ships', path, '--source', 'a'], quietIo())).rejects.toThrow(
      'companies, opport',
    );
    await expect(take('companies', join(folder, 'absent.jsonl'))).rejects.toMatchObject({ exitCode: 2 });
    await expect(take('companies', file('a.txt', ''))).rejects.toMatchObject({ exitCode: 2 });
    await expect(take('projects', file('a.csv', 'id\n'))).rejects.toMatchObject({ exitCode: 2 });
    await expect(take('companies', file('b.csv', 'name_ko\n'))).rejects.toThrow('expected a column "id"');
    await expect(take('companies', file('b.xlsx', 'no table'))).rejects.toMatchObject({ exitCode: 2 });
    for (const reserved of ['portal', 'reference', 'a b'])
      await expect(command.run(['companies', path, '--source', reserved], quietIo())).rejects.toThrow(
        '--source',
      );
  });

  it('takes an empty file as no records', async () => {
    expect(await take('companies', file('e.jsonl', '\n'))).toMatchObject({
      code: 0,
      out: closing(0, 0, 0, 0),
    });
  });

  it('killed in the middle leaves the old state, and can be run again', async () => {
    await take('companies', file('a.jsonl', jsonl(COMPANY)));
    const before = await state();
    const many = Array.from({ length: 50 }, (_, i) => ({ ...COMPANY, id: `c-${i + 1}`, name_en: 'After' }));
    const path = file('many.jsonl', jsonl(...many));
    const dataDir = mkdtempSync(join(tmpdir(), 'gm-import-data-'));
    const held = await database.pool.connect();
    try {
      // Holds the import up between two of its statements.
      await held.query('begin');
      await held.query('lock table company_reference in access exclusive mode');
      const args = ['src/cli/run.ts', 'cli', 'import', 'companies', path, '--source', source];
      const env = { ...process.env, DATABASE_URL: database.url, DATA_DIR: dataDir };
      const child = spawn(process.execPath, args, { stdio: 'ignore', env });
      const ended = new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
      await expect.poll(waitingForLock).toBe(1);
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
    } finally {
      await held.query('rollback');
      held.release();
      rmSync(dataDir, { recursive: true, force: true });
    }
    await expect.poll(importsAtWork).toBe(0);
    expect(await state()).toEqual(before);
    expect(await take('companies', path)).toMatchObject({ code: 0, out: closing(49, 1, 0, 0) });
  });
});

async function waitingForLock(): Promise<number> {
  await sleep(20);
  const { rows } = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from pg_locks where not granted and relation = 'company_reference'::regclass`,
  );
  return rows[0]?.n ?? 0;
}

async function importsAtWork(): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and backend_type = 'client backend' and xact_start is not null
       and pid <> pg_backend_pid()`,
  );
  return rows[0]?.n ?? 0;
}
