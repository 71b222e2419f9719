import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  MINERAL_SHELVES,
  REGION_SHELVES,
  shelfNamed,
  shelfOf,
  withShelves,
} from '#lib/domain/search/groups.ts';

function columns(file: string, names: readonly string[]): string[][] {
  const [head = '', ...lines] = readFileSync(`data/${file}`, 'utf8')
    .replace(/^\uFEFF/u, '')
    .trim()
    .split(/\r?\n/u);
  const at = names.map((name) => head.split(',').indexOf(name));
  return lines.map((line) => {
    const cells = (line.match(/("([^"]|"")*"|[^,]*)(,|$)/gu) ?? []).map((cell) => cell.replace(/,$/u, ''));
    return at.map((i) => cells[i] ?? '');
  });
}

describe('shelves', () => {
  it('hold every mineral once', () => {
    const all: string[] = Object.values(MINERAL_SHELVES).flat();
    expect([...all].sort()).toEqual(columns('minerals.csv', ['id']).flat().sort());
  });

  it('hold every country once, under its region', () => {
    const rows = columns('countries.csv', ['iso2', 'region']).map(([iso2 = '', region = '']) => [
      iso2,
      region.toLowerCase(),
    ]);
    const shelved = Object.entries(REGION_SHELVES).flatMap(([region, members]) =>
      members.map((iso2) => [iso2, region]),
    );
    expect(shelved.sort()).toEqual(rows.sort());
  });

  it('are values of their facet, each once', () => {
    expect(withShelves('mineral', ['neodymium', 'cerium', 'graphite', 'unobtainium'])).toEqual([
      ...['neodymium', 'cerium', 'graphite', 'unobtainium', '@rare-earths', '@battery-minerals'],
    ]);
    expect(shelfOf('country', 'TZ')).toBe('africa');
    expect(shelfNamed('@africa')).toBe('africa');
    expect(shelfNamed('TZ')).toBeNull();
  });
});
