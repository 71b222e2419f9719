import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { GATES } from '#lib/server/account/gates.ts';

const ANSWERS = /\/\+(page\.svelte|page\.server\.ts|server\.ts)$/;

/** Ids of all routes that answer something, as SvelteKit names them. */
function routeIds(): string[] {
  const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).map((path) => `/${path}`);
  return [
    ...new Set(files.filter((path) => ANSWERS.test(path)).map((path) => path.replace(ANSWERS, '') || '/')),
  ];
}

test('every route names its policy: deny by default', () => {
  expect(routeIds().filter((id) => !(id in GATES))).toEqual([]);
});

test('no policy is named for a route that does not exist', () => {
  const ids = new Set(routeIds());
  expect(Object.keys(GATES).filter((id) => !ids.has(id))).toEqual([]);
});
