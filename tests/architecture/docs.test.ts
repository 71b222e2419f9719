import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatsDocument } from '../../src/cli/docs/formats.ts';

it('docs/formats.md is what the schemas say', () => {
  expect(readFileSync('docs/formats.md', 'utf8')).toBe(formatsDocument());
});
