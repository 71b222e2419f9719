import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { command } from '../../src/cli/commands/vetting.ts';
import { quietIo } from '../support/quiet-io.ts';

/** Screening in batch (docs/formats.md), through the command. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gm-screening-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, lines: object[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  return path;
}

const ENTRY = {
  ...{
    id: 'L1',
    list: 'TEST',
    kind: 'person',
    names: ['Hong Gil-dong'],
    weak_aliases: [],
    countries: ['KP'],
  },
  ...{ birth_dates: ['1970-02-02'], identifiers: [], programmes: [] },
};
const PERSON = {
  id: 'n1',
  kind: 'person',
  names: ['홍길동'],
  countries: ['KR'],
  birth_dates: [],
  identifiers: [],
};
const NOBODY = { id: 'n2', kind: 'entity', names: ['가온흑연'] };

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = quietIo({ out: (line) => out.push(line), err: (line) => err.push(line) });
  const code = await command.run(['screen', ...args], io);
  return { code, out, err };
}

it('answers each line, for programs and for reading', async () => {
  const list = file('list.jsonl', [ENTRY]);
  const asked = file('asked.jsonl', [PERSON, NOBODY]);
  const { code, out } = await run('--list', list, asked, '--json');
  expect(code).toBe(0);
  const [first, second] = out.map((line) => JSON.parse(line) as unknown);
  expect(first).toEqual({
    id: 'n1',
    list_version: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    candidates: [
      {
        ...{ entry: 'L1', score: 0.88, matched_name: 'Hong Gil-dong' },
        parts: [
          { name: 'name', value: 0.93 },
          { name: 'country', value: -0.05 },
        ],
      },
    ],
  });
  expect(second).toMatchObject({ id: 'n2', candidates: [] });
  expect((await run('--list', list, asked)).out).toEqual([
    'n1: 1 to look at\n  0.88  L1  Hong Gil-dong  (name 0.93, country -0.05)',
    'n2: nobody on the list',
  ]);
});

it('looks for nobody on a list with a fault, and names each', async () => {
  const list = file('faulty.jsonl', [ENTRY, { ...ENTRY, id: 'L2', kind: 'ghost', nickname: 'x' }]);
  const asked = file('asked.jsonl', [PERSON]);
  await expect(run('--list', list, asked, '--json')).rejects.toMatchObject({ exitCode: 2 });
});

it('answers the other lines when one cannot be understood', async () => {
  const list = file('list.jsonl', [ENTRY]);
  const asked = file('half.jsonl', [
    { ...PERSON, names: [] },
    { ...PERSON, id: 'n3' },
  ]);
  const { code, out, err } = await run('--list', list, asked, '--json');
  expect(code).toBe(2);
  expect(out).toHaveLength(1);
  expect(err[0]).toMatch(/half\.jsonl:1: names: /);
});
