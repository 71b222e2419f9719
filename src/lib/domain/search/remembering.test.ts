import { describe, expect, test, vi } from 'vitest';
import { onePer, remembering } from './remembering.ts';

describe('what is remembered', () => {
  test('is worked out once, and anew when there was too much of it', () => {
    const length = vi.fn((text: string) => text.length);
    const of = remembering(2, length);
    expect([of('흑연'), of('흑연'), of('리튬염')]).toEqual([2, 2, 3]);
    expect(length).toHaveBeenCalledTimes(2);
    of('니켈');
    of('흑연');
    expect(length).toHaveBeenCalledTimes(4);
  });

  test('belongs to its object', () => {
    const of = onePer((lexicon: { name: string }) => ({ made: lexicon.name }));
    const one = { name: 'one' };
    expect(of(one)).toBe(of(one));
    expect(of({ name: 'one' })).not.toBe(of(one));
  });
});
