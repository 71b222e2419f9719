import { describe, expect, it } from 'vitest';
import { changesOf } from './queries.ts';

describe('what an entry changed', () => {
  it('is each field that differs, with what it was and became', () => {
    expect(changesOf({ role: 'owner', name: 'A' }, { role: 'viewer', name: 'A', tags: ['x'] })).toEqual([
      { field: 'role', before: 'owner', after: 'viewer' },
      { field: 'tags', before: null, after: '["x"]' },
    ]);
  });

  it('is everything of a new or a removed thing', () => {
    expect(changesOf(null, { a: 1 })).toEqual([{ field: 'a', before: null, after: '1' }]);
    expect(changesOf({ a: null }, null)).toEqual([{ field: 'a', before: '–', after: null }]);
  });

  it('copes with states that are no objects, and with none', () => {
    expect(changesOf('open', 'closed')).toEqual([{ field: '', before: 'open', after: 'closed' }]);
    expect(changesOf(null, undefined)).toEqual([]);
  });
});
