import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const server = readdirSync('src/lib/server', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(join('src/lib/server', path), 'utf8') }));

/** Commands as they stand in the sources, exported or not. */
const definitions = server.flatMap(({ path, text }) =>
  [...text.matchAll(/= command\(\{\n\s+name: '([^']+)',\n\s+policy(: ([\w.]+))?/g)].map((match) => ({
    path,
    name: match[1] ?? '',
  })),
);
const modules = import.meta.glob<Record<string, unknown>>('/src/lib/server/*/*commands.ts', { eager: true });

test('each command begins with its name and its policy', () => {
  const calls = server.flatMap(({ path, text }) =>
    [...text.matchAll(/= command(<[^(]*>)?\(/g)].map(() => path),
  );
  expect(definitions.length).toBeGreaterThan(10);
  expect(calls.toSorted()).toEqual(definitions.map(({ path }) => path).toSorted());
});

test('an exported command carries a policy that can be asked', () => {
  const commands = Object.values(modules).flatMap((exported) =>
    Object.values(exported).filter((value) => typeof value === 'function' && 'commandName' in value),
  );
  expect(commands.length).toBeGreaterThan(10);
  for (const command of commands) expect(Reflect.get(Object(command), 'policy')).toBeTypeOf('function');
});

test('no two commands have the same name, by which the audit trail tells them apart', () => {
  const names = definitions.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('transactions are opened by commands, jobs, loads, sessions and the two engines only', () => {
  const allowed = [
    /^platform\//,
    /\/jobs\.ts$/,
    /^insight\/load\//,
    /^auth\/session\.ts$/,
    /^(search|match)\//,
  ];
  const others = server.filter(
    ({ path, text }) => text.includes('.transaction()') && !allowed.some((a) => a.test(path)),
  );
  expect(others.map(({ path }) => path)).toEqual([]);
});
