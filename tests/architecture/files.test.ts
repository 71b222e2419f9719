import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';

const MOST_LINES = 500;
const MOST_LINES_OF_A_TEST = 600;

function filesBelow(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/(^|\/)(\.svelte-kit|build|node_modules)\//.test(path)),
  );
}

const sources = filesBelow('src', 'tests', 'migrations').filter((path) =>
  /\.(ts|mjs|svelte|css|html)$/.test(path),
);
const contents = new Map(sources.map((path) => [path, readFileSync(path, 'utf8')]));

function matching(pattern: RegExp, paths: Iterable<string> = contents.keys()): string[] {
  return [...paths].filter((path) => pattern.test(contents.get(path) ?? ''));
}

test('no file is too long to be read', () => {
  const tooLong = [...contents].filter(([path, text]) => {
    const limit = path.startsWith('tests') || path.endsWith('.test.ts') ? MOST_LINES_OF_A_TEST : MOST_LINES;
    return text.split('\n').length - 1 > limit;
  });
  expect(tooLong.map(([path]) => path)).toEqual([]);
});

test('files are named by what they are about, in kebab case', () => {
  const odd = sources.filter((path) => {
    const name = basename(path);
    if (name.endsWith('.svelte')) return !/^(\+[a-z.@()-]+|[A-Z][A-Za-z0-9]*)\.svelte$/.test(name);
    if (path.startsWith('migrations')) return !/^\d{4}-\d{2}-\d{2}T\d{4}-[a-z0-9-]+\.ts$/.test(name);
    return !/^\+?[a-z0-9]+([-.][a-z0-9]+)*$/.test(name);
  });
  expect(odd).toEqual([]);
  expect(sources.filter((path) => /(^|\/)(utils?|helpers|index)(\/|\.ts$)/.test(path))).toEqual([]);
});

test('migrations are frozen: they import nothing of ours', () => {
  const migrations = sources.filter((path) => path.startsWith('migrations'));
  expect(matching(/from ['"](#|\.)/, migrations)).toEqual([]);
});

test('nothing is left for later, switched off or shouted', () => {
  const own = join('tests', 'architecture', 'files.test.ts');
  const others = sources.filter((path) => path !== own);
  expect(
    matching(/\b(TODO|FIXME)\b|eslint-disable|@ts-(ignore|expect-error|nocheck)|as unknown as/, others),
  ).toEqual([]);
  expect(matching(/\b(test|describe|it)\.(only|skip|todo)\(/, others)).toEqual([]);
});

test('pages carry no inline style and no raw HTML', () => {
  const pages = sources.filter((path) => path.endsWith('.svelte') || path.endsWith('.html'));
  expect(matching(/\sstyle="|\{@html/, pages)).toEqual([]);
});
