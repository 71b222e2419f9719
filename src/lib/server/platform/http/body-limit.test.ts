import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES } from '#lib/domain/document/file.ts';
import { GATES } from '#lib/server/account/gates.ts';
import { BODY_LIMITS, bodyLimit } from '#lib/server/platform/http/body-limit.ts';

describe('how much a page takes', () => {
  it('is little, unless its form carries a file', () => {
    expect(bodyLimit('/(company)/company/profile/identity')).toBe(512 * 1024);
    expect(bodyLimit(null)).toBe(512 * 1024);
    expect(bodyLimit('/(company)/company/profile/evidence')).toBeGreaterThan(MAX_FILE_BYTES);
  });

  it('names only routes that there are', () => {
    expect(Object.keys(BODY_LIMITS).filter((route) => !(route in GATES))).toEqual([]);
  });
});
