import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface LockEntry {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockEntry> };
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as LockEntry;

/** Looks for a package as Node does: in each node_modules from the asking one upwards. */
function isLocked(from: string, name: string): boolean {
  const path = `${from ? `${from}/` : ''}node_modules/${name}`;
  if (path in lock.packages) return true;
  const cut = from.lastIndexOf('/node_modules/');
  if (from === '') return false;
  return isLocked(cut === -1 ? '' : from.slice(0, cut), name);
}

/** Builds for other platforms count too: npm ci refuses a lock file that leaves one out. */
test('the lock file holds everything that anything in it asks for', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path || 'package.json'} → ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock file is that of package.json, whose versions are exact', () => {
  const root = lock.packages[''];
  for (const part of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
    expect(root?.[part], part).toEqual(manifest[part]);
  }
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d/.test(version))).toEqual([]);
});
